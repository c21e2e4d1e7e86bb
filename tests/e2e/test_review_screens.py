"""What a review looks like: golden screens, colour, widths, resizing, keys typed ahead."""

import os
import re
import time
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.conftest import REPOSITORY
from tests.e2e.review_desk import BODIES
from tests.e2e.review_screen import READING_SECONDS
from tests.e2e.review_screen import Learner
from tests.e2e.review_screen import review

SCREENS = REPOSITORY / "tests" / "screens"

# The arguments of the review; then keys to press, and what is seen once they have arrived.
GOLDEN: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "basic": ("basic", [("", "Space shows"), (" ", "> 3 Good"), ("* ", "u takes back")]),
    "cloze": ("cloze", [("", "Space shows"), (" ", "> 3 Good")]),
    "choice-right": ("choice --due", [("", "Choose a to d"), ("c", "> 3 Good")]),
    "choice-wrong": ("choice --due", [("", "Choose a to d"), ("b", "> 1 Again")]),
    "several": ("several", [("acd", "[x] d  [ ] e"), ("\r", "> 1 Again")]),
    "calculation-right": ("calculation", [("40.7", "(days): 40.7"), ("\r", "> 3 Good")]),
    "calculation-wrong": ("calculation", [("163.4", "(days): 163.4"), ("\r", "> 1 Again")]),
    "steps": ("steps", [("cab", "c a b _ _   letters in order"), ("de\r", "> 1 Again")]),
    "table": ("table", [("", "Space shows"), (" ", "> 3 Good")]),
    "first-session": ("basic --first", [(" ", "> 3 Good")]),
    "exam-and-leech": (
        "basic cloze --due --lapses 7 --exam-in 20",
        [(" ", "10 d, exam"), ("*1", "Space shows")],
    ),
    "repeat": ("basic", [(" *1 ", "A repeat:"), ("*1", "once more today")]),
    "commands": (
        "basic cloze choice",
        [("?", "every answer"), ("-", "Buried"), ("oi", "answers today")],
    ),
    "summary": ("basic calculation choice", [(" *3-5\r*3b*3", "key leaves")]),
}
PROMPT_ENDS = ("q leave", "Enter submits", "takes back", "key leaves", "Esc clears")
PROMPTS = ("q leave", "Enter submits", "takes back", "Your answer")


def is_drawn(text: str, awaited: str) -> bool:
    """Whether a screen holds what is awaited, down to the end of its prompt."""
    return awaited in text and text.endswith(PROMPT_ENDS)


def is_prompted(text: str) -> bool:
    """Whether a card is drawn down to its prompt."""
    return any(words in text.rsplit("\n", 1)[-1] for words in PROMPTS)


def press_all(learner: Learner, keys: str) -> None:
    """Presses the keys; `*` stands before one that rates, which must wait until it may."""
    for plain, rating in re.findall(r"([^*]+)|\*(.)", keys):
        learner.rate(rating) if rating else learner.press(plain)


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_screens_at_80_columns(tmp_path: Path, name: str) -> None:
    arguments, steps = GOLDEN[name]
    learner = review(tmp_path, *arguments.split(), NO_COLOR="1")
    learner.wait_for(is_prompted)
    screens = []
    for keys, awaited in steps:
        press_all(learner, keys)
        screens.append(learner.wait_for(partial(is_drawn, awaited=awaited)) + "\n")
    seen = f"{'=' * 80}\n".join(screens)
    golden = SCREENS / f"review-{name}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_no_color_sends_no_colour_and_no_bold(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", "cloze", NO_COLOR="1")
    learner.wait_for("Choose a to d")
    learner.press("b")
    learner.rate("1")
    learner.press(" ")
    learner.wait_for("«$684»")
    assert not re.search(rb"\x1b\[[0-9;]*m", learner.sent)


def test_a_dumb_terminal_gets_no_escape_code_at_all(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", TERM="dumb")
    learner.wait_for("Choose a to d")
    learner.press("b")
    shown = learner.wait_for("> 1 Again")
    assert b"\x1b" not in learner.sent
    assert shown.count("Rewrite her job description") == 2


def test_right_and_wrong_have_a_colour_beside_their_sign(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice")
    learner.wait_for("Choose a to d")
    learner.press("b")
    learner.wait_for("> 1 Again")
    assert re.search("\x1b\\[1;31m✗".encode(), learner.sent)
    assert re.search("\x1b\\[1;32m✓".encode(), learner.sent)


@pytest.mark.parametrize("columns", [60, 200])
def test_nothing_is_wider_than_the_terminal_or_than_reads_well(
    tmp_path: Path, columns: int
) -> None:
    learner = review(
        tmp_path, "choice", "calculation", "steps", "table", columns=columns, lines=120
    )
    learner.wait_for("Choose a to d")
    learner.press("?ib")
    learner.rate(" ")
    learner.press("40\r")
    learner.rate(" ")
    learner.wait_for("Your order:")
    learner.press("abcde\r")
    learner.rate(" ")
    learner.press(" ")
    lines = learner.wait_for("> 3 Good").splitlines()
    widest = max(map(len, lines))
    assert widest == min(columns, 100)
    assert sum(line.startswith("──") and len(line) == widest for line in lines) == 4


def test_the_next_card_fits_the_resized_terminal(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", "basic")
    learner.wait_for("Choose a to d")
    learner.resize(100, 40)
    learner.press("b")
    shown = learner.wait_for("> 1 Again")
    assert "What does federal law require" in shown.split("✗ Wrong")[0]
    learner.rate("3")
    shown = learner.wait_for("Space shows")
    assert max(len(line) for line in shown.splitlines()) == 100


def test_two_quick_keys_arrive_as_two_twenty_times_of_twenty(tmp_path: Path) -> None:
    learner = review(tmp_path, "several")
    learner.wait_for("Select all that apply.")
    for number in range(20):
        learner.press("ab")
        mark = " " if number % 2 else "x"
        learner.wait_for(f"[{mark}] a  [{mark}] b")


def test_letters_typed_ahead_for_the_question_are_kept_in_order(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "steps")
    learner.wait_for("Space shows")
    learner.press(" ")
    learner.wait_for(partial(is_drawn, awaited="> 3 Good"))
    time.sleep(READING_SECONDS)
    learner.press("3cbade\r")
    learner.wait_for("✓ Right.")
    assert [grade for _, _, grade, _ in learner.answers()] == [4]


def test_keys_that_would_rate_an_answer_nobody_has_read_are_dropped(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "choice")
    learner.wait_for("Space shows")
    learner.press(" 1" * 20 + " 4")
    learner.wait_for("> 3 Good")
    time.sleep(READING_SECONDS)
    learner.press("i")
    learner.wait_for("decks/labor.md:42")
    assert learner.answers() == []


def test_every_kind_of_note_has_a_golden_screen() -> None:
    shown = {card for arguments, _ in GOLDEN.values() for card in arguments.split()}
    assert set(BODIES) - {"reverse"} <= shown
