"""Any question bank becomes a deck that reads back as the same questions."""

import csv
import html
import io
import re
from contextlib import suppress
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.deckfiles.formats.bank import BankOption
from cmom_srs.deckfiles.formats.bank import BankQuestion
from cmom_srs.deckfiles.formats.convert import FORMATS
from cmom_srs.deckfiles.formats.convert import convert
from cmom_srs.deckfiles.formats.encoding import UnreadableBankError
from cmom_srs.deckfiles.formats.markup import from_html
from cmom_srs.deckfiles.formats.markup import from_markdown
from cmom_srs.deckfiles.formats.markup import from_plain
from cmom_srs.deckfiles.formats.markup import plain
from cmom_srs.deckfiles.formats.markup import shown
from cmom_srs.deckfiles.formats.writer import write_head
from cmom_srs.deckfiles.formats.writer import write_note
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.read import none_checked
from cmom_srs.deckfiles.read import read_deck
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Note

unhurried = settings(deadline=None, max_examples=60)

# Pieces that mean something to some grammar, and letters that do not.
_PIECES = st.sampled_from(
    (
        *("a", "Zoë", "健康", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u3000", "e\u0301", "."),
        *("# ", "## ", "### x", "##", "#", "- ", "- [x] ", "- [ ] b", "[x] ", "1. ", "2) ", "* "),
        *("Question:", "Answer: x", "Why: y", "Why not", "Wy: z", "whys:", "Source:", "As of: 1"),
        *("{{c1::a}}", "{{", "}}", "{", "}", "{last}", "{ last }", "\\", "\\(", "\\n", "\\\n"),
        *("*", "**", "_", "__", "_____", "`", "``", "&amp;", "&", "&#65;", "<b>", "</b>", "<br>"),
        *("![x](y)", "![", "](", "[a](b)", "|", "---|---", "| a |", "===", "---", "~", "=", "~=a"),
        *("::", ":", "//", "$CATEGORY: x", "%50%", "->", "####", "\x00", "\x07", "\x1b[2J", "\x85"),
        *("\u2028", "\ud800", "\u202e", "'", '"', '""', ",", ";", "A. ", "ANSWER: A", "keep stale"),
        *("    ", "> q", "+ ", "<!-- x -->", "<script>x</script>", "http://x.org", "a\u0323\u0301"),
    )
)
_TEXTS = st.lists(_PIECES | st.text(max_size=3), min_size=1, max_size=8).map("".join)


def one_line(text: str) -> str:
    return " ".join(text.split())


def has_words(text: str) -> bool:
    return bool(plain(text).strip())


@settings(unhurried, max_examples=300)
@given(text=_TEXTS)
def test_a_plain_text_means_itself_in_a_deck(text: str) -> None:
    assert shown(from_plain(text)) == plain(text)


@unhurried
@given(text=_TEXTS)
def test_a_text_escaped_for_html_shows_the_same_words(text: str) -> None:
    markdown, lost = from_html(html.escape(plain(text)).replace("\n", "<br>"))
    assert shown(markdown) == plain(text)
    assert set(lost) <= {"the look of a formula", "sound or video"}


@unhurried
@given(text=_TEXTS)
def test_any_html_and_any_markdown_becomes_a_text_of_a_deck(text: str) -> None:
    for convert_text in (from_html, from_markdown):
        markdown, _ = convert_text(text)
        if markdown.strip():
            read_back(BankQuestion(1, markdown, answer="x"))


def read_back(question: BankQuestion) -> Note:
    """The note that a question becomes, written and read."""
    deck = write_head("A bank", "practice") + write_note("some-note", question)
    report = Report("")
    file = read_deck(deck.encode(), "practice", "case", none_checked, report)
    assert report.problems == []
    (note,) = file.notes
    return note


@st.composite
def questions(draw: st.DrawFn) -> BankQuestion:
    texts = _TEXTS.filter(has_words).map(from_plain)
    maybe = st.just("") | texts
    question = BankQuestion(
        1,
        draw(texts),
        extra=draw(maybe),
        comment=draw(maybe),
        tags=tuple(draw(st.lists(st.sampled_from(("ar", "law", "a-b")), unique=True))),
    )
    if draw(st.booleans()):
        is_reversible = draw(st.booleans())
        return replace(question, answer=draw(texts), is_reversible=is_reversible)
    options = draw(st.lists(st.builds(BankOption, texts, st.booleans(), maybe), min_size=1))
    options = [*options[:7], BankOption(draw(texts), is_right=True)]
    return replace(question, options=tuple(options))


@unhurried
@given(question=questions())
def test_a_written_question_reads_back_as_it_was(question: BankQuestion) -> None:
    note = read_back(question)
    assert (note.extra, note.tags) == (question.extra, tuple(sorted(question.tags)))
    if question.options:
        assert isinstance(note.body, Choice)
        assert note.body.question == question.question
        for option, written in zip(note.body.options, question.options, strict=True):
            assert shown(option.text) == shown(written.text)
            assert (option.is_right, option.why) == (written.is_right, written.why)
            assert not option.is_last
    else:
        assert note.body == Basic(question.question, question.answer, question.is_reversible)


# Whole files: each format's own writer, made for these tests, and back.

Bank = list[tuple[str, list[tuple[str, bool, str]]]]

_LINES = _TEXTS.map(one_line).map(plain).filter(has_words)


@st.composite
def banks(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Bank:
    """Questions, each with options that have a text, are right or not, and get feedback."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        wrong = draw(st.lists(st.tuples(texts, st.just(False), texts), min_size=1, max_size=4))
        right = (draw(texts), True, draw(texts))
        place = draw(st.integers(0, len(wrong)))
        found.append((draw(texts), [*wrong[:place], right, *wrong[place:]]))
    return found


def write_gift(bank: Bank) -> str:
    def escaped(text: str) -> str:
        return re.sub(r"([\\:#={}~])", r"\\\1", text).replace("\n", "\\n")

    blocks = []
    for question, options in bank:
        lines = [
            f"{'=' if is_right else '~'}[plain]{escaped(text)}#[plain]{escaped(why)}"
            for text, is_right, why in options
        ]
        blocks.append("::t::[plain]" + escaped(question) + "{\n" + "\n".join(lines) + "\n}\n")
    return "\n".join(blocks)


def choices(text: str, name: str) -> Bank:
    """What comes back of a bank: words alone."""
    bank = convert(text.encode(errors="replace"), name, title="A bank", source="practice")
    assert bank.problems == ()
    report = Report("")
    file = read_deck(bank.text.encode(), "practice", "case", none_checked, report)
    assert report.problems == []
    bodies = [note.body for note in file.notes if isinstance(note.body, Choice)]
    return [
        (
            shown(body.question) or "",
            [(shown(one.text) or "", one.is_right, shown(one.why) or "") for one in body.options],
        )
        for body in bodies
    ]


_GIFT_TEXTS = _TEXTS.map(plain).filter(has_words)


@unhurried
@given(bank=banks(_GIFT_TEXTS))
def test_a_bank_written_as_gift_comes_back(bank: Bank) -> None:
    assert choices(write_gift(bank), "bank.gift") == bank


_AIKEN_LINE = re.compile(r"[A-Za-z][.)]\s|ANSWER\s*:", re.IGNORECASE)
_AIKEN_TEXTS = _LINES.filter(lambda line: not _AIKEN_LINE.match(line))


@unhurried
@given(bank=banks(_AIKEN_TEXTS))
def test_a_bank_written_as_aiken_comes_back(bank: Bank) -> None:
    blocks = []
    for question, options in bank:
        lines = [f"{'ABCDE'[at]}. {text}" for at, (text, _, _) in enumerate(options)]
        right = next("ABCDE"[at] for at, (_, is_right, _) in enumerate(options) if is_right)
        blocks.append("\n".join([question, *lines, f"ANSWER: {right}", ""]))
    expected = [
        (question, [(text, is_right, "") for text, is_right, _ in options])
        for question, options in bank
    ]
    assert choices("\n".join(blocks), "bank.aiken") == expected


_NOT_HTML = _TEXTS.map(plain).filter(has_words).filter(lambda text: not re.search("[<&]", text))


@unhurried
@given(
    cards=st.lists(st.tuples(_NOT_HTML, _NOT_HTML), min_size=1, max_size=4),
    separator=st.sampled_from(",;\t|"),
)
def test_a_table_comes_back(cards: list[tuple[str, str]], separator: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(cards)
    bank = convert(written.getvalue().encode(), "cards.csv", title="A bank", source="practice")
    assert bank.problems == ()
    file = read_deck(bank.text.encode(), "practice", "case", none_checked, Report(""))
    bodies = [note.body for note in file.notes]
    assert [
        (shown(body.question), shown(body.answer)) for body in bodies if isinstance(body, Basic)
    ] == cards


@unhurried
@given(
    data=st.one_of(st.binary(), _TEXTS.map(lambda text: text.encode(errors="surrogatepass"))),
    named=st.sampled_from((None, *FORMATS)),
)
def test_any_file_becomes_a_deck_without_error_or_is_refused(
    data: bytes, named: str | None
) -> None:
    try:
        bank = convert(data, "bank.txt", title="A bank", source="practice", named=named)
    except UnreadableBankError:
        return
    report = Report("")
    file = read_deck(bank.text.encode(), "practice", "case", none_checked, report)
    assert report.problems == []
    assert len(file.notes) == sum(bank.notes.values())
    assert list(bank.problems) == sorted(bank.problems)


def lots(line: str) -> str:
    return line * (30_000 // len(line))


ANKI_HEADER = "#separator:tab\n#html:true\n"
HOSTILE = {
    "bank.gift": (
        *("{", "{=", "{=a ", "=", "{=a ~b}", "::", "\\", "Q {=a ~b}\n\n", "//\n", "{T}\n\n"),
        *("[html]<b>", "[html]<!--", "[html]<a ", "[markdown]![", "%50%", "~", "#", "####", "\n"),
    ),
    "bank.aiken": ("Q\nA. x\nB. y\n", "Q\nA. x\nB. y\nANSWER: A\n", "A. x\n", "ANSWER: A\n", "Q\n"),
    "bank.csv": (
        *('"', '"a', '"a"",', "a,b\n"),
        *("<", "<a ", "<a x='", "&", "*", "\u0323\u0301", "<b>", "<li>", "\n", ",", ";", "a,\n"),
    ),
    "bank.tsv": ('"a\t', "\t", '"'),
    "anki.txt": (
        "{{c1::a ",
        "{{c1::a}} ",
        "<b>",
        "# x\n",
        '"',
        "**",
        "<!--",
        "}}",
        "[sound:",
        "<p>",
    ),
    "bank.txt": ("{", "{=", "\n", "\t", ",", "::", "<!--", '"', "A. x\n", "$CATEGORY: x\n", " "),
}


@pytest.fixture(scope="module")
def usual() -> float:
    """The seconds that an ordinary bank of this size takes."""
    ordinary = "".join(f"What of the month {row}?,It is {row}.\n" for row in range(800))
    return min(seconds(ordinary, "bank.csv") for _ in range(2))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_bank_takes_no_longer_than_an_ordinary_one_by_far(
    usual: float, name: str
) -> None:
    for line in HOSTILE[name]:
        text = (ANKI_HEADER if name == "anki.txt" else "") + lots(line)
        assert seconds(text, name) < 30 * usual, line


def seconds(text: str, name: str) -> float:
    begun = process_time()
    with suppress(UnreadableBankError):
        convert(text.encode(), name, title="A bank", source="practice")
    return process_time() - begun


def test_the_shown_words_are_those_of_markdown() -> None:
    assert shown("a\\\nb\n\nc *d* \\* &amp;") == "a\nb\n\nc d * &"
    assert shown("`code`") is None
    assert shown("- list") is None
