"""`cmom lookup` and its list, with real decks and a real history."""

import io
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cmom
from tests.conftest import Ran


@pytest.fixture
def hinted(decks: Path) -> Path:
    """The small decks with hints: one topic of finance, two of people."""
    hint(decks / "finance" / "receivables.md", "gross-collection", "Ratios: gross collection")
    hint(decks / "finance" / "receivables.md", "bucket", "Ratios: aging")
    hint(decks / "people" / "labor.md", "tests", "Labor laws: FLSA exemptions")
    hint(decks / "people" / "labor.md", "title-alone", "Discipline")
    return decks


def hint(file: Path, note: str, topic: str) -> None:
    heads, mark, rest = file.read_text("utf-8").partition(f"## {note}\n")
    words, blank, others = rest.partition("\n\n")
    file.write_text(f"{heads}{mark}{words}\nManual: {topic}{blank}{others}", encoding="utf-8")


def type_lines(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def sit(cmom: Cmom, monkeypatch: pytest.MonkeyPatch, *pages: str) -> Ran:
    """Finds so many topics in turn and types a page for each."""
    lines = [line for page in pages for line in ("", "", page)]
    type_lines(monkeypatch, *lines)
    return cmom("lookup", "--rounds", str(len(pages)))


def topics(cmom: Cmom) -> dict[str, Any]:
    document = json.loads(cmom("lookup", "list", "--json").out)
    assert document["schema"] == 1
    return {topic["topic"]: topic for topic in document["topics"]}


def rows(home: Path) -> list[tuple[Any, ...]]:
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection:
        query = "SELECT topic, found, page, length(uid) FROM lookup ORDER BY id"
        return list(connection.execute(query))


def test_a_sitting_is_on_disk_with_what_was_typed(
    hinted: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch, "", "", "Tab 3", "", "n", "", "", "", "212")
    ran = cmom("lookup")
    assert ran.code == 0
    assert "Look-up 1 of 3. Financial Management\n\nRatios\naging; gross collection\n" in ran.out
    assert "3 look-ups saved: 2 of 3 under 15 s." in ran.out
    assert rows(home) == [
        ("Ratios", 1, "Tab 3", 32),
        ("Discipline", 0, None, 32),
        ("Labor laws", 1, "212", 32),
    ]


def test_the_weakest_domain_comes_first_by_first_answers(
    hinted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("grade", "bucket/1", "good")
    cmom("grade", "tests/1", "again")
    ran = sit(cmom, monkeypatch, "", "", "")
    places = [ran.out.index(f"\n{name}\n") for name in ("Discipline", "Labor laws", "Ratios")]
    assert places == sorted(places)


def test_what_was_never_timed_comes_before_what_was(
    hinted: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        sit(cmom, monkeypatch, "")
    named = [row[0] for row in rows(home)]
    assert sorted(named[:3]) == ["Discipline", "Labor laws", "Ratios"]


def test_more_rounds_than_topics_time_each_topic_once(
    hinted: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "of 3" in sit(cmom, monkeypatch, *[""] * 20).out
    assert len(rows(home)) == 3


def test_the_list_is_alphabetical_and_leaves_room_where_no_page_is_noted(
    hinted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(cmom, monkeypatch, "212")
    monkeypatch.setenv("COLUMNS", "60")
    listed = cmom("lookup", "list")
    assert listed.out.splitlines() == [
        f"Discipline {'.' * 40} ________",
        f"Labor laws {'.' * 40} ________",
        f"Ratios {'.' * 46} p. 212",
    ]
    assert "1 of 3 topics noted. To note more: cmom lookup" in listed.err


def test_the_list_keeps_a_topic_that_the_decks_no_longer_name(
    hinted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(cmom, monkeypatch, "212")
    receivables = hinted / "finance" / "receivables.md"
    receivables.write_text(
        receivables.read_text("utf-8").replace("Manual: Ratios", "Manual: Rates")
    )
    assert topics(cmom)["Ratios"]["page"] == "p. 212"
    assert topics(cmom)["Rates"]["page"] is None


def test_enter_keeps_the_page_that_was_noted_before(
    hinted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(cmom, monkeypatch, "1", "2", "3")
    sit(cmom, monkeypatch, "", "20", "")
    pages = {name: topic["page"] for name, topic in topics(cmom).items()}
    assert sorted(pages.values()) in (["p. 1", "p. 20", "p. 3"], ["p. 1", "p. 2", "p. 20"])
    assert [topic["lookups"] for topic in topics(cmom).values()] == [2, 2, 2]


def test_the_page_stands_beside_the_cards_of_its_topic(
    hinted: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(cmom, monkeypatch, "212")
    assert "manual      Ratios: aging (p. 212)\n" in cmom("card", "bucket").out
    card = json.loads(cmom("card", "bucket", "--json").out)["card"]
    assert (card["manual"], card["manual_page"]) == ("Ratios: aging", "p. 212")
    type_lines(monkeypatch, "50", "i", "q")
    reviewed = cmom("review", "--deck", "receivables").out
    assert "\nManual: Ratios: gross collection (p. 212)\n" in reviewed
    assert "manual      Ratios: gross collection (p. 212)\n" in reviewed


def test_a_note_without_a_hint_has_no_page(hinted: Path, cmom: Cmom) -> None:
    card = json.loads(cmom("card", "claim-life", "--json").out)["card"]
    assert (card["manual"], card["manual_page"]) == (None, None)


def test_decks_without_a_hint_are_refused_in_words(decks: Path, cmom: Cmom) -> None:
    ran = cmom("lookup")
    assert (ran.code, ran.out) == (1, "")
    assert "None of your notes has a line `Manual:`" in ran.err
    listed = cmom("lookup", "list")
    assert (listed.code, listed.out) == (
        0,
        "No note has a line `Manual:`, and nothing was looked up yet.\n",
    )


def test_decks_without_notes_are_refused_in_words(decks: Path, cmom: Cmom) -> None:
    (decks / "finance" / "receivables.md").unlink()
    (decks / "people" / "labor.md").unlink()
    ran = cmom("lookup")
    assert (ran.code, ran.out) == (1, "")
    assert "Your decks have no notes" in ran.err


@pytest.mark.parametrize("rounds", ["0", "-1", "many", "1001"])
def test_rounds_that_are_no_number_of_rounds_are_wrong_usage(
    hinted: Path, cmom: Cmom, rounds: str
) -> None:
    assert cmom("lookup", "--rounds", rounds).code == 2


def test_the_global_options_stand_after_the_command_too(
    hinted: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / "own.sqlite3"
    type_lines(monkeypatch, "", "", "7")
    cmom("lookup", "--rounds", "1", "--history", own)
    listed = cmom("lookup", "list", "--history", own, "--json").out
    assert '"page": "p. 7"' in listed


def test_an_odd_row_is_said_and_left_out(
    hinted: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(cmom, monkeypatch, "1", "2")
    (history,) = home.rglob("history.sqlite3")
    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("UPDATE lookup SET duration_ms = 'long' WHERE page = '1'")
    listed = cmom("lookup", "list", "--json")
    assert "in the history, the look-up 1: its duration_ms cannot be right" in listed.err
    assert sorted(topic["lookups"] for topic in topics(cmom).values()) == [0, 0, 1]
