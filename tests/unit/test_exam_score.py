"""What an exam came to: score, interval, domains, times, changes, and what to look at again."""

from collections.abc import Iterable
from math import isclose
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.exam import score
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.events import replay
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.score import Result
from cmom_srs.study.notes import CardId
from cmom_srs.study.tally import Z_90
from cmom_srs.study.tally import Tally
from cmom_srs.study.tally import wilson
from tests.support.exams import chooses
from tests.support.exams import closes_manual
from tests.support.exams import drops
from tests.support.exams import exam
from tests.support.exams import happens
from tests.support.exams import item
from tests.support.exams import marks
from tests.support.exams import opens_manual
from tests.support.exams import shows
from tests.support.exams import submits

RIGHT, WRONG = 1, 2


def result(taken: Exam, *events: Event, fresh: Iterable[int] = ()) -> Result:
    return score.score(taken, replay(taken, events), frozenset(fresh))


def hundred(right: int, pass_percent: int = 75, questions: int = 100) -> Result:
    """An exam of so many questions of which so many were answered right."""
    taken = exam(*(item(place + 1) for place in range(questions)), pass_percent=pass_percent)
    chosen = (chooses(place + 1, RIGHT, 1) for place in range(right))
    return result(taken, *chosen, submits(60))


# The interval


