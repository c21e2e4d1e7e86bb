"""The time of a session, without the time it was stopped or an editor was open."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Runs from the moment it is made; `elapsed` gives seconds that never run backwards."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._started = elapsed()

    @property
    def ms(self) -> int:
        """Milliseconds that ran."""
        return round((self._elapsed() - self._started) * 1000)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stands still for the time of the block."""
        began = self._elapsed()
        try:
            yield
        finally:
            self._started += self._elapsed() - began
