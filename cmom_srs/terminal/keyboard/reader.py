"""Reading keys one by one from bytes that come as they like, in pieces and with pauses."""

import time
from collections.abc import Callable
from collections.abc import Container
from math import inf

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.keyboard import sequences

NextKey = Callable[[float | None], str | None]  # waits until this second of the monotonic clock

# After an escape byte was taken for the key, what introduces a sequence may still prove it none.
_LATE_SECONDS = 0.25
_INTRODUCERS = b"[]PX^_O"

_ENDS_OF_PASTE = (b"\x1b[201~", b"\xc2\x9b201~", b"\x9b201~")
_MOST_PASTED = 1_000_000


def heard_key(next_key: NextKey, timeout: float | None, endings: Container[str]) -> str | None:
    """The next key that is one, or None when `timeout` seconds pass without one.

    Raises KeyboardInterrupt for Ctrl-C, EOFError for one of the keys that end the input.
    """
    ends_at = None if timeout is None else time.monotonic() + timeout
    while True:
        key = next_key(ends_at)
        if key == keys.INTERRUPT:
            raise KeyboardInterrupt
        if key in endings:
            raise EOFError
        if key != keys.UNKNOWN:
            return key


def forget_keys(next_key: NextKey) -> None:
    """Forgets the keys typed up to now, but for Ctrl-C, which is raised."""
    now = time.monotonic()
    while key := next_key(now):
        if key == keys.INTERRUPT:
            raise KeyboardInterrupt


class KeyReader:
    """Names the keys of what a terminal sends.

    `receive` waits so many seconds for the next byte, for ever with None, and gives nothing when
    none came or the wait was broken off. Only as much is received as is needed to name a key.
    """

    def __init__(
        self,
        receive: Callable[[float | None], bytes],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._receive = receive
        self._seconds = seconds
        self._typed = b""
        self._escaped_at = -inf

    def next_key(self, ends_at: float | None) -> str | None:
        """The next key, keys.UNKNOWN for what is none.

        None when the time `ends_at` has come without one, or when the wait was broken off.
        """
        if not self._typed:
            left = None if ends_at is None else max(0.0, ends_at - self._seconds())
            if not (byte := self._receive(left)):
                return None
            self._typed = self._late_escape(byte) + byte
        return self._named()

    def _late_escape(self, byte: bytes) -> bytes:
        is_late = self._seconds() - self._escaped_at < _LATE_SECONDS
        self._escaped_at = -inf
        return b"\x1b" if is_late and byte in _INTRODUCERS else b""

    def _named(self) -> str:
        latest = self._seconds() + sequences.LONGEST_SECONDS
        decoded = keys.decode(self._typed)
        while not decoded.length:
            has_more = self._more(decoded.patience, latest)
            decoded = keys.decode(self._typed, is_all=not has_more)
        if self._typed[: decoded.length].endswith(b"\x1b"):
            self._escaped_at = self._seconds()
        self._typed = self._typed[decoded.length :]
        return keys.paste(self._pasted()) if decoded.key == keys.PASTE else decoded.key

    def _more(self, patience: float, latest: float) -> bool:
        """Whether another byte comes in time; a wait that was broken off goes on."""
        ends_at = min(self._seconds() + patience, latest)
        while (left := ends_at - self._seconds()) > 0:
            if byte := self._receive(left):
                self._typed += byte
                return True
        return False

    def _pasted(self) -> str:
        """The text up to the end of a paste, or up to where that was lost."""
        pasted = bytearray()
        while not pasted.endswith(_ENDS_OF_PASTE) and len(pasted) < _MOST_PASTED:
            if not self._typed and not self._more(sequences.SECONDS, inf):
                return pasted.decode(errors="replace")
            pasted += self._typed
            self._typed = b""
        for end in _ENDS_OF_PASTE:
            pasted = pasted.removesuffix(end)
        return pasted.decode(errors="replace")
