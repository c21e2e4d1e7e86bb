"""The topics of the manual that go wrong most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cmom_srs.study import lookups
from cmom_srs.study.stats.hardest import HardNote
from cmom_srs.study.tally import wilson


@dataclass(frozen=True, slots=True)
class WeakTopic:
    """A topic of the manual, how often its notes were asked, and how often they went wrong."""

    name: str
    wrong: int
    asked: int

    @property
    def wrong_at_least(self) -> float:
        """The lower end of Wilson's 90 % interval of the share wrong, in percent."""
        return wilson(self.wrong, self.asked)[0]


def weak_topics(notes: Iterable[HardNote]) -> tuple[WeakTopic, ...]:
    """The topics of which anything went wrong, the worst first, as the hardest notes are.

    `notes` are all that were asked; one that names no topic counts for none.
    """
    notes = tuple(notes)
    wrong: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in notes:
        key = lookups.key_of(lookups.topic_of(each.note.manual))
        wrong[key] += each.wrong
        asked[key] += each.asked
    named = {
        lookups.key_of(topic.name): topic.name
        for topic in lookups.topics(each.note for each in notes)
    }
    found = (WeakTopic(named[key], wrong[key], asked[key]) for key in named if wrong[key])
    return tuple(sorted(found, key=lambda topic: (-topic.wrong_at_least, topic.name)))
