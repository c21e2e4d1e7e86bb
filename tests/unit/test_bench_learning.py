"""The simulated learners: memories and rivals do what their sources say, and luck has a seed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from pathlib import Path

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from cmom_srs.history import paces
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study import notes
from cmom_srs.study.day import limits as bounds
from cmom_srs.study.day import session
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.schedule import Rating
from tests.bench.learning import product
from tests.bench.learning.arms import ARMS
from tests.bench.learning.arms import OURS
from tests.bench.learning.arms import OURS_REHEARSED
from tests.bench.learning.memories import act_r
from tests.bench.learning.memories import two_components
from tests.bench.learning.memories.act_r import ActR
from tests.bench.learning.memories.fsrs_6 import Fsrs6
from tests.bench.learning.memories.fsrs_6 import personal_parameters
from tests.bench.learning.memories.trace import MakesModel
from tests.bench.learning.memories.trace import Now
from tests.bench.learning.memories.trace import Studied
from tests.bench.learning.memories.two_components import TwoComponents
from tests.bench.learning.mind import Mind
from tests.bench.learning.product import CmomSrs
from tests.bench.learning.product import date_of
from tests.bench.learning.report import Fates
from tests.bench.learning.report import behind
from tests.bench.learning.rivals import fuzz
from tests.bench.learning.rivals.anki import AnkiCard
from tests.bench.learning.rivals.anki import AnkiSm2
from tests.bench.learning.rivals.anki import answered
from tests.bench.learning.rivals.desk import StepwiseStudy
from tests.bench.learning.rivals.fsrs_090 import Fsrs090
from tests.bench.learning.rivals.leitner import Leitner
from tests.bench.learning.simulation import Fate
from tests.bench.learning.simulation import live_all
from tests.bench.learning.simulation import run_of
from tests.bench.learning.traits import Traits
from tests.bench.learning.traits import draw_traits
from tests.bench.learning.world import MODELS
from tests.bench.learning.world import Situation
from tests.bench.learning.world import World
from tests.support.anki_oracle import needs_anki
from tests.support.builders import facts
from tests.support.exams import choices
from tests.support.exams import profile

CARDS = facts(40)
CARD = CARDS[0].id
AVERAGE = Traits(0, 0.0, 0.0, 1.0, {"billing": 0.0}, {card.id: 0.0 for card in CARDS})
ANKI_INTERVALS = """
import json, sys
from anki.collection import Collection

collection = Collection(sys.argv[1])
note = collection.new_note(collection.models.by_name("Basic"))
note["Front"] = "a"
collection.add_note(note, 1)
card = note.cards()[0]
for days, ease, late in json.loads(sys.argv[2]):
    card.type = card.queue = 2
    card.ivl, card.factor, card.due = days, ease * 10, collection.sched.today - late
    collection.update_card(card)
    states = collection._backend.get_scheduling_states(card.id)
    passed = [getattr(states, name).normal.review for name in ("hard", "good", "easy")]
    failed = states.again.normal.relearning
    print(json.dumps([
        [review.scheduled_days for review in passed],
        [round(review.ease_factor * 100) for review in passed],
        [failed.review.scheduled_days, round(failed.review.ease_factor * 100)],
        failed.learning.scheduled_secs,
    ]))
