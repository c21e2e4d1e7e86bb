"""The look-up loop: name a topic, time it in the manual, ask for its page, record it, go on."""

import sys
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from enum import Enum
from enum import auto
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from cmom_srs.study import lookups
from cmom_srs.study.lookups import LONGEST_PAGE
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.lookups import Topic
from cmom_srs.study.questions.question import AWAY_MS
from cmom_srs.study.wording import seconds
from cmom_srs.terminal.header import rule
from cmom_srs.terminal.keyboard.keys import ENTER
from cmom_srs.terminal.keyboard.keys import SPACE
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.output.lookups import outcome
from cmom_srs.terminal.output.lookups import saved
from cmom_srs.terminal.output.lookups import summary
from cmom_srs.terminal.prompt.open import open_prompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch

_MOST_PARTS = 3


class LookupSurroundings(Protocol):
    """What look-ups need of history and clock; whoever starts them brings it."""

    def title(self, topic: Topic) -> str:
        """The title of the topic's domain."""

    def past(self) -> Sequence[Lookup]:
        """All look-ups on disk, in order of time."""

    def record(self, lookup: Lookup) -> Lookup:
        """Stores a look-up; it as it is stored, once it is on disk."""

    def now(self) -> datetime:
        """An aware instant."""

    def elapsed(self) -> float:
        """Seconds that never run backwards."""


@dataclass(frozen=True, slots=True)
class LookupsEnd:
    """How a sitting of look-ups ended, all of `done` being on disk.

    `is_interrupted` by Ctrl-C; `is_closed` when the terminal is gone or the program was asked to
    end.
    """

    done: tuple[Lookup, ...]
    is_interrupted: bool = False
    is_closed: bool = False


class _Step(Enum):
    START = auto()
    FOUND = auto()
    GIVEN_UP = auto()
    LEAVE = auto()


_READY = {SPACE: _Step.START, ENTER: _Step.START, "q": _Step.LEAVE}
_RUNNING = {SPACE: _Step.FOUND, ENTER: _Step.FOUND, "n": _Step.GIVEN_UP, "q": _Step.LEAVE}
_LEAVING = {"q": _Step.LEAVE}


def run_lookups(
    topics: Sequence[Topic],
    known: Sequence[Topic],
    surroundings: LookupSurroundings,
    *,
    is_plain: bool = False,
) -> LookupsEnd:
    """Times the topics on the learner's terminal, and shows what all look-ups come to.

    `known` are all topics of the decks. `is_plain` for whole lines. The terminal is as it was when
    this returns or raises.
    """
    watch = Stopwatch(surroundings.elapsed)
    sitting = _Sitting(topics, surroundings, watch)
    try:
        with open_prompt(is_plain, watch) as prompt:
            sitting.hold(prompt, known)
    except TerminalClosedError:
        return LookupsEnd(tuple(sitting.done), is_closed=True)
    except KeyboardInterrupt:
        sys.stderr.write(f"{saved(len(sitting.done))}\n")
        return LookupsEnd(tuple(sitting.done), is_interrupted=True)
    return LookupsEnd(tuple(sitting.done))


@dataclass(slots=True)
class _Page:
    """What stands on the screen for a topic, so that it can be drawn again."""

    result: str
    head: str
    blocks: list[RenderableType] = field(default_factory=list)


