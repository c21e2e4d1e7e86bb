"""What a review looks like: golden screens, color, widths, resizing, keys typed ahead."""

import os
import re
import time
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.conftest import REPOSITORY
from tests.support.review_desk import BODIES
from tests.support.review_screen import READING_SECONDS
from tests.support.review_screen import Learner
from tests.support.review_screen import review

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
    "repeat": ("basic", [(" *1 ", "A repeat of"), ("*1", "once more today")]),
    "commands": (
        "basic cloze choice",
        [("?", "every answer"), ("x-", "Buried"), ("o", "Noted"), ("i", "answers today")],
    ),
    "choice-at-60": ("choice", [("", "Choose a to d"), ("b", "> 1 Again")]),
    "calculation-at-60": ("calculation", [("163.4", ": 163.4"), ("\r", "> 1 Again")]),
    "steps-at-60": ("steps", [("cab", "c a b _ _"), ("de\r", "> 1 Again")]),
    "summary": ("basic calculation choice", [(" *3-5\r*3b*3", "key leaves")]),
}
PROMPT_ENDS = (
    "q leave",
    "back to the card",
    "Enter submits",
    "takes back",
    "key leaves",
    "Esc clears",
    "letters in order",
)
PROMPTS = ("q leave", "Enter submits", "letters in order", "Your answer")


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
def test_golden_screens(tmp_path: Path, name: str) -> None:
    arguments, steps = GOLDEN[name]
    columns = 60 if name.endswith("-at-60") else 80
    learner = review(tmp_path, *arguments.split(), columns=columns, NO_COLOR="1")
    learner.wait_for(is_prompted)
    screens = []
    for keys, awaited in steps:
        press_all(learner, keys)
        screens.append(learner.wait_for(partial(is_drawn, awaited=awaited)) + "\n")
    seen = f"{'=' * columns}\n".join(screens)
    golden = SCREENS / f"review-{name}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_no_color_sends_no_color_and_no_bold(tmp_path: Path) -> None:
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


def test_right_and_wrong_have_a_color_beside_their_sign(tmp_path: Path) -> None:
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
    learner.press("?xixb")
    learner.rate(" ")
    learner.press("40\r")
    learner.rate(" ")
    learner.wait_for("Your order:")
    learner.press("abcde\r")
    learner.rate(" ")
    learner.press(" ")
    lines = [*learner.wait_for("> 3 Good").splitlines(), *learner.scrolled()]
    widest = max(map(len, lines))
    assert widest == min(columns, 100)
    assert sum(line.startswith("──") and len(line) == widest for line in lines) == 4


@pytest.mark.parametrize(("columns", "lines"), [(100, 40), (60, 24), (62, 20)])
def test_a_resized_terminal_is_drawn_again_at_once(
    tmp_path: Path, columns: int, lines: int
) -> None:
    learner = review(tmp_path, "several", "basic")
    learner.wait_for("Enter submits")
    learner.press("ad")
    learner.wait_for("[x] d  [ ] e")
    learner.resize(columns, lines)
    shown = learner.wait_for(partial(is_as_wide_as, columns))
    assert "[x] a  [ ] b  [ ] c  [x] d" in shown.splitlines()[-1]
    assert shown.count("Which of these may") == 1
    learner.press("e", "\r")
    learner.wait_for("> 3 Good")
    learner.resize(80, 24)
    assert "✓ Right." in learner.wait_for(partial(is_as_wide_as, 80))
    learner.rate("3")
    learner.wait_for("Space shows")


def is_as_wide_as(columns: int, text: str) -> bool:
    """Whether a card is drawn to its prompt, from edge to edge of so many columns."""
    rules = [line for line in text.splitlines() if line.startswith("──")]
    return [len(rule) for rule in rules] == [columns] and text.endswith(PROMPT_ENDS)


def test_every_card_stands_at_the_top_of_a_clean_screen_below_what_came_of_the_last(
    tmp_path: Path,
) -> None:
    learner = review(tmp_path, "basic", "choice", "cloze")
    shown = learner.wait_for("Space shows")
    assert shown.startswith("\n── 3 new, 0 to review, 0 to repeat ── FLSA exemptions ─")
    learner.press(" ")
    shown = learner.wait_for("> 3 Good")
    assert shown.startswith("\n── 3 new")
    learner.rate("3")
    shown = learner.wait_for("Choose a to d")
    assert shown.startswith("  Good: again tomorrow.\n── 2 new")
    assert "what three tests" not in shown
    learner.press("c")
    assert learner.wait_for("> 3 Good").startswith("  Good: again tomorrow.\n── 2 new")
    learner.rate("4")
    learner.wait_for("[weekly amount]")
    scrolled = learner.scrolled()
    assert scrolled[:2] == ["", scrolled[1]]
    assert sum(line.startswith("──") for line in scrolled) == 2
    assert any("Salary basis, salary level and duties" in line for line in scrolled)
    assert not any("1 Again" in line for line in scrolled)


def test_what_was_neither_chosen_nor_right_is_folded_so_that_the_question_stays_in_sight(
    tmp_path: Path,
) -> None:
    learner = review(tmp_path, "choice", lines=22)
    learner.wait_for("Choose a to d")
    learner.press("b")
    shown = learner.wait_for("w whys   ? keys   q leave")
    assert shown.startswith("── 1 new")
    assert "A dermatology practice pays Renee" in shown
    assert "    a) Nothing, because her salary is above the federal level\n  ✗ b)" in shown
    assert "Her duties are those of a medical" in shown
    learner.press("w")
    shown = learner.wait_for("The salary level is one test of three")
    assert "w whys" not in learner.wait_for(lambda text: text.endswith("q leave"))
    learner.press("w")
    learner.wait_for("w whys   ? keys   q leave")
    learner.press("u")
    shown = learner.wait_for("Choose a to d")
    assert "about 47 hours a week.\n\n  What does" in shown
    learner.press("b")
    learner.wait_for("w whys   ? keys   q leave")
    learner.rate("1")
    learner.wait_for("0 new, 0 to review, 1 to repeat")
    assert "Wrong: the answer is c" in "".join(learner.scrolled())


def test_a_page_a_little_too_long_loses_empty_lines_before_any_word(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice")
    learner.wait_for("Choose a to d")
    learner.press("b")
    shown = learner.wait_for(partial(is_drawn, awaited="> 1 Again"))
    assert shown.startswith("── 1 new")
    assert "The salary level is one test of three" in shown
    assert "week.\n\n  What does federal law" in shown
    assert "One of them is right.\n\n  Source:" in shown


def test_an_answer_that_fits_is_whole(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", lines=30)
    learner.wait_for("Choose a to d")
    learner.press("w")
    learner.wait_for("The whys come with the answer.")
    learner.press("b")
    shown = learner.wait_for("> 1 Again")
    assert "The salary level is one test of three" in shown
    assert "w whys" not in learner.wait_for(lambda text: text.endswith("q leave"))
    learner.press("w")
    learner.wait_for("Every why is shown.")


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize(("card", "keys"), [("choice", "c"), ("several", "ac\r")])
def test_an_answer_is_folded_to_the_size_of_the_screen(
    tmp_path: Path, columns: int, card: str, keys: str
) -> None:
    learner = review(tmp_path, card, columns=columns)
    learner.wait_for("? keys" if card == "choice" else "Enter submits")
    learner.press(keys)
    shown = learner.wait_for(lambda text: "1 Again" in text and text.endswith("q leave"))
    assert "── 1 new" in shown
    assert max(map(len, shown.splitlines())) <= columns


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
