"""Shipped changes brought into a learner's own decks, note by note; what was edited stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import blake2b

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.editing.blocks import Blocks
from cmom_srs.deckfiles.editing.blocks import plain
from cmom_srs.study.notes import Note


@dataclass(frozen=True, slots=True)
class DeckTexts:
    """The decks of a folder as values: notes by id, and each file's text by its path."""

    notes: Mapping[str, Note]
    files: Mapping[str, Blocks]
    blueprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the learner edited and the shipped decks changed too: a note, a deck's head."""

    name: str
    diff: str


def record(decks: DeckTexts) -> dict[str, str]:
    """What tells later whether something was edited.

    The fingerprint of each note by its id; a hash of each head by `<domain>/<deck>` and of the
    blueprint by its name.
    """
    heads = {_head_name(path): _hash(blocks.head) for path, blocks in decks.files.items()}
    notes = {note_id: note.fingerprint for note_id, note in decks.notes.items()}
    return notes | heads | {BLUEPRINT_NAME: _hash(decks.blueprint)}


class ThreeWayMerge:
    """A learner's decks with the shipped changes brought in; `known` is the last `record`.

    `updated`, `added` and `retired` are note ids; `updated` also names heads, as
    `<domain>/<deck>`, and the blueprint. `kept` is what both sides changed.
    """

    def __init__(self, shipped: DeckTexts, own: DeckTexts, known: Mapping[str, str]) -> None:
        self._files = dict(own.files)
        self.updated: list[str] = []
        self.added: list[str] = []
        self.kept: list[Kept] = []
        self._shipped = shipped
        self._own = own
        self._known = known
        self._own_ids = {old: note.id for note in own.notes.values() for old in note.formerly}
        self._own_ids |= {note_id: note_id for note_id in own.notes}
        self._blueprint = self._merge_text(BLUEPRINT_NAME, shipped.blueprint, own.blueprint)
        for path, blocks in shipped.files.items():
            if path in self._files:
                head = self._merge_text(_head_name(path), blocks.head, self._files[path].head)
                self._files[path] = self._files[path].with_head(head)
            for note_id, _ in blocks.notes:
                self._take(shipped.notes[note_id], path)
        self.retired = self._find_retired()

    def remove_retired(self) -> None:
        """Takes the retired notes out."""
        for note_id in self.retired:
            path = _path(self._own.notes[note_id])
            self._files[path] = self._files[path].without_note(note_id)

    def changed_texts(self) -> dict[str, str]:
        """The text of each file that is to be written, by its path."""
        old = {path: blocks.text for path, blocks in self._own.files.items()}
        new = {path: blocks.text for path, blocks in self._files.items()}
        old[BLUEPRINT_NAME], new[BLUEPRINT_NAME] = self._own.blueprint, self._blueprint
        return {path: text for path, text in new.items() if text != old.get(path)}

    def _merge_text(self, name: str, shipped: str, own: str) -> str:
        """The shipped text if the own one was not edited, else the own text."""
        if _hash(shipped) == _hash(own):
            return own
        if self._known.get(name) == _hash(own):
            self.updated.append(name)
            return shipped
        if self._known.get(name) != _hash(shipped):
            self.kept.append(Kept(name, _diff(own, shipped)))
        return own

    def _take(self, note: Note, path: str) -> None:
        """One shipped note: added, updated, kept as it is edited, or left deleted."""
        ids = (note.id, *reversed(note.formerly))
        own_id = next((self._own_ids[one] for one in ids if one in self._own_ids), None)
        known = next((self._known[one] for one in ids if one in self._known), None)
        text = self._shipped.files[path].note(note.id)
        if own_id is None:
            if known is None:
                self._add(note.id, text, path)
            return
        own = self._own.notes[own_id]
        is_edited = own.fingerprint != known or own_id not in ids
        if is_edited and note.fingerprint not in (known, own.fingerprint):
            own_text = self._own.files[_path(own)].note(own_id)
            self.kept.append(Kept(own_id, _diff(own_text, text)))
        elif not is_edited and (own_id, known) != (note.id, note.fingerprint):
            self._exchange(own, note, text)

    def _exchange(self, own: Note, note: Note, text: str) -> None:
        """Another text for a note; the same when only what it inherits from the head changed."""
        path = _path(own)
        old = self._files[path]
        self._files[path] = old.with_note(own.id, note.id, text)
        if self._files[path] != old:
            self.updated.append(note.id)

    def _add(self, note_id: str, text: str, path: str) -> None:
        shipped = self._shipped.files[path]
        ids = [one for one, _ in shipped.notes]
        blocks = self._files.get(path, Blocks(shipped.head))
        before = ids[: ids.index(note_id)]
        self._files[path] = blocks.with_new_note(note_id, text, before)
        self.added.append(note_id)

    def _find_retired(self) -> tuple[str, ...]:
        """The notes that were shipped once, are not any more, and still stand in the own decks."""
        shipped = {
            one for note in self._shipped.notes.values() for one in (note.id, *note.formerly)
        }
        return tuple(
            note_id
            for note_id in self._own.notes
            if note_id in self._known and note_id not in shipped
        )


def _path(note: Note) -> str:
    return f"{note.domain}/{note.deck}.md"


def _head_name(path: str) -> str:
    return path.removesuffix(".md")


def _hash(text: str) -> str:
    return blake2b(" ".join(plain(text).split()).encode(), digest_size=16).hexdigest()


def _diff(own: str, shipped: str) -> str:
    lines = unified_diff(
        plain(own).rstrip().split("\n"),
        plain(shipped).rstrip().split("\n"),
        "yours",
        "shipped",
        lineterm="",
    )
    return "\n".join(lines)
