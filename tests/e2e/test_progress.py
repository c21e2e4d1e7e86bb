"""Slow work before somebody who waits: a bar on a terminal, nothing in a pipe, nothing left."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytest.importorskip("pexpect", reason="pseudo-terminals are not on this system")

from tests.support.review_screen import Learner

HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"
RATE = """
## rate-{number}
Question: {{charges}} was charged and {{payments}} collected in {number}. What is the gross rate?
Given:
- charges: $50,000 to $90,000 by $1,000
- payments: $30,000 to $49,000 by $1,000
Formula: payments / charges * 100
Unit: %
"""


@pytest.fixture
def large(decks: Path) -> Path:
    """Decks whose arithmetic takes seconds."""
    write_rates(decks, 400)
    return decks


def write_rates(decks: Path, count: int) -> None:
    rates = "".join(RATE.format(number=number) for number in range(count))
    text = f"# Rates\nSource: formula\n{rates}"
    (decks / "finance" / "rates.md").write_text(text, encoding="utf-8")


@pytest.fixture
def old(decks: Path, home: Path) -> Path:
    """A history of the last schema, with more answers than are replayed in half a second."""
    command = [sys.executable, "-m", "cmom_srs", "--history", str(home / "old.sqlite3"), "sync"]
    subprocess.run(command, env=environment(), capture_output=True, check=True)
    with closing(sqlite3.connect(home / "old.sqlite3")) as connection, connection:
        cards = connection.execute("SELECT note_id, ordinal FROM card").fetchall()
        connection.executemany(
            "INSERT INTO review (uid, note_id, ordinal, reviewed_at_ms, utc_offset_minutes, "
            "study_day, kind, grade, duration_ms, looked_up, origin) "
            "VALUES (?, ?, ?, ?, 0, ?, 'scheduled', 4, 8000, 0, 'terminal')",
            [
                (f"{at:032x}", *cards[at % len(cards)], at, date.min + timedelta(days=at // 9))
                for at in range(40_000)
            ],
        )
        connection.execute("DROP TABLE ceu")
        connection.execute("ALTER TABLE note DROP COLUMN until")
        connection.execute("PRAGMA user_version = 3")
    return home / "old.sqlite3"


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def before_a_terminal(home: Path, *arguments: str, **variables: str) -> Learner:
    command = [sys.executable, "-m", "cmom_srs", *arguments]
    return Learner(home, command, 60, 24, NO_COLOR="1", **variables)


def assert_clean(terminal: Learner) -> None:
    """Nothing of a bar is left, and the cursor is there."""
    assert "left" not in terminal.text()
    assert terminal.sent.count(HIDE_CURSOR) == terminal.sent.count(SHOW_CURSOR)
    assert terminal.sent.rfind(SHOW_CURSOR) > terminal.sent.rfind(HIDE_CURSOR)


@pytest.mark.parametrize(
    ("arguments", "ended"),
    [
        (("sync",), "405 notes: 405 new"),
        (("check",), "Found"),
        (("export", "--dry-run"), "Nothing was written"),
        (("rename", "bucket", "oldest-bucket"), "oldest-bucket"),
    ],
)
def test_who_waits_for_decks_sees_a_bar_and_then_the_answer_alone(
    large: Path, home: Path, arguments: tuple[str, ...], ended: str
) -> None:
    terminal = before_a_terminal(home, *arguments)
    terminal.wait_for("Reading notes ━")
    assert "% " in terminal.wait_for("left")
    assert terminal.wait_for_end() in (0, 1)
    assert ended in terminal.text().replace("\n", "")
    assert "Reading notes" not in terminal.text()
    assert_clean(terminal)


def test_who_waits_for_an_upgrade_sees_a_bar(old: Path, home: Path) -> None:
    terminal = before_a_terminal(home, "stats", "--history", str(old))
    terminal.wait_for("Working out schedules ━")
    assert terminal.wait_for_end() == 0
    assert "Working out" not in terminal.text()
    assert_clean(terminal)


def test_ctrl_c_leaves_a_clean_screen(large: Path, home: Path) -> None:
    terminal = before_a_terminal(home, "sync")
    terminal.wait_for("left")
    terminal.child.sendintr()
    assert terminal.wait_for_end() == 130
    assert terminal.text().replace("^C", "").strip() == ""
    assert_clean(terminal)


def test_what_fails_is_said_on_a_clean_screen(large: Path, home: Path) -> None:
    rates = large / "finance" / "rates.md"
    rates.write_text(rates.read_text("utf-8") + "\n## odd\nQuestion: ?\n", encoding="utf-8")
    terminal = before_a_terminal(home, "export")
    terminal.wait_for("left")
    assert terminal.wait_for_end() == 1
    assert "The decks have errors, so nothing was done." in terminal.text()
    assert "Reading notes" not in terminal.text()
    assert_clean(terminal)


@pytest.mark.parametrize("variables", [{}, {"FORCE_COLOR": "1", "TERM": "xterm-256color"}])
def test_in_a_pipe_there_is_none(large: Path, home: Path, variables: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "cmom_srs", "sync"],
        cwd=home,
        env=environment() | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ended.stdout, ended.stderr) == ("405 notes: 405 new\n", "")


def test_a_terminal_that_moves_no_cursor_has_none(decks: Path, home: Path) -> None:
    write_rates(decks, 150)
    terminal = before_a_terminal(home, "sync", TERM="dumb")
    assert terminal.wait_for_end() == 0
    assert terminal.text() == "155 notes: 155 new"
