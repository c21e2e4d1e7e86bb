"""The rehearsal, and how a simulated learner answers a question never seen.

    P(right) = p + (1 - p) / 4

p is the chance of recall of a card that was studied. Of a note never studied it is

    p = known before + (1 - known before) * known of the domain / 2

where "known before" is the chance that the card is known at its first sight, and "known of the
domain" the mean recall of all cards of the domain, unseen ones counted as not recalled: half of
what is known carries over. That half is made up. What can be seen by it is the error of the
estimate, by chance and by the days between rehearsal and exam, and not how people carry over.

An exam leaves no trace in a memory here, neither by recalling nor by looking at the misses
afterwards: what it does is to pull its misses forward. So no arm learns outside its minutes.
"""

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from datetime import time
from math import fsum
from random import Random
from statistics import fmean

from cmom_srs.study.exam import draw
from cmom_srs.study.exam import events
from cmom_srs.study.exam import score
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.supply import is_exam_item
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.readiness import estimate
from cmom_srs.study.readiness.estimate import Estimate
from cmom_srs.study.readiness.record import sat
from tests.bench.learning.mind import Mind
from tests.bench.learning.product import date_of
from tests.bench.learning.world import World

CARRIED_OVER = 0.5
_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class SatRehearsal:
    """What a rehearsal pulls forward, what `cmom ready` makes of it, and the true score then.

    `true_percent` is of questions never seen, as many of each domain as the exam asks;
    `fresh_percent` of those asked were never seen.
    """

    pulled: tuple[CardId, ...]
    estimate: Estimate | None
    true_percent: float
    fresh_percent: float


def sit(world: World, mind: Mind, kept_back: frozenset[str], seed: str) -> SatRehearsal:
    """The rehearsal of this morning, drawn, scored and judged by the product."""
    rng = Random(f"rehearsal {seed}")
    seen = frozenset(card.note_id for card in mind.cards if mind.has_seen(card))
    wishes = Wishes(is_rehearsal=True, kept_back=kept_back)
    items = draw.draw(world.notes, world.profile, rng, wishes, seen, {})
    exam = _exam(world, mind.day, items)
    sheet = events.replay(exam, _sitting(exam, _known(world, mind), mind, rng))
    fresh = frozenset(item.position for item in items if item.note_id not in seen)
    found = sat(exam, sheet, fresh)
    pooled = estimate.pool([found] if found else [], date_of(mind.day))
    return SatRehearsal(
        score.to_pull(exam, sheet),
        estimate.estimate(pooled, world.profile),
        true_percent_of_unseen(world, mind),
        100 * len(fresh) / len(items),
    )


def true_percent_of_unseen(world: World, mind: Mind) -> float:
    """The score to expect of questions never seen, drawn in the exam's proportions."""
    known = _known(world, mind)
    by_domain = {
        domain: fmean(
            with_guessing(_carried_over(mind, note, known))
            for note in world.notes
            if note.domain == domain and is_exam_item(note)
        )
        for domain in world.profile.weights
    }
    weights = world.profile.weights
    return fsum(weights[domain] * share for domain, share in by_domain.items())


def with_guessing(chance: float) -> float:
    """The chance of the right option, who does not know it takes one of four."""
    return chance + (1 - chance) / _OPTIONS


def _known(world: World, mind: Mind) -> Mapping[str, float]:
    return {domain: mind.mean_recall(cards) for domain, cards in world.domains.items()}


def _carried_over(mind: Mind, note: Note, known: Mapping[str, float]) -> float:
    before = mind.knows_before(CardId(note.id, 1))
    return before + (1 - before) * CARRIED_OVER * known[note.domain]


def _exam(world: World, day: int, items: Collection[Item]) -> Exam:
    profile, on = world.profile, date_of(day)
    return Exam(
        uid="rehearsal",
        number=1,
        profile=profile.id,
        title=profile.title,
        seed="rehearsal",
        minutes=profile.minutes,
        pass_percent=profile.pass_percent,
        started_at=datetime.combine(on, time(9), UTC),
        study_day=on,
        asked=Asked(is_rehearsal=True),
        items=tuple(items),
    )


def _sitting(exam: Exam, known: Mapping[str, float], mind: Mind, rng: Random) -> Iterator[Event]:
    """Every item is shown and answered, rightly or not."""
    at = exam.started_at
    for item in exam.items:
        note = mind.cards[item.card].note
        is_studied = mind.has_seen(item.card)
        chance = mind.recall(item.card) if is_studied else _carried_over(mind, note, known)
        is_right = rng.random() < with_guessing(chance)
        place = item.words.right if is_right else item.words.right % len(item.words.options) + 1
        yield Event(EventKind.SHOWN, at, item.position, sequence=2 * item.position)
        yield Event(EventKind.ANSWERED, at, item.position, place, 2 * item.position + 1)
    yield Event(EventKind.SUBMITTED, at, sequence=2 * len(exam.items) + 2)
