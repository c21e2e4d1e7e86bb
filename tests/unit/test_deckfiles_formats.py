"""Question banks of other programs as decks: what is read, what is listed, what comes back."""

import csv
import io
from pathlib import Path

import pytest

from cmom_srs.deckfiles.formats.convert import Converted
from cmom_srs.deckfiles.formats.convert import convert
from cmom_srs.deckfiles.formats.convert import find_format
from cmom_srs.deckfiles.formats.encoding import UnreadableBankError
from cmom_srs.deckfiles.read import read
from cmom_srs.errors import Severity
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from tests.support.deck_text import write_decks

AIKEN = """\
Which form does a physician's office send to most payers?
A. CMS-1500
B) UB-04
C. 1099
ANSWER: A

Which are assets?
a. Cash
b. Rent owed
c. Equipment
Answer: a, c
"""


def converted(text: str | bytes, name: str = "bank.txt", **options: object) -> Converted:
    data = text if isinstance(text, bytes) else text.encode()
    return convert(data, name, title="A bank", source="Course of 2026", **options)  # type: ignore[arg-type]  # as named there


def notes_of(place: Path, bank: Converted) -> tuple[Note, ...]:
    """The notes of a converted bank, which has no error."""
    decks = read(write_decks(place, case=bank.text), is_why_required=False)
    assert decks.problems == ()
    assert len(decks.notes) == sum(bank.notes.values())
    return decks.notes


def findings(bank: Converted) -> list[str]:
    return [f"{one.line} {one.severity} {one.message}" for one in bank.problems]


def only(place: Path, bank: Converted) -> Note:
    (note,) = notes_of(place, bank)
    return note


# Aiken


def test_aiken_questions_become_choice_notes(tmp_path: Path) -> None:
    bank = converted(AIKEN)
    first, second = notes_of(tmp_path, bank)
    assert (bank.format, bank.notes, bank.problems) == ("aiken", {"choice": 2}, ())
    assert isinstance(first.body, Choice)
    assert isinstance(second.body, Choice)
    assert first.id == "form-physicians-office-send-most-payers"
    assert [(one.text, one.is_right) for one in first.body.options] == [
        ("CMS-1500", True),
        ("UB-04", False),
        ("1099", False),
    ]
    assert [one.is_right for one in second.body.options] == [True, False, True]
    assert first.source == "Course of 2026"
    assert bank.text.startswith("# A bank\nSource: Course of 2026\n\n## form-physicians")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which?\nA. x\nB. y\n\n" + AIKEN, "1 error no `ANSWER:` follows on this"),
        ("Which?\nA. x\nB. y\nANSWER: C\n\n" + AIKEN, "1 error `ANSWER: C` names none of the op"),
        ("Which?\nA. x\nB. y\nANSWER:\n\n" + AIKEN, "1 error `ANSWER:` names none of the options"),
        ("Which?\nA. x\nB. y\nANSWER: both\n\n" + AIKEN, "1 error `ANSWER: both` names none of"),
        ("Which?\nA. x\nA. y\nANSWER: A\n\n" + AIKEN, "1 error two options have the same letter"),
        ("A. x\nB. y\nANSWER: A\n\n" + AIKEN, "1 error there is no question here"),
        ("Which?\nA. x\nANSWER: A\n\n" + AIKEN, "1 error a choice note has 2 to 8 options, this"),
        (AIKEN + "\nWhich?\nA. x\nB. y\n", "13 error no `ANSWER:` follows on this"),
        ("Part one\n\n" + AIKEN, "1 advice the question stands in 2 lines, which are taken toget"),
    ],
)
def test_what_is_not_aiken_is_listed_with_its_line(
    tmp_path: Path, text: str, expected: str
) -> None:
    bank = converted(text)
    (found,) = findings(bank)
    assert found.startswith(expected)
    assert len(notes_of(tmp_path, bank)) == 2


# GIFT


