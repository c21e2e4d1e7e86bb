"""Ids for notes that were written without one."""

from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path

from cmom_srs.deckfiles.editing.files import read_source
from cmom_srs.deckfiles.editing.files import write_source
from cmom_srs.deckfiles.grammar.ids import NewIds
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import read_lines
from cmom_srs.deckfiles.grammar.sections import Section
from cmom_srs.deckfiles.grammar.sections import outline
from cmom_srs.deckfiles.notes.fields import Fields
from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import fill_gaps
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched


def mend_missing_ids(
    folder: Path, files: Container[str] | None = None, watch: Watch = unwatched
) -> Mapping[str, tuple[str, ...]]:
    """Writes an id behind each bare `##`, made of the question; the ids by the file's path.

    `files` are the paths of the files to mend, as in problems; None means all. Nothing else in a
    file is touched. Raises DecksFolderError and UnwritableFileError.
    """
    decks = read(folder, is_why_required=False, watch=watch)
    taken = set(decks.ids)
    mended = {}
    for file in decks.files:
        is_asked_for = files is None or file.path in files
        if is_asked_for and not all(entry.id for entry in file.entries):
            text, ids = give_ids(read_source(folder / file.path), taken)
            if ids:
                write_source(folder / file.path, text)
                mended[file.path] = ids
                taken |= set(ids)
    return mended


def give_ids(text: str, taken: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """A deck file's text with an id at each note that has none, and these ids in their order."""
    report = Report("")
    lines = read_lines(text.encode("utf-8", errors="surrogateescape"), report)
    rows = text.split("\n")
    given: list[str] = []
    new_ids = NewIds(taken)
    for section in outline(lines, report)[1]:
        if section.name is None or section.name.text:
            continue
        new = new_ids.make(_question(section))
        row = section.place.line - 1
        rest = rows[row].rstrip("\r")
        mark = "\ufeff" if rest.startswith("\ufeff") else ""
        rows[row] = f"{mark}## {new}{rows[row][len(rest) :]}"
        given.append(new)
    return "\n".join(rows), tuple(given)


def _question(section: Section) -> str:
    fields = Fields(section)
    return fields.prose("Question") or fill_gaps(fields.prose("Cloze"))
