"""Somebody who looks on at slow work, and keeps what was handed on."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from cmom_srs.watch import Piece


class Watched:
    """What was done, by its name, each with the pieces in which it was done to the end."""

    def __init__(self) -> None:
        self.pieces: dict[str, list[Any]] = {}

    def __call__(self, pieces: Sequence[Piece], doing: str, /) -> Iterator[Piece]:
        done = self.pieces.setdefault(doing, [])
        for piece in pieces:
            yield piece
            done.append(piece)

    @property
    def counts(self) -> dict[str, int]:
        """How many pieces of what were done."""
        return {doing: len(done) for doing, done in self.pieces.items()}
