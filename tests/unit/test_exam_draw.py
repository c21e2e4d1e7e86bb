"""Drawing an exam: how many of which domain, which notes come first, and their words frozen."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.deckfiles.read import read
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam import shares
from cmom_srs.study.exam import supply
from cmom_srs.study.exam.draw import NothingAskedError
from cmom_srs.study.exam.draw import ShortSupplyError
from cmom_srs.study.exam.draw import Used
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.items import ItemWords
from cmom_srs.study.exam.items import is_case
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from tests.conftest import REPOSITORY
from tests.support.builders import BASIC
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import STEPS
from tests.support.builders import cloze
from tests.support.builders import note
from tests.support.builders import unhurried
from tests.support.exams import CALCULATION
from tests.support.exams import CASE
from tests.support.exams import CHOICE
from tests.support.exams import calculations
from tests.support.exams import choices
from tests.support.exams import profile

PROFILE = profile()
SEEDS = st.integers(0, 999)


def drawn(
    notes: Iterable[Note],
    seed: object = 1,
    *,
    seen: Iterable[str] = (),
    used: Mapping[str, Used] | None = None,
    wishes: Wishes | None = None,
    questions: int = 10,
) -> tuple[Item, ...]:
    """An exam of one domain, law."""
    return draw(
        notes,
        profile(questions),
        Random(str(seed)),
        wishes or Wishes(),
        frozenset(seen),
        used or {},
    )


def ids(items: Iterable[Item]) -> set[str]:
    return {item.note_id for item in items}


# Shares


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6), st.integers(0, 500))
def test_shares_are_whole_within_one_of_the_exact_ones_and_none_with_more_left_over_gets_less(
    weights: list[int], total: int
) -> None:
    found = shares.largest_remainder(dict(enumerate_names(weights)), total)
    if not sum(weights):
        assert set(found.values()) == {0}
        return
    exact = [Fraction(weight * total, sum(weights)) for weight in weights]
    whole = list(found.values())
    assert sum(whole) == total
    raised = [share - int(part) for share, part in zip(whole, exact, strict=True)]
    assert set(raised) <= {0, 1}
    left_over = [part - int(part) for part in exact]
    for place, is_raised in enumerate(raised):
        for other, is_other_raised in enumerate(raised):
            if is_raised and not is_other_raised:
                assert (left_over[place], -place) > (left_over[other], -other)


def enumerate_names(weights: Iterable[int]) -> Iterable[tuple[str, int]]:
    return ((f"domain-{9 - place}", weight) for place, weight in enumerate(weights))


def test_of_domains_with_equal_remainders_the_first_of_the_blueprint_gets_one_more() -> None:
    assert shares.largest_remainder({"z": 1, "m": 1, "a": 1}, 4) == {"z": 2, "m": 1, "a": 1}


def test_some_domains_alone_have_the_questions_that_they_have_in_a_full_exam() -> None:
    whole = profile(100, law=45, billing=30, people=25)
    assert shares.of_profile(whole) == {"law": 45, "billing": 30, "people": 25}
    assert shares.of_profile(whole, ("people", "law")) == {"law": 45, "people": 25}
    assert list(shares.of_profile(whole, ("people", "law"))) == ["law", "people"]


def test_a_short_exam_has_the_same_weights_and_minutes_in_proportion() -> None:
    whole = profile(100, law=45, billing=30, people=25)
    assert shares.of_profile(whole, questions=10) == {"law": 5, "billing": 3, "people": 2}
    assert shares.of_profile(whole, ("law", "billing"), 10) == {"law": 6, "billing": 4}
    assert shares.minutes_for(whole, 100) == 12
    assert shares.minutes_for(whole, 50) == 6
    assert shares.minutes_for(whole, 1) == 1


# What can be asked


def test_only_choices_and_calculations_that_yield_three_options_are_drawn() -> None:
    two = Choice("Which?", CHOICE.options[:2])
    several = Choice("Which?", (*CHOICE.options, Option("This too", "", is_right=True)))
    unfit: tuple[Body, ...] = (BASIC, STEPS, cloze(1), two, several, COLLECTION_RATE)
    others = [note(f"unfit-{place}", body, "law") for place, body in enumerate(unfit)]
    assert ids(drawn([*others, *choices(10)])) == ids_of(choices(10))
    with pytest.raises(ShortSupplyError):
        drawn([*others, *choices(9)])


def ids_of(notes: Iterable[Note]) -> set[str]:
    return {each.id for each in notes}


def test_suspended_notes_are_never_asked_and_kept_back_ones_in_the_rehearsal_alone() -> None:
    notes = choices(20)
    suspended = frozenset(ids_of(notes[:3]))
    kept_back = frozenset(ids_of(notes[2:8]))
    ordinary = Wishes(kept_back=kept_back, suspended=suspended)
    rehearsal = replace(ordinary, is_rehearsal=True)
    for seed in range(20):
        assert not ids(drawn(notes, seed, wishes=ordinary)) & (kept_back | suspended)
        assert kept_back - suspended <= ids(drawn(notes, seed, wishes=rehearsal))
        assert not ids(drawn(notes, seed, wishes=rehearsal)) & suspended


def test_a_kept_back_note_comes_into_the_rehearsal_also_when_it_was_seen() -> None:
    notes = choices(20)
    kept_back = frozenset(ids_of(notes[:4]))
    wishes = Wishes(is_rehearsal=True, kept_back=kept_back)
    assert kept_back <= ids(drawn(notes, seen=kept_back, wishes=wishes))


# Short supply


def test_each_domain_short_of_questions_is_named_with_what_it_can_supply() -> None:
    notes = [*choices(1), *choices(5, "people", "hiring"), *choices(2, "billing", "claims")]
    three = profile(law=30, people=30, billing=40)
    with pytest.raises(ShortSupplyError) as refused:
        draw(notes, three, Random(1), Wishes(), (), {})
    assert refused.value.sentence == (
        "The decks are short of exam questions: law can supply 1 of 3 questions; "
        "billing can supply 2 of 4 questions."
    )
    assert refused.value.way_out == "For a shorter exam: cmom exam --questions N"


def test_without_any_note_it_is_said_what_an_exam_asks() -> None:
    with pytest.raises(ShortSupplyError) as refused:
        drawn([])
    assert refused.value.sentence.endswith("law can supply 0 of 10 questions.")
    assert refused.value.way_out.startswith("An exam asks choice notes")


def test_what_suspended_and_kept_back_notes_leave_is_what_there_is() -> None:
    notes = choices(11)
    wishes = Wishes(kept_back=frozenset({notes[0].id}), suspended=frozenset({notes[1].id}))
    with pytest.raises(ShortSupplyError, match="law can supply 9 of 10 questions"):
        drawn(notes, wishes=wishes)


def test_more_questions_than_there_are_is_no_exam_cut_short() -> None:
    with pytest.raises(ShortSupplyError, match="law can supply 12 of 10000 questions"):
        drawn(choices(12), wishes=Wishes(questions=10_000))


@pytest.mark.parametrize(
    "wishes", [Wishes(questions=0), Wishes(domains=("people",)), Wishes(5, ("people",))]
)
def test_an_exam_without_a_question_is_none(wishes: Wishes) -> None:
    with pytest.raises(NothingAskedError, match="A short exam"):
        draw(choices(20), profile(10, law=100, people=0), Random(1), wishes, (), {})


# Calculations


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 40), SEEDS)
@unhurried
def test_at_most_fifteen_in_a_hundred_are_calculations_also_of_one_domain(
    worded: int, calculated: int, questions: int, seed: int
) -> None:
    notes = [*choices(worded), *calculations(calculated)]
    most = questions * 15 // 100
    can_supply = worded + min(calculated, most)
    if can_supply < questions:
        with pytest.raises(ShortSupplyError, match=f"law can supply {can_supply} of {questions}"):
            drawn(notes, seed, questions=questions)
        return
    items = drawn(notes, seed, questions=questions)
    assert len(ids(items)) == len(items) == questions
    assert sum(item.note_id.startswith("rates") for item in items) <= most


def test_a_domain_that_cannot_do_without_calculations_gets_them_first() -> None:
    notes = [*choices(2), *calculations(20), *choices(30, "people", "hiring")]
    notes += calculations(20, "people", "wages")
    both = profile(20, law=25, people=75)
    for seed in range(10):
        items = draw(notes, both, Random(seed), Wishes(), (), {})
        assert Counter(item.note_id[:5] for item in items if "-0" in item.note_id)["rates"] == 3
        assert not any(item.note_id.startswith("wages") for item in items)


@given(SEEDS)
@unhurried
def test_a_calculation_has_one_right_answer_and_three_mistakes_that_look_different(
    seed: int,
) -> None:
    written = replace(
        note("rate", CALCULATION, "law"),
        scenario="The charges are {charges}.",
        extra="Of {payments}.",
        manual="Finance: ratios",
        as_of=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )
    words = supply.frozen_words(written, Random(seed))
    assert len({option.text for option in words.options}) == len(words.options) == 4
    assert all(option.text.endswith("%") for option in words.options)
    right = words.options[words.right - 1]
    assert right.why == ""
    assert words.solution[1].endswith(f"= {right.text}")
    charges, payments = words.drawn["charges"], words.drawn["payments"]
    assert words.question == f"{charges} was charged, {payments} collected. What is the rate?"
    assert words.scenario == f"The charges are {charges}."
    assert words.extra == f"Of {payments}."
    assert "{" not in "".join(option.why for option in words.options)
    assert words.manual == "Finance: ratios"
    assert (words.as_of, words.until) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_place_of_a_calculations_right_answer_tells_nothing() -> None:
    written = note("rate", CALCULATION, "law")
    places = Counter(supply.frozen_words(written, Random(seed)).right for seed in range(400))
    assert set(places) == {1, 2, 3, 4}
    assert min(places.values()) > 60


def test_every_mistake_comes_up_as_an_option() -> None:
    whys = {
        option.why.partition("$")[0]
        for seed in range(40)
        for option in supply.frozen_words(note("rate", CALCULATION), Random(seed)).options
    }
    assert len(whys) == 5


def test_numbers_are_drawn_again_while_two_options_look_the_same() -> None:
    """With a tolerance of its own a note may be sound and yet show two numbers alike."""
    alike_mostly = replace_mistakes("payments / charges * 100 + (charges - 500) / 1000")
    body = msgspec.structs.replace(alike_mostly, decimals=0, tolerance=Decimal(0))
    for seed in range(30):
        words = supply.frozen_words(note("rate", body), Random(seed))
        assert len({option.text for option in words.options}) == len(words.options) == 3


def replace_mistakes(*formulas: str) -> Calculation:
    mistakes = tuple(Mistake(each, "") for each in ("charges", *formulas))
    return msgspec.structs.replace(CALCULATION, mistakes=mistakes)


# Which notes come first


@given(st.permutations(range(24)), SEEDS)
@unhurried
def test_the_same_seed_decks_and_log_give_the_same_exam_in_whatever_order_notes_come(
    order: list[int], seed: int
) -> None:
    notes = (*choices(20), *calculations(4))
    seen = ids_of(notes[::3])
    used = {notes[place].id: Used(1, place) for place in range(5)}
    as_written = drawn(notes, seed, seen=seen, used=used)
    assert (
        drawn([notes[place] for place in order], seed, seen=sorted(seen), used=used) == as_written
    )


def test_another_seed_gives_another_exam_in_another_order() -> None:
    one, other = drawn(choices(30), 1), drawn(choices(30), 2)
    assert ids(one) != ids(other)
    assert [item.note_id for item in one] != sorted(ids(one))
    assert [item.position for item in one] == list(range(1, 11))


def test_the_domains_of_an_exam_are_mixed() -> None:
    notes = [*choices(20), *choices(20, "people", "hiring")]
    items = draw(notes, profile(20, law=50, people=50), Random(1), Wishes(), (), {})
    assert [item.domain for item in items] != ["law"] * 10 + ["people"] * 10


@given(st.integers(0, 20), SEEDS)
@unhurried
def test_fresh_notes_come_before_seen_ones(fresh: int, seed: int) -> None:
    notes = choices(20)
    seen = ids_of(notes[fresh:])
    assert len(ids(drawn(notes, seed, seen=seen)) - seen) == min(fresh, 10)


def test_a_seen_case_does_not_come_before_a_fresh_question_nor_an_overfull_deck() -> None:
    fresh, cases = choices(10), choices(10, deck="cases", scenario=CASE)
    assert ids(drawn([*fresh, *cases], seen=ids_of(cases))) == ids_of(fresh)


@given(st.integers(0, 12), SEEDS)
@unhurried
def test_cases_come_until_they_are_a_third(cases: int, seed: int) -> None:
    notes = [*choices(60, deck="plain"), *choices(cases, deck="cases", scenario=CASE)]
    items = drawn(notes, seed, questions=12)
    in_all = sum(is_case(item.words.scenario) for item in items)
    assert in_all >= min(cases, 4)
    if cases <= 4:
        assert in_all == cases


def test_beyond_a_third_a_case_comes_no_sooner_than_any_other() -> None:
    notes = [*choices(200, deck="plain"), *choices(12, deck="cases", scenario=CASE)]
    in_all = [
        sum(is_case(item.words.scenario) for item in drawn(notes, seed, questions=12))
        for seed in range(20)
    ]
    assert min(in_all) == 4


def test_a_scenario_under_sixty_words_is_no_case() -> None:
    assert is_case(CASE)
    assert not is_case(CASE.removesuffix(" word"))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(1, 30), SEEDS)
@unhurried
def test_no_deck_has_more_than_its_share_and_one(
    decks: list[int], questions: int, seed: int
) -> None:
    notes = [each for place, count in enumerate(decks) for each in choices(count, deck=f"d{place}")]
    questions = min(questions, len(notes))
    items = drawn(notes, seed, questions=questions)
    asked = Counter(item.note_id.partition("-")[0] for item in items)
    for place, count in enumerate(decks):
        assert asked[f"d{place}"] <= Fraction(questions * count, len(notes)) + 1


def test_a_deck_has_more_where_the_others_have_no_fresh_question_left() -> None:
    one, other = choices(10, deck="one"), choices(10, deck="other")
    items = drawn([*one, *other], seen=ids_of(other))
    assert ids(items) == ids_of(one)


def test_of_seen_notes_the_least_asked_come_first_then_those_asked_longest_ago() -> None:
    notes = choices(16)
    seen = ids_of(notes)
    used = {each.id: Used(1, 1000 + place) for place, each in enumerate(notes)}
    used |= {each.id: Used(2, place) for place, each in enumerate(notes[:4])}
    for seed in range(5):
        assert ids(drawn(notes, seed, seen=seen, used=used)) == ids_of(notes[4:14])
    del used[notes[15].id]
    assert ids(drawn(notes, seen=seen, used=used)) == ids_of([*notes[4:13], notes[15]])


# The words


@given(SEEDS)
@unhurried
def test_options_are_shuffled_and_those_marked_last_stay_last(seed: int) -> None:
    words = supply.frozen_words(note("which", CHOICE), Random(seed))
    assert words.options[-1].text == "None of these"
    assert words.options[words.right - 1].text == "This"
    assert {(option.text, option.why) for option in words.options} == {
        (option.text, option.why) for option in CHOICE.options
    }


def test_the_right_option_comes_to_every_place_of_those_that_are_not_last() -> None:
    found = {supply.frozen_words(note("which", CHOICE), Random(seed)).right for seed in range(40)}
    assert found == {1, 2, 3}


def test_no_words_can_be_frozen_of_a_note_that_no_exam_asks() -> None:
    with pytest.raises(ValueError, match="no exam asks fact"):
        supply.frozen_words(note(), Random(1))


@cache
def shipped() -> tuple[Profile, dict[str, Note]]:
    decks = read(REPOSITORY / "decks")
    assert decks.blueprint
    return decks.blueprint.profile(), {each.id: each for each in decks.notes}


@pytest.fixture(scope="module", params=range(6))
def shipped_exam(request: pytest.FixtureRequest) -> tuple[Item, ...]:
    """An exam of the shipped decks, each seed another one."""
    default, notes = shipped()
    return draw(notes.values(), default, Random(request.param), Wishes(), (), {})


def test_the_right_option_is_the_notes_right_one(shipped_exam: tuple[Item, ...]) -> None:
    for item in shipped_exam:
        right = item.words.options[item.words.right - 1]
        match shipped()[1][item.note_id].body:
            case Choice(options=options):
                (written,) = (option for option in options if option.is_right)
                assert (right.text, right.why) == (written.text, written.why)
            case Calculation():
                assert item.words.solution[1].endswith(f" = {right.text}")
            case _:
                pytest.fail(f"{item.note_id} is asked")


def test_a_shipped_exam_is_as_the_profile_says(shipped_exam: tuple[Item, ...]) -> None:
    assert Counter(item.domain for item in shipped_exam) == {
        "personnel-management": 20,
        "financial-management": 25,
        "compliance-and-risk": 25,
        "managed-care-and-insurance": 10,
        "clinical-operations": 20,
    }
    assert len(ids(shipped_exam)) == 100
    assert sum(bool(item.words.solution) for item in shipped_exam) <= 15
    for item in shipped_exam:
        texts = [option.text for option in item.words.options]
        assert len(texts) == len(set(texts)) >= 3


def test_the_words_of_an_item_are_all_that_is_needed_and_the_same_again_from_json(
    shipped_exam: tuple[Item, ...],
) -> None:
    for item in shipped_exam:
        written, words = shipped()[1][item.note_id], item.words
        assert msgspec.json.decode(msgspec.json.encode(words), type=ItemWords) == words
        assert (words.source, words.as_of, words.manual) == (
            written.source,
            written.as_of,
            written.manual,
        )
        if isinstance(written.body, Choice):
            assert (words.question, words.scenario, words.extra) == (
                written.body.question,
                written.scenario,
                written.extra,
            )
        question = item.question
        assert question.question == words.question
        assert question.right == {words.right - 1}
        assert [option.text for option in question.options] == [
            option.text for option in words.options
        ]


def test_no_name_of_a_number_is_left_in_the_words_of_a_calculation() -> None:
    for written in shipped()[1].values():
        if supply.is_exam_item(written) and isinstance(written.body, Calculation):
            words = supply.frozen_words(written, Random(written.id))
            said = (words.question, words.scenario, words.extra, *words.solution)
            text = " ".join((*said, *(option.why for option in words.options)))
            assert not any(f"{{{given.name}}}" in text for given in written.body.given)
