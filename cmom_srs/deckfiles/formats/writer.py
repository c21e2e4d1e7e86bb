"""Questions written as a deck file."""

import re
from collections.abc import Iterator
from collections.abc import Sequence

from cmom_srs.deckfiles.formats.bank import BankQuestion

# What would keep an option behind the others; of a bank it is only a word in braces.
_LAST = re.compile(r"\{(?=\s*last\s*\})", re.IGNORECASE)


def write_head(title: str, source: str) -> str:
    """The first lines of the file."""
    return f"# {title}\nSource: {source}\n"


def write_note(note_id: str, question: BankQuestion) -> str:
    """The text of one note, after an empty line."""
    return "\n".join(["", f"## {note_id}", *_lines(question), ""])


def _lines(question: BankQuestion) -> Iterator[str]:
    yield from _labeled("Cloze" if question.is_cloze else "Question", question.question)
    for option in question.options:
        text = _LAST.sub("&#123;", option.text)
        yield from _text(f"- [{'x' if option.is_right else ' '}] ", text.split("\n"), 2)
        if option.why:
            yield from _text("  Why: ", option.why.split("\n"), 4)
    yield from _labeled("Answer", question.answer)
    yield from ["Reverse: yes"] if question.is_reversible else []
    yield from _labeled("Tags", ", ".join(question.tags))
    yield from _labeled("Extra", question.extra)
    yield from _labeled("Comment", question.comment)


def _labeled(label: str, text: str) -> Iterator[str]:
    if text:
        yield from _text(f"{label}: ", text.split("\n"), 2)


def _text(opening: str, lines: Sequence[str], indent: int) -> Iterator[str]:
    first, *more = lines
    yield opening + first
    yield from (f"{' ' * indent}{line}" if line else "" for line in more)
