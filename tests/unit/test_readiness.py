"""Readiness: benchmarks judged by a record, the estimate and its sums, what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import timedelta
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam.draw import Supply
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import replay
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.items import ItemOption
from cmom_srs.study.exam.items import ItemWords
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE
from cmom_srs.study.readiness.benchmarks import CalculationBenchmark
from cmom_srs.study.readiness.benchmarks import ExamBenchmark
from cmom_srs.study.readiness.benchmarks import LookupBenchmark
from cmom_srs.study.readiness.benchmarks import RecallBenchmark
from cmom_srs.study.readiness.benchmarks import StepsBenchmark
from cmom_srs.study.readiness.estimate import Pool
from cmom_srs.study.readiness.estimate import estimate
from cmom_srs.study.readiness.estimate import pass_chance
from cmom_srs.study.readiness.estimate import pool
from cmom_srs.study.readiness.estimate import right_to_pass
from cmom_srs.study.readiness.judge import State
from cmom_srs.study.readiness.judge import Verdict
from cmom_srs.study.readiness.judge import judge
from cmom_srs.study.readiness.next_step import Step
from cmom_srs.study.readiness.next_step import exam_to_estimate
from cmom_srs.study.readiness.next_step import next_step
from cmom_srs.study.readiness.record import Record
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.readiness.record import sat
from cmom_srs.study.schedule import Review
from cmom_srs.study.tally import Z_90
from cmom_srs.study.tally import Tally
from cmom_srs.study.tally import wilson
from tests.conftest import REPOSITORY
from tests.support.builders import CHOICE
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import DOMAINS
from tests.support.builders import STEPS
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import fails
from tests.support.builders import moment
from tests.support.builders import note
from tests.support.builders import repeats
from tests.support.builders import unhurried
from tests.support.exact_chance import exact_chance

PROFILE = Profile(
    "guide", "The guide", 100, 120, 75, dict(zip(DOMAINS, (40, 30, 30), strict=True)), "", "", TODAY
)
BLUEPRINT = Blueprint(tuple(Domain(key, key.title()) for key in DOMAINS), (PROFILE,))


def exam(
    right: int,
    questions: int = 100,
    *,
    seen: int = 0,
    days_ago: int = 0,
    domain: str = "billing",
    asked: Asked | None = None,
    minutes: int | None = 120,
    number: int = 1,
    ending: EventKind | None = EventKind.SUBMITTED,
    blank: int = 0,
) -> SatExam | None:
    """An exam of one domain's questions: the first ones right, the last ones left blank."""
    words = ItemWords("Which?", (ItemOption("this"), ItemOption("that"), ItemOption("none")), 1)
    items = tuple(Item(place, f"n-{place}", domain, words) for place in range(1, questions + 1))
    on = day(-days_ago)
    drawn = Exam(
        str(number),
        number,
        "guide",
        "The guide",
        "1",
        minutes,
        75,
        moment(on=on),
        on,
        asked or Asked(),
        items,
    )
    happened = [
        Event(EventKind.ANSWERED, moment(item.position, on), item.position, 1 + (place >= right))
        for place, item in enumerate(items)
        if place < questions - blank
    ]
    if ending:
        happened.append(Event(ending, moment(500, on)))
    return sat(drawn, replay(drawn, happened), frozenset(range(1, questions - seen + 1)))


def taken(*each: SatExam | None) -> tuple[SatExam, ...]:
    assert all(each)
    return tuple(one for one in each if one)


# The sums


@unhurried
@given(st.integers(0, 80), st.integers(0, 80), st.integers(1, 60), st.integers(1, 100))
def test_the_chance_to_pass_is_the_exact_beta_binomial(
    right: int, wrong: int, questions: int, pass_percent: int
) -> None:
    chance = pass_chance(Tally(right, right + wrong), questions, pass_percent)
    exact = exact_chance(right, wrong, questions, right_to_pass(questions, pass_percent))
    assert isclose(chance, exact, rel_tol=1e-9, abs_tol=1e-12)


@given(st.integers(1, 1000), st.integers(1, 100))
def test_the_fewest_right_answers_just_reach_the_pass_mark(
    questions: int, pass_percent: int
) -> None:
    fewest = right_to_pass(questions, pass_percent)
    assert fewest * 100 >= pass_percent * questions > (fewest - 1) * 100


