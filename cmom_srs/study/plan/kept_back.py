"""Which notes a plan keeps back, so that its rehearsal can ask what was never seen."""

from collections.abc import Collection
from collections.abc import Iterable
from datetime import date
from functools import partial
from hashlib import blake2b

from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam import shares
from cmom_srs.study.exam.draw import allot_calculations
from cmom_srs.study.exam.draw import is_calculation
from cmom_srs.study.exam.supply import is_exam_item
from cmom_srs.study.notes import Note

_MOST = 3  # a third of what a domain has


def choose(
    notes: Iterable[Note], profile: Profile, start_on: date, met_before: Collection[str]
) -> frozenset[str]:
    """The ids of the notes to keep back: of each domain its share of a full exam.

    Taken from those that an exam can ask and the learner had not met when the plan began, at most
    a third of them, and no more calculations than an exam asks. Which ones depends on that day and
    the notes' first ids alone, so that every computer keeps the same ones and a renamed note stays
    among them.
    """
    wanted = shares.of_profile(profile)
    supply: dict[str, list[Note]] = {domain: [] for domain in wanted}
    for note in notes:
        if note.domain in supply and is_exam_item(note):
            supply[note.domain].append(note)
    calculations = allot_calculations(supply, wanted)
    kept: list[str] = []
    for domain, share in wanted.items():
        fresh = [note for note in supply[domain] if note.id not in met_before]
        most = min(share, len(fresh) // _MOST)
        kept += _first(sorted(fresh, key=partial(_by_chance, start_on)), most, calculations[domain])
    return frozenset(kept)


def _first(notes: Iterable[Note], most: int, calculations: int) -> list[str]:
    """The ids of the first notes, so many at most, and so many calculations among them."""
    found: list[str] = []
    for note in notes:
        if is_calculation(note):
            if calculations == 0:
                continue
            calculations -= 1
        found.append(note.id)
    return found[:most]


def _by_chance(start_on: date, note: Note) -> bytes:
    return blake2b(f"{start_on}{note.first_id}".encode(), digest_size=8).digest()
