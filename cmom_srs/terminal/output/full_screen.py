"""One page at a time on the whole screen: a top line that stands, a body that scrolls under it."""

from enum import Enum
from enum import auto

from rich.console import RenderableType
from rich.text import Text

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.screen import Screen

_TOP_AND_PROMPT = 2
_ABOVE_BODY = 1
_BELOW_BODY = 1
_FEWEST_BODY_LINES = 3


class Scroll(Enum):
    """A move through what is longer than the screen."""

    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    TOP = auto()
    BOTTOM = auto()

    def lines(self, page: int, all_lines: int) -> int:
        """How many lines on it goes, back by a negative number."""
        match self:
            case Scroll.UP:
                return -1
            case Scroll.DOWN:
                return 1
            case Scroll.PAGE_UP:
                return -page
            case Scroll.PAGE_DOWN:
                return page
            case Scroll.TOP:
                return -all_lines
            case Scroll.BOTTOM:
                return all_lines


SCROLL_KEYS = {
    keys.UP: Scroll.UP,
    keys.DOWN: Scroll.DOWN,
    keys.PAGE_UP: Scroll.PAGE_UP,
    keys.PAGE_DOWN: Scroll.PAGE_DOWN,
    keys.HOME: Scroll.TOP,
    keys.END: Scroll.BOTTOM,
}


class FullScreen:
    """Draws pages for a screen that is `full`; where one begins and how far it is scrolled.

    A page is its top line, an empty line, as much of the body as there is room for, and a line
    that says what is not in view; the prompt has the last.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._offset = 0
        self._body_lines = 0

    @property
    def room(self) -> int:
        """Lines of the body in view."""
        others = _TOP_AND_PROMPT + _ABOVE_BODY + _BELOW_BODY
        return max(_FEWEST_BODY_LINES, self._screen.height - others)

    def begin(self) -> None:
        """The next page begins at its top."""
        self._offset = 0

    @property
    def page(self) -> int:
        """Lines that a page moves: one stays in view."""
        return self.room - 1

    def scroll(self, scroll: Scroll) -> None:
        """Moves the body; the next drawing shows it."""
        self._move(scroll.lines(self.page, self._body_lines))

    def _move(self, lines: int) -> None:
        self._offset = max(0, min(self._offset + lines, self._body_lines - self.room))

    def bring_into_view(self, line: int) -> None:
        """Scrolls so far that a line of the body, from 0, can be seen."""
        self._offset = max(line - self.room + 1, min(self._offset, line))

    def draw(self, top: Text, body: RenderableType, said: str = "") -> None:
        """Draws the page; `said` stands in the line above the prompt if everything is in view."""
        lines = self._screen.rendered(body)
        self._body_lines = len(lines)
        self._move(0)
        shown = lines[self._offset : self._offset + self.room]
        shown += [""] * (self.room - len(shown))
        below = self._screen.rendered(Text(self._not_in_view() or said, "quiet", no_wrap=True))
        self._screen.paint(top, ["", *shown, *below])

    def _not_in_view(self) -> str:
        above, below = self._offset > 0, self._offset + self.room < self._body_lines
        if above and below:
            return "more above and below: arrow keys, Page Up, Page Down"
        if below:
            return "more below: Down, Page Down"
        return "more above: Up, Page Up" if above else ""