@unhurried
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 100))
def test_one_more_right_answer_never_makes_a_pass_less_likely(
    right: int, wrong: int, pass_percent: int
) -> None:
    questions = right + wrong + 1
    less, more = (pass_chance(Tally(n, questions), 100, pass_percent) for n in (right, right + 1))
    assert 0 <= less <= more + 1e-12 <= 1 + 1e-12


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_of_wilsons_interval_are_the_shares_that_lie_z_errors_away(
    counts: tuple[int, int],
) -> None:
    """Wilson's interval is where (share - p)^2 = z^2 p (1 - p) / n."""
    right, questions = counts
    share = right / questions
    low, high = (end / 100 for end in wilson(right, questions))
    assert -1e-12 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1 + 1e-12
    for end in (low, high):
        error = Z_90**2 * end * (1 - end) / questions
        assert isclose((share - end) ** 2, error, rel_tol=1e-6, abs_tol=1e-12)


# The estimate


def test_fifty_fresh_questions_make_an_estimate_and_forty_nine_do_not() -> None:
    few, enough = (
        pool(taken(exam(40, count, asked=Asked(questions=count))), TODAY) for count in (49, 50)
    )
    assert estimate(few, PROFILE) is None
    assert few.missing == 1
    found = estimate(enough, PROFILE)
    assert found
    assert (found.tally, enough.missing) == (Tally(40, 50), 0)
    # p = 0.8, n = 50, z = 1.64485: (0.8 + 0.02706 +- 1.64485 sqrt(0.0032 + 0.00027055)) / 1.05411
    assert [round(end, 1) for end in found.interval] == [69.3, 87.7]


def test_exams_of_the_last_21_study_days_are_counted() -> None:
    exams = taken(exam(50, 60, days_ago=20), exam(60, 60, days_ago=21))
    assert pool(exams, TODAY).tally == Tally(50, 60)


def test_an_exam_is_counted_with_eighty_percent_of_its_questions_fresh() -> None:
    exams = taken(exam(50, 60, seen=12), exam(60, 60, seen=13))
    pooled = pool(exams, TODAY)
    assert (pooled.tally, pooled.fresh) == (Tally(50, 60), 48)


def test_an_exam_of_seen_questions_takes_no_estimate_away() -> None:
    fresh, repeated = taken(exam(50, 60), exam(100, 100, seen=100))
    assert pool((fresh, repeated), TODAY) == pool((fresh,), TODAY)


def test_an_exam_of_some_domains_counts_for_these_alone() -> None:
    law = exam(6, 14, domain="law", asked=Asked(("law",)))
    pooled = pool(taken(exam(50, 60), law), TODAY)
    assert pooled.tally == Tally(50, 60)
    assert pooled.by_domain == {"law": Tally(6, 14), "billing": Tally(50, 60)}


@pytest.mark.parametrize("ending", [EventKind.DROPPED, None])
def test_an_exam_that_was_dropped_or_is_open_is_not_sat(ending: EventKind | None) -> None:
    assert exam(60, 60, ending=ending) is None


def test_an_exam_left_all_blank_is_not_sat_and_a_single_blank_is_wrong() -> None:
    assert exam(0, 60, blank=60) is None
    (one,) = taken(exam(60, 60, blank=1))
    assert one.result.tally == Tally(59, 60)


def test_an_exam_that_ran_out_counts_with_its_blanks_as_wrong() -> None:
    (one,) = taken(exam(60, 60, blank=10, ending=EventKind.EXPIRED))
    assert one.result.tally == Tally(50, 60)


def test_without_a_profile_there_is_no_chance() -> None:
    found = estimate(pool(taken(exam(50, 60)), TODAY), None)
    assert found
    assert found.pass_chance is None


# The benchmarks

RECALL = RecallBenchmark("Recall", answers=4, percent=75, tag="flsa")
CALCULATION = CalculationBenchmark("Days", tag="ar", right=2, of=3, seconds=60)
IN_ORDER = StepsBenchmark("Steps", tag="inquiry", times=2)
LOOKUP = LookupBenchmark("Manual", percent=75, of=4, seconds=15)
EXAMS = ExamBenchmark("Exams", exams=2, above=80)


