"""Look-ups on a real pseudo-terminal and in a pipe: keys, endings, golden screens."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.conftest import REPOSITORY
from tests.support.lookup_desk import lookup_command
from tests.support.lookup_desk import read_lookups
from tests.support.review_screen import READING_SECONDS
from tests.support.review_screen import Learner

SCREENS = REPOSITORY / "tests" / "screens"
READY, RUNNING, PAGE = "starts the stopwatch", "when you give up", "Page or tab"


def begin(folder: Path, *arguments: str, columns: int = 80, lines: int = 24) -> Learner:
    command = lookup_command(folder, *arguments)
    return Learner(folder, command, columns, lines, NO_COLOR="1")


def at(learner: Learner, prompt: str) -> str:
    """The screen once it waits at a prompt, down to the prompt's end."""
    return learner.wait_for(
        lambda text: prompt in text.rsplit("\n", 1)[-1] and text.endswith("q leave")
    )


def press_late(learner: Learner, key: str) -> None:
    """Presses a key once the prompt has stood long enough to be read."""
    time.sleep(READING_SECONDS)
    learner.press(key)


def pass_seconds(learner: Learner, seconds: float) -> None:
    (learner.folder / "clock").write_text(str(seconds), encoding="utf-8")


def time_one(learner: Learner, until: float, key: str = " ") -> str:
    """Starts the stopwatch, stops it at a time of the sitting; the screen that asks the page."""
    at(learner, READY)
    press_late(learner, " ")
    at(learner, RUNNING)
    pass_seconds(learner, until)
    press_late(learner, key)
    return at(learner, PAGE)


@pytest.mark.parametrize(("name", "columns"), [("", 80), ("-at-60", 60)])
def test_golden_screens(tmp_path: Path, name: str, columns: int) -> None:
    learner = begin(tmp_path, "--before", columns=columns)
    screens = [at(learner, READY), time_one(learner, 12.34)]
    learner.press("\r")
    screens.append(time_one(learner, 102, "n"))
    learner.press("\r")
    time_one(learner, 111)
    learner.press("9")
    typed = "none): 9" + "   Enter submits   Esc clears" * (columns > 60)
    screens.append(learner.wait_for(typed))
    learner.press("0\r")
    assert learner.wait_for_end() == 0
    screens.append(learner.text())
    seen = f"{'=' * columns}\n".join(screen + "\n" for screen in screens)
    golden = SCREENS / f"lookup{name}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_a_look_up_is_on_disk_when_the_next_topic_is_shown(tmp_path: Path) -> None:
    learner = begin(tmp_path)
    time_one(learner, 9.5)
    assert read_lookups(tmp_path) == []
    learner.press("p", ".", " ", "7", "\r")
    learner.wait_for("Look-up 2 of 3")
    assert read_lookups(tmp_path) == [("Labor laws", 9500, True, "p. 7")]


def test_the_page_noted_before_is_not_shown_until_the_stopwatch_has_stopped(tmp_path: Path) -> None:
    learner = begin(tmp_path, "--before")
    assert "212" not in at(learner, READY)
    press_late(learner, " ")
    assert "212" not in at(learner, RUNNING)
    press_late(learner, " ")
    assert "You noted it at p. 212." in at(learner, PAGE)


def test_a_key_held_down_neither_stops_what_it_started_nor_starts_the_next(tmp_path: Path) -> None:
    learner = begin(tmp_path)
    at(learner, READY)
    press_late(learner, " ")
    for _ in range(20):
        learner.press(" ")
        time.sleep(0.03)
    at(learner, RUNNING)
    assert read_lookups(tmp_path) == []
    pass_seconds(learner, 5)
    time.sleep(0.5)
    learner.press(" ")
    at(learner, PAGE)
    learner.press("\r\r\r")
    assert "Look-up 2 of 3" in at(learner, READY)
    assert read_lookups(tmp_path) == [("Labor laws", 5000, True, None)]


def test_longer_than_ten_minutes_is_kept_as_ten_minutes(tmp_path: Path) -> None:
    learner = begin(tmp_path, "--rounds", "1")
    assert "Found in 10 min 00 s." in time_one(learner, 4000)
    learner.press("\r")
    assert learner.wait_for_end() == 0
    assert read_lookups(tmp_path) == [("Labor laws", 600_000, True, None)]


