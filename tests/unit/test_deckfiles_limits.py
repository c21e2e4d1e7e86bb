"""No deck text keeps the reader busy for long: time grows with its size, or a limit is named."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from cmom_srs.deckfiles.advice import advise
from cmom_srs.deckfiles.editing.missing_ids import give_ids
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.report import render
from tests.support.deck_text import LONG_AGO
from tests.support.deck_text import lines
from tests.support.deck_text import read_deck

HEAD = "# Limits\nSource: practice\n\n"
SIZE = 100_000
PATIENCE = 30


def basic(question: str, answer: str = "This") -> str:
    return f"{HEAD}## aging\nQuestion: {question}\nAnswer: {answer}\n"


def cloze(text: str) -> str:
    return f"{HEAD}## aging\nCloze: {text}\n"


def rate(
    given: str = "- aa: 1 to 9 by 1\n- bb: 1 to 9 by 1\n",
    question: str = "{aa} {bb}",
    formula: str = "aa + bb",
    more: str = "",
) -> str:
    return f"{HEAD}## rate\nQuestion: {question}\nGiven:\n{given}Formula: {formula}\n{more}"


def options(first: str, more: str = "") -> str:
    return f"{HEAD}## which\nQuestion: Which?\n- [x] {first}\n  Why: So\n{more}- [ ] b\n  Why: No\n"


def lots(line: str, start: str = "", end: str = "", between: str = "") -> str:
    """A line repeated, with its number where it has an `@`, to the size of a large deck."""
    count = SIZE // len(line)
    return start + between.join([line.replace("@", str(row)) for row in range(count)]) + end


def note(question: str) -> str:
    return f"## note-@\nQuestion: {question}\nAnswer: This\n\n"


HOSTILE = {
    "unclosed gaps": cloze(lots("{{c1::a ")),
    "unopened gaps": cloze(lots("a}} ")),
    "gaps in gaps": cloze(lots("{{c1::", end="a" + lots("}}"))),
    "half closed gaps": cloze(lots("{{c1::a{{c2::b}} ")),
    "gaps without number": cloze(lots("{{a}} ")),
    "colons in a gap": cloze("{{c1::a" + lots("::b") + "}}"),
    "colons in a gap not closed": cloze("{{c1::a" + lots("::b")),
    "images not closed": basic(lots("![")),
    "images in brackets": basic(lots("![a]")),
    "accents in turn": basic("a" + lots("\u0301\u0323")),
    "accents in turn in every line": basic(lots("a" + "\u0301\u0323" * 20, between="\n  ")),
    "accents in a tag": basic("x") + "Tags: a" + lots("\u0301\u0323") + "\n",
    "mistakes": rate(more=lots("Wrong: aa + bb + @\n  Why: x\n")),
    "mistakes that are no formulas": rate(more=lots("Wrong: aa + + cc@ )\n  Why: x\n")),
    "control characters": HEAD + lots(note("What \x07 is it?")),
    "control characters in one line": basic(lots("a\x07")),
    "former ids": basic("x") + "Formerly: " + lots("old-@", between=", ") + "\n",
    "former ids that are none": basic("x") + "Formerly: " + lots("Old @", between=", ") + "\n",
    "tags": basic("x") + "Tags: " + lots("tag-@", between=", ") + "\n",
    "commas": basic("x") + "Tags: " + lots(",") + "\n",
    "bare headings": HEAD + lots("##\n"),
    "bare headings with a question": HEAD + lots("##\nQuestion: What is it?\nAnswer: x\n"),
    "bare headings with gaps": HEAD + "##\nCloze: " + lots("{{c1::a ") + "\n",
    "hashes": HEAD + lots("#"),
    "titles": HEAD + lots("# x\n"),
    "questions without heading": basic("x") + lots("Question: t\n"),
    "questions with answers": basic("x") + lots("Question: t\nAnswer: y\n"),
    "labels twice": basic("x") + lots("Extra: t\n"),
    "labels misspelt": basic("x") + lots("Extrra: t\n"),
    "stray lines": basic("x") + lots("stray text\n"),
    "one id": HEAD + lots("## same\nQuestion: What is it?\nAnswer: This\n\n"),
    "one question": HEAD + lots(note("What is it?")),
    "questions nearly the same": HEAD + lots(note("one two three four five six seven eight @")),
    "questions of common words": HEAD + lots(note("one two three four @")),
    "given numbers": rate(given=lots("- a@: 1 to 3 by 1\n")),
    "given numbers that are misspelt": rate(
        given=lots("- name_@: 5\n"), question=lots("{nane_@} ")
    ),
    "shown numbers": rate(question=lots("{aa} {bb} ")),
    "shown numbers that are not given": rate(question=lots("{c@} ")),
    "braces": rate(question=lots("{ ")),
    "braces not closed": rate(question=lots("{aa")),
    "choices": rate(given="- aa: 1" + lots(" or @") + "\n- bb: 5\n"),
    "ranges": rate(given="- aa: " + lots("1 to ") + "\n- bb: 5\n"),
    "steps of ranges": rate(given="- aa: 1 to 2" + lots(" by 1") + "\n- bb: 5\n"),
    "blanks in a range": rate(given="- aa: 1" + lots(" ") + "x\n- bb: 5\n"),
    "blanks before or": rate(given="- aa: 1" + lots(" ") + "or 2\n- bb: 5\n"),
    "a number": rate(given="- aa: " + lots("1") + "\n- bb: 5\n"),
    "a number with commas": rate(given="- aa: " + lots("111,") + "x\n- bb: 5\n"),
    "a formula": rate(formula=lots("aa + ") + "bb"),
    "a unit": rate(more="Unit: " + lots("a ") + "}\n"),
    "an interval": rate(more="Expect: 1" + lots(" to ") + "\n"),
    "steps": HEAD + "## order\nQuestion: x\n" + lots("@. a\n"),
    "steps all the first": HEAD + "## order\nQuestion: x\n" + lots("1. a\n"),
    "a step's number": HEAD + "## order\nQuestion: x\n" + lots("1") + ". a\n",
    "options": options("a", lots("- [ ] @\n  Why: b\n")),
    "options without a reason": options("a", lots("- [ ] @\n")),
    "reasons": options("a" + lots("\n  Why: b")),
    "reasons misspelt": options("a" + lots("\n  Whyy: b")),
    "reasons at the margin": options("a", lots("Why: b\n")),
    "last": options("a" + lots("{last}")),
    "last not closed": options("a" + lots("{ ")),
    "blanks": basic("x" + lots(" ") + "y"),
    "empty lines": basic("x" + lots("\n") + "  y"),
    "indented lines": basic("x" + lots("\n  y")),
    "comments": basic("x") + "Comment: " + lots("keep a-b ") + "\n",
    "hyphens": f"{HEAD}## {lots('a-')}\nQuestion: x\nAnswer: y\n",
    "dots": basic(lots("a.")) + f"## other\nQuestion: {lots('b.')}\nAnswer: y\n",
    "wide letters": basic(lots("\ufdfa")),
}


def seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def check(place: Path, text: str) -> Decks:
    """All that `cmom check --fix` does with a deck's text."""
    decks = read_deck(place, text)
    render(sorted((*decks.problems, *advise(decks, LONG_AGO))), decks)
    give_ids(text, ())
    return decks


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> float:
    """The seconds that a harmless deck of this size takes."""
    place = tmp_path_factory.mktemp("usual")
    text = HEAD + lots(note("What does the office owe for the claim of the month @ in full?"))
    assert read_deck(place, text).problems == ()
    return min(seconds(lambda: check(place, text)) for _ in range(2))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_deck_takes_no_longer_than_an_ordinary_one_of_its_size_by_far(
    tmp_path: Path, usual: float, name: str
) -> None:
    assert seconds(lambda: check(tmp_path, HOSTILE[name])) < PATIENCE * usual


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "##\n" * 700_000, "1:1 error too-large the file has more than 2,000 kB"),
        (
            HEAD
            + "".join(f"## note-{row}\nQuestion: {row}?\nAnswer: x\n" for row in range(10_001)),
            "30004:1 error too-many-notes a deck file has at most 10,000 notes",
        ),
        (basic("x" * 20_001), "5:11 error too-long a text has at most 20,000 characters"),
        (
            "# " + "x" * 201 + "\n" + HEAD.partition("\n")[2],
            "1:3 error too-long a title has at most 200 characters",
        ),
        (
            basic("x a" + "\u0323\u0301" * 16),
            "5:13 error too-many-marks a letter carries more than 30 accents and other marks",
        ),
        (
            rate(given="".join(f"- a{row}: 1\n" for row in range(21))),
            "27:1 error too-many-numbers a calculation has at most 20 given numbers, "
            "this one has 21",
        ),
        (
            rate(more="".join(f"Wrong: aa + bb + {row}\n  Why: x\n" for row in range(1, 22))),
            "50:1 error too-many-numbers a calculation has at most 20 `Wrong:`, this one has 21",
        ),
    ],
)
def test_what_is_more_than_a_reader_takes_is_one_error_that_names_the_limit(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(read_deck(tmp_path, text).problems) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        basic("x" * 20_000),
        f"# {'x' * 200}\nSource: x\n",
        basic("a" + "\u0323" * 15 + "\u0301" * 15),
        rate(
            given="".join(f"- a{row}: 1\n" for row in range(20)),
            question=" ".join(f"{{a{row}}}" for row in range(20)),
            formula="a1 + a2",
        ),
        rate(more="".join(f"Wrong: aa + bb + {row}\n  Why: x\n" for row in range(1, 21))),
    ],
)
def test_what_just_keeps_to_a_limit_is_taken(tmp_path: Path, text: str) -> None:
    assert lines(read_deck(tmp_path, text).problems) == []


