"""What of the cards seen before was still known, by domain and by the days gone by."""

from dataclasses import replace

from hypothesis import given

from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.stats.bands import Band
from cmom_srs.study.stats.retention import retention
from cmom_srs.study.stats.spacing import Spaced
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.tally import Tally
from tests.support.builders import DOMAINS
from tests.support.builders import Past
from tests.support.builders import answers
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import fails
from tests.support.builders import pasts
from tests.support.builders import repeats
from tests.support.builders import unhurried

CARDS = (*facts(2), *facts(1, domain="law", deck="acts"))
A, B, LAW = (card.id for card in CARDS)


def test_the_days_between_answers_are_those_that_went_by() -> None:
    first, late, early = answers(A, on=day(-40)), answers(A, on=day(-9)), answers(A, on=day(-7))
    assert spaced([early, first, late]) == (Spaced(first, None), Spaced(late, 31), Spaced(early, 2))


def test_repeats_and_crams_neither_count_nor_part_the_days() -> None:
    first, second = fails(A, on=day(-6)), answers(A)
    log = [first, repeats(A, minute=5, on=day(-6)), crams(A, on=day(-1)), second]
    assert spaced(log) == (Spaced(first, None), Spaced(second, 6))


def test_a_first_sight_is_no_matter_of_retention() -> None:
    assert retention(spaced([answers(A), fails(LAW)]), CARDS, DOMAINS).whole == Tally(0, 0)


def test_retention_is_parted_by_domain_and_by_the_days_gone_by() -> None:
    log = [
        answers(A, on=day(-100)),
        answers(A, on=day(-55)),  # 45 days
        fails(A, on=day(-11)),  # 44
        answers(A, on=day(-10)),  # 1
        answers(LAW, on=day(-8)),
        answers(LAW, 3, on=day(-6)),  # 2
        replace(answers(LAW, 5), is_right=False),  # 6
        answers(B, on=day(-21)),
        answers(B, on=day(-7)),  # 14
        answers(B),  # 7
    ]
    found = retention(spaced(log), CARDS, ("people", "law", "billing"))
    assert list(found.by_domain.items()) == [
        ("people", Tally(0, 0)),
        ("law", Tally(1, 2)),
        ("billing", Tally(4, 5)),
    ]
    assert list(found.by_elapsed_days.items()) == [
        (Band(1, 1), Tally(1, 1)),
        (Band(2, 6), Tally(1, 2)),
        (Band(7, 13), Tally(1, 1)),
        (Band(14, 20), Tally(1, 1)),
        (Band(21, 44), Tally(0, 1)),
        (Band(45, None), Tally(1, 1)),
    ]
    assert found.whole == Tally(5, 7)


def test_cards_that_the_decks_have_no_more_count_nowhere() -> None:
    gone = CardId("gone", 1)
    log = [answers(gone, on=day(-3)), fails(gone), answers(A, on=day(-1)), answers(A)]
    found = retention(spaced(log), CARDS, DOMAINS)
    assert found.whole == Tally(1, 1)
    assert sum(tally.total for tally in found.by_elapsed_days.values()) == 1


@unhurried
@given(pasts())
def test_domains_and_days_gone_by_part_the_same_answers(past: Past) -> None:
    counted = spaced(past.answers)
    found = retention(counted, past.cards, DOMAINS)
    for groups in (found.by_domain.values(), found.by_elapsed_days.values()):
        assert sum(tally.total for tally in groups) == found.whole.total
        assert sum(tally.right for tally in groups) == found.whole.right
    cards = {answer.card for answer in schedule.counted(past.answers)}
    assert found.whole.total == len(counted) - len(cards)


@unhurried
@given(pasts())
def test_numbers_do_not_hang_on_the_order_in_which_answers_come(past: Past) -> None:
    there, back = (
        retention(spaced(log), past.cards, DOMAINS)
        for log in (past.answers, tuple(reversed(past.answers)))
    )
    assert there == back
