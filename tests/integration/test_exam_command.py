"""`cmom exam` by whole lines: drawn, sat, left, taken up, ended, shown, and refused."""

import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cmom
from tests.conftest import Ran
from tests.support import exam_decks

Sit = Callable[..., Ran]


class Hand(io.StringIO):
    """Types lines, and for `right` and `wrong` the option that the screen had last."""

    def __init__(self, lines: Iterator[str], screen: io.StringIO) -> None:
        super().__init__()
        self._lines = lines
        self._screen = screen

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # io.IOBase says bytes
        line = next(self._lines, "")
        if line in ("right", "wrong"):
            shown = self._screen.getvalue()
            words = "The right one" if line == "right" else "A wrong one"
            label: str = re.findall(rf"(\d)\) {words}", shown)[-1]
            return f"{label}\n"
        return line and f"{line}\n"


@pytest.fixture
def decks(home: Path) -> Path:
    return exam_decks.write(home / "decks")


@pytest.fixture
def sit(cmom: Cmom, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sits an exam by lines; the output is read by the hand that types."""

    def run(*lines: str, options: tuple[str, ...] = ()) -> Ran:
        screen = io.StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", Hand(iter(lines), screen))
            patched.setattr(sys, "stdout", screen)
            ran = cmom("exam", *options)
        return Ran(ran.code, screen.getvalue(), ran.err)

    return run


def at(monkeypatch: pytest.MonkeyPatch, time: str, day: str = "2026-12-01") -> None:
    monkeypatch.setenv("CMOM_NOW", f"{day}T{time}-06:00")


def shown(cmom: Cmom, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cmom("exam", "show", *arguments, "--json").out)["exam"]
    return found


def due(cmom: Cmom) -> list[str]:
    return [card["card"] for card in json.loads(cmom("due", "--json").out)["cards"]]


def exam_rows(home: Path, table: str = "exam") -> int:
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(count)


# Sitting one


def test_an_exam_is_drawn_by_weight_sat_and_scored(decks: Path, sit: Sit, cmom: Cmom) -> None:
    ran = sit(*["right"] * 8, "wrong", "wrong", "submit", "yes", "q")
    assert ran.code == 0
    assert "10 questions in 12 minutes, 75% to pass." in ran.out
    assert "8 of 10 (80%), pass mark 75%: passed" in ran.out
    exam = shown(cmom)
    assert (exam["right"], exam["questions"], exam["passed"]) == (8, 10, True)
    assert exam["how"] == "submitted"
    by_domain = {row["domain"]: row["questions"] for row in exam["domains"]}
    assert by_domain == {"finance": 6, "people": 4}
    assert exam["fresh"] == {"questions": 10, "right": 8}


def test_no_answer_why_or_score_is_shown_before_it_is_submitted(decks: Path, sit: Sit) -> None:
    ran = sit(*["right"] * 10, "review", "leave")
    assert "It is right." not in ran.out
    assert "Source" not in ran.out
    assert "(80%)" not in ran.out


def test_an_answer_goes_on_to_the_next_question(decks: Path, sit: Sit) -> None:
    out = sit("1", "B", "leave").out
    assert re.findall(r"^(\d+ of 10\..*) 1[12]:\d\d left$", out, re.MULTILINE) == [
        "1 of 10. 0 answered. 0 marked. on pace.",
        "2 of 10. 1 answered. 0 marked. 1 ahead.",
        "3 of 10. 2 answered. 0 marked. 2 ahead.",
    ]


def test_words_move_mark_clear_and_time_the_manual(decks: Path, sit: Sit, cmom: Cmom) -> None:
    lines = ("1", "mark", "back", "clear", "jump 10", "manual", "manual", "mark", "mark", "review")
    out = sit(*lines, "jump 11", "back", "next", "next", "submit", "no", "submit", "yes").out
    assert "Unanswered: 10 (1 to 10)." in out
    assert "Marked: 1 (2)." in out
    assert "There is no question 11." in out
    exam = shown(cmom)
    assert exam["lookups"]["count"] == 1
    assert [item["marked"] for item in exam["items"]] == [False, True, *[False] * 8]
    assert {item["response"] for item in exam["items"]} == {None}


@pytest.mark.parametrize("line", [" ", "9", "x", "jump", "jump x", "4", "yes", "\u00b2", "jump 0"])
def test_a_line_that_is_nothing_is_said_to_be_nothing(decks: Path, sit: Sit, line: str) -> None:
    ran = sit(line, "leave")
    assert ran.code == 0
    assert "One of 1 to 3, or a command: ? lists them." in ran.out or "no question 0" in ran.out


def test_the_words_are_listed(decks: Path, sit: Sit) -> None:
    assert "jump 12" in sit("?", "leave").out


def test_the_same_seed_draws_the_same_exam(decks: Path, sit: Sit, cmom: Cmom) -> None:
    def drawn() -> list[str]:
        first = sit("leave", options=("--seed", "7")).out
        cmom("exam", "drop", "--yes")
        return re.findall(r"What about .*", first)

    once = drawn()
    (history,) = decks.parent.rglob("history.sqlite3")
    history.unlink()
    assert drawn() == once


def test_a_short_form_has_the_minutes_of_its_questions(decks: Path, sit: Sit) -> None:
    assert "5 questions in 6 minutes" in sit("leave", options=("--questions", "5")).out


def test_some_domains_alone_are_not_passed_or_failed(decks: Path, sit: Sit, cmom: Cmom) -> None:
    options = ("--domain", "people")
    out = sit(*["right"] * 4, "submit", "yes", options=options).out
    assert "4 of 4 (100%); some domains alone are not passed or failed" in out
    assert shown(cmom)["passed"] is None


def test_without_a_clock_no_time_runs_out(
    decks: Path, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "10 questions, no clock." in sit("leave", options=("--no-clock",)).out
    at(monkeypatch, "20:00:00")
    assert "1 of 10. 0 answered. 0 marked. 11:30:0" in sit("leave").out


# Leaving, the clock, the end of the time


def test_an_open_exam_is_taken_up_where_it_was_left(
    decks: Path, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sit("1", "1")  # the end of the input leaves
    assert "The exam stays open and its clock runs on, until 8:42 AM." in first.out
    at(monkeypatch, "08:35:00")
    again = sit("leave").out
    assert re.search(
        r"^3 of 10\. 2 answered\. 0 marked\. [23] behind\. [67]:[05]\d left$", again, re.MULTILINE
    )
    asked = re.findall(r"What about .*", first.out)
    assert re.findall(r"What about .*", again) == asked[-1:]


def test_options_of_a_new_exam_are_refused_while_one_is_open(decks: Path, sit: Sit) -> None:
    sit("leave")
    ran = sit("leave", options=("--questions", "5"))
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "cmom: Exam 1 is open, so no other can be drawn.",
        "To go on with it: cmom exam    To end it without a score: cmom exam drop",
    ]


def test_an_answer_after_the_deadline_does_not_count(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late() -> Iterator[str]:
        yield "right"
        at(monkeypatch, "08:42:00")
        yield "right"

    screen = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdin", Hand(late(), screen))
        patched.setattr(sys, "stdout", screen)
        assert cmom("exam").code == 0
    assert "The time was over at 8:42 AM." in screen.getvalue()
    exam = shown(cmom)
    assert (exam["how"], exam["right"]) == ("expired", 1)
    assert exam["submitted_at"] == "2026-12-01T08:42:00-06:00"


def test_an_exam_that_ran_out_while_away_ends_whatever_opens_the_history(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit("wrong", "leave")
    at(monkeypatch, "08:30:00", "2026-12-02")
    ran = cmom("due", "--json")
    assert "the time of exam 1 is over: cmom exam show 1" in ran.err
    missed = [item["card"] for item in shown(cmom)["items"] if item["response"]]
    assert [card["card"] for card in json.loads(ran.out)["cards"]][:1] != []
    assert set(missed) <= set(due(cmom))
    assert "time of exam" not in cmom("due").err


def test_a_clock_set_back_halts_the_exam_until_it_has_caught_up(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit("1", "leave")
    at(monkeypatch, "07:00:00")
    assert "11:59 left" in sit("1", "leave").out or "12:00 left" in sit("leave").out
    at(monkeypatch, "08:50:00")
    assert "the time of exam 1 is over" in cmom("due").err


# Its misses come back


def test_misses_blanks_and_marked_right_answers_come_first_on_the_next_day_once(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("set", "new-cards", "0")
    sit(*["right"] * 7, "mark", "wrong", "next", "mark", "right", "submit", "yes")
    items = shown(cmom)["items"]
    again = {item["card"] for item in items if not item["is_right"] or item["marked"]}
    assert due(cmom) == []
    at(monkeypatch, "08:30:00", "2026-12-02")
    assert set(due(cmom)) == again
    cmom("grade", min(again), "good")
    assert set(due(cmom)) == again - {min(again)}
    cmom("undo")
    assert set(due(cmom)) == again


def test_what_was_never_shown_stays_fresh_and_is_not_pulled(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("set", "new-cards", "0")
    out = sit("wrong", "submit", "yes", "1").out
    assert "what you never saw (8) stays fresh" in " ".join(out.split())
    at(monkeypatch, "08:30:00", "2026-12-02")
    assert len(due(cmom)) == 2


def test_an_explanation_says_when_what_it_says_is_past(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in decks.glob("*/*.md"):
        text = path.read_text("utf-8").replace("Manual:", "Until: 2026-12-01\nManual:")
        path.write_text(text, encoding="utf-8")
    assert "\nUntil December 1, 2026\n" in sit("wrong", "submit", "yes").out
    assert "\nUntil December 1, 2026\n" in cmom("exam", "show", "--misses").out
    at(monkeypatch, "08:30:00", "2026-12-02")
    past = "\nHeld until December 1, 2026: check it before you rely on it.\n"
    assert past in cmom("exam", "show", "--misses").out


def test_a_reason_is_kept_with_the_miss(decks: Path, sit: Sit, cmom: Cmom) -> None:
    out = sit("wrong", "submit", "yes", "3", "1", "q").out
    assert "Wrong, your choice. It is wrong." in out
    assert "Left blank: the answer is" in out
    reasons = [item["reason"] for item in shown(cmom)["items"]]
    assert reasons == ["two-good", *[None] * 9]
    assert "Why it went wrong: two-good" in cmom("exam", "show", "--misses").out


# What is shown of it


def test_a_deck_edited_retired_or_renamed_meanwhile_changes_nothing_of_the_exam(
    decks: Path, sit: Sit, cmom: Cmom
) -> None:
    out = sit("leave").out
    (asked,) = re.findall(r"What about (.*)\?", out)
    deck = decks / asked.split("-")[0] / f"about-{asked.split('-')[0]}.md"
    text = deck.read_text("utf-8").replace(f"## {asked}\n", f"## renamed\nFormerly: {asked}\n")
    deck.write_text(text.replace("The right one", "No longer the right one"), encoding="utf-8")
    again = sit("right", "submit", "yes").out
    assert f"The right one of {asked}" in again
    assert shown(cmom)["items"][0]["card"] == "renamed/1"
    assert shown(cmom)["right"] == 1


def test_exams_are_listed_and_shown(decks: Path, sit: Sit, cmom: Cmom) -> None:
    assert cmom("exam", "list").out == "No exam was sat yet. To sit one: cmom exam\n"
    assert cmom("exam", "show").code == 1
    sit(*["right"] * 10, "submit", "yes")
    sit("leave")
    assert cmom("exam", "show", "2").code == 1
    assert cmom("exam", "drop", "--yes").out.startswith("Exam 2 is dropped.")
    assert cmom("exam", "list").out.splitlines() == [
        "  1  December 1, 2026    10 of 10 (100%), pass mark 75%: passed",
        "  2  December 1, 2026    10 questions, dropped",
    ]
    assert cmom("exam", "show", "2").err == "cmom: Exam 2 was dropped and has no score.\n"
    assert cmom("exam", "show", "3").code == 1
    assert cmom("exam", "drop").err == "cmom: No exam is open.\n"


@pytest.mark.parametrize(("lowest", "code"), [("80", 0), ("80.1", 1), ("0", 0), ("100", 1)])
def test_a_score_below_the_one_asked_for_is_a_finding(
    decks: Path, sit: Sit, cmom: Cmom, lowest: str, code: int
) -> None:
    sit(*["right"] * 8, "wrong", "wrong", "submit", "yes")
    assert cmom("exam", "show", "1", "--fail-under", lowest).code == code
    assert cmom("exam", "show", "--json", "--fail-under", lowest).code == code


def test_a_blank_exam_has_a_score_of_nothing(decks: Path, sit: Sit, cmom: Cmom) -> None:
    assert "0 of 10 (0%), pass mark 75%: not passed" in sit("submit", "yes").out
    assert "nothing was answered" in cmom("exam", "show").out


def test_a_second_exam_asks_what_the_first_did_not(
    decks: Path, sit: Sit, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(*["right"] * 10, "submit", "yes")
    at(monkeypatch, "10:30:00")
    sit(*["right"] * 10, "submit", "yes")
    assert shown(cmom, "2")["fresh"]["questions"] == 5


# What cannot be sat


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--questions", "0"), 2, "0 is not in the range x>=1"),
        (("--questions", "many"), 2, "not a valid integer"),
        (
            ("--questions", "10000"),
            1,
            "finance can supply 9 of 6000 questions; people",
        ),
        (("--profile", "shrt"), 2, "Did you mean 'short'?"),
        (("--domain", "peeple"), 2, "Did you mean 'people'?"),
        (("--minutes", "0"), 2, "not in the range"),
        (("--rehearsal",), 1, "There is no plan that keeps questions back for a rehearsal."),
        (("--no-clock", "--minutes", "5"), 2, "--no-clock"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    decks: Path, home: Path, sit: Sit, options: tuple[str, ...], code: int, said: str
) -> None:
    ran = sit("leave", options=options)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert said in ran.err
    if list(home.rglob("history.sqlite3")):
        assert exam_rows(home) == 0


def test_decks_without_exam_questions_are_said_to_be_short(decks: Path, sit: Sit) -> None:
    exam_decks.write(decks, finance=0, people=0)
    ran = sit("leave")
    assert ran.code == 1
    assert "finance can supply 0 of 6 questions; people can supply 0 of 4" in ran.err
    assert "three or more options" in ran.err


def test_a_blueprint_with_errors_draws_nothing(decks: Path, sit: Sit) -> None:
    (decks / "blueprint.toml").write_text("[[domain]]\n", encoding="utf-8")
    ran = sit("leave")
    assert ran.code == 1
    assert "The blueprint has errors, so no exam can be drawn." in ran.err


def test_a_history_in_use_by_another_program_is_said_before_the_first_question(
    decks: Path, home: Path, sit: Sit, cmom: Cmom
) -> None:
    cmom("due")
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        ran = sit("right")
    assert ran.code == 3
    assert "What about" not in ran.out


def test_suspended_notes_are_not_asked(decks: Path, sit: Sit, cmom: Cmom) -> None:
    for number in range(1, 4):
        cmom("suspend", f"finance-{number}")
    out = sit(*["right"] * 10, "submit", "yes").out
    assert not re.search(r"finance-[123]\?", out)
    cmom("suspend", "finance-4")
    assert "finance can supply 5 of 6 questions" in sit("leave").err
