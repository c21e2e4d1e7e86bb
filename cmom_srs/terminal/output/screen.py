"""The screen a session is written on: pages of lines running down, the last of them erasable."""

import os
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from contextlib import suppress
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.console import ConsoleOptions
from rich.console import Group
from rich.console import RenderableType
from rich.console import RenderResult
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from cmom_srs.printable import printable
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.output.abilities import can_move_cursor
from cmom_srs.terminal.output.abilities import color_system
from cmom_srs.terminal.output.abilities import size_of
from cmom_srs.terminal.output.encoding import allow_any_text

_MOST_COLUMNS = 100
_FEWEST_COLUMNS = 20
_MARGIN = 2

_THEME = Theme(
    {
        "strong": "bold",
        "quiet": "dim",
        "right": "bold green",
        "wrong": "bold red",
        "markdown.code": "bold",
        "markdown.item.bullet": "none",
        "markdown.item.number": "none",
        "markdown.table.border": "dim",
        "markdown.table.header": "bold",
    }
)
_NO_SIZE = os.terminal_size((0, 0))
# Modes of a terminal, by the numbers that xterm gave them.
_BRACKETED_PASTE, _OTHER_SCREEN = 2004, 1049
_BEFORE_WORDS = re.compile(r"^(?=.)", re.MULTILINE)
# rich fills lines with blanks, which a narrowed terminal would break into lines of their own.
_TRAILING_BLANKS = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


class _Printable:
    """A block whose text, wherever it comes from, does nothing to the terminal but be shown."""

    def __init__(self, block: RenderableType) -> None:
        self._block = block

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._block, options):
            yield Segment(printable(segment.text), segment.style)


