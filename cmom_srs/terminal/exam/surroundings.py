"""What an exam needs of history, decks and clock, none of which the terminal knows."""

from datetime import datetime
from typing import NamedTuple
from typing import Protocol

from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item


class Happened(NamedTuple):
    """An event that the screen wants on disk: its kind, and where it belongs to an item."""

    kind: EventKind
    position: int | None = None
    value: int | str | None = None


class ExamSurroundings(Protocol):
    """What an exam is surrounded by; whoever starts one brings it."""

    @property
    def exam(self) -> Exam:
        """The exam, drawn and stored."""

    def record(self, *happened: Happened) -> Sheet:
        """Puts events on disk, now; what all of the exam's events come to, other windows' too.

        When the time is over by then, the exam has expired instead.
        """

    def sheet(self) -> Sheet:
        """What the exam's events come to, read anew."""

    def domain_title(self, domain: str) -> str:
        """The title of a domain."""

    def own_words(self, item: Item) -> tuple[str, str | None]:
        """The learner's own line with the item's note and page of its topic, if any."""

    def now(self) -> datetime:
        """An aware instant that runs on while the computer sleeps."""

    def elapsed(self) -> float:
        """Seconds that never run backwards."""
