"""ASCII in place of what an output cannot encode: a redirected Windows console, `LANG=C`."""

import codecs
from typing import TextIO
from unicodedata import normalize

_HANDLER = "cmom-ascii"
_FRACTION_SLASH = "\u2044"

# Mostly one character for one, so that columns stay where they are.
_ASCII = {
    "─": "-",
    "━": "-",
    "│": "|",
    "┊": "|",
    "█": "#",
    "▓": "%",
    "▒": "+",
    "░": ":",
    "•": "*",
    "●": "o",
    "·": "-",
    "✓": "+",
    "✗": "x",
    "«": "<",
    "»": ">",
    "–": "-",
    "—": "-",
    "−": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "±": "+/-",
    "×": "x",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "§": "S",
    "¶": "P",
    "€": "EUR",
    "£": "GBP",
    "©": "(c)",
    "®": "(R)",
    "™": "(TM)",
}


def allow_any_text(output: TextIO) -> None:
    """Makes an output write ASCII, at worst `?`, for what its encoding lacks."""
    codecs.register_error(_HANDLER, _replace)
    if reconfigure := getattr(output, "reconfigure", None):
        reconfigure(errors=_HANDLER)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unencodable = error.object[error.start : error.end]
    return "".join(map(to_ascii, unencodable)), error.end


def to_ascii(character: str) -> str:
    """The ASCII that stands for a character: a sign like it, its letter without accents, or `?`."""
    if replacement := _ASCII.get(character):
        return replacement
    plain = normalize("NFKD", character).replace(_FRACTION_SLASH, "/")
    return plain.encode("ascii", "ignore").decode() or "?"
