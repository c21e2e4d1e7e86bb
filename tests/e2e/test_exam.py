"""A practice exam on a real terminal, key by key: sat, left, run out, killed, in two windows."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals are not on this system")

from tests.support import exam_decks
from tests.support.review_screen import Learner

RIGHT, LEFT, UP, DOWN, PAGE_DOWN = "\x1b[C", "\x1b[D", "\x1b[A", "\x1b[B", "\x1b[6~"
ESCAPE = "\x1b"


@pytest.fixture
def decks(home: Path) -> Path:
    return exam_decks.write(home / "decks")


def sit(
    home: Path, *options: str, columns: int = 80, lines: int = 24, now: str = "08:30:00"
) -> Learner:
    """A learner before `cmom exam`."""
    command = [sys.executable, "-m", "cmom_srs", "exam", *options]
    clock = {"CMOM_NOW": f"2026-12-01T{now}-06:00"} if now else {"CMOM_NOW": ""}
    return Learner(home, command, columns, lines, NO_COLOR="1", **clock)


def begin(home: Path, *options: str, columns: int = 80, lines: int = 24) -> Learner:
    learner = sit(home, *options, columns=columns, lines=lines)
    learner.wait_for("Enter begins")
    learner.press("\r")
    learner.wait_for("1 of 10")
    return learner


def choose(learner: Learner, words: str) -> None:
    """The option that begins so, by the letter before it; waits until it is chosen."""
    letter = re.findall(rf"([a-c])\) {words}", learner.text())[0]
    learner.press(letter)
    learner.wait_for(f"> {letter})")


def go_on(learner: Learner, number: int) -> None:
    learner.press("\r")
    learner.wait_for(f"── {number} of 10")


def cmom(home: Path, *arguments: str, now: str = "08:30:00", day: str = "2026-12-01") -> str:
    environment = {**os.environ, "CMOM_NOW": f"{day}T{now}-06:00"}
    command = [sys.executable, "-m", "cmom_srs", *arguments]
    return subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, check=False
    ).stdout


def result(home: Path, **clock: str) -> dict[str, object]:
    exam = json.loads(cmom(home, "exam", "show", "--json", **clock))["exam"]
    assert isinstance(exam, dict)
    return exam


def events(home: Path) -> list[tuple[str, int | None, str | None]]:
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection:
        query = "SELECT kind, position, value FROM exam_event ORDER BY sequence"
        return list(connection.execute(query))


def test_an_exam_is_sat_by_keys_to_its_end_and_its_misses_explained(
    decks: Path, home: Path
) -> None:
    learner = begin(home)
    for number in range(1, 10):
        choose(learner, "The right" if number < 9 else "A wrong")
        go_on(learner, number + 1)
    learner.press("m")
    learner.wait_for("10 of 10, marked")
    learner.press("\r")  # after the last question the review list
    learner.wait_for("unanswered 1   marked 1   all 10")
    learner.press(ESCAPE)
    learner.wait_for("Enter next")
    learner.press("s")
    learner.wait_for("Unanswered: 1 (10).")
    assert "It is right." not in learner.text()
    learner.press("y")
    shown = learner.wait_for("to look at again, any other leaves")
    assert "8 of 10 (80%), pass mark 75%: passed" in shown
    learner.press("\r")
    learner.wait_for("1 of 2 to look at again")
    assert "Wrong, your choice. It is wrong." in learner.text()
    learner.press("2")
    learner.wait_for("Left blank")
    learner.press("\r")
    assert learner.wait_for_end() == 0
    items = result(home)["items"]
    assert isinstance(items, list)
    assert [item["reason"] for item in items] == [*[None] * 8, "misread", None]


def test_what_is_chosen_can_be_changed_and_taken_back(decks: Path, home: Path) -> None:
    learner = begin(home)
    choose(learner, "A wrong")
    choose(learner, "The right")
    go_on(learner, 2)
    choose(learner, "Another wrong")
    learner.press("\x7f")
    learner.wait_for("The choice is taken back.")
    learner.press(LEFT)
    learner.wait_for("── 1 of 10")
    assert re.search(r"> [abc]\) The right", learner.text())
    learner.press("q")
    assert learner.wait_for_end() == 0
    assert [kind for kind, _, _ in events(home)] == [
        "shown",
        "answered",
        "answered",
        "shown",
        "answered",
        "cleared",
        "shown",
        "left",
    ]


def test_a_question_is_reached_by_number_and_by_the_review_list(decks: Path, home: Path) -> None:
    learner = begin(home)
    learner.press("j", "7", "\r")
    learner.wait_for("── 7 of 10")
    learner.press("j", "1", "1", "\r")
    learner.wait_for("There is no question 11.")
    learner.press("j", "\r", "r")
    learner.wait_for("unanswered 10")
    learner.press(DOWN, DOWN, "\r")
    learner.wait_for("── 9 of 10")
    learner.press("r", RIGHT)
    learner.wait_for("None.")
    learner.press("\r", ESCAPE)
    learner.wait_for("Enter next")
    learner.press("?")
    learner.wait_for("look at this again; once more takes it away")
    learner.press("\r")
    learner.wait_for("Enter next")
    learner.press("q")
    assert learner.wait_for_end() == 0


def test_the_manual_has_a_clock_of_its_own_until_one_moves_on(decks: Path, home: Path) -> None:
    learner = begin(home)
    learner.press("o")
    learner.wait_for("manual 0:01")
    go_on(learner, 2)
    assert "manual" not in learner.text().splitlines()[0]
    assert [kind for kind, _, _ in events(home)][1:] == ["manual-opened", "manual-closed", "shown"]
    learner.press("q")
    assert learner.wait_for_end() == 0


def test_the_clock_ticks_and_the_exam_ends_itself_when_it_is_over(decks: Path, home: Path) -> None:
    learner = begin(home)
    choose(learner, "The right")
    first = learner.text().splitlines()[0]
    learner.wait_for(lambda text: text.splitlines()[0] != first)
    learner.press("q")
    assert learner.wait_for_end() == 0
    assert "until 8:42 AM" in learner.text()
    again = sit(home, now="08:41:56")
    again.wait_for("0:02 left")
    again.wait_for("The time was over at 8:42 AM.")
    again.press("q")
    assert again.wait_for_end() == 0
    assert (result(home)["how"], result(home)["right"]) == ("expired", 1)


def test_warnings_are_given_ten_and_two_minutes_before_the_end(decks: Path, home: Path) -> None:
    begin(home).press("q")
    for now, said in (("08:31:58", "10 minutes left."), ("08:39:58", "2 minutes left.")):
        time.sleep(0.5)
        again = sit(home, now=now)
        again.wait_for(said)
        again.press("q")
        assert again.wait_for_end() == 0


def test_ctrl_c_leaves_with_130_and_the_exam_goes_on(decks: Path, home: Path) -> None:
    learner = begin(home)
    choose(learner, "The right")
    learner.child.sendintr()
    assert learner.wait_for_end() == 130
    assert "cmom exam" in learner.text()
    assert events(home)[-1][0] == "left"


def test_before_enter_nothing_is_drawn(decks: Path, home: Path) -> None:
    learner = sit(home)
    learner.wait_for("10 questions in 12 minutes, 75% to pass.")
    learner.press("x")
    assert learner.wait_for_end() == 0
    assert cmom(home, "exam", "list").startswith("No exam was sat yet.")


def test_a_long_question_scrolls_and_a_resize_draws_it_anew(decks: Path, home: Path) -> None:
    deck = decks / "finance" / "about-finance.md"
    long = " ".join(f"Sentence {number} of a long story." for number in range(60))
    text = deck.read_text("utf-8").replace("Question: ", f"Scenario: {long}\nQuestion: ")
    deck.write_text(text, encoding="utf-8")
    learner = sit(home, "--domain", "finance")
    learner.wait_for("Enter begins")
    learner.press("\r")
    shown = learner.wait_for("more below: Down, Page Down")
    assert "What about" not in shown
    learner.press(PAGE_DOWN, PAGE_DOWN, PAGE_DOWN)
    learner.wait_for("a) ")
    learner.resize(60)
    learner.wait_for(lambda text: len(text.splitlines()[0]) <= 60 and "1 of 6" in text)
    assert all(len(line) <= 60 for line in learner.text().splitlines())
    learner.press("q")
    assert learner.wait_for_end() == 0


def test_below_sixty_columns_it_is_sat_by_lines(decks: Path, home: Path) -> None:
    learner = sit(home, columns=59)
    learner.wait_for("or a command")
    learner.press("1\r")
    learner.wait_for("2 of 10. 1 answered.")
    learner.press("leave\r")
    assert learner.wait_for_end() == 0


def test_stopped_and_continued_it_is_drawn_anew_and_the_clock_ran_on(
    decks: Path, home: Path
) -> None:
    learner = begin(home)
    learner.press("\x1a")
    time.sleep(1.5)
    os.kill(learner.child.pid, signal.SIGCONT)
    learner.wait_for(lambda text: "11:5" in text and "What about" in text)
    learner.press("q")
    assert learner.wait_for_end() == 0


def test_two_windows_sit_one_exam(decks: Path, home: Path) -> None:
    first = begin(home)
    second = sit(home)
    second.wait_for("── 1 of 10")
    choose(first, "The right")
    second.press("m")
    second.wait_for("1 answered, 1 marked")
    second.press("s")
    second.wait_for("Submit the exam?")
    second.press("y")
    second.wait_for("to look at again, any other leaves")
    second.press("x")
    assert second.wait_for_end() == 0
    first.press("a")
    first.wait_for("1 of 10 (10%)")
    first.press("x")
    assert first.wait_for_end() == 0
    assert result(home, now="08:40:00")["right"] == 1


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_exam_has_every_event_that_was_shown(decks: Path, home: Path, seed: int) -> None:
    chance = Random(seed)
    learner = begin(home)
    chosen: dict[int, str] = {}
    for number in count(1):
        letter = chance.choice("abc")
        learner.press(letter)
        learner.wait_for(f"> {letter})")
        chosen[number] = letter
        if number == 9 or chance.random() < 0.25:
            break
        go_on(learner, number + 1)
    learner.press(chance.choice(["m", "\r", "o", "r", "s", "j", chance.choice("abc")]))
    time.sleep(chance.random() / 50)
    learner.child.kill(signal.SIGKILL)
    learner.child.wait()
    kept = {position: value for kind, position, value in events(home) if kind == "answered"}
    last = max(chosen)
    for position, letter in chosen.items():
        if position < last:
            assert kept[position] == str("abc".index(letter) + 1)
    assert last in kept
    again = sit(home)
    again.wait_for(re.compile(r"of 10").pattern)
    again.press("q")
    assert again.wait_for_end() == 0
