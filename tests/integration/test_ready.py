"""`cmom ready` on real histories: three learners, the sums by hand, and what must not count."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.folder import folder_hash
from cmom_srs.deckfiles.read import read
from cmom_srs.history.exam import exams
from cmom_srs.history.file.tables import LOOKUP
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import cards
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from tests.conftest import REPOSITORY
from tests.conftest import Cmom
from tests.support.exact_chance import exact_chance

SHIPPED = REPOSITORY / "decks"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)  # the study day of every test is December 1


class Desk:
    """A learner with the shipped decks, whose past is written into a real history."""

    def __init__(self, cmom: Cmom, history: Path) -> None:
        self._cmom = cmom
        self._history = history

    def ready(self, *options: str) -> str:
        ran = self._cmom("--decks", SHIPPED, "--history", self._history, "ready", *options)
        assert ran.code == 0
        return ran.out

    def document(self) -> Any:
        return json.loads(self.ready("--json"))

    @contextmanager
    def store(self) -> Iterator[Store]:
        with open_history(self._history) as store:
            yield store

    def sits(
        self,
        wrong: int,
        *,
        days_ago: int,
        questions: int | None = None,
        domains: tuple[str, ...] = (),
        weak: str = "",
        ending: EventKind = EventKind.SUBMITTED,
        is_blank: bool = False,
    ) -> None:
        """An exam of fresh questions if there are any; so many wrong, in the weak domain first."""
        blueprint, _ = read_blueprint(SHIPPED)
        assert blueprint
        profile, start = blueprint.profile(), NOON - timedelta(days=days_ago)
        with self.store() as store:
            before = exams.asked_before(store)
            items = draw(
                store.notes(),
                profile,
                Random(7),
                Wishes(questions, domains),
                before.seen,
                before.used,
            )
            asked = Asked(domains, questions)
            names = (profile.id, profile.title, "7")
            drawn = Exam("", 0, *names, 120, 75, start, start.date(), asked, items)
            begun = exams.begin(store, drawn)
            by_weakness = sorted(items, key=lambda item: item.domain != weak)
            missed = {item.position for item in by_weakness[:wrong]}
            happened = [Event(EventKind.SHOWN, start, item.position) for item in items]
            for item in () if is_blank else items:
                right = item.words.right
                place = right % 3 + 1 if item.position in missed else right
                happened.append(Event(EventKind.ANSWERED, start, item.position, place))
            happened.append(Event(ending, start + timedelta(minutes=90)))
            exams.append(store, begun, happened, 4)

    def answers(self, card: CardId, *, days_ago: int, minute: int, is_right: bool = True) -> None:
        """A right or wrong answer of 40 seconds, typed or chosen."""
        at = NOON - timedelta(days=days_ago) + timedelta(minutes=minute)
        review = Review(card, at, at.date(), ReviewKind.SCHEDULED, 4 if is_right else 2, 40_000)
        with self.store() as store:
            store.record(replace(review, is_right=is_right))

    def looks_up(self, *seconds: float) -> None:
        with self.store() as store, store.database.writing() as connection:
            for place, each in enumerate(seconds):
                connection.execute(
                    insert(LOOKUP),
                    {
                        "uid": f"{place:032x}",
                        "topic": "Labor laws",
                        "started_at_ms": 1_796_000_000_000 + place,
                        "utc_offset_minutes": -360,
                        "duration_ms": int(each * 1000),
                        "found": True,
                    },
                )


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history that knows the shipped decks, made once."""
    history = tmp_path_factory.mktemp("synced") / "history.sqlite3"
    known = read(SHIPPED, lambda _: True)
    with open_history(history) as store:
        decks = DecksRead(known.notes, known.broken, known.present, folder_hash(SHIPPED))
        sync(store, decks, NOON.date() - timedelta(days=60))
    return history


@pytest.fixture
def desk(cmom: Cmom, synced: Path, tmp_path: Path) -> Desk:
    shutil.copy(synced, tmp_path / "history.sqlite3")
    return Desk(cmom, tmp_path / "history.sqlite3")


def states(document: Any) -> list[str]:
    return [benchmark["state"] for benchmark in document["benchmarks"]]


def test_a_learner_without_data_is_told_so_and_what_to_do(desk: Desk) -> None:
    document = desk.document()
    assert states(document) == ["no-data"] * 5
    assert document["estimate"] is None
    assert document["next"] == {
        "command": "cmom review",
        "why": "there is nothing to judge by yet",
    }
    text = desk.ready()
    assert "Not enough data: 0 of the 50 questions" in text
    assert "For more: cmom exam --questions 50" in text
    assert "none: n is 0, and at least 50 are needed" in desk.ready("--explain")