def gift(text: str) -> Converted:
    return converted(text, "bank.gift")


def test_gift_choices_keep_feedback_title_and_category(tmp_path: Path) -> None:
    bank = gift(
        "// made by hand\n$CATEGORY: $course$/Billing and Coding\n\n"
        "::Q1:: Which form\\: is \\{it\\}?\n{\n  =CMS-1500 # Right\\: always.\n"
        "  ~UB-04 #For hospitals\n  ~%-50%1099\n  ####Forms are \\= forms.\n}\n"
    )
    note = only(tmp_path, bank)
    assert bank.problems == ()
    assert isinstance(note.body, Choice)
    assert note.body.question == "Which form: is {it}?"
    assert [(one.text, one.is_right, one.why) for one in note.body.options] == [
        ("CMS-1500", True, "Right: always."),
        ("UB-04", False, "For hospitals"),
        ("1099", False, ""),
    ]
    assert (note.extra, note.tags) == ("Forms are = forms.", ("billing-and-coding",))
    assert "Comment: Q1\n" in bank.text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Which? {~%50%a ~%50%b ~%-100%c}", [True, True, False]),
        ("Which? {~%100%a ~b ~c}", [True, False, False]),
        ("Which? {~%33.33333%a ~%33.33333%b ~%33.33333%c}", [True, True, True]),
        ("Which? {=a =b ~c}", [True, True, False]),
    ],
)
def test_weights_tell_which_options_are_right(tmp_path: Path, text: str, right: list[bool]) -> None:
    note = only(tmp_path, gift(text))
    assert isinstance(note.body, Choice)
    assert [one.is_right for one in note.body.options] == right


def test_part_of_the_credit_is_listed(tmp_path: Path) -> None:
    bank = gift("Which? {=a ~%50%b ~c}")
    assert findings(bank) == ["1 advice `b` got part of the credit, and is wrong here"]
    note = only(tmp_path, bank)
    assert isinstance(note.body, Choice)
    assert [one.is_right for one in note.body.options] == [True, False, False]


@pytest.mark.parametrize("truth", ["T", "TRUE", "F", "FALSE"])
def test_true_or_false_is_a_choice_of_two(tmp_path: Path, truth: str) -> None:
    note = only(tmp_path, gift(f"It is so.{{{truth}#Wrong, sorry.#Right!####All of it.}}"))
    assert isinstance(note.body, Choice)
    is_true = truth[0] == "T"
    assert [(one.text, one.is_right, one.why) for one in note.body.options] == [
        ("True", is_true, "Right!" if is_true else "Wrong, sorry."),
        ("False", not is_true, "Wrong, sorry." if is_true else "Right!"),
    ]
    assert note.extra == "All of it."


def test_a_short_answer_is_a_basic_note_and_a_missing_word_a_blank(tmp_path: Path) -> None:
    bank = gift("Two plus {=two#Yes =zwei =%50%2} equals four.")
    note = only(tmp_path, bank)
    assert note.body == Basic("Two plus _____ equals four.", "two")
    assert note.extra == "Also right: zwei\n\nYes"
    assert findings(bank) == ["1 advice the answer `2` had 50 % of the credit"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pairs {=cat -> mouse =dog -> bone}", "pairs to be matched are no kind of note"),
        ("How many? {#3:2}", "a question for a number is no kind of note"),
        ("How many? {#\n=%100%3:0#yes\n}", "a question for a number is no kind of note"),
        ("Write about it. {}", "an essay has no answer to compare with"),
        ("Write about it. {####Good}", "an essay has no answer to compare with"),
        ("Read this first.", "this is a description, not a question"),
        ("Which? {=a ~b", "a brace is missing: `{` before the answers, `}` behind them"),
        ("Which? =a ~b}", "a brace is missing: `{` before the answers, `}` behind them"),
        ("Which {x}? {=a ~b}", "there are two pairs of braces here"),
        ("{=a ~b}", "this question has no text"),
        ("Which? {=%50%a}", "none of the answers is right"),
        ("Which? {=a}{=b}", "there are two pairs of braces here"),
        ("Which? {~a ~b}", "none of the options is marked as right"),
        ("Which? {=a ~}", "a choice note has 2 to 8 options, this one has 1"),
        (f"Which? {{=a {'~b ' * 8}}}", "a choice note has 2 to 8 options, this one has 9"),
    ],
)
def test_what_decks_have_no_place_for_is_listed_with_its_line(
    tmp_path: Path, text: str, expected: str
) -> None:
    bank = gift(f"// first\n\nReal? {{T}}\n\n// here\n{text}\n\nAlso real? {{F}}\n")
    assert findings(bank) == [f"6 error {expected}"]
    assert bank.notes == {"choice": 2}
    notes_of(tmp_path, bank)


