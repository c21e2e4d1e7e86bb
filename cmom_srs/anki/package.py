"""One .apkg package: genanki's, with ids and mods that last, and the same bytes each time."""

import io
import json
import re
import sqlite3
from collections.abc import Iterable
from collections.abc import Mapping
from hashlib import blake2b
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile
from zipfile import ZipInfo
from zlib import crc32

import genanki
import msgspec
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from cmom_srs.anki.compare import ComparedNote
from cmom_srs.anki.notes.note_types import NoteType
from cmom_srs.anki.notes.templates import Faces
from cmom_srs.errors import CmomError

_FIRST_DECK_ID = 1_700_000_000_000
_FIRST_NOTE_ID = 1_790_500_000_000
_IDS_A_NOTE = 100  # a note's own and its cards'; ordinals end at 99
_GAP = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::")
_VERSION_FIELDS = (24, 92, 96)  # SQLite's change counters and version in the file's header
_ROWS = (
    "SELECT models, decks, conf, dconf FROM col",
    "SELECT * FROM notes ORDER BY id",
    "SELECT * FROM cards ORDER BY id",
    "SELECT * FROM revlog ORDER BY id",
)


class CardsError(CmomError):
    """A note that yields other cards in Anki than in the terminal, or none."""

    def __init__(self, note_id: str, expected: Iterable[int], made: Iterable[int]) -> None:
        cards, in_anki = (", ".join(map(str, ordinals)) or "none" for ordinals in (expected, made))
        super().__init__(
            f"The note {note_id} has the cards {cards}, but in Anki it would have {in_anki}.",
            "Look at its text, then export again.",
        )


class DeckIdError(CmomError):
    """Two decks that Anki could not tell apart."""

    def __init__(self, name: str, other: str) -> None:
        super().__init__(
            f"The decks {name} and {other} come to one id in Anki.",
            "Rename the file of the newer one, then export again.",
        )


