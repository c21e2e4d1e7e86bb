"""Advice on what Markdown and the marks of a gap make of a text, other than its author thinks."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note

_GAP = re.compile(r"\{\{c[1-9][0-9]?::([^{}]*)\}\}")
_NAME = re.compile(r"[A-Za-z_]\w*")
_ABBREVIATED = re.compile(r"[b-df-hj-np-tv-xz]{3,}")  # `std`, which no English word looks like
_OF_PROGRAMS = re.compile(r"_|[a-z][A-Z]|^[A-Z][a-z]")
_JOINED = re.compile(r"\w::\w")
# Before other marks an author writes a backslash so that Markdown leaves them alone.
_LOST_BACKSLASH = re.compile(r"\\[(),;]|\\\[(?=\s)|(?<=\s)\\\]")


class Advice(NamedTuple):
    """A finding in a note, at a place of its file."""

    code: str
    place: PlaceInFile
    message: str
    hint: str


def text_advice(note: Note, texts: Sequence[Text]) -> Iterator[Advice]:
    """Advice on the texts of a note, each kind once."""
    found = (one for text in texts for one in _lost_backslashes(text))
    yield from _first(found)
    if isinstance(note.body, Cloze):
        asked = (text for text in texts if text.text == note.body.text)
        yield from _first(one for text in asked for one in _doubtful_gaps(text))


def _first(found: Iterator[Advice]) -> Iterator[Advice]:
    yield from [one for one in [next(found, None)] if one]


def _lost_backslashes(text: Text) -> Iterator[Advice]:
    # Between backquotes a backslash stays: who writes those knows Markdown.
    for found in () if "`" in text.text else _LOST_BACKSLASH.finditer(text.text):
        message = f"Markdown drops the backslash of `{found[0]}`, and typesets no formula"
        hint = "say it in words, or put it between backquotes: `` `\\( x \\)` ``"
        yield Advice("lost-backslash", text.place(found.start()), message, hint)


def _doubtful_gaps(text: Text) -> Iterator[Advice]:
    is_code = _JOINED.search(_GAP.sub("", text.text)) is not None
    for gap in _GAP.finditer(text.text):
        hidden, colons, hint = gap[1].partition("::")
        if colons and (is_code or _is_doubtful(hidden.strip(), hint.strip())):
            message = f"this gap hides `{hidden}` alone and shows `{hint}` as its hint"
            way = "if more is to be recalled, write `&#58;&#58;` instead of the `::` in it"
            yield Advice("gap-with-colons", text.place(gap.start()), message, way)


def _is_doubtful(hidden: str, hint: str) -> bool:
    """Whether what stands behind the `::` of a gap may not have been meant as a hint."""
    if "::" in hint or hint.endswith("()") or not any(letter.isalpha() for letter in hint):
        return True
    if not (_NAME.fullmatch(hidden) and _NAME.fullmatch(hint)):
        return False
    is_abbreviated = _ABBREVIATED.fullmatch(hidden) is not None
    return is_abbreviated or _OF_PROGRAMS.search(hint) is not None or "_" in hidden
