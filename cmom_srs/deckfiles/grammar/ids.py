"""Ids: which texts are one, and how to make one of a question."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from cmom_srs.deckfiles.grammar.words import words

KEY_RULE = "lower-case letters and digits, with single hyphens between"
ID_RULE = f"an id is 3 to 60 {KEY_RULE}"

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 60


def is_key(text: str) -> bool:
    """Whether the text can name a domain, a deck or a tag: the grammar of ids, 1-60 characters."""
    return len(text) <= _LONGEST and _KEY.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Whether the text can be a note's id: deck format rule 2."""
    return len(text) >= 3 and is_key(text)


def key_like(text: str) -> str:
    """The text as a key: lower case, accents off, hyphens between; empty if nothing is left."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))[:_LONGEST].strip("-")


class NewIds:
    """Ids for notes that have none, each given once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def make(self, question: str) -> str:
        """An id of the first six words of a question that matter; with `-2` and so on if taken."""
        key = key_like(" ".join(words(question)[:6]))[: _LONGEST - 5].strip("-")
        stem = key if is_id(key) else "note"
        number = self._numbers.get(stem, 1)
        while (new := stem if number == 1 else f"{stem}-{number}") in self._taken:
            number += 1
        self._numbers[stem] = number
        self._taken.add(new)
        return new
