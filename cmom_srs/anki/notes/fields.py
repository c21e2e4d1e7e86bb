"""A note's fields as HTML: what Anki shows, finished at export so that no device has to compute."""

import html
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from random import Random

from markdown_it.common.utils import escapeHtml

from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.verbatim import verbatim
from cmom_srs.anki.notes.verbatim import verbatim_attribute
from cmom_srs.errors import CmomError
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps
from cmom_srs.study.notes import cloze_parts
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions import question
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.questions.markup import PARSER

DRAWS = 30

_PLAIN = re.compile(
    r"(?:(?!(?:[-+]|[0-9]+[.)])(?:\s|$))[^\s\0\\`*_&](?:[^\n\r\0\\`*_&]*[^\s\0\\`*_&])?)?"
)
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
# Stand for the marks of gaps while Markdown is read: punctuation to it, as braces are, and
# in no text that anyone writes here.
_MARKS = "\ua874\ua875\ua876\ua877\ua8ce\ua8cf\ua92e\ua92f\ua95f\ua9de\ua9df\uaade\uaadf"
# U+FFFD is what Markdown makes of U+0000.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


class UnsafeFieldError(CmomError):
    """A field with a control character, which would make Anki refuse the whole package."""

    def __init__(self, note_id: str, field: str, control: str) -> None:
        super().__init__(
            f"The note {note_id} has the control character U+{ord(control):04X} in its {field}.",
            "Take it out of the deck file, then export again.",
        )


def render(note: Note, place: str) -> dict[str, str]:
    """The field texts of a note by field name, all fields of its note type.

    `place` is "Domain > Deck". Raises UnsafeFieldError, which names the note, for control
    characters.
    """
    filled = {**_shared_fields(note, place), **_own_fields(note)}
    note_type = NOTE_TYPES[note.kind]
    return {name: _safe(note, name, filled.get(name, "")) for name in note_type.fields}


def guid(note: Note) -> str:
    """Anki's identity of the note: plain text, so that it can be read back."""
    return f"cmom/{note.kind}/{note.first_id}"


def markdown(text: str) -> str:
    """An author's text as HTML that Anki shows as it is; a single paragraph without its `<p>`."""
    return verbatim(_to_html(text))


def _to_html(text: str) -> str:
    if _PLAIN.fullmatch(text):  # nine texts of ten, ten times as fast
        return escapeHtml(text)
    rendered = PARSER.render(text).strip()
    inside = _ONE_PARAGRAPH.fullmatch(rendered)
    return inside[1] if inside else rendered


def _inline(text: str) -> str:
    """The same for a text of one line, which is no list whatever it begins with."""
    return verbatim(escapeHtml(text) if _PLAIN.fullmatch(text) else PARSER.renderInline(text))


def _plain(text: str) -> str:
    """The same for a text that is no Markdown."""
    return verbatim(html.escape(text, quote=False))


def _safe(note: Note, field: str, text: str) -> str:
    if control := _CONTROL.search(text):
        raise UnsafeFieldError(note.id, field, control[0])
    return unicodedata.normalize("NFC", text)


def _shared_fields(note: Note, place: str) -> dict[str, str]:
    """The fields that all kinds have."""
    return {
        "Scenario": markdown(note.scenario),
        "Extra": markdown(note.extra),
        "Source": _inline(note.source),
        "As of": _holding(note.as_of, note.until),
        "Manual": _inline(note.manual),
        "Place": _plain(place),
        "ID": note.id,
    }


def _holding(as_of: date | None, until: date | None) -> str:
    """What stands behind the words "As of"."""
    if until is None:
        return as_of.isoformat() if as_of else ""
    return f"{as_of}, until {until}" if as_of else f"any day until {until}"


def _own_fields(note: Note) -> dict[str, str]:
    """The fields of the note's kind; a calculation's texts show the numbers of its first draw."""
    match note.body:
        case Basic() as body:
            return {
                "Question": markdown(body.question),
                "Answer": markdown(body.answer),
                "Reverse": "yes" if body.is_reversible else "",
            }
        case Cloze(text=text):
            return {"Text": _cloze(text)}
        case Choice() as body:
            return _choice(note, body)
        case Calculation() as body:
            return _calculation(note, body)
        case Steps() as body:
            return _steps(note, body)