def test_a_resized_window_is_drawn_again_and_the_stopwatch_runs_on(tmp_path: Path) -> None:
    learner = begin(tmp_path, columns=80)
    at(learner, READY)
    press_late(learner, " ")
    at(learner, RUNNING)
    pass_seconds(learner, 3)
    learner.resize(96)
    wide = "── Look-up 1 of 3 ── Personnel Management ".ljust(96, "─")
    learner.wait_for(lambda text: wide in text.splitlines() and text.endswith("q leave"))
    pass_seconds(learner, 7)
    press_late(learner, " ")
    at(learner, PAGE)
    learner.press("t", "a")
    learner.wait_for("none): ta")
    learner.resize(98)
    learner.wait_for(lambda text: f"{wide}──" in text.splitlines() and "none): ta" in text)
    learner.press("b", "\r")
    learner.wait_for("Look-up 2 of 3")
    assert read_lookups(tmp_path) == [("Labor laws", 7000, True, "tab")]


def test_q_leaves_with_what_is_saved_and_shows_the_figures(tmp_path: Path) -> None:
    learner = begin(tmp_path)
    time_one(learner, 5)
    learner.press("\r")
    at(learner, READY)
    press_late(learner, " ")
    at(learner, RUNNING)
    learner.press("q")
    assert learner.wait_for_end() == 0
    assert "1 look-up saved: 1 of 1 under 15 s." in learner.text()
    assert (tmp_path / "end").read_text("utf-8") == "1 False False"


def test_who_leaves_before_the_first_look_up_is_told_so(tmp_path: Path) -> None:
    learner = begin(tmp_path)
    at(learner, READY)
    learner.press("q")
    assert learner.wait_for_end() == 0
    assert "No look-ups this time." in learner.text()


@pytest.mark.parametrize("typed", ["\x03", "q\r", "\x04"])
def test_who_leaves_while_the_page_is_asked_keeps_the_time(tmp_path: Path, typed: str) -> None:
    learner = begin(tmp_path)
    time_one(learner, 5)
    learner.press(typed)
    assert learner.wait_for_end() == (130 if typed == "\x03" else 0)
    assert read_lookups(tmp_path) == [("Labor laws", 5000, True, None)]
    assert "1 look-up saved" in learner.text()


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_closes_while_the_page_is_asked_keeps_the_time(
    tmp_path: Path, end: signal.Signals
) -> None:
    learner = begin(tmp_path)
    time_one(learner, 5)
    learner.child.kill(end)
    learner.wait_for_end()
    assert read_lookups(tmp_path) == [("Labor laws", 5000, True, None)]
    assert (tmp_path / "end").read_text("utf-8") == "1 False True"


def test_ctrl_c_says_what_is_saved_and_is_130(tmp_path: Path) -> None:
    learner = begin(tmp_path)
    time_one(learner, 5)
    learner.press("\r")
    at(learner, READY)
    learner.press("\x03")
    assert learner.wait_for_end() == 130
    assert learner.text().endswith("1 look-up saved")
    assert (tmp_path / "end").read_text("utf-8") == "1 True False"


def run(folder: Path, *arguments: str, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        lookup_command(folder, *arguments),
        input=typed,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_whole_sitting_works_in_a_pipe_without_one_escape_code(tmp_path: Path) -> None:
    ran = run(tmp_path, "--before", typed="x\n\n\nTab   9\n\nn\n\n\n\n88\n")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert "\r" not in ran.stdout
    assert ran.stdout.count("Enter starts the stopwatch, q leaves.\n") == 4
    assert ran.stdout.count("Enter or q.\n") == 1
    assert "Look-up 2 of 3. Compliance and Risk Management\n\nHIPAA\n" in ran.stdout
    assert "Labor laws: found in 0.0 s, Tab 9.\n" in ran.stdout
    assert "Medicaid: found in 0.0 s, p. 88.\n" in ran.stdout
    assert read_lookups(tmp_path) == [
        ("Labor laws", 0, True, "Tab 9"),
        ("HIPAA", 0, False, None),
        ("Medicaid", 0, True, "88"),
    ]


def test_the_end_of_input_leaves_and_keeps_what_was_timed(tmp_path: Path) -> None:
    ran = run(tmp_path, typed="\n\n")
    assert ran.returncode == 0
    assert "1 look-up saved" in ran.stdout
    assert read_lookups(tmp_path) == [("Labor laws", 0, True, None)]


def test_a_page_too_long_is_asked_again_in_words(tmp_path: Path) -> None:
    ran = run(tmp_path, typed=f"\n\n{'9' * 41}\n{'9' * 40}\nq\n")
    assert "At most 40 characters." in ran.stdout
    assert read_lookups(tmp_path) == [("Labor laws", 0, True, "9" * 40)]
