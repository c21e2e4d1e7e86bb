"""What changed in a note's words, as a reader sees it."""

import html
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.notes.content import NoteContent
from cmom_srs.anki.notes.note_types import NOTE_TYPES

_CONTEXT = 6
_MOST_COMPARISONS = 1_000_000  # the time grows with them
_DRAWS = "Draws"
_STYLE_TAG = re.compile(r"</?(?:em|strong|code)>")
_TAG = re.compile(r"<[^>]*>")


def differences(old: OldNote, new: NoteContent) -> tuple[tuple[str, str], ...]:
    """The fields that differ, each with its words: `[-gone-]`, `{+new+}`, far ones left out."""
    names = (*NOTE_TYPES[new.note_kind].fields, "Tags")
    before = (*old.fields, " ".join(old.tags))
    after = (*new.fields, " ".join(new.tags))
    return tuple(
        (name, _compare(name, *texts))
        for name, *texts in zip(names, before, after, strict=False)
        if texts[0] != texts[1]
    )


def _compare(name: str, old: str, new: str) -> str:
    if name == _DRAWS:
        return "other numbers are drawn"
    before, after = _words(old), _words(new)
    if before == after:
        return "only the layout differs"
    start = _length_in_common(before, after)
    end = _length_in_common(before[start:][::-1], after[start:][::-1])
    old_part, new_part = before[start : len(before) - end], after[start : len(after) - end]
    if len(old_part) * len(new_part) > _MOST_COMPARISONS:
        return "most of the text differs"
    rest = before[len(before) - end :]
    return " ".join((*_shorten(before[:start]), *_marked(old_part, new_part), *_shorten(rest)))


def _length_in_common(one: list[str], other: list[str]) -> int:
    """With how many words both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


def _words(text: str) -> list[str]:
    return html.unescape(_TAG.sub(" ", _STYLE_TAG.sub("", text))).split()


def _marked(old: list[str], new: list[str]) -> Iterator[str]:
    for change, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if change == "equal":
            yield from _shorten(old[start:end])
            continue
        if start < end:
            yield f"[-{' '.join(old[start:end])}-]"
        if new_start < new_end:
            yield f"{{+{' '.join(new[new_start:new_end])}+}}"


def _shorten(words: list[str]) -> list[str]:
    if len(words) <= 2 * _CONTEXT + 1:
        return words
    return [*words[:_CONTEXT], "...", *words[-_CONTEXT:]]
