"""Look-ups in the manual: topics, which come next, what the times say, the learner's own index."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from math import ceil
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import lookups
from cmom_srs.study.lookups import Entry
from cmom_srs.study.lookups import Figures
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.lookups import Topic
from cmom_srs.study.notes import Note
from cmom_srs.study.stats.overview import DomainNumbers
from cmom_srs.study.stats.progress import Progress
from cmom_srs.study.tally import Tally
from tests.support.builders import TODAY
from tests.support.builders import day
from tests.support.builders import moment
from tests.support.builders import note
from tests.support.builders import unhurried

NAMES = ("Labor laws", "HIPAA", "OSHA", "Medicare", "Payroll", "Budgets", "Coding")


def hinted(*hints: str, domain: str = "law") -> list[Note]:
    return [
        replace(note(f"{domain}-{place}", domain=domain), manual=hint)
        for place, hint in enumerate(hints)
    ]


def looked_up(
    topic: str = "Labor laws",
    seconds: float = 10,
    *,
    page: str | None = None,
    is_found: bool = True,
    on: date = TODAY,
    minute: int = 0,
) -> Lookup:
    return Lookup(topic, moment(minute, on), round(seconds * 1000), is_found, page, uid="u")


def names(found: Iterable[Topic | Entry]) -> list[str]:
    return [each.name if isinstance(each, Topic) else each.topic for each in found]


# Topics


@pytest.mark.parametrize(
    ("hint", "topic"),
    [
        ("Labor laws: FLSA salary level", "Labor laws"),
        ("OSHA: Exposure control plan: review", "OSHA"),
        ("Medicaid", "Medicaid"),
        ("  Labor   laws :overtime", "Labor laws"),
        (": overtime", "overtime"),
        (":", ""),
        ("", ""),
    ],
)
def test_a_topic_is_what_stands_before_the_first_colon(hint: str, topic: str) -> None:
    assert lookups.topic_of(hint) == topic


def test_topics_are_alphabetical_and_know_their_parts_by_frequency() -> None:
    notes = hinted("OSHA: plan", "labor laws: overtime", "HIPAA: access", "Labor laws: breaks", "")
    notes += hinted("Labor laws: breaks", domain="people")
    assert lookups.topics(notes) == (
        Topic("HIPAA", "law", 1, ("access",)),
        Topic("Labor laws", "law", 3, ("breaks", "overtime")),
        Topic("OSHA", "law", 1, ("plan",)),
    )


def test_notes_without_a_hint_name_no_topic() -> None:
    assert lookups.topics(hinted("", " ", ":")) == ()


# Which topics come next


def test_a_domain_is_as_strong_as_its_answers_or_else_as_what_was_seen_of_it() -> None:
    answered = DomainNumbers("law", Progress(0, 10, 0, 0), Tally(4, 10))
    begun = DomainNumbers("people", Progress(6, 1, 1, 2), Tally(0, 0))
    empty = DomainNumbers("none", Progress(0, 0, 0, 0), Tally(0, 0))
    strengths = lookups.strengths((answered, begun, empty))
    assert strengths == {"law": 0.4, "people": 0.2, "none": 0.0}


def chosen(known: Iterable[Topic], past: Iterable[Lookup], most: int = 9) -> list[str]:
    return names(lookups.choose(known, past, {"law": 0.9, "people": 0.2}, most))


def test_the_weakest_domain_comes_first_and_in_it_what_most_notes_point_to() -> None:
    known = (Topic("A", "law", 50), Topic("B", "people", 1), Topic("C", "people", 7))
    assert chosen(known, ()) == ["C", "B", "A"]
    assert chosen(known, (), most=2) == ["C", "B"]


def test_never_timed_comes_before_timed_and_then_the_longest_ago() -> None:
    known = [Topic(name, "law", 1) for name in "ABCD"]
    past = [looked_up("A", on=day(-1)), looked_up("B", on=day(-9)), looked_up("c", on=day(-3))]
    assert chosen(known, past) == ["D", "B", "C", "A"]


def test_of_topics_timed_on_one_day_the_weakest_domain_comes_first() -> None:
    known = (Topic("A", "law", 1), Topic("B", "people", 1))
    past = (looked_up("A", minute=0), looked_up("B", minute=5))
    assert chosen(known, past) == ["B", "A"]


def test_a_topic_of_a_domain_that_nothing_is_known_of_is_weak() -> None:
    assert chosen((Topic("A", "law", 1), Topic("B", "new", 1)), ()) == ["B", "A"]


@unhurried
@given(
    st.lists(st.sampled_from(NAMES), unique=True, min_size=1),
    st.integers(1, 9),
    st.data(),
)
def test_every_topic_has_its_turn_before_any_comes_again(
    drawn: list[str], rounds: int, data: st.DataObject
) -> None:
    domains = st.sampled_from(("law", "people", "billing"))
    known = [Topic(name, data.draw(domains), data.draw(st.integers(1, 50))) for name in drawn]
    strength = st.fixed_dictionaries({"law": st.floats(0, 1), "people": st.floats(0, 1)})
    past: list[Lookup] = []
    for sitting in range(ceil(len(known) / rounds)):
        asked = lookups.choose(known, past, data.draw(strength), rounds)
        assert len(asked) == min(rounds, len(known))
        assert len(set(asked)) == len(asked)
        past += [looked_up(topic.name, on=day(sitting)) for topic in asked]
    assert {lookup.topic for lookup in past} == set(drawn)


# What the look-ups say


def test_figures_count_what_was_found_in_under_the_limit() -> None:
    past = [looked_up(seconds=14.999), looked_up(seconds=15), looked_up(seconds=8)]
    assert lookups.figures(past) == Figures(3, 3, 2, 14_999)
    assert lookups.figures(past, limit_seconds=9) == Figures(3, 3, 1, 14_999)
    assert lookups.figures(()) == Figures(0, 0, 0, None)


def test_a_look_up_that_found_nothing_took_longer_than_any_other() -> None:
    lost = looked_up(seconds=3, is_found=False)
    assert lookups.figures([lost, looked_up(seconds=60), looked_up()]) == Figures(3, 2, 1, 60_000)
    assert lookups.figures([lost, looked_up()]) == Figures(2, 1, 1, inf)


def test_the_days_with_look_ups_are_told_apart() -> None:
    old, new = looked_up(on=day(-2)), looked_up("HIPAA")
    assert lookups.by_day((new, old)) == {day(-2): (old,), TODAY: (new,)}


def test_the_newest_look_ups_are_the_last_by_time() -> None:
    past = [looked_up(minute=minute) for minute in (5, 1, 9)]
    assert [each.started_at for each in lookups.newest(past, 2)] == [moment(5), moment(9)]


# The learner's own index


def test_the_index_is_alphabetical_with_the_page_typed_last() -> None:
    known = lookups.topics(hinted("OSHA: plan", "Labor laws: overtime", "HIPAA: access"))
    past = (
        looked_up(page="p. 200", on=day(-5)),
        looked_up("labor laws", seconds=20, page="p. 212", on=day(-4)),
        looked_up(seconds=6, is_found=False),
        looked_up("Aging", page="Tab 3"),
    )
    assert lookups.index(known, past) == (
        Entry("Aging", 0, "Tab 3", 1, 1, 10_000, TODAY),
        Entry("HIPAA", 1),
        Entry("Labor laws", 1, "p. 212", 3, 2, 20_000, TODAY),
        Entry("OSHA", 1),
    )


def test_the_median_of_a_topic_is_that_of_its_last_three() -> None:
    past = [looked_up(seconds=90, on=day(place - 9)) for place in range(5)]
    past += [looked_up(seconds=seconds, on=day(1)) for seconds in (8, 9, 30)]
    (entry,) = lookups.index((), past)
    assert (entry.lookups, entry.median_ms) == (8, 9000)


def test_the_slowest_topics_take_the_limit_or_longer() -> None:
    entries = (
        Entry("A", 1, median_ms=14_000),
        Entry("B", 1, median_ms=15_000),
        Entry("C", 1, median_ms=inf),
        Entry("D", 1),
        Entry("E", 1, median_ms=60_000),
    )
    assert names(lookups.slowest(entries, 5)) == ["C", "E", "B"]
    assert names(lookups.slowest(entries, 1)) == ["C"]
    assert names(lookups.slowest(entries, 5, limit_seconds=14)) == ["C", "E", "B", "A"]


def test_a_tab_is_worth_it_where_a_topic_was_slow_twice_and_has_none() -> None:
    entries = (
        Entry("Slow once", 90, lookups=1, median_ms=60_000),
        Entry("Quick", 90, lookups=5, median_ms=9_000),
        Entry("Has one", 90, "TAB 4", 5, median_ms=60_000),
        Entry("Rare", 2, "p. 9", 2, median_ms=90_000),
        Entry("Frequent", 40, None, 2, median_ms=16_000),
        Entry("Lost", 2, None, 2, median_ms=inf),
    )
    assert names(lookups.worth_a_tab(entries, 5)) == ["Frequent", "Lost", "Rare"]
    assert names(lookups.worth_a_tab(entries, 1)) == ["Frequent"]


pasts = st.lists(
    st.builds(
        looked_up,
        st.sampled_from((*NAMES, "labor  laws", "HIPAA ")),
        st.floats(0, 600),
        page=st.sampled_from((None, None, "p. 1", "p. 2", "Tab 3")),
        is_found=st.booleans(),
        minute=st.integers(0, 400),
    ),
    max_size=20,
)


@unhurried
@given(pasts, st.lists(st.sampled_from(NAMES), unique=True))
def test_index_and_figures_agree_with_the_log_however_it_is_ordered(
    past: list[Lookup], drawn: list[str]
) -> None:
    past = [replace(each, uid=f"{place:032x}") for place, each in enumerate(past)]
    known = [Topic(name, "law", 1) for name in drawn]
    entries = lookups.index(known, past)
    assert entries == lookups.index(known, past[::-1])
    keys = [lookups.key_of(entry.topic) for entry in entries]
    assert keys == sorted(set(keys))
    assert sum(entry.lookups for entry in entries) == len(past)
    assert sum(entry.found for entry in entries) == lookups.figures(past).found
    pages = {lookups.key_of(entry.topic): entry.page for entry in entries if entry.page}
    assert pages == lookups.pages(past)


# Pages beside cards


def test_a_hint_has_the_page_of_its_topic_behind_it() -> None:
    pages = lookups.pages([looked_up(page="p. 212"), looked_up("OSHA", page=None)])
    hint = "Labor Laws: FLSA salary level"
    page = lookups.page_of(hint, pages)
    assert page == "p. 212"
    assert lookups.with_page(hint, page) == "Labor Laws: FLSA salary level (p. 212)"
    assert lookups.with_page("OSHA: plan", None) == "OSHA: plan"
    assert lookups.with_page("", page) == ""
    assert lookups.page_of("", pages) is None
    assert lookups.page_of("OSHA", pages) is None


def test_a_number_alone_is_a_page() -> None:
    assert lookups.pages([looked_up(page="212")]) == {"labor laws": "p. 212"}
    assert [lookups.page_words(typed) for typed in ("Tab 3", "4-7")] == ["Tab 3", "4-7"]


def test_look_ups_of_one_instant_are_in_one_order_on_every_computer() -> None:
    one, two = replace(looked_up(page="p. 1"), uid="1"), replace(looked_up(page="p. 2"), uid="2")
    assert lookups.pages((one, two)) == lookups.pages((two, one)) == {"labor laws": "p. 2"}
