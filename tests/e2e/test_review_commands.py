"""The command keys of a review by single keys, and the time it takes."""

from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.support.review_screen import Learner
from tests.support.review_screen import review


def set_clock(folder: Path, seconds: float) -> None:
    """Sets the seconds that have passed since the review began."""
    (folder / "next").write_text(str(seconds), encoding="utf-8")
    (folder / "next").replace(folder / "clock")


def durations(learner: Learner) -> list[int]:
    return [duration_ms for _, _, _, duration_ms in learner.answers()]


def test_a_buried_and_a_suspended_card_make_room_for_the_next(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", "basic", "cloze")
    learner.wait_for("Choose a to d")
    learner.press("-")
    learner.wait_for("Buried: hidden until tomorrow.")
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.wait_for("> 3 Good")
    learner.press("!")
    learner.wait_for("Suspended")
    shown = learner.wait_for("[weekly amount]")
    assert shown.startswith("  Suspended")
    assert "── 1 new, 0 to review" in shown
    assert learner.answers() == []


def test_info_and_the_keys_are_pages_of_their_own_and_leave_the_question_waiting(
    tmp_path: Path,
) -> None:
    learner = review(tmp_path, "several")
    learner.wait_for("Enter submits")
    learner.press("a", "i")
    shown = learner.wait_for("Any key goes back to the card")
    assert "several/1: decks/labor.md:42" in shown
    assert "front desk" not in shown
    learner.press("b")
    shown = learner.wait_for("[x] a  [ ] b")
    assert "front desk" in shown
    assert "decks/labor.md" not in shown
    learner.press("?")
    shown = learner.wait_for("Any key goes back to the card")
    assert "bury: hide the card until tomorrow" in shown
    learner.press(" ")
    learner.wait_for("[x] a  [ ] b")
    learner.press("d", "e", "\r")
    shown = learner.wait_for("> 3 Good")
    assert "✓ Right." in shown.split("Which of these may a front desk")[-1]
    learner.press("i")
    learner.wait_for("Any key goes back to the card")
    learner.press(" ")
    assert "✓ Right." in learner.wait_for("> 3 Good")
    assert learner.answers() == []
    assert "bury" not in "".join(learner.scrolled())


def test_all_keys_are_shown_on_one_screen(tmp_path: Path) -> None:
    learner = review(tmp_path, "cloze", columns=60)
    learner.wait_for("Space shows the answer")
    learner.press("?")
    shown = learner.wait_for("Any key goes back")
    assert shown.startswith("\n  Space, Enter")
    assert "leave: every answer is saved" in shown


def test_an_edited_note_is_asked_again_in_its_new_words(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice")
    learner.wait_for("Choose a to d")
    (tmp_path / "edited").write_text("Which tests decide?", encoding="utf-8")
    learner.press("v")
    shown = learner.wait_for("Which tests decide?")
    assert shown.startswith("  Saved.\n──")
    assert "  decks/labor.md, line 42" in learner.scrolled()
    learner.press(" ")
    learner.wait_for("Three tests")


def test_an_unchanged_note_keeps_its_answer_after_the_editor(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", lines=50)
    learner.wait_for("Choose a to d")
    learner.press("b")
    learner.wait_for("> 1 Again")
    learner.press("v")
    learner.wait_for("Nothing was changed.")
    shown = learner.wait_for(lambda text: text.endswith("q leave"))
    assert shown.split("Nothing was changed.")[1].count("the answer is c") == 1


def test_the_editor_reads_the_terminal_itself_and_its_ctrl_c_is_not_ours(tmp_path: Path) -> None:
    editor = "stty -a > during; echo 'press a key'; read line; echo \"read $line\"; kill -INT $PPID"
    (tmp_path / "editor").write_text(f"cd {tmp_path}\n{editor}\n", encoding="utf-8")
    learner = review(tmp_path, "basic")
    learner.wait_for("Space shows the answer")
    learner.press("v")
    learner.wait_for("press a key")
    learner.press("hello\r")
    learner.wait_for("Nothing was changed.")
    assert "read hello" in learner.scrolled()
    during = (tmp_path / "during").read_text(encoding="utf-8").split()
    assert {"isig", "icanon", "echo", "ixon"} <= {word.rstrip(";") for word in during}
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("1 answer saved")


def test_the_time_in_the_editor_does_not_count(tmp_path: Path) -> None:
    later = f"echo 500 > {tmp_path}/clock"
    (tmp_path / "editor").write_text(later, encoding="utf-8")
    learner = review(tmp_path, "choice")
    learner.wait_for("Choose a to d")
    set_clock(tmp_path, 20)
    learner.press("v")
    learner.wait_for("Nothing was changed.")
    learner.wait_for("0:20")
    set_clock(tmp_path, 503)
    learner.press("c")
    learner.wait_for("> 3 Good")
    learner.rate(" ")
    learner.wait_for("1 answer saved")
    assert durations(learner) == [23_000]


def test_after_ten_minutes_nothing_is_suggested_and_ten_minutes_are_logged(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice")
    learner.wait_for("Choose a to d")
    set_clock(tmp_path, 601)
    learner.press("b")
    shown = learner.wait_for("Rate it 1 to 4")
    assert ">" not in shown.split("Source:")[1]
    learner.press(" ", "\r")
    learner.rate("1")
    learner.wait_for("0 new, 0 to review, 1 to repeat")
    assert durations(learner) == [600_000]


def test_a_line_of_ones_own_stands_below_the_answer(tmp_path: Path) -> None:
    learner = review(tmp_path, "several")
    learner.wait_for("Enter submits")
    learner.press("ab", "n")
    shown = learner.wait_for(lambda text: text.endswith("\n  Your note:"))
    assert shown.startswith("\n  A line of your own, kept with the note")
    learner.press("quick: name, date of birth, 3")
    learner.resize(90)
    learner.wait_for("Your note: quick: name, date of birth, 3   Enter submits")
    learner.press("\r")
    shown = learner.wait_for("[x] a  [x] b")
    assert shown.startswith("  Your note is kept: it is shown after the answer.\n──")
    learner.press("\r")
    assert "  Your note: quick: name, date of birth, 3\n" in learner.wait_for("Space takes")
    learner.press("n")
    learner.wait_for("In its place (Enter keeps it, - takes it away):")
    learner.press("-\r")
    shown = learner.wait_for("Space takes")
    assert shown.startswith("  Your note is taken away.")
    assert "Your note: quick" not in shown
    assert learner.answers() == []
