"""Which words of a question matter."""

import re

_STOP_WORDS = frozenset(
    (
        *("a", "an", "the", "this", "that", "these", "those", "its", "their", "your", "his", "her"),
        *("of", "to", "in", "for", "on", "at", "by", "with", "from", "into", "about", "as"),
        *("and", "or", "but", "if", "than", "then", "so", "what", "which"),
        *("is", "are", "was", "were", "be", "been", "being", "do", "does", "did"),
        *("has", "have", "had", "can", "could", "would", "will", "shall"),
        *("it", "they", "you", "he", "she", "we", "i"),
    )
)
_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")


def words(text: str) -> list[str]:
    """The text's words, case-folded, in order, without the stop words; numbers are kept."""
    return [word for word in _WORD.findall(text.casefold()) if word not in _STOP_WORDS]
