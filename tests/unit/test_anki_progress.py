"""Progress in a package: each card's row and log rows, as Anki reads them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest

from cmom_srs.anki.progress import CardProgress
from cmom_srs.anki.progress import add_progress
from cmom_srs.anki.progress import unique_ids
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import whole_collection
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import day
from tests.support.builders import moment

FACT = CardId("fact", 1)
EOB = CardId("eob", 2)
NOW = moment()
LEARN, REVIEW, RELEARN, FILTERED = range(4)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with whole_collection(EVERY_KIND, tmp_path) as made:
        yield made


def carried(*given: Review, state: CardState | None = None, **changed: Any) -> CardProgress:
    """A card's progress as the log has it, due on the day that its state says."""
    state = replace(state or schedule.replay(given), **changed)
    card = given[0].card if given else FACT
    ids = unique_ids((answer, None) for answer in given)
    due_on = TODAY if state.is_new else schedule.waits_until(state)
    guid = f"cmom/basic/{card.note_id}"
    return CardProgress(guid, card.ordinal, state, due_on, tuple(zip(ids, given, strict=True)))


def add(
    database: sqlite3.Connection, *progress: CardProgress, now: datetime = NOW, rollover: int = 4
) -> int:
    return add_progress(database, progress, now, rollover)


def card_row(database: sqlite3.Connection, card: CardId = FACT) -> dict[str, Any]:
    found = database.execute(
        "SELECT cards.* FROM cards JOIN notes ON notes.id = nid WHERE guid = ? AND ord = ?",
        (f"cmom/basic/{card.note_id}", card.ordinal - 1),
    )
    names = [column[0] for column in found.description]
    (row,) = found.fetchall()
    return dict(zip(names, row, strict=True))


def log_rows(database: sqlite3.Connection) -> list[dict[str, Any]]:
    found = database.execute("SELECT * FROM revlog ORDER BY id")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def test_a_seen_card_has_its_schedule_in_ankis_measures(database: sqlite3.Connection) -> None:
    given = (answers(FACT, 4, on=day(-9)), answers(FACT, 5, on=day(-8)))
    assert add(database, carried(*given)) == 1
    row = card_row(database)
    state = schedule.replay(given)
    assert (row["type"], row["queue"]) == (2, 2)
    assert row["due"] == 1 + state.memory.interval_days
    assert row["ivl"] == state.memory.interval_days == 6
    assert row["factor"] == state.memory.ease_factor * 10 == 2600
    assert (row["reps"], row["lapses"]) == (2, 0)
    last = int(given[-1].reviewed_at.timestamp())
    assert json.loads(row["data"]) == {"lrt": last}


def test_a_card_that_lapsed_says_how_often(database: sqlite3.Connection) -> None:
    add(
        database,
        carried(*(answers(FACT, grade, on=day(place)) for place, grade in enumerate((4, 2, 4, 1)))),
    )
    assert card_row(database)["lapses"] == 2


def test_a_seen_card_that_is_suspended_is_so_in_anki(database: sqlite3.Connection) -> None:
    add(database, carried(answers(FACT), is_suspended=True))
    row = card_row(database)
    assert (row["type"], row["queue"]) == (2, -1)


def test_a_new_card_that_is_suspended_stays_new_and_suspended(
    database: sqlite3.Connection,
) -> None:
    before = card_row(database)
    assert add(database, carried(state=NEVER_ANSWERED, is_suspended=True)) == 1
    assert card_row(database) == before | {"queue": -1}


def test_a_new_card_that_is_not_suspended_is_left_alone(database: sqlite3.Connection) -> None:
    before = card_row(database)
    add(database, carried(state=NEVER_ANSWERED))
    assert card_row(database) == before


def test_only_the_cards_that_are_carried_change(database: sqlite3.Connection) -> None:
    others = (CardId("eob", 1), EOB)
    before = [card_row(database, card) for card in others]
    add(database, carried(answers(FACT)))
    assert [card_row(database, card) for card in others] == before
    add(database, carried(answers(EOB, minute=1)))
    assert card_row(database, EOB)["type"] == 2
    assert card_row(database, CardId("eob", 1)) == before[0]


def test_the_log_tells_learning_review_and_relearning_apart(database: sqlite3.Connection) -> None:
    grades = (4, 4, 2, 4, 4)
    add(
        database,
        carried(*(answers(FACT, grade, on=day(place)) for place, grade in enumerate(grades))),
    )
    rows = log_rows(database)
    assert [row["type"] for row in rows] == [LEARN, REVIEW, REVIEW, RELEARN, REVIEW]
    assert [row["ease"] for row in rows] == [3, 3, 1, 3, 3]


def test_a_row_of_the_log_has_the_intervals_before_and_after(database: sqlite3.Connection) -> None:
    given = [answers(FACT, grade, on=day(place)) for place, grade in enumerate((4, 4, 2))]
    add(database, carried(*given))
    states = [schedule.replay(given[:count]) for count in range(4)]
    rows = log_rows(database)
    for row, before, after, answer in zip(rows, states, states[1:], given, strict=False):
        assert row["id"] == int(answer.reviewed_at.timestamp() * 1000)
        assert row["cid"] == card_row(database)["id"]
        assert row["usn"] == -1
        assert row["lastIvl"] == before.memory.interval_days
        assert row["ivl"] == after.memory.interval_days
        assert row["factor"] == after.memory.ease_factor * 10
        assert row["time"] == answer.duration_ms == 10_000


