"""A deck file's text cut into its head and its notes, so that one can be exchanged for another."""

from collections.abc import Container
from dataclasses import dataclass
from dataclasses import replace

from cmom_srs.deckfiles.read import DeckFile


@dataclass(frozen=True, slots=True)
class Blocks:
    """The text above the first note, and each note's text from its heading on, with its id."""

    head: str
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + "".join(text for _, text in self.notes)

    def note(self, note_id: str) -> str:
        """The text of one of the notes."""
        return dict(self.notes)[note_id]

    def with_head(self, head: str) -> "Blocks":
        """The file with the text of another head; the byte order mark stays."""
        mark = "\ufeff" if self.head.startswith("\ufeff") else ""
        return replace(self, head=mark + self._fit(head, self.head))

    def with_note(self, old_id: str, new_id: str, text: str) -> "Blocks":
        """The file with another note in the place of one."""
        return replace(
            self,
            notes=tuple(
                (new_id, self._fit(text, own)) if own_id == old_id else (own_id, own)
                for own_id, own in self.notes
            ),
        )

    def with_new_note(self, new_id: str, text: str, before: Container[str]) -> "Blocks":
        """The file with one more note, behind the last one here that is among `before`."""
        places = [place for place, (own_id, _) in enumerate(self.notes, 1) if own_id in before]
        above, below = self.notes[: max(places, default=0)], self.notes[max(places, default=0) :]
        end = self._line_end
        ending = Blocks(self.head, above).text[-2 * len(end) :]
        gap = end * (2 - ending.count(end)) if ending else ""
        note = gap + self._fit(text, "") + end * (2 if below else 1)
        return replace(self, notes=(*above, (new_id, note), *below))

    def without_note(self, note_id: str) -> "Blocks":
        """The file without one of the notes."""
        return replace(self, notes=tuple(pair for pair in self.notes if pair[0] != note_id))

    @property
    def _line_end(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _fit(self, text: str, own: str) -> str:
        """The text with the line ends of this file and the empty last lines of its own text."""
        body = plain(text).rstrip().replace("\n", self._line_end)
        return body + own[len(own.rstrip()) :]


def cut(text: str, file: DeckFile) -> Blocks:
    """The text of a deck file that was read without error, cut at its notes' headings."""
    rows = [f"{row}\n" for row in text.split("\n")]
    rows[-1] = rows[-1].removesuffix("\n")
    starts = [entry.place.line - 1 for entry in file.entries]
    stops = [*starts[1:], len(rows)]
    return Blocks(
        "".join(rows[: starts[0]] if starts else rows),
        tuple(
            (entry.id, "".join(rows[start:stop]))
            for entry, start, stop in zip(file.entries, starts, stops, strict=False)
        ),
    )


def plain(text: str) -> str:
    """A deck file's text with plain line ends and without byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
