"""Answers given in Anki, merged into the log: the same rules as for those given here."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cmom_srs.history.anki_reviews import merge
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import sync
from cmom_srs.study import schedule
from cmom_srs.study import stats
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from tests.unit.builders import TODAY
from tests.unit.builders import answers
from tests.unit.builders import day
from tests.unit.builders import note

FACT = CardId("fact", 1)
SCHEDULED, DRILL = ReviewKind.SCHEDULED, ReviewKind.DRILL


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_history(tmp_path / "history.db") as store:
        sync(store, (note("fact"), note("other")), frozenset(), TODAY, None)
        yield store


def in_anki(*grades: int, minute: int = 0) -> list[tuple[int, Review]]:
    """Answers to the fact, a minute apart, with their ids in Anki."""
    given = [
        replace(answers(FACT, grade, minute=minute + later), origin=Origin.ANKI)
        for later, grade in enumerate(grades)
    ]
    return [(int(answer.reviewed_at.timestamp() * 1000), answer) for answer in given]


def kinds(store: Store) -> list[ReviewKind]:
    return [answer.kind for answer in store.answers_of(FACT)]


def test_a_days_answers_in_anki_are_logged_as_the_same_ones_here_would_be(store: Store) -> None:
    merge(store, in_anki(2, 4, 4))
    assert kinds(store) == [SCHEDULED, DRILL, DRILL]
    assert store.state(FACT) == schedule.review(NEVER_ANSWERED, 2, TODAY)
    assert stats.usual_day(store.answers(), day(1)) == 1


def test_they_are_the_same_whether_they_come_at_once_or_one_by_one(store: Store) -> None:
    for answer in reversed(in_anki(2, 4, 4)):
        merge(store, [answer])
    assert store.state(FACT) == schedule.review(NEVER_ANSWERED, 2, TODAY)
    assert schedule.counted(store.answers())[0].grade == 2


def test_an_answer_in_anki_before_one_given_here_is_the_one_that_counts(store: Store) -> None:
    store.record(answers(FACT, 4, minute=30))
    merge(store, in_anki(1, minute=10))
    assert store.state(FACT) == schedule.review(NEVER_ANSWERED, 1, TODAY)
    assert kinds(store) == [SCHEDULED, SCHEDULED]  # as each was shown
    assert stats.usual_day(store.answers(), day(1)) == 1
    assert store.first_sight_durations(9) == (10_000,)


def test_an_answer_in_anki_after_one_given_here_is_a_drill(store: Store) -> None:
    store.record(answers(FACT, 4))
    merge(store, in_anki(1, minute=10))
    assert kinds(store) == [SCHEDULED, DRILL]
    assert store.state(FACT) == schedule.review(NEVER_ANSWERED, 4, TODAY)
