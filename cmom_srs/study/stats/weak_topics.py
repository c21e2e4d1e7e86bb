"""The topics of the manual that go wrong most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cmom_srs.study import lookups
from cmom_srs.study.stats.hardest import HardNote
from cmom_srs.study.tally import Tally


@dataclass(frozen=True, slots=True)
class WeakTopic:
    """A topic of the manual, and the score of all that was asked of its notes."""

    name: str
    score: Tally

    @property
    def wrong_at_least(self) -> float:
        """The lower end of Wilson's 90 % interval of the share wrong, in percent."""
        wrong = Tally(self.score.total - self.score.right, self.score.total)
        return wrong.interval[0] if wrong.interval else 0.0


def weak_topics(notes: Iterable[HardNote]) -> tuple[WeakTopic, ...]:
    """The topics of which anything went wrong, the worst first, as the hardest notes are.

    `notes` are all that were asked; one whose note names no topic counts for none.
    """
    notes = tuple(notes)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in notes:
        key = lookups.key_of(lookups.topic_of(each.note.manual))
        right[key] += each.asked - each.wrong
        asked[key] += each.asked
    found = (
        WeakTopic(topic.name, Tally(right[key], asked[key]))
        for topic in lookups.topics(each.note for each in notes)
        if right[key := lookups.key_of(topic.name)] < asked[key]
    )
    return tuple(sorted(found, key=lambda topic: (-topic.wrong_at_least, topic.name)))
