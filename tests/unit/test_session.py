"""One sitting of reviews: what it asks, records, repeats, puts aside and plans anew."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import precondition
from hypothesis.stateful import rule

from cmom_srs.study import schedule
from cmom_srs.study.day import queue
from cmom_srs.study.day import session
from cmom_srs.study.day import undo
from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.day.session import Counts
from cmom_srs.study.day.session import QueueName
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from tests.support.builders import CHOICE
from tests.support.builders import TODAY
from tests.support.builders import Past
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import fails
from tests.support.builders import limits as any_limits
from tests.support.builders import moment
from tests.support.builders import note
from tests.support.builders import pasts
from tests.support.builders import seen
from tests.support.builders import stored
from tests.support.builders import unhurried

FACTS = facts(5)
A, B, C, D, E = (card.id for card in FACTS)
DUE = {A: seen(10, days_ago=12), B: seen(10, days_ago=11), C: seen(10, days_ago=10)}
NO_NEW = Limits(new_cards=0)
NOTHING = DayLog()


def sitting(
    states: dict[CardId, CardState] = DUE,
    limits: Limits = NO_NEW,
    log: DayLog = NOTHING,
    used_ms: int = 0,
) -> Session:
    return session.start(states, FACTS, log, TODAY, limits, used_ms)


def answered(sat: Session, grade: int = 4, *, duration_ms: int = 10_000) -> tuple[Session, Review]:
    minute = len(sat.done)
    review = session.grade(session.reveal(sat), grade, moment(minute), duration_ms)
    return session.go_on(sat, stored(sat.states, review)), review


def after(sat: Session, *grades: int) -> Session:
    for grade in grades:
        sat, _ = answered(sat, grade)
    return sat


def asked(sat: Session, *grades: int) -> list[CardId | None]:
    """The cards asked while the learner gives these grades, and the one asked then."""
    return [session.current(after(sat, *grades[:place])) for place in range(len(grades) + 1)]


# Asking and grading


def test_cards_are_asked_in_the_order_of_the_queue_until_none_is_left() -> None:
    assert asked(sitting(), 4, 4, 4) == [A, B, C, None]


def test_a_grade_gives_the_answer_to_record() -> None:
    answer = session.grade(session.reveal(sitting()), 3, moment(), 12_000, looked_up=True)
    graded = session.go_on(sitting(), stored(DUE, answer))
    assert answer == Review(A, moment(), TODAY, ReviewKind.SCHEDULED, 3, 12_000, looked_up=True)
    assert graded.done == (answer,)
    assert session.state_of(graded, A) == schedule.review(DUE[A], 3, TODAY)


def test_a_card_is_graded_only_after_its_answer_was_shown() -> None:
    with pytest.raises(ValueError, match="revealed"):
        session.grade(sitting(), 4, moment(), 1_000)
    with pytest.raises(ValueError, match="revealed"):
        session.grade(after(sitting(), 4), 4, moment(), 1_000)


def test_nothing_can_be_graded_when_nothing_is_asked() -> None:
    with pytest.raises(ValueError, match="revealed"):
        session.grade(session.reveal(sitting({})), 4, moment(), 1_000)


def test_more_than_ten_minutes_are_logged_as_ten() -> None:
    graded, answer = answered(sitting(), duration_ms=5_000_000)
    assert answer.duration_ms == graded.used_ms == 600_000


def test_a_session_keeps_the_study_day_it_began_with() -> None:
    past_midnight = moment() + timedelta(hours=20)
    answer = session.grade(session.reveal(sitting()), 4, past_midnight, 1_000)
    assert answer.study_day == TODAY


def test_a_card_is_new_due_or_asked_again() -> None:
    sat = sitting(limits=Limits(new_cards=1))
    assert session.queue_of(sat, D) is QueueName.NEW
    assert session.queue_of(sat, A) is QueueName.DUE
    assert session.queue_of(after(sat, 2), D) is QueueName.DRILL


def test_the_counts_say_what_is_left() -> None:
    sat = sitting(limits=Limits(new_cards=2))
    assert session.counts(sat) == Counts(new=2, due=3, again=0)
    sat = after(sat, 4, 4, 2)
    assert session.counts(sat) == Counts(new=0, due=2, again=1)
    assert session.counts(sat).total == 3


def test_a_card_stored_under_another_name_is_not_asked_again_under_the_old_one() -> None:
    sat = session.reveal(sitting())
    answer = session.grade(sat, 2, moment(), 1_000)
    renamed = replace(answer, card=CardId("renamed", 1))
    went_on = session.go_on(sat, stored({renamed.card: DUE[A]}, renamed))
    assert session.current(went_on) == B
    assert went_on.repeats == (renamed.card,)
    assert went_on.done == (renamed,)


# The question


def test_a_card_is_the_same_question_until_it_is_answered_again() -> None:
    (card,) = cards_of(note("entity", CHOICE))
    sat = session.start({}, [card], NOTHING, TODAY, Limits())
    first = session.question(sat, card)
    assert session.question(session.reveal(sat), card) == first
    repeat = answered(sat, 2)[0]
    assert session.question(repeat, card) != first
    log = DayLog((fails(card.id),), frozenset({card.id}))
    assert session.question(session.start({}, [card], log, TODAY, Limits()), card) == (
        session.question(repeat, card)
    )
    taken_back = undo.restart(repeat, {}, [card], NOTHING, fails(card.id))
    assert session.question(taken_back, card) == first


# Repeats


def test_failed_cards_come_again_when_the_rest_is_done_until_they_are_passed() -> None:
    assert asked(sitting(), 2, 4, 2, 2, 2, 3, 4) == [A, B, C, A, C, A, C, None]


def test_the_last_failed_card_is_asked_twice_running() -> None:
    assert asked(sitting(), 4, 4, 2, 1, 3) == [A, B, C, C, C, None]


def test_a_repeat_changes_no_state() -> None:
    sat = after(sitting(), 4, 4, 2)
    graded, answer = answered(sat, 5)
    assert answer.kind is ReviewKind.DRILL
    assert graded.states == sat.states


def test_the_learner_chooses_below_which_grade_a_card_is_repeated() -> None:
    strict = replace(NO_NEW, repeat_below=4)
    assert asked(sitting(limits=strict), 3, 4, 4, 3, 4) == [A, B, C, A, A, None]


def test_a_new_sitting_takes_up_the_repeats_of_the_day() -> None:
    log = DayLog((fails(A), fails(B, minute=1)))
    states = {A: seen(1), B: seen(1)}
    assert asked(sitting(states, log=log), 4, 4) == [A, B, None]


def test_repeats_come_before_cards_ahead_of_their_time() -> None:
    states = {A: seen(10, days_ago=9), B: seen(10, days_ago=5)}
    ahead = replace(NO_NEW, is_ahead=True)
    assert asked(sitting(states, ahead), 2, 4, 4) == [A, A, B, None]


# Minutes and limits


def test_a_sitting_stops_before_the_next_card_when_the_minutes_are_used() -> None:
    sat = sitting(limits=replace(NO_NEW, minutes=1))
    sat, _ = answered(sat, duration_ms=59_999)
    assert session.current(sat) == B
    sat, _ = answered(sat, duration_ms=1)
    assert session.is_out_of_time(sat)
    assert session.current(sat) is None
    assert session.counts(sat).due == 1


def test_time_used_before_the_sitting_counts_when_it_is_given() -> None:
    minute = replace(NO_NEW, minutes=1)
    assert session.current(sitting(limits=minute, used_ms=60_000)) is None
    assert session.current(sitting(limits=minute, used_ms=59_999)) == A


def test_without_minutes_there_is_no_stop() -> None:
    assert session.current(sitting(used_ms=10**9)) == A


def test_a_limit_of_answers_leaves_the_repeats_for_later() -> None:
    limited = sitting(limits=replace(NO_NEW, answers=2))
    assert limited.is_cut
    assert asked(limited, 2, 2) == [A, B, None]


def test_a_limit_that_is_not_reached_asks_the_repeats() -> None:
    assert asked(sitting(limits=replace(NO_NEW, answers=3)), 2, 4, 4, 4) == [A, B, C, A, None]


# Leeches


def leech(lapses: int) -> CardState:
    return seen(10, days_ago=10, lapses=lapses)


def test_the_eighth_lapse_raises_the_alert_and_the_ninth_does_not() -> None:
    sat = after(sitting({A: leech(7), B: leech(8), C: leech(11)}), 2, 2, 2)
    assert sat.leeches == (A, C)


def test_a_pass_and_a_repeat_raise_no_alert() -> None:
    assert after(sitting({A: leech(8), B: leech(12)}), 4, 4).leeches == ()
    assert after(sitting({A: leech(7)}), 2, 2, 2).leeches == (A,)


# Putting aside


def test_a_card_put_aside_is_asked_no_more_and_keeps_its_new_state() -> None:
    buried = replace(DUE[A], buried_on=TODAY)
    sat = session.put_aside(session.reveal(sitting()), A, buried)
    assert asked(sat, 4, 4) == [B, C, None]
    assert session.state_of(sat, A) == buried
    assert not sat.is_revealed


def test_a_failed_card_put_aside_is_not_repeated() -> None:
    sat = after(sitting(), 2, 2, 4)
    sat = session.put_aside(sat, A, replace(session.state_of(sat, A), is_suspended=True))
    assert asked(sat, 4) == [B, None]


# Crams


def test_a_cram_asks_every_card_of_the_filter_the_most_urgent_first() -> None:
    only = frozenset({A.note_id, C.note_id, E.note_id})
    states = {**DUE, D: CardState(is_suspended=True)}
    assert session.start_cram(states, FACTS, NOTHING, TODAY, NO_NEW).first == (A, B, C, E)
    assert session.start_cram(states, FACTS, NOTHING, TODAY, replace(NO_NEW, only=only)).first == (
        A,
        C,
        E,
    )
    assert session.start_cram(states, FACTS, NOTHING, TODAY, replace(NO_NEW, answers=2)).first == (
        A,
        B,
    )


def test_a_cram_changes_no_schedule_and_repeats_nothing() -> None:
    sat = session.start_cram(DUE, FACTS[:3], NOTHING, TODAY, NO_NEW)
    crammed = after(sat, 0, 2, 5)
    assert session.current(crammed) is None
    assert crammed.states == DUE
    assert {answer.kind for answer in crammed.done} == {ReviewKind.CRAM}
    assert crammed.leeches == ()


def test_a_cram_answer_that_is_taken_back_is_asked_again() -> None:
    sat = session.start_cram(DUE, FACTS[:3], NOTHING, TODAY, NO_NEW)
    sat, answer = answered(sat, 0)
    back = undo.restart(sat, DUE, FACTS, NOTHING, answer)
    assert back.first == (A, B, C)
    assert back.done == ()
    assert asked(back, 4, 4, 4) == [A, B, C, None]


def test_a_cram_answer_that_is_taken_back_brings_no_schedule_into_the_cram() -> None:
    sat = session.start_cram({A: seen(10), **DUE}, FACTS[3:], NOTHING, TODAY, NO_NEW)
    sat, answer = answered(sat, 4)
    back = undo.restart(sat, DUE, FACTS, NOTHING, answer)
    assert asked(back, 4, 4) == [D, E, None]


def test_a_card_crammed_after_an_answer_is_drawn_anew() -> None:
    cards = cards_of(note("choice", CHOICE))
    fresh = session.start_cram({}, cards, NOTHING, TODAY, NO_NEW)
    for given_before in range(3):
        log = DayLog(tuple(answers(cards[0].id, minute=place) for place in range(given_before)))
        crammed = session.start_cram({}, cards, log, TODAY, NO_NEW)
        drawn = replace(fresh, answers_today={cards[0].id: given_before})
        assert session.question(crammed, cards[0]) == session.question(drawn, cards[0])


# Taking back


def test_the_card_of_an_answer_that_is_taken_back_is_asked_first() -> None:
    sat, answer = answered(after(sitting(), 4), 2)
    log = DayLog((answers(A),))
    back = undo.restart(sat, {**DUE, A: seen(25)}, FACTS, log, answer)
    assert back.first == (B, C)
    assert back.repeats == ()
    assert [review.card for review in back.done] == [A]


def test_a_card_of_an_earlier_sitting_is_asked_first_too() -> None:
    sat = sitting({A: DUE[A], B: DUE[B], C: seen(10)})
    back = undo.restart(sat, DUE, FACTS, NOTHING, answers(C))
    assert back.first == (C, A, B)
    assert back.done == ()


def test_a_repeat_that_is_taken_back_is_the_first_of_the_repeats() -> None:
    sat = after(sitting(), 2, 2, 2, 2)
    log = DayLog(tuple(fails(card, minute=place) for place, card in enumerate((B, C, A))))
    states = {card: seen(1) for card in (A, B, C)}
    assert undo.restart(sat, states, FACTS, log, sat.done[-1]).repeats == (A, B, C)


def test_a_card_ahead_that_is_taken_back_is_the_first_of_the_cards_ahead() -> None:
    states = {A: seen(10, days_ago=9), B: seen(10, days_ago=5)}
    sat = sitting({**states, B: seen(10)}, replace(NO_NEW, is_ahead=True))
    assert undo.restart(sat, states, FACTS, NOTHING, answers(B)).ahead == (B, A)


def test_a_card_answered_ahead_of_its_time_is_ahead_again_when_that_is_taken_back() -> None:
    states = {A: seen(10, days_ago=9)}
    sat, answer = answered(sitting(states, replace(NO_NEW, is_ahead=True)))
    back = undo.restart(sat, states, FACTS, NOTHING, answer)
    assert (back.first, back.repeats, back.ahead) == ((), (), (A,))


def test_a_take_back_gives_its_time_back() -> None:
    sat = sitting(used_ms=5_000)
    sat, _ = answered(sat, duration_ms=20_000)
    sat, answer = answered(sat, duration_ms=30_000)
    back = undo.restart(sat, DUE, FACTS, DayLog((answers(A),)), answer)
    assert back.used_ms == 25_000


def test_an_answer_of_an_earlier_sitting_gives_no_time_of_this_one_back() -> None:
    sat, _ = answered(sitting({A: DUE[A], B: seen(10)}), duration_ms=20_000)
    earlier = answers(B, duration_ms=15_000)
    states = {A: seen(25), B: DUE[B]}
    assert undo.restart(sat, states, FACTS, DayLog((answers(A),)), earlier).used_ms == 20_000


def test_an_answer_of_an_earlier_day_gives_no_time_of_today_back() -> None:
    sat = sitting(used_ms=40_000)
    yesterday = answers(C, on=day(-1), duration_ms=15_000)
    assert undo.restart(sat, DUE, FACTS, NOTHING, yesterday).used_ms == 40_000


@pytest.mark.parametrize(
    ("state", "is_asked"), [(seen(9), True), (replace(seen(9), is_suspended=True), False)]
)
def test_a_cram_asks_the_card_of_a_take_back_unless_it_is_put_aside(
    state: CardState, is_asked: bool
) -> None:
    cram = session.start_cram({A: seen(9), B: state}, (FACTS[0],), NOTHING, TODAY, NO_NEW)
    back = undo.restart(cram, {A: seen(9), B: state}, FACTS, NOTHING, answers(B))
    assert (session.current(back) == B) == (B in back.first) == is_asked


def test_a_take_back_counts_for_no_limit() -> None:
    sat, answer = answered(after(sitting(limits=replace(NO_NEW, answers=2)), 4), 4)
    back = undo.restart(sat, {**DUE, A: seen(25)}, FACTS, DayLog((answers(A),)), answer)
    assert asked(back, 4) == [B, None]
    assert back.limits.answers == 2


def test_a_lapse_that_is_taken_back_ends_its_alert_and_a_repeat_does_not() -> None:
    states = {A: leech(7)}
    lapsed, first = answered(sitting(states), 2)
    drilled, again = answered(lapsed, 2)
    log = DayLog((fails(A),))
    assert undo.restart(drilled, lapsed.states, FACTS, log, again).leeches == (A,)
    assert undo.restart(lapsed, states, FACTS, NOTHING, first).leeches == ()


def test_after_a_take_back_the_answer_is_hidden_again() -> None:
    sat, answer = answered(sitting(), 4)
    assert not undo.restart(session.reveal(sat), DUE, FACTS, NOTHING, answer).is_revealed


def test_the_last_answer_to_the_card_is_taken_from_the_sitting_and_no_other() -> None:
    done = (answers(A, 2), answers(B), answers(A, 4, minute=1), answers(C), answers(B, minute=2))
    sat = replace(sitting(), done=done)
    assert undo.restart(sat, DUE, FACTS, NOTHING, done[2]).done == (*done[:2], *done[3:])


def test_an_alert_of_a_card_that_the_decks_have_no_more_is_over() -> None:
    sat = replace(sitting(), leeches=(A, B))
    states = {B: leech(8)}
    assert undo.restart(sat, states, FACTS, NOTHING, answers(C)).leeches == (B,)


def test_a_limit_that_cuts_only_after_the_take_back_keeps_the_repeats_for_later() -> None:
    sat = sitting({**DUE, C: seen(10)}, replace(NO_NEW, answers=2))
    assert not sat.is_cut
    back = undo.restart(sat, DUE, FACTS, NOTHING, answers(C))
    assert (back.first, back.is_cut) == ((A, B), True)


def test_a_repeat_taken_back_frees_no_place_in_a_limit_that_is_used_up() -> None:
    states = {A: DUE[A], B: seen(10, days_ago=1)}
    limits = replace(NO_NEW, answers=1, is_ahead=True)
    sat, first = answered(sitting(states, limits), 2)
    sat, again = answered(sat, 4)
    back = undo.restart(sat, sat.states, FACTS, DayLog((first,)), again)
    assert asked(back, 4) == [A, None]


# A learner at work, against the log alone


class Learner(RuleBasedStateMachine):
    """Grades, puts aside, takes back and begins anew; the log says what must be asked."""

    @initialize(
        past=pasts(5), limits=any_limits(), most=st.none() | st.integers(0, 6), used=st.booleans()
    )
    def begins(self, past: Past, limits: Limits, most: int | None, used: bool) -> None:
        self.past = past
        self.limits = replace(limits, answers=most)
        self.minute = 1_000
        self.sits_down(used)

    @rule(used=st.booleans())
    def sits_down(self, used: bool) -> None:
        self.used_before = 40_000 if used else 0
        self.session = session.start(
            self.past.states,
            self.past.cards,
            self.past.log,
            TODAY,
            self.limits,
            self.used_before,
        )
        self.given: list[Review] = []
        self.last_asked: CardId | None = None
        self.is_rearranged = self.is_put_aside = False

    @precondition(lambda self: session.current(self.session) is not None)
    @rule(grade=st.integers(0, 5), duration_ms=st.sampled_from((0, 9_000, 70_000, 900_000)))
    def grades(self, grade: int, duration_ms: int) -> None:
        card = session.current(self.session)
        queue_name = session.queue_of(self.session, card) if card else None
        before, revealed = self.session, session.reveal(self.session)
        answer = session.grade(revealed, grade, moment(self.minute), duration_ms)
        self.session = session.go_on(revealed, stored(before.states, answer))
        was_answered = any(
            earlier.card == card and earlier.kind is not ReviewKind.CRAM
            for earlier in self.past.log.answers
        )
        kind = ReviewKind.DRILL if was_answered else ReviewKind.SCHEDULED
        assert answer == Review(
            answer.card, moment(self.minute), TODAY, kind, grade, min(duration_ms, 600_000)
        )
        assert answer.card == card
        assert (queue_name is QueueName.DRILL) == was_answered
        self.past = replace(self.past, answers=(*self.past.answers, answer))
        self.given.append(answer)
        self.last_asked = card
        self.minute += 1

    @precondition(lambda self: session.current(self.session) is not None)
    @rule(is_suspended=st.booleans())
    def puts_aside(self, is_suspended: bool) -> None:
        card = session.current(self.session)
        assert card is not None
        switch = "suspended" if is_suspended else "buried"
        self.past = replace(self.past, **{switch: getattr(self.past, switch) | {card}})
        self.session = session.put_aside(self.session, card, self.past.states[card])
        self.is_put_aside = True

    @precondition(lambda self: bool(self.past.answers))
    @rule()
    def takes_back(self) -> None:
        *kept, answer = self.past.answers
        self.past = replace(self.past, answers=tuple(kept))
        self.session = undo.restart(
            self.session, self.past.states, self.past.cards, self.past.log, answer
        )
        if self.given:
            assert self.given.pop() == answer
        elif answer.study_day == TODAY:
            self.used_before = max(0, self.used_before - answer.duration_ms)
        self.last_asked = None
        self.is_rearranged, self.is_put_aside = True, False
        for part in (self.session.first, self.session.repeats, self.session.ahead):
            assert answer.card not in part[1:]

    @invariant()
    def the_states_are_what_the_log_comes_to(self) -> None:
        assert self.session.states == self.past.states

    @invariant()
    def the_rest_is_what_a_new_sitting_would_ask(self) -> None:
        firsts = sum(answer.kind is ReviewKind.SCHEDULED for answer in self.given)
        limits = self.limits
        if limits.answers is not None:
            limits = replace(limits, answers=max(0, limits.answers - firsts))
        planned = queue.build(self.past.states, self.past.cards, self.past.log, TODAY, limits)
        for name in ("first", "repeats", "ahead"):
            left, fresh = getattr(self.session, name), getattr(planned, name)
            if self.is_put_aside:
                continue  # a new sitting gives the place to another card
            assert sorted(left) == sorted(fresh)
            assert left == fresh or self.is_rearranged

    @invariant()
    def the_done_answers_and_their_time_are_counted(self) -> None:
        assert list(self.session.done) == self.given
        used_ms = self.used_before + sum(answer.duration_ms for answer in self.given)
        assert self.session.used_ms == used_ms
        minutes = self.limits.minutes
        assert session.is_out_of_time(self.session) == (
            minutes is not None and used_ms >= minutes * 60_000
        )

    @invariant()
    def no_card_is_asked_twice_running_unless_it_is_the_last(self) -> None:
        left = self.session.first + self.session.repeats
        if self.last_asked is not None and session.current(self.session) == self.last_asked:
            assert left == (self.last_asked,)

    @invariant()
    def what_is_put_aside_is_not_asked(self) -> None:
        left = {*self.session.first, *self.session.repeats, *self.session.ahead}
        assert not left & (self.past.suspended | self.past.buried)

    @invariant()
    def every_card_is_left_once_and_counted(self) -> None:
        left = self.session.first + self.session.repeats + self.session.ahead
        assert len(left) == len(set(left)) == session.counts(self.session).total


Learner.TestCase.settings = settings(unhurried, max_examples=60, stateful_step_count=20)
TestALearnerAtWork = Learner.TestCase


@settings(unhurried, max_examples=40)
@given(past=pasts(5), limits=any_limits(), grades=st.lists(st.integers(0, 5), min_size=24))
def test_a_cram_asks_each_card_once_and_changes_nothing(
    past: Past, limits: Limits, grades: list[int]
) -> None:
    sat = session.start_cram(
        past.states,
        past.cards,
        past.log,
        TODAY,
        replace(limits, minutes=None, kept_back=KeptBack()),
    )
    asked_once = sat.first
    for grade in grades[: len(asked_once)]:
        sat, _ = answered(sat, grade)
    assert tuple(answer.card for answer in sat.done) == asked_once
    assert sat.states == past.states
    assert {card.id for card in past.cards} - past.suspended - past.buried == {*asked_once}


def test_a_card_without_a_state_is_new() -> None:
    assert session.state_of(sitting(), E) == NEVER_ANSWERED
