"""Sitting an exam by keys: one item on the whole screen, under a clock that ticks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from cmom_srs.study.exam import clock
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Item
from cmom_srs.terminal.exam import actions
from cmom_srs.terminal.exam import faces
from cmom_srs.terminal.exam import review_list
from cmom_srs.terminal.exam.actions import Action
from cmom_srs.terminal.exam.review_list import HEADING_LINES
from cmom_srs.terminal.exam.review_list import Move
from cmom_srs.terminal.exam.review_list import ReviewList
from cmom_srs.terminal.exam.surroundings import ExamSurroundings
from cmom_srs.terminal.exam.top_line import top_line
from cmom_srs.terminal.exam.top_line import warning
from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.full_screen import SCROLL_KEYS
from cmom_srs.terminal.output.full_screen import FullScreen
from cmom_srs.terminal.output.full_screen import Scroll
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.prompt.prompt import labels

T = TypeVar("T")

_BACK = dict.fromkeys((keys.ENTER, keys.SPACE, keys.ESCAPE), False)
_SUBMITS = {"y": True, "n": False, keys.ENTER: False, keys.ESCAPE: False}


class PagedScreen:
    """An item on the whole screen, under a clock that ticks."""

    def __init__(self, prompt: Prompt, surroundings: ExamSurroundings) -> None:
        self._prompt = prompt
        self._surroundings = surroundings
        self._exam = surroundings.exam
        self._full = FullScreen(prompt.screen)
        self._sheet = Sheet()
        self._body: RenderableType = ""
        self._said = ""
        self._warning = ""
        self._item: Item | None = None

    def show(self, item: Item, sheet: Sheet, said: str) -> None:
        """The item, from its top unless it stands there already."""
        if item != self._item:
            self._full.begin()
        self._item, self._sheet, self._said = item, sheet, said
        self._body = faces.asked(item, sheet.responses.get(item.position), is_plain=False)
        self._draw()

    def ask(self, item: Item, sheet: Sheet) -> Action | Wake | None:
        """What a key asks for; those that move a long item are done here."""
        count = len(item.words.options)
        wanted: dict[str, Action | Scroll] = {**SCROLL_KEYS, **actions.by_key(count)}
        words = f"a to {labels(False)[count - 1]}, Enter next, Left back"
        while True:
            action = self._prompt.key(words, wanted, "", self._tick)
            if not isinstance(action, Scroll):
                return action
            self._full.scroll(action)
            self._draw()

    def show_keys(self) -> Wake | None:
        """A page of keys."""
        shown = self._ask_on_page(faces.table(actions.KEYS), "Enter goes back", _BACK)
        return shown if isinstance(shown, Wake) else None

    def ask_jump(self) -> int | Wake | None:
        """A number typed under the item."""
        draft: list[str] = []
        while True:
            typed = self._prompt.line(
                "Jump to question", {}, self._tick, lambda text: text.isdecimal(), draft
            )
            if typed is Wake.DRAW_AGAIN:
                self._draw()
            elif isinstance(typed, Wake):
                return typed
            else:
                return int(typed) if typed else None

    def ask_review_list(self, sheet: Sheet) -> int | Wake | None:
        """The review list, moved through by arrows."""
        listed = ReviewList(self._exam, sheet)
        width = self._prompt.screen.text_width
        self._full.begin()
        while True:
            self._full.bring_into_view(HEADING_LINES + listed.line if listed.line else 0)
            words = "Enter goes there, Left and Right: other lists, Esc back"
            move = self._ask_on_page(listed.body(width), words, review_list.MOVES, begins=False)
            if isinstance(move, Wake):
                return move
            if move is Move.CLOSE:
                return None
            if move is Move.GO and listed.chosen:
                return listed.chosen.position
            listed.move(move, self._full.page)

    def ask_submit(self, sheet: Sheet) -> bool | Wake:
        """A page that says what is open."""
        lines = [Text(line) for line in review_list.in_words(self._exam, sheet)]
        body = Group(*lines, "", Text("After that nothing can be changed."))
        return self._ask_on_page(body, "Submit the exam? y or n", _SUBMITS)

    def _ask_on_page(
        self, body: RenderableType, words: str, wanted: Mapping[str, T], *, begins: bool = True
    ) -> T | Wake:
        """What a key means on a page of its own; Wake.TIME_UP alone of the reasons to wake."""
        if begins:
            self._full.begin()
        self._item, self._body, self._said = None, body, ""
        while True:
            self._draw()
            given = self._prompt.key(words, wanted, "", self._tick)
            if given is not Wake.DRAW_AGAIN:
                return given

    def _draw(self) -> None:
        now = self._surroundings.now()
        self._warning = warning(self._exam, self._sheet, now)
        top = top_line(self._exam, self._sheet, now, self._prompt.screen.width)
        self._full.draw(top, self._body, self._warning or self._said)

    def _tick(self) -> bool:
        """Moves the clock on; whether there is time left."""
        now = self._surroundings.now()
        if clock.left(self._exam, self._sheet, now) == timedelta():
            return False
        if warning(self._exam, self._sheet, now) != self._warning:
            self._draw()
        else:
            width = self._prompt.screen.width
            self._prompt.screen.repaint_top(top_line(self._exam, self._sheet, now, width))
        return True
