"""`cmom lookup`: topics timed in the manual, and the learner's own index of it."""

import shutil
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from cmom_srs.cli import clock
from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.errors import CmomError
from cmom_srs.errors import HistoryError
from cmom_srs.history.exam import lookups as history
from cmom_srs.study import lookups
from cmom_srs.study.lookups import Entry
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.lookups import Topic
from cmom_srs.study.wording import count_of
from cmom_srs.terminal.lookups import run_lookups

_WIDEST = 72  # of a sheet to print


class NoTopicsError(CmomError):
    """No note says where the manual treats it."""

    def __init__(self, notes: int) -> None:
        if notes:
            super().__init__(
                "None of your notes has a line `Manual:`, so there is no topic to look up.",
                "Write one below a note, as in `Manual: Labor laws: overtime pay`.",
            )
        else:
            super().__init__("Your decks have no notes, so there is no topic to look up.")


def run(rounds: int, is_plain: bool) -> None:
    """One sitting of so many rounds. Raises click.Abort when Ctrl-C ended it."""
    with learning() as learner:
        learner.store.require_writable()
        known = lookups.topics(learner.notes.values())
        if not known:
            raise NoTopicsError(len(learner.notes))
        surroundings = _LearnersManual(learner)
        topics = lookups.choose(
            known, surroundings.past(), lookups.strengths(learner.overview().domains), rounds
        )
        try:
            end = run_lookups(topics, known, surroundings, is_plain=is_plain)
        except HistoryError:
            saved = count_of(surroundings.recorded, "look-up")
            tell(f"{saved} saved in this sitting; the last one was not.")
            raise
    if end.is_interrupted:
        raise click.Abort


@dataclass(slots=True)
class _LearnersManual:
    """What look-ups need of history and clock; it counts what is on disk."""

    learner: Learner
    recorded: int = 0

    def title(self, topic: Topic) -> str:
        return self.learner.domain_title(topic.domain)

    def past(self) -> Sequence[Lookup]:
        return self.learner.lookups()

    def record(self, lookup: Lookup) -> Lookup:
        recorded = history.append(self.learner.store, lookup)
        self.recorded += 1
        return recorded

    def now(self) -> datetime:
        return clock.now()

    def elapsed(self) -> float:
        return clock.elapsed()


def show_index() -> None:
    """The learner's own index of the manual: a sheet to print and put in front of it."""
    with learning() as learner:
        entries = lookups.index(lookups.topics(learner.notes.values()), learner.lookups())
    show(entries, _shape, _lines)
    noted = sum(entry.page is not None for entry in entries)
    if noted < len(entries):
        tell(f"{noted} of {count_of(entries, 'topic')} noted. To note more: cmom lookup")


def _shape(entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "topics": [
            {
                "topic": entry.topic,
                "page": entry.page,
                "lookups": entry.lookups,
                "median_s": json_shapes.seconds(entry.median_ms),
                "found": entry.found,
                "last_on": json_shapes.day(entry.last_on),
            }
            for entry in entries
        ]
    }


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    """One line a topic: dots lead to its page, or to the room to write it."""
    if not entries:
        yield "No note has a line `Manual:`, and nothing was looked up yet."
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for entry in entries:
        page = entry.page or "_" * 8
        dots = max(3, width - len(entry.topic) - len(page) - 2)
        yield f"{entry.topic} {'.' * dots} {page}"
