"""What may be slow is handed on piece by piece: whoever looks on sees how far it is."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from cmom_srs.anki.progress import CardProgress
from cmom_srs.anki.progress import add_progress
from cmom_srs.deckfiles.advice import advise
from cmom_srs.deckfiles.editing.missing_ids import mend_missing_ids
from cmom_srs.deckfiles.editing.rename import rename_note
from cmom_srs.deckfiles.editing.shipped import copy_shipped
from cmom_srs.deckfiles.editing.shipped import update
from cmom_srs.deckfiles.formats.convert import convert
from cmom_srs.deckfiles.read import read
from cmom_srs.history import log
from cmom_srs.history.anki_reviews import AnkiImport
from cmom_srs.history.anki_reviews import take_in
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import Origin
from tests.conftest import REPOSITORY
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import whole_collection
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import day
from tests.support.builders import moment
from tests.support.builders import seen
from tests.support.watched import Watched

DECKS = {"Opening decks": 2, "Reading notes": 5}


@pytest.fixture
def watched() -> Watched:
    return Watched()


def notes(count: int) -> tuple[Note, ...]:
    body = Basic("Q?", "A", is_reversible=True)
    return tuple(
        Note(f"note-{place}", "billing", "claims", "Claims", place, body, "Manual")
        for place in range(count)
    )


def test_decks_are_read_note_by_note(decks: Path, watched: Watched) -> None:
    assert len(read(decks, watch=watched).notes) == 5
    assert watched.counts == DECKS


def test_advice_looks_notes_through_one_by_one(decks: Path, watched: Watched) -> None:
    advise(read(decks), None, watch=watched)
    assert watched.counts == {"Looking notes through": 5}


def test_ids_are_given_and_changed_under_the_same_eyes(decks: Path) -> None:
    mending, renaming = Watched(), Watched()
    mend_missing_ids(decks, watch=mending)
    rename_note(decks, "bucket", "oldest-bucket", renaming)
    assert mending.counts == renaming.counts == DECKS


def test_decks_are_copied_and_brought_up_to_date_under_the_same_eyes(
    decks: Path, tmp_path: Path
) -> None:
    copying, updating = Watched(), Watched()
    copy_shipped(decks, tmp_path / "own", copying)
    update(decks, tmp_path / "own", is_retiring=False, today=TODAY, watch=updating)
    assert copying.counts == DECKS
    assert updating.counts == {doing: 2 * count for doing, count in DECKS.items()}


def test_a_bank_is_converted_question_by_question(watched: Watched) -> None:
    bank = b"front,back\nWho pays?,The payer\nWho sends?,The practice\n"
    converted = convert(bank, "bank.csv", title="Bank", source="practice", watch=watched)
    assert converted.notes == {"basic": 2}
    assert watched.counts == {"Converting questions": 2}


def test_a_sync_stores_some_hundreds_at_a_time(tmp_path: Path, watched: Watched) -> None:
    with open_history(tmp_path / "history.db") as store:
        report = sync(store, DecksRead(notes(1201)), TODAY, watch=watched)
        assert len(report.added) == len(store.notes()) == 1201
        assert len(store.states()) == 2402
        assert [note.id for note in store.notes()] == [f"note-{place}" for place in range(1201)]
    assert watched.counts == {"Storing notes": 3, "Storing cards": 5}


def test_an_upgrade_replays_card_by_card(tmp_path: Path, watched: Watched) -> None:
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        dump = REPOSITORY / "tests" / "history" / "v002.sql"
        connection.executescript(dump.read_text(encoding="utf-8"))
    with open_history(path, watch=watched) as store:
        assert store.rebuild() == ()
    assert watched.counts == {"Reading answers": 1, "Working out schedules": 4}
    again = Watched()
    open_history(path, watch=again).database.close()
    assert again.counts == {}


def test_a_replay_reads_every_answer_that_stands_however_many_do_not(
    tmp_path: Path, watched: Watched
) -> None:
    given = [answers(CardId("note-0", 1), on=day(at - 1200)) for at in range(1200)]
    with open_history(tmp_path / "history.db") as store:
        sync(store, DecksRead(notes(1)), TODAY)
        with store.database.writing() as connection:
            recorded = log.append(connection, given)
            taken_back = [each.review for each in recorded[1100:]]
            log.take_back(connection, taken_back, moment(), TODAY)
        assert len(store.answers()) == 1100
        assert store.rebuild(watched) == ()
        with store.database.writing() as connection:
            connection.execute(text("UPDATE card SET repetitions = 0"))
        assert store.rebuild() == (CardId("note-0", 1),)
        assert store.state(CardId("note-0", 1)).memory.repetitions == 1100
    assert watched.counts == {"Reading answers": 2, "Working out schedules": 2}


def test_answers_from_anki_are_stored_card_by_card(tmp_path: Path, watched: Watched) -> None:
    first, second = CardId("note-0", 1), CardId("note-1", 2)
    given = tuple(
        replace(
            answers(card, minute=minute), origin=Origin.ANKI, uid=f"{minute:032}", anki_id=minute
        )
        for minute, card in enumerate((first, first, second))
    )
    with open_history(tmp_path / "history.db") as store:
        sync(store, DecksRead(notes(2)), TODAY)
        report = take_in(
            store, AnkiImport(given, frozenset(), frozenset()), moment(60), TODAY, watch=watched
        )
        assert report.added == len(store.answers()) == 3
    assert watched.counts == {"Storing answers": 2}


def test_progress_is_added_card_by_card(tmp_path: Path, watched: Watched) -> None:
    carried = CardProgress("cmom/basic/fact", 1, seen(), TODAY, ())
    with whole_collection(EVERY_KIND, tmp_path) as database:
        assert add_progress(database, [carried], moment(), 4, watched) == 1
    assert watched.counts == {"Adding progress": 1}
