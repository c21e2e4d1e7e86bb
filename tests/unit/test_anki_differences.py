"""What changed in a note, word by word."""

from dataclasses import replace

import pytest
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
    new = replace(OLD, body=Basic("Which bucket\n\nis the oldest?", "Over *120* days"))
    assert changed(new) == {"Question": "only the layout differs"}


def test_words_far_from_a_change_are_left_out() -> None:
    long = " ".join(f"w{number}" for number in range(40))
    old, new = (replace(OLD, extra=f"{first} {long} end") for first in ("old", "new"))
    assert changed(new, old)["Extra"] == (
        "[-old-] {+new+} w0 w1 w2 w3 w4 w5 ... w35 w36 w37 w38 w39 end"
    )


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (13, "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12"),
        (14, "w0 w1 w2 w3 w4 w5 ... w8 w9 w10 w11 w12 w13"),
    ],
)
def test_at_most_thirteen_words_beside_a_change_are_shown(count: int, shown: str) -> None:
    words = " ".join(f"w{number}" for number in range(count))
    old, new = (replace(OLD, extra=f"{first} {words}") for first in ("old one", "new"))
    assert changed(new, old)["Extra"] == f"[-old one-] {{+new+}} {shown}"


def test_a_word_that_comes_often_is_a_word_like_others() -> None:
    often = "the and " * 150
    old, new = (replace(OLD, extra=f"{word} {often}{word}") for word in ("old", "new"))
    assert changed(new, old)["Extra"] == (
        "[-old-] {+new+} the and the and the and ... the and the and the and [-old-] {+new+}"
    )


def test_two_long_texts_of_other_words_are_not_compared_word_by_word() -> None:
    old, new = (replace(OLD, extra=f"{word} " * 50_000) for word in ("a b", "b a a"))
    assert changed(new, old)["Extra"] == "most of the text differs"
    same = "a " * 50_000
    old, new = (replace(OLD, extra=f"{same}{word} {same}") for word in ("old", "new"))
    assert changed(new, old)["Extra"] == (
        "a a a a a a ... a a a a a a [-old-] {+new+} a a a a a a ... a a a a a a"
    )
    old, new = (replace(OLD, extra=f"{same}{more}") for more in ("", "new"))
    assert changed(new, old)["Extra"] == "a a a a a a ... a a a a a a {+new+}"


def test_a_note_with_other_fields_than_ours_have_is_compared_as_far_as_it_goes() -> None:
    words = OldNote(1, ("Which bucket is the oldest?", "Over *90* days"), ())
    found = dict(differences(words, note_content(OLD, "Billing")))
    assert found["Answer"] == "Over [-*90*-] {+120+} days"


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
