"""The frozen table: names, ids and order of what learners have already imported."""

import re
from hashlib import sha256

import pytest

from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.note_types import NoteType
from cmom_srs.anki.notes.templates import faces
from cmom_srs.anki.notes.templates import fingerprint
from cmom_srs.study.notes import NOTE_KINDS

SHARED = (
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


def frozen() -> list[object]:
    return [
        (
            note_type.id,
            note_type.note_kind,
            note_type.name,
            [(note_type.field_id(place), name) for place, name in enumerate(note_type.fields)],
            [
                (note_type.template_id(place), name)
                for place, name in enumerate(note_type.templates)
            ],
        )
        for note_type in NOTE_TYPES.values()
    ]


def test_the_table_is_the_one_that_learners_have() -> None:
    """Red here means every learner's Anki would make a second note type: undo the change."""
    digest = sha256(repr(frozen()).encode()).hexdigest()
    assert digest == "9208ed27d95a239ecd65ad53e8b8d6ba51828364c49ae51a7ab95840e1e2e6bd"


def test_every_kind_of_note_has_a_note_type() -> None:
    assert tuple(NOTE_TYPES) == NOTE_KINDS
    assert [note_type.number for note_type in NOTE_TYPES.values()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("kind", "own_fields", "templates"),
    [
        ("basic", ("Question", "Answer", "Reverse"), ("Recall", "Reverse")),
        ("cloze", ("Text",), ("Cloze",)),
        ("choice", ("Question", "Options", "Rationales", "Select"), ("Choose", "Spare")),
        ("calculation", ("Question", "Answer", "Solution", "Draws"), ("Calculate", "Spare")),
        ("steps", ("Question", "Steps", "Ordered"), ("Order", "Spare")),
    ],
)
def test_the_fields_and_templates_of_each_kind(
    kind: str, own_fields: tuple[str, ...], templates: tuple[str, ...]
) -> None:
    assert NOTE_TYPES[kind].fields == own_fields + SHARED
    assert NOTE_TYPES[kind].templates == templates


def test_ids_are_made_of_the_number_and_the_place() -> None:
    cloze = NOTE_TYPES["cloze"]
    assert cloze.id == 1790500002
    assert cloze.field_id(0) == 1790500002001
    assert cloze.template_id(0) == 1790500002901
    assert cloze.is_cloze
    assert not NOTE_TYPES["basic"].is_cloze


@pytest.mark.parametrize("note_type", NOTE_TYPES.values(), ids=NOTE_TYPES)
def test_every_template_has_two_sides_and_names_no_unknown_field(note_type: NoteType) -> None:
    shown = faces(note_type)
    assert tuple(template.name for template in shown.templates) == note_type.templates
    known = {*note_type.fields, "FrontSide", "Tags", "Deck", "Subdeck", "Card", "Type"}
    for template in shown.templates:
        for side in (template.front, template.back):
            assert side
            named = {name.split(":")[-1] for name in re.findall(r"\{\{[#^/]?([^{}]+)\}\}", side)}
            assert named <= known


def test_a_spare_template_makes_no_card_until_its_field_is_filled() -> None:
    for kind in ("choice", "calculation", "steps"):
        spare = faces(NOTE_TYPES[kind]).templates[1]
        assert spare.front == "{{#Spare 4}}{{Spare 4}}{{/Spare 4}}"


def test_another_look_has_another_fingerprint() -> None:
    basic = NOTE_TYPES["basic"]
    shown = faces(basic)
    other = type(shown)(shown.templates, shown.stylesheet + " ")
    assert fingerprint(basic, shown) == fingerprint(basic, faces(basic))
    assert len(fingerprint(basic, shown)) == 32
    assert fingerprint(basic, shown) != fingerprint(basic, other)
