"""Practice exams in the history: stored whole, appended to, ended once, their misses pulled."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from contextlib import closing
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from itertools import islice
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table
from sqlalchemy import func
from sqlalchemy import select

from cmom_srs.history.exam import exams
from cmom_srs.history.exam.exams import OpenExamError
from cmom_srs.history.file.tables import EXAM_EVENT
from cmom_srs.history.file.tables import SWITCH
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study import schedule
from cmom_srs.study.exam.draw import Used
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.exam.events import Consultation
from cmom_srs.study.exam.events import Ending
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Note
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import day
from tests.support.builders import note
from tests.support.exams import CHOICE
from tests.support.exams import STARTED_AT
from tests.support.exams import calculations
from tests.support.exams import choices
from tests.support.exams import chooses
from tests.support.exams import closes_manual
from tests.support.exams import drops
from tests.support.exams import exam
from tests.support.exams import explains
from tests.support.exams import happens
from tests.support.exams import item
from tests.support.exams import marks
from tests.support.exams import opens_manual
from tests.support.exams import profile
from tests.support.exams import second
from tests.support.exams import shows
from tests.support.exams import submits

REPOSITORY = Path(__file__).resolve().parents[2]
RIGHT, WRONG = 1, 2
ROLLOVER_HOUR = 4
CARDS = tuple(CardId(f"note-{place}", 1) for place in range(1, 6))
NOTES = tuple(note(f"note-{place}", CHOICE, "law", "hipaa", place) for place in range(1, 6))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_history(path) as store:
        read(store, *NOTES)
        yield store


def read(store: Store, *notes: Note, on: date = TODAY) -> None:
    sync(store, DecksRead(notes), on)


def append(store: Store, taken: Exam, *happened: Event) -> Sheet:
    return exams.append(store, taken, happened, ROLLOVER_HOUR)


def taken(store: Store, *happened: Event, drawn: Exam | None = None) -> Exam:
    """An exam that was begun, and in which this has happened."""
    begun = exams.begin(store, drawn or exam())
    append(store, begun, *happened)
    return begun


def instants(store: Store) -> list[int]:
    """The instants of all events in the order in which they were appended."""
    with store.database.reading() as connection:
        query = select(EXAM_EVENT.c.at_ms).order_by(EXAM_EVENT.c.sequence)
        return list(connection.execute(query).scalars())


def count_of(store: Store, table: Table) -> int:
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def pulled_on(store: Store) -> list[date | None]:
    return [store.state(card).pulled_on for card in CARDS]


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


# Stored whole


def test_a_drawn_exam_is_stored_whole_and_comes_back_equal(store: Store) -> None:
    dated = (replace(each, as_of=TODAY, extra="{charges}") for each in calculations(4))
    read(store, *NOTES, *dated, *choices(9, deck="hiring"))
    drawn = replace(
        exam(),
        started_at=datetime(2026, 12, 1, 6, 0, 0, 123_456, timezone(timedelta(hours=-6))),
        asked=Asked(("law",), 7, is_rehearsal=True),
        items=draw(store.notes(), profile(14), Random(1), Wishes(), (), {}),
    )
    begun = exams.begin(store, drawn)
    assert exams.by_number(store, 1) == exams.open_exam(store) == begun
    assert exams.all_exams(store) == (begun,)
    assert begun.items == drawn.items
    assert begun.started_at.utcoffset() == timedelta(hours=-6)
    assert begun.asked == drawn.asked


def test_an_exam_without_a_clock_has_no_deadline(store: Store) -> None:
    begun = exams.begin(store, exam(minutes=None))
    assert exams.by_number(store, 1) == begun
    assert begun.deadline_at is None
    assert exams.close_overdue(store, second(10**7), ROLLOVER_HOUR) == ()
    assert append(store, begun, submits(10**6)).ending == Ending(EventKind.SUBMITTED, second(10**6))


def test_exams_are_numbered_from_one_and_found_by_it(store: Store) -> None:
    first = taken(store, submits(9))
    later = replace(exam(), started_at=second(60))
    other = taken(store, drops(70), drawn=later)
    third = taken(store, drawn=replace(exam(), started_at=second(80)))
    assert [each.number for each in exams.all_exams(store)] == [1, 2, 3]
    assert exams.all_exams(store) == (first, other, third)
    assert exams.by_number(store, 2) == other
    assert exams.by_number(store, 4) is None
    assert len({each.uid for each in exams.all_exams(store)}) == 3


def test_a_second_exam_is_refused_while_one_is_open(store: Store) -> None:
    begun = taken(store, shows(1, 1))
    with pytest.raises(OpenExamError, match="Exam 1 is open") as refused:
        exams.begin(store, exam())
    assert refused.value.way_out
    assert exams.all_exams(store) == (begun,)
    append(store, begun, drops(5))
    assert exams.open_exam(store) is None
    assert exams.begin(store, exam()).number == 2


def test_an_exam_of_a_note_that_the_history_has_not_is_stored_not_even_in_part(
    store: Store,
) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        exams.begin(store, exam(item(1), item(2, "no-such-note")))
    assert exams.all_exams(store) == ()
    assert exams.begin(store, exam()).number == 1


def test_a_note_renamed_between_draw_and_start_is_stored_under_its_new_name(store: Store) -> None:
    drawn = exam()
    read(store, replace(NOTES[0], id="newer", formerly=("note-1",)), *NOTES[1:])
    assert exams.begin(store, drawn).items[0].note_id == "newer"


# Events


def test_what_is_appended_is_what_is_read(store: Store, path: Path) -> None:
    happened = [
        *(shows(1, 0), marks(1, 1), chooses(1, WRONG, 2), opens_manual(1, 3)),
        *(closes_manual(1, 9), chooses(1, RIGHT, 10), shows(2, 12.3456789)),
        *(chooses(2, 3, 20), happens(EventKind.LEFT, 21), happens(EventKind.RETURNED, 50)),
    ]
    begun = exams.begin(store, exam())
    for event in happened:
        sheet = append(store, begun, event)
        with open_history(path) as other:
            assert exams.sheet_of(other, begun) == sheet
    assert sheet.responses == {1: RIGHT, 2: 3}
    assert sheet.first_responses == {1: WRONG, 2: 3}
    assert sheet.spent_ms == {1: 12_345, 2: 8655}
    assert sheet.consultations == (Consultation(1, 6000),)
    assert sheet.marked == {1}


def test_several_events_at_once_are_one_transaction_in_their_order(store: Store) -> None:
    begun = exams.begin(store, exam())
    sheet = append(store, begun, chooses(1, WRONG, 5), chooses(1, RIGHT, 5), shows(2, 5))
    assert sheet.responses == {1: RIGHT}
    assert sheet == exams.sheet_of(store, begun)


def test_the_exams_time_never_runs_backwards_where_the_clock_is_set_back(store: Store) -> None:
    begun = exams.begin(store, exam())
    append(store, begun, shows(1, -3600))
    append(store, begun, shows(2, 60), chooses(2, WRONG, 30))
    sheet = append(store, begun, chooses(2, RIGHT, 10))
    assert sheet.responses == {2: RIGHT}
    append(store, begun, submits(20))
    append(store, begun, explains(2, Reason.MISREAD, 15))
    sheet = append(store, begun, explains(2, Reason.TOO_SLOW, 14))
    assert sheet.reasons == {2: Reason.TOO_SLOW}
    assert sheet.spent_ms == {1: 60_000, 2: 0}
    assert instants(store) == sorted(instants(store))
    assert instants(store)[0] == round(STARTED_AT.timestamp() * 1000)
    assert exams.fresh_positions(store, begun) == {1, 2, 3}


def test_a_reason_after_the_clock_went_back_is_the_last_word(store: Store) -> None:
    begun = taken(store, submits(60), explains(1, Reason.MISREAD, 300))
    assert append(store, begun, explains(1, Reason.KNOWLEDGE, 100)).reasons == {1: Reason.KNOWLEDGE}


def test_two_windows_append_to_one_exam_and_both_are_told_all(store: Store, path: Path) -> None:
    begun = exams.begin(store, exam())
    with open_history(path) as other:
        theirs = exams.open_exam(other)
        assert theirs == begun
        append(store, begun, shows(1, 1), chooses(1, WRONG, 2))
        sheet = append(other, theirs, shows(2, 2), chooses(2, RIGHT, 3), chooses(1, RIGHT, 4))
        assert sheet.responses == {1: RIGHT, 2: RIGHT}
        append(other, theirs, submits(5))
        late = append(store, begun, chooses(3, RIGHT, 6))
        assert late.ending == Ending(EventKind.SUBMITTED, second(5))
        assert late.responses == {1: RIGHT, 2: RIGHT}
        assert append(store, begun, submits(7)) == exams.sheet_of(other, theirs)
    assert count_of(store, EXAM_EVENT) == 6


# The end


def test_a_late_answer_does_not_count_and_the_exam_expired_at_its_deadline(store: Store) -> None:
    begun = taken(store, shows(1, 1), chooses(1, RIGHT, 599.999))
    sheet = append(store, begun, chooses(2, RIGHT, 600), submits(601))
    assert sheet.ending == Ending(EventKind.EXPIRED, second(600))
    assert sheet.responses == {1: RIGHT}
    assert sheet.spent_ms == {1: 599_000}
    assert exams.sheet_of(store, begun) == sheet
    assert exams.open_exam(store) is None
    assert count_of(store, EXAM_EVENT) == 3


@pytest.mark.parametrize("late", [submits(3600), drops(3600), shows(2, 10**6)])
def test_whatever_comes_late_the_exam_expired_before(store: Store, late: Event) -> None:
    begun = taken(store, chooses(1, RIGHT, 5))
    ending = append(store, begun, late).ending
    assert ending == Ending(EventKind.EXPIRED, second(600))


def test_what_came_in_time_with_something_late_counts(store: Store) -> None:
    begun = exams.begin(store, exam())
    assert append(store, begun, chooses(1, RIGHT, 599), chooses(2, RIGHT, 601)).responses == {1: 1}


def test_an_exam_that_is_over_by_the_clock_expires_and_pulls_its_misses(store: Store) -> None:
    begun = taken(store, shows(1, 1))
    assert exams.close_overdue(store, second(599.999), ROLLOVER_HOUR) == ()
    assert exams.close_overdue(store, second(600), ROLLOVER_HOUR) == (begun,)
    assert exams.sheet_of(store, begun).ending == Ending(EventKind.EXPIRED, second(600))
    assert pulled_on(store)[0] == day(1)
    assert exams.close_overdue(store, second(10**6), ROLLOVER_HOUR) == ()
    assert count_of(store, SWITCH) == 1


def test_a_deadline_is_so_many_minutes_later_also_where_the_clocks_go_back(store: Store) -> None:
    chicago = datetime(2026, 11, 1, 1, 55, tzinfo=ZoneInfo("America/Chicago"))
    begun = exams.begin(store, replace(exam(), started_at=chicago))
    deadline_at = datetime(2026, 11, 1, 7, 5, tzinfo=UTC)
    assert begun.deadline_at == deadline_at
    assert exams.close_overdue(store, deadline_at - timedelta(seconds=1), ROLLOVER_HOUR) == ()
    assert exams.close_overdue(store, deadline_at, ROLLOVER_HOUR) == (begun,)


# Pulled forward


def test_misses_blanks_and_marked_items_that_were_shown_are_pulled_once(store: Store) -> None:
    drawn = exam(*(item(place) for place in range(1, 6)))
    begun = taken(store, *(shows(place, place) for place in range(1, 5)), drawn=drawn)
    append(store, begun, chooses(1, WRONG, 6), chooses(2, RIGHT, 7), marks(2, 8))
    append(store, begun, chooses(4, RIGHT, 9))
    assert pulled_on(store) == [None] * 5
    append(store, begun, submits(10))
    assert pulled_on(store) == [day(1), day(1), day(1), None, None]
    append(store, begun, submits(11), explains(1, Reason.KNOWLEDGE, 12))
    exams.close_overdue(store, second(10**6), ROLLOVER_HOUR)
    assert count_of(store, SWITCH) == 3
    assert store.rebuild() == ()


@pytest.mark.parametrize(
    ("hour", "rollover", "days"), [(3, 4, 0), (4, 4, 1), (0, 0, 1), (23, 4, 1)]
)
def test_they_come_on_the_next_study_day_by_the_rollover_and_local_time(
    store: Store, hour: int, rollover: int, days: int
) -> None:
    local = timezone(timedelta(hours=-6))
    started_at = datetime(2026, 12, 1, hour, tzinfo=local)
    begun = exams.begin(store, replace(exam(), started_at=started_at))
    events = [Event(EventKind.SHOWN, started_at, 1), Event(EventKind.SUBMITTED, started_at)]
    exams.append(store, begun, events, rollover)
    assert pulled_on(store)[0] == day(days)


def test_a_dropped_exam_pulls_nothing(store: Store) -> None:
    taken(store, shows(1, 1), chooses(1, WRONG, 2), drops(3))
    assert pulled_on(store) == [None] * 5


def test_undoing_a_later_answer_brings_the_pulled_card_back(store: Store) -> None:
    taken(store, shows(1, 1), submits(9))
    assert schedule.is_pulled(store.state(CARDS[0]), day(1))
    store.record(answers(CARDS[0], on=day(1)))
    assert not schedule.is_pulled(store.state(CARDS[0]), day(1))
    store.take_back(second(90_000), day(1))
    assert schedule.is_pulled(store.state(CARDS[0]), day(1))
    assert store.state(CARDS[0]).is_new


def test_pulling_changes_no_schedule(store: Store) -> None:
    before = store.record(answers(CARDS[0], on=day(-3))).after
    taken(store, shows(1, 1), submits(9))
    assert store.state(CARDS[0]) == replace(before, pulled_on=day(1))


def test_the_end_is_not_stored_without_its_pulls(store: Store, path: Path) -> None:
    begun = taken(store, shows(1, 1))
    change(path, "CREATE TRIGGER no BEFORE INSERT ON switch BEGIN SELECT RAISE(FAIL, 'no'); END")
    with pytest.raises(Exception, match="no"):
        append(store, begun, submits(9))
    assert exams.open_exam(store) == begun
    change(path, "DROP TRIGGER no")
    append(store, begun, submits(10))
    assert pulled_on(store)[0] == day(1)


# Renamed and retired


def test_a_rename_carries_items_along_and_their_words_stay(store: Store) -> None:
    begun = taken(store, shows(1, 1), chooses(1, WRONG, 2))
    read(store, replace(NOTES[0], id="newer", formerly=("note-1",)), *NOTES[1:])
    (found,) = exams.all_exams(store)
    assert found == replace(
        begun, items=(replace(begun.items[0], note_id="newer"), *begun.items[1:])
    )
    append(store, begun, submits(9))  # a window that was open all the while
    assert store.state(CardId("newer", 1)).pulled_on == day(1)
    assert exams.asked_before(store).used == {"newer": Used(1, milliseconds(STARTED_AT))}


def milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


def test_where_two_histories_unite_both_ids_items_are_of_the_one(store: Store) -> None:
    begun = taken(store, shows(1, 1), shows(2, 2), submits(9))
    read(store, replace(NOTES[1], formerly=("note-1",)), *NOTES[2:])
    (found,) = exams.all_exams(store)
    assert [each.note_id for each in found.items] == ["note-2", "note-2", "note-3"]
    assert [each.words for each in found.items] == [each.words for each in begun.items]
    assert exams.asked_before(store).used == {"note-2": Used(1, milliseconds(STARTED_AT))}
    assert store.state(CARDS[1]).pulled_on == day(1)


def test_the_exam_of_a_retired_or_edited_note_reads_as_it_was(store: Store) -> None:
    begun = taken(store, shows(1, 1), shows(2, 2))
    read(store, replace(NOTES[1], body=Choice("Other words?", CHOICE.options)), *NOTES[2:])
    assert exams.by_number(store, 1) == begun
    append(store, begun, submits(9))
    retired = store.note("note-1")
    assert retired
    assert retired.retired_on == TODAY
    assert pulled_on(store)[:2] == [day(1), day(1)]


# Fresh


def test_an_item_is_fresh_unless_its_note_was_answered_before_the_start(store: Store) -> None:
    store.record(answers(CARDS[0], on=day(-1)))
    begun = exams.begin(store, exam())
    assert exams.fresh_positions(store, begun) == {2, 3}
    store.record(answers(CARDS[1], minute=5))
    assert exams.fresh_positions(store, begun) == {2, 3}


def test_what_was_answered_and_taken_back_is_not_fresh(store: Store) -> None:
    store.record(answers(CARDS[0], on=day(-1)))
    store.take_back(second(-1000), TODAY)
    begun = exams.begin(store, exam())
    assert exams.fresh_positions(store, begun) == {2, 3}
    assert exams.asked_before(store).seen == {"note-1"}


def test_an_answer_that_comes_from_elsewhere_later_makes_a_fresh_item_a_seen_one(
    store: Store,
) -> None:
    begun = taken(store, shows(1, 1), submits(9))
    assert exams.fresh_positions(store, begun) == {1, 2, 3}
    store.record(answers(CARDS[0], on=day(-30)))
    assert exams.fresh_positions(store, begun) == {2, 3}


@pytest.mark.parametrize("end", [submits(9), drops(9)])
def test_what_an_exam_before_showed_is_seen_and_what_it_did_not_stays_fresh(
    store: Store, end: Event
) -> None:
    taken(store, shows(1, 1), chooses(2, RIGHT, 2), end)
    asked = exams.asked_before(store)
    assert asked.seen == {"note-1"}
    assert asked.used == {"note-1": Used(1, milliseconds(STARTED_AT))}
    later = exams.begin(store, replace(exam(), started_at=second(60)))
    assert exams.fresh_positions(store, later) == {2, 3}
    append(store, later, shows(1, 61), shows(1, 62), shows(2, 63))
    assert exams.asked_before(store).used == {
        "note-1": Used(2, milliseconds(second(60))),
        "note-2": Used(1, milliseconds(second(60))),
    }


def test_an_exams_own_showing_makes_no_item_a_seen_one(store: Store) -> None:
    begun = taken(store, *(shows(place, 0) for place in (1, 2, 3)))
    assert exams.fresh_positions(store, begun) == {1, 2, 3}


# Odd rows


@pytest.mark.parametrize(
    ("change_made", "said"),
    [
        ("UPDATE exam SET minutes = 'x'", "the exam 1"),
        ("UPDATE exam SET started_at_ms = 'x'", "the exam 1"),
        ("UPDATE exam SET asked = '{'", "the exam 1"),
        ("UPDATE exam SET study_day = 'never'", "the exam 1"),
        ("UPDATE exam SET number = 'x'", "the exam x"),
    ],
)
def test_an_exam_that_cannot_be_read_is_told_and_is_in_no_ones_way(
    store: Store, path: Path, change_made: str, said: str
) -> None:
    taken(store, shows(1, 1))
    change(path, change_made)
    assert exams.open_exam(store) is None
    assert exams.close_overdue(store, second(10**6), ROLLOVER_HOUR) == ()
    assert exams.asked_before(store).seen == {"note-1"}
    (told,) = store.odd_rows
    assert told.startswith(said)
    later = exams.begin(store, replace(exam(), started_at=second(60)))
    assert later.number in (1, 2)
    assert exams.all_exams(store) == (later,)


@pytest.mark.parametrize(
    "value",
    [
        "'[]'",
        "X'00'",
        """replace(words, '"right":1', '"right":4')""",
        """replace(words, '"right":1', '"right":0')""",
        "replace(words, 'one-right', 'other')",
    ],
)
def test_an_item_that_cannot_be_read_is_told_and_left_out(
    store: Store, path: Path, value: str
) -> None:
    begun = taken(store)
    change(path, f"UPDATE exam_item SET words = {value} WHERE position = 2")
    (found,) = exams.all_exams(store)
    assert found.items == (begun.items[0], begun.items[2])
    (told,) = store.odd_rows
    assert told.startswith("the exam question 2")


@pytest.mark.parametrize("value", ["kind = 'danced'", "at_ms = 'x'", "at_ms = -1", "value = '{'"])
def test_an_event_that_cannot_be_read_is_told_and_left_out(
    store: Store, path: Path, value: str
) -> None:
    begun = taken(store, shows(1, 1), chooses(1, RIGHT, 2), chooses(1, WRONG, 3))
    change(path, f"UPDATE exam_event SET {value} WHERE value = '2'")
    assert exams.sheet_of(store, begun).responses == {1: RIGHT}
    assert append(store, begun, chooses(2, RIGHT, 4)).responses == {1: RIGHT, 2: RIGHT}
    (told,) = store.odd_rows
    assert told.startswith("the exam event ")


# Processes

# Sits an exam of three items for ever, two events at a time, and says what is stored.
CANDIDATE = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from cmom_srs.history.exam import exams
from cmom_srs.history.store import open_history
from cmom_srs.study.exam.events import Event, EventKind

with open_history(Path(sys.argv[1]), busy_timeout_seconds=60) as store:
    exam = exams.open_exam(store)
    for number in range(int(sys.argv[2])):
        at = exam.started_at + number * timedelta(seconds=1)
        place = 1 + number % 3
        events = [Event(EventKind.SHOWN, at, place), Event(EventKind.ANSWERED, at, place, place)]
        exams.append(store, exam, events, 4)
        print(number, flush=True)
"""


