"""A learner's days on a real terminal: the first five minutes, two windows, a killed process."""

import os
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cmom
from tests.support import exam_decks

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are not on this system")


def spawn(home: Path, *arguments: str, width: int = 80) -> Any:
    """`cmom` on a terminal of 24 rows, with a real clock."""
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "cmom_srs", *arguments],
        cwd=str(home),
        env=environment,
        dimensions=(24, width),
        encoding="utf-8",
        timeout=60,
    )


def answers(home: Path) -> list[tuple[str, int]]:
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection, connection:
        return list(connection.execute("SELECT note_id, grade FROM review ORDER BY id"))


def reveal_and_rate(terminal: Any, key: str) -> None:
    """Shows the answer and rates it, once it has been on the screen long enough to be read."""
    terminal.send(" ")
    terminal.expect_exact("1 Again")
    terminal.expect_exact("? keys")
    time.sleep(0.3)
    terminal.send(key)


def test_the_first_card_is_two_keys_away_from_nothing(home: Path) -> None:
    terminal = spawn(home)
    terminal.expect_exact("cmom review")
    terminal.expect_exact("Enter begins")
    terminal.send("\r")
    terminal.expect_exact("? keys")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def test_after_the_first_session_the_place_of_the_data_is_said(decks: Path, home: Path) -> None:
    terminal = spawn(home, "review", "--deck", "labor")
    terminal.expect_exact("? keys")
    reveal_and_rate(terminal, "3")
    terminal.expect_exact("Choose a to c")
    terminal.send("q")
    terminal.expect_exact("1 answer")
    terminal.expect_exact("Your history is kept in")
    terminal.expect_exact("history.sqlite3")
    terminal.expect(pexpect.EOF)
    assert answers(home) == [("tests", 4)]


def test_ctrl_c_keeps_every_answer_and_says_how_many(decks: Path, home: Path) -> None:
    terminal = spawn(home, "review", "--deck", "labor")
    terminal.expect_exact("? keys")
    reveal_and_rate(terminal, "3")
    terminal.expect_exact("Choose a to c")
    terminal.sendintr()
    terminal.expect_exact("1 answer saved")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    assert answers(home) == [("tests", 4)]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_killed_review_has_every_answer_that_was_shown_as_graded(
    decks: Path, home: Path, end: signal.Signals
) -> None:
    terminal = spawn(home, "review", "--deck", "labor")
    terminal.expect_exact("? keys")
    reveal_and_rate(terminal, "1")
    terminal.expect_exact("Choose a to c")
    terminal.kill(end)
    terminal.expect(pexpect.EOF)
    assert answers(home) == [("tests", 2)]
    again = spawn(home, "review", "--deck", "labor")
    again.expect_exact("1 to repeat")
    again.send("q")
    again.expect(pexpect.EOF)


def test_two_windows_never_count_an_answer_twice_on_the_schedule(decks: Path, home: Path) -> None:
    first = spawn(home, "review", "--deck", "labor")
    first.expect_exact("? keys")
    second = spawn(home, "review", "--deck", "labor")
    second.expect_exact("? keys")
    for terminal in (first, second):
        reveal_and_rate(terminal, "3")
        terminal.expect_exact("Choose a to c")
        terminal.send("q")
        terminal.expect(pexpect.EOF)
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection, connection:
        kinds = connection.execute("SELECT kind FROM review ORDER BY id").fetchall()
        repetitions = connection.execute(
            "SELECT repetitions FROM card WHERE note_id = 'tests' AND ordinal = 1"
        ).fetchone()
    assert kinds == [("scheduled",), ("drill",)]
    assert repetitions == (1,)


def test_undo_reaches_back_past_the_start_of_a_session(decks: Path, home: Path) -> None:
    terminal = spawn(home, "review", "--deck", "labor", "--limit", "1")
    terminal.expect_exact("? keys")
    reveal_and_rate(terminal, "4")
    terminal.expect_exact("u takes back")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    again = spawn(home, "review", "--deck", "labor")
    again.expect_exact("Choose a to c")
    again.send("u")
    again.expect_exact('Easy for "')
    again.expect_exact("y or n")
    again.send("y")
    again.expect_exact("Taken back: Easy")
    again.expect_exact("exemption tests")
    again.send("q")
    again.expect(pexpect.EOF)
    assert answers(home)[0] == ("tests", 5)


