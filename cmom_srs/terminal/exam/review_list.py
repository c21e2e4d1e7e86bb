"""The review list: every item in a line, to go to one of them."""

from collections.abc import Mapping
from enum import Enum
from enum import auto

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.full_screen import SCROLL_KEYS
from cmom_srs.terminal.output.full_screen import Scroll
from cmom_srs.terminal.output.markdown import plain_text
from cmom_srs.terminal.prompt.prompt import LETTERS


class Show(Enum):
    """Which items the list has."""

    UNANSWERED = "unanswered"
    MARKED = "marked"
    ALL = "all"


class Move(Enum):
    """What a key does in the list."""

    LEFT = auto()
    RIGHT = auto()
    GO = auto()
    CLOSE = auto()


MOVES: Mapping[str, Move | Scroll] = {
    **SCROLL_KEYS,
    keys.LEFT: Move.LEFT,
    keys.RIGHT: Move.RIGHT,
    keys.ENTER: Move.GO,
    keys.ESCAPE: Move.CLOSE,
    "r": Move.CLOSE,
}

HEADING_LINES = 2


class ReviewList:
    """The list, where it stands: the items shown, and the line that Enter goes to, from 0."""

    def __init__(self, exam: Exam, sheet: Sheet) -> None:
        self._exam = exam
        self._sheet = sheet
        counts = {show: len(self._items(show)) for show in Show}
        self._show = next((show for show in Show if counts[show]), Show.ALL)
        positions = [item.position for item in self.items]
        here = sheet.position or 1
        self.line = positions.index(here) if here in positions else 0

    @property
    def items(self) -> list[Item]:
        """The items of the list."""
        return self._items(self._show)

    @property
    def chosen(self) -> Item | None:
        """The item that Enter goes to."""
        return self.items[self.line] if self.items else None

    def move(self, move: Move | Scroll, page: int) -> None:
        """Moves the line, by so many on a page, or goes to another of the lists."""
        if isinstance(move, Scroll):
            self.line += move.lines(page, len(self.items))
        elif move in {Move.LEFT, Move.RIGHT}:
            lists = list(Show)
            step = 1 if move is Move.RIGHT else -1
            self._show = lists[(lists.index(self._show) + step) % len(lists)]
            self.line = 0
        self.line = max(0, min(self.line, len(self.items) - 1))

    def body(self, width: int) -> RenderableType:
        """The heading with the three lists, then the items of one."""
        names = [
            (f"{show.value} {len(self._items(show))}", "strong" if show is self._show else "quiet")
            for show in Show
        ]
        heading = Text.assemble(*(part for name in names for part in (name, "   ")))
        rows = [self._row(item, place, width) for place, item in enumerate(self.items)]
        return Group(heading, "", *(rows or [Text("None.", "quiet")]))

    def _items(self, show: Show) -> list[Item]:
        match show:
            case Show.UNANSWERED:
                return [
                    item for item in self._exam.items if item.position not in self._sheet.responses
                ]
            case Show.MARKED:
                return [item for item in self._exam.items if item.position in self._sheet.marked]
            case Show.ALL:
                return list(self._exam.items)

    def _row(self, item: Item, place: int, width: int) -> Text:
        chosen = self._sheet.responses.get(item.position)
        letter = LETTERS[chosen - 1] if chosen else "-"
        mark = "marked" if item.position in self._sheet.marked else ""
        sign = ">" if place == self.line else " "
        words = plain_text(item.words.question)
        row = Text(
            f"{sign} {item.position:>3}  {letter}  {mark:<6}  {words}",
            "strong" if place == self.line else "none",
            no_wrap=True,
            overflow="ellipsis",
        )
        row.truncate(width, overflow="ellipsis")
        return row


def in_words(exam: Exam, sheet: Sheet) -> list[str]:
    """What is left open, as sentences."""
    blank = [item.position for item in exam.items if item.position not in sheet.responses]
    marked = sorted(sheet.marked)
    return [
        f"Unanswered: {_numbers(blank)}." if blank else "Every question is answered.",
        f"Marked: {_numbers(marked)}." if marked else "None is marked.",
    ]


def _numbers(positions: list[int]) -> str:
    """How many, and which: "5 (3, 7 to 10)"."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return f"{len(positions)} ({', '.join(map(_run, runs))})"


def _run(positions: list[int]) -> str:
    if len(positions) > 2:
        return f"{positions[0]} to {positions[-1]}"
    return ", ".join(map(str, positions))
