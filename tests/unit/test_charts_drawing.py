"""Bars and shares of charts: never wider than they may be, and never without what is there."""

from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.cli.look.charts import drawing
from cmom_srs.study.tally import Tally
from tests.support.builders import unhurried

WIDTHS = st.integers(16, 60)


@unhurried
@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), WIDTHS)
def test_a_bar_fits_and_shows_each_part_that_is_not_nothing(
    dark: int, light: int, more: int, width: int
) -> None:
    bar = drawing.bar(dark, light, max(dark + light + more, 1), width).plain
    assert len(bar) <= width
    assert bar == "█" * bar.count("█") + "░" * bar.count("░")
    assert ("█" in bar, "░" in bar) == (dark > 0, light > 0)
    if not more and bar:
        assert len(bar) == width


def test_bars_are_in_proportion() -> None:
    assert drawing.bar(10, 10, 40, 20).plain == "█████░░░░░"
    assert drawing.bar(0, 1, 1, 4).plain == "░░░░"
    assert drawing.bar(999, 1, 1000, 10).plain == "█████████░"


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    total = draw(st.integers(1, 300))
    return Tally(draw(st.integers(0, total)), total)


@unhurried
@given(tallies(), st.none() | st.floats(0, 100), WIDTHS)
def test_a_share_lies_in_its_interval_on_its_line(
    tally: Tally, mark: float | None, width: int
) -> None:
    line = drawing.share(tally, width, mark).plain
    assert len(line) <= width
    assert line.count("●") == 1
    assert line.count("┊") <= (mark is not None)
    assert set(line) <= set(" ─●┊")
    reach = line.replace("┊", " ").strip()
    assert "●" in reach


def test_a_share_its_interval_and_its_mark_stand_at_their_percents() -> None:
    # 57 of 100: 48.8 % to 64.9 %
    line = f"{drawing.share(Tally(57, 100), 100, mark=75).plain:<100}"
    assert [line.index("─"), line.index("●"), line.rindex("─"), line.index("┊")] == [48, 57, 64, 75]


def test_where_few_answers_are_known_the_line_is_long_and_without_any_empty() -> None:
    few, many = (drawing.share(Tally(3 * n, 4 * n), 40).plain.count("─") for n in (1, 50))
    assert few > 3 * many
    assert drawing.share(Tally(0, 0), 40).plain == ""


@unhurried
@given(WIDTHS)
def test_axes_are_as_wide_as_what_they_are_of(width: int) -> None:
    axis = drawing.percent_axis(width)
    assert len(axis) == width
    assert axis.split() == ["0%", "50%", "100%"]
    assert drawing.count_axis(7, "cards", width).split() == ["0", "7", "cards"]
    assert len(drawing.count_axis(7, "cards", width)) == width
