"""`cmom plan`: what it takes and refuses, what it keeps back, and that it touches no card."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.conftest import Cmom
from tests.support import exam_decks

SHIPPED = REPOSITORY / "decks"
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes it the morning of a day."""

    def set_day(day: str) -> None:
        monkeypatch.setenv("CMOM_NOW", f"{day}T08:30:00-06:00")

    return set_day


@pytest.fixture
def folder(home: Path) -> Path:
    """Decks with enough for an exam, found from the current folder."""
    return exam_decks.write(home / "decks", finance=30, people=20)


def plan(cmom: Cmom, *options: str) -> Any:
    ran = cmom("plan", *options, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)["plan"]


def tables(home: Path) -> Rows:
    """Every row of the history but the settings."""
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for (name,) in names
            if name != "setting"
        }


# What it takes


def test_without_a_date_there_is_no_plan_and_the_way_to_one_is_named(
    folder: Path, cmom: Cmom
) -> None:
    assert plan(cmom) is None
    assert 'cmom plan --exam "in 8 weeks" --minutes 30' in cmom("plan").out


def test_what_was_understood_is_said_back(folder: Path, cmom: Cmom) -> None:
    said = cmom("plan", "--exam", "Feb 1", "--minutes", "30")
    assert said.code == 0
    assert said.out.splitlines()[0].split(maxsplit=1) == [
        "Exam",
        "Monday, February 1, 2027, in 62 days",
    ]
    assert "30 minutes a day, 62 days to study: 31 hours" in said.out


def test_a_date_alone_makes_a_plan(folder: Path, cmom: Cmom) -> None:
    made = plan(cmom, "--exam", "in 8 weeks")
    assert (made["exam_on"], made["days_left"]) == ("2027-01-26", 56)
    assert (made["minutes"], made["verdict"]) == (None, None)
    assert made["new_today"] == 2
    assert "no daily limit" in cmom("plan").out


def test_the_weekdays_may_be_written_out_or_cut(folder: Path, cmom: Cmom) -> None:
    made = plan(cmom, "--exam", "in 8 weeks", "--days", "Wednesday, mon,tues")
    assert made["study_days"] == ["mon", "tue", "wed"]
    assert plan(cmom, "--days", "all")["study_days"] == [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ]


def test_off_days_hurry_the_others(folder: Path, cmom: Cmom) -> None:
    daily = plan(cmom, "--exam", "in 8 weeks", "--minutes", "60")["new_today"]
    assert plan(cmom, "--days", "tue,wed")["new_today"] > 2 * daily


