"""Sitting an exam by lines: for screen readers, pipes and narrow terminals."""

from datetime import timedelta

from cmom_srs.study.exam import clock
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Item
from cmom_srs.terminal.exam import actions
from cmom_srs.terminal.exam import faces
from cmom_srs.terminal.exam import review_list
from cmom_srs.terminal.exam.actions import Action
from cmom_srs.terminal.exam.surroundings import ExamSurroundings
from cmom_srs.terminal.exam.top_line import plain_top_line
from cmom_srs.terminal.exam.top_line import warning
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake


class LinedScreen:
    """Items and answers line by line, for screen readers, pipes and narrow terminals."""

    def __init__(self, prompt: Prompt, surroundings: ExamSurroundings) -> None:
        self._prompt = prompt
        self._screen = prompt.screen
        self._surroundings = surroundings
        self._exam = surroundings.exam
        self._sheet = Sheet()
        self._item: Item | None = None

    def show(self, item: Item, sheet: Sheet, said: str) -> None:
        """The item, unless it was the last thing shown."""
        self._sheet = sheet
        if said:
            self._screen.show(said)
        if item == self._item:
            return
        self._item = item
        now = self._surroundings.now()
        if warned := warning(self._exam, sheet, now):
            self._screen.show(warned)
        self._screen.show("", plain_top_line(self._exam, sheet, now))
        self._screen.show(faces.asked(item, sheet.responses.get(item.position), is_plain=True))

    def ask(self, item: Item, sheet: Sheet) -> Action | Wake | None:
        """What a line asks for."""
        count = len(item.words.options)
        typed = self._prompt.line(f"1 to {count}, or a command (? lists them)", {}, self._tick)
        if isinstance(typed, Wake):
            return typed
        action = actions.by_line(typed, count)
        if action is None:
            self._screen.show(f"One of 1 to {count}, or a command: ? lists them.")
        return action

    def show_keys(self) -> Wake | None:
        """The commands, one a line."""
        self._screen.show(faces.table(actions.LINES))
        return None

    def ask_jump(self) -> int | Wake | None:
        """Nothing: the number comes with the word."""
        return None

    def ask_review_list(self, sheet: Sheet) -> int | Wake | None:
        """What is open, in words; `jump` goes there."""
        self._screen.show(*review_list.in_words(self._exam, sheet), "jump 12 goes to question 12.")
        return None

    def ask_submit(self, sheet: Sheet) -> bool | Wake:
        """What is open, and a word to mean it."""
        self._screen.show(*review_list.in_words(self._exam, sheet))
        typed = self._prompt.line("Type yes to submit; anything else goes back", {}, self._tick)
        return typed if isinstance(typed, Wake) else typed.casefold() in ("y", "yes")

    def _tick(self) -> bool:
        """Whether the line came in time."""
        left = clock.left(self._exam, self._sheet, self._surroundings.now())
        return left != timedelta()