def tagged(written: Note, tag: str) -> Note:
    return replace(written, tags=(tag,))


FACTS = [tagged(note(f"fact-{place}"), "flsa") for place in range(6)]
IDS = [CardId(each.id, 1) for each in FACTS]


def judged_recall(*given: Review, facts: Sequence[Note] = FACTS) -> tuple[State, str]:
    verdict = judge(RECALL, Record(cards_of(*facts), given))
    return verdict.state, verdict.detail


def test_recall_is_met_by_enough_cards_right_at_their_last_first_answer_of_a_day() -> None:
    three = [answers(card) for card in IDS[:3]]
    assert judged_recall(*three, fails(IDS[3])) == (State.MET, "3 of 4 cards right (75%)")
    assert judged_recall(*three) == (
        State.NOT_YET,
        "3 of 3 cards right (100%); missing: 1 more card answered",
    )
    assert judged_recall() == (State.NO_DATA, "none of 6 cards answered")
    assert judged_recall(*map(fails, IDS[:1])) == (
        State.NOT_YET,
        "0 of 1 card right (0%); missing: 3 more cards answered, 75% right",
    )


def test_neither_a_repeat_nor_a_cram_makes_a_card_right() -> None:
    failed = [fails(card) for card in IDS[:4]]
    mended = [repeats(card, minute=5) for card in IDS[:4]]
    mended += [crams(card, on=day(1)) for card in IDS]
    state, detail = judged_recall(*failed, *mended)
    assert (state, detail.partition(";")[0]) == (State.NOT_YET, "0 of 4 cards right (0%)")
    again = [answers(card, on=day(1)) for card in IDS[:4]]
    assert judged_recall(*failed, *mended, *again)[0] is State.MET


def test_a_deck_with_fewer_cards_than_are_asked_for_is_met_by_all_of_them() -> None:
    two = [answers(card) for card in IDS[:2]]
    assert judged_recall(*two, facts=FACTS[:2])[0] is State.MET
    assert judged_recall(*two[:1], facts=FACTS[:2])[0] is State.NOT_YET


def test_recall_may_look_at_a_deck() -> None:
    benchmark = RecallBenchmark("Recall", answers=1, percent=75, deck="claims")
    record = Record(cards_of(note("fact")), (answers(CardId("fact", 1)),))
    assert judge(benchmark, record).state is State.MET
    elsewhere = judge(replace(benchmark, deck="labor"), record)
    assert elsewhere == Verdict(
        replace(benchmark, deck="labor"),
        State.NO_DATA,
        "your decks have no card in a deck labor",
        is_possible=False,
    )


def typed(minute: int, is_right: bool = True, seconds: int = 50) -> Review:
    given = answers(CardId("rate", 1), minute=minute, duration_ms=seconds * 1000)
    return replace(given, is_right=is_right)


def judged_calculation(*given: Review) -> tuple[State, str]:
    cards = cards_of(tagged(note("rate", COLLECTION_RATE), "ar"))
    verdict = judge(CALCULATION, Record(cards, given))
    return verdict.state, verdict.detail


def test_a_calculation_is_met_by_the_last_typed_ones_right_and_quick() -> None:
    late = [typed(2, is_right=False), typed(3), typed(4, seconds=60), typed(5, seconds=61)]
    assert judged_calculation(*late) == (
        State.MET,
        "3 of the last 3 typed right, median 1 min 00 s",
    )
    assert judged_calculation(*late[:3]) == (
        State.MET,
        "2 of the last 3 typed right, median 50.0 s",
    )
    assert judged_calculation(*late[:2]) == (
        State.NOT_YET,
        "1 of the last 2 typed right, median 50.0 s; missing: 1 more typed, 2 right",
    )
    slow = [typed(place, seconds=70) for place in range(3)]
    assert judged_calculation(*slow) == (
        State.NOT_YET,
        "3 of the last 3 typed right, median 1 min 10 s; missing: a median of 1 min 00 s",
    )


def test_what_was_not_typed_says_nothing_of_a_calculation() -> None:
    graded = answers(CardId("rate", 1))
    assert judged_calculation(graded) == (State.NO_DATA, "none typed yet")


