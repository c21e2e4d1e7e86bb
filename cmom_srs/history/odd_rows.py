"""Odd rows: sound to SQLite, which keeps any type in any column, but no values of ours.

Such a row is told by its place and left out; the rest can be used.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import TypeVar

from sqlalchemy import Row

Value = TypeVar("Value")


class OddRowError(ValueError):
    """A row that is no value: which one, and which of its columns."""

    def __init__(self, name: str, reason: str) -> None:
        column = reason.rpartition("`$.")[2].rstrip("`") if "`$." in reason else ""
        super().__init__(f"{name}: its {column} cannot be right" if column else f"{name}: {reason}")


class OddNoteError(OddRowError):
    """A note's row that is no value: the next sync writes its words anew."""


def readable(
    found: Iterable[Row[Any]],
    convert: Callable[[Row[Any]], Value],
    tell: Callable[[OddRowError], None] = lambda odd: None,
) -> Iterator[Value]:
    """The values of rows; `tell` is told of each row that is none, which is left out."""
    for row in found:
        try:
            value = convert(row)
        except OddRowError as odd:
            tell(odd)
        else:
            yield value
