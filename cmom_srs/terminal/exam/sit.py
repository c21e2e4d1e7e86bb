"""The exam loop: show an item, take what the learner does, put it on disk, go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass

from cmom_srs.errors import HistoryError
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Item
from cmom_srs.terminal.exam.actions import Choose
from cmom_srs.terminal.exam.actions import ExamCommand
from cmom_srs.terminal.exam.actions import Jump
from cmom_srs.terminal.exam.lined import LinedScreen
from cmom_srs.terminal.exam.paged import PagedScreen
from cmom_srs.terminal.exam.screen import ExamScreen
from cmom_srs.terminal.exam.surroundings import ExamSurroundings
from cmom_srs.terminal.exam.surroundings import Happened
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.prompt.open import open_prompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True)
class ExamEnd:
    """How a sitting ended: with the exam (`sheet.ending`), or the exam still open.

    `is_interrupted` by Ctrl-C; `is_closed` when the terminal is gone: then nothing more can be
    shown.
    """

    sheet: Sheet
    is_interrupted: bool = False
    is_closed: bool = False


def sit(surroundings: ExamSurroundings, *, is_plain: bool = False) -> ExamEnd:
    """Asks the exam's items on the learner's terminal, from where it was left.

    `is_plain` for whole lines. Everything that was shown as done is on disk, however this ends.
    """
    watch = Stopwatch(surroundings.elapsed)
    sitting = _Sitting(surroundings)
    try:
        with open_prompt(is_plain, watch) as prompt, _exam_screen(prompt, surroundings) as screen:
            sitting.hold(screen)
    except TerminalClosedError:
        sitting.leave()
        return ExamEnd(sitting.sheet, is_closed=True)
    except EOFError:
        sitting.leave()
    except KeyboardInterrupt:
        sitting.leave()
        return ExamEnd(sitting.sheet, is_interrupted=True)
    return ExamEnd(sitting.sheet)


@contextmanager
def _exam_screen(prompt: Prompt, surroundings: ExamSurroundings) -> Iterator[ExamScreen]:
    if not prompt.screen.is_paged:
        yield LinedScreen(prompt, surroundings)
        return
    with prompt.screen.full():
        yield PagedScreen(prompt, surroundings)


class _Sitting:
    """An exam being sat; `sheet` is what is on disk."""

    def __init__(self, surroundings: ExamSurroundings) -> None:
        self.sheet = Sheet()
        self._surroundings = surroundings
        self._items = surroundings.exam.items
        self._said = ""

    def hold(self, screen: ExamScreen) -> None:
        """Until the exam ends. EOFError when the learner leaves before."""
        self._screen = screen
        self._return()
        while self.sheet.ending is None:
            item, shown = self._items[self._place], self.sheet
            screen.show(item, shown, self._said)
            self._said = ""
            action = screen.ask(item, shown)
            if isinstance(action, Choose):
                self._choose(item, action.place, goes_on=isinstance(screen, LinedScreen))
            elif isinstance(action, Jump):
                self._jump(action.position)
            elif isinstance(action, ExamCommand):
                self._do(action, item)
            elif action is Wake.TIME_UP:
                self._expire()
            if self.sheet is shown:  # nothing was recorded, which would have read it anew
                self._read_again()

    def leave(self) -> None:
        """Says in the log that the learner has gone; that the clock runs on it knows."""
        if self.sheet.ending is None and self.sheet.position is not None:
            with suppress(HistoryError):  # what is on disk is enough
                self._record(Happened(EventKind.LEFT))

    @property
    def _place(self) -> int:
        """The place from 0 of the item in view."""
        positions = [item.position for item in self._items]
        return positions.index(self.sheet.position or positions[0])

    def _read_again(self) -> None:
        """Another window may have gone on."""
        self.sheet = self._surroundings.sheet()

    def _return(self) -> None:
        """Takes the exam up where it was left, or begins it."""
        self._read_again()
        position = self.sheet.position or self._items[0].position
        returned = [] if self.sheet.position is None else [Happened(EventKind.RETURNED)]
        if self.sheet.ending is None:
            self._record(*returned, Happened(EventKind.SHOWN, position))

    def _record(self, *happened: Happened) -> None:
        self.sheet = self._surroundings.record(*happened)

    def _choose(self, item: Item, place: int, *, goes_on: bool) -> None:
        happened = []
        if self.sheet.responses.get(item.position) != place:
            happened.append(Happened(EventKind.ANSWERED, item.position, place))
        if goes_on and self._place + 1 < len(self._items):
            happened += self._moving_to(self._items[self._place + 1].position)
        elif goes_on:
            self._said = "That was the last question. review lists what is open; submit ends."
        if happened:
            self._record(*happened)

    def _moving_to(self, position: int) -> list[Happened]:
        closing = [Happened(EventKind.MANUAL_CLOSED, self.sheet.position)]
        return [
            *(closing if self.sheet.manual_since else []),
            Happened(EventKind.SHOWN, position),
        ]

    def _jump(self, position: int) -> None:
        if position not in {item.position for item in self._items}:
            self._said = f"There is no question {position}."
        elif position != self.sheet.position:
            self._record(*self._moving_to(position))

    def _do(self, command: ExamCommand, item: Item) -> None:
        doers = {
            ExamCommand.NEXT: self._next,
            ExamCommand.BACK: self._back,
            ExamCommand.JUMP: lambda: self._go_to(self._screen.ask_jump()),
            ExamCommand.REVIEW: self._review,
            ExamCommand.KEYS: lambda: self._go_to(self._screen.show_keys()),
            ExamCommand.MARK: lambda: self._toggle_mark(item),
            ExamCommand.CLEAR: lambda: self._clear(item),
            ExamCommand.MANUAL: lambda: self._toggle_manual(item),
            ExamCommand.SUBMIT: self._submit,
            ExamCommand.LEAVE: self._leave,
        }
        if command in doers:
            doers[command]()

    def _next(self) -> None:
        """The item after this one; after the last the review list."""
        if self._place + 1 < len(self._items):
            self._jump(self._items[self._place + 1].position)
        else:
            self._review()

    def _review(self) -> None:
        self._read_again()
        self._go_to(self._screen.ask_review_list(self.sheet))

    def _back(self) -> None:
        if self._place > 0:
            self._jump(self._items[self._place - 1].position)
        else:
            self._said = "This is the first question."

    def _leave(self) -> None:
        raise EOFError

    def _go_to(self, position: int | Wake | None) -> None:
        if position is Wake.TIME_UP:
            self._expire()
        elif isinstance(position, int):
            self._jump(position)

    def _toggle_mark(self, item: Item) -> None:
        is_marked = item.position in self.sheet.marked
        kind = EventKind.UNMARKED if is_marked else EventKind.MARKED
        self._record(Happened(kind, item.position))
        self._said = "The mark is taken away." if is_marked else "Marked: look at this again."

    def _clear(self, item: Item) -> None:
        if item.position in self.sheet.responses:
            self._record(Happened(EventKind.CLEARED, item.position))
            self._said = "The choice is taken back."

    def _toggle_manual(self, item: Item) -> None:
        is_open = self.sheet.manual_since is not None
        kind = EventKind.MANUAL_CLOSED if is_open else EventKind.MANUAL_OPENED
        self._record(Happened(kind, item.position))
        self._said = "The manual is closed." if is_open else "The manual is open: its clock runs."

    def _submit(self) -> None:
        self._read_again()
        meant = self._screen.ask_submit(self.sheet)
        if meant is Wake.TIME_UP:
            self._expire()
        elif meant is True:
            self._record(Happened(EventKind.SUBMITTED))

    def _expire(self) -> None:
        self._record(Happened(EventKind.EXPIRED))
