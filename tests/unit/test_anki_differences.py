"""What changed in a note, word by word."""

from dataclasses import replace

from msgspec import structs

from cmom_srs.anki.differences import differences
from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.notes.content import note_content
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Note
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import note

OLD = note("fact", Basic("Which bucket is the oldest?", "Over *120* days"))


def changed(new: Note, old: Note = OLD) -> dict[str, str]:
    before = note_content(old, "Billing")
    words = OldNote(1, before.fields, before.tags)
    return dict(differences(words, note_content(new, "Billing")))


def test_nothing_differs_in_the_same_words() -> None:
    assert changed(OLD) == {}


def test_words_that_went_and_came_are_marked() -> None:
    new = replace(OLD, body=Basic("Which aging bucket is oldest?", "Over *120* days"))
    assert changed(new) == {"Question": "Which {+aging+} bucket is [-the-] oldest?"}


def test_markup_is_not_shown_and_its_change_alone_is_said() -> None:
    new = replace(OLD, body=Basic("Which bucket is the oldest?", "Over **120** days"))
    assert changed(new) == {"Answer": "only the layout differs"}
    new = replace(OLD, body=Basic("Which bucket is the oldest?", "Over 90 & more days"))
    assert changed(new) == {"Answer": "Over [-120-] {+90 & more+} days"}


def test_words_far_from_a_change_are_left_out() -> None:
    long = " ".join(f"w{number}" for number in range(40))
    old, new = (replace(OLD, extra=f"{first} {long} end") for first in ("old", "new"))
    assert changed(new, old)["Extra"] == (
        "[-old-] {+new+} w0 w1 w2 w3 w4 w5 ... w35 w36 w37 w38 w39 end"
    )


def test_place_and_tags_are_words_too() -> None:
    moved = replace(OLD, deck="aging", deck_title="Aging")
    assert changed(moved) == {
        "Place": "Billing > [-Claims-] {+Aging+}",
        "Tags": "[-cmom::billing::claims-] {+cmom::billing::aging+} cmom::kind::basic",
    }


def test_the_thirty_draws_of_a_calculation_are_not_listed() -> None:
    old = note("rate", COLLECTION_RATE)
    new = note("rate", structs.replace(COLLECTION_RATE, decimals=2))
    assert changed(new, old)["Draws"] == "other numbers are drawn"