@pytest.mark.parametrize(
    ("right", "questions", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_interval_is_that_of_newcombes_examples(
    right: int, questions: int, low: float, high: float
) -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3 (95 %)."""
    found = wilson(right, questions, z=1.959964)
    assert (round(found[0], 2), round(found[1], 2)) == (low, high)


def test_the_interval_is_exact_where_it_can_be_worked_out_by_hand() -> None:
    low, high = wilson(2, 4, z=1)
    assert isclose(low, 50 - 50 / sqrt(5))
    assert isclose(high, 50 + 50 / sqrt(5))
    assert wilson(0, 4, z=1) == pytest.approx((0, 20))
    assert wilson(4, 4, z=1) == pytest.approx((80, 100))


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_of_the_interval_solve_its_equation(counts: tuple[int, int]) -> None:
    right, questions = counts
    share = right / questions
    low, high = wilson(right, questions)
    assert 0 <= low <= 100 * share + 1e-9
    assert 100 * share - 1e-9 <= high <= 100
    for end in (low / 100, high / 100):
        off = (share - end) ** 2 - Z_90**2 * end * (1 - end) / questions
        assert abs(off) < 1e-12


def test_a_tally_without_a_question_has_no_percent_and_no_interval() -> None:
    assert Tally(0, 0).percent is None
    assert Tally(0, 0).interval is None
    assert Tally(3, 4).percent == 75
    # by hand: (0.7935277 -+ 0.0694672) / 1.0270554
    assert Tally(78, 100).interval == pytest.approx((70.4987, 84.0261), abs=1e-4)


# Passed or not


def test_the_pass_mark_itself_passes_and_one_fewer_does_not() -> None:
    assert hundred(75).passed is True
    assert hundred(74).passed is False
    assert hundred(75).tally == Tally(75, 100)


def test_the_pass_mark_is_no_rounded_percent() -> None:
    assert hundred(7, 70, questions=10).passed is True
    assert hundred(22, 75, questions=30).passed is False
    assert hundred(23, 75, questions=30).passed is True


def test_an_exam_of_some_domains_alone_is_neither_passed_nor_failed() -> None:
    taken = exam(domains=("law",))
    assert result(taken, chooses(1, RIGHT, 1), submits(9)).passed is None


def test_an_exam_that_is_open_or_was_dropped_has_no_score() -> None:
    taken = exam()
    for events in ((), (shows(1, 0), drops(5))):
        with pytest.raises(ValueError, match="has no score"):
            result(taken, *events)


def test_an_exam_submitted_blank_has_none_right_and_no_times() -> None:
    blank = result(exam(), submits(7))
    assert blank.tally == Tally(0, 3)
    assert blank.passed is False
    assert blank.used_ms == 7000
    assert (blank.median_ms, blank.median_right_ms, blank.median_wrong_ms) == (None, None, None)
    assert (blank.responses, blank.unaided, blank.median_consultation_ms) == (0, 0, None)


def test_an_exam_that_expired_is_scored_like_any_other() -> None:
    expired = result(exam(), chooses(1, RIGHT, 1), happens(EventKind.EXPIRED, 600))
    assert (expired.how, expired.tally, expired.used_ms) == (
        EventKind.EXPIRED,
        Tally(1, 3),
        600_000,
    )


def test_questions_never_seen_before_are_told_apart() -> None:
    taken = exam()
    found = result(taken, chooses(1, RIGHT, 1), chooses(2, WRONG, 2), submits(9), fresh=(1, 3))
    assert (found.fresh, found.seen) == (Tally(1, 2), Tally(0, 1))


# Domains


def test_the_weakest_domain_comes_first_of_equals_the_one_asked_more() -> None:
    items = [item(place, domain=domain) for place, domain in enumerate("aabbbbccdd", start=1)]
    right = (1, 3, 4, 7, 8)  # a 1 of 2, b 2 of 4, c 2 of 2, d 0 of 2
    found = result(exam(*items), *(chooses(place, RIGHT, 1) for place in right), submits(9))
    assert list(found.by_domain.items()) == [
        ("d", Tally(0, 2)),
        ("b", Tally(2, 4)),
        ("a", Tally(1, 2)),
        ("c", Tally(2, 2)),
    ]


# Times


def test_the_medians_are_of_the_items_shown_right_and_wrong_apart() -> None:
    items = [item(place) for place in range(1, 7)]
    events = [
        *(shows(1, 0), chooses(1, RIGHT, 1)),  # 10 s
        *(shows(2, 10), chooses(2, WRONG, 11)),  # 20 s
        *(shows(3, 30), chooses(3, RIGHT, 31)),  # 40 s
        *(shows(4, 70), chooses(4, RIGHT, 71)),  # 5 s
        shows(5, 75),  # blank, 30 s
    ]
    found = result(exam(*items), *events, submits(105))
    assert found.median_ms == 20_000
    assert found.median_right_ms == 10_000
    assert found.median_wrong_ms == 25_000
    assert found.used_ms == 105_000


def test_items_answered_with_the_manual_are_told_from_those_without() -> None:
    events = [
        *(shows(1, 0), opens_manual(1, 1), closes_manual(1, 13), chooses(1, RIGHT, 14)),
        *(shows(2, 20), chooses(2, WRONG, 21), shows(3, 30), opens_manual(3, 31)),
    ]
    found = result(exam(), *events, submits(35))
    assert (found.responses, found.unaided) == (2, 1)
    assert (found.consultations, found.median_consultation_ms) == (2, 8000)


# Changes


def test_a_changed_answer_went_right_or_wrong_or_neither() -> None:
    items = [item(place) for place in range(1, 8)]
    clears = happens(EventKind.CLEARED, 20, 6)
    events = [
        *(chooses(1, WRONG, 1), chooses(1, RIGHT, 2)),  # became right
        *(chooses(2, RIGHT, 1), chooses(2, WRONG, 2)),  # became wrong
        *(chooses(3, 2, 1), chooses(3, 3, 2)),  # wrong and wrong
        *(chooses(4, RIGHT, 1), chooses(4, WRONG, 2), chooses(4, RIGHT, 3)),  # back again
        chooses(5, RIGHT, 1),  # once
        *(chooses(6, RIGHT, 1), clears),  # given up
    ]
    found = result(exam(*items), *events, submits(30))
    assert (found.became_right, found.became_wrong) == (1, 1)


# What to look at again


def looked_at() -> tuple[Exam, Sheet]:
    """Missed 1 and 6, right and marked 2, right 3, blank 4, never shown 5; 1 is marked too."""
    taken = exam(*(item(place) for place in range(1, 7)))
    shown = [shows(place, place) for place in (1, 2, 3, 4, 6)]
    chosen = [chooses(1, WRONG, 9), chooses(2, RIGHT, 9), chooses(3, RIGHT, 9), chooses(6, 3, 9)]
    return taken, replay(taken, [*shown, *chosen, marks(1, 10), marks(2, 10), submits(30)])


def positions(items: Iterable[Item]) -> list[int]:
    return [item.position for item in items]


def test_misses_come_before_blanks_and_these_before_marked_right_answers() -> None:
    again = score.look_again(*looked_at())
    assert positions(again.missed) == [1, 6]
    assert positions(again.blank) == [4]
    assert positions(again.marked) == [2]
    assert positions(again.all) == [1, 6, 4, 2]


def test_what_was_never_shown_is_not_pulled_forward() -> None:
    pulled = score.to_pull(*looked_at())
    assert pulled == tuple(CardId(f"note-{place}", 1) for place in (1, 6, 4, 2))


def test_a_mark_taken_away_pulls_nothing_forward() -> None:
    taken = exam()
    unmarks = happens(EventKind.UNMARKED, 5, 1)
    right = [event for place in (1, 2, 3) for event in (shows(place, 0), chooses(place, 1, 1))]
    assert score.to_pull(taken, replay(taken, [*right, marks(1, 4), unmarks, submits(9)])) == ()
