"""Numbers over the log and the states."""

from dataclasses import replace

import pytest

from cmom_srs.study import schedule
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.stats import days
from cmom_srs.study.stats import overview
from cmom_srs.study.stats import progress
from cmom_srs.study.stats import scores
from cmom_srs.study.stats import sitting
from cmom_srs.study.stats.overview import DomainNumbers
from cmom_srs.study.stats.overview import Overview
from cmom_srs.study.stats.overview import Period
from cmom_srs.study.stats.progress import Progress
from cmom_srs.study.stats.sitting import SessionSummary
from cmom_srs.study.tally import Tally
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import fails
from tests.support.builders import repeats
from tests.support.builders import seen

FACTS = facts(10)
A, B, C = (card.id for card in FACTS[:3])
LAW = CardId("law-00", 1)


# Scores


def test_an_answer_graded_three_or_better_is_right() -> None:
    assert scores.score(answers(A, grade) for grade in range(6)) == Tally(right=3, total=6)


def test_a_score_is_shown_in_percent_and_without_answers_there_is_none() -> None:
    assert Tally(2, 3).percent == pytest.approx(66.67, abs=0.01)
    assert Tally(0, 0).percent is None


def test_scores_are_grouped_by_name() -> None:
    given_answers = (answers(LAW, 4), answers(A, 2), answers(B, 5))
    found = scores.score_by(given_answers, lambda answer: answer.card.note_id[:3])
    assert list(found.items()) == [("bil", Tally(1, 2)), ("law", Tally(1, 1))]


# A sitting


def done(*reviews: schedule.Review, leeches: tuple[CardId, ...] = ()) -> Session:
    return Session(TODAY, Limits(), {}, first=(), done=reviews, leeches=leeches)


def test_a_sitting_is_scored_by_its_first_answers() -> None:
    sat = done(fails(A), answers(LAW, 4), repeats(A, 2), repeats(A, 5), leeches=(A,))
    tomorrow = DayAhead(day(1), due=3, new=15)
    domains = {A.note_id: "billing", LAW.note_id: "law"}
    assert sitting.summarize(sat, domains, tomorrow) == SessionSummary(
        score=Tally(1, 2),
        repeats=2,
        duration_ms=40_000,
        by_domain={"billing": Tally(0, 1), "law": Tally(1, 1)},
        leeches=(A,),
        tomorrow=tomorrow,
    )


def test_a_cram_is_scored_like_any_sitting() -> None:
    summary = sitting.summarize(done(crams(A, 1)), {A.note_id: "billing"}, DayAhead(day(1), 0, 0))
    assert (summary.score, summary.repeats) == (Tally(0, 1), 0)


def test_a_usual_day_is_the_median_of_first_answers_on_days_that_were_studied() -> None:
    cards = [card.id for card in FACTS]
    log = [
        *(answers(card, on=day(-1)) for card in cards[:3]),
        *(answers(card, on=day(-2)) for card in cards[:7]),
        *(answers(card, on=day(-9)) for card in cards[:4]),
        *(answers(card) for card in cards),
        *(answers(card, on=day(-1), minute=9) for card in cards[:3]),  # again, whatever its kind
        *(crams(card, on=day(-3)) for card in cards),
    ]
    assert days.usual_day(log, TODAY) == 4
    assert days.usual_day([answers(A)], TODAY) is None


# The forecast


def test_progress_counts_every_card_in_one_stage() -> None:
    states = {
        A: seen(20),
        B: seen(21),
        C: replace(seen(90), is_suspended=True),
    }
    found = progress.progress(states, FACTS)
    assert found == Progress(unseen=7, young=1, mature=1, suspended=1)
    assert found.total == 10


def test_what_was_given_decides_what_is_right_and_else_the_grade() -> None:
    wrong_but_easy = replace(answers(A, 5), is_right=False)
    right_but_again = replace(answers(A, 2), is_right=True)
    assert scores.score([wrong_but_easy, right_but_again, answers(A, 3), answers(A, 2)]) == Tally(
        2, 4
    )
    assert not scores.is_right(wrong_but_easy)
    assert scores.is_right(right_but_again)


# What is left to see, domain by domain


def test_each_domain_has_its_own_progress_in_the_order_asked_for() -> None:
    states = {A: seen(20), LAW: seen(30)}
    cards = (*FACTS, *facts(2, domain="law", deck="acts"))
    by_domain = progress.progress_by_domain(states, cards, ["people", "law", "billing"])
    assert list(by_domain.items()) == [
        ("people", Progress(0, 0, 0, 0)),
        ("law", Progress(unseen=1, young=0, mature=1, suspended=0)),
        ("billing", Progress(unseen=9, young=1, mature=0, suspended=0)),
    ]


def test_leeches_have_lapsed_eight_times_the_worst_first_then_by_name() -> None:
    states = {
        B: seen(lapses=8),
        LAW: seen(lapses=12),
        A: seen(lapses=8),
        C: seen(lapses=7),
    }
    assert progress.leeches(states) == ((LAW, states[LAW]), (A, states[A]), (B, states[B]))


# The last thirty days


def test_the_recent_days_are_thirty_and_end_today() -> None:
    assert overview.period_start(TODAY) == day(-29)


def test_a_period_counts_its_days_its_time_and_every_answer() -> None:
    given_answers = (
        answers(A, 4, duration_ms=1_000),
        answers(A, 2, minute=1, duration_ms=20_000),
        answers(B, 5, on=day(-3), duration_ms=300_000),
    )
    assert overview.period(given_answers) == Period(
        days=2,
        duration_ms=321_000,
        score=Tally(right=2, total=3),
        first=Tally(right=2, total=2),
    )


def test_an_overview_is_of_today_the_recent_days_and_each_domain_without_crams() -> None:
    gone = CardId("gone", 1)
    law = facts(1, domain="law", deck="acts")
    log = [
        fails(A, on=day(-2)),
        answers(A, 4, on=day(-1)),
        fails(B),
        repeats(B, 4, minute=1),
        crams(C, 4, minute=2),
        answers(gone, 4, minute=3),
    ]
    found = overview.overview(log, {A: seen()}, (*FACTS, *law), TODAY, ["billing", "law"])
    assert found == Overview(
        today_on=TODAY,
        today=Period(days=1, duration_ms=30_000, score=Tally(2, 3), first=Tally(1, 2)),
        recent=Period(days=3, duration_ms=50_000, score=Tally(3, 5), first=Tally(2, 4)),
        domains=(
            DomainNumbers("billing", Progress(9, 1, 0, 0), Tally(right=1, total=3)),
            DomainNumbers("law", Progress(1, 0, 0, 0), Tally(right=0, total=0)),
        ),
    )
