"""What happens in an exam, and the sheet that it comes to, whatever order it is read in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.exam.events import ENDINGS
from cmom_srs.study.exam.events import Consultation
from cmom_srs.study.exam.events import Ending
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.events import replay
from tests.support.builders import unhurried
from tests.support.exams import STARTED_AT
from tests.support.exams import chooses
from tests.support.exams import closes_manual
from tests.support.exams import drops
from tests.support.exams import exam
from tests.support.exams import explains
from tests.support.exams import happens
from tests.support.exams import leaves
from tests.support.exams import marks
from tests.support.exams import opens_manual
from tests.support.exams import second
from tests.support.exams import shows
from tests.support.exams import submits

EXAM = exam()
POSITIONS = st.none() | st.integers(0, 4)
VALUES = st.none() | st.integers(-1, 5) | st.sampled_from(["knowledge", "misread", "", "other"])
ANYTHING = st.builds(
    Event,
    kind=st.sampled_from(EventKind),
    at=st.integers(0, 40).map(second),
    position=POSITIONS,
    value=VALUES,
    sequence=st.integers(0, 3),
)


def sheet(*events: Event) -> Sheet:
    return replay(EXAM, events)


def identified(events: Iterable[Event]) -> list[Event]:
    return [replace(event, uid=f"{place:03}") for place, event in enumerate(events)]


# Any events


@given(st.lists(ANYTHING, max_size=25), st.randoms(use_true_random=False))
@unhurried
def test_the_same_events_in_any_order_come_to_the_same(events: list[Event], rng: Random) -> None:
    events = identified(events)
    as_given = replay(EXAM, events)
    rng.shuffle(events)
    assert replay(EXAM, events) == as_given


@given(st.lists(ANYTHING, max_size=25))
@unhurried
def test_the_first_ending_ends_it_and_what_comes_later_counts_for_nothing_but_reasons(
    events: list[Event],
) -> None:
    events = sorted(identified(events), key=lambda event: (event.at, event.sequence, event.uid))
    ends = [place for place, event in enumerate(events) if event.kind in ENDINGS]
    whole = replay(EXAM, events)
    if not ends:
        assert whole.ending is None
        return
    last = events[ends[0]]
    until = replay(EXAM, events[: ends[0] + 1])
    assert whole.ending == Ending(last.kind, last.at)
    assert replace(whole, reasons={}) == replace(until, reasons={})
    reasons = [event for event in events if event.kind is EventKind.REASON]
    assert whole.reasons == replay(EXAM, reasons).reasons


@given(st.lists(ANYTHING, max_size=25))
@unhurried
def test_a_sheet_is_of_the_exams_own_items_options_and_time(events: list[Event]) -> None:
    found = replay(EXAM, identified(events))
    positions = {item.position for item in EXAM.items}
    spoken_of = {*found.responses, *found.first_responses, *found.spent_ms, *found.reasons}
    assert spoken_of | found.marked | found.shown <= positions
    assert set(found.responses.values()) | set(found.first_responses.values()) <= {1, 2, 3}
    assert found.responses.keys() <= found.first_responses.keys()
    assert found.shown == found.spent_ms.keys()
    looked_up = sum(each.duration_ms for each in found.consultations)
    for milliseconds in (sum(found.spent_ms.values()), looked_up):
        assert 0 <= milliseconds <= 40_000
    assert all(each.duration_ms >= 0 for each in found.consultations)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 90)), min_size=1, max_size=20))
def test_the_times_of_the_items_add_up_to_that_from_the_first_showing_to_the_end(
    views: list[tuple[int, int]],
) -> None:
    events, now = [], 5
    for position, seconds in views:
        events.append(shows(position, now))
        now += seconds
    found = replay(EXAM, [*events, submits(now)])
    assert sum(found.spent_ms.values()) == 1000 * (now - 5)
    for position, spent_ms in found.spent_ms.items():
        assert spent_ms == 1000 * sum(seconds for place, seconds in views if place == position)


# Responses


def test_the_last_choice_is_the_response_and_the_first_one_is_remembered() -> None:
    found = sheet(shows(1, 0), chooses(1, 2, 5), chooses(1, 3, 6), chooses(1, 1, 7))
    assert found.responses == {1: 1}
    assert found.first_responses == {1: 2}


def test_a_choice_that_was_cleared_is_none_until_another_is_made() -> None:
    cleared = (shows(1, 0), chooses(1, 2, 5), happens(EventKind.CLEARED, 6, 1))
    assert sheet(*cleared).responses == {}
    again = sheet(*cleared, chooses(1, 3, 7))
    assert again.responses == {1: 3}
    assert again.first_responses == {1: 2}


@pytest.mark.parametrize("value", [0, 4, -1, None, "1", "knowledge"])
def test_an_answer_that_is_none_of_the_options_is_passed_over(value: int | str | None) -> None:
    found = sheet(shows(1, 0), chooses(1, 2, 1), happens(EventKind.ANSWERED, 2, 1, value))
    assert found.responses == {1: 2}


@pytest.mark.parametrize("position", [0, 4, -1, None])
def test_what_is_said_of_an_item_that_there_is_not_is_passed_over(position: int | None) -> None:
    kinds = (EventKind.SHOWN, EventKind.ANSWERED, EventKind.MARKED, EventKind.MANUAL_OPENED)
    found = sheet(*(happens(kind, 1, position, 1) for kind in kinds))
    assert found == replace(sheet(), last_at=second(1))


def test_a_mark_holds_until_it_is_taken_away() -> None:
    assert sheet(marks(1, 1), marks(2, 2)).marked == {1, 2}
    assert sheet(marks(1, 1), marks(1, 2), happens(EventKind.UNMARKED, 3, 1)).marked == set()


def test_a_choice_that_comes_after_the_end_is_not_counted() -> None:
    found = sheet(shows(1, 0), chooses(1, 2, 5), submits(9), chooses(1, 1, 9.5), marks(1, 10))
    assert found.responses == {1: 2}
    assert found.marked == set()
    assert found.last_at == second(9)


@pytest.mark.parametrize("how", sorted(ENDINGS))
def test_an_exam_ends_once_also_where_the_end_names_an_item(how: EventKind) -> None:
    found = sheet(shows(1, 0), happens(how, 7, 1), submits(8), drops(9))
    assert found.ending == Ending(how, second(7))
    assert found.spent_ms == {1: 7000}


def test_the_last_reason_of_an_item_counts() -> None:
    said = (explains(1, Reason.MISREAD, 20), explains(1, Reason.TOO_SLOW, 21))
    found = sheet(submits(9), *said, happens(EventKind.REASON, 22, 1, "tired"))
    assert found.reasons == {1: Reason.TOO_SLOW}


# Time


def test_an_item_shown_again_goes_on_with_its_time() -> None:
    found = sheet(shows(1, 0), shows(2, 10), shows(1, 15), submits(22))
    assert found.spent_ms == {1: 17_000, 2: 5000}
    assert found.position == 1


def test_the_time_away_is_no_items_and_goes_on_with_the_next_showing() -> None:
    away = (shows(1, 0), leaves(10), happens(EventKind.RETURNED, 300))
    assert sheet(*away).spent_ms == {1: 10_000}
    assert sheet(*away).position == 1
    assert sheet(*away, shows(1, 301), submits(305)).spent_ms == {1: 14_000}


def test_leaving_twice_or_leaving_before_the_first_item_takes_no_time() -> None:
    assert sheet(leaves(1), leaves(2)).spent_ms == {}
    assert sheet(shows(1, 3), leaves(5), leaves(9)).spent_ms == {1: 2000}


def test_the_exams_clock_halts_while_the_computers_is_set_back() -> None:
    found = sheet(shows(1, 60))
    assert found.now(second(10)) == second(60)
    assert found.now(second(61)) == second(61)


def test_the_exams_clock_does_not_run_before_its_start() -> None:
    assert sheet().now(STARTED_AT - timedelta(hours=1)) == STARTED_AT
    assert sheet().last_at == STARTED_AT


# The manual


def test_a_look_into_the_manual_lasts_until_it_is_closed() -> None:
    found = sheet(shows(1, 0), opens_manual(1, 3), closes_manual(1, 11), opens_manual(1, 20))
    assert found.consultations == (Consultation(1, 8000),)
    assert found.manual_since == second(20)
    assert sheet(shows(1, 0), closes_manual(1, 5)).consultations == ()


@pytest.mark.parametrize("next_event", [shows(2, 12), leaves(12), submits(12)])
def test_moving_on_leaving_and_the_end_close_the_manual(next_event: Event) -> None:
    found = sheet(shows(1, 0), opens_manual(1, 3), next_event, closes_manual(2, 20))
    assert found.consultations == (Consultation(1, 9000),)
    assert found.manual_since is None


def test_a_manual_opened_twice_is_open_since_the_first_time() -> None:
    found = sheet(shows(1, 0), opens_manual(1, 3), opens_manual(1, 6), closes_manual(1, 10))
    assert found.consultations == (Consultation(1, 7000),)


def test_a_look_belongs_to_the_item_it_was_opened_at_whatever_another_window_shows() -> None:
    found = sheet(shows(1, 0), shows(2, 1), opens_manual(1, 3), closes_manual(1, 5))
    assert found.consultations == (Consultation(1, 2000),)
    assert sheet(opens_manual(3, 3), closes_manual(3, 5)).consultations == (Consultation(3, 2000),)