def test_a_learner_half_way_gets_an_estimate_of_sixty_fresh_questions(desk: Desk) -> None:
    desk.sits(12, days_ago=6, questions=60, weak="financial-management")
    document = desk.document()
    # p = 48/60 = 0.8, z = 1.644854, z^2 = 2.705543; z^2/2n = 0.022546, z^2/4n^2 = 0.000187885;
    # root of 0.8 * 0.2 / 60 + 0.000187885 = 0.0534280, times z = 0.0878812; 1 + z^2/n = 1.0450924:
    # (0.822546 - 0.087881) / 1.045092 = 0.70297 and (0.822546 + 0.087881) / 1.045092 = 0.87114.
    assert document["estimate"] == {
        "right": 48,
        "items": 60,
        "interval": [70.3, 87.1],
        "pass_chance": 0.786,  # 75 or more of 100 by the beta-binomial of a = 48.5, b = 12.5
    }
    assert round(float(exact_chance(48, 12, 100, 75)), 3) == 0.786
    # 25 of 100 questions are financial, 15 of 60; 12 wrong leave 3 right.
    assert document["next"] == {
        "command": "cmom review --domain financial-management",
        "why": "Financial Management: 3 of 15",
    }
    text = desk.ready()
    assert "60 of them fresh" in text
    assert "if the exam's questions are as hard as these" in " ".join(text.split())
    explained = " ".join(desk.ready("--explain").split())
    assert "p = 48/60 = 0.8000, z = 1.6449: 70.3% to 87.1%" in explained
    assert "a = r + 1/2 = 48.5, b = n - r + 1/2 = 12.5" in explained


def test_a_learner_who_is_ready_meets_every_benchmark(desk: Desk) -> None:
    desk.sits(16, days_ago=17)
    desk.sits(10, days_ago=4)
    with desk.store() as store:
        notes = {note.id: note for note in store.notes()}
    flsa = [
        card.id for note in notes.values() if note.deck == "flsa-exemptions" for card in cards(note)
    ]
    for place, card in enumerate(flsa[:30]):
        desk.answers(card, days_ago=2, minute=place, is_right=place >= 6)
    for place in range(10):
        card = CardId("net-days-in-ar-hfma", 1)
        desk.answers(card, days_ago=3, minute=place, is_right=place not in {2, 5})
    for days_ago in (3, 2):
        order = CardId("compliance-investigation-in-order", 1)
        desk.answers(order, days_ago=days_ago, minute=100)
    desk.looks_up(*[14.9] * 18, 15, 200)
    document = desk.document()
    assert states(document) == ["met"] * 5
    assert [benchmark["detail"] for benchmark in document["benchmarks"]] == [
        "24 of 30 cards right (80%)",
        "8 of the last 10 typed right, median 40.0 s",
        "in order 2 times running",
        "18 of the last 20 look-ups in under 15 s (90%)",
        "exam 2: 90% in time (100 of 100 fresh); exam 1: 84% in time (100 of 100 fresh)",
    ]
    # p = 174/200 = 0.87; z^2/2n = 0.0067639, z^2/4n^2 = 0.0000169096; root of 0.87 * 0.13 / 200 +
    # 0.0000169096 = 0.0241332, times z = 0.0396956; 1 + z^2/n = 1.0135277:
    # (0.8767639 - 0.0396956) / 1.0135277 = 0.82590 and (0.8767639 + 0.0396956) / ... = 0.90423.
    assert document["estimate"] == {
        "right": 174,
        "items": 200,
        "interval": [82.6, 90.4],
        "pass_chance": 0.996,  # a = 174.5, b = 26.5
    }
    assert round(float(exact_chance(174, 26, 100, 75)), 3) == 0.996
    assert document["next"]["why"] == "the benchmarks are met: reviews keep it so"


def test_dropped_blank_and_old_exams_do_not_count(desk: Desk) -> None:
    desk.sits(0, days_ago=8, questions=60, ending=EventKind.DROPPED)
    desk.sits(0, days_ago=7, questions=60, is_blank=True)
    desk.sits(0, days_ago=21, questions=60)
    document = desk.document()
    assert document["estimate"] is None
    assert "0 of the 50 questions" in " ".join(desk.ready().split())


def test_an_exam_of_one_domain_is_no_estimate_of_the_whole(desk: Desk) -> None:
    desk.sits(4, days_ago=1, questions=60, domains=("compliance-and-risk",))
    assert desk.document()["estimate"] is None
    text = desk.ready()
    assert "56 of 60" in text
    assert "0 of the 50 questions" in text


def test_a_domain_of_under_ten_questions_gets_no_interval(desk: Desk) -> None:
    desk.sits(0, days_ago=1, questions=50)
    rows = [line.split() for line in desk.ready().splitlines() if " of " in line]
    shown = {row[0]: row[-1] for row in rows if row[-2] == "of" or row[-1].endswith("%")}
    assert shown["Managed"] == "5"
    assert shown["Financial"].endswith("100%")


def test_look_ups_that_are_no_values_are_told_and_left_out(desk: Desk, cmom: Cmom) -> None:
    desk.looks_up(3.0)
    with desk.store() as store, store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE lookup SET duration_ms = 'long'")
    assert states(desk.document())[3] == "no-data"
