"""Problems as a learner reads them."""

from pathlib import Path

from cmom_srs.deckfiles.read import read
from cmom_srs.deckfiles.report import render
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity
from tests.support.deck_text import findings
from tests.support.deck_text import read_deck
from tests.support.deck_text import write_decks


def test_a_report_shows_the_line_a_caret_and_what_to_do(tmp_path: Path) -> None:
    text = (
        "# Aging\nSource: practice\n\n## aging\nQuestion: What?\nAnswer: This\nTags: Front Desk\n"
    )
    decks = read_deck(tmp_path, text)
    assert render(decks.problems, decks, "decks/") == (
        "decks/practice/case.md:7:7: error[bad-tag]: `Front Desk` is not an id\n"
        "    7 | Tags: Front Desk\n"
        "      |       ^\n"
        "  help: did you mean `front-desk`? a tag is lower-case letters and digits with hyphens, "
        "and a comma stands between tags\n"
        "\n"
        "Found 1 error in 1 file."
    )


def test_the_caret_stands_under_wide_letters_and_behind_tabs(tmp_path: Path) -> None:
    decks = read_deck(
        tmp_path, "# 健康::保険\n\n## aging\nQuestion: What?\nAnswer:\t![x](y)\nSource: x\n"
    )
    shown = render(decks.problems, decks).split("\n")
    assert shown[1:3] == ["    1 | # 健康::保険", "      |       ^"]
    assert shown[6:8] == ["    5 | Answer:    ![x](y)", "      |            ^"]


def test_what_has_no_line_is_shown_without(tmp_path: Path) -> None:
    folder = write_decks(tmp_path)
    (folder / "notes.txt").touch()
    decks = read(folder)
    assert render(decks.problems, decks).split("\n")[:2] == [
        "notes.txt:1:1: error[stray-file]: this is not a deck",
        "  help: a deck is `<domain>/<deck>.md`",
    ]


def test_a_problem_without_hint_has_no_help(tmp_path: Path) -> None:
    decks = read(write_decks(tmp_path))
    problem = Problem("blueprint.toml", 2, 1, "code", Severity.ADVICE, "so it is")
    assert render([problem], decks) == (
        "blueprint.toml:2:1: advice[code]: so it is\n"
        '    2 | key = "practice"\n'
        "      | ^\n"
        "\n"
        "Found 1 piece of advice in 1 file."
    )


def test_the_last_line_counts(tmp_path: Path) -> None:
    note = "# Deck\nSource: x\n\n## {0}\nQuestion: What is it?\nAnswer: {0}\n{1}"
    folder = write_decks(
        tmp_path,
        alpha=note.format("one", "Tags: A, B\n"),
        beta=note.format("two", ""),
        gamma=note.format("three", ""),
    )
    decks = read(folder)
    assert render((), decks) == "Found nothing to mend in 3 files."
    found = findings(decks)
    assert render(found, decks).endswith("\n\nFound 2 errors and 1 piece of advice in 2 files.")
    assert render(found[2:], decks).endswith("\n\nFound 1 piece of advice in 1 file.")
