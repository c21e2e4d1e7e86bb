"""The queue of a study day: its parts, their order, the limits."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from datetime import timedelta
from fractions import Fraction
from math import ceil
from math import floor
from math import inf

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.study.day import order
from cmom_srs.study.day import queue
from cmom_srs.study.day import session
from cmom_srs.study.day import weekdays
from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.limits import pace_seconds
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.day.queue import DayQueue
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import ReviewKind
from tests.support.builders import REVERSIBLE
from tests.support.builders import TODAY
from tests.support.builders import Past
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import cloze
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import fails
from tests.support.builders import limits as any_limits
from tests.support.builders import note
from tests.support.builders import pasts
from tests.support.builders import repeats
from tests.support.builders import seen
from tests.support.builders import unhurried

FACTS = facts(40)
NOTHING = DayLog()
NO_LIMITS = Limits()
thorough = settings(unhurried, max_examples=50)


def card(place: int, domain: str = "billing") -> CardId:
    return CardId(f"{domain}-{place:02}", 1)


def names(cards: tuple[CardId, ...]) -> list[str]:
    return [str(each) for each in cards]


def build(
    cards: tuple[Card, ...] = FACTS,
    states: dict[CardId, CardState] | None = None,
    log: DayLog = NOTHING,
    limits: Limits = NO_LIMITS,
) -> DayQueue:
    return queue.build(states or {}, cards, log, TODAY, limits)


def new_cards(limits: Limits, cards: tuple[Card, ...] = FACTS, log: DayLog = NOTHING) -> int:
    return len(build(cards, limits=limits, log=log).first)


# The order of the day (rules 2 and 3)


def test_a_day_is_new_cards_then_due_ones_then_the_rest_of_the_new() -> None:
    states = {card(0): seen(10, days_ago=10)}
    limits = Limits(new_cards=3, minutes=2, first_sight_seconds=35)
    assert build(FACTS[:5], states, limits=limits).first == (card(1), card(2), card(0), card(3))


def test_without_minutes_all_new_cards_come_before_the_due_ones() -> None:
    states = {card(0): seen(10, days_ago=10)}
    assert build(FACTS[:4], states).first == (card(1), card(2), card(3), card(0))


def test_due_cards_come_by_the_share_of_their_wait_that_is_over_then_by_id() -> None:
    states = {
        card(0): seen(10, days_ago=12),
        card(1): seen(2, days_ago=6),
        card(2): seen(100, days_ago=99),
        card(3): seen(5, days_ago=6),
        card(4): seen(100, days_ago=300),
    }
    assert build(FACTS[:5], states).first == (card(1), card(4), card(0), card(3))


def test_a_card_that_was_pulled_forward_comes_before_the_due_ones() -> None:
    states = {
        card(0): seen(2, days_ago=20),
        card(1): replace(seen(90, days_ago=1), pulled_on=TODAY),
        card(2): CardState(pulled_on=TODAY),
    }
    assert build(FACTS[:3], states).first == (card(2), card(1), card(0))


def test_the_weightiest_domain_of_an_exam_is_repaired_first() -> None:
    cards = facts(2, "billing") + facts(2, "law")
    pulled = CardState(pulled_on=TODAY)
    states = {each.id: pulled for each in cards} | {cards[3].id: replace(seen(9), pulled_on=day(1))}
    limits = Limits(new_cards=4, weights={"billing": 30, "law": 70})
    first = build(cards, states, limits=limits).first
    assert first[0] == cards[2].id
    assert first[1:] == (cards[0].id, cards[1].id)
    heavier = build(cards, states, limits=replace(limits, weights={"billing": 70, "law": 30}))
    assert heavier.first == (cards[0].id, cards[1].id, cards[2].id)


def test_of_the_cards_pulled_forward_only_the_unseen_are_new_cards_of_the_day() -> None:
    pulled = replace(seen(90, days_ago=1), pulled_on=TODAY)
    limits = Limits(new_cards=1)
    assert build(FACTS[:2], {card(0): pulled}, limits=limits).first == (card(1), card(0))
    unseen = {card(0): CardState(pulled_on=TODAY)}
    assert build(FACTS[:2], unseen, limits=limits).first == (card(0),)


def test_cards_not_yet_due_are_asked_last_and_only_if_asked_for() -> None:
    states = {card(0): seen(10, days_ago=9), card(1): seen(10, days_ago=2)}
    assert build(FACTS[:2], states) == DayQueue((), (), ())
    limits = Limits(is_ahead=True)
    assert build(FACTS[:2], states, limits=limits) == DayQueue((), (), (card(0), card(1)))


def test_an_exam_makes_cards_due_sooner() -> None:
    states = {card(0): seen(100, days_ago=20)}
    assert build(FACTS[:1], states).first == ()
    assert build(FACTS[:1], states, limits=Limits(horizon=Horizon(day(20)))).first == (card(0),)


def test_the_plan_is_first_answers_then_repeats_then_cards_ahead() -> None:
    states = {card(0): seen(1), card(1): seen(10, days_ago=9), card(2): seen(1, days_ago=1)}
    planned = session.plan(
        states, FACTS[:4], DayLog((fails(card(0)),)), TODAY, Limits(is_ahead=True)
    )
    assert planned == (card(3), card(2), card(0), card(1))


# How many new cards (rule 3)


def test_twenty_new_cards_a_day_unless_the_learner_says() -> None:
    assert new_cards(Limits()) == 20
    assert new_cards(Limits(new_cards=15)) == 15
    assert new_cards(Limits(new_cards=20, asked_new_cards=0)) == 0
    assert new_cards(Limits(new_cards=0, asked_new_cards=7)) == 7


def test_those_introduced_today_count() -> None:
    log = DayLog((answers(card(0)), answers(card(1))), frozenset({card(0), card(1)}))
    assert new_cards(Limits(new_cards=5), log=log) == 3
    assert new_cards(Limits(new_cards=1), log=log) == 0


def test_a_plan_sees_every_card_half_way_to_the_exam() -> None:
    limits = Limits(minutes=60, horizon=Horizon(day(40)))
    assert new_cards(limits) == 2  # 40 cards in the 20 days to the middle
    assert new_cards(replace(limits, start_on=day(-10))) == 3  # 15 of the 25 days are left
    assert new_cards(replace(limits, horizon=Horizon(day(41)))) == 2
    assert new_cards(replace(limits, horizon=Horizon(day(39)))) == 3  # ceil(40 / 19)


def test_a_plan_behind_half_way_asks_for_all_that_are_left() -> None:
    assert new_cards(Limits(minutes=60, horizon=Horizon(day(10)), start_on=day(-30))) == 40
    assert new_cards(Limits(minutes=60, horizon=Horizon(day(1)))) == 40


def test_a_plan_counts_the_cards_unseen_when_the_day_began() -> None:
    log = DayLog((answers(card(0)),), frozenset({card(0)}))
    limits = Limits(minutes=60, horizon=Horizon(day(40)))  # two a day for 21 cards, one for 20
    assert build(FACTS[:21], {card(0): seen(1)}, log, limits).first == (card(1),)


def test_a_plan_does_not_count_suspended_cards() -> None:
    states = {card(place): CardState(is_suspended=True) for place in range(20)}
    assert len(build(states=states, limits=Limits(minutes=60, horizon=Horizon(day(40)))).first) == 1


def test_a_plan_does_not_count_cards_seen_before_today() -> None:
    states = {card(place): seen(90) for place in range(20)}
    assert len(build(states=states, limits=Limits(minutes=60, horizon=Horizon(day(40)))).first) == 1


def test_without_an_exam_date_the_setting_holds() -> None:
    assert new_cards(Limits(minutes=60)) == 20


def test_a_date_alone_makes_a_plan() -> None:
    assert new_cards(Limits(horizon=Horizon(day(40)))) == 2


def test_without_minutes_a_missed_week_makes_no_wall() -> None:
    behind = Limits(horizon=Horizon(day(10)), start_on=day(-30))
    assert new_cards(behind) == 10  # 40 cards in a third of ten days, rounded up to four
    assert new_cards(replace(behind, minutes=60)) == 40


def test_minutes_of_a_sitting_alone_do_not_make_it_a_plan_with_minutes() -> None:
    behind = Limits(horizon=Horizon(day(10)), start_on=day(-30), minutes=60)
    assert new_cards(replace(behind, bounds_session=True)) == 10
    assert new_cards(behind) == 40


def test_a_plan_counts_only_the_days_on_which_one_studies() -> None:
    weekends = Limits(minutes=60, horizon=Horizon(day(40)), study_days=("sat", "sun"))
    assert new_cards(weekends) == 7  # 40 cards on six of the 20 days to the middle
    assert new_cards(replace(weekends, start_on=day(-30))) == 40
    assert new_cards(replace(weekends, start_on=day(-30), minutes=None)) == 10  # a third of twelve


def test_what_is_kept_back_is_in_no_queue_and_counts_in_no_pace_until_its_day_is_over() -> None:
    kept = frozenset(card(place).note_id for place in range(20))
    limits = Limits(
        minutes=60, horizon=Horizon(day(40)), kept_back=KeptBack(kept, TODAY), is_ahead=True
    )
    assert build(limits=limits).first == (card(20),)
    assert len(build(limits=replace(limits, kept_back=KeptBack(kept, day(-1)))).first) == 2


def test_what_was_seen_before_it_was_kept_back_is_asked_as_ever() -> None:
    limits = Limits(kept_back=KeptBack(frozenset({card(0).note_id}), TODAY), new_cards=0)
    assert build(states={card(0): seen(1, days_ago=1)}, limits=limits).first == (card(0),)


def test_the_learners_word_goes_before_the_plan() -> None:
    assert new_cards(Limits(minutes=60, horizon=Horizon(day(40)), asked_new_cards=9)) == 9


@pytest.mark.parametrize(
    ("minutes", "pace", "before_due"),
    [(0, 35, 0), (1, 35, 1), (10, 35, 9), (10, 20, 15), (7, 35, 6), (10, 33, 10)],
)
def test_the_first_new_cards_take_half_of_the_minutes(
    minutes: float, pace: float, before_due: int
) -> None:
    states = {card(0): seen(1, days_ago=1)}
    limits = Limits(minutes=minutes, first_sight_seconds=pace)
    assert build(states=states, limits=limits).first.index(card(0)) == before_due
    assert len(build(states=states, limits=limits).first) == 21


def test_with_an_exam_as_many_come_first_as_see_all_cards_in_three_quarters_of_the_days() -> None:
    states = {card(0): seen(9, days_ago=9)}
    limits = Limits(minutes=1, horizon=Horizon(day(16)))  # 39 cards: five a day to the middle
    assert build(states=states, limits=limits).first.index(card(0)) == 4  # in twelve days
    assert len(build(states=states, limits=limits).first) == 6
    roomy = replace(limits, minutes=60)
    assert build(states=states, limits=roomy).first.index(card(0)) == 5


def test_new_cards_introduced_today_count_among_the_first() -> None:
    states = {card(0): seen(1, days_ago=1), card(1): seen(1), card(2): seen(1)}
    log = DayLog((answers(card(1)), answers(card(2))), frozenset({card(1), card(2)}))
    limits = Limits(minutes=6, new_cards=10)  # six before the due ones
    assert build(states=states, log=log, limits=limits).first.index(card(0)) == 4


def test_a_pace_is_the_learners_mean_after_thirty_timed_answers() -> None:
    assert pace_seconds([9_000] * 29, 35.0) == 35
    assert pace_seconds([9_000] * 29 + [39_000], 35.0) == 10
    assert pace_seconds([0] * 100, 35.0) == 35
    assert pace_seconds([0] * 100 + [8_000] * 30, 35.0) == 8


# Introduction (rule 5)


def test_new_cards_come_in_the_proportions_of_the_exam() -> None:
    cards = facts(4, "billing") + facts(4, "law")
    first = build(cards, limits=Limits(weights={"billing": 75, "law": 25})).first
    assert names(first) == [
        "billing-00/1",
        "billing-01/1",
        "law-00/1",  # 0.5 / 25 as 1.5 / 75: the domain's key decides
        "billing-02/1",
        "billing-03/1",
        "law-01/1",
        "law-02/1",
        "law-03/1",
    ]


def test_within_a_domain_decks_come_by_name_and_notes_as_written() -> None:
    cards = cards_of(
        note("z", deck="appeals", position=0),
        note("y", deck="appeals", position=1),
        note("a", deck="billing", position=0),
    )
    assert names(build(cards[::-1]).first) == ["z/1", "y/1", "a/1"]


def test_a_place_in_the_domain_counts_the_notes_that_are_seen() -> None:
    cards = facts(3, "billing") + facts(1, "law")
    limits = Limits(weights={"billing": 50, "law": 50})
    states = {card(0): seen(9), card(1): seen(9)}
    assert build(cards, states, limits=limits).first == (card(0, "law"), card(2))


def test_at_the_same_place_the_domain_decides_before_the_ordinal() -> None:
    cards = cards_of(note("z", REVERSIBLE, "billing")) + facts(1, "law")
    limits = Limits(weights={"billing": 50, "law": 50})
    states = {cards[0].id: CardState(is_suspended=True)}
    assert names(build(cards, states, limits=limits).first) == ["z/2", "law-00/1"]


def test_a_domain_without_a_weight_comes_last() -> None:
    cards = facts(1, "billing") + facts(2, "law")
    assert names(build(cards, limits=Limits(weights={"law": 10})).first) == [
        "law-00/1",
        "law-01/1",
        "billing-00/1",
    ]


def test_the_smallest_weight_comes_before_none_however_many_cards_there_are() -> None:
    cards = facts(3, "people") + facts(1, "law")
    assert names(build(cards, limits=Limits(weights={"people": 1})).first) == [
        "people-00/1",
        "people-01/1",
        "people-02/1",
        "law-00/1",
    ]


def test_at_the_same_urgency_first_cards_come_before_their_sisters_and_then_as_written() -> None:
    cards = cards_of(note("b", REVERSIBLE, position=0), note("a", REVERSIBLE, position=1))
    ordered = order.in_proportion(cards[::-1], cards, Limits())
    assert names(ordered) == ["b/1", "a/1", "b/2", "a/2"]


# Sisters (rule 7)

SISTERS = cards_of(note("log", cloze(1, 2, 3)))
FIRST, SECOND, THIRD = (sister.id for sister in SISTERS)


def test_of_new_sisters_the_first_is_asked() -> None:
    assert build(SISTERS).first == (FIRST,)


def test_of_sisters_the_one_that_comes_first_in_the_days_order_is_asked() -> None:
    states = {SECOND: seen(1, days_ago=3)}
    assert build(SISTERS, states).first == (FIRST,)  # all new cards come before the due ones
    short = Limits(minutes=0)  # none does
    assert build(SISTERS, states, limits=short).first == (SECOND,)
    assert build(SISTERS, states, limits=Limits(new_cards=0)).first == (SECOND,)


def test_a_sister_that_an_exam_pulled_is_asked_whatever_the_others_are() -> None:
    states = {SECOND: seen(1, days_ago=3), THIRD: replace(seen(90, days_ago=1), pulled_on=TODAY)}
    assert build(SISTERS, states).first == (THIRD,)
    states[THIRD] = CardState(pulled_on=TODAY)
    assert build(SISTERS, states).first == (THIRD,)


def test_of_due_sisters_the_most_overdue_is_asked() -> None:
    states = {FIRST: seen(10, days_ago=10), SECOND: seen(1, days_ago=9)}
    assert build(SISTERS, states, limits=Limits(new_cards=0)).first == (SECOND,)


def test_a_due_card_that_the_minutes_never_reach_hides_no_new_sister() -> None:
    overdue = {card(place): seen(1, days_ago=50) for place in range(1, 20)}
    states = {SECOND: seen(10, days_ago=10), **overdue}
    limits = Limits(minutes=2)
    first = build(SISTERS + FACTS[1:20], states, limits=limits).first
    assert first[0] == FIRST


def test_no_sister_of_an_answered_card_is_asked_the_same_day() -> None:
    states = {FIRST: seen(1)}
    assert build(SISTERS, states, DayLog((answers(FIRST),))).first == ()
    assert build(SISTERS, states, limits=Limits(is_ahead=True)).first == (SECOND,)


def test_a_cram_hides_no_sister() -> None:
    assert build(SISTERS, log=DayLog((crams(SECOND),))).first == (FIRST,)


def test_a_suspended_or_buried_card_gives_its_place_to_a_sister() -> None:
    assert build(SISTERS, {FIRST: CardState(is_suspended=True)}).first == (SECOND,)
    assert build(SISTERS, {FIRST: CardState(buried_on=TODAY)}).first == (SECOND,)
    assert build(SISTERS, {FIRST: CardState(buried_on=day(-1))}).first == (FIRST,)


# Repeats (rule 4)


def failed(*places: int, minute: int = 0) -> tuple[DayLog, dict[CardId, CardState]]:
    log = tuple(fails(card(place), minute=minute + place) for place in places)
    return DayLog(log), {card(place): seen(1) for place in places}


def test_cards_that_failed_today_are_repeated_in_the_order_of_answering() -> None:
    log, states = failed(0, 1, 2)
    again = replace(log, answers=(*log.answers, repeats(card(0), 1, minute=9)))
    limits = Limits(new_cards=0)
    assert build(states=states, log=again, limits=limits).repeats == (card(1), card(2), card(0))


def test_a_repeat_that_is_passed_once_is_over() -> None:
    log, states = failed(0, 1)
    again = replace(log, answers=(*log.answers, repeats(card(0), 3, minute=9)))
    assert build(states=states, log=again).repeats == (card(1),)


@pytest.mark.parametrize(("repeat_below", "is_repeated"), [(0, False), (3, False), (4, True)])
def test_the_learner_chooses_below_which_grade_a_card_is_repeated(
    repeat_below: int, is_repeated: bool
) -> None:
    log = DayLog((answers(card(0), 3),))
    built = build(states={card(0): seen(1)}, log=log, limits=Limits(repeat_below=repeat_below))
    assert built.repeats == ((card(0),) if is_repeated else ())


def test_a_cram_makes_no_repeat_and_ends_none() -> None:
    log, states = failed(0)
    crammed = replace(log, answers=(*log.answers, crams(card(0), 5, minute=5), crams(card(1), 0)))
    assert build(states=states, log=crammed).repeats == (card(0),)


def test_a_failed_card_that_is_put_aside_or_gone_is_not_repeated() -> None:
    log, states = failed(0, 1, 2)
    states[card(0)] = replace(states[card(0)], is_suspended=True)
    states[card(1)] = replace(states[card(1)], buried_on=TODAY)
    assert build(FACTS[:2], states, log).repeats == ()


def test_no_new_cards_hides_no_repeat() -> None:
    log, states = failed(0, 1)
    assert build(states=states, log=log, limits=Limits(asked_new_cards=0)) == DayQueue(
        (), (card(0), card(1)), ()
    )


# The limit of answers


def test_a_limit_counts_first_answers_and_leaves_the_repeats_for_later() -> None:
    log, states = failed(0)
    assert build(states=states, log=log, limits=Limits(answers=2)) == DayQueue(
        (card(1), card(2)), (), (), is_cut=True
    )


def test_a_limit_that_cuts_nothing_keeps_the_repeats() -> None:
    log, states = failed(0)
    limits = Limits(answers=2, new_cards=2)
    assert build(states=states, log=log, limits=limits) == DayQueue(
        (card(1), card(2)), (card(0),), ()
    )


def test_cards_ahead_count_among_the_first_answers() -> None:
    states = {card(place): seen(10, days_ago=5) for place in range(5)}
    limits = Limits(answers=4, new_cards=2, is_ahead=True)
    assert build(FACTS[:8], states, limits=limits).ahead == (card(0), card(1))


# Filters, crams


def test_a_filter_asks_its_notes_alone() -> None:
    limits = Limits(only=frozenset({"billing-03", "billing-05"}))
    assert build(limits=limits).first == (card(3), card(5))


def test_any_cards_can_be_put_by_urgency_the_unseen_last_as_written() -> None:
    states = {card(2): seen(10, days_ago=5), card(3): seen(10, days_ago=9)}
    ordered = order.by_urgency(states, FACTS[3::-1], TODAY, Limits())
    assert ordered == (card(3), card(2), card(0), card(1))


def test_cards_stand_by_domain_then_deck_then_place_then_note_then_ordinal() -> None:
    written = cards_of(
        note("z", domain="billing", deck="z", position=9),
        note("y", domain="law", deck="a", position=9),
        note("x", domain="law", deck="b", position=1),
        note("a", REVERSIBLE, domain="law", deck="b", position=2),
        note("b", domain="law", deck="b", position=2),
    )
    ordered = order.by_urgency({}, written[::-1], TODAY, Limits())
    assert ordered == tuple(each.id for each in written)


def test_seen_cards_come_by_the_share_of_their_wait_that_is_over_then_by_id() -> None:
    states = {
        card(3): seen(10, days_ago=20),
        card(0): seen(10, days_ago=5),
        card(2): seen(2, days_ago=10),
        card(1): seen(10, days_ago=20),
    }
    ordered = order.by_overdueness(states, TODAY, Horizon())
    assert ordered == (card(2), card(1), card(3), card(0))


# The rules, step by step


def by_the_rules(past: Past, limits: Limits) -> DayQueue:
    """The same queue, worked out from the words of the rules with exact fractions."""
    states, log = past.states, past.log
    counted = [answer for answer in log.answers if answer.kind is not ReviewKind.CRAM]
    open_cards = [
        each.id
        for each in past.cards
        if each.id not in put_aside(past, limits) and states[each.id].buried_on != TODAY
    ]
    waiting = {
        each: part_of(states[each], limits)
        for each in open_cards
        if each.note_id not in {answer.card.note_id for answer in counted}
    }

    def in_part(part: str) -> list[CardId]:
        found = [each for each in waiting if waiting[each][0] == part]
        return sorted(found, key=lambda each: (-waiting[each][1], each))

    new = sorted(in_part("new"), key=dict(introduction(past, limits)).__getitem__)
    domains = {each.id: each.note.domain for each in past.cards}
    pulled = in_part("pulled")
    pulled.sort(key=lambda each: -limits.weights.get(domains[each], 0))
    pulled_new = {each.note_id for each in pulled if states[each].is_new}
    introduced = len(log.introduced) + len(pulled_new)
    of_day = new_of_day(past, limits)
    before = max(0, of_day - introduced)
    if limits.minutes is not None:
        of_minutes = ceil(Fraction(limits.minutes) * 30 / Fraction(limits.first_sight_seconds))
        before = max(0, min(of_day, max(of_minutes, needed_of_day(past, limits))) - introduced)
    asked = {"pulled": first_of_each_note(pulled, ())}
    asked["before"] = first_of_each_note(new, asked.values())[:before]
    asked["due"] = first_of_each_note(in_part("due"), asked.values())
    more = max(0, of_day - introduced) - len(asked["before"])
    asked["after"] = first_of_each_note(new, asked.values())[: max(0, more)]
    asked["ahead"] = first_of_each_note(in_part("ahead"), asked.values())
    last_answers = {answer.card: place for place, answer in enumerate(counted)}
    failed_ids = [
        each
        for each in sorted(last_answers, key=last_answers.__getitem__)
        if counted[last_answers[each]].grade < limits.repeat_below and each in open_cards
    ]
    return DayQueue(
        tuple(each for part in ("before", "pulled", "due", "after") for each in asked[part]),
        tuple(failed_ids),
        tuple(asked["ahead"]) if limits.is_ahead else (),
    )


def put_aside(past: Past, limits: Limits) -> set[CardId]:
    """The suspended cards, and the new ones that are kept back until today or later."""
    kept = limits.kept_back
    is_on = kept.until is not None and kept.until >= TODAY
    return {
        card
        for card, state in past.states.items()
        if state.is_suspended
        or (is_on and state.last_reviewed_on is None and card.note_id in kept.notes)
    }


def study_days_before(end: date, limits: Limits) -> int:
    stretch = (day(offset) for offset in range((end - TODAY).days))
    return sum(weekdays.NAMES[each.weekday()] in limits.study_days for each in stretch)


def first_of_each_note(cards: Iterable[CardId], taken: Iterable[Iterable[CardId]]) -> list[CardId]:
    names = {each.note_id for part in taken for each in part}
    found: dict[str, CardId] = {}
    for each in cards:
        if each.note_id not in names:
            found.setdefault(each.note_id, each)
    return list(found.values())


def part_of(state: CardState, limits: Limits) -> tuple[str, Fraction | float]:
    last = state.last_reviewed_on
    if last is None:
        return ("pulled" if state.pulled_on else "new", inf)
    wait = state.memory.interval_days
    if limits.horizon.exam_on:
        wait = min(wait, max(5, (limits.horizon.exam_on - last).days // 2))
    if limits.horizon.longest_days:
        wait = min(wait, limits.horizon.longest_days)
    share = Fraction((TODAY - last).days, wait)
    if state.pulled_on and last < state.pulled_on:
        return ("pulled", share)
    return ("due" if share >= 1 else "ahead", share)


def introduction(past: Past, limits: Limits) -> Iterator[tuple[CardId, tuple[object, ...]]]:
    notes = {each.note.id: each.note for each in past.cards}
    place: Counter[str] = Counter()
    for each in sorted(notes.values(), key=lambda each: (each.domain, each.deck, each.position)):
        weight = limits.weights[each.domain]
        share = Fraction(2 * place[each.domain] + 1, 2 * weight) if weight else inf
        for ordinal in range(1, 5):
            yield CardId(each.id, ordinal), (share, each.domain, ordinal, place[each.domain])
        place[each.domain] += 1


def unseen_this_morning(past: Past, limits: Limits) -> int:
    states, introduced = past.states, past.log.introduced
    return sum(
        each.id in introduced
        or (states[each.id].last_reviewed_on is None and each.id not in put_aside(past, limits))
        for each in past.cards
    )


def needed_of_day(past: Past, limits: Limits) -> int:
    if limits.horizon.exam_on is None:
        return 0
    days = floor(Fraction(3, 4) * study_days_before(limits.horizon.exam_on, limits))
    return ceil(Fraction(unseen_this_morning(past, limits), max(1, days)))


def new_of_day(past: Past, limits: Limits) -> int:
    if limits.asked_new_cards is not None:
        return limits.asked_new_cards
    exam_on = limits.horizon.exam_on
    if exam_on is None:
        return limits.new_cards
    unseen = unseen_this_morning(past, limits)
    start = limits.start_on or TODAY
    days = study_days_before(start + timedelta(days=(exam_on - start).days // 2), limits)
    if limits.minutes is None:
        days = max(days, ceil(Fraction(study_days_before(exam_on, limits), 3)))
    return ceil(Fraction(unseen, max(1, days)))


@thorough
@given(past=pasts(), limits=any_limits())
def test_the_queue_is_what_the_rules_say(past: Past, limits: Limits) -> None:
    built = queue.build(past.states, past.cards, past.log, TODAY, limits)
    assert built == by_the_rules(past, limits)


# Invariants


def plan(past: Past, limits: Limits) -> tuple[CardId, ...]:
    return session.plan(past.states, past.cards, past.log, TODAY, limits)


@thorough
@given(past=pasts(), limits=any_limits(), data=st.data())
def test_a_queue_is_the_same_for_any_order_of_its_input(
    past: Past, limits: Limits, data: st.DataObject
) -> None:
    cards = data.draw(st.permutations(past.cards))
    states = dict(data.draw(st.permutations(list(past.states.items()))))
    weights = dict(reversed(list(limits.weights.items())))
    mixed = session.plan(states, cards, past.log, TODAY, replace(limits, weights=weights))
    assert mixed == plan(past, limits)


@thorough
@given(past=pasts(), limits=any_limits(), fewer=st.integers(0, 30), more=st.integers(0, 60))
def test_more_minutes_take_no_seen_note_out_and_make_no_fewer_new_cards(
    past: Past, limits: Limits, fewer: int, more: int
) -> None:
    """With more of them a new card may take the place of its due sister, and of a new card."""

    def built(minutes: int) -> tuple[CardId, ...]:
        bounds = replace(limits, minutes=minutes)
        return queue.build(past.states, past.cards, past.log, TODAY, bounds).first

    def new(cards: Iterable[CardId]) -> set[CardId]:
        return {each for each in cards if past.states[each].is_new}

    with_fewer, with_more = built(fewer), built(fewer + more)
    seen = {each.note_id for each in set(with_fewer) - new(with_fewer)}
    assert seen <= {each.note_id for each in with_more}
    assert len(new(with_fewer)) <= len(new(with_more))


def notes_of(cards: Iterable[CardId]) -> set[str]:
    return {each.note_id for each in cards}


@thorough
@given(past=pasts(), limits=any_limits(), minutes=st.integers(0, 30))
def test_without_an_exam_new_cards_take_at_most_half_of_the_minutes_and_one_card_before_due_ones(
    past: Past, limits: Limits, minutes: int
) -> None:
    limits = replace(limits, minutes=minutes, horizon=Horizon())
    states = past.states
    before_due = 0
    first = queue.build(states, past.cards, past.log, TODAY, limits).first
    if any(not is_plainly_new(states[each]) for each in first):
        before_due = [is_plainly_new(states[each]) for each in first].index(False)
    assert before_due * limits.first_sight_seconds <= minutes * 30 + limits.first_sight_seconds


def is_plainly_new(state: CardState) -> bool:
    return state.is_new and state.pulled_on is None


@thorough
@given(past=pasts(), limits=any_limits())
def test_a_repeat_never_comes_before_a_due_card(past: Past, limits: Limits) -> None:
    answered = {answer.card for answer in past.log.answers if answer.kind is not ReviewKind.CRAM}
    parts = [each in answered for each in plan(past, replace(limits, is_ahead=False))]
    assert parts == sorted(parts)


@thorough
@given(past=pasts(), limits=any_limits(), moved_to=st.none() | st.integers(1, 60).map(day))
def test_moving_the_exam_and_moving_it_back_changes_nothing(
    past: Past, limits: Limits, moved_to: date | None
) -> None:
    states = dict(past.states)
    before = session.plan(states, past.cards, past.log, TODAY, limits)
    session.plan(states, past.cards, past.log, TODAY, replace(limits, horizon=Horizon(moved_to)))
    assert session.plan(states, past.cards, past.log, TODAY, limits) == before
    assert states == past.states


@thorough
@given(past=pasts(), limits=any_limits())
def test_a_day_asks_one_card_of_a_note_and_none_that_is_put_aside(
    past: Past, limits: Limits
) -> None:
    built = queue.build(past.states, past.cards, past.log, TODAY, limits)
    answered = {answer.card for answer in past.log.answers if answer.kind is not ReviewKind.CRAM}
    asked = [*built.first, *built.ahead, *answered]
    for name, count in Counter(each.note_id for each in built.first + built.ahead).items():
        assert count == 1
        assert sum(each.note_id == name for each in asked) == 1
    assert not (past.suspended | past.buried) & {*plan(past, limits)}


@thorough
@given(past=pasts(), limits=any_limits(), fewer=st.integers(0, 10), more=st.integers(0, 10))
def test_raising_a_limit_only_adds(past: Past, limits: Limits, fewer: int, more: int) -> None:
    raised_to = fewer + more
    for low, high in (
        (replace(limits, new_cards=fewer), replace(limits, new_cards=raised_to)),
        (replace(limits, asked_new_cards=fewer), replace(limits, asked_new_cards=raised_to)),
        (replace(limits, answers=fewer), replace(limits, answers=raised_to)),
    ):
        assert notes_of(plan(past, low)) <= notes_of(plan(past, high))


@thorough
@given(past=pasts(), limits=any_limits())
def test_a_limit_of_answers_keeps_the_order(past: Past, limits: Limits) -> None:
    everything = queue.build(past.states, past.cards, past.log, TODAY, limits)
    cut = queue.build(past.states, past.cards, past.log, TODAY, replace(limits, answers=3))
    assert cut.first + cut.ahead == (everything.first + everything.ahead)[:3]
    assert cut.repeats == (() if cut.is_cut else everything.repeats)


@thorough
@given(past=pasts(), limits=any_limits())
def test_no_new_cards_never_hides_a_repeat(past: Past, limits: Limits) -> None:
    built = queue.build(past.states, past.cards, past.log, TODAY, limits)
    without = queue.build(
        past.states, past.cards, past.log, TODAY, replace(limits, asked_new_cards=0)
    )
    assert without.repeats == built.repeats


@thorough
@given(past=pasts(), limits=any_limits(), sizes=st.lists(st.integers(1, 4), max_size=6))
def test_a_day_in_several_sessions_asks_what_one_session_asks(
    past: Past, limits: Limits, sizes: list[int]
) -> None:
    limits = replace(limits, is_ahead=False, repeat_below=0)
    at_once = queue.build(past.states, past.cards, past.log, TODAY, limits).first
    asked: list[CardId] = []
    for size in [*sizes, len(past.cards)]:
        now = queue.build(past.states, past.cards, past.log, TODAY, limits).first[:size]
        asked += now
        given = tuple(
            answers(each, minute=600 + len(past.answers) + place) for place, each in enumerate(now)
        )
        past = replace(past, answers=(*past.answers, *given))
    assert asked == list(at_once)


def test_a_card_without_a_state_is_new() -> None:
    states = {each.id: NEVER_ANSWERED for each in FACTS}
    assert build(states=states) == build()