# What it refuses


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--exam", "2026-11-30"), "Monday, November 30, 2026, is past"),
        (("--exam", "2026-12-01"), "is today: too late for a plan"),
        (("--exam", "in 1 day"), "is tomorrow: too late for a plan"),
        (("--exam", "2056-12-01"), "more than two years ahead"),
        (("--exam", "32 Feb"), "'32 Feb' is no day"),
        (("--exam", "soon"), "'soon' is no day"),
        (("--exam", ""), "'' is no day"),
        (("--exam", "\x1b[31m"), "is no day"),
        (("--minutes", "0"), "0 is not in the range"),
        (("--minutes", "-5"), "-5 is not in the range"),
        (("--minutes", "10000"), "10000 is not in the range"),
        (("--minutes", "an hour"), "'an hour' is not a valid integer"),
        (("--exam", "Feb 1", "--days", ""), "'' names no weekdays"),
        (("--exam", "Feb 1", "--days", "none"), "'none' names no weekdays"),
        (("--exam", "Feb 1", "--days", "mon,xyz"), "names no weekdays"),
        (("--exam", "Feb 1", "--days", "m"), "names no weekdays"),
        (("--exam", "Feb 1", "--clear"), "--clear forgets the plan"),
        (("--clear", "--no-rehearsal"), "--clear forgets the plan"),
        (("--result", "well"), "'well' is not one of"),
    ],
)
def test_what_makes_no_plan_is_wrong_usage_and_writes_nothing(
    options: tuple[str, ...], said: str, folder: Path, cmom: Cmom
) -> None:
    before = json.loads(cmom("set", "--json").out)
    ran = cmom("plan", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "\x1b" not in ran.err
    assert plan(cmom) is None
    assert json.loads(cmom("set", "--json").out) == before


@pytest.mark.parametrize(
    "options", [("--minutes", "30"), ("--days", "mon"), ("--no-rehearsal",), ("--result", "passed")]
)
def test_without_a_date_the_rest_is_refused_with_the_way_out(
    options: tuple[str, ...], folder: Path, cmom: Cmom
) -> None:
    ran = cmom("plan", *options)
    assert ran.code == 1
    assert "There is no exam date" in ran.err
    assert 'cmom plan --exam "in 8 weeks"' in ran.err
    assert json.loads(cmom("set", "--json").out)["settings"]["minutes"] is None


def test_one_wrong_option_leaves_the_others_unstored(folder: Path, cmom: Cmom) -> None:
    plan(cmom, "--exam", "Feb 1", "--minutes", "30")
    assert cmom("plan", "--minutes", "45", "--exam", "soon").code == 2
    assert plan(cmom)["minutes"] == 30


def test_decks_without_cards_make_no_plan(folder: Path, cmom: Cmom, home: Path) -> None:
    for deck in folder.rglob("*.md"):
        deck.unlink()
    ran = cmom("plan", "--exam", "Feb 1")
    assert ran.code == 1
    assert "There are no cards to plan." in ran.err
    assert plan(cmom) is None


def test_a_blueprint_with_errors_makes_no_plan(folder: Path, cmom: Cmom) -> None:
    (folder / "blueprint.toml").write_text("[[domain]]\nkey = 7\n", encoding="utf-8")
    ran = cmom("plan", "--exam", "Feb 1")
    assert ran.code == 1
    assert "cmom check" in ran.err


def test_the_settings_of_the_plan_are_not_set_by_themselves(folder: Path, cmom: Cmom) -> None:
    ran = cmom("set", "exam-date", "2027-02-01")
    assert ran.code == 1
    assert "cmom plan" in ran.err
    assert "exam-date" not in cmom("set").out


# Moved, cleared, set again


def test_a_plan_moved_cleared_and_set_again_touches_no_card(
    folder: Path, cmom: Cmom, home: Path, on: Callable[[str], None]
) -> None:
    first = plan(cmom, "--exam", "Feb 1", "--minutes", "30")
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        on(day)
        for card in json.loads(cmom("due", "--json").out)["cards"]:
            assert cmom("grade", card["card"], "good").code == 0
    before = tables(home)
    on("2026-12-11")  # a week was missed
    plan(cmom)
    assert tables(home) == before
    moved = plan(cmom, "--exam", "Mar 1")
    assert tables(home) == before
    assert moved["weeks"][0]["from"] == "2026-12-11"
    plan(cmom, "--exam", "Feb 1")
    assert cmom("plan", "--clear").code == 0
    assert plan(cmom) is None
    assert json.loads(cmom("set", "--json").out)["settings"]["minutes"] is None
    again = plan(cmom, "--exam", "Feb 1", "--minutes", "30")
    assert again["exam_on"] == first["exam_on"]
    assert tables(home) == before
    assert before["review"]


def test_moving_the_date_keeps_the_day_on_which_the_plan_began(
    folder: Path, cmom: Cmom, on: Callable[[str], None]
) -> None:
    plan(cmom, "--exam", "Feb 1", "--minutes", "30")
    on("2026-12-20")
    behind = plan(cmom, "--exam", "Feb 8")["days_behind"]
    assert behind > 9  # nothing was studied since December 1
    cmom("plan", "--clear")
    assert plan(cmom, "--exam", "Feb 8")["days_behind"] == 0


def test_a_new_date_after_the_exam_begins_a_new_plan(
    folder: Path, cmom: Cmom, on: Callable[[str], None]
) -> None:
    plan(cmom, "--exam", "in 10 days")
    on("2027-01-10")
    cmom("plan", "--result", "failed")
    again = plan(cmom, "--exam", "in 6 weeks")
    assert (again["days_behind"], again["weeks"][0]["from"]) == (0, "2027-01-10")


def test_minutes_for_one_sitting_leave_the_pace_of_a_plan_without_minutes(
    folder: Path,
    cmom: Cmom,
    on: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan(cmom, "--exam", "in 20 days")
    on("2026-12-12")  # past half-way: 50 cards in a third of the nine days left
    for option in ((), ("--minutes", "60")):
        answer(monkeypatch, "")
        assert "17 new" in cmom("review", "--plain", *option).out


# What is kept back


def asked_anywhere(cmom: Cmom) -> set[str]:
    """The notes of today's queue, however many new cards one asks for."""
    cmom("set", "new-cards", "999")
    return {card["card"] for card in json.loads(cmom("due", "--json").out)["cards"]}


def test_notes_kept_back_are_in_no_queue_and_no_exam_until_the_rehearsal(
    folder: Path,
    cmom: Cmom,
    home: Path,
    on: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = plan(cmom, "--exam", "in 4 weeks")
    assert (made["kept_back"], made["rehearsal_on"]) == (10, "2026-12-15")
    on("2026-12-14")
    due = json.loads(cmom("due", "--json").out)["counts"]["new"]
    assert due == 8  # 40 cards in a third of the 15 days left
    answer(monkeypatch, "")
    assert cmom("exam", "--plain", "--questions", "40", "--seed", "1").code == 0
    sat = items(home)
    assert len(sat) == 40
    cmom("exam", "drop", "--yes")
    answer(monkeypatch, "")
    assert cmom("exam", "--plain", "--rehearsal", "--seed", "1").code == 0
    rehearsed = items(home) - sat
    assert len(rehearsed) == 10  # as many as the exam has, and none of them asked before


def items(home: Path) -> set[str]:
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection:
        return {note for (note,) in connection.execute("SELECT note_id FROM exam_item")}


def test_after_its_day_what_was_kept_back_is_new_like_any_other(
    folder: Path, cmom: Cmom, on: Callable[[str], None]
) -> None:
    plan(cmom, "--exam", "in 4 weeks")
    on("2026-12-16")
    made = plan(cmom)
    assert (made["kept_back"], made["rehearsal_on"]) == (0, None)
    assert made["unseen"] == 50


def test_a_rehearsal_that_was_submitted_frees_what_was_kept_back(
    folder: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(cmom, "--exam", "in 4 weeks")
    answer(monkeypatch, "a\n" * 10 + "submit\nyes\n")
    assert "passed" in cmom("exam", "--rehearsal", "--plain").out
    made = plan(cmom)
    assert (made["kept_back"], made["rehearsal_on"]) == (0, None)
    assert [exam for week in made["weeks"] for exam in week["exams"] if exam["is_rehearsal"]] == []


def answer(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(lines))


def test_no_rehearsal_keeps_nothing_back(folder: Path, cmom: Cmom) -> None:
    plan(cmom, "--exam", "in 4 weeks")
    assert plan(cmom, "--no-rehearsal")["kept_back"] == 0
    assert cmom("exam", "--rehearsal", "--plain").code == 1
    assert plan(cmom, "--rehearsal")["kept_back"] == 10


def test_a_rehearsal_is_refused_without_a_plan_of_four_weeks(folder: Path, cmom: Cmom) -> None:
    assert cmom("exam", "--rehearsal", "--plain").code == 1
    plan(cmom, "--exam", "in 27 days")
    ran = cmom("exam", "--rehearsal", "--plain")
    assert ran.code == 1
    assert "One of four weeks or more does" in ran.err


def test_a_rehearsal_is_a_whole_exam(folder: Path, cmom: Cmom) -> None:
    plan(cmom, "--exam", "in 8 weeks")
    for part in (("--questions", "5"), ("--domain", "finance"), ("--profile", "short")):
        assert cmom("exam", "--rehearsal", "--plain", *part).code == 2


# After the exam


def test_how_it_went_is_asked_after_it_and_not_before(
    folder: Path, cmom: Cmom, on: Callable[[str], None]
) -> None:
    plan(cmom, "--exam", "in 10 days")
    early = cmom("plan", "--result", "passed")
    assert early.code == 1
    assert "The exam is on Friday, December 11, 2026" in early.err
    on("2026-12-11")
    assert "Today." in cmom("plan").out
    assert cmom("plan", "--result", "failed").code == 0
    assert "Not passed this time" in cmom("plan").out


def test_passed_means_no_new_cards_and_own_intervals(
    folder: Path, cmom: Cmom, on: Callable[[str], None]
) -> None:
    plan(cmom, "--exam", "in 10 days")
    cmom("grade", "finance-1/1", "good")
    on("2026-12-12")
    assert json.loads(cmom("due", "--json").out)["counts"]["new"] == 20
    said = cmom("plan", "--result", "passed")
    assert "No new cards come" in said.out
    counts = json.loads(cmom("due", "--json").out)["counts"]
    assert counts == {"new": 0, "due": 1, "drill": 0}


# As it looks


@pytest.mark.parametrize(("name", "columns"), [("plan", 80), ("plan-at-60", 60)])
def test_the_screen_of_a_plan_is_the_golden_one(
    name: str, columns: int, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = cmom("--decks", SAMPLE, "plan", "--exam", "in 8 weeks", "--minutes", "30").out
    assert all(len(line) <= columns for line in shown.splitlines())
    golden = REPOSITORY / "tests" / "screens" / f"{name}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")


SAMPLE = "decks"


@pytest.fixture(autouse=True)
def _sample(request: pytest.FixtureRequest) -> None:
    """The golden screens show decks of a fixed size, so that an edit of ours changes none."""
    if "columns" in request.fixturenames:
        home = request.getfixturevalue("home")
        exam_decks.write(home / SAMPLE, finance=700, people=200)
