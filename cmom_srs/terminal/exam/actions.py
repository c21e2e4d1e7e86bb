"""What a learner can do at an item of an exam, by key or by line."""

from enum import Enum
from enum import auto
from typing import NamedTuple

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.prompt.prompt import LETTERS
from cmom_srs.terminal.prompt.prompt import place_of


class ExamCommand(Enum):
    """What is asked for without a number."""

    NEXT = auto()
    BACK = auto()
    JUMP = auto()
    MARK = auto()
    CLEAR = auto()
    REVIEW = auto()
    MANUAL = auto()
    SUBMIT = auto()
    LEAVE = auto()
    KEYS = auto()


class Choose(NamedTuple):
    """An option, by its place from 1."""

    place: int


class Jump(NamedTuple):
    """The item of a position."""

    position: int


Action = ExamCommand | Choose | Jump

_BY_KEY = {
    keys.ENTER: ExamCommand.NEXT,
    keys.RIGHT: ExamCommand.NEXT,
    keys.LEFT: ExamCommand.BACK,
    "j": ExamCommand.JUMP,
    "m": ExamCommand.MARK,
    keys.BACKSPACE: ExamCommand.CLEAR,
    "r": ExamCommand.REVIEW,
    "o": ExamCommand.MANUAL,
    "s": ExamCommand.SUBMIT,
    "q": ExamCommand.LEAVE,
    "?": ExamCommand.KEYS,
}

_BY_WORD = {
    "next": ExamCommand.NEXT,
    "back": ExamCommand.BACK,
    "mark": ExamCommand.MARK,
    "clear": ExamCommand.CLEAR,
    "review": ExamCommand.REVIEW,
    "manual": ExamCommand.MANUAL,
    "submit": ExamCommand.SUBMIT,
    "leave": ExamCommand.LEAVE,
    "?": ExamCommand.KEYS,
}

KEYS = (
    ("a-h", "choose an option; another one changes it"),
    ("Enter, Right", "the next question"),
    ("Left", "the question before"),
    ("j", "jump to a number"),
    ("m", "mark: look at this again; once more takes it away"),
    ("Backspace", "take the choice back"),
    ("r", "review list: unanswered, marked, all"),
    ("o", "open and close the manual: times the look-up"),
    ("Up, Down, Page", "move a question that is longer than the screen"),
    ("s", "submit; asks once"),
    ("q", "leave; the clock runs on, cmom exam comes back"),
)

LINES = (
    ("a or 1", "choose that option and go on"),
    ("next, back", "the next question, the one before"),
    ("jump 12", "the question of that number"),
    ("mark", "look at this again; once more takes it away"),
    ("clear", "take the choice back"),
    ("review", "what is unanswered and what is marked"),
    ("manual", "open and close the manual: times the look-up"),
    ("submit", "submit; asks once"),
    ("leave", "leave; the clock runs on, cmom exam comes back"),
)


def by_key(options: int) -> dict[str, Action]:
    """What each key means at an item of so many options."""
    chosen = {letter: Choose(place) for place, letter in enumerate(LETTERS[:options], start=1)}
    return {**_BY_KEY, **chosen}


def by_line(line: str, options: int) -> Action | None:
    """What a typed line means at an item of so many options; None when nothing."""
    words = line.casefold().split()
    match words:
        case [word] if word in _BY_WORD:
            return _BY_WORD[word]
        case [label] if 0 <= place_of(label) < options:
            return Choose(place_of(label) + 1)
        case ["jump", number] if number.isdecimal():
            return Jump(int(number))
        case _:
            return None