@pytest.mark.parametrize(
    ("text", "question", "lost"),
    [
        ("[html]<p>What is <b>x</b> &amp; y?</p>", "What is **x** & y?", []),
        ("[html]One<br>two<div>three</div>", "One\\\ntwo\\\nthree", []),
        ("[html]H<sub>2</sub>O", "H2O", ["a raised or lowered text is lost"]),
        ('[html]See <img src\\="x.png"> it', "See it", ["an image is lost"]),
        ("[html]<ul><li>a</li><li>b</li></ul>", "\u2022 a\\\n\u2022 b", []),
        ("[plain]<b>x</b>", "<b>x</b>", []),
        ("[moodle]BMI < 30 and > 20", "BMI < 30 and > 20", []),
        ("a<b and c>d", "a<b and c>d", []),
        ("[markdown]**x** and\\n* y", "**x** and\n* y", []),
        ("one\ntwo", "one two", []),
        ("one\\ntwo", "one\\\ntwo", []),
        (r"C\\:\\n", r"C\\:\\n", []),
        ('[html]Say <a href\\="https\\://x.org/">this</a>', "Say (https://x.org/) this", []),
    ],
)
def test_a_text_of_any_kind_means_what_it_meant(
    tmp_path: Path, text: str, question: str, lost: list[str]
) -> None:
    bank = gift(f"{text} {{T}}")
    note = only(tmp_path, bank)
    assert isinstance(note.body, Choice)
    assert note.body.question == question
    assert findings(bank) == [f"1 advice {what}" for what in lost]


# Tables


