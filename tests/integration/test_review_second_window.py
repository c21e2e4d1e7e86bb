"""What another program does to the history while a review is held."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cmom_srs.history.store import open_history
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from tests.conftest import Cmom
from tests.support.builders import TODAY
from tests.support.builders import moment

LATER = Review(CardId("claim-life", 1), moment(300), TODAY, ReviewKind.SCHEDULED, 4)


class Typing:
    """Lines typed one after the other; what a generator does between them is done meanwhile."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return next((f"{line}\n" for line in self._lines), "")


@pytest.fixture
def studied(decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history with one answer in it."""
    path = home / "history.sqlite3"
    monkeypatch.setenv("CMOM_HISTORY", str(path))
    assert cmom("grade", "bucket/1", "4").code == 0
    return path


def test_a_history_locked_in_mid_review_says_what_is_saved(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(studied, isolation_level=None)) as other:

        def typed() -> Iterator[str]:
            yield from ("", "3", "1")
            other.execute("BEGIN IMMEDIATE")
            yield "3"

        monkeypatch.setattr("sys.stdin", Typing(typed()))
        ran = cmom("review", "--plain", "--deck", "labor")
    assert ran.code == 3
    assert "1 answer saved in this session; the last one was not." in ran.err
    assert "is in use by another program" in ran.err


def test_undo_takes_back_the_answer_that_it_named(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed() -> Iterator[str]:
        yield "u"
        with open_history(studied) as second_window:
            second_window.record(LATER)
        yield "y"

    monkeypatch.setattr("sys.stdin", Typing(typed()))
    ran = cmom("review", "--plain", "--deck", "labor")
    assert 'Taken back: Good for "Which bucket is the oldest?".' in ran.out
    with open_history(studied) as store:
        assert [review.card.note_id for review in store.answers()] == ["claim-life"]


def test_undo_of_what_a_second_window_took_back_says_so(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed() -> Iterator[str]:
        yield "u"
        with open_history(studied) as second_window:
            second_window.take_back(LATER.reviewed_at, TODAY)
        yield "y"

    monkeypatch.setattr("sys.stdin", Typing(typed()))
    assert "It was taken back meanwhile." in cmom("review", "--plain", "--deck", "labor").out


def test_an_answer_to_a_card_that_the_history_lost_is_passed_over(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed() -> Iterator[str]:
        yield ""
        with closing(sqlite3.connect(studied)) as connection, connection:
            connection.execute("DELETE FROM card WHERE note_id = 'tests'")
        yield from ("3", "1", "3")

    monkeypatch.setattr("sys.stdin", Typing(typed()))
    ran = cmom("review", "--plain", "--deck", "labor")
    assert ran.code == 0
    assert "is gone meanwhile: the answer to it was passed over." in " ".join(ran.out.split())
    with open_history(studied) as store:
        assert [review.card.note_id for review in store.answers()] == ["bucket", "title-alone"]
