"""How cards look in Anki: the templates and the stylesheet, read from `faces/`."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files

import msgspec

from cmom_srs.anki.notes.note_types import NoteType

_FACES = files("cmom_srs.anki") / "faces"
_INCLUDE = re.compile(r"<!-- include (\S+) -->")


@dataclass(frozen=True, slots=True)
class Template:
    """The two sides of one of a note type's cards, in Anki's template language."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class Faces:
    """Everything about a note type that may change without touching a note."""

    templates: tuple[Template, ...]
    stylesheet: str


def faces(note_type: NoteType) -> Faces:
    """The templates of a note type by ord, and the stylesheet."""
    return Faces(templates(note_type), stylesheet())


def templates(note_type: NoteType) -> tuple[Template, ...]:
    """The templates of a note type by ord: `faces/recall.front.html` and so on by their names."""
    return tuple(
        Template(name, _read(f"{name.lower()}.front.html"), _read(f"{name.lower()}.back.html"))
        for name in note_type.templates
    )


def stylesheet() -> str:
    """The one stylesheet of all note types."""
    return _read("style.css")


def fingerprint(note_type: NoteType, shown: Faces) -> str:
    """A hash of the note type as Anki stores it: names, templates, stylesheet."""
    whole = msgspec.json.encode((note_type.id, note_type.name, note_type.fields, shown))
    return blake2b(whole, digest_size=16).hexdigest()


def _read(name: str) -> str:
    """A file of `faces/`; each `<!-- include FILE -->` in it is replaced by that file."""
    text = (_FACES / name).read_text(encoding="utf-8").strip()
    return _INCLUDE.sub(lambda include: _read(include[1]), text)
