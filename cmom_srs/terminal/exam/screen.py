"""What an exam is shown on and asked by: paged.PagedScreen by keys, lined.LinedScreen by lines."""

from typing import Protocol

from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Item
from cmom_srs.terminal.exam.actions import Action
from cmom_srs.terminal.prompt.prompt import Wake


class ExamScreen(Protocol):
    """One way of sitting an exam. What it asks comes back as Wake.TIME_UP when the time is over."""

    def show(self, item: Item, sheet: Sheet, said: str) -> None:
        """The item as far as it is answered, and what came of the last action."""

    def ask(self, item: Item, sheet: Sheet) -> Action | Wake | None:
        """What the learner does at the item; None for what is said to be nothing."""

    def show_keys(self) -> Wake | None:
        """What can be done."""

    def ask_jump(self) -> int | Wake | None:
        """The position of an item; None when the learner thinks better of it."""

    def ask_review_list(self, sheet: Sheet) -> int | Wake | None:
        """The position chosen in the review list; None when it is closed."""

    def ask_submit(self, sheet: Sheet) -> bool | Wake:
        """Whether the exam is to be submitted as it is."""
