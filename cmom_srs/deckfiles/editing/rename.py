"""A note's id changed in its deck file, so that every history and every collection follows."""

from difflib import get_close_matches
from pathlib import Path

from cmom_srs.deckfiles.editing.files import read_source
from cmom_srs.deckfiles.editing.files import write_source
from cmom_srs.deckfiles.grammar.ids import ID_RULE
from cmom_srs.deckfiles.grammar.ids import is_id
from cmom_srs.deckfiles.notes.entries import DeckEntry
from cmom_srs.deckfiles.read import DeckFile
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.read import read
from cmom_srs.errors import CmomError
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched


class RenameError(CmomError):
    """A note that cannot get this id."""


def rename_note(folder: Path, old: str, new: str, watch: Watch = unwatched) -> Path:
    """Writes the new id and `Formerly:` into the deck file, and nothing else; the file's path.

    Raises RenameError when there is no note `old`, `new` is not an id or was ever one, or the
    file has errors; DecksFolderError and UnwritableFileError.
    """
    decks = read(folder, is_why_required=False, watch=watch)
    file, entry = _find(decks, old)
    _require_free(decks, new)
    if (file.domain, file.deck) in decks.broken:
        raise RenameError(f"{file.path} has errors.", "Mend them first: cmom check")
    path = folder / file.path
    rows = read_source(path).split("\n")
    heading = entry.place.line - 1
    rows[heading] = rows[heading].replace(old, new, 1)
    if entry.formerly:
        last = entry.formerly[-1][1].line - 1
        written = rows[last].rstrip()
        rows[last] = f"{written}, {old}{rows[last][len(written) :]}"
    else:
        line_end = "\r" if rows[heading].endswith("\r") else ""
        rows.insert(heading + 1, f"Formerly: {old}{line_end}")
    write_source(path, "\n".join(rows))
    return path


def _find(decks: Decks, note_id: str) -> tuple[DeckFile, DeckEntry]:
    for file in decks.files:
        for entry in file.entries:
            if entry.id == note_id:
                return file, entry
    close = get_close_matches(note_id, [note.id for note in decks.notes], n=1)
    way_out = f"Did you mean {close[0]}?" if close else ""
    raise RenameError(f"There is no note {note_id}.", way_out)


def _require_free(decks: Decks, new: str) -> None:
    if not is_id(new):
        raise RenameError(f"{new} is not an id.", f"{ID_RULE}.".capitalize())
    for file in decks.files:
        for entry in file.entries:
            if new == entry.id or new in [old for old, _ in entry.formerly]:
                place = f"{file.path}, line {entry.place.line}"
                raise RenameError(
                    f"{new} is or was the id of a note already: {place}.",
                    "Choose another: an id is never used again.",
                )
