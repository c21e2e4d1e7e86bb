"""The templates and the stylesheet as text: what Anki's apps would stumble over."""

import re
from itertools import chain

import pytest

from cmom_srs.anki.notes import templates
from cmom_srs.anki.notes.note_types import NOTE_TYPES

SIDES = [
    pytest.param(side, id=f"{template.name} {place}")
    for note_type in NOTE_TYPES.values()
    for template in templates.templates(note_type)
    for place, side in (("front", template.front), ("back", template.back))
]


@pytest.mark.parametrize("side", SIDES)
def test_anki_finds_nothing_to_replace_in_a_script(side: str) -> None:
    for script in re.findall(r"<script>(.*?)</script>", side, re.DOTALL):
        assert script.strip().startswith("(() => {")
        assert "{{" not in script
        assert "<!--" not in script


@pytest.mark.parametrize("side", SIDES)
def test_a_side_fetches_nothing(side: str) -> None:
    assert not re.search(r"https?:|src=|href=|fetch\(|import", side)


def test_the_stylesheet_fetches_nothing() -> None:
    assert not re.search(r"https?:|url\(|@import|@font-face", templates.stylesheet())


def test_both_sides_of_a_scripted_card_run_the_same_script() -> None:
    scripted = 0
    for template in chain.from_iterable(map(templates.templates, NOTE_TYPES.values())):
        front, back = (side.partition("<script>")[2] for side in (template.front, template.back))
        assert front == back
        scripted += bool(front)
    assert scripted == 6


def test_every_color_is_written_for_day_and_for_night() -> None:
    day, night = re.findall(r"\{([^}]*--paper:[^}]*)\}", templates.stylesheet())
    names = [re.findall(r"--[a-z-]+(?=:)", colors) for colors in (day, night)]
    assert names[0] == names[1]
    used = set(re.findall(r"var\((--[a-z-]+)\)", templates.stylesheet()))
    assert used == {*names[0], "--size", "--ground"}
    rest = templates.stylesheet().replace(day, "").replace(night, "")
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb", rest)
