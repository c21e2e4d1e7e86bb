"""Cards put as questions: shuffles, drawn numbers, right and wrong, the rating that fits."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import notes
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps
from cmom_srs.study.questions import question
from cmom_srs.study.questions.question import Compute
from cmom_srs.study.questions.question import FillGap
from cmom_srs.study.questions.question import PickOption
from cmom_srs.study.questions.question import PutInOrder
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.question import Recall
from cmom_srs.study.schedule import Rating
from tests.support.builders import CHOICE
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import REVERSIBLE
from tests.support.builders import STEPS
from tests.support.builders import TODAY
from tests.support.builders import day
from tests.support.builders import decks
from tests.support.builders import note
from tests.support.builders import unhurried

seeds = st.integers(0, 10**6).map(Random)
options = st.lists(
    st.builds(Option, st.text("abc", min_size=1), st.text("xyz"), st.booleans(), st.booleans()),
    min_size=2,
    max_size=8,
)


def asked(body: Body, ordinal: int = 1, seed: int = 1) -> Question:
    return question.ask(Card(note(body=body), ordinal), Random(seed))


def picked(body: Choice, seed: int = 1) -> PickOption:
    shown = asked(body, seed=seed)
    assert isinstance(shown, PickOption)
    return shown


def ordered(body: Steps, seed: int = 1) -> PutInOrder:
    shown = asked(body, seed=seed)
    assert isinstance(shown, PutInOrder)
    return shown


# Every kind


def test_a_reversible_note_asks_both_ways() -> None:
    assert asked(REVERSIBLE) == Recall("EOB", "Explanation of benefits")
    assert asked(REVERSIBLE, 2) == Recall("Explanation of benefits", "EOB")


def test_a_cloze_card_asks_the_gaps_of_its_number() -> None:
    text = "{{c1::10}} employees keep the {{c2::300::which form}} log since {{c2::1971}}."
    first, second = asked(Cloze(text), 1), asked(Cloze(text), 2)
    assert isinstance(first, FillGap)
    assert isinstance(second, FillGap)
    assert question.gapped_text(first) == "[...] employees keep the 300 log since 1971."
    assert question.gapped_text(second) == "10 employees keep the [which form] log since [...]."
    assert question.filled_text(first) == "«10» employees keep the 300 log since 1971."
    assert question.filled_text(second, "<b>{}</b>".format).count("<b>«") == 2


def test_what_a_card_asks_is_told_without_its_answer() -> None:
    text = "{{c1::10}} employees keep the {{c2::300::which form}} log."
    told = [question.asked_text(Card(note(body=Cloze(text)), ordinal)) for ordinal in (1, 2)]
    assert told == ["[...] employees keep the 300 log.", "10 employees keep the [which form] log."]
    told = [question.asked_text(Card(note(body=REVERSIBLE), ordinal)) for ordinal in (1, 2)]
    assert told == ["EOB", "Explanation of benefits"]
    assert "{" not in question.asked_text(Card(note(body=COLLECTION_RATE), 1))
    assert question.asked_text(Card(note(body=CHOICE), 1)) == CHOICE.question


def test_a_calculation_is_asked_with_the_numbers_it_was_drawn_with() -> None:
    shown = asked(COLLECTION_RATE)
    assert isinstance(shown, Compute)
    charges = f"${shown.drawn.numbers['charges']:,}"
    assert shown.question.startswith(f"{charges} was charged, $")
    assert question.fill(shown, "Of {charges}, {other}") == f"Of {charges}, {{other}}"


def test_what_is_asked_of_options_and_steps_is_in_the_notes_own_words() -> None:
    assert picked(CHOICE).question == CHOICE.question
    assert ordered(STEPS).question == STEPS.question


def test_braces_mean_nothing_in_other_kinds() -> None:
    assert question.fill(asked(STEPS), "Of {charges}") == "Of {charges}"


@unhurried
@given(written=decks(3), seed=st.integers())
def test_every_card_is_the_same_question_for_the_same_seed(
    written: tuple[notes.Note, ...], seed: int
) -> None:
    for card in (card for each in written for card in notes.cards(each)):
        assert question.ask(card, Random(seed)) == question.ask(card, Random(seed))


def test_a_seed_is_the_same_until_the_card_is_answered_again() -> None:
    seeds = {
        question.seed(card, on, given)
        for card in (CardId("a", 1), CardId("a", 2), CardId("b", 1))
        for on in (TODAY, day(1))
        for given in (0, 1)
    }
    assert len(seeds) == 12
    assert question.seed(CardId("a", 1), TODAY, 0) == "a/1 2026-12-01 0"


# Options


@unhurried
@given(written=options, rng=seeds)
def test_a_shuffle_keeps_every_option_with_its_why(written: list[Option], rng: Random) -> None:
    shuffled = question.shuffle_options(written, rng)
    assert sorted(shuffled, key=repr) == sorted(written, key=repr)


@unhurried
@given(written=options, rng=seeds)
def test_the_last_options_stay_last_in_written_order(written: list[Option], rng: Random) -> None:
    last = [option for option in written if option.is_last]
    shuffled = question.shuffle_options(written, rng)
    assert list(shuffled[len(written) - len(last) :]) == last


def test_free_options_come_in_every_order() -> None:
    orders = {
        tuple(option.text for option in question.shuffle_options(CHOICE.options, Random(seed)))
        for seed in range(60)
    }
    assert len(orders) == 6


@unhurried
@given(written=options, seed=st.integers(), chosen=st.frozensets(st.integers(0, 7)))
def test_right_is_exactly_the_marked_options(
    written: list[Option], seed: int, chosen: frozenset[int]
) -> None:
    shown = picked(Choice("Which?", tuple(written)), seed)
    marked = [place for place, option in enumerate(shown.options) if option.is_right]
    assert question.is_right_choice(shown, marked)
    assert question.is_right_choice(shown, chosen) == (sorted(chosen) == marked)


def test_there_is_no_part_credit() -> None:
    both = Choice("Which?", (Option("a", "", is_right=True), Option("b", "", is_right=True)))
    shown = picked(both)
    assert question.is_right_choice(shown, [1, 0])
    assert not question.is_right_choice(shown, [0])


# Steps


@unhurried
@given(count=st.integers(2, 8), rng=seeds)
def test_shuffled_steps_are_never_in_the_right_order(count: int, rng: Random) -> None:
    places = question.shuffle_steps(count, rng)
    assert sorted(places) == list(range(count)) != list(places)


@unhurried
@given(seed=st.integers(), count=st.integers(3, 8))
def test_the_solution_puts_the_shown_steps_in_their_written_order(seed: int, count: int) -> None:
    written = tuple(f"step {place}" for place in range(count))
    shown = ordered(Steps("Order?", written), seed)
    assert tuple(shown.shown[place] for place in shown.solution) == written
    assert question.wrong_places(shown, shown.solution) == ()


@unhurried
@given(seed=st.integers(), order=st.permutations(range(4)))
def test_exactly_the_places_with_another_step_are_wrong(seed: int, order: list[int]) -> None:
    shown = ordered(STEPS, seed)
    answer = [shown.shown[place] for place in order]
    assert question.wrong_places(shown, order) == tuple(
        place for place in range(4) if answer[place] != STEPS.steps[place]
    )


# Ratings


@pytest.mark.parametrize(
    ("duration_ms", "looked_up", "rating"),
    [
        (5_000, False, Rating.GOOD),
        (90_000, False, Rating.GOOD),
        (90_001, False, Rating.HARD),
        (5_000, True, Rating.HARD),
        (600_000, False, Rating.HARD),
        (600_001, False, None),
    ],
)
def test_a_right_answer_is_good_unless_it_was_slow_or_looked_up(
    duration_ms: int, looked_up: bool, rating: Rating | None
) -> None:
    for shown in (picked(CHOICE), ordered(STEPS)):
        assert question.suggest_rating(shown, True, duration_ms, looked_up) == rating


@pytest.mark.parametrize(
    ("duration_ms", "rating"),
    [(180_000, Rating.GOOD), (180_001, Rating.HARD), (600_001, None)],
)
def test_a_calculation_may_take_three_minutes(duration_ms: int, rating: Rating | None) -> None:
    shown = asked(COLLECTION_RATE)
    assert question.suggest_rating(shown, True, duration_ms, looked_up=False) == rating


@pytest.mark.parametrize("looked_up", [True, False])
def test_a_wrong_answer_is_again_unless_the_learner_was_away(looked_up: bool) -> None:
    assert question.suggest_rating(picked(CHOICE), False, 100_000, looked_up) == Rating.AGAIN
    assert question.suggest_rating(picked(CHOICE), False, 600_001, looked_up) is None
