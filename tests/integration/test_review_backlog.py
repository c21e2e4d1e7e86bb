"""More due than usual: what the review says before its first card."""

from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.conftest import Cmom

ONE_A_DAY = ("bucket/1", "claim-life/1", "tests/1", "title-alone/1")


@pytest.fixture(autouse=True)
def no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner leaves at the first question."""
    monkeypatch.setattr("sys.stdin", StringIO())


def due_after_a_week_off(cmom: Cmom, monkeypatch: pytest.MonkeyPatch, due: int) -> None:
    """So many cards, each answered on a day of its own: the usual day is one answer."""
    cmom("set", "new-cards", "0")  # a new card would take the place of its sister
    for day, card in enumerate(ONE_A_DAY[:due], start=20):
        monkeypatch.setenv("CMOM_NOW", f"2026-11-{day}T08:30:00-06:00")
        assert cmom("grade", card, "good").code == 0
    monkeypatch.setenv("CMOM_NOW", NOW)


def hint(cmom: Cmom, *options: str) -> str:
    return cmom("review", "--plain", *options).err


@pytest.mark.parametrize(("due", "is_said"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_backlog_is_more_than_twice_the_usual_day(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch, due: int, is_said: bool
) -> None:
    due_after_a_week_off(cmom, monkeypatch, due)
    said = f"{due} cards are due, your usual day is 1. `cmom review --minutes 20 --new 0` takes"
    assert (said in hint(cmom)) == is_said


def test_what_the_hint_names_asks_no_new_card_and_the_most_overdue_first(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_after_a_week_off(cmom, monkeypatch, due=3)
    cmom("set", "new-cards", "20")
    asked = cmom("review", "--plain", "--minutes", "20", "--new", "0").out
    assert "Which bucket is the oldest?" in asked
    assert " 0 new, 3 to review, 0 to repeat." in asked


@pytest.mark.parametrize("bound", [("--minutes", "20"), ("--limit", "3"), ("--cram",)])
def test_a_sitting_that_is_bounded_hears_of_no_backlog(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch, bound: tuple[str, ...]
) -> None:
    due_after_a_week_off(cmom, monkeypatch, due=4)
    assert "cards are due" not in hint(cmom, *bound)


def test_minutes_that_are_set_hear_of_no_backlog_either(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_after_a_week_off(cmom, monkeypatch, due=4)
    cmom("set", "minutes", "20")
    assert "cards are due" not in hint(cmom)


def test_what_is_usual_is_what_the_last_two_weeks_were(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("set", "new-cards", "0")
    monkeypatch.setenv("CMOM_NOW", "2026-11-16T08:30:00-06:00")
    for card in ONE_A_DAY:
        cmom("grade", card, "good")
    monkeypatch.setenv("CMOM_NOW", NOW)
    assert "cards are due" not in hint(cmom)
    monkeypatch.setenv("CMOM_NOW", "2026-11-17T08:30:00-06:00")
    cmom("grade", "gross-collection/1", "good")
    monkeypatch.setenv("CMOM_NOW", NOW)
    assert "5 cards are due, your usual day is 1." in hint(cmom)