def judged_steps(*given: Review) -> tuple[State, str]:
    cards = cards_of(tagged(note("inquiry", STEPS), "inquiry"))
    verdict = judge(IN_ORDER, Record(cards, given))
    return verdict.state, verdict.detail


def test_steps_are_met_by_their_right_order_on_two_days_running() -> None:
    card = CardId("inquiry", 1)
    past = [answers(card, on=day(-3)), fails(card, on=day(-2)), answers(card, on=day(-1))]
    assert judged_steps(*past) == (
        State.NOT_YET,
        "in order 1 time running; missing: 1 more time on another day",
    )
    assert judged_steps(*past, answers(card)) == (State.MET, "in order 2 times running")
    assert judged_steps() == (State.NO_DATA, "never put in order")


def judged_lookups(*seconds: float, is_found: bool = True) -> tuple[State, str]:
    lookups = tuple(Lookup("HIPAA", moment(), int(each * 1000), is_found) for each in seconds)
    verdict = judge(LOOKUP, Record(lookups=lookups))
    return verdict.state, verdict.detail


def test_look_ups_are_met_by_enough_of_the_last_ones_found_in_time() -> None:
    assert judged_lookups(14.999, 1, 2, 15) == (
        State.MET,
        "3 of the last 4 look-ups in under 15 s (75%)",
    )
    assert judged_lookups(2, 3, 4, 5, 6, 20, 20)[0] is State.NOT_YET
    assert judged_lookups(20, 20, 3, 4, 5, 6)[0] is State.MET
    assert judged_lookups(1) == (
        State.NOT_YET,
        "1 of the last 1 look-up in under 15 s (100%); missing: 3 more look-ups",
    )
    assert judged_lookups(1, 1, 1, 1, is_found=False)[1].endswith("missing: 75% in time")
    assert judged_lookups() == (State.NO_DATA, "nothing looked up yet")


def judged_exams(*exams: SatExam | None) -> tuple[State, str]:
    verdict = judge(EXAMS, Record(exams=taken(*exams), minutes={"guide": 120}))
    return verdict.state, verdict.detail


def test_exams_are_met_by_the_last_two_above_the_mark_with_how_many_were_fresh() -> None:
    low, high, higher = (
        exam(80, number=1), exam(81, seen=9, number=2), exam(90, seen=60, number=3)
    )  # fmt: skip
    assert judged_exams(low, high, higher) == (
        State.MET,
        "exam 3: 90% in time (40 of 100 fresh); exam 2: 81% in time (91 of 100 fresh)",
    )
    assert judged_exams(low, high) == (
        State.NOT_YET,
        "exam 2: 81% in time (91 of 100 fresh); exam 1: 80% in time (100 of 100 fresh); "
        "missing: 1 exam above 80%",
    )
    assert judged_exams(high, low)[1].endswith("missing: 2 exams above 80%")
    assert judged_exams() == (State.NO_DATA, "no full exam in time yet")


def test_a_short_exam_and_one_without_the_clock_are_no_full_exams_in_time() -> None:
    short = exam(60, 60, asked=Asked(questions=60))
    assert judged_exams(short, exam(99, minutes=None), exam(99, minutes=240))[0] is State.NO_DATA
    assert judged_exams(exam(99, minutes=90), exam(99))[0] is State.MET


# What comes next

NOTES = [
    note(f"{domain}-{place}", CHOICE, domain, position=place)
    for domain in DOMAINS
    for place in range(60)
]
NOTHING = Pool((), {})


def supply(seen: int = 0) -> Supply:
    return Supply(NOTES, frozenset(), frozenset(each.id for each in NOTES[:seen]), {})


def verdicts(*states: State, is_possible: bool = True) -> list[Verdict]:
    return [
        Verdict(benchmark, state, "so much", is_possible)
        for benchmark, state in zip(STUDY_GUIDE, states, strict=True)
    ]


MET = [State.MET] * 5


