"""Shipped changes brought into a learner's own decks, note by note; what was edited stays."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import blake2b

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.editing.blocks import Blocks
from cmom_srs.deckfiles.editing.blocks import Edits
from cmom_srs.deckfiles.editing.blocks import plain
from cmom_srs.study.notes import Note

_MOST_LINES = 500


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
        self.updated: list[str] = []
        self.added: list[str] = []
        self.kept: list[Kept] = []
        self._shipped = shipped
        self._own = own
        self._known = known
        self._edits: defaultdict[str, Edits] = defaultdict(Edits)
        self._own_ids = {old: note.id for note in own.notes.values() for old in note.formerly}
        self._own_ids |= {note_id: note_id for note_id in own.notes}
        self._own_texts = {
            note_id: text for blocks in own.files.values() for note_id, text in blocks.notes
        }
        self._blueprint = self._merge_text(BLUEPRINT_NAME, shipped.blueprint, own.blueprint)
        for path, blocks in shipped.files.items():
            self._merge_file(path, blocks)
        self.retired = self._find_retired()

    def remove_retired(self) -> None:
        """Takes the retired notes out."""
        for note_id in self.retired:
            self._edits[_path(self._own.notes[note_id])].removed.add(note_id)

    def changed_texts(self) -> dict[str, str]:
        """The text of each file that is to be written, by its path."""
        new = {path: self._own_file(path).edited(edits).text for path, edits in self._edits.items()}
        old = {path: blocks.text for path, blocks in self._own.files.items()}
        old[BLUEPRINT_NAME], new[BLUEPRINT_NAME] = self._own.blueprint, self._blueprint
        return {path: text for path, text in new.items() if text != old.get(path)}

    def _own_file(self, path: str) -> Blocks:
        """The learner's file; one with the shipped head alone, if there is none."""
        return self._own.files.get(path) or Blocks(self._shipped.files[path].head)

    def _merge_file(self, path: str, blocks: Blocks) -> None:
        if own := self._own.files.get(path):
            head = self._merge_text(_head_name(path), blocks.head, own.head)
            self._edits[path].head = head if head != own.head else None
        places = {note_id: at for at, (note_id, _) in enumerate(self._own_file(path).notes)}
        above = -1
        for note_id, text in blocks.notes:
            note = self._shipped.notes[note_id]
            own_id = self._take(note, text)
            if own_id is None and note_id in self.added[-1:]:
                self._edits[path].added.setdefault(above, []).append((note_id, text))
            above = max(above, places.get(own_id or "", -1))

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

    def _take(self, note: Note, text: str) -> str | None:
        """One shipped note: updated, kept as it is edited, added, or left deleted.

        The id of the learner's note that it is, if there is one and the learner did not rename it.
        """
        ids = (note.id, *reversed(note.formerly))
        own_id = next((self._own_ids[one] for one in ids if one in self._own_ids), None)
        known = next((self._known[one] for one in ids if one in self._known), None)
        if own_id is None:
            self.added += [note.id] if known is None else []
            return None
        own = self._own.notes[own_id]
        is_edited = own.fingerprint != known or own_id not in ids
        if is_edited and note.fingerprint not in (known, own.fingerprint):
            self.kept.append(Kept(own_id, _diff(self._own_texts[own_id], text)))
        elif not is_edited and (own_id, known) != (note.id, note.fingerprint):
            self._exchange(own, note, text)
        return own_id if own_id in ids else None

    def _exchange(self, own: Note, note: Note, text: str) -> None:
        """Another text for a note; the same when only what it inherits from the head changed."""
        path, own_text = _path(own), self._own_texts[own.id]
        if (note.id, self._own.files[path].fit(text, own_text)) != (own.id, own_text):
            self._edits[path].changed[own.id] = (note.id, text)
            self.updated.append(note.id)

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


# Blanks and line ends do not count: an editor may change them without an edit being meant.
def _hash(text: str) -> str:
    return blake2b(" ".join(plain(text).split()).encode(), digest_size=16).hexdigest()


def _diff(own: str, shipped: str) -> str:
    """Both texts line by line. Where they are long, finding what is common would take hours."""
    ours, theirs = (plain(text).rstrip().split("\n") for text in (own, shipped))
    if max(len(ours), len(theirs)) > _MOST_LINES:
        return f"yours has {len(ours)} lines, the shipped one {len(theirs)}"
    return "\n".join(unified_diff(ours, theirs, "yours", "shipped", lineterm=""))