collection.close()
"""


def on(day: int) -> Now:
    """A morning."""
    return Now(day, day * act_r.DAY_SECONDS * act_r.BETWEEN_SITTINGS)


# Memories


def test_fsrs_6_of_an_average_learner_is_the_package_with_its_default_parameters() -> None:
    assert personal_parameters(AVERAGE) == DEFAULT_PARAMETERS
    model = Fsrs6(AVERAGE)
    easy = model.first(Studied(0.0, Rating.EASY), on(0))
    assert easy.stability == pytest.approx(8.2956)
    # (1 + 0.98026 * 10 / 8.2956) ** -0.1542
    assert model.recall(easy, on(10)) == pytest.approx(0.8867, abs=1e-4)


def test_an_easy_card_is_more_stable_at_first_and_less_difficult() -> None:
    model = Fsrs6(AVERAGE)
    plain, easy = (model.first(Studied(ease, Rating.GOOD), on(0)) for ease in (0.0, 1.0))
    assert plain.stability
    assert plain.difficulty
    assert easy.stability == pytest.approx(1.4918 * plain.stability, rel=1e-4)
    assert easy.difficulty == pytest.approx(plain.difficulty - 1)


def test_a_look_a_day_ago_is_active_as_pavlik_and_anderson_have_it() -> None:
    # ln(2160 ** -0.177) = -1.3590; 1 / (1 + e ** ((-0.704 + 1.3590) / 0.255))
    active = act_r.activation((0.0, ((0.0, 0.177),)), 2160.0)
    assert active == pytest.approx(-1.3590, abs=1e-4)
    assert act_r.recall_chance(active) == pytest.approx(0.0712, abs=1e-4)


def test_a_look_at_what_is_active_fades_sooner() -> None:
    model = ActR(AVERAGE)
    first = model.first(Studied(0.0, Rating.AGAIN), on(0))
    massed = model.again(first, Studied(0.0, Rating.GOOD), Now(0, 60.0))
    spaced = model.again(first, Studied(0.0, Rating.GOOD), on(7))
    (_, (_, massed_decay)), (_, (_, spaced_decay)) = massed[1], spaced[1]
    # 0.217 * e ** (0.9 - 0.177 * ln 60) + 0.177
    assert massed_decay == pytest.approx(0.4356, abs=1e-3)
    assert spaced_decay < massed_decay


def test_stability_grows_as_wozniak_has_it() -> None:
    assert two_components.retrievability(7.0, 7.0) == pytest.approx(0.9)
    # 76 * e ** -2.79 - 2, and times 100 ** -0.023 before the 2 is taken off
    assert two_components.stability_increase(1.0, 0.9) == pytest.approx(2.668, abs=1e-3)
    assert two_components.stability_increase(100.0, 0.9) == pytest.approx(2.199, abs=1e-3)


def test_a_failure_sets_stability_back_and_a_second_pass_on_one_day_adds_nothing() -> None:
    model = TwoComponents(AVERAGE)
    first = model.first(Studied(0.0, Rating.AGAIN), on(0))
    passed = model.again(first, Studied(0.0, Rating.GOOD), on(1))
    assert first.stability == 1.0
    assert passed.stability == pytest.approx(2.668, abs=1e-3)
    assert model.again(passed, Studied(0.0, Rating.GOOD), on(1)) == passed
    assert model.again(passed, Studied(0.0, Rating.AGAIN), on(3)).stability == 1.0


@pytest.mark.parametrize("makes_model", MODELS.values(), ids=MODELS)
def test_a_memory_fades_with_the_days(makes_model: MakesModel) -> None:
    model = makes_model(AVERAGE)
    trace = model.first(Studied(0.0, Rating.GOOD), on(0))
    faded = [model.recall(trace, on(days)) for days in (1, 5, 20, 80)]
    assert faded == sorted(faded, reverse=True)
    assert 0 < faded[-1] < faded[0] < 1


# Rivals


@needs_anki
def test_our_anki_gives_the_intervals_of_the_real_one_without_fuzz(tmp_path: Path) -> None:
    cases = [(1, 250, 0), (3, 250, 0), (8, 235, 4), (20, 130, 10), (50, 265, 0)]
    said = subprocess.run(
        [sys.executable, "-c", ANKI_INTERVALS, tmp_path / "c.anki2", json.dumps(cases)],
        env={**os.environ, "ANKI_TEST_MODE": "1"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert [json.loads(line) for line in said.stdout.splitlines()] == [
        _intervals(*case) for case in cases
    ]


def _intervals(days: int, ease: int, late: int) -> list[object]:
    card = AnkiCard(None, days, ease)
    passed = [answered(card, rating, late)[0] for rating in list(Rating)[1:]]
    failed, seconds = answered(card, Rating.AGAIN, late)
    days_after = [each.days for each in passed]
    return [days_after, [each.ease for each in passed], [failed.days, failed.ease], seconds]


def test_a_new_card_of_anki_goes_through_its_steps() -> None:
    card = AnkiCard()
    assert answered(card, Rating.AGAIN) == (card, 60.0)
    assert answered(card, Rating.HARD) == (card, 330.0)
    assert answered(card, Rating.EASY) == (AnkiCard(None, 4), None)
    second, seconds = answered(card, Rating.GOOD)
    assert seconds == 600.0
    assert answered(second, Rating.GOOD) == (AnkiCard(None, 1), None)


def test_a_failed_card_of_anki_comes_again_in_ten_minutes_and_then_in_a_day() -> None:
    failed, seconds = answered(AnkiCard(None, 30), Rating.AGAIN)
    assert seconds == 600.0
    assert answered(failed, Rating.HARD) == (failed, 900.0)
    assert answered(failed, Rating.GOOD) == (AnkiCard(None, 1, 230), None)
    assert answered(failed, Rating.EASY) == (AnkiCard(None, 2, 230), None)


def test_new_cards_of_anki_wait_where_200_reviews_are_due() -> None:
    program = AnkiSm2(None)
    for card in facts(190):
        program.grade(card.id, Rating.EASY, 0)
    assert len(program.due(4)) == 190
    assert program.new_today() == 10


@pytest.mark.parametrize(
    ("days", "expected"), [(2.4, (2, 2)), (4, (3, 5)), (10, (8, 12)), (40, (36, 44))]
)
def test_fuzz_keeps_within_ankis_bounds(days: float, expected: tuple[int, int]) -> None:
    assert fuzz.bounds(days, 1) == expected
    lots = [fuzz.fuzzed(days, 1, luck / 100) for luck in range(100)]
    assert (min(lots), max(lots)) == expected


def test_fsrs_without_steps_waits_for_the_first_intervals_of_its_parameters() -> None:
    for rating, days in zip(Rating, (1, 1, 2, 8), strict=True):
        program = Fsrs090(None, 20, has_steps=False)
        assert program.grade(CARD, rating, 0) is None
        assert (program.due(days - 1), program.due(days)) == ([], [CARD])


def test_fsrs_with_steps_comes_again_in_one_and_in_ten_minutes() -> None:
    program = Fsrs090(None, 20, has_steps=True)
    assert program.grade(CARD, Rating.AGAIN, 0) == 60
    assert program.grade(CARD, Rating.GOOD, 0) == 600
    assert program.grade(CARD, Rating.GOOD, 0) is None


def test_leitners_boxes_double_and_a_failure_leads_back_to_the_first() -> None:
    program, day = Leitner(20), 0
    for days in (1, 2, 4, 8, 16, 16):
        program.grade(CARD, Rating.GOOD, day)
        day += days
        assert (program.due(day - 1), program.due(day)) == ([], [CARD])
    program.grade(CARD, Rating.AGAIN, day)
    assert program.due(day + 1) == [CARD]


def test_a_rival_stops_before_the_next_card_once_the_minutes_are_used() -> None:
    mind = Mind(TwoComponents, AVERAGE, CARDS)
    StepwiseStudy(Leitner(30), [card.id for card in CARDS], 5).study(mind)
    assert 300_000 <= mind.used_ms < 300_000 + 28_000  # a first sight of these takes 28 seconds


def test_a_step_that_the_minutes_cut_off_goes_on_the_next_day() -> None:
    mind = Mind(TwoComponents, replace(AVERAGE, known_before={"billing": -99.0}), CARDS)
    study = StepwiseStudy(AnkiSm2(None), [CARD], 0.1)
    study.study(mind)
    mind.sleep()
    study.study(mind)
    assert mind.used_ms == 9_600  # a second look of another day, right, and no first sight


# cmom-srs


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_history(tmp_path / "history.db") as store:
        sync(store, DecksRead(tuple(card.note for card in CARDS)), product.START_ON)
        yield store


def test_a_simulated_day_asks_what_a_day_with_a_history_asks(store: Store) -> None:
    limits, limits_of_day = Limits(minutes=6), product.until_exam(date_of(16))
    with_history, simulated = (Mind(TwoComponents, AVERAGE, CARDS) for _ in range(2))
    study = CmomSrs(CARDS, limits, limits_of_day)
    for _ in range(8):
        _study_with(store, with_history, limits_of_day(_paced(store, limits), _today(with_history)))
        study.study(simulated)
        assert study.states == {
            card: state for card, state in store.states().items() if not state.is_new
        }
        assert simulated.used_ms == with_history.used_ms
        with_history.sleep()
        simulated.sleep()
    assert len(study.states) > 30


def _today(mind: Mind) -> date:
    return date_of(mind.day)


def _paced(store: Store, limits: Limits) -> Limits:
    return replace(
        limits,
        first_sight_seconds=bounds.pace_seconds(
            paces.first_sight_durations(store, 200), bounds.FIRST_SIGHT_SECONDS
        ),
        right_answer_seconds=bounds.pace_seconds(
            paces.right_answer_durations(store, 200), bounds.RIGHT_ANSWER_SECONDS
        ),
    )


def _study_with(store: Store, mind: Mind, limits: Limits) -> None:
    today = _today(mind)
    sitting = session.start(store.states(), CARDS, store.day_log(today), today, limits)
    while (card := session.current(sitting)) is not None:
        grade, spent_ms = mind.answer(card)
        at = datetime.combine(today, time(12), UTC) + timedelta(milliseconds=mind.used_ms)
        revealed = session.reveal(sitting)
        review = session.grade(revealed, grade, at, spent_ms)
        sitting = session.go_on(revealed, store.record(review))


def test_the_naive_cap_asks_every_card_on_the_eve_and_none_before_for_the_date() -> None:
    mind = Mind(TwoComponents, replace(AVERAGE, known_before={"billing": 99.0}), CARDS)
    study = CmomSrs(CARDS, Limits(), product.capped(date_of(9), new_a_day=40))
    asked = []
    for _ in range(9):
        before = dict(study.states)
        study.study(mind)
        asked.append(sum(study.states[card] != before.get(card) for card in study.states))
        mind.sleep()
    assert asked == [40, 40, 0, 0, 0, 0, 0, 40, 40]


# The whole


def _world() -> World:
    written = (*choices(30, "law", "hipaa"), *choices(30, "people", "hiring"))
    cards = tuple(card for note in written for card in notes.cards(note))
    exam = profile(20, law=50, people=50)
    return World(cards, exam, tuple(card.id for card in cards))


def test_the_same_seed_lives_the_same_life_with_every_arm() -> None:
    world, situation = _world(), Situation(4, 3)
    fates, same, other = (live_all(run_of(world, situation, "ACT-R", seed)) for seed in (3, 3, 4))
    assert [fate.arm for fate in fates] == list(ARMS)
    assert fates == same
    assert all(fate != another for fate, another in zip(fates, other, strict=True))
    assert all(fate.later < fate.all for fate in fates)


def test_a_plan_under_four_weeks_has_no_rehearsal() -> None:
    fates = live_all(run_of(_world(), Situation(3, 4), "FSRS-6", 0))
    assert OURS_REHEARSED not in [fate.arm for fate in fates]


def test_kept_back_notes_are_first_seen_after_the_rehearsal() -> None:
    run = run_of(_world(), Situation(4, 60), "two components", 0)
    traits = draw_traits(0, run.world.cards)
    mind, study = Mind(TwoComponents, traits, run.world.cards), ARMS[OURS_REHEARSED](run)
    for _ in range(14):
        study.study(mind)
        mind.sleep()
    seen = {card.note_id for card in mind.cards if mind.has_seen(card)}
    assert len(run.kept_back) == 20
    assert not run.kept_back & seen
    study.study(mind)
    assert run.kept_back <= {card.note_id for card in mind.cards if mind.has_seen(card)}


def test_a_rival_that_recalls_more_is_named() -> None:
    ours = Fate(Situation(3, 20), "ACT-R", 0, OURS, 80.0, 70.0, 80.0, 50.0, 100, 400.0, 1.0)
    theirs = [
        replace(ours, arm=arm, model=model, all=80.5 if (arm, model) == worse else 60.0)
        for arm in ARMS
        for model in MODELS
        for worse in [("Leitner", "ACT-R")]
        if arm not in {OURS, OURS_REHEARSED}
    ]
    fates = Fates([*(replace(ours, model=model) for model in MODELS), *theirs])
    *_, row = behind(fates)
    lead = "\N{MINUS SIGN}0.5 (0 of 1)"
    assert len(list(behind(fates))) == 3
    assert row == f"| 3 weeks, 20 minutes a day | ACT-R | Leitner | {lead} | {lead} |"
