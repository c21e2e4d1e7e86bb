"""What exams say over time, and which notes are the hardest."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cmom_srs.study.exam import events
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.readiness.record import sat
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.stats import hardest
from cmom_srs.study.stats.exam_scores import ExamScore
from cmom_srs.study.stats.exam_scores import exam_scores
from cmom_srs.study.stats.hardest import HardNote
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.tally import Tally
from tests.support.builders import REVERSIBLE
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import fails
from tests.support.builders import note
from tests.support.builders import repeats
from tests.support.builders import seen
from tests.support.exams import chooses
from tests.support.exams import exam
from tests.support.exams import explains
from tests.support.exams import item
from tests.support.exams import shows
from tests.support.exams import submits


def sits(
    drawn: Exam, chosen: Mapping[int, int], reasons: Mapping[int, Reason] | None = None
) -> SatExam:
    """The learner is shown these items and chooses these places, 0 for none."""
    happened = [shows(position, at=position) for position in chosen]
    happened += [chooses(at, place, at=at + 0.5) for at, place in chosen.items() if place]
    happened.append(submits(at=100))
    happened += [explains(at, reason, at=101) for at, reason in (reasons or {}).items()]
    found = sat(drawn, events.replay(drawn, happened), {1})
    assert found
    return found


# Scores


def test_a_score_has_its_day_its_interval_its_fresh_part_and_the_mark_it_was_held_to() -> None:
    (found,) = exam_scores([sits(exam(pass_percent=60), {1: 1, 2: 1, 3: 2})])
    assert found == ExamScore(
        number=1,
        day=TODAY,
        tally=Tally(2, 3),
        fresh=Tally(1, 1),
        pass_percent=60,
        passed=True,
        domains=(),
    )
    # p = 2/3, z^2 = 2.70554: (p + z^2/6 -+ z sqrt(p (1 - p)/3 + z^2/36)) / (1 + z^2/3)
    assert found.tally.interval == pytest.approx((25.35, 92.17), abs=0.01)


def test_an_exam_of_some_domains_is_neither_passed_nor_failed() -> None:
    (found,) = exam_scores([sits(exam(domains=("law",)), {1: 1, 2: 1, 3: 1})])
    assert (found.passed, found.domains) == (None, ("law",))


# The hardest notes

CARDS = facts(4)
A, B, C, D = (card.id for card in CARDS)
STATES = {card.id: seen() for card in CARDS}


def test_only_notes_that_went_wrong_are_hard_and_first_sights_repeats_and_crams_are_not() -> None:
    log = [
        fails(A, on=day(-5)),
        repeats(A, 2, on=day(-5), minute=1),
        crams(A, 2, on=day(-4)),
        answers(A),
        fails(B),
    ]
    assert hardest.hardest(spaced(log), (), STATES, CARDS) == ()


def test_one_slip_of_one_is_not_worse_than_nine_of_twelve() -> None:
    log = [answers(A, on=day(-2)), fails(A), answers(B, on=day(-50))]
    log += [answers(B, 4 if place < 3 else 2, on=day(place - 12)) for place in range(12)]
    worst, other = hardest.hardest(spaced(log), (), STATES, CARDS)
    assert (worst.note.id, worst.wrong, worst.asked) == (B.note_id, 9, 12)
    assert (other.note.id, other.wrong, other.asked) == (A.note_id, 1, 1)
    assert worst.wrong_at_least > other.wrong_at_least > 0


def test_of_equals_the_one_with_more_lapses_comes_first_then_the_one_of_lower_ease() -> None:
    log = [answer for card in (A, B, C) for answer in (answers(card, on=day(-2)), fails(card))]
    states = {
        A: seen(ease_factor=250, lapses=1),
        B: seen(ease_factor=130, lapses=1),
        C: seen(lapses=2),
    }
    found = hardest.hardest(spaced(log), (), states, CARDS)
    assert [each.note.id for each in found] == [C.note_id, B.note_id, A.note_id]


def test_a_note_adds_up_its_cards_and_what_exams_showed_of_it() -> None:
    both = cards_of(note("eob", REVERSIBLE))
    front, back = (card.id for card in both)
    states = {front: seen(ease_factor=170, lapses=2), back: seen(ease_factor=210, lapses=1)}
    log = [
        *(answers(front, on=day(-9)), fails(front, on=day(-3))),
        *(answers(back, on=day(-8)), answers(back, on=day(-2))),
    ]
    drawn = exam(item(1, "eob"), item(2, "other"), item(3, "eob"), item(4, "eob"))
    exams = [sits(drawn, {1: 2, 2: 2, 3: 1}, {1: Reason.MISREAD, 3: Reason.TOO_SLOW})]
    assert hardest.hardest(spaced(log), exams, states, both) == (
        HardNote(
            note=both[0].note,
            reviews=Tally(1, 2),
            items=Tally(1, 2),  # the fourth item was never shown
            lapses=3,
            ease_factor=170,
            reasons={Reason.MISREAD: 1},
        ),
    )


def test_a_note_that_only_an_exam_asked_has_no_ease() -> None:
    exams = [sits(exam(item(1, A.note_id), item(2), item(3)), {1: 3, 2: 1})]
    (found,) = hardest.hardest((), exams, {A: NEVER_ANSWERED}, CARDS)
    assert (found.wrong, found.asked, found.ease_factor, found.reasons) == (1, 1, None, {})


def test_suspended_cards_and_those_that_the_decks_have_no_more_are_left_out() -> None:
    log = [answers(A, on=day(-2)), fails(A), answers(B, on=day(-2)), fails(B)]
    states = {A: replace(seen(), is_suspended=True), B: seen()}
    assert hardest.hardest(spaced(log), (), states, CARDS[:1]) == ()


def test_the_reasons_of_misses_are_counted_the_most_frequent_first() -> None:
    exams = [
        sits(exam(), {1: 2, 2: 0, 3: 3}, {3: Reason.KNOWLEDGE}),
        sits(exam(), {1: 1, 2: 2}, {2: Reason.KNOWLEDGE}),
        sits(exam(), {1: 2, 2: 2, 3: 1}, {1: Reason.MISREAD}),
    ]
    assert list(hardest.reasons(exams).items()) == [
        (Reason.KNOWLEDGE, 2),
        (Reason.MISREAD, 1),
        (None, 3),
    ]
    assert hardest.reasons([]) == {}