def test_the_exam_that_yields_an_estimate_has_as_many_questions_as_are_missing() -> None:
    assert exam_to_estimate(NOTHING, PROFILE, supply()) == "cmom exam --questions 50"
    some = pool(taken(exam(20, 20, asked=Asked(questions=20))), TODAY)
    assert exam_to_estimate(some, PROFILE, supply()) == "cmom exam --questions 30"
    most = pool(taken(exam(40, 47, asked=Asked(questions=47))), TODAY)
    assert exam_to_estimate(most, PROFILE, supply()) == "cmom exam --questions 10"
    enough = pool(taken(exam(40, 50, asked=Asked(questions=50))), TODAY)
    assert exam_to_estimate(enough, PROFILE, supply()) is None


def test_no_exam_yields_an_estimate_when_too_few_questions_are_fresh() -> None:
    # Of 50 questions billing has 20 and its 60 notes are seen: 30 of 50 would be fresh.
    assert exam_to_estimate(NOTHING, PROFILE, supply(seen=60)) is None
    assert exam_to_estimate(NOTHING, PROFILE, supply(seen=50)) == "cmom exam --questions 50"
    assert exam_to_estimate(NOTHING, PROFILE, Supply([], frozenset(), (), {})) is None
    assert exam_to_estimate(NOTHING, None, supply()) is None


def test_a_profile_shorter_than_an_estimate_is_asked_whole() -> None:
    short = replace(PROFILE, questions=20)
    assert exam_to_estimate(NOTHING, short, supply()) == "cmom exam"


def step(states: list[Verdict], pooled: Pool = NOTHING, to_estimate: str | None = None) -> Step:
    return next_step(states, pooled, BLUEPRINT, to_estimate)


def test_a_learner_without_any_data_reviews_first() -> None:
    found = step(verdicts(*[State.NO_DATA] * 5), to_estimate="cmom exam --questions 50")
    assert found == Step("cmom review", "there is nothing to judge by yet")


def test_the_weakest_domain_below_the_pass_mark_comes_first() -> None:
    weak = Pool((), {"law": Tally(6, 14), "billing": Tally(7, 10)})
    assert step(verdicts(*[State.NOT_YET] * 5), weak) == Step(
        "cmom review --domain law", "Law: 6 of 14"
    )


@pytest.mark.parametrize("tally", [Tally(0, 9), Tally(75, 100)])
def test_a_domain_of_few_questions_or_at_the_pass_mark_is_not_weak(tally: Tally) -> None:
    assert step(verdicts(*MET), Pool((), {"law": tally})).command == "cmom review"


@pytest.mark.parametrize(
    ("place", "command"),
    [
        (0, "cmom review --deck flsa-exemptions"),
        (1, "cmom review --tag days-in-ar"),
        (2, "cmom review --tag investigation"),
        (3, "cmom lookup"),
        (4, "cmom exam"),
    ],
)
def test_the_first_benchmark_that_is_not_met_comes_next(place: int, command: str) -> None:
    states = [State.MET] * place + [State.NOT_YET] * (5 - place)
    assert step(verdicts(*states)) == Step(command, f"{STUDY_GUIDE[place].title}: so much")


def test_the_questions_of_an_estimate_come_before_full_exams() -> None:
    states = verdicts(*MET[:4], State.NO_DATA)
    assert step(states, to_estimate="cmom exam --questions 50") == Step(
        "cmom exam --questions 50", "50 more questions make an estimate"
    )


def test_a_benchmark_that_the_decks_lack_is_not_what_comes_next() -> None:
    states = [*verdicts(State.NO_DATA, *MET[:4], is_possible=False)]
    assert step(states) == Step("cmom review", "the benchmarks are met: reviews keep it so")


def test_without_a_blueprint_no_domain_is_called_weak() -> None:
    weak = Pool((), {"law": Tally(0, 20)})
    assert next_step(verdicts(*MET), weak, None, None).command == "cmom review"


def test_the_shipped_blueprint_writes_out_the_benchmarks_of_the_study_guide() -> None:
    blueprint, _ = read_blueprint(REPOSITORY / "decks")
    assert blueprint
    assert blueprint.benchmarks == STUDY_GUIDE
    assert "[[benchmark]]" in Path(REPOSITORY, "decks", "blueprint.toml").read_text("utf-8")


def test_three_weeks_are_counted_from_any_today() -> None:
    later = date(2027, 3, 1)
    (old,) = taken(exam(60, 60))
    assert pool((old,), later).exams == ()
    assert pool((old,), TODAY + timedelta(days=20)).exams == (old,)