def test_a_deck_edited_in_the_middle_of_a_card_is_shown_with_its_new_words(
    decks: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "text = path.read_text('utf-8').replace('What decides', 'What really decides')\n"
        "path.write_text(text, 'utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    terminal = spawn(home, "review", "--deck", "labor", "--tag", "scenario")
    terminal.expect_exact("What decides whether")
    terminal.send("v")
    terminal.expect_exact("labor.md")
    terminal.expect_exact("1 changed")
    terminal.expect_exact("What really decides whether")
    terminal.send("q")
    terminal.expect(pexpect.EOF)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_screen_of_today_fits_the_terminal(decks: Path, home: Path, width: int) -> None:
    terminal = spawn(home, width=width)
    terminal.expect_exact("Enter begins")
    lines = terminal.before.splitlines()
    assert max(map(len, lines)) <= width
    assert any(line.startswith("  Next ") and " days" in line for line in lines)
    terminal.send("q")
    terminal.expect(pexpect.EOF)


def test_the_screen_of_today_is_shown_on_the_narrowest_terminal(decks: Path, home: Path) -> None:
    terminal = spawn(home, width=12)
    terminal.expect_exact("Enter begins")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def test_the_screen_of_today_stays_when_the_program_was_stopped(decks: Path, home: Path) -> None:
    terminal = spawn(home)
    terminal.expect_exact("Enter begins")
    time.sleep(0.3)  # the signal must find the program waiting
    terminal.kill(signal.SIGSTOP)
    terminal.kill(signal.SIGCONT)
    time.sleep(0.3)
    terminal.send("\r")
    terminal.expect_exact("? keys")
    terminal.send("q")
    terminal.expect(pexpect.EOF)


def test_ctrl_d_on_the_screen_of_today_leaves(decks: Path, home: Path) -> None:
    terminal = spawn(home)
    terminal.expect_exact("Enter begins")
    terminal.send("\x04")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def test_an_editor_that_is_no_command_is_said_and_the_card_stays(
    decks: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vi 'unclosed")
    terminal = spawn(home, "review", "--deck", "labor", "--tag", "scenario")
    terminal.expect_exact("What decides whether")
    terminal.send("v")
    terminal.expect_exact("EDITOR is no command")
    terminal.expect_exact("What decides whether")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def screen_on(home: Path, day: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `cmom` alone shows on the morning of a day."""
    monkeypatch.setenv("CMOM_NOW", f"{day}T08:30:00-06:00")
    terminal = spawn(home)
    terminal.expect(["Enter begins", pexpect.EOF])
    shown = str(terminal.before)
    terminal.close()
    return " ".join(shown.split())


def test_todays_screen_counts_down_and_names_the_practice_exam_the_day_before(
    home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam_decks.write(home / "decks", finance=30, people=20)
    assert cmom("plan", "--exam", "in 8 weeks", "--minutes", "30").code == 0
    assert "Tuesday, January 26, 2027, in 56 days: on plan" in screen_on(
        home, "2026-12-01", monkeypatch
    )
    later = screen_on(home, "2026-12-13", monkeypatch)
    assert "in 44 days: 12 study days behind (cmom plan)" in later
    assert "Exams tomorrow: 10 questions, 12 minutes: cmom exam" in later
    assert "Exams today: 10 questions" in screen_on(home, "2026-12-14", monkeypatch)


def test_how_the_exam_went_is_asked_once_and_what_followed_is_said(
    home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam_decks.write(home / "decks", finance=30, people=20)
    assert cmom("plan", "--exam", "in 10 days").code == 0
    assert "Exam Today." in screen_on(home, "2026-12-11", monkeypatch)
    question = "Friday, December 11. How did it go? cmom plan --result passed, or failed"
    assert question in screen_on(home, "2026-12-12", monkeypatch)
    assert question not in screen_on(home, "2026-12-12", monkeypatch)
    assert "How did it go?" in cmom("plan").out
    assert cmom("plan", "--result", "passed").code == 0
    assert "Passed. No new cards come" in screen_on(home, "2026-12-13", monkeypatch)


def test_a_plan_that_is_cleared_while_a_session_runs_changes_nothing_of_it(
    home: Path, cmom: Cmom
) -> None:
    exam_decks.write(home / "decks", finance=30, people=20)
    assert cmom("plan", "--exam", "in 2 days").code == 0
    terminal = spawn(home, "review")
    terminal.expect_exact("? keys")
    assert cmom("plan", "--clear").code == 0
    terminal.send("a")
    terminal.expect_exact("1 Again")
    time.sleep(0.4)
    terminal.send("3")
    terminal.expect_exact("? keys")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert len(answers(home)) == 1