class Screen:
    """Writes blocks of text to an output, page by page, and takes back the last ones.

    A page begins at the top of a clean screen; what stood there goes to the scroll-back. Where the
    cursor cannot be moved, pages follow each other and nothing is taken back. A prompt is the line
    being answered: what is shown next takes its place. Color goes by NO_COLOR, FORCE_COLOR and
    TERM; a plain screen has no color, and its cursor is never moved. Raises TerminalClosedError
    when the output is gone.
    """

    def __init__(
        self, output: TextIO, is_plain: bool = False, environ: Mapping[str, str] | None = None
    ) -> None:
        environ = os.environ if environ is None else environ
        allow_any_text(output)
        self.is_plain = is_plain
        self._output = output
        self._environ = environ
        is_moving = can_move_cursor(output, environ)
        self.is_paged = is_moving and not is_plain
        self._console = Console(
            file=output,
            theme=_THEME,
            color_system=color_system(environ, is_moving) if not is_plain else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        self._is_full = False
        self._prompt_cells = 0
        self._page_size = self._size()
        self._lines_on_page = 0
        self._mark = 0

    @property
    def width(self) -> int:
        """Columns to write on: those of the terminal now, at most 100 for reading's sake."""
        return max(_FEWEST_COLUMNS, min(self._size().columns, _MOST_COLUMNS))

    @property
    def text_width(self) -> int:
        """Columns between the margins."""
        return self.width - 2 * self._margin

    @property
    def height(self) -> int:
        """Lines of the terminal now."""
        return self._size().lines

    @property
    def _margin(self) -> int:
        return 0 if self.is_plain else _MARGIN

    def lines_of(self, *blocks: RenderableType) -> int:
        """How many lines the blocks would take."""
        return self._render(Group(*blocks), self.text_width).count("\n")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Has the terminal say what is pasted and what is typed, for the time of the block."""
        self._switch(_BRACKETED_PASTE, is_on=True)
        try:
            yield
        finally:
            with suppress(TerminalClosedError):
                self._switch(_BRACKETED_PASTE, is_on=False)

    @contextmanager
    def full(self) -> Iterator[None]:
        """The terminal's other screen, which leaves nothing in the scroll-back, if it has one."""
        self._switch(_OTHER_SCREEN, is_on=True)
        self._is_full = True
        try:
            yield
        finally:
            self._is_full = False
            with suppress(TerminalClosedError):
                self._write(self._over_prompt())
                self._switch(_OTHER_SCREEN, is_on=False)

    @contextmanager
    def released(self) -> Iterator[None]:
        """The terminal as another program expects it, for the time of the block."""
        modes = (_BRACKETED_PASTE, _OTHER_SCREEN) if self._is_full else (_BRACKETED_PASTE,)
        for mode in modes:
            self._switch(mode, is_on=False)
        try:
            yield
        finally:
            for mode in modes:
                self._switch(mode, is_on=True)

    def _switch(self, mode: int, *, is_on: bool) -> None:
        if self.is_paged:
            self._write(f"\x1b[?{mode}{'h' if is_on else 'l'}")

    def show(self, *blocks: RenderableType) -> None:
        """Writes blocks one under the other."""
        self._write_lines("".join(f"{line}\n" for line in self.rendered(Group(*blocks))))

    def rendered(self, block: RenderableType) -> list[str]:
        """The lines of a block as `show` would write them."""
        lines = _TRAILING_BLANKS.sub(r"\1", self._render(block, self.text_width))
        lines = _BEFORE_WORDS.sub(" " * self._margin, lines)
        return lines.removesuffix("\n").split("\n") if lines else []

    def paint(self, top: Text, lines: Sequence[str]) -> None:
        """Writes a whole screen: a line from edge to edge, the lines below, the cursor in the last.

        What has no room is left out.
        """
        rows = self.height
        painted = [self._in_one_line(top), *lines[: rows - 2]]
        painted += [""] * (rows - 1 - len(painted))
        body = "".join(f"{line}\x1b[K\r\n" for line in painted)
        self._prompt_cells = 0
        self._write(f"\x1b[H{body}\x1b[K")

    def repaint_top(self, top: Text) -> None:
        """Writes the first line of a painted screen anew; the cursor stays where it is."""
        self._write(f"\x1b7\x1b[H{self._in_one_line(top)}\x1b[K\x1b8")

    def _in_one_line(self, line: Text) -> str:
        return self._render(line, self.width).partition("\n")[0]

    def show_across(self, block: RenderableType) -> None:
        """Writes a block from edge to edge."""
        self._write_lines(self._render(Group(block), self.width))

    def _write_lines(self, lines: str) -> None:
        self._lines_on_page += lines.count("\n")
        self._write(self._over_prompt() + lines)

    @property
    def prompt_width(self) -> int:
        """Columns for the line being answered: a full line moves the cursor on some terminals."""
        return self.width - _MARGIN - 1

    def prompt(self, line: Text, hint: str = "") -> None:
        """Writes the line being answered; the cursor stays at its end, before the quiet hint.

        A hint that has no room is left out.
        """
        if self.is_plain:
            self.show(line)
            return
        line = Text(" " * _MARGIN).append_text(line)
        line.truncate(_MARGIN + self.prompt_width)
        cells = cell_len(line.plain)
        hint = hint if cells + cell_len(hint) <= _MARGIN + self.prompt_width else ""
        line.append(hint, "quiet")
        line.end = ""
        back = "\b" * cell_len(hint)
        self._write(self._over_prompt() + self._render(line, self.width) + back)
        self._prompt_cells = cells + cell_len(hint)

    def break_off(self) -> None:
        """Leaves a prompt that nobody will answer."""
        self._write("\n" if self.is_plain else self._over_prompt())

    def begin_page(self) -> None:
        """Goes on at the top of a clean screen; without pages below an empty line."""
        if self.is_paged:
            # As many newlines as put the cursor's line at the top, wherever that is: what is erased
            # by code never reaches the scroll-back of some terminals.
            push_up = "\n" * (self._size().lines - 1)
            self._write(f"{self._over_prompt()}{push_up}{self._erase_all()}")
        else:
            self.show("")
        self._turn_page()

    def restart_page(self) -> None:
        """Writes the page anew in its own place; as the next one when that is out of reach."""
        if self.is_paged and self._is_in_reach(0):
            self._write(f"{self._over_prompt()}{self._erase_all()}")
            self._turn_page()
        else:
            self.begin_page()

    def _erase_all(self) -> str:
        """Line by line: a whole screen erased at once is pushed into the scroll-back by others."""
        below = "\n\x1b[K" * (self._size().lines - 1)
        return f"\x1b[H\x1b[K{below}\x1b[H"

    def _turn_page(self) -> None:
        self._page_size = self._size()
        self._lines_on_page = self._mark = 0

    def mark(self) -> None:
        """Remembers this place; `erase_to_mark` takes back what is written after it."""
        self._write(self._over_prompt())
        self._mark = self._lines_on_page

    def erase_to_mark(self) -> bool:
        """Takes back what was written since the mark; whether the mark is still in reach.

        It is not when it has left the screen, or when a resized terminal has broken the lines
        anew: then nothing is taken back, and what follows is written below.
        """
        self._write(self._over_prompt())
        is_in_reach = self._is_in_reach(self._mark)
        lines = self._lines_on_page - self._mark
        if self.is_paged and is_in_reach and lines:
            self._write(f"\x1b[{lines}A\x1b[J")
            self._lines_on_page = self._mark
        return is_in_reach

    def lose_page(self) -> None:
        """Puts page and mark out of reach: something else has written on the terminal."""
        self._page_size = _NO_SIZE

    def _is_in_reach(self, line: int) -> bool:
        size = self._size()
        return self._lines_on_page - line < size.lines and size == self._page_size

    def _over_prompt(self) -> str:
        # Blanks and no erase code: a dumb terminal has none.
        blanks = " " * self._prompt_cells
        self._prompt_cells = 0
        return f"\r{blanks}\r" if blanks else ""

    def _render(self, block: RenderableType, width: int) -> str:
        self._console.size = (width, self._size().lines)
        with self._console.capture() as capture:
            self._console.print(_Printable(block), end="")
        return capture.get()

    def _size(self) -> os.terminal_size:
        return size_of(self._output, self._environ)

    def _write(self, text: str) -> None:
        try:
            self._output.write(text)
            self._output.flush()
        except OSError as error:
            raise TerminalClosedError from error
