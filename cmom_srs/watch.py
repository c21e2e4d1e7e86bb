"""Slow work handed on piece by piece, so that somebody may show how far it is."""

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Protocol
from typing import TypeVar

Piece = TypeVar("Piece")


class Watch(Protocol):
    """Hands on the pieces of some work one by one; `doing` names it, as in "Reading notes"."""

    def __call__(self, pieces: Sequence[Piece], doing: str, /) -> Iterable[Piece]:
        """The pieces, in their order, each as soon as the one before is done."""


def unwatched(pieces: Sequence[Piece], _doing: str, /) -> Iterable[Piece]:
    """The pieces, where nobody looks on."""
    return pieces
