"""Numbers over the log and the states."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.study import schedule
from cmom_srs.study import session
from cmom_srs.study import stats
from cmom_srs.study.notes import CardId
from cmom_srs.study.queue import DayLog
from cmom_srs.study.queue import Limits
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.session import Session
from cmom_srs.study.stats import DayLoad
from cmom_srs.study.stats import Progress
from cmom_srs.study.stats import Score
from cmom_srs.study.stats import SessionSummary
from tests.unit.builders import TODAY
from tests.unit.builders import Past
from tests.unit.builders import answers
from tests.unit.builders import crams
from tests.unit.builders import day
from tests.unit.builders import facts
from tests.unit.builders import fails
from tests.unit.builders import limits as any_limits
from tests.unit.builders import pasts
from tests.unit.builders import repeats
from tests.unit.builders import seen
from tests.unit.builders import unhurried

FACTS = facts(10)
A, B, C = (card.id for card in FACTS[:3])
LAW = CardId("law-00", 1)


# Scores


def test_an_answer_graded_three_or_better_is_right() -> None:
    assert stats.score(answers(A, grade) for grade in range(6)) == Score(answers=6, right=3)


def test_a_score_is_shown_in_percent_and_without_answers_there_is_none() -> None:
    assert Score(3, 2).percent == pytest.approx(66.67, abs=0.01)
    assert Score(0, 0).percent is None


def test_scores_are_grouped_by_name() -> None:
    given_answers = (answers(LAW, 4), answers(A, 2), answers(B, 5))
    scores = stats.score_by(given_answers, lambda answer: answer.card.note_id[:3])
    assert list(scores.items()) == [("bil", Score(2, 1)), ("law", Score(1, 1))]


# A sitting


def done(*reviews: schedule.Review, leeches: tuple[CardId, ...] = ()) -> Session:
    return Session(TODAY, Limits(), {}, first=(), done=reviews, leeches=leeches)


def test_a_sitting_is_scored_by_its_first_answers() -> None:
    sat = done(fails(A), answers(LAW, 4), repeats(A, 2), repeats(A, 5), leeches=(A,))
    tomorrow = DayLoad(day(1), due=3, new=15)
    domains = {A.note_id: "billing", LAW.note_id: "law"}
    assert stats.summarize(sat, domains, tomorrow) == SessionSummary(
        score=Score(2, 1),
        repeats=2,
        duration_ms=40_000,
        by_domain={"billing": Score(1, 0), "law": Score(1, 1)},
        leeches=(A,),
        tomorrow=tomorrow,
    )


def test_a_cram_is_scored_like_any_sitting() -> None:
    summary = stats.summarize(done(crams(A, 1)), {A.note_id: "billing"}, DayLoad(day(1), 0, 0))
    assert (summary.score, summary.repeats) == (Score(1, 0), 0)


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
    assert stats.usual_day(log, TODAY) == 4
    assert stats.usual_day([answers(A)], TODAY) is None


# The forecast


def test_the_forecast_follows_every_card_as_if_it_were_recalled() -> None:
    states = {A: seen(1), B: seen(3), C: seen(10, days_ago=12)}
    loads = stats.forecast(states, FACTS[:3], DayLog(), TODAY, 4, Limits())
    assert loads == (
        DayLoad(day(1), due=1, new=0),
        DayLoad(day(2), due=0, new=0),
        DayLoad(day(3), due=1, new=0),
        DayLoad(day(4), due=1, new=0),
    )


def test_the_forecast_brings_new_cards_back_after_one_day_and_six() -> None:
    loads = stats.forecast({}, FACTS[:2], DayLog(), TODAY, 8, Limits(new_cards=1))
    assert [(load.due, load.new) for load in loads] == [
        (1, 1),
        (1, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (1, 0),
        (1, 0),
    ]


def test_the_forecast_counts_what_was_introduced_today() -> None:
    log = DayLog(introduced=frozenset({A}))
    loads = stats.forecast({A: seen(1, days_ago=0)}, FACTS[:3], log, TODAY, 2, Limits(new_cards=1))
    assert [load.new for load in loads] == [1, 1]


def test_the_forecast_waits_as_the_exam_says() -> None:
    states = {A: seen(100), B: seen(4)}
    limits = Limits(new_cards=0, horizon=Horizon(day(12)))
    loads = stats.forecast(states, FACTS[:2], DayLog(), TODAY, 6, limits)
    assert [load.day for load in loads if load.due] == [day(4), day(6)]


def test_from_exam_day_on_the_forecast_waits_as_the_cards_do() -> None:
    states = {A: seen(9)}
    limits = Limits(horizon=Horizon(day(3)))
    loads = stats.forecast(states, FACTS[:1], DayLog(), TODAY, 9, limits)
    assert [load.day for load in loads if load.due] == [day(9)]


def test_the_forecast_leaves_suspended_cards_out() -> None:
    states = {A: replace(seen(1), is_suspended=True), B: CardState(is_suspended=True)}
    loads = stats.forecast(states, FACTS[:2], DayLog(), TODAY, 1, Limits())
    assert loads == (DayLoad(day(1), 0, 0),)


@settings(unhurried, max_examples=60)
@given(past=pasts(), limits=any_limits(), days=st.integers(0, 40))
def test_the_forecast_names_every_day_once_and_introduces_no_card_twice(
    past: Past, limits: Limits, days: int
) -> None:
    loads = stats.forecast(past.states, past.cards, DayLog(), TODAY, days, limits)
    progress = stats.progress(past.states, past.cards)
    assert [load.day for load in loads] == [day(offset) for offset in range(1, days + 1)]
    assert sum(load.new for load in loads) <= progress.unseen


# What is left to see


@pytest.mark.parametrize(
    ("unseen", "introduced", "new_cards_a_day", "last"),
    [
        (0, 5, 15, 0),
        (10, 0, 15, 0),
        (15, 0, 15, 0),
        (16, 0, 15, 1),
        (30, 15, 15, 2),
        (31, 15, 15, 3),
        (30, 20, 15, 2),
        (10, 5, 15, 0),
    ],
)
def test_all_are_seen_at_todays_pace(
    unseen: int, introduced: int, new_cards_a_day: int, last: int
) -> None:
    limits = Limits(new_cards=new_cards_a_day)
    assert stats.all_seen_on(unseen, introduced, TODAY, limits) == day(last)


def test_a_plans_pace_counts_the_cards_unseen_when_the_day_began() -> None:
    limits = Limits(minutes=60, horizon=Horizon(day(40)))  # two a day for 21 cards, one for 20
    assert stats.all_seen_on(20, 1, TODAY, limits) == day(10)


def test_without_new_cards_they_are_never_all_seen() -> None:
    assert stats.all_seen_on(1, 0, TODAY, Limits(new_cards=0)) is None


@unhurried
@given(unseen=st.integers(0, 40), pace=st.integers(1, 12), before=st.integers(0, 15))
def test_the_day_on_which_all_are_seen_is_the_day_a_learner_gets_there(
    unseen: int, pace: int, before: int
) -> None:
    limits = Limits(new_cards=pace)
    left, today = unseen - max(0, pace - before), TODAY
    while left > 0:
        today = day((today - TODAY).days + 1)
        left -= pace
    assert stats.all_seen_on(unseen, before, TODAY, limits) == today


def test_progress_counts_every_card_in_one_stage() -> None:
    states = {
        A: seen(20),
        B: seen(21),
        C: replace(seen(90), is_suspended=True),
    }
    progress = stats.progress(states, FACTS)
    assert progress == Progress(unseen=7, young=1, mature=1, suspended=1)
    assert progress.total == 10


def test_tomorrow_asks_what_was_foreseen() -> None:
    limits = Limits(new_cards=2)
    states = {A: seen(1), B: seen(1), C: seen(2)}
    log = DayLog(introduced=frozenset({A, B}))
    foreseen = stats.forecast(states, FACTS, log, TODAY, 1, limits)[0]
    tomorrow = session.counts(session.start(states, FACTS, DayLog(), day(1), limits))
    assert (foreseen.due, foreseen.new) == (tomorrow.due, tomorrow.new) == (2, 2)
