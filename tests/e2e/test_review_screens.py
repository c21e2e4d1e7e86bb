"""What a review looks like: golden screens, colour, widths, resizing, keys typed ahead."""

import os
import re
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.conftest import REPOSITORY
from tests.e2e.review_desk import BODIES
from tests.e2e.review_screen import Learner
from tests.e2e.review_screen import review

SCREENS = REPOSITORY / "tests" / "screens"

# The arguments of the review; then keys to press, and what is seen once they have arrived.
GOLDEN: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "basic": ("basic", [("", "Space shows"), (" ", "> 3 Good"), (" ", "u takes back")]),
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
        [(" ", "10 d, exam"), ("1", "Space shows")],
    ),
    "repeat": ("basic", [(" 1 ", "A repeat:"), ("1", "once more today")]),
    "commands": (
        "basic cloze choice",
        [("?", "every answer"), ("-", "Buried"), ("oi", "answers today")],
    ),
    "summary": ("basic calculation choice", [(" 3-5\r3b3", "key leaves")]),
}
PROMPT_ENDS = ("q leave", "Enter submits", "takes back", "key leaves", ": 40.7", ": 163.4")


def is_drawn(text: str, awaited: str) -> bool:
    """Whether a screen holds what is awaited, down to the end of its prompt."""
    return awaited in text and text.endswith(PROMPT_ENDS)


def has_answers(learner: Learner, count: int, text: str) -> bool:
    return len(learner.answers()) == count


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_screens_at_80_columns(tmp_path: Path, name: str) -> None:
    arguments, steps = GOLDEN[name]
    learner = review(tmp_path, *arguments.split(), NO_COLOR="1")
    learner.wait_for("──")
    screens = []
    for keys, awaited in steps:
        learner.press(keys)
        screens.append(learner.wait_for(partial(is_drawn, awaited=awaited)) + "\n")
    seen = f"{'=' * 80}\n".join(screens)
    golden = SCREENS / f"review-{name}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_no_color_sends_no_colour_and_no_bold(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", "cloze", NO_COLOR="1")
    learner.press("b", "1", " ")
    learner.wait_for("«$684»")
    assert not re.search(rb"\x1b\[[0-9;]*m", learner.sent)


def test_a_dumb_terminal_gets_no_escape_code_at_all(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", TERM="dumb")
    learner.press("b")
    shown = learner.wait_for("> 1 Again")
    assert b"\x1b" not in learner.sent
    assert shown.count("Rewrite her job description") == 2


def test_right_and_wrong_have_a_colour_beside_their_sign(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice")
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
    learner.press("?ib 40\r ")
    learner.wait_for("Your order:")
    learner.press("abcde\r  ")
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
    learner.press("3")
    shown = learner.wait_for("Space shows")
    assert max(len(line) for line in shown.splitlines()) == 100


def test_two_quick_keys_arrive_as_two_twenty_times_of_twenty(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic")
    learner.wait_for("Space shows")
    for answers in range(1, 21):
        learner.press(" 1")
        learner.wait_for(partial(has_answers, learner, answers))


def test_a_whole_burst_of_keys_is_kept_in_order(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic")
    learner.press(" 1" * 20 + " 4")
    learner.wait_for("21 answers saved")
    assert [grade for _, _, grade, _ in learner.answers()] == [2] * 20 + [5]


def test_every_kind_of_note_has_a_golden_screen() -> None:
    shown = {card for arguments, _ in GOLDEN.values() for card in arguments.split()}
    assert set(BODIES) - {"reverse"} <= shown
