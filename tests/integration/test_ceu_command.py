"""`cmom ceu`: noted, shown, removed, with real decks and a real history."""

import io
import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.conftest import Cmom

SCREENS = REPOSITORY / "tests" / "screens"
CONFERENCE = "PMI regional conference: what changed in the physician fee schedule"


def earned(cmom: Cmom, *options: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(cmom("ceu", "--json", *options).out)
    assert document.pop("schema") == 1
    return document


def titles(cmom: Cmom, *options: str) -> list[str]:
    return [ceu["title"] for ceu in earned(cmom, *options)["ceus"]]


def rows(home: Path) -> list[tuple[Any, ...]]:
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection:
        query = "SELECT title, units_hundredths, earned_on, removes FROM ceu ORDER BY at_ms"
        return list(connection.execute(query))


@pytest.fixture
def noted(decks: Path, home: Path, cmom: Cmom) -> Path:
    """Two of this year and one of the last."""
    cmom("ceu", "add", "HIPAA update webinar", "--units", "1.5", "--on", "2026-11-03")
    cmom("ceu", "add", CONFERENCE, "--units", "6", "--on", "2026-10-05")
    cmom("ceu", "add", "OSHA", "refresher", "--units", "1", "--on", "2025-12-31")
    return home


@pytest.mark.parametrize(
    ("name", "columns", "arguments"),
    [
        ("ceu", 80, ()),
        ("ceu-at-60", 60, ()),
        ("ceu-of-a-year-over", 80, ("--year", "2025")),
    ],
)
def test_golden_screens(
    noted: Path,
    cmom: Cmom,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    columns: int,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    seen = cmom("ceu", *arguments).out
    assert max(map(len, seen.splitlines())) <= columns
    golden = SCREENS / f"{name}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_what_was_understood_is_said_back_with_what_it_comes_to(decks: Path, cmom: Cmom) -> None:
    ran = cmom("ceu", "add", "HIPAA update", "--units", "1.50", "--on", "2026-11-03")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        'Noted as 1, "HIPAA update", 1.5 CEUs of Tuesday, November 3, 2026.',
        "1.5 of 12 CEUs: 10.5 missing, due by Thursday, December 31, 2026, in 30 days.",
    ]


@pytest.mark.parametrize(
    ("typed", "earned_on"),
    [
        ("Nov 3", "2026-11-03"),
        ("11/3", "2026-11-03"),
        ("Dec 1", "2026-12-01"),
        ("Dec 2", "2025-12-02"),
        ("March 15, 2024", "2024-03-15"),
    ],
)
def test_a_day_is_typed_as_people_do_and_is_the_last_one(
    decks: Path, home: Path, cmom: Cmom, typed: str, earned_on: str
) -> None:
    assert cmom("ceu", "add", "webinar", "--units", "1", "--on", typed).code == 0
    assert rows(home) == [("webinar", 100, earned_on, None)]


def test_without_a_day_it_is_today_by_the_calendar(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMOM_NOW", "2026-12-31T02:30:00-06:00")
    said = cmom("ceu", "add", "night shift webinar", "--units", "1").out
    assert "1 CEU of Thursday, December 31, 2026." in said
    assert "due by Thursday, December 31, 2026, today." in said


def test_what_counts_elsewhere_says_where(noted: Path, cmom: Cmom) -> None:
    ran = cmom("ceu", "add", "late entry", "--units", "2", "--on", "2025-02-01")
    assert ran.out.splitlines()[1:] == [
        "That is in the time from January 1, 2025 to December 31, 2025:",
        "3 of 12 CEUs: 9 missing when the time was over.",
    ]


def test_a_year_without_any_says_how_to_note_some(decks: Path, cmom: Cmom) -> None:
    said = cmom("ceu").out
    assert 'None is noted. To note some: cmom ceu add "TITLE" --units 1 --on DATE' in said
    assert "0 of 12 CEUs: 12 missing" in said


def test_enough_is_enough(noted: Path, cmom: Cmom) -> None:
    assert "13.5 of 12 CEUs: enough." in cmom("ceu", "add", "more", "--units", "6").out
    assert earned(cmom)["missing"] == 0


def test_what_is_needed_is_what_the_blueprint_says(noted: Path, decks: Path, cmom: Cmom) -> None:
    with (decks / "blueprint.toml").open("a", encoding="utf-8") as blueprint:
        blueprint.write(
            '\n[renewal]\nunits = 24\nevery_months = 24\nsource = "PAHCOM"\nas_of = 2012-04-01\n'
        )
    document = earned(cmom)
    assert (document["needed"], document["from"], document["to"]) == (
        24,
        "2026-01-01",
        "2027-12-31",
    )
    assert "Source  PAHCOM; as of April 1, 2012" in cmom("ceu").out


def test_a_broken_blueprint_leaves_the_study_guides_renewal(
    noted: Path, decks: Path, cmom: Cmom
) -> None:
    with (decks / "blueprint.toml").open("a", encoding="utf-8") as blueprint:
        blueprint.write("\n[renewal]\nunits = 0\n")
    ran = cmom("ceu", "--json")
    assert json.loads(ran.out)["needed"] == 12
    assert "blueprint.toml has 4 errors" in ran.err


def test_with_a_renewal_date_the_year_ends_with_it(noted: Path, cmom: Cmom) -> None:
    cmom("set", "renewal-on", "2027-10-15")
    document = earned(cmom)
    assert (document["from"], document["to"], document["days_left"]) == (
        "2026-10-16",
        "2027-10-15",
        318,
    )
    assert titles(cmom) == ["HIPAA update webinar"]
    assert titles(cmom, "--year", "2026") == ["OSHA refresher", CONFERENCE]
    cmom("set", "renewal-on", "off")
    assert earned(cmom)["to"] == "2026-12-31"


def test_the_next_year_begins_at_nothing_and_the_last_can_be_looked_at(
    noted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMOM_NOW", "2027-01-01T08:30:00-06:00")
    assert (earned(cmom)["earned"], earned(cmom)["days_left"]) == (0, 364)
    last = earned(cmom, "--year", "2026")
    assert (last["earned"], last["missing"], last["days_left"]) == (7.5, 4.5, None)


def test_a_number_is_the_same_in_every_year_and_after_a_removal(noted: Path, cmom: Cmom) -> None:
    assert cmom("ceu", "remove", "1", "--yes").code == 0
    assert [ceu["number"] for ceu in earned(cmom)["ceus"]] == [2]
    assert [ceu["number"] for ceu in earned(cmom, "--year", "2025")["ceus"]] == [3]
    assert "Noted as 4," in cmom("ceu", "add", "another", "--units", "1").out


def test_a_removal_names_the_title_and_asks(
    noted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    ran = cmom("ceu", "remove", "2")
    assert f'Remove 2, "{CONFERENCE}", 6 CEUs of Monday, October 5, 2026? [y/N]' in ran.err
    assert (ran.code, ran.out) == (0, "")
    assert titles(cmom) == [CONFERENCE, "HIPAA update webinar"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert "Removed 2," in cmom("ceu", "remove", "2").out
    assert titles(cmom) == ["HIPAA update webinar"]


def test_without_anybody_to_ask_nothing_is_removed(
    noted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert cmom("ceu", "remove", "2").code == 130
    assert len(titles(cmom)) == 2


def test_a_uid_is_a_name_too_and_the_row_stays(noted: Path, cmom: Cmom) -> None:
    uid = earned(cmom)["ceus"][0]["uid"]
    assert cmom("ceu", "remove", uid, "--yes").code == 0
    assert rows(noted) == [
        ("HIPAA update webinar", 150, "2026-11-03", None),
        (CONFERENCE, 600, "2026-10-05", None),
        ("OSHA refresher", 100, "2025-12-31", None),
        (None, None, None, uid),
    ]


@pytest.mark.parametrize("name", ["4", "0", "-1", "1.0", "", "x", "\x1b[31m", "f" * 32])
def test_what_is_not_there_cannot_be_removed(noted: Path, cmom: Cmom, name: str) -> None:
    before = rows(noted)
    ran = cmom("ceu", "remove", "--yes", "--", name)
    assert (ran.code, ran.out) == (1, "")
    assert "among your CEUs, or it was removed.\nTo list them: cmom ceu" in ran.err
    assert "\x1b" not in ran.err
    assert rows(noted) == before


def test_what_was_removed_cannot_be_removed_again(noted: Path, cmom: Cmom) -> None:
    cmom("ceu", "remove", "2", "--yes")
    before = rows(noted)
    ran = cmom("ceu", "remove", "2", "--yes")
    assert ran.code == 1
    assert "There is no '2' among your CEUs, or it was removed." in ran.err
    assert rows(noted) == before


NUMBERS = "it takes a number from 0.01 to 100, with two decimals at most"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("t", "--units", "-1"), NUMBERS),
        (("t", "--units", "0"), NUMBERS),
        (("t", "--units", "0.00"), NUMBERS),
        (("t", "--units", "0.001"), NUMBERS),
        (("t", "--units", "1e9"), NUMBERS),
        (("t", "--units", "1000000000"), NUMBERS),
        (("t", "--units", "9" * 5000), NUMBERS),
        (("t", "--units", "100.01"), NUMBERS),
        (("t", "--units", "nan"), NUMBERS),
        (("t", "--units", "inf"), NUMBERS),
        (("t", "--units", "1,5"), NUMBERS),
        (("t", "--units", "٢"), NUMBERS),
        (("t", "--units", ""), NUMBERS),
        (("t", "--units", "an hour"), NUMBERS),
        (("t",), "Missing option '--units'"),
        (("t", "--units", "1", "--on", "2026-12-02"), "December 2, 2026, has not come yet"),
        (("t", "--units", "1", "--on", "9999-12-31"), "December 31, 9999, has not come yet"),
        (("t", "--units", "1", "--on", "1969-12-31"), "December 31, 1969, is before 1970"),
        (("t", "--units", "1", "--on", "0001-01-01"), "January 1, 1, is before 1970"),
        (("t", "--units", "1", "--on", "in 8 weeks"), "January 26, 2027, has not come yet"),
        (("t", "--units", "1", "--on", "2026-02-30"), "'2026-02-30' is no day"),
        (("t", "--units", "1", "--on", "soon"), "'soon' is no day"),
        (("t", "--units", "1", "--on", ""), "'' is no day"),
        (("t", "--units", "1", "--on", "\x1b[31m"), "is no day"),
        (("--units", "1"), "Missing argument 'TITLE...'"),
        (("", "--units", "1"), "say what it was"),
        ((" \t\n", "--units", "1"), "say what it was"),
        (("x" * 10_000, "--units", "1"), "at most 200 characters; this one has 10,000"),
        (("a\x1b[31mb", "--units", "1"), "invisible control characters"),
        (("a\x9bb", "--units", "1"), "invisible control characters"),
        (("a\u202eb", "--units", "1"), "invisible control characters"),
        (("a\udcffb", "--units", "1"), "invisible control characters"),
    ],
)
def test_what_cannot_be_noted_is_wrong_usage_and_nothing_is(
    noted: Path, cmom: Cmom, arguments: tuple[str, ...], said: str
) -> None:
    before = rows(noted)
    ran = cmom("ceu", "add", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err
    assert rows(noted) == before


@pytest.mark.parametrize("year", ["1969", "2200", "now", ""])
def test_a_year_that_is_none_is_wrong_usage(noted: Path, cmom: Cmom, year: str) -> None:
    assert cmom("ceu", "--year", year).code == 2


def test_the_ends_of_what_may_be_noted_are_noted(decks: Path, home: Path, cmom: Cmom) -> None:
    cmom("ceu", "add", "x" * 200, "--units", "0.01", "--on", "1970-01-01")
    cmom("ceu", "add", "  two \n words ", "--units", " 100 ", "--on", "2026-12-01")
    cmom("ceu", "add", "half", "--units", ".5")
    assert rows(home) == [
        ("x" * 200, 1, "1970-01-01", None),
        ("two words", 10_000, "2026-12-01", None),
        ("half", 50, "2026-12-01", None),
    ]


def test_a_title_from_elsewhere_does_not_act_on_the_terminal(noted: Path, cmom: Cmom) -> None:
    (history,) = noted.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("UPDATE ceu SET title = 'a' || char(27) || '[31mb'")
    for command in ((), ("--json",), ("remove", "1", "--yes")):
        ran = cmom("ceu", *command)
        assert ran.code == 0
        assert "\x1b" not in ran.out + ran.err
    assert r"a\x1b[31mb" in cmom("ceu").out


def test_an_odd_row_is_said_and_left_out_and_keeps_its_number(noted: Path, cmom: Cmom) -> None:
    (history,) = noted.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("UPDATE ceu SET units_hundredths = 'many' WHERE title LIKE 'HIPAA%'")
    ran = cmom("ceu")
    assert "in the history, the CEU 1: its units_hundredths cannot be right; it is left" in ran.err
    assert [ceu["number"] for ceu in earned(cmom)["ceus"]] == [2]


def test_who_has_passed_is_told_of_it(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("plan", "--exam", "2026-12-10")
    monkeypatch.setenv("CMOM_NOW", "2026-12-11T08:30:00-06:00")
    assert "the credential: cmom ceu" in cmom("plan", "--result", "passed").out
