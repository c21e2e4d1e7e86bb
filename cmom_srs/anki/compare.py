"""What a build changes: the notes of the decks against what earlier builds recorded."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from cmom_srs.anki.manifest import NoteRecord
from cmom_srs.anki.manifest import NoteTypeRecord
from cmom_srs.anki.notes.content import NoteContent


class Change(StrEnum):
    """What became of a note since the manifest; each note has one."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    RETIRED = "retired"
    RETURNED = "returned"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ComparedNote:
    """A note of a build: its content, what is recorded of it from now on, what became of it.

    `due` is its place among new cards.
    """

    content: NoteContent
    record: NoteRecord
    change: Change
    due: int


def compare(
    known: Mapping[str, NoteRecord],
    contents: Iterable[NoteContent],
    now: int,
    is_restamping: bool = False,
    places: Mapping[str, int] = MappingProxyType({}),
) -> tuple[ComparedNote, ...]:
    """Each note with the mod that makes Anki take its content if, and only if, it is new.

    `now` is in seconds since 1970. A mod is the first build with that content, later than the one
    before; with `is_restamping` all are new. Unknown notes get positions after the highest, in
    the order of `contents`. `places` are those among new cards by id; a note that has none is
    where its position is.
    """
    highest = max((record.position for record in known.values()), default=0)
    compared = []
    for content in contents:
        old = known.get(content.guid)
        highest += old is None
        record = NoteRecord(
            content.id,
            content.note_kind,
            content.domain,
            content.deck,
            content.hash,
            _mod(old, content.hash, now, is_restamping),
            old.position if old else highest,
            content.is_retired,
        )
        due = places.get(content.id, record.position)
        compared.append(ComparedNote(content, record, _change(old, record), due))
    return tuple(compared)


def compare_note_types(
    known: Mapping[str, NoteTypeRecord],
    hashes: Mapping[str, str],
    now: int,
    is_restamping: bool = False,
) -> dict[str, NoteTypeRecord]:
    """The same for note types, whose hashes are given by note kind."""
    return {
        kind: NoteTypeRecord(found, _mod(known.get(kind), found, now, is_restamping))
        for kind, found in hashes.items()
    }


def _mod(old: NoteRecord | NoteTypeRecord | None, found: str, now: int, is_restamping: bool) -> int:
    if old is None:
        return now
    is_same = old.hash == found and not is_restamping
    return old.mod if is_same else max(now, old.mod + 1)


def _change(old: NoteRecord | None, new: NoteRecord) -> Change:
    if old is None:
        return Change.ADDED
    if old.is_retired != new.is_retired:
        return Change.RETIRED if new.is_retired else Change.RETURNED
    if (old.domain, old.deck) != (new.domain, new.deck):
        return Change.MOVED
    return Change.UNCHANGED if old.hash == new.hash else Change.CHANGED
