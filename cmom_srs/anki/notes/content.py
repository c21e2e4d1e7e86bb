"""What Anki will hold of a note, apart from when it changed and where it stands."""

from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.manifest import NoteRecord
from cmom_srs.anki.notes import fields
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import ordinals

_RETIRED = "cmom::retired"


@dataclass(frozen=True, slots=True)
class NoteContent:
    """A note's fields in the order of its note type, its tags sorted, its cards' ordinals.

    `id` is the note's present id. A retired note has no cards: those of learners who have it stay
    with them, and to the others it brings none.
    """

    guid: str
    id: str
    note_kind: str
    domain: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]

    @property
    def deck_key(self) -> str:
        """What the name of the note's deck in Anki hangs on."""
        return f"{self.domain}/{self.deck}"

    @property
    def is_retired(self) -> bool:
        """Whether the note is gone from the decks."""
        return _RETIRED in self.tags

    @property
    def hash(self) -> str:
        """A hash of all that an import replaces in Anki; while it stays, so does the mod."""
        whole = msgspec.json.encode((NOTE_TYPES[self.note_kind].id, self.fields, self.tags))
        return blake2b(whole, digest_size=16).hexdigest()


def note_content(note: Note, domain_title: str) -> NoteContent:
    """The content of a note in the decks. Raises UnsafeFieldError for control characters."""
    filled = fields.render(note, f"{domain_title} > {note.deck_title}")
    years = (
        f"cmom::{name}::{day.year}"
        for name, day in (("as-of", note.as_of), ("until", note.until))
        if day
    )
    topics = (f"cmom::topic::{tag}" for tag in note.tags)
    tags = {*_place_tags(note.domain, note.deck, note.kind), *topics, *years}
    return NoteContent(
        fields.guid(note),
        note.id,
        note.kind,
        note.domain,
        note.deck,
        tuple(filled.values()),
        tuple(sorted(tags)),
        ordinals(note.body),
    )


def retired_content(guid: str, record: NoteRecord, last: OldNote | None) -> NoteContent:
    """The content of a note that is gone: its last words, or without them just that it is gone."""
    note_type = NOTE_TYPES[record.note_kind]
    if last is None or len(last.fields) != len(note_type.fields):
        gone = f"Retired: {record.id}"
        first = f"{{{{c1::{gone}}}}}" if note_type.is_cloze else gone
        said = {note_type.fields[0]: first, "ID": record.id}
        last = OldNote(
            record.mod,
            tuple(said.get(name, "") for name in note_type.fields),
            _place_tags(record.domain, record.deck, record.note_kind),
        )
    return NoteContent(
        guid,
        record.id,
        record.note_kind,
        record.domain,
        record.deck,
        last.fields,
        tuple(sorted({*last.tags, _RETIRED})),
        (),
    )


def _place_tags(domain: str, deck: str, note_kind: str) -> tuple[str, ...]:
    return (f"cmom::{domain}::{deck}", f"cmom::kind::{note_kind}")
