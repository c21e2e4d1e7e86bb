"""The uid of a log row: the same on every computer that holds the row, whatever else differs."""

import secrets
from hashlib import sha256

LENGTH = 32  # hex digits
_SEPARATOR = "\x1f"


def fresh_uid() -> str:
    """The uid of a row that is written for the first time."""
    return secrets.token_hex(LENGTH // 2)


def anki_uid(guid: str, ordinal: int, anki_id: int) -> str:
    """The uid of an answer given in Anki: every import of it, on any computer, finds the same."""
    return derived_uid(guid, ordinal, anki_id)


def derived_uid(*values: object) -> str:
    """The uid made of what a row says, for rows that were written without one; None is empty.

    Copies of one history that are upgraded apart so agree on their rows.
    """
    text = _SEPARATOR.join("" if value is None else str(value) for value in values)
    return sha256(text.encode()).hexdigest()[:LENGTH]
