"""`cmom search`: notes in which every word occurs."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import texts

_LONGEST_BEGINNING = 74


def show_found(words: Iterable[str]) -> None:
    """Notes in which every word occurs: in texts, id, tags, source or manual hint."""
    wanted = [word.casefold() for word in words]
    with learning() as learner:
        found = [note for note in learner.notes.values() if _has_all(note, wanted)]
    show(found, _shape, _lines)
    tell(f"{len(found)} note{'s' * (len(found) != 1)}")


def _has_all(note: Note, words: Iterable[str]) -> bool:
    everything = (
        note.id,
        *note.formerly,
        *texts(note),
        note.extra,
        note.source,
        note.manual,
        *note.tags,
    )
    text = "\n".join(everything).casefold()
    return all(word in text for word in words)


def _shape(found: Sequence[Note]) -> dict[str, Any]:
    return {"notes": [json_shapes.note(note) for note in found]}


def _lines(found: Sequence[Note]) -> Iterator[str]:
    for note in found:
        beginning = " ".join(next(iter(texts(note)), "").split())
        yield f"{note.id}\n    {_cut(beginning)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_BEGINNING else f"{text[: _LONGEST_BEGINNING - 3]}..."
