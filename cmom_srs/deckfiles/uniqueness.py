"""Ids over all decks: each is used once, and an earlier id is never used again (rule 2)."""

from collections.abc import Iterable
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.notes.entries import DeckEntry
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity


class _IdUse(NamedTuple):
    """An id where it stands: on a note's heading, or under `Formerly:` of the note of `heading`."""

    id: str
    path: str
    place: PlaceInFile
    heading: PlaceInFile


def check_ids(entries: Iterable[tuple[str, DeckEntry]]) -> list[Problem]:
    """An error for each id that is there already; the entries come with the path of their file.

    Of two notes with one id the later is at fault, and a note that takes another's earlier id.
    """
    ids: list[_IdUse] = []
    former: list[_IdUse] = []
    for path, entry in entries:
        if entry.id:
            ids.append(_IdUse(entry.id, path, entry.place, entry.place))
        former += [_IdUse(old, path, place, entry.place) for old, place in entry.formerly]
    first: dict[str, _IdUse] = {}
    problems = []
    # Earlier ids first: they were there before any note that takes one of them.
    for use in [*former, *ids]:
        other = first.setdefault(use.id, use)
        if other is not use:
            is_own = (use.path, use.heading) == (other.path, other.heading)
            problems.append(_problem(other, use) if is_own else _problem(use, other))
    return problems


def _problem(use: _IdUse, other: _IdUse) -> Problem:
    return Problem(
        use.path,
        use.place.line,
        use.place.column,
        "duplicate-id",
        Severity.ERROR,
        f"the id `{use.id}` is in {other.path}, line {other.place.line} already",
        "choose another; an id is never used again, an earlier one neither",
    )
