"""Deck files for tests: folders, what is found there, any notes, and notes written as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from cmom_srs.deckfiles.advice import advise
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.read import read
from cmom_srs.errors import Problem
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Parameter
from cmom_srs.study.notes import Steps
from cmom_srs.study.notes import fingerprint
from cmom_srs.study.questions.calculation import show_given

BLUEPRINT = """\
[[domain]]
key = "practice"
title = "Practice"

[profile.short]
title = "A short exam"
questions = 10
minutes = 12
pass_percent = 75
weights = { practice = 100 }
source = "made up for a test"
as_of = 2026-01-01
weights_source = "made up for a test"
"""
LONG_AGO = date(2000, 1, 1)


def write_decks(place: Path, **decks: str | bytes) -> Path:
    """A decks folder in `place` with one domain, `practice`, and these decks in it; the folder."""
    folder = place / "decks"
    (folder / "practice").mkdir(parents=True, exist_ok=True)
    (folder / "blueprint.toml").write_text(BLUEPRINT, encoding="utf-8")
    for name, text in decks.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "practice" / f"{name}.md").write_bytes(data)
    return folder


def read_deck(place: Path, text: str | bytes) -> Decks:
    """What is read of a folder whose one deck, `case`, has this text."""
    return read(write_decks(place, case=text))


def findings(decks: Decks) -> tuple[Problem, ...]:
    """All errors and all advice, facts of before the year 2000 called stale, or expiring."""
    return tuple(sorted((*decks.problems, *advise(decks, LONG_AGO, LONG_AGO))))


def lines(problems: tuple[Problem, ...]) -> list[str]:
    """Each problem as `line:column severity code message`."""
    return [
        f"{problem.line}:{problem.column} {problem.severity} {problem.code} {problem.message}"
        for problem in problems
    ]


@dataclass(frozen=True)
class Style:
    """One author's habits: blanks of indentation, texts below their label, X for x, line ends."""

    indent: int = 2
    has_texts_below: bool = False
    mark: str = "x"
    line_end: str = "\n"
    byte_order_mark: str = ""


def render(title: str, notes: tuple[Note, ...], style: Style = Style()) -> str:
    """The deck file in which an author of this style writes these notes."""
    lines = [f"# {title}"]
    for note in notes:
        lines += ["", f"## {note.id}", *_render_note(note, style)]
    return style.byte_order_mark + style.line_end.join([*lines, ""])


def _render_note(note: Note, style: Style) -> Iterator[str]:
    if note.scenario:
        yield from _label("Scenario", note.scenario, style)
    yield from _render_body(note.body, style)
    for label, text in (
        ("Source", note.source),
        ("As of", note.as_of.isoformat() if note.as_of else ""),
        ("Until", note.until.isoformat() if note.until else ""),
        ("Tags", ", ".join(note.tags)),
        ("Extra", note.extra),
        ("Manual", note.manual),
        ("Formerly", ", ".join(note.formerly)),
        ("Comment", "for editors alone"),
    ):
        if text:
            yield from _label(label, text, style)


def _render_body(body: Body, style: Style) -> Iterator[str]:
    match body:
        case Cloze(text=text):
            yield from _label("Cloze", text, style)
        case Basic(question=question, answer=answer, is_reversible=is_reversible):
            yield from _label("Question", question, style)
            yield from _label("Answer", answer, style)
            yield from ["Reverse: yes"] if is_reversible else []
        case Choice(question=question, options=options):
            yield from _label("Question", question, style)
            for option in options:
                last = " {last}" if option.is_last else ""
                mark = style.mark if option.is_right else " "
                yield from _text(f"- [{mark}] ", option.text + last, style)
                yield from _why(option.why, style)
        case Steps(question=question, steps=steps):
            yield from _label("Question", question, style)
            for number, step in enumerate(steps, 1):
                yield from _text(f"{number}. ", step, style)
        case Calculation():
            yield from _render_calculation(body, style)


def _render_calculation(body: Calculation, style: Style) -> Iterator[str]:
    yield from _label("Question", body.question, style)
    yield "Given:"
    for given in body.given:
        yield f"- {given.name}: {_range(given)}"
    yield from _label("Formula", body.formula, style)
    yield f"Decimals: {body.decimals}"
    if body.unit:
        yield f"Unit: {body.unit}"
    if body.tolerance is not None:
        yield f"Tolerance: {body.tolerance}"
    if body.expect:
        yield f"Expect: {body.expect[0]} to {body.expect[1]}"
    for mistake in body.mistakes:
        yield f"Wrong: {mistake.formula}"
        yield from _why(mistake.why, style)


def _range(given: Parameter) -> str:
    if given.choices:
        return " or ".join(show_given(given, choice) for choice in given.choices)
    low, high, step = (show_given(given, value) for value in (given.low, given.high, given.step))
    return f"{low} to {high} by {step}"


def _label(label: str, text: str, style: Style) -> Iterator[str]:
    if style.has_texts_below:
        yield f"{label}:"
        yield from _indented(text.split("\n"), style.indent)
    else:
        yield from _text(f"{label}: ", text, style)


def _text(opening: str, text: str, style: Style) -> Iterator[str]:
    first, *more = text.split("\n")
    yield opening + first
    yield from _indented(more, style.indent)


def _why(why: str, style: Style) -> Iterator[str]:
    yield from _indented([f"Why: {why.split(chr(10), maxsplit=1)[0]}"], style.indent)
    yield from _indented(why.split("\n")[1:], style.indent + 2)