def table(rows: list[list[str]], separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    return written.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_of_two_columns_becomes_basic_notes(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    rows = [["What is a café?", "A\nplace"], ['"A/R", you say', "accounts; receivable"]]
    bank = converted(table(rows, separator).encode(encoding), "cards.csv")
    bodies = [note.body for note in notes_of(tmp_path, bank)]
    assert bodies == [
        Basic("What is a café?", "A\\\nplace"),
        Basic('"A/R", you say', "accounts; receivable"),
    ]
    said = ["1 advice this is not UTF-8: the file is read as Windows text (cp1252)"]
    assert findings(bank) == (said if encoding == "cp1252" else [])


def test_columns_are_known_by_their_names(tmp_path: Path) -> None:
    rows = [
        ["Tags", "Term", "Definition", "Explanation", "Nr"],
        ["A/R, billing", "Aging", "By age", "Oldest last", "7"],
    ]
    bank = converted(table(rows), "cards.csv")
    note = only(tmp_path, bank)
    assert note.body == Basic("Aging", "By age")
    assert (note.tags, note.extra) == (("a-r", "billing"), "Oldest last")
    assert "Comment: 7\n" in bank.text


def test_quizlets_export_keeps_its_quotes(tmp_path: Path) -> None:
    bank = converted('"incident to" billing\tan "older" term\nA/R\treceivables\n')
    assert bank.format == "tsv"
    first, _ = notes_of(tmp_path, bank)
    assert first.body == Basic('"incident to" billing', 'an "older" term')


def test_a_quote_is_no_separator(tmp_path: Path) -> None:
    assert only(tmp_path, converted('sep="\na,b\n', "cards.csv")).body == Basic("a", "b")
    bank = converted('#separator:"\n#html:false\na\tb\n', "n.txt")
    assert only(tmp_path, bank).body == Basic("a", "b")


def test_excel_may_name_the_separator(tmp_path: Path) -> None:
    bank = converted("sep=;\nA, B;C\n\n;none\n", "cards.csv")
    assert only(tmp_path, bank).body == Basic("A, B", "C")
    assert findings(bank) == ["4 error this row has no front"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\nonly\nc,d\n", ["2 error this row has no back"]),
        ("a,b\n\n\nc,\n", ["4 error this row has no back"]),
        ("a,b,c\n", ["1 advice there are 3 fields in this row: those behind are a comment"]),
        ('a,b\n"x" y,z\nc,d\n', ["2 error this row cannot be read: ',' expected after '\"'"]),
        ('a,b\n"x,y\nc,d\n', ["2 error this row cannot be read: unexpected end of data"]),
        ("a,<b>b</b>\n", ["1 advice this has tags and entities: it is read as HTML"]),
    ],
)
def test_rows_that_do_not_fit_are_listed_with_their_line(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    bank = converted(text, "cards.csv")
    assert findings(bank) == expected
    assert notes_of(tmp_path, bank)[0].id == "note"


# Anki


ANKI = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    "#tags column:6\n"
    'gaY.+`5@lN\tBasic\tA::B\tWhat is <b>x</b>?<br>Say\t"A ""q""\ttab &amp; more"\tone two-b\n'
    "i?rs*MwU_v\tBasic (and reversed card)\tA::B\t<div>a</div><div>b</div>\tback\t\n"
    "# a comment\n"
    "OO]K,-f9:H\tCloze\tA::B\tThe {{c1::cap::hint}} and {{c2::two}} {x}\textra; stuff\tt::u\n"
    'oQkXGI}4W(\tBasic\tA::B\t"# hash"\t"two\nlines<img src=""x.png"">[sound:a.mp3]"\t\n'
)


def test_ankis_notes_in_plain_text_are_read(tmp_path: Path) -> None:
    bank = converted(ANKI, "Notes.txt")
    assert (bank.format, bank.notes) == ("anki", {"basic": 3, "cloze": 1})
    first, second, third, last = notes_of(tmp_path, bank)
    assert first.body == Basic("What is **x**?\\\nSay", 'A "q" tab & more')
    assert first.tags == ("one", "two-b")
    assert second.body == Basic("a\\\nb", "back", is_reversible=True)
    assert third.body == Cloze("The {{c1::cap::hint}} and {{c2::two}} &#123;x&#125;")
    assert (third.extra, third.tags) == ("extra; stuff", ("t-u",))
    assert last.body == Basic(r"\# hash", "two lines")
    assert findings(bank) == [
        "1 advice the deck of each note is not kept",
        "1 advice the guid of each note is not kept",
        "11 advice an image is lost",
        "11 advice sound or video is lost",
    ]


def test_ankis_text_without_html_and_with_another_separator_is_read(tmp_path: Path) -> None:
    bank = converted("#separator:Semicolon\n#html:false\n#tags:all of it\nx <b>;y;z\n", "n.txt")
    note = only(tmp_path, bank)
    assert note.body == Basic("x <b>", "y")
    assert (note.tags, note.extra) == (("all", "it", "of"), "z")


def test_a_row_of_ankis_text_may_be_long(tmp_path: Path) -> None:
    fields = ",".join("x" * 1_005)
    bank = converted(f"#separator:comma\n#html:false\n{fields}\n", "n.txt")
    assert only(tmp_path, bank).body == Basic("x", "x")


def test_ankis_columns_are_counted_from_one(tmp_path: Path) -> None:
    bank = converted("#separator:tab\n#html:false\n#tags column:0\na\tb\tc\n", "n.txt")
    note = only(tmp_path, bank)
    assert (note.extra, note.tags) == ("c", ())


@pytest.mark.parametrize(
    "text", ["{{c1::a {{c2::b}}}}", "{{c0::a}} b", "{{c100::a}} b", "{{c1::}} b", "{{c1::a"]
)
def test_gaps_that_decks_do_not_know_are_listed(tmp_path: Path, text: str) -> None:
    bank = converted(f"#separator:tab\n#html:true\n{text}\t\na\tb\n", "n.txt")
    assert [line.split()[:2] for line in findings(bank)] == [["3", "error"]]
    assert only(tmp_path, bank).body == Basic("a", "b")


# Any file


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (AIKEN, "x.txt", "aiken"),
        ("Which? {=a ~b}", "x.txt", "gift"),
        ("::T:: Which?", "x.txt", "gift"),
        ("a\tb\n", "x.txt", "tsv"),
        ("a;b\nc;d\n", "x.txt", "csv"),
        ("a,b\n", "x.csv", "csv"),
        ("a\n", "x.csv", "csv"),
        ("#separator:tab\na\tb\n", "x.csv", "anki"),
        (
            "Once upon a time, there was a {Tax},\nand no more.\n\nThen, in May, it, too, ended",
            "x.txt",
            None,
        ),
        ("", "x.txt", None),
    ],
)
def test_the_format_is_found_by_content_and_ending(
    text: str, name: str, expected: str | None
) -> None:
    assert find_format(text, name) == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04xx", "a workbook or a package"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1", "formatted text"),
        (b"<?xml version='1.0'?><quiz/>", "XML"),
        (b"nothing of the kind", "no format that can be read"),
        (b"", "no format that can be read"),
        (b"x" * 10_000_001, "more than 10 MB"),
        (b"".join(b"%d,%s\n" % (row, b"x" * 900) for row in range(3000)), "more than 2,000 kB"),
    ],
)
def test_a_file_that_is_no_bank_is_refused_with_the_way_out(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableBankError) as refused:
        converted(data, "x.csv" if data[:2] == b"0," else "x.txt")
    assert words in refused.value.sentence
    assert refused.value.way_out


