"""Tables of two columns, front and back: CSV, TSV, what Quizlet exports."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from typing import NamedTuple

from cmom_srs.deckfiles.formats.bank import BankFindings
from cmom_srs.deckfiles.formats.bank import BankQuestion
from cmom_srs.deckfiles.formats.markup import from_html
from cmom_srs.deckfiles.formats.markup import from_plain
from cmom_srs.deckfiles.formats.markup import has_tags
from cmom_srs.deckfiles.grammar.ids import key_like

_SEPARATORS = ("\t", ";", ",", "|")
_TRIED_ROWS = 200
QUOTE = '"'
_EXCEL = re.compile(r"sep=([^\"\n])\n")
_MEANT: Mapping[str, frozenset[str]] = {
    "front": frozenset(("front", "question", "term", "word", "prompt", "q")),
    "back": frozenset(("back", "answer", "definition", "meaning", "a")),
    "extra": frozenset(("extra", "explanation", "rationale", "feedback", "back extra")),
    "tags": frozenset(("tags", "tag")),
}


class Row(NamedTuple):
    """The fields of one record, and the line on which it begins."""

    line: int
    fields: list[str]


def find_separator(text: str) -> str | None:
    """The character that cuts most lines into the same number of fields, at least two."""
    if excel := _EXCEL.match(text):
        return excel[1]
    lines = [f"{line}\n" for line in text.split("\n", _TRIED_ROWS)[:_TRIED_ROWS] if line.strip()]
    shares = {candidate: _share(lines, candidate) for candidate in _SEPARATORS}
    best = max(shares, key=lambda candidate: shares[candidate])
    return best if shares[best] >= (0.5 if best == "\t" else 0.8) else None


def _share(lines: list[str], separator: str) -> float:
    """The share of rows that have as many fields as most have, if those are at least two."""
    refused = BankFindings("")
    counts = Counter(len(row.fields) for row in rows("".join(lines), separator, refused))
    fields, most = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return most / (counts.total() + len(refused.problems)) if fields > 1 else 0.0


def read(text: str, separator: str, findings: BankFindings) -> Iterator[BankQuestion]:
    """A basic note for each row with two fields; what else there is becomes a comment."""
    is_html = has_tags(text)
    if is_html:
        findings.changed(1, "this has tags and entities: it is read as HTML", "look at the texts")
    first_line = 1
    if excel := _EXCEL.match(text):
        text, first_line = text[excel.end() :], 2
    names: list[str] = ["front", "back"]
    for number, row in enumerate(rows(text, separator, findings, first_line)):
        if number == 0 and (found := _column_names(row.fields)):
            names = found
            continue
        fields = _by_name(row, names, findings)
        yield from basic(row.line, fields, is_html, findings)


def _column_names(fields: list[str]) -> list[str] | None:
    """What each column holds, if the first row says so; a column of another name is a comment."""
    folded = [field.strip().casefold() for field in fields]
    names = [
        next((name for name, words in _MEANT.items() if field in words), "comment")
        for field in folded
    ]
    return names if {"front", "back"} <= set(names) else None


def _by_name(row: Row, names: list[str], findings: BankFindings) -> dict[str, str]:
    fields: dict[str, str] = {}
    for at, field in enumerate(row.fields):
        name = names[at] if at < len(names) else "comment"
        if field.strip():
            fields[name] = f"{fields[name]}\n{field}" if name in fields else field
    if len(row.fields) > len(names):
        message = f"there are {len(row.fields)} fields in this row: those behind are a comment"
        findings.changed(row.line, message, "move them to `Extra:` if learners are to see them")
    return fields


def basic(
    line: int, fields: Mapping[str, str], is_html: bool, findings: BankFindings
) -> Iterator[BankQuestion]:
    """The note of a row; nothing, and found to be left out, if front or back is empty."""
    if not fields.get("front", "").strip() or not fields.get("back", "").strip():
        missing = "back" if fields.get("front", "").strip() else "front"
        message = f"this row has no {missing}"
        findings.left_out(line, message, "a row has a front and a back, with a separator between")
        return
    texts = {name: as_markdown(line, text, is_html, findings) for name, text in fields.items()}
    yield BankQuestion(
        line,
        texts["front"],
        answer=texts["back"],
        extra=texts.get("extra", ""),
        comment=texts.get("comment", ""),
        tags=as_tags(line, fields.get("tags", ""), findings),
    )


def as_markdown(line: int, text: str, is_html: bool, findings: BankFindings) -> str:
    """A field's text; what is lost of it is found."""
    if not is_html:
        return from_plain(text)
    markdown, lost = from_html(text)
    findings.lost(line, lost)
    return markdown


def as_tags(line: int, written: str, findings: BankFindings) -> tuple[str, ...]:
    """Tags, with blanks or commas between, as ids."""
    tags: dict[str, None] = {}
    for tag in re.split(r"[\s,;]+", written.strip()):
        if key := key_like(tag.replace("::", "-").replace("_", "-")):
            tags[key] = None
        elif tag:
            findings.changed(line, f"the tag `{tag}` is lost", "a tag has letters from a to z")
    return tuple(tags)


def rows(
    text: str, separator: str, findings: BankFindings, first_line: int = 1, comment: str = ""
) -> Iterator[Row]:
    """The records that are not empty; a badly quoted one is found to be left out.

    Lines that begin with `comment` are passed over. Between tabs, where nothing else is one,
    quotes may mean themselves, as in what Quizlet writes: they do if any is badly placed.
    """
    lines = text.split("\n")
    is_quoted = separator != "\t" or bool(comment) or _is_quoted_well(lines, separator)
    source = _Lines(lines, comment)
    reader = csv.reader(
        source,
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
        strict=is_quoted,
    )
    while source.has_record():
        line = first_line + source.taken
        try:
            fields = next(reader, [])
        except csv.Error as error:
            hint = "within quotes, a quote is written twice; a text has at most 20,000 characters"
            findings.left_out(line, f"this row cannot be read: {error}", hint)
            continue
        if any(field.strip() for field in fields):
            yield Row(line, fields)


def _is_quoted_well(lines: list[str], separator: str) -> bool:
    try:
        for _ in csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True


class _Lines:
    """The lines of a file for a csv reader, and how many it has taken."""

    def __init__(self, lines: list[str], comment: str) -> None:
        self._lines = lines
        self._comment = comment
        self.taken = 0

    def has_record(self) -> bool:
        """Whether there is another record, once comments before it are passed over."""
        while self.taken < len(self._lines):
            if not self._comment or not self._lines[self.taken].startswith(self._comment):
                return True
            self.taken += 1
        return False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.taken >= len(self._lines):
            raise StopIteration
        self.taken += 1
        return f"{self._lines[self.taken - 1]}\n"