def _indented(lines: list[str], blanks: int) -> Iterator[str]:
    for line in lines:
        yield " " * blanks + line if line else ""


_WORDS = st.sampled_from(
    (
        *("the", "practice", "must", "keep", "8:30", "011", "No", "#24", "1.", "~", "null", "--"),
        *("Note:", "because:", "|", "*all*", "**bold**", '"incident', 'to"', "é", "健康", "A/R,"),
        *("$1,250.00", "5%", "<b>", "&amp;", "[blank]", "[link](https://example.org/)", "—", "'s"),
    )
)
_LINE = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)
_BELOW = st.one_of(_LINE, st.just(""), _LINE.map(lambda line: f"- {line}"))
_TEXT = st.builds(
    lambda first, more, last: "\n".join([first, *more, last] if more else [first]),
    _LINE,
    st.lists(_BELOW, max_size=2),
    _LINE,
)
_IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){1,3}", fullmatch=True)
_TAGS = st.lists(st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True), max_size=3)


def _basics() -> st.SearchStrategy[Body]:
    return st.builds(Basic, _TEXT, _TEXT, st.booleans())


@st.composite
def _clozes(draw: st.DrawFn) -> Body:
    pieces = draw(st.lists(st.tuples(st.integers(1, 99), _LINE, st.just("") | _LINE), min_size=1))
    gaps = [f"{{{{c{number}::{text}{'::' * bool(hint)}{hint}}}}}" for number, text, hint in pieces]
    return Cloze(f"{draw(_LINE)} " + f"\n{draw(_LINE)} ".join(gaps))


@st.composite
def _choices(draw: st.DrawFn) -> Body:
    one = st.builds(Option, _TEXT, _TEXT, st.booleans(), st.booleans())
    options = draw(st.lists(one, min_size=2, max_size=4))
    right = draw(st.integers(0, len(options) - 1))
    first = options[right]
    options[right] = Option(first.text, first.why, is_right=True, is_last=first.is_last)
    return Choice(draw(_TEXT), tuple(options))


def _steps() -> st.SearchStrategy[Body]:
    return st.builds(Steps, _TEXT, st.lists(_TEXT, min_size=3, max_size=4).map(tuple))


@st.composite
def _parameters(draw: st.DrawFn, name: str) -> Parameter:
    """A given number of at least 1."""
    decimals = draw(st.integers(0, 3))
    unit = Decimal(1).scaleb(-decimals)
    values = st.integers(10**decimals, 10 ** (decimals + 6)).map(lambda number: number * unit)
    prefix, suffix = draw(st.sampled_from(("$", ""))), draw(st.sampled_from(("%", "")))
    if draw(st.booleans()):
        choices = tuple(draw(st.lists(values, min_size=1, max_size=3)))
        return Parameter(name, choices, decimals=decimals, prefix=prefix, suffix=suffix)
    low, step, steps = draw(values), draw(values), draw(st.integers(1, 4))
    return Parameter(
        name,
        low=low,
        high=low + step * steps,
        step=step,
        decimals=decimals,
        prefix=prefix,
        suffix=suffix,
    )


@st.composite
def _calculations(draw: st.DrawFn) -> Body:
    names = draw(st.lists(st.sampled_from(("charges", "days", "rate_2")), min_size=1, unique=True))
    total = " + ".join(names)
    mistakes = [f"({total}) * 7", f"({total}) * 31 + 1"][: draw(st.integers(0, 2))]
    return Calculation(
        f"{draw(_TEXT)} " + " and ".join(f"{{{name}}}" for name in names),
        tuple(draw(_parameters(name)) for name in names),
        total,
        draw(st.integers(0, 6)),
        draw(st.sampled_from(("", "$", "days", "visits a day"))),
        draw(st.none() | st.sampled_from((Decimal("0.5"), Decimal("0.01")))),
        draw(st.none() | st.just((Decimal("0.5"), Decimal(10**9)))),
        tuple(Mistake(formula, draw(_TEXT)) for formula in mistakes),
    )


@st.composite
def notes_of_a_deck(draw: st.DrawFn, title: str = "A deck") -> tuple[Note, ...]:
    """The notes of one deck file `practice/case.md`, of every kind, as they are read."""
    ids = draw(st.lists(_IDS, min_size=1, max_size=4, unique=True))
    count = draw(st.integers(1, len(ids)))
    former = ids[count:]
    written = []
    for position, note_id in enumerate(ids[:count]):
        body = draw(st.one_of(_basics(), _clozes(), _choices(), _steps(), _calculations()))
        as_of = draw(st.none() | st.dates())
        note = Note(
            note_id,
            "practice",
            "case",
            title,
            position,
            body,
            draw(_LINE),
            formerly=tuple(former) if position == 0 else (),
            scenario="" if isinstance(body, Cloze) else draw(st.just("") | _TEXT),
            extra=draw(st.just("") | _TEXT),
            as_of=as_of,
            until=draw(st.none() | st.dates(as_of or date.min)),
            manual=draw(st.just("") | _LINE),
            tags=tuple(sorted(set(draw(_TAGS)))),
        )
        written.append(replace(note, fingerprint=fingerprint(note)))
    return tuple(written)


def styles() -> st.SearchStrategy[Style]:
    """Any author's habits."""
    return st.builds(
        Style,
        st.integers(1, 8),
        st.booleans(),
        st.sampled_from("xX"),
        st.sampled_from(("\n", "\r\n")),
        st.sampled_from(("", "\ufeff")),
    )
