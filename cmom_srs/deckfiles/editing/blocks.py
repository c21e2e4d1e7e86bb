"""A deck file's text cut into its head and its notes, so that some can be exchanged for others."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from cmom_srs.deckfiles.read import DeckFile

NoteText = tuple[str, str]
"""A note's id, and its text from its heading on."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The text above the first note, and each note's text; `line_end` is the file's own."""

    head: str
    notes: tuple[NoteText, ...] = ()
    line_end: str = "\n"

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + "".join(text for _, text in self.notes)

    def fit(self, text: str, own: str) -> str:
        """The text with the line ends of this file and the empty last lines of its own text."""
        body = plain(text).rstrip().replace("\n", self.line_end)
        return body + own[len(own.rstrip()) :]

    def edited(self, edits: "Edits") -> "Blocks":
        """The file with these edits."""
        head = self.head
        if edits.head is not None:
            mark = "\ufeff" if head.startswith("\ufeff") else ""
            head = mark + self.fit(edits.head, head)
        added = self._with_added(head, list(self._kept(edits)), edits)
        return replace(self, head=head, notes=tuple(added))

    def _kept(self, edits: "Edits") -> Iterator[tuple[int, NoteText]]:
        """The notes that stay, those that are exchanged as they become, with their places."""
        for place, (own_id, own) in enumerate(self.notes):
            if own_id in edits.changed:
                new_id, text = edits.changed[own_id]
                yield place, (new_id, self.fit(text, own))
            elif own_id not in edits.removed:
                yield place, (own_id, own)

    def _with_added(
        self, head: str, kept: list[tuple[int, NoteText]], edits: "Edits"
    ) -> Iterator[NoteText]:
        """The notes with the added ones among them, an empty line around each of those."""
        above = head
        last = max([place for place, _ in kept], default=-1)
        notes = dict(kept)
        for place in range(-1, len(self.notes)):
            if place in notes:
                yield notes[place]
                above = notes[place][1]
            added = edits.added.get(place, [])
            for number, (new_id, text) in enumerate(added, 1):
                is_last = place >= last and number == len(added)
                above = self._gap(above) + self.fit(text, "") + self.line_end * (2 - is_last)
                yield new_id, above

    def _gap(self, above: str) -> str:
        end = self.line_end
        return end * (2 - above[-2 * len(end) :].count(end)) if above else ""


@dataclass(slots=True)
class Edits:
    """What is to become of a file: another head, notes exchanged, added or removed.

    `changed` has the new note by the id of the old one, `removed` ids. `added` has the new notes
    by the place, in the file as it was, of the note that they follow; -1 is the head.
    """

    head: str | None = None
    changed: dict[str, NoteText] = field(default_factory=dict)
    added: dict[int, list[NoteText]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)


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
        "\r\n" if "\r\n" in text else "\n",
    )


def plain(text: str) -> str:
    """A deck file's text with plain line ends and without byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
