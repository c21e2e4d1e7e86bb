"""A folder of deck files: read whole, with all errors of all files in one run."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.blueprint import read_blueprint_file
from cmom_srs.deckfiles.blueprint import require_decks
from cmom_srs.deckfiles.folder import FoundDeck
from cmom_srs.deckfiles.folder import find_decks
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import read_limited
from cmom_srs.deckfiles.grammar.lines import read_lines
from cmom_srs.deckfiles.grammar.sections import Section
from cmom_srs.deckfiles.grammar.sections import outline
from cmom_srs.deckfiles.notes.entries import DeckEntry
from cmom_srs.deckfiles.notes.entries import Head
from cmom_srs.deckfiles.notes.entries import read_entry
from cmom_srs.deckfiles.notes.entries import read_head
from cmom_srs.deckfiles.notes.entries import require_whys
from cmom_srs.deckfiles.uniqueness import check_ids
from cmom_srs.errors import CmomError
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.notes import Note
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

MOST_BYTES = 2_000_000

_NOTHING = Section(PlaceInFile(1, 1), None)


class BrokenDecksError(CmomError):
    """Decks that something cannot be done with, because there is an error in them."""

    def __init__(self) -> None:
        super().__init__("The decks have errors, so nothing was done.", "Mend them: cmom check")


@dataclass(frozen=True, slots=True)
class DeckFile:
    """One deck file as it was read.

    `path` is relative to the decks folder, with `/`. `text` is the file's text in which the
    problems' lines and columns count.
    """

    path: str
    domain: str
    deck: str
    title: str
    entries: tuple[DeckEntry, ...]
    text: str

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes without an error of their own, as written."""
        return tuple(entry.note for entry in self.entries if entry.note)


@dataclass(frozen=True, slots=True)
class Decks:
    """All deck files of a folder, by domain as in the blueprint, then by file name.

    `problems` are all errors of all files, sorted. `blueprint` is None when it has errors.
    """

    folder: Path
    blueprint: Blueprint | None
    files: tuple[DeckFile, ...]
    problems: tuple[Problem, ...]
    blueprint_text: str

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes of the files without errors, in the order of the files, then as written."""
        broken = self.broken
        return tuple(
            note
            for file in self.files
            if (file.domain, file.deck) not in broken
            for note in file.notes
        )

    @property
    def broken(self) -> frozenset[tuple[str, str]]:
        """The decks with an error, as (domain, deck): what was known of them holds.

        Among them are decks that are there, but not as a file that could be read: kept by a cloud
        drive, or under a name such as `ar.MD`.
        """
        paths = {problem.path for problem in self.problems if _is_error(problem)}
        read = {(file.domain, file.deck): file.path for file in self.files}
        named = [path.split("/") for path in paths if path.count("/") == 1]
        meant = {(domain, name.partition(".")[0].casefold()) for domain, name in named}
        return frozenset(
            {deck for deck, path in read.items() if path in paths}
            | {deck for deck in meant if deck not in read}
        )

    @property
    def unread_domains(self) -> frozenset[str]:
        """The domains whose folder is there, but cannot be read: what was known of them holds."""
        unread = [problem.path for problem in self.problems if problem.code == "unreadable"]
        return frozenset(path for path in unread if "/" not in path and path != BLUEPRINT_NAME)

    @property
    def present(self) -> frozenset[tuple[str, str]]:
        """The decks whose file was found, as (domain, deck), whatever is wrong with it."""
        return frozenset((file.domain, file.deck) for file in self.files)

    @property
    def ids(self) -> frozenset[str]:
        """All ids that are used, earlier ones included: none is ever used again."""
        entries = [entry for file in self.files for entry in file.entries]
        former = (old for entry in entries for old, _ in entry.formerly)
        return frozenset((*(entry.id for entry in entries if entry.id), *former))

    @property
    def has_errors(self) -> bool:
        """Whether anything in the folder has an error."""
        return any(_is_error(problem) for problem in self.problems)


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


class _Sheet(NamedTuple):
    """A deck file whose sections are known, and its notes not yet."""

    deck: FoundDeck
    report: Report
    lines: Sequence[str]
    head: Head
    sections: tuple[Section, ...]


def none_checked(_fingerprint: str) -> bool:
    """No note was read before."""
    return False


def read(
    folder: Path,
    is_checked: Callable[[str], bool] = none_checked,
    *,
    is_why_required: bool = True,
    watch: Watch = unwatched,
) -> Decks:
    """Everything in the decks folder: blueprint, notes, and every error.

    `is_checked` tells by its fingerprint whether a note was read without error before: its
    arithmetic, the slow part of reading, is not worked out again. With `is_why_required`, as for
    the shipped decks, an option or a mistake without `Why:` is an error; in a user's own decks
    `advise` speaks of it. `watch` hands on decks and notes one by one as they are read. Raises
    DecksFolderError if there is no folder or no blueprint.toml in it, or it cannot be read.
    """
    require_decks(folder)
    blueprint_text, blueprint, blueprint_problems = read_blueprint_file(folder)
    domains = [domain.key for domain in blueprint.domains] if blueprint else []
    found, problems = find_decks(folder, domains)
    problems += blueprint_problems
    sheets = [_open(folder, deck) for deck in watch(found, "Opening decks")]
    to_read = [(sheet, place) for sheet in sheets for place in range(len(sheet.sections))]
    entries: dict[str, list[DeckEntry]] = {sheet.deck.path: [] for sheet in sheets}
    for sheet, place in watch(to_read, "Reading notes"):
        entry = _read_entry(sheet, place, is_checked)
        if is_why_required:
            entry = require_whys(entry, sheet.report)
        entries[sheet.deck.path].append(entry)
    files = tuple(_deck_file(sheet, entries[sheet.deck.path]) for sheet in sheets)
    problems += [problem for sheet in sheets for problem in sheet.report.problems]
    problems += check_ids((file.path, entry) for file in files for entry in file.entries)
    return Decks(folder, blueprint, files, tuple(sorted(problems)), blueprint_text)


def read_deck(
    data: bytes, domain: str, deck: str, is_checked: Callable[[str], bool], report: Report
) -> DeckFile:
    """One deck file, from its bytes; every error in it is reported, but for missing reasons."""
    sheet = _outline(data, FoundDeck(f"{domain}/{deck}.md", domain, deck), report)
    places = range(len(sheet.sections))
    return _deck_file(sheet, [_read_entry(sheet, place, is_checked) for place in places])


def _open(folder: Path, deck: FoundDeck) -> _Sheet:
    report = Report(deck.path)
    return _outline(read_limited(folder / deck.path, MOST_BYTES, report) or b"", deck, report)


def _outline(data: bytes, deck: FoundDeck, report: Report) -> _Sheet:
    lines = read_lines(data, report)
    is_unreadable = lines == [""] and bool(report.problems)
    head, sections = (_NOTHING, ()) if is_unreadable else outline(lines, report)
    return _Sheet(deck, report, lines, read_head(head, deck.domain, deck.deck, report), sections)


def _read_entry(sheet: _Sheet, place: int, is_checked: Callable[[str], bool]) -> DeckEntry:
    return read_entry(sheet.sections[place], sheet.head, place, is_checked, sheet.report)


def _deck_file(sheet: _Sheet, entries: Iterable[DeckEntry]) -> DeckFile:
    (path, domain, deck), title = sheet.deck, sheet.head.title
    return DeckFile(path, domain, deck, title, tuple(entries), "\n".join(sheet.lines))
