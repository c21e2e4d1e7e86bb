"""A file of another program made a deck file, with a list of what has no home in it."""

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from cmom_srs.deckfiles.formats import aiken
from cmom_srs.deckfiles.formats import anki_text
from cmom_srs.deckfiles.formats import gift
from cmom_srs.deckfiles.formats import separated
from cmom_srs.deckfiles.formats.bank import BankFindings
from cmom_srs.deckfiles.formats.bank import BankQuestion
from cmom_srs.deckfiles.formats.encoding import UnreadableBankError
from cmom_srs.deckfiles.formats.encoding import decode
from cmom_srs.deckfiles.formats.markup import from_plain
from cmom_srs.deckfiles.formats.markup import plain
from cmom_srs.deckfiles.formats.markup import shown
from cmom_srs.deckfiles.formats.writer import write_head
from cmom_srs.deckfiles.formats.writer import write_note
from cmom_srs.deckfiles.grammar.ids import NewIds
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.read import MOST_BYTES
from cmom_srs.deckfiles.read import none_checked
from cmom_srs.deckfiles.read import read_deck
from cmom_srs.errors import Problem
from cmom_srs.study.notes import fill_gaps
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

FORMATS = ("aiken", "gift", "csv", "tsv", "anki")

_Reader = Callable[[str, BankFindings], Iterator[BankQuestion]]
_OF_ENDING = {".gift": "gift", ".aiken": "aiken", ".tsv": "tsv", ".tab": "tsv", ".csv": "csv"}


@dataclass(frozen=True, slots=True)
class Converted:
    """A deck file's text, and what came of the bank.

    `format` is one of FORMATS; `notes` counts the notes by kind. `problems` is sorted by line:
    errors for questions that are left out, advice for what is changed or lost.
    """

    text: str
    format: str
    notes: Mapping[str, int]
    problems: tuple[Problem, ...]


def convert(  # noqa: PLR0913 - a deck's words one by one, and who looks on
    data: bytes,
    name: str,
    *,
    title: str,
    source: str,
    taken: Iterable[str] = (),
    named: str | None = None,
    watch: Watch = unwatched,
) -> Converted:
    """The bank in a file of this name as a deck file that reads without error.

    `source` is cited for all notes. `taken` are ids that are used already, earlier ones
    included; the others are made of the questions' words. The format is found out when none of
    FORMATS is named. Raises UnreadableBankError when the file is no text, or of no format that is
    known, or when the deck would be too large for one file.
    """
    findings = BankFindings(name)
    text = decode(data, name, findings)
    found = named or find_format(text, name)
    if found is None:
        raise UnreadableBankError(
            f"{name} is of no format that can be read.",
            "There are Aiken, GIFT, CSV, TSV (front, back) and Anki's notes in plain text.",
        )
    head = write_head(_title(title, name), from_plain(source.replace("\n", " ")))
    questions = watch(tuple(_read(found, text, findings)), "Converting questions")
    notes = list(_notes(questions, head, NewIds(taken), findings))
    deck = head + "".join(note for _, note in notes)
    if len(deck.encode()) > MOST_BYTES:
        sentence = f"The deck of {name} would have more than {MOST_BYTES // 1000:,} kB."
        raise UnreadableBankError(sentence, "Make several files of it.")
    counts = Counter(kind for kind, _ in notes)
    return Converted(deck, found, counts, tuple(sorted(findings.problems)))


def find_format(text: str, name: str) -> str | None:
    """The format of a text, by its content and the ending of its name; None if it is none."""
    ending = PurePath(name).suffix.lower()
    if anki_text.is_anki_text(text):
        return "anki"
    if ending in _OF_ENDING:
        return _OF_ENDING[ending]
    if aiken.is_aiken(text):
        return "aiken"
    if gift.is_gift(text):
        return "gift"
    separator = separated.find_separator(text)
    return separator and ("tsv" if separator == "\t" else "csv")


def _title(title: str, name: str) -> str:
    words = re.sub(":{2,}", ":", " ".join(plain(title).split()))
    return words[:200].strip() or PurePath(name).stem


def _notes(
    questions: Iterable[BankQuestion], head: str, new_ids: NewIds, findings: BankFindings
) -> Iterator[tuple[str, str]]:
    """The kind and the text of each note; one that does not read back is left out."""
    for question in questions:
        words = shown(fill_gaps(question.question)) or question.question
        note = write_note(new_ids.make(words), question)
        report = Report("")
        file = read_deck((head + note).encode(), "domain", "deck", none_checked, report)
        if report.problems:
            first = report.problems[0]
            findings.left_out(question.line, first.message, first.hint)
        else:
            (read_back,) = file.notes
            yield read_back.kind, note


def _read(found: str, text: str, findings: BankFindings) -> Iterator[BankQuestion]:
    match found:
        case "aiken":
            return aiken.read(text, findings)
        case "gift":
            return gift.read(text, findings)
        case "anki":
            return anki_text.read(text, findings)
        case "tsv":
            return separated.read(text, "\t", findings)
        case _:
            return separated.read(text, separated.find_separator(text) or ",", findings)
