"""Anki's "Notes in Plain Text": lines with `#` that say what the columns are, then the notes."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace

from cmom_srs.deckfiles.formats.bank import BankFindings
from cmom_srs.deckfiles.formats.bank import BankQuestion
from cmom_srs.deckfiles.formats.separated import QUOTE
from cmom_srs.deckfiles.formats.separated import Row
from cmom_srs.deckfiles.formats.separated import as_markdown
from cmom_srs.deckfiles.formats.separated import as_tags
from cmom_srs.deckfiles.formats.separated import basic
from cmom_srs.deckfiles.formats.separated import rows

_HEADER = re.compile(r"#([a-z]+(?: [a-z]+)?):(.*)")
_KEYS = frozenset(
    (
        *("separator", "html", "tags", "columns", "notetype", "deck", "if matches"),
        *("notetype column", "deck column", "tags column", "guid column", "match scope"),
    )
)
_SEPARATORS = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_GAP = re.compile(r"(\{\{c[0-9]+::)((?:(?!\{\{|\}\}).)*+)(\}\})", re.DOTALL)
_HAS_GAP = re.compile(r"\{\{c[0-9]+::")


def is_anki_text(text: str) -> bool:
    """Whether a text begins as Anki's export does."""
    found = _HEADER.match(text)
    return found is not None and found[1] in _KEYS


def read(text: str, findings: BankFindings) -> Iterator[BankQuestion]:
    """The notes: basic ones, reversed ones, and those with gaps."""
    header, first_line = _read_header(text)
    body = "\n".join(text.split("\n")[first_line - 1 :])
    separator = _separator(header.get("separator", "tab"))
    columns = {
        name.removesuffix(" column"): int(value) - 1
        for name, value in header.items()
        if name.endswith(" column") and re.fullmatch(r"[1-9][0-9]{0,2}", value)
    }
    is_html = header.get("html", "false").lower() == "true"
    for name in ("guid", "deck"):
        if name in columns:
            message = f"the {name} of each note is not kept"
            findings.changed(1, message, "notes get ids of their words, and the deck's file is one")
    for row in rows(body, separator, findings, first_line, comment="#"):
        yield from _note(row, columns, header, is_html, findings)


def _read_header(text: str) -> tuple[Mapping[str, str], int]:
    """What the lines at the beginning say, and the line on which the notes begin."""
    header: dict[str, str] = {}
    for line in text.split("\n"):
        found = _HEADER.fullmatch(line)
        if not found or found[1] not in _KEYS:
            break
        header[found[1]] = found[2].strip()
    return header, len(header) + 1


def _separator(written: str) -> str:
    return _SEPARATORS.get(written.lower()) or written[:1].strip(QUOTE) or "\t"


def _note(
    row: Row,
    columns: Mapping[str, int],
    header: Mapping[str, str],
    is_html: bool,
    findings: BankFindings,
) -> Iterator[BankQuestion]:
    def column(name: str) -> str:
        at = columns.get(name)
        return row.fields[at] if at is not None and at < len(row.fields) else ""

    texts = [field for at, field in enumerate(row.fields) if at not in columns.values()]
    note_type = column("notetype") or header.get("notetype", "")
    tags = f"{column('tags')} {header.get('tags', '')}"
    first = next((text for text in texts if text.strip()), "")
    if _HAS_GAP.search(first):
        yield from _cloze(row, texts, tags, is_html, findings)
        return
    front, back, *others = [*texts, "", ""]
    fields = {"front": front, "back": back, "tags": tags, "extra": "\n\n".join(others)}
    for note in basic(row.line, {k: v for k, v in fields.items() if v.strip()}, is_html, findings):
        yield replace(note, is_reversible="reverse" in note_type.lower())


def _cloze(
    row: Row, texts: list[str], tags: str, is_html: bool, findings: BankFindings
) -> Iterator[BankQuestion]:
    """A text with gaps; braces that are none of theirs stand as entities."""
    first, *others = [as_markdown(row.line, text, is_html, findings) for text in texts]
    text = _between_gaps(first)
    extra = "\n\n".join(other for other in others if other)
    yield BankQuestion(
        row.line, text, is_cloze=True, extra=extra, tags=as_tags(row.line, tags, findings)
    )


def _between_gaps(text: str) -> str:
    """The text with braces as entities, but for its gaps; as it is, if those are not plain."""
    if _HAS_GAP.search(_GAP.sub("", text)):
        return text
    pieces = []
    end = 0
    for gap in _GAP.finditer(text):
        pieces += [_without_braces(text[end : gap.start()])]
        pieces += [gap[1], _without_braces(gap[2]), gap[3]]
        end = gap.end()
    return "".join([*pieces, _without_braces(text[end:])])


def _without_braces(text: str) -> str:
    return text.replace("{", "&#123;").replace("}", "&#125;")
