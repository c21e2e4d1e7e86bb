"""After an exam: its misses, blanks and marked items explained, one at a time."""

from collections.abc import Sequence
from contextlib import ExitStack

from rich.console import RenderableType

from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.exam.items import Item
from cmom_srs.study.wording import count_of
from cmom_srs.terminal.exam import faces
from cmom_srs.terminal.exam.surroundings import ExamSurroundings
from cmom_srs.terminal.exam.surroundings import Happened
from cmom_srs.terminal.header import ruled
from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.full_screen import SCROLL_KEYS
from cmom_srs.terminal.output.full_screen import FullScreen
from cmom_srs.terminal.output.full_screen import Scroll
from cmom_srs.terminal.prompt.open import open_prompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch

_REASONS = {
    "1": Reason.KNOWLEDGE,
    "2": Reason.MISREAD,
    "3": Reason.TWO_GOOD,
    "4": Reason.TOO_SLOW,
}
_WHY = "Why? 1 did not know  2 misread  3 two good answers  4 too slow"
_ON, _AWAY = "on", "away"


def explain(
    surroundings: ExamSurroundings, items: Sequence[Item], *, is_plain: bool = False
) -> bool:
    """Shows items with every why and keeps the reasons that the learner gives.

    Until all were shown or the learner leaves; whether Ctrl-C ended it.
    """
    watch = Stopwatch(surroundings.elapsed)
    try:
        with open_prompt(is_plain, watch) as prompt, ExitStack() as stack:
            if prompt.screen.is_paged:
                if not _is_wanted(prompt, len(items)):
                    return False
                stack.enter_context(prompt.screen.full())
            _Explaining(prompt, surroundings).all_of(items)
    except EOFError:
        pass
    except KeyboardInterrupt:
        return True
    return False


def _is_wanted(prompt: Prompt, count: int) -> bool:
    """The result stays in view until a key is pressed."""
    words = f"Enter goes through {count_of(count, 'question')} to look at again, any other leaves"
    wanted: bool | Wake | None = Wake.DRAW_AGAIN
    while isinstance(wanted, Wake):
        wanted = prompt.last_key(words, {keys.ENTER: True, keys.SPACE: True})
    return wanted is True


class _Explaining:
    def __init__(self, prompt: Prompt, surroundings: ExamSurroundings) -> None:
        self._prompt = prompt
        self._surroundings = surroundings
        self._full = FullScreen(prompt.screen)
        self._sheet = surroundings.sheet()

    def all_of(self, items: Sequence[Item]) -> None:
        """Each once; EOFError when the learner leaves."""
        for number, item in enumerate(items, start=1):
            self._one(item, f"{number} of {len(items)} to look at again")

    def _one(self, item: Item, place: str) -> None:
        is_plain = self._prompt.screen.is_plain
        chosen = self._sheet.responses.get(item.position)
        today, own_words = self._surroundings.now().date(), self._surroundings.own_words(item)
        body = faces.explained(item, chosen, today, own_words, is_plain)
        is_missed = chosen is not None and chosen != item.words.right
        titles = f"question {item.position} ── {self._surroundings.domain_title(item.domain)}"
        self._full.begin()
        if is_plain:
            self._prompt.screen.show("", f"{place}: question {item.position}.", body)
        given = self._asked(f"── {place} ── {titles}", body, item, is_missed)
        if isinstance(given, Reason):
            self._surroundings.record(Happened(EventKind.REASON, item.position, given.value))

    def _asked(self, place: str, body: RenderableType, item: Item, is_missed: bool) -> Reason | str:
        """The reason given, or that the learner goes on; EOFError when she leaves."""
        on = f"{self._prompt.onward} goes on"
        words = f"{_WHY}, {on}" if is_missed else on
        wanted: dict[str, Reason | str | Scroll] = {
            keys.ENTER: _ON,
            keys.SPACE: _ON,
            "q": _AWAY,
            **(_REASONS if is_missed else {}),
            **({} if self._prompt.screen.is_plain else SCROLL_KEYS),
        }
        while True:
            if not self._prompt.screen.is_plain:
                self._draw(place, body, item)
            given = self._prompt.key(words, wanted, f"{words}; q leaves.")
            if given == _AWAY:
                raise EOFError
            if isinstance(given, Scroll):
                self._full.scroll(given)
            elif not isinstance(given, Wake):
                return given

    def _draw(self, place: str, body: RenderableType, item: Item) -> None:
        said = self._sheet.reasons.get(item.position)
        seconds = self._sheet.spent_ms.get(item.position, 0) // 1000
        right = f"{said.value} ── {seconds} s" if said else f"{seconds} s"
        self._full.draw(ruled([place], right, self._prompt.screen.width), body)
