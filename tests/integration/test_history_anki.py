"""Answers given in Anki, merged into the log: the same rules as for those given here."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from cmom_srs.history import paces
from cmom_srs.history.anki_reviews import AnkiImport
from cmom_srs.history.anki_reviews import ImportReport
from cmom_srs.history.anki_reviews import keep_anki_ids
from cmom_srs.history.anki_reviews import last_import
from cmom_srs.history.anki_reviews import take_back_all
from cmom_srs.history.anki_reviews import take_in
from cmom_srs.history.anki_reviews import withdrawn
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.identity import anki_uid
from cmom_srs.history.identity import derived_uid
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.stats import days
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import day
from tests.support.builders import moment
from tests.support.builders import note

FACT, OTHER = CardId("fact", 1), CardId("other", 1)
SCHEDULED, DRILL = ReviewKind.SCHEDULED, ReviewKind.DRILL


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_history(tmp_path / "history.db") as store:
        sync(store, DecksRead((note("fact"), note("other"))), TODAY)
        yield store


def in_anki(*grades: int, minute: int = 0) -> list[Review]:
    """Answers to the fact, a minute apart, with their ids in Anki."""
    return [
        as_anki_has(answers(FACT, grade, minute=minute + at)) for at, grade in enumerate(grades)
    ]


def as_anki_has(answer: Review) -> Review:
    anki_id = int(answer.reviewed_at.timestamp() * 1000)
    uid = anki_uid("cmom/basic/fact", 1, anki_id)
    return replace(answer, origin=Origin.ANKI, uid=uid, anki_id=anki_id)


PHONE = frozenset({"1700000000/5"})


def a_file_of(*reviews: Review, marks: frozenset[str] = PHONE) -> AnkiImport:
    """What Anki exported with these answers; both cards of the notes are in it."""
    return AnkiImport(reviews, frozenset({FACT, OTHER}), marks)


def merge(store: Store, reviews: Iterable[Review]) -> ImportReport:
    return take_in(store, a_file_of(*reviews), moment(90), TODAY)


def kinds(store: Store) -> list[ReviewKind]:
    return [answer.kind for answer in store.answers_of(FACT)]


def test_a_days_answers_in_anki_are_logged_as_the_same_ones_here_would_be(store: Store) -> None:
    merge(store, in_anki(2, 4, 4))
    assert kinds(store) == [SCHEDULED, DRILL, DRILL]
    assert store.state(FACT) == schedule.review(NEVER_ANSWERED, 2, TODAY)
    assert days.usual_day(store.answers(), day(1)) == 1


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
    assert days.usual_day(store.answers(), day(1)) == 1
    assert paces.first_sight_durations(store, 9) == (10_000,)


def test_an_answer_in_anki_after_one_given_here_is_a_drill(store: Store) -> None:
    store.record(answers(FACT, 4))
    merge(store, in_anki(1, minute=10))
    assert kinds(store) == [SCHEDULED, DRILL]
    assert store.state(FACT) == schedule.review(NEVER_ANSWERED, 4, TODAY)


def test_the_same_answer_comes_once_whatever_it_is_recognized_by(store: Store) -> None:
    given = store.record(answers(FACT, 1)).review
    keep_anki_ids(store, {given.uid: 1_796_126_400_007})
    home = as_anki_has(answers(FACT, 2))  # a failure of any degree is Again in Anki
    moved = given.reviewed_at + timedelta(milliseconds=7)
    carried = replace(home, reviewed_at=moved, anki_id=1_796_126_400_007, uid="f" * 32)
    later = as_anki_has(answers(FACT, 4, minute=5))
    assert merge(store, [home, carried, later, later]).added == 1
    assert merge(store, [later]).known == 1
    assert [answer.grade for answer in store.answers()] == [1, 4]


def test_of_answers_in_one_file_with_one_uid_or_one_id_the_first_comes(store: Store) -> None:
    first, same_uid, same_id = in_anki(4, 1, 2)
    same_uid, same_id = replace(same_uid, uid=first.uid), replace(same_id, anki_id=first.anki_id)
    report = merge(store, [first, same_uid, same_id])
    assert (report.added, report.known, report.cards) == (1, 2, (FACT,))
    assert store.answers() == (first,)


def test_an_answer_given_here_gets_its_id_in_anki_once(store: Store) -> None:
    one, other = (store.record(answers(card)).review for card in (FACT, OTHER))
    keep_anki_ids(store, {})
    keep_anki_ids(store, {one.uid: 7})
    assert [answer.anki_id for answer in store.answers()] == [7, None]
    keep_anki_ids(store, {one.uid: 8, other.uid: 9})
    assert [answer.anki_id for answer in store.answers()] == [7, 9]


def test_an_answer_taken_back_here_does_not_come_back_from_anki(store: Store) -> None:
    store.record(answers(FACT, 4))
    store.take_back(moment(1), TODAY)
    assert merge(store, [as_anki_has(answers(FACT, 4))]).known == 1
    assert store.answers() == ()


def test_two_answers_of_one_instant_are_two_answers_when_they_differ(store: Store) -> None:
    """An instant is raised only where an answer is given here, never in an import."""
    store.record(answers(FACT, 4))
    merge(store, in_anki(2))
    assert [answer.reviewed_at for answer in store.answers()] == [moment(), moment()]
    assert store.state(FACT) == schedule.replay(store.answers())


def test_the_log_of_an_answer_from_anki_has_its_uid_and_its_id_there(store: Store) -> None:
    (answer,) = in_anki(4)
    merge(store, [answer])
    (stored,) = store.answers()
    assert (stored.uid, stored.anki_id) == (answer.uid, answer.anki_id)
    assert len(stored.uid) == 32


def test_a_uid_is_made_of_what_a_row_says_and_never_changes() -> None:
    """Red here means that answers imported before come a second time: undo the change."""
    uid = anki_uid("cmom/basic/fact", 1, 1_796_126_400_000)
    assert uid == sha256(b"cmom/basic/fact\x1f1\x1f1796126400000").hexdigest()[:32]
    assert derived_uid("fact", None, 7) == sha256(b"fact\x1f\x1f7").hexdigest()[:32]


def test_an_answer_undone_in_anki_since_the_last_import_is_taken_back(store: Store) -> None:
    first, again = in_anki(4, 1)
    merge(store, [first, again])
    now = a_file_of(first, *in_anki(4, minute=9))
    assert [review.uid for review in withdrawn(store, now)] == [again.uid]
    report = take_in(store, now, moment(95), TODAY, withdrawn(store, now))
    assert (report.added, report.known, report.taken_back) == (1, 1, 1)
    assert [answer.grade for answer in store.answers()] == [4, 4]
    assert withdrawn(store, now) == ()


def test_what_a_file_does_not_speak_of_is_not_taken_back(store: Store) -> None:
    first, again = in_anki(4, 1)
    merge(store, [first, again])
    here = store.record(answers(FACT, 3, minute=50)).review
    assert withdrawn(store, a_file_of()) == ()  # exported without its reviews
    another = a_file_of(first, marks=frozenset({"1600000000/7"}))
    assert withdrawn(store, another) == ()
    assert withdrawn(store, replace(another, marks=frozenset())) == ()
    without_the_card = replace(a_file_of(first), cards=frozenset({OTHER}))
    assert withdrawn(store, without_the_card) == ()
    assert here not in withdrawn(store, a_file_of(first))


def test_a_collection_is_known_by_any_of_its_marks(store: Store) -> None:
    first, again = in_anki(4, 1)
    take_in(store, a_file_of(first, again, marks=frozenset("ab")), moment(90), TODAY)
    take_in(store, a_file_of(first, again, marks=frozenset("bc")), moment(91), TODAY)
    (gone,) = withdrawn(store, a_file_of(first, marks=frozenset("c")))
    assert gone.uid == again.uid
    assert withdrawn(store, a_file_of(first, marks=frozenset("d"))) == ()


def test_each_collection_takes_back_what_it_brought_alone(store: Store) -> None:
    brought = dict(zip("abc", in_anki(4, 1, 3), strict=True))
    for mark, answer in brought.items():
        take_in(store, a_file_of(answer, marks=frozenset(mark)), moment(90), TODAY)
    (another,) = in_anki(4, minute=50)
    for mark, answer in brought.items():
        (gone,) = withdrawn(store, a_file_of(another, marks=frozenset(mark)))
        assert gone.uid == answer.uid


def test_an_answer_whose_row_cannot_be_read_does_not_come_a_second_time(store: Store) -> None:
    (answer,) = in_anki(4)
    merge(store, [answer])
    with store.database.writing() as connection:
        connection.execute(update(REVIEW).values(utc_offset_minutes=100_000))
    report = merge(store, in_anki(4, 2))
    assert (report.added, report.known) == (1, 1)
    assert [stored.grade for stored in store.answers()] == [2]


def test_a_whole_import_is_taken_back_at_once(store: Store) -> None:
    given = store.record(answers(OTHER)).review
    merge(store, in_anki(2, 4))
    imported = last_import(store)
    assert imported is not None
    at, reviews = imported
    assert (at, len(reviews)) == (moment(90), 2)
    take_back_all(store, reviews, moment(91), TODAY)
    assert store.answers() == (given,)
    assert store.state(FACT) == NEVER_ANSWERED
    assert last_import(store) is None
    assert merge(store, in_anki(2, 4)).known == 2