def test_beyond_ten_thousand_errors_of_a_file_no_more_are_listed(tmp_path: Path) -> None:
    decks = read_deck(tmp_path, basic("x") + "Tags: " + "," * 20_000 + "\n")
    assert len(decks.problems) == 10_001
    assert "more than 10,000 errors" in max(decks.problems).message
    assert decks.broken == {("practice", "case")}


def test_a_message_about_a_long_text_stays_short(tmp_path: Path) -> None:
    text = rate(more="Unit: " + "a" * 15_000 + "}\n")
    decks = read_deck(tmp_path, text)
    assert len(decks.problems[0].message) < 320
    assert max(map(len, render(decks.problems, decks).split("\n"))) < 600


@pytest.mark.parametrize(
    "text",
    [
        rate(given=f"- aa: {'9' * 5000}\n- bb: 1\n"),
        rate(more=f"Decimals: {'9' * 5000}\n"),
        rate(more=f"Tolerance: {'9' * 5000}\n"),
        rate(more=f"Expect: 1 to {'9' * 5000}\n"),
        rate(formula="9" * 5000 + " + aa + bb"),
        rate(formula="aa + bb ** " + "9" * 150),
        rate(formula="aa + bb ** 60 ** 60 ** 60"),
        rate(formula="(" * 90 + "aa" + ")" * 90 + " + bb * 0"),
        rate(formula="(" * 199),
        rate(formula="-" * 190 + "aa + bb"),
        rate(formula="min(" * 40 + "aa" + ",1)" * 20),
        f"{HEAD}## order\nQuestion: x\n{'1' * 5000}. a\n",
        basic("x") + f"As of: {'9' * 5000}\n",
        basic("x") + "As of: 0000-00-00\n",
        basic("x") + "As of: ٢٠٢٦-01-01\n",
        rate(given="- aa: ٣\n- bb: 1\n"),
    ],
)
def test_huge_numbers_and_deep_brackets_are_errors_in_words_or_nothing(
    tmp_path: Path, text: str
) -> None:
    for problem in check(tmp_path, text).problems:
        assert problem.message
        assert problem.hint
