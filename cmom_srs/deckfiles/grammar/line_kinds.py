"""What a line at the left margin opens: a title, a note, a label, an option, a step, a number."""

import re
from difflib import get_close_matches
from enum import Enum
from enum import auto
from functools import lru_cache
from typing import NamedTuple

from cmom_srs.deckfiles.grammar import faults
from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.ids import is_id

LABELS = (
    "Question",
    "Scenario",
    "Answer",
    "Reverse",
    "Cloze",
    "Given",
    "Formula",
    "Decimals",
    "Unit",
    "Tolerance",
    "Expect",
    "Wrong",
    "Source",
    "As of",
    "Until",
    "Tags",
    "Extra",
    "Manual",
    "Formerly",
    "Comment",
    "Why",
)

_LABELS = frozenset(LABELS)
_ONE_OF = "|".join(LABELS)
_LABEL_NAMES = {label.casefold(): label for label in LABELS}
_OPTION = re.compile(r"- \[([xX ])\](?: |$)")
_STEP = re.compile(r"([0-9]{1,3})\.(?: |$)")
# How authors write options, steps and labels when they do not write them as the format has it:
# what is recognized here is one error at its line instead of a stray text and what follows on it.
_LOOSE_OPTION = re.compile(r"[-*+]? *\[([^\[\]]{0,2})\]|[-*+] *\(([xX ]?)\)")
_LOOSE_STEP = re.compile(r"([0-9]{1,2})(?: ?(?:[.):]|-(?= )) *(?![0-9])| (?=[A-Z]))")
_LOOSE_LABEL = re.compile(r"[-*_> ]{0,4}([A-Za-z](?:[A-Za-z _-]{0,28}[A-Za-z])?) ?[*_]{0,2} ?:")
_NO_COLON = re.compile(rf"({_ONE_OF})(?: |$)")
_INDENTED = re.compile(rf" +(?:##? |##?$|(?:- )?\[[xX ]\] |(?:{_ONE_OF.removesuffix('|Why')}):)")


class LineKind(Enum):
    """What a line opens."""

    TITLE = auto()
    HEADING = auto()
    LABEL = auto()
    OPTION = auto()
    STEP = auto()
    DASH = auto()
    STRAY = auto()


class Mark(NamedTuple):
    """What a line opens, and the column where its text begins.

    `name` is the label, `x` for a marked option, a step's number. With a `fault` the line is not
    of the format, and kind and name are the best guess at what was meant.
    """

    kind: LineKind
    name: str
    column: int
    fault: Fault | None = None


def opens(line: str) -> bool:
    """Whether the line is not empty and does not continue the text above it."""
    return bool(line) and (line[0] != " " or _INDENTED.match(line) is not None)


def read_mark(line: str) -> Mark:
    """What a line for which `opens` holds opens."""
    if line[0] == " ":
        return _read_indented(line)
    name, _, rest = line.partition(":")
    if name in _LABELS and rest[:1] in ("", " ") and len(name) < len(line):
        return Mark(LineKind.LABEL, name, len(name) + 2)
    if option := _OPTION.match(line):
        return Mark(LineKind.OPTION, option[1].strip().lower(), option.end() + 1)
    if step := _STEP.match(line):
        return Mark(LineKind.STEP, step[1], step.end() + 1)
    if line[0] == "#":
        return _read_heading(line)
    return _guess(line)


def _read_heading(line: str) -> Mark:
    after = line.lstrip("#")
    text = after.lstrip()
    level = len(line) - len(after)
    kind = LineKind.TITLE if level == 1 else LineKind.HEADING
    column = len(line) - len(text) + 1
    if level <= 2 and (not after or after[0] == " "):
        return Mark(kind, "", column)
    if level > 2 and not is_id(text):
        kind = LineKind.STRAY
    return Mark(kind, "", column, faults.BAD_TITLE if level == 1 else faults.BAD_HEADING)


def _read_indented(line: str) -> Mark:
    """A title, note, label or option that should stand at the left margin."""
    text = line.lstrip(" ")
    indent = len(line) - len(text)
    kind, name, column, _ = read_mark(text)
    if kind in (LineKind.TITLE, LineKind.HEADING):
        if not is_id(text[column - 1 :]):
            kind = LineKind.STRAY
        fault = faults.HEADING_IN_TEXT
    elif kind is LineKind.OPTION:
        fault = faults.INDENTED_OPTION
    else:
        fault = Fault(
            "indented-label",
            f"`{name}:` is indented",
            "move the label to the left margin; if it is part of the text, begin the line with "
            "another word",
        )
    return Mark(kind, name, indent + column, fault)


def _guess(line: str) -> Mark:
    """The best guess at a line that is not of the format."""
    if option := _LOOSE_OPTION.match(line):
        name = "x" if (option[1] or option[2] or "").strip() else ""
        return Mark(LineKind.OPTION, name, option.end() + 1, faults.BAD_OPTION)
    if step := _LOOSE_STEP.match(line):
        return Mark(LineKind.STEP, step[1], step.end() + 1, faults.BAD_STEP)
    label = _LOOSE_LABEL.match(line)
    if line.startswith("- ") and not (label and label[1][0].isupper() and closest_label(label[1])):
        return Mark(LineKind.DASH, "", 3)
    if label:
        return _guess_label(line, label)
    if label := _NO_COLON.match(line):
        return Mark(
            LineKind.LABEL,
            label[1],
            label.end() + 1,
            Fault(
                "unknown-label",
                f"`{label[1]}` has no colon after it",
                f"write `{label[1]}:`; to continue the text above, indent the line",
            ),
        )
    return Mark(LineKind.STRAY, "", 1, faults.STRAY_TEXT)


def _guess_label(line: str, found: re.Match[str]) -> Mark:
    written = found[1]
    column = found.end() + 1
    if written in _LABELS and line.startswith(f"{written}:"):
        message = f"a blank is missing after `{written}:`"
        fault = Fault("missing-blank", message, f"write `{written}: `, then the text")
        return Mark(LineKind.LABEL, written, column, fault)
    if meant := closest_label(written):
        message = f"`{line[: found.end()]}` is not a label"
        fault = Fault("unknown-label", message, f"did you mean `{meant}:`?")
        return Mark(LineKind.LABEL, meant, column, fault)
    if written[0].islower() or len(written.split()) > 3:
        return Mark(LineKind.STRAY, "", 1, faults.STRAY_TEXT)
    message = f"`{line[: found.end()]}` is not a label"
    return Mark(LineKind.STRAY, "", 1, Fault("unknown-label", message, faults.STRAY_TEXT.hint))


@lru_cache(maxsize=256)
def closest_label(written: str) -> str | None:
    """The label that was probably meant, or None."""
    folded = " ".join(written.casefold().replace("-", " ").replace("_", " ").split())
    if folded in _LABEL_NAMES:
        return _LABEL_NAMES[folded]
    beginnings = [label for name, label in _LABEL_NAMES.items() if name.startswith(folded)]
    if len(beginnings) == 1:
        return beginnings[0]
    # Below 0.7 `Way` and `Who`, which begin sentences, would pass for `Why`.
    close = get_close_matches(folded, _LABEL_NAMES, n=1, cutoff=0.7)
    return _LABEL_NAMES[close[0]] if close else None
