"""Which notes a plan keeps back, so that its rehearsal can ask what was never seen."""

from collections.abc import Collection
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam import shares
from cmom_srs.study.exam.supply import is_exam_item
from cmom_srs.study.notes import Note

_MOST = 3  # a third of what a domain has


def choose(
    notes: Iterable[Note], profile: Profile, start_on: date, met_before: Collection[str]
) -> frozenset[str]:
    """The ids of the notes to keep back: of each domain its share of a full exam.

    Taken from those that an exam can ask and the learner had not met when the plan began, at most
    a third of them. Which ones depends on that day and the notes' first ids alone, so that every
    computer keeps the same ones and a renamed note stays among them.
    """
    by_domain: dict[str, list[Note]] = {}
    for note in notes:
        if is_exam_item(note) and note.id not in met_before:
            by_domain.setdefault(note.domain, []).append(note)
    kept: list[str] = []
    for domain, share in shares.of_profile(profile).items():
        there = sorted(by_domain.get(domain, ()), key=lambda note: _by_chance(start_on, note))
        kept += (note.id for note in there[: min(share, len(there) // _MOST)])
    return frozenset(kept)


def _by_chance(start_on: date, note: Note) -> bytes:
    return blake2b(f"{start_on}{note.first_id}".encode(), digest_size=8).digest()
