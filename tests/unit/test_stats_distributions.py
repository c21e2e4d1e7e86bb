"""How ease factors and intervals are spread."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.stats import distributions
from cmom_srs.study.stats.bands import Band
from cmom_srs.study.stats.bands import Spread
from cmom_srs.study.stats.bands import band_of
from cmom_srs.study.stats.bands import bands
from cmom_srs.study.stats.bands import spread
from tests.support.builders import seen
from tests.support.builders import unhurried

STATES = [
    NEVER_ANSWERED,
    replace(seen(200, ease_factor=190), is_suspended=True),
    seen(1, ease_factor=130),
    seen(6, ease_factor=250),
    seen(7, ease_factor=249),
    seen(180, ease_factor=260),
]


def test_bands_follow_one_another_and_the_last_has_no_end() -> None:
    assert bands(1, 2, 7) == (Band(1, 1), Band(2, 6), Band(7, None))


@unhurried
@given(st.lists(st.integers(1, 400)))
def test_every_number_lies_in_one_band(numbers: list[int]) -> None:
    among = bands(1, 2, 7, 45)
    found = spread(numbers, among)
    assert found.total == len(numbers)
    assert list(found.counts) == list(among)
    for number in numbers:
        band = band_of(number, among)
        assert band.low <= number
        assert band.high is None or number <= band.high


def test_new_and_suspended_cards_have_no_part_in_the_spread() -> None:
    found = distributions.intervals(STATES)
    assert list(found.counts.values()) == [1, 1, 1, 0, 0, 0, 0, 1]
    assert (found.total, found.median) == (4, 6.5)


def test_the_lowest_and_the_first_ease_have_bands_of_their_own() -> None:
    found = distributions.ease_factors(STATES)
    assert {band: count for band, count in found.counts.items() if count} == {
        Band(130, 130): 1,
        Band(220, 249): 1,
        Band(250, 250): 1,
        Band(251, None): 1,
    }
    assert found.median == 249.5


def test_of_no_card_there_is_no_median() -> None:
    assert distributions.ease_factors([NEVER_ANSWERED]) == Spread(
        dict.fromkeys(distributions.EASE_FACTORS, 0), None
    )