class _Sitting:
    """Look-ups being timed; nothing in `done` that is not on disk."""

    def __init__(
        self, topics: Sequence[Topic], surroundings: LookupSurroundings, watch: Stopwatch
    ) -> None:
        self.done: list[Lookup] = []
        self._topics = topics
        self._surroundings = surroundings
        self._watch = watch
        self._pages: Mapping[str, str] = lookups.pages(surroundings.past())

    def hold(self, prompt: Prompt, known: Sequence[Topic]) -> None:
        """Times until no topic is left or the learner leaves, then sums up."""
        self._prompt = prompt
        self._screen = prompt.screen
        try:
            self._time_all()
        except KeyboardInterrupt:
            self._screen.break_off()
            raise
        self._sum_up(known)

    def _time_all(self) -> None:
        """Times what is asked for; less when the learner leaves, by `q` or end of input."""
        try:
            for place, topic in enumerate(self._topics, start=1):
                self._begin(place, topic)
                self._finish(self._timed(topic))
        except TerminalClosedError:
            raise
        except EOFError:
            return

    def _begin(self, place: int, topic: Topic) -> None:
        """A page that names the topic and what the decks have of it, but not where it is."""
        count, title = len(self._topics), self._surroundings.title(topic)
        result = outcome(self.done[-1]) if self.done else ""
        self._page = _Page(result, f"Look-up {place} of {count} ── {title}")
        if self._screen.is_plain:
            self._page.head = f"Look-up {place} of {count}. {title}"
        self._page.blocks = ["", Text(topic.name, "strong")]
        if topic.parts:
            self._page.blocks.append(Text(_parts(topic), "quiet"))
        self._screen.begin_page()
        self._draw()

    def _draw(self) -> None:
        page, screen = self._page, self._screen
        if screen.is_plain:
            screen.show(*([page.result, ""] if page.result else []), page.head)
        else:
            screen.show(Text(page.result, "quiet"))
            screen.show_across(rule(page.head, screen.width))
        screen.show(*page.blocks, "")

    def _say(self, line: str) -> None:
        self._page.blocks += ["", line]
        self._screen.show(line, "")

    def _draw_again(self) -> None:
        self._screen.restart_page()
        self._draw()

    def _step(self, words: str, wanted: Mapping[str, _Step]) -> _Step:
        """What a key means; held down or pressed too early it means nothing."""
        if self._screen.is_plain:
            words = f"{words}, q leaves"
        otherwise = "Enter, n or q." if "n" in wanted else "Enter or q."
        while isinstance(
            step := self._prompt.key(words, wanted, otherwise, deliberate=(SPACE, ENTER)), Wake
        ):
            self._draw_again()
        if step is _Step.LEAVE:
            raise EOFError
        return step

    def _timed(self, topic: Topic) -> Lookup:
        """One look-up by the stopwatch, which runs while the window is drawn again."""
        onward = self._prompt.onward
        self._step(f"{onward} starts the stopwatch", _READY)
        started_at, began_ms = self._surroundings.now(), self._watch.ms
        self._say("The stopwatch runs. Find it in your manual.")
        step = self._step(f"{onward} when you have it, n when you give up", _RUNNING)
        duration_ms = min(self._watch.ms - began_ms, AWAY_MS)
        return Lookup(topic.name, started_at, duration_ms, step is _Step.FOUND)

    def _finish(self, lookup: Lookup) -> None:
        """Asks for the page and records the look-up; without a page when the learner leaves."""
        took = seconds(lookup.duration_ms)
        self._say(f"Found in {took}." if lookup.is_found else f"Not found in {took}.")
        page = None
        try:
            page = self._typed_page(lookup)
        finally:
            self.done.append(self._surroundings.record(replace(lookup, page=page)))

    def _typed_page(self, lookup: Lookup) -> str | None:
        """The page or tab that the learner types; None for Enter alone."""
        before = self._pages.get(lookups.key_of(lookup.topic))
        if before:
            self._say(f"You noted it at {before}.")
        words = "Page or tab (Enter keeps it)" if before else "Page or tab (Enter for none)"
        draft: list[str] = []
        while True:
            typed = self._prompt.line(words, _LEAVING, accepts=_has_room, draft=draft)
            match typed:
                case Wake():
                    self._draw_again()
                case _Step():
                    raise EOFError
                case _ if _has_room(typed):
                    return " ".join(typed.split()) or None
                case _:
                    self._screen.show(f"At most {LONGEST_PAGE} characters.")

    def _sum_up(self, known: Sequence[Topic]) -> None:
        if not self.done:
            self._screen.show(Text("No look-ups this time.", "quiet"))
            return
        self._screen.begin_page()
        self._screen.show(Text(outcome(self.done[-1]), "quiet"), "")
        self._screen.show(summary(self.done, self._surroundings.past(), known), "")


def _has_room(text: str) -> bool:
    return len(text) <= LONGEST_PAGE


def _parts(topic: Topic) -> str:
    """What the decks have of a topic: "for example FLSA exemptions, overtime pay"."""
    shown = topic.parts[:_MOST_PARTS]
    return f"{'For example: ' if len(topic.parts) > len(shown) else ''}{'; '.join(shown)}"
