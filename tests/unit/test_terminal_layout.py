"""What stands around a card: header, buttons, what came of a rating, keys, summary."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import RenderableType

from cmom_srs.study import schedule
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.session import Counts
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory
from cmom_srs.study.stats.sitting import SessionSummary
from cmom_srs.study.tally import Tally
from cmom_srs.study.wording import name_of
from cmom_srs.terminal import layout
from cmom_srs.terminal import ratings
from cmom_srs.terminal.header import header
from cmom_srs.terminal.header import plain_header
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.stopwatch import Stopwatch
from cmom_srs.terminal.summary import saved
from cmom_srs.terminal.summary import summary
from tests.support.builders import TODAY
from tests.support.builders import day
from tests.support.builders import moment
from tests.support.builders import seen
from tests.support.builders import stored
from tests.support.builders import unhurried

CARD = CardId("fact", 1)
TITLES = ("Compliance and Risk", "HIPAA privacy")


def lines_of(block: RenderableType, columns: int = 80) -> list[str]:
    output = io.StringIO()
    Screen(output, environ={"COLUMNS": str(columns)}).show(block)
    return output.getvalue().splitlines()


def session_of(state: CardState | None = None, **changes: Any) -> Session:
    states = {} if state is None else {CARD: state}
    return replace(Session(TODAY, Limits(), states, first=(CARD,), is_revealed=True), **changes)


def header_of(counts: Counts, width: int, ms: int = 0, titles: tuple[str, str] = TITLES) -> str:
    return header(counts, titles, ms, width).plain


def test_the_header_says_what_is_left_where_it_is_from_and_the_time() -> None:
    shown = header_of(Counts(3, 12, 1), 100, 252_000)
    assert shown.startswith(
        "── 3 new, 12 to review, 1 to repeat ── Compliance and Risk > HIPAA privacy ─"
    )
    assert shown.endswith("─ 4:12 ──")
    assert "1:02:03 ──" in header_of(Counts(0, 0, 0), 80, 3_723_000)


def test_where_there_is_no_room_the_deck_stands_alone_and_then_without_counts_of_nothing() -> None:
    shown = header_of(Counts(3, 12, 1), 80)
    assert shown.startswith("── 3 new, 12 to review, 1 to repeat ── HIPAA privacy ─")
    shown = header_of(Counts(15, 0, 0), 60, titles=("Law", "Wages, hours and leave"))
    assert shown.startswith("── 15 new ── Wages, hours and leave ─")
    assert header_of(Counts(0, 1, 0), 60).startswith("── 1 to review ── HIPAA privacy ─")
    assert header_of(Counts(0, 1, 0), 62).startswith("── 0 new, 1 to review, 0 to repeat ── HIPAA")
    longest = ("Law", "Utilization, claims and quality payment")
    shown = header_of(Counts(3, 12, 1), 60, titles=longest)
    assert shown.startswith("── 16 left ── Utilization, claims and quality... ─")
    for width in range(60, 101):
        shown = header_of(Counts(3, 12, 1), width, titles=longest)
        assert shown.count("...") <= 1


@unhurried
@given(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Mn"]), max_size=60),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Mn"]), max_size=60),
    ),
    st.integers(60, 100),
    st.integers(0, 999),
)
def test_the_header_is_exactly_as_wide_as_the_screen(
    titles: tuple[str, str], width: int, count: int
) -> None:
    shown = header_of(Counts(count, count, count), width, 59_999_000, titles)
    assert cell_len(shown) == width


def test_the_plain_header_has_words_only() -> None:
    shown = plain_header(Counts(3, 12, 1), TITLES, 252_000).plain
    assert shown == ("Compliance and Risk: HIPAA privacy. 3 new, 12 to review, 1 to repeat. 4:12")


@pytest.mark.parametrize(("columns", "rows"), [(40, 4), (60, 2), (79, 2), (80, 2), (200, 2)])
def test_buttons_fit_with_three_digits_and_mark_the_suggested_rating(
    columns: int, rows: int
) -> None:
    effects = dict.fromkeys(Rating, "120 d, then 300 d") | {Rating.AGAIN: "1 d, again today"}
    lines = lines_of(layout.buttons(effects, {}, Rating.HARD, min(columns, 100) - 4), columns)
    assert max(map(len, lines)) <= columns
    assert len(lines) == rows
    assert "\n".join(lines).count(">") == 1
    assert "> 2 Hard" in "\n".join(lines)
    assert "".join(lines).count("120 d, then 300 d") == 3


def test_without_a_suggestion_no_button_is_marked() -> None:
    assert ">" not in "".join(lines_of(layout.buttons(dict.fromkeys(Rating, ""), {}, None, 80)))


def test_what_ratings_mean_stands_between_them_and_what_they_do_where_there_is_room() -> None:
    meanings = dict(
        zip(Rating, ("not recalled", "with effort", "recalled", "at once"), strict=True)
    )
    effects = dict.fromkeys(Rating, "1, 6, 14 d")
    lines = lines_of(layout.buttons(effects, meanings, None, 76))
    assert [line.split() for line in lines[1:2]] == [
        ["not", "recalled", "with", "effort", "recalled", "at", "once"]
    ]
    narrow = lines_of(layout.buttons(effects, meanings, None, 50), 54)
    assert narrow[0].strip() == "Again: not recalled. Hard: with effort. Good:"
    plain = lines_of(layout.plain_buttons(effects, meanings))
    assert plain[0].strip() == (
        "Again: not recalled. Hard: with effort. Good: recalled. Easy: at once."
    )


def test_plain_buttons_are_one_a_line() -> None:
    effects = ratings.effects(session_of(), CARD)
    assert [line.strip() for line in lines_of(layout.plain_buttons(effects, {}))] == [
        "1 Again: 1 d, again today",
        "2 Hard: 1, 6, 14 d",
        "3 Good: 1, 6, 15 d",
        "4 Easy: 1, 6, 16 d",
    ]
    bare = layout.plain_buttons(ratings.effects(session_of(is_cram=True), CARD), {})
    assert lines_of(bare)[0].strip() == "1 Again"


@pytest.mark.parametrize("columns", [60, 80])
def test_the_table_of_keys_fits_the_screen_beside_a_prompt(columns: int) -> None:
    lines = lines_of(layout.keys_table(is_plain=False), columns)
    assert len(lines) == 14
    assert max(map(len, lines)) <= columns


def test_every_command_has_a_line_among_the_keys() -> None:
    lines = "\n".join(lines_of(layout.keys_table(is_plain=False)))
    assert all(f"\n  {key} " in lines for key in "uwnv-!oiq")


def test_only_lines_take_digits_for_options() -> None:
    said = "\n".join(lines_of(layout.keys_table(is_plain=True)))
    assert "1-8 or a-h" in said
    assert "1-8" not in "\n".join(lines_of(layout.keys_table(is_plain=False)))


def graded(before: Session, rating: Rating) -> tuple[Session, Recorded]:
    """The session after a rating, and what a history of one window stored."""
    review = sessions.grade(sessions.reveal(before), rating, moment(), 5000)
    recorded = stored(before.states, review)
    return sessions.go_on(before, recorded), recorded


def test_buttons_say_two_waits_or_that_the_exam_shortens_the_first() -> None:
    due = seen(10, 10)
    plain = ratings.effects(session_of(due), CARD)
    assert plain[Rating.GOOD] == "25 d, then 63 d"
    limits = Limits(horizon=Horizon(day(24)))
    hurried = ratings.effects(session_of(due, limits=limits), CARD)
    assert hurried[Rating.GOOD] == "12 d, exam"
    assert hurried[Rating.AGAIN] == "1 d, again today"


def test_buttons_say_as_many_waits_as_it_takes_to_tell_them_apart() -> None:
    once = CardState(Memory(1, 1, 250), TODAY, 0, day(-1))
    told = ratings.effects(session_of(once), CARD)
    assert [told[rating] for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)] == [
        "6 d, then 14 d",
        "6 d, then 15 d",
        "6 d, then 16 d",
    ]
    exam = Limits(horizon=Horizon(exam_on=day(12)))
    told = ratings.effects(session_of(limits=exam), CARD)
    assert told[Rating.GOOD].startswith("1 d, then 5 d")
    same = Limits(horizon=Horizon(longest_days=3))
    told = ratings.effects(session_of(once, limits=same), CARD)
    assert told[Rating.GOOD] == told[Rating.EASY] == "3 d, then 3 d"


def test_again_today_is_said_of_every_rating_that_is_repeated() -> None:
    strict = session_of(limits=Limits(repeat_below=4))
    assert ratings.effects(strict, CARD)[Rating.HARD] == "1 d, again today"
    cut = session_of(is_cut=True)
    assert ratings.effects(cut, CARD)[Rating.AGAIN] == "1, 1, 6 d"
    drill = ratings.effects(session_of(first=(), repeats=(CARD,)), CARD)
    assert drill[Rating.AGAIN] == "again today"
    assert drill[Rating.GOOD] == "done for today"


@pytest.mark.parametrize(
    ("rating", "exam_in", "said"),
    [
        (Rating.GOOD, None, "Good: again in 25 days."),
        (Rating.AGAIN, None, "Again: again today, then tomorrow."),
        (Rating.EASY, 24, "Easy: again in 12 days, for the exam."),
    ],
)
def test_what_came_of_a_rating(rating: Rating, exam_in: int | None, said: str) -> None:
    exam_on = TODAY + timedelta(days=exam_in) if exam_in else None
    before = session_of(seen(10, 10), limits=Limits(horizon=Horizon(exam_on)))
    after, recorded = graded(before, rating)
    assert ratings.outcome(before, after, recorded) == said
    assert ratings.leech_alert(before, after, recorded) == ""


def test_what_came_of_a_repeat_and_of_cramming() -> None:
    repeat = session_of(first=(), repeats=(CARD,))
    for rating, said in ((Rating.AGAIN, "once more today."), (Rating.GOOD, "done for today.")):
        after, recorded = graded(repeat, rating)
        assert ratings.outcome(repeat, after, recorded).endswith(said)
    cram = session_of(is_cram=True)
    after, recorded = graded(cram, Rating.HARD)
    assert ratings.outcome(cram, after, recorded) == "Hard: no schedule changed."


@pytest.mark.parametrize(("rating", "more"), [(Rating.GOOD, ""), (Rating.AGAIN, " The card is")])
def test_a_card_that_another_window_answered_meanwhile_is_told(rating: Rating, more: str) -> None:
    before = session_of(seen(10, 10))
    review = sessions.grade(sessions.reveal(before), rating, moment(), 5000)
    elsewhere = schedule.review(before.states[CARD], Rating.HARD, TODAY)
    recorded = Recorded(replace(review, kind=ReviewKind.DRILL), elsewhere, elsewhere)
    after = sessions.go_on(before, recorded)
    name = name_of(rating)
    said = f"Answered in another window: {name} counts for nothing today.{more}"
    assert ratings.outcome(before, after, recorded).startswith(said)
    assert sessions.state_of(after, CARD) == elsewhere
    assert (CARD in after.repeats) == bool(more)


def test_the_eighth_lapse_is_a_leech() -> None:
    before = session_of(seen(10, 10, lapses=7))
    after, recorded = graded(before, Rating.AGAIN)
    assert ratings.leech_alert(before, after, recorded).startswith("Forgotten 8 times: a leech,")


def summary_of(**changes: Any) -> str:
    made = SessionSummary(
        score=Tally(9, 12),
        repeats=3,
        duration_ms=8 * 60_000,
        by_domain={"Financial Management": Tally(6, 8), "Law": Tally(3, 4)},
        leeches=(),
        tomorrow=DayAhead(day(1), 15, 10),
    )
    return "\n".join(lines_of(summary(replace(made, **changes), ["a card"])))


def test_the_summary_is_short_and_complete() -> None:
    assert summary_of(leeches=(CARD,)).splitlines() == [
        "  15 answers saved in 8 min; 9 of 12 right the first time (75%).",
        "",
        "  Financial Management   6 of 8   75%",
        "  Law                    3 of 4   75%",
        "",
        "  Leeches, forgotten again and again:",
        "  a card",
        "",
        "  Tomorrow: 15 to review, 10 new.",
    ]


def test_the_summary_leaves_out_what_there_is_not() -> None:
    said = summary_of(score=Tally(0, 0), repeats=1, by_domain={}, duration_ms=3000)
    assert said.startswith("  1 answer saved in under a minute.\n\n  Tomorrow")
    assert saved(0) == "No answers to save"


def test_a_stopwatch_stands_still_while_paused() -> None:
    seconds = iter([100.0, 102.5, 103.0, 203.0, 204.0])
    watch = Stopwatch(lambda: next(seconds))
    assert watch.ms == 2500
    with watch.paused():
        pass
    assert watch.ms == 4000
