"""A note's new id in its deck file, and what is refused."""

from pathlib import Path

import pytest

from cmom_srs.deckfiles.editing.files import write_source
from cmom_srs.deckfiles.editing.rename import RenameError
from cmom_srs.deckfiles.editing.rename import rename_note
from cmom_srs.deckfiles.read import read
from cmom_srs.files import UnwritableFileError
from tests.support.deck_text import write_decks

NOTE = "## {}\nQuestion: What is\n  aging?\nAnswer: aging\nSource: practice\n"


def renamed(tmp_path: Path, text: str, old: str, new: str) -> str:
    folder = write_decks(tmp_path, alpha=text)
    path = rename_note(folder, old, new)
    assert path == folder / "practice" / "alpha.md"
    assert read(folder).problems == ()
    return path.read_bytes().decode()


def test_the_new_id_and_the_old_one_are_written_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "# Aging\n\n" + NOTE.format("aging") + "\n" + NOTE.format("next").replace("aging", "next")
    )
    assert renamed(tmp_path, text, "aging", "ar-aging") == text.replace(
        "## aging\n", "## ar-aging\nFormerly: aging\n"
    )


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    text = ("\ufeff# Aging\t\n\n" + NOTE.format("aging  ")).replace("\n", "\r\n")
    assert renamed(tmp_path, text, "aging", "ar-aging") == text.replace(
        "## aging  \r\n", "## ar-aging  \r\nFormerly: aging\r\n"
    )


def test_earlier_ids_stay_before_the_old_one(tmp_path: Path) -> None:
    text = "# Aging\n\n" + NOTE.format("third") + "Formerly: first,\n  second \nManual: Aging\n"
    assert renamed(tmp_path, text, "third", "fourth") == text.replace(
        "## third", "## fourth"
    ).replace("second \n", "second, third \n")


def test_a_note_keeps_the_id_it_was_born_with_through_two_renames(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, alpha="# Aging\n\n" + NOTE.format("one"))
    rename_note(folder, "one", "two")
    rename_note(folder, "two", "three")
    (note,) = read(folder).notes
    assert (note.id, note.formerly, note.first_id) == ("three", ("one", "two"), "one")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("agin", "ar-aging", "There is no note agin."),
        ("xyzzy", "ar-aging", "There is no note xyzzy."),
        ("aging", "AR", "AR is not an id."),
        ("aging", "next", "next is or was the id of a note already: practice/alpha.md, line 9."),
        (
            "aging",
            "before",
            "before is or was the id of a note already: practice/alpha.md, line 9.",
        ),
        ("aging", "aging", "aging is or was the id of a note already: practice/alpha.md, line 3."),
        ("slip", "slipped", "practice/beta.md has errors."),
    ],
)
def test_a_rename_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    folder = write_decks(
        tmp_path,
        alpha="# Aging\n\n"
        + NOTE.format("aging")
        + "\n"
        + NOTE.format("next")
        + "Formerly: before\n",
        beta="# Slips\n\n" + NOTE.format("slip") + "Tags: No\n",
    )
    before = [path.read_bytes() for path in sorted((folder / "practice").iterdir())]
    with pytest.raises(RenameError) as refused:
        rename_note(folder, old, new)
    assert refused.value.sentence == sentence
    assert bool(refused.value.way_out) == (old != "xyzzy")
    assert [path.read_bytes() for path in sorted((folder / "practice").iterdir())] == before


def test_a_file_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError) as refused:
        write_source(tmp_path / "missing" / "deck.md", "text")
    assert "cannot be written: No such file or directory." in refused.value.sentence
