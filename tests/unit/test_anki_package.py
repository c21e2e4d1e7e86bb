"""One package: what is in its file, and that the same notes are always the same bytes."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile

import pytest
from msgspec import structs

from cmom_srs.anki import package as apkg
from cmom_srs.anki.compare import ComparedNote
from cmom_srs.anki.compare import compare
from cmom_srs.anki.notes.content import note_content
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.templates import faces
from cmom_srs.anki.package import CardsError
from cmom_srs.anki.package import DeckIdError
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from tests.conftest import REPOSITORY
from tests.support.anki_exports import EVERY_KIND
from tests.support.builders import note

NOW = 1_800_000_000
MODELS = {
    kind: apkg.LastingModel(note_type, faces(note_type), NOW - 1)
    for kind, note_type in NOTE_TYPES.items()
}


def compared(*notes: Note) -> tuple[ComparedNote, ...]:
    return compare({}, [note_content(each, each.domain.title()) for each in notes], NOW)


def packed(notes: Sequence[ComparedNote]) -> bytes:
    names = {each.content.deck_key: f"CMOM::{each.content.deck_key}" for each in notes}
    with closing(sqlite3.connect(":memory:")) as database:
        apkg.write_collection(database, notes, MODELS, apkg.anki_decks(names))
        return apkg.pack(database)


def rows(data: bytes, query: str) -> list[Any]:
    with ZipFile(BytesIO(data)) as file, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(file.read("collection.anki2"))
        return database.execute(query).fetchall()


def test_the_file_is_a_deflated_collection_without_media() -> None:
    data = packed(compared(*EVERY_KIND))
    with ZipFile(BytesIO(data)) as file:
        assert file.namelist() == ["collection.anki2", "media"]
        assert all(member.compress_type == ZIP_DEFLATED for member in file.infolist())
        assert file.read("media") == b"{}"
        assert file.testzip() is None


def test_mods_guids_positions_and_ids_are_the_notes_own() -> None:
    made = compared(*EVERY_KIND)
    later = replace(made[0], record=structs.replace(made[0].record, mod=NOW + 5))
    data = packed((later, *made[1:]))
    assert rows(data, "SELECT id, guid, mod FROM notes ORDER BY id") == [
        (1_790_500_000_000 + 100 * place, each.content.guid, NOW + 5 if place == 1 else NOW)
        for place, each in enumerate(made, 1)
    ]
    assert rows(data, "SELECT nid - 1790500000000, ord, due, id - nid FROM cards ORDER BY id") == [
        (100, 0, 1, 1),
        (200, 0, 2, 1),
        (200, 1, 2, 2),
        (300, 0, 3, 1),
        (400, 0, 4, 1),
        (500, 0, 5, 1),
        (500, 1, 5, 2),
        (600, 0, 6, 1),
    ]
    ((models,),) = rows(data, "SELECT models FROM col")
    assert {model["mod"] for model in json.loads(models).values()} == {NOW - 1}


def test_a_notes_rows_are_the_same_in_every_package() -> None:
    made = compared(*EVERY_KIND)
    query = "SELECT * FROM {} WHERE id / 100 = 17905000004 ORDER BY id"
    for table in ("notes", "cards"):
        assert rows(packed(made), query.format(table)) == rows(
            packed(made[3:5]), query.format(table)
        )


def test_the_order_of_the_notes_changes_no_byte() -> None:
    made = compared(*EVERY_KIND)
    assert packed(made) == packed(made[::-1])


BUILD = """
import sys
from tests.unit.test_anki_package import EVERY_KIND, compared, packed
from hashlib import sha256
print(sha256(packed(compared(*EVERY_KIND))).hexdigest())
"""


def test_two_processes_with_two_hash_seeds_make_the_same_bytes() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", BUILD],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_content_hash_is_that_of_the_rows_in_the_file() -> None:
    made = compared(*EVERY_KIND)
    names = {each.content.deck_key: each.content.deck_key for each in made}
    with closing(sqlite3.connect(":memory:")) as built:
        apkg.write_collection(built, made, MODELS, apkg.anki_decks(names))
        data, content = apkg.pack(built), apkg.content_hash(built)
    with ZipFile(BytesIO(data)) as file, closing(sqlite3.connect(":memory:")) as unpacked:
        unpacked.deserialize(file.read("collection.anki2"))
        assert apkg.content_hash(unpacked) == content
        unpacked.execute("UPDATE cards SET due = due + 1 WHERE ord = 1")
        assert apkg.content_hash(unpacked) != content


@pytest.mark.parametrize(
    ("note_id", "body"),
    [
        ("no-gap", Cloze("Nothing is asked.")),
        ("no-question", Basic("", "An answer.")),
    ],
)
def test_a_note_with_other_cards_than_in_the_terminal_stops_the_build(
    note_id: str, body: Basic | Cloze
) -> None:
    with pytest.raises(CardsError) as stopped:
        packed(compared(note(note_id, body)))
    assert note_id in stopped.value.sentence


def test_a_decks_id_hangs_on_its_key_and_one_name_is_one_deck() -> None:
    decks = apkg.anki_decks({"law/a": "CMOM::Law::A", "law/b": "CMOM::law::a", "law/c": "CMOM::C"})
    assert decks["law/a"] is decks["law/b"]
    assert decks["law/a"].deck_id == 1_700_000_000_000 + 0x606DEA41
    assert decks["law/c"].name == "CMOM::C"


def test_two_decks_of_one_id_stop_the_build() -> None:
    with pytest.raises(DeckIdError) as stopped:
        apkg.anki_decks({"plumless/x": "One", "buckeroo/x": "Other"})
    assert "One" in stopped.value.sentence
    assert "Other" in stopped.value.sentence


def test_many_decks_take_no_more_statements_than_few() -> None:
    def statements(decks: int) -> int:
        notes = [note(f"n{place}", deck=f"d{place % decks}") for place in range(80)]
        made = compared(*notes)
        names = {each.content.deck_key: each.content.deck_key for each in made}
        ran: list[str] = []
        with closing(sqlite3.connect(":memory:")) as database:
            database.set_trace_callback(ran.append)
            apkg.write_collection(database, made, MODELS, apkg.anki_decks(names))
        return len(ran)

    assert statements(80) == statements(1)


def test_a_text_full_of_angle_brackets_takes_no_search_that_grows_with_its_square() -> None:
    text = "a<b " * 4000
    data = packed(compared(note("long", Basic(text, text))))
    ((stored,),) = rows(data, "SELECT flds FROM notes")
    assert stored.count("a&lt;b") == 8000