def _cloze(text: str) -> str:
    """The text as HTML in which the gaps of the source, and nothing else, are Anki's gaps."""
    begin, hint, end = islice((mark for mark in _MARKS if mark not in text), 3)
    marked = "".join(
        part
        if isinstance(part, str)
        else f"{begin}{part.number}{begin}{part.text}{hint if part.hint else ''}{part.hint}{end}"
        for part in cloze_parts(text)
    )
    made = re.sub(f"{begin}([0-9]+){begin}", r"{{c\1::", markdown(marked))
    return made.replace(hint, "::").replace(end, "}}")


def _choice(note: Note, body: Choice) -> dict[str, str]:
    options = question.shuffle_options(body.options, Random(note.first_id))
    return {
        "Question": markdown(body.question),
        "Options": _list("options", (_option(n, option) for n, option in enumerate(options, 1))),
        "Rationales": _list(
            "rationales", (_rationale(n, option) for n, option in enumerate(options, 1))
        ),
        "Select": "Select all that apply" if body.has_several_right else "",
    }


def _list(name: str, items: Iterable[str]) -> str:
    return f'<ol class="{name}">{"".join(items)}</ol>'


def _option(number: int, option: Option) -> str:
    return f"<li{_option_data(number, option)}>{markdown(option.text)}</li>"


def _rationale(number: int, option: Option) -> str:
    right = ' class="right"' if option.is_right else ""
    why = f'<div class="why">{markdown(option.why)}</div>'
    return f"<li{_option_data(number, option)}{right}>{markdown(option.text)}{why}</li>"


def _option_data(number: int, option: Option) -> str:
    """What a script needs to shuffle both sides alike."""
    last = ' data-last="1"' if option.is_last else ""
    return f' data-n="{number}"{last}'


def _steps(note: Note, body: Steps) -> dict[str, str]:
    places = question.shuffle_steps(len(body.steps), Random(note.first_id))
    return {
        "Question": markdown(body.question),
        "Steps": _list("steps", (_step(place, body.steps) for place in places)),
        "Ordered": _list("ordered", (_step(place, body.steps) for place in range(len(places)))),
    }


def _step(place: int, steps: Sequence[str]) -> str:
    return f'<li data-n="{place + 1}">{markdown(steps[place])}</li>'


def _calculation(note: Note, body: Calculation) -> dict[str, str]:
    texts = {
        "Scenario": markdown(note.scenario),
        "Question": markdown(body.question),
        "Extra": markdown(note.extra),
    }
    whys = [markdown(mistake.why) for mistake in body.mistakes]
    draws = [calculation.draw(body, Random(f"{note.first_id} {number}")) for number in range(DRAWS)]
    example = draws[0]
    items = "".join(_draw_item(body, drawn, texts, whys) for drawn in draws)
    return {
        **{name: calculation.fill(text, body, example) for name, text in texts.items()},
        "Answer": _shown_answer(body, example),
        "Solution": _solution(body, example),
        "Draws": f'<ol class="draws" hidden>{items}</ol>',
    }


def _shown_answer(body: Calculation, drawn: Draw) -> str:
    return _plain(calculation.show_answer(body, drawn.answer))


def _solution(body: Calculation, drawn: Draw) -> str:
    in_words, in_numbers = calculation.show_work(body, drawn)
    return (
        f'<div class="formula">{_plain(in_words)}</div>'
        f'<div class="numbers">{_plain(in_numbers)}</div>'
    )


def _draw_item(
    body: Calculation, drawn: Draw, texts: Mapping[str, str], whys: Iterable[str]
) -> str:
    """One draw: its texts, and what a typed number must lie between to be right or a mistake.

    In `texts`, by field, and `whys` the drawn numbers are still to be filled; texts without any
    are the field's own. The bounds are exact decimals; a script on the phone only compares, so
    that phone and terminal cannot differ.
    """
    parts = {
        **{name: text for name, text in texts.items() if calculation.PLACEHOLDER.search(text)},
        "Answer": _shown_answer(body, drawn),
        "Solution": _solution(body, drawn),
    }
    shown = "".join(f'<div class="{name.lower()}">{text}</div>' for name, text in parts.items())
    mistakes = "".join(
        f'<div class="mistake"{_bounds(body, value)}>{why}</div>'
        for value, why in zip(drawn.mistaken, whys, strict=True)
    )
    unit = verbatim_attribute(body.unit)
    item = f'<li data-unit="{unit}"{_bounds(body, drawn.answer)}>{shown}{mistakes}</li>'
    return calculation.fill(item, body, drawn)


def _bounds(body: Calculation, value: Decimal) -> str:
    low, high = calculation.bounds(body, value)
    return f' data-low="{low:f}" data-high="{high:f}"'
