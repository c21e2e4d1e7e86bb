"""Anki's note types, frozen: once imported anywhere, none gains or loses a field or template.

Names may change, because Anki matches fields and templates by their ids; templates and styles may
change at any time.
"""

from dataclasses import dataclass

_FIRST_ID = 1_790_500_000
_SHARED_FIELDS = (
    "Scenario",
    "Extra",
    "Source",
    "As of",
    "Manual",
    "Place",
    "ID",
    "Spare 1",
    "Spare 2",
    "Spare 3",
    "Spare 4",
)


@dataclass(frozen=True, slots=True)
class NoteType:
    """One of Anki's note types: the fields and templates of one kind of note.

    `own_fields` come before the fields that all five share; the templates' ords count from 0.
    """

    number: int
    note_kind: str
    name: str
    own_fields: tuple[str, ...]
    templates: tuple[str, ...]

    @property
    def id(self) -> int:
        """The note type's id, the same in every package ever built."""
        return _FIRST_ID + self.number

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields in order; the first is the sort field."""
        return self.own_fields + _SHARED_FIELDS

    @property
    def is_cloze(self) -> bool:
        """Whether its cards are made by the numbers of the clozes."""
        return self.note_kind == "cloze"

    def field_id(self, position: int) -> int:
        """The id of the field at a position from 0."""
        return self.id * 1000 + position + 1

    def template_id(self, place: int) -> int:
        """The id of the template at a place from 0, which Anki calls its ord."""
        return self.id * 1000 + 901 + place


NOTE_TYPES = {
    note_type.note_kind: note_type
    for note_type in (
        NoteType(
            1, "basic", "CMOM Basic", ("Question", "Answer", "Reverse"), ("Recall", "Reverse")
        ),
        NoteType(2, "cloze", "CMOM Cloze", ("Text",), ("Cloze",)),
        NoteType(
            3,
            "choice",
            "CMOM Choice",
            ("Question", "Options", "Rationales", "Select"),
            ("Choose", "Spare"),
        ),
        NoteType(
            4,
            "calculation",
            "CMOM Calculation",
            ("Question", "Answer", "Solution", "Draws"),
            ("Calculate", "Spare"),
        ),
        NoteType(5, "steps", "CMOM Steps", ("Question", "Steps", "Ordered"), ("Order", "Spare")),
    )
}
