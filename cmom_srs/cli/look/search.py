"""`cmom search`: notes in which every word occurs, those that ask for the words first."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from unicodedata import normalize

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.study.notes import Note
from cmom_srs.study.texts import question_text
from cmom_srs.study.texts import texts
from cmom_srs.study.wording import beginning
from cmom_srs.study.wording import count_of

_LONGEST_BEGINNING = 76


def show_found(words: Iterable[str]) -> None:
    """Notes in which every word occurs: in texts, id, tags, source, manual hint or own line."""
    wanted = [_folded(word) for word in words]
    with learning() as learner:
        remarks = learner.store.remarks()
        found = [note for note in learner.notes.values() if _has_all(note, remarks, wanted)]
    found.sort(key=lambda note: -sum(word in _folded(question_text(note)) for word in wanted))
    show(found, _shape, _lines)
    tell(count_of(found, "note"))


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold()


def _has_all(note: Note, remarks: Mapping[str, str], words: Iterable[str]) -> bool:
    everything = (
        note.id,
        *note.formerly,
        *texts(note),
        note.extra,
        note.source,
        note.manual,
        *note.tags,
        remarks.get(note.id, ""),
    )
    text = _folded("\n".join(everything))
    return all(word in text for word in words)


def _shape(found: Sequence[Note]) -> dict[str, Any]:
    return {"notes": [json_shapes.note(note) for note in found]}


def _lines(found: Sequence[Note]) -> Iterator[str]:
    for note in found:
        yield f"{beginning(note, _LONGEST_BEGINNING)}\n    {note.id}"