@contextmanager
def candidate(path: Path, events: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", CANDIDATE, str(path), str(events)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        yield process


def told(process: subprocess.Popen[str], most: int | None = None) -> list[int]:
    """What was said to be stored; a line cut off by the end of the process is none."""
    assert process.stdout is not None
    return [int(line) for line in islice(process.stdout, most) if line.endswith("\n")]


def kinds(store: Store) -> list[str]:
    with store.database.reading() as connection:
        query = select(EXAM_EVENT.c.kind).order_by(EXAM_EVENT.c.sequence)
        return list(connection.execute(query).scalars())


def test_a_process_killed_in_mid_append_loses_nothing_and_halves_nothing(tmp_path: Path) -> None:
    rng = Random(5)
    paths = [begun_history(tmp_path / f"history-{number}.db") for number in range(5)]
    with ExitStack() as stack:
        killed = [stack.enter_context(candidate(path, 100_000)) for path in paths]
        for path, process in zip(paths, killed, strict=True):
            said = told(process, rng.randrange(1, 30))
            process.kill()
            said += told(process)
            with open_history(path) as store:
                stored = kinds(store)
                assert stored == ["shown", "answered"] * (len(stored) // 2)
                assert 0 <= len(stored) // 2 - len(said) <= 1


def test_two_processes_that_sit_one_exam_lose_no_event(tmp_path: Path) -> None:
    path = begun_history(tmp_path / "history.db")
    with candidate(path, 30) as one, candidate(path, 30) as other:
        assert len(told(one)) + len(told(other)) == 60
    with open_history(path) as store:
        assert kinds(store) == ["shown", "answered"] * 60
        assert instants(store) == sorted(instants(store))


def begun_history(path: Path) -> Path:
    with open_history(path) as store:
        read(store, *NOTES)
        exams.begin(store, exam(minutes=None))
    return path


# A history from before there were exams


def test_a_history_of_schema_2_takes_an_exam(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        dump = REPOSITORY / "tests" / "history" / "v002.sql"
        connection.executescript(dump.read_text(encoding="utf-8"))
    with open_history(path) as store:
        assert exams.all_exams(store) == ()
        assert exams.asked_before(store).seen == {"appeal-levels", "gross-collection"}
        begun = taken(store, shows(1, 1), submits(9), drawn=exam(item(1, "appeal-levels")))
        assert exams.fresh_positions(store, begun) == set()
        assert store.state(CardId("appeal-levels", 1)).pulled_on == day(1)


def test_the_exam_of_the_oldest_schema_with_exams_is_read(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        dump = REPOSITORY / "tests" / "history" / "v003.sql"
        connection.executescript(dump.read_text(encoding="utf-8"))
    with open_history(path) as store:
        (found,) = exams.all_exams(store)
        assert [each.note_id for each in found.items] == ["appeal-levels", "old-law"]
        assert [len(each.words.options) for each in found.items] == [3, 3]
        sheet = exams.sheet_of(store, found)
        assert sheet.responses == {1: 1, 2: 3}
        assert sheet.reasons == {2: Reason.MISREAD}
        assert not store.odd_rows