def test_a_repeat_and_a_cram_change_no_interval_in_the_log(database: sqlite3.Connection) -> None:
    add(
        database,
        carried(
            answers(FACT, 2),
            answers(FACT, 4, minute=1),
            answers(FACT, 5, on=day(1), kind=ReviewKind.CRAM),
        ),
    )
    failed, repeat, cram = log_rows(database)
    assert (repeat["lastIvl"], repeat["ivl"]) == (failed["ivl"], failed["ivl"])
    assert (cram["lastIvl"], cram["ivl"]) == (failed["ivl"], failed["ivl"])
    assert [row["type"] for row in (failed, repeat, cram)] == [LEARN, RELEARN, FILTERED]
    assert failed["factor"] == repeat["factor"] > 0
    assert cram["factor"] == 0  # else Anki, and we, took it for an early review


@pytest.mark.parametrize(("grade", "button"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 3), (5, 4)])
def test_each_grade_has_its_button(database: sqlite3.Connection, grade: int, button: int) -> None:
    add(database, carried(answers(FACT, grade)))
    assert [row["ease"] for row in log_rows(database)] == [button]


def test_day_zero_is_the_first_answers_and_begins_at_the_rollover_where_the_learner_is(
    database: sqlite3.Connection,
) -> None:
    zone = timezone(timedelta(hours=-6))
    given = (answers(FACT, on=day(-3)), answers(EOB, on=day(-1)))
    now = NOW.astimezone(zone)
    assert add(database, *map(carried, given), now=now, rollover=5) == 2
    crt, stored = database.execute("SELECT crt, conf FROM col").fetchone()
    begins_at = datetime.fromtimestamp(crt, zone)
    assert (begins_at.date(), begins_at.hour, begins_at.minute) == (day(-3), 5, 0)
    conf = json.loads(stored)
    assert (conf["schedVer"], conf["creationOffset"], conf["rollover"]) == (2, 360, 5)
    assert card_row(database, EOB)["due"] == 3


def test_what_anki_counts_in_whole_numbers_is_whole(database: sqlite3.Connection) -> None:
    add(database, carried(answers(FACT)))
    crt, stored = database.execute("SELECT crt, conf FROM col").fetchone()
    conf = json.loads(stored)
    last = json.loads(card_row(database)["data"])["lrt"]
    assert [type(each) for each in (crt, conf["creationOffset"], last)] == [int] * 3
    assert list(conf) == sorted(conf)  # the same bytes each time


@pytest.mark.parametrize(("hour", "rollover", "zero"), [(3, 4, -1), (4, 4, 0), (6, 7, -1)])
def test_before_the_rollover_day_zero_is_yesterday(
    database: sqlite3.Connection, hour: int, rollover: int, zero: int
) -> None:
    now = datetime(2026, 12, 1, hour, 30, tzinfo=UTC)
    assert add(database, now=now, rollover=rollover) == 0
    (crt,) = database.execute("SELECT crt FROM col").fetchone()
    assert datetime.fromtimestamp(crt, UTC).date() == day(zero)


def test_without_an_answer_day_zero_is_today(database: sqlite3.Connection) -> None:
    assert add(database) == 0
    (crt,) = database.execute("SELECT crt FROM col").fetchone()
    assert datetime.fromtimestamp(crt, UTC) == datetime(2026, 12, 1, 4, tzinfo=UTC)


def test_a_card_that_is_not_in_the_package_is_passed_over(database: sqlite3.Connection) -> None:
    gone = carried(answers(CardId("gone", 1)))
    assert add(database, gone, carried(answers(FACT))) == 1
    assert len(log_rows(database)) == 1


def test_a_seen_card_whose_answers_are_lost_keeps_its_schedule(
    database: sqlite3.Connection,
) -> None:
    bare = replace(carried(answers(FACT)), answers=())
    assert add(database, bare) == 1
    assert card_row(database)["ivl"] == 1
    assert log_rows(database) == []


def test_two_answers_of_one_id_are_one_row_as_in_anki(database: sqlite3.Connection) -> None:
    assert add(database, carried(answers(FACT)), carried(answers(EOB))) == 2
    assert len(log_rows(database)) == 1
    assert card_row(database, EOB)["reps"] == 1


def test_what_is_written_is_kept(database: sqlite3.Connection) -> None:
    add(database, carried(answers(FACT)))
    assert not database.in_transaction


def test_an_answers_id_is_its_instant_raised_until_free() -> None:
    first, twin, other = answers(FACT), answers(EOB), answers(FACT, minute=1)
    at = int(first.reviewed_at.timestamp() * 1000)
    assert unique_ids([(first, None), (twin, None), (other, None)]) == [at, at + 1, at + 60_000]
    assert unique_ids([(first, at + 1), (twin, None), (other, at)]) == [at + 1, at + 2, at]


def test_progress_survives_being_packed(database: sqlite3.Connection) -> None:
    add(database, carried(answers(FACT)))
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(database.serialize())
        assert log_rows(copy) == log_rows(database)
