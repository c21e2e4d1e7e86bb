"""Where new cards stand in Anki: in the exam's proportions, whatever else is in the package."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.anki.introduction import introduction
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.day import queue
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import Note
from tests.support.anki_exports import BLUEPRINT
from tests.support.builders import TODAY
from tests.support.builders import cards_of
from tests.support.builders import note
from tests.support.builders import unhurried


def weighted(**weights: int) -> Blueprint:
    """A blueprint with these domains and weights."""
    domains = tuple(Domain(key, key.title()) for key in weights)
    (profile,) = BLUEPRINT.profiles
    return Blueprint(domains, (replace(profile, weights=weights),))


def written(counts: Mapping[str, int]) -> list[Note]:
    """So many notes in each domain, in one deck, as written."""
    return [
        note(f"{domain}-{place:03}", domain=domain, position=place)
        for domain, count in counts.items()
        for place in range(count)
    ]


def order(notes: Sequence[Note], blueprint: Blueprint) -> list[str]:
    places = introduction(notes, blueprint)
    return sorted(places, key=places.__getitem__)


def test_a_hundred_new_cards_are_as_many_of_each_domain_as_its_weight_says() -> None:
    blueprint = weighted(a=20, b=25, c=25, d=10, e=20)
    notes = written({"a": 60, "b": 60, "c": 60, "d": 60, "e": 60})
    first = Counter(each.partition("-")[0] for each in order(notes, blueprint)[:100])
    assert first == {"a": 20, "b": 25, "c": 25, "d": 10, "e": 20}


def test_the_heaviest_domain_begins_and_decks_follow_by_file_name_as_written() -> None:
    notes = [
        note("p", domain="people", deck="desk"),
        note("b2", domain="billing", deck="claims", position=1),
        note("b1", domain="billing", deck="claims", position=0),
        note("b0", domain="billing", deck="aging", position=7),
        note("l", domain="law", deck="labor"),
        note("unlisted", domain="xray", deck="a"),
    ]
    assert order(notes, BLUEPRINT) == ["l", "b0", "p", "b1", "b2", "unlisted"]


def test_places_count_from_one_and_of_equal_shares_the_first_domain_by_name_begins() -> None:
    places = introduction(written({"b": 2, "a": 2}), weighted(b=50, a=50))
    assert places == {"a-000": 1, "b-000": 2, "a-001": 3, "b-001": 4}


def test_a_domain_of_next_to_no_weight_still_comes_before_those_of_none() -> None:
    notes = written({"a": 1, "c": 1})
    assert order(notes, weighted(a=1, b=2_000_000, c=0)) == ["a-000", "c-000"]


weights = st.lists(st.integers(0, 60), min_size=1, max_size=7).map(
    lambda found: {f"d{place}": weight for place, weight in enumerate(found)}
)
counts = st.lists(st.integers(0, 25), min_size=7, max_size=7)


@given(weights, counts)
@unhurried
def test_the_places_are_those_of_the_terminals_own_introduction(
    weights: dict[str, int], counts: list[int]
) -> None:
    blueprint = weighted(**weights)
    notes = written(dict(zip(weights, counts, strict=False)))
    limits = Limits(new_cards=1_000, weights=weights)
    day = queue.build({}, cards_of(*notes), DayLog(), TODAY, limits)
    with_weight = [card.note_id for card in day.first if weights[card.note_id.partition("-")[0]]]
    ordered = order(notes, blueprint)
    assert ordered[: len(with_weight)] == with_weight
    assert {*ordered} == {each.id for each in notes}


@given(weights, counts, st.randoms())
@unhurried
def test_a_place_hangs_on_the_notes_of_its_own_domain_alone(
    weights: dict[str, int], counts: list[int], rng: Random
) -> None:
    blueprint = weighted(**weights)
    notes = written(dict(zip(weights, counts, strict=False)))
    places = introduction(rng.sample(notes, len(notes)), blueprint)
    for domain in weights:
        own = [each for each in notes if each.domain == domain]
        assert introduction(own, blueprint).items() <= places.items()


@given(weights, counts)
@unhurried
def test_no_two_notes_of_weight_share_a_place_and_none_is_far_off(
    weights: dict[str, int], counts: list[int]
) -> None:
    places = introduction(written(dict(zip(weights, counts, strict=False))), weighted(**weights))
    heavy = [place for each, place in places.items() if weights[each.partition("-")[0]]]
    assert len(heavy) == len(set(heavy))
    whole = sum(weights.values())
    for each, place in places.items():
        domain, _, number = each.partition("-")
        if weights[domain]:
            share = (Fraction(int(number)) + Fraction(1, 2)) * whole / weights[domain]
            assert abs(place - share) <= len(weights) + 1


def test_a_domain_without_weight_comes_after_all_others_even_of_a_large_deck() -> None:
    notes = written({"law": 2_000, "xray": 2})
    assert order(notes, BLUEPRINT)[-2:] == ["xray-000", "xray-001"]
    assert max(introduction(notes, BLUEPRINT).values()) < 1_000_000  # Anki's highest position
