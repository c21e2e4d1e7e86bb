"""Where new cards stand in Anki: in the exam's proportions, as in the terminal."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping

from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.notes import Note

_AFTER_ALL = 500_000  # and below a million, the highest position that Anki knows


def introduction(notes: Iterable[Note], blueprint: Blueprint) -> dict[str, int]:
    """The place among new cards from 1 of each note, by id (schedule, rule 5).

    A place is the note's rank if every domain had notes without end, so it hangs on the notes of
    its own domain and the weights: a package of one domain and that of everything agree, and a
    note that is added moves none of another domain. Domains without weight come last.
    """
    weights = {key: weight for key, weight in blueprint.profile().weights.items() if weight > 0}
    in_domain: Counter[str] = Counter()
    places: dict[str, int] = {}
    for note in sorted(notes, key=_as_written):
        places[note.id] = _rank(in_domain[note.domain], note.domain, weights)
        in_domain[note.domain] += 1
    return places


def _as_written(note: Note) -> tuple[str, str, int, str]:
    return (note.domain, note.deck, note.position, note.id)


def _rank(place: int, domain: str, weights: Mapping[str, int]) -> int:
    """How many notes come up to this one: by (place + 0.5) / weight, then by domain key."""
    weight = weights.get(domain)
    if weight is None:
        return _AFTER_ALL + place
    rank = 1
    for other, other_weight in weights.items():
        before, rest = divmod((2 * place + 1) * other_weight + weight, 2 * weight)
        rank += before - (rest == 0 and other >= domain)
    return min(rank, _AFTER_ALL - 1)
