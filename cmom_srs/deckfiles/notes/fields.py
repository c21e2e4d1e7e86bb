"""The labels of one section, and what stands under them: dates, ids, yes, whys."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.ids import ID_RULE
from cmom_srs.deckfiles.grammar.ids import is_id
from cmom_srs.deckfiles.grammar.ids import is_key
from cmom_srs.deckfiles.grammar.ids import key_like
from cmom_srs.deckfiles.grammar.line_kinds import LineKind
from cmom_srs.deckfiles.grammar.line_kinds import closest_label
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.sections import Part
from cmom_srs.deckfiles.grammar.sections import Section

LONGEST_TEXT = 20_000

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE_WHY = re.compile(r"^(?:([A-Za-z]{2,8}) ?:|(Why) )", re.MULTILINE)


_HOW_WHY = "write `  Why: ` and the reason below it"


class Whyless(NamedTuple):
    """An option or a mistake (`what`) without `Why:`."""

    place: PlaceInFile
    what: str

    def report(self, report: Report) -> None:
        """Reports it as an error."""
        report.error(self.place, "missing-why", f"this {self.what} has no `Why:`", _HOW_WHY)


class Fields:
    """The labels of a section: which are there, and the texts of those that can be read."""

    def __init__(self, section: Section) -> None:
        labels = [part for part in section.parts if part.kind is LineKind.LABEL]
        self.parts: Mapping[str, Part] = {part.name: part for part in labels if not part.is_guess}
        self.names = frozenset(part.name for part in labels)

    def text(self, label: str) -> Text | None:
        """The label's text; None if it is not there, is empty or only guessed."""
        part = self.parts.get(label)
        return part.text if part and part.text.text else None

    def prose(self, label: str) -> str:
        """The label's text as a string, empty if there is none."""
        text = self.text(label)
        return text.text if text else ""

    def line(self, label: str) -> str:
        """The label's text in one line, empty if there is none."""
        return " ".join(self.prose(label).split())


def check_texts(section: Section, report: Report) -> None:
    """Reports texts that are empty or too long, and what no text may hold: images, headings."""
    for part in section.parts:
        for text in (part.text, part.why):
            if text is None or part.is_guess:
                continue
            if not text.text:
                if part.name != "Given" and not section.has_stray:
                    _report_empty(part, text, report)
            elif len(text.text) > LONGEST_TEXT:
                message = f"a text has at most {LONGEST_TEXT:,} characters"
                report.error(text.place(), "too-long", message, "make several notes of it")
            elif text.text.startswith(("# ", "## ")):
                report.error(
                    text.place(),
                    "heading-in-text",
                    "a text's line may not begin with `#`",
                    "begin it with another word",
                )
            elif (image := _find_image(text.text)) is not None:
                report.error(
                    text.place(image),
                    "image",
                    "a text cannot show images",
                    "say in words what the image shows",
                )


def _find_image(text: str) -> int | None:
    """Where an image begins: `![`, then no `]` before one that `(` or `[` follows."""
    start = 0
    while (end := text.find("]", start)) >= 0:
        image = text.find("![", start, end)
        if image >= 0 and text[end + 1 : end + 2] in ("(", "["):
            return image
        start = end + 1
    return None


def _report_empty(part: Part, text: Text, report: Report) -> None:
    if text is part.why:
        name, place = "`Why:`", text.place()._replace(column=1)
    else:
        name = (
            f"`{part.name}:`" if part.kind is LineKind.LABEL else f"this {part.kind.name.lower()}"
        )
        place = part.place
    hint = "write the text behind it, or indented below it"
    report.error(place, "empty-text", f"{name} has no text", hint)


def read_date(text: Text | None, report: Report) -> date | None:
    """The date of an `As of:` or `Until:`; None if there is none or it is no real date."""
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text.text):
            return date.fromisoformat(text.text)
        message = f"`{text.text}` is not a date"
    except ValueError:
        message = f"there is no day {text.text}"
    report.error(text.place(), "bad-date", message, "write year-month-day, as in 2026-01-31")
    return None


def read_tags(text: Text | None, report: Report) -> tuple[str, ...]:
    """The tags of a `Tags:` that are ids."""
    hint = "a tag is lower-case letters and digits with hyphens, and a comma stands between tags"
    return tuple(tag for tag, _ in _read_list(text, is_key, "bad-tag", hint, report))


def read_former_ids(text: Text | None, report: Report) -> tuple[tuple[str, PlaceInFile], ...]:
    """The ids of a `Formerly:`, each with its place."""
    return tuple(_read_list(text, is_id, "bad-id", f"{ID_RULE}; a comma between ids", report))


def _read_list(
    text: Text | None, is_valid: Callable[[str], bool], code: str, rule: str, report: Report
) -> Iterator[tuple[str, PlaceInFile]]:
    for written, place in _pieces(text) if text else ():
        if is_valid(written):
            yield written, place
        elif not written:
            report.error(place, code, "between two commas, or beside one, is nothing", rule)
        else:
            report.error(
                place, code, f"`{written}` is not an id", _suggest(written, is_valid, rule)
            )


def _suggest(written: str, is_valid: Callable[[str], bool], rule: str) -> str:
    meant = key_like(written)
    return f"did you mean `{meant}`? {rule}" if is_valid(meant) else rule


def _pieces(text: Text) -> Iterator[tuple[str, PlaceInFile]]:
    """What stands between the commas, each with its place."""
    offset = 0
    for piece in text.text.split(","):
        written = piece.strip()
        yield written, text.place(offset + piece.index(written))
        offset += len(piece) + 1


def read_id(text: Text, report: Report) -> str:
    """The id on a note's heading; empty if there is none or it is none."""
    if not text.text:
        report.error(
            PlaceInFile(text.place().line, 1),
            "missing-id",
            "this note has no id",
            "`cmom check --fix` writes one, made of the question",
        )
    elif not is_id(text.text):
        message = f"`{text.text}` is not an id"
        report.error(text.place(), "bad-id", message, _suggest(text.text, is_id, ID_RULE))
    else:
        return text.text
    return ""


def read_yes(text: Text | None, report: Report) -> bool:
    """Whether a label whose only value is `yes` is there."""
    if text and text.text != "yes":
        message = f"`{text.text}` is not `yes`"
        report.error(text.place(), "bad-reverse", message, "write `yes`, or leave the label out")
    return text is not None


def find_whyless(kind: str | None, section: Section, report: Report) -> tuple[Whyless, ...]:
    """The options and mistakes without a reason, of a note of this kind.

    Reported is only where a reason seems to be there, but not as `Why:`.
    """
    found = []
    for part in section.parts:
        what = _explained(kind, part)
        if part.why or not what:
            continue
        meant = _meant_as_why(part)
        if meant:
            message, hint = f"`{meant[0]}` is not `Why:`", _HOW_WHY
            report.error(part.text.place(meant.start()), "missing-why", message, hint)
        elif what == "mistake" and "\n" in part.text.text:
            Whyless(part.place, what).report(report)
        else:
            found.append(Whyless(part.place, what))
    return tuple(found)


def _explained(kind: str | None, part: Part) -> str:
    """What a part is, if it is something that a learner wants to have explained."""
    if kind == "choice" and part.kind is LineKind.OPTION:
        return "option"
    return "mistake" if kind == "calculation" and part.name == "Wrong" else ""


def _meant_as_why(part: Part) -> re.Match[str] | None:
    """Where `Why:` seems to be misspelt in the lines below an option or a mistake."""
    for written in _LOOSE_WHY.finditer(part.text.text):
        if written.start() and closest_label(written[1] or written[2]) == "Why":
            return written
    return None