def test_ids_are_of_the_words_and_not_those_that_are_taken(tmp_path: Path) -> None:
    text = "What is aging?\tOld\nWhat is aging?\tOlder\nWhat is it?\tx\n"
    bank = converted(text, "x.tsv", taken=["aging", "note"])
    assert [note.id for note in notes_of(tmp_path, bank)] == ["aging-2", "aging-3", "note-2"]
    assert converted(text, "x.tsv", taken=["aging", "note"]).text == bank.text


def test_a_title_is_made_fit(tmp_path: Path) -> None:
    for title, expected in (
        ("A::B\nC", "A:B C"),
        ("A ::: B:::::", "A : B:"),
        ("", "bank"),
        ("x" * 300, "x" * 200),
    ):
        bank = convert(b"a\tb", "bank.tsv", title=title, source="x *y*")
        assert bank.text.split("\n")[:2] == [f"# {expected}", r"Source: x \*y\*"]
        notes_of(tmp_path, bank)


def test_a_damaged_letter_of_utf_16_is_said(tmp_path: Path) -> None:
    bank = converted("a\tb\n".encode("utf-16") + b"\x00\xd8" + "\tc\n".encode("utf-16-le"), "x.tsv")
    assert findings(bank) == ["2 advice a character is damaged in this file of UTF-16-LE"]
    assert len(notes_of(tmp_path, bank)) == 2


def test_problems_name_the_file_and_carry_hints() -> None:
    bank = converted("a,b\nonly\n", "my cards.csv")
    (problem,) = bank.problems
    assert (problem.path, problem.line, problem.code) == ("my cards.csv", 2, "left-out")
    assert problem.severity is Severity.ERROR
    assert problem.hint