class LastingModel(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type with lasting ids for its fields and templates, and a mod of its own."""

    def __init__(self, note_type: NoteType, faces: Faces, mod: int) -> None:
        super().__init__(
            note_type.id,
            note_type.name,
            fields=[
                {"name": name, "id": note_type.field_id(place)}
                for place, name in enumerate(note_type.fields)
            ],
            templates=[
                {
                    "name": template.name,
                    "id": note_type.template_id(place),
                    "qfmt": template.front,
                    "afmt": template.back,
                }
                for place, template in enumerate(faces.templates)
            ],
            css=faces.stylesheet,
            model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
        )
        self.mod = mod

    def to_json(self, timestamp: float, deck_id: int | None) -> dict[str, Any]:
        """The note type as Anki stores it; its mod is its own, and it belongs to no deck."""
        stored: dict[str, Any] = super().to_json(self.mod, None)
        return stored


class _LastingNote(genanki.Note):  # type: ignore[misc]  # genanki has no types
    """A note with ids made of its position and with the mod of its content."""

    def __init__(self, model: LastingModel, compared: ComparedNote, is_bare: bool) -> None:
        content, record = compared.content, compared.record
        super().__init__(
            model, content.fields, tags=content.tags, guid=content.guid, due=compared.due
        )
        self.mod = record.mod
        self.position = record.position
        self.is_bare = is_bare or content.is_retired
        made = sorted(card.ord + 1 for card in super().cards)
        if not content.is_retired and (not made or made != list(content.ordinals)):
            raise CardsError(content.id, content.ordinals, made)

    @property
    def cards(self) -> list[genanki.Card]:
        """The cards that the note brings along: none if it is there only for who has it already."""
        return [] if self.is_bare else list(super().cards)

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: object) -> None:
        """Writes the note and its cards: the same rows in every package that holds the note."""
        ids = count(_FIRST_NOTE_ID + self.position * _IDS_A_NOTE)
        super().write_to_db(cursor, self.mod, deck_id, ids)

    def _cloze_cards(self) -> list[genanki.Card]:
        """A card for each number that Anki sees in the text, in gaps within gaps too."""
        numbers = {
            int(number)
            for gap in _GAP.findall(self.fields[self.model.sort_field_index])
            for number in gap.split(",")
        }
        return [genanki.Card(number - 1) for number in sorted(numbers)]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: the HTML is markdown-it's, and genanki's search is quadratic."""


def anki_decks(names: Mapping[str, str]) -> dict[str, genanki.Deck]:
    """Anki's decks by deck key, given the names by deck key. Raises DeckIdError.

    A name is all that Anki knows a deck by, whatever its case: decks of one name are one deck.
    """
    by_name: dict[str, genanki.Deck] = {}
    by_id: dict[int, genanki.Deck] = {}
    for key, name in sorted(names.items()):
        if name.casefold() in by_name:
            continue
        deck = genanki.Deck(_FIRST_DECK_ID + crc32(key.encode()), name)
        if deck.deck_id in by_id:
            raise DeckIdError(by_id[deck.deck_id].name, name)
        by_name[name.casefold()] = by_id[deck.deck_id] = deck
    return {key: by_name[name.casefold()] for key, name in names.items()}


def write_collection(
    database: sqlite3.Connection,
    notes: Iterable[ComparedNote],
    models: Mapping[str, LastingModel],
    decks: Mapping[str, genanki.Deck],
    followers: Iterable[ComparedNote] = (),
) -> None:
    """Writes notes by position into an empty database, in one pass however many decks there are.

    `models` are the note types by note kind, `decks` Anki's decks by deck key. The cards of
    retired notes and of `followers` are left out. Raises CardsError.
    """
    bare = {note.content.guid: note for note in followers}
    rows = [
        (
            decks[note.content.deck_key],
            _LastingNote(models[note.content.note_kind], note, note.content.guid in bare),
        )
        for note in sorted((*notes, *bare.values()), key=lambda note: note.record.position)
    ]
    cursor = database.cursor()
    cursor.executescript(APKG_SCHEMA)
    cursor.executescript(APKG_COL)
    _write_header(
        cursor,
        {note.model.model_id: note.model for _, note in rows},
        {deck.deck_id: deck for deck, note in rows if note.cards},
    )
    for deck, note in rows:
        note.write_to_db(cursor, 0, deck.deck_id, None)
    database.commit()


def _write_header(
    cursor: sqlite3.Cursor, models: Mapping[int, LastingModel], decks: Mapping[int, genanki.Deck]
) -> None:
    """Writes note types and decks, by their ids, beside those that every collection has."""
    (stored,) = cursor.execute("SELECT decks FROM col").fetchone()
    in_json = {str(key): deck.to_json() for key, deck in decks.items()}
    cursor.execute(
        "UPDATE col SET models = ?, decks = ?",
        (
            _json({str(key): model.to_json(0, None) for key, model in models.items()}),
            _json(json.loads(stored) | in_json),
        ),
    )


def content_hash(database: sqlite3.Connection) -> str:
    """A hash of everything Anki takes from a collection, whatever wrote the file."""
    digest = blake2b(digest_size=16)
    for query in _ROWS:
        for row in database.execute(query):
            digest.update(msgspec.json.encode(row))
    return digest.hexdigest()


def pack(database: sqlite3.Connection) -> bytes:
    """The file: deflated, and the same bytes for the same rows on one machine."""
    image = bytearray(database.serialize())
    for place in _VERSION_FIELDS:
        image[place : place + 4] = bytes(4)
    file = io.BytesIO()
    with ZipFile(file, "w") as zipped:
        for name, data in (("collection.anki2", bytes(image)), ("media", b"{}")):
            member = ZipInfo(name)  # of 1980, the earliest day a zip file knows
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            zipped.writestr(member, data)
    return file.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
