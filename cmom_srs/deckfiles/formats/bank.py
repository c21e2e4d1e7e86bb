"""What the reader of any format finds: questions, each with its line, and what has no home."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.lines import one_line
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity


class BankOption(NamedTuple):
    """One option of a question, with the feedback that it gets."""

    text: str
    is_right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One question of a bank; `line` is its first in the file. All texts are Markdown of decks.

    It has either options or an answer, or is a text with Anki's gaps (`is_cloze`).
    """

    line: int
    question: str
    options: tuple[BankOption, ...] = ()
    answer: str = ""
    is_cloze: bool = False
    is_reversible: bool = False
    extra: str = ""
    comment: str = ""
    tags: tuple[str, ...] = ()


class BankFindings:
    """What in a bank's file could not be taken over as it is, each with its line."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []

    def left_out(self, line: int, message: str, hint: str) -> None:
        """A question that is not in the deck."""
        self._add(line, "left-out", Severity.ERROR, message, hint)

    def changed(self, line: int, message: str, hint: str) -> None:
        """Something of a question that is not in the deck, or not as it was."""
        self._add(line, "changed", Severity.ADVICE, message, hint)

    def lost(self, line: int, lost: Iterable[str]) -> None:
        """What of a text no Markdown of decks can show, such as "an image"."""
        for what in lost:
            self.changed(line, f"{what} is lost", "say it in words")

    def _add(self, line: int, code: str, severity: Severity, message: str, hint: str) -> None:
        message, hint = one_line(message), one_line(hint)
        self.problems.append(Problem(self._name, line, 1, code, severity, message, hint))
