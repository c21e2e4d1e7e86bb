"""Ids that `check --fix` gives, and the files it touches."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings

from cmom_srs.deckfiles.editing.missing_ids import give_ids
from cmom_srs.deckfiles.editing.missing_ids import mend_missing_ids
from cmom_srs.deckfiles.grammar.ids import is_id
from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import Note
from tests.support.deck_text import Style
from tests.support.deck_text import notes_of_a_deck
from tests.support.deck_text import render
from tests.support.deck_text import styles
from tests.support.deck_text import write_decks

DECK = "# Aging\nSource: practice\n\n{}\nQuestion: {}\nAnswer: This\n"


def given_id(question: str, *taken: str) -> str:
    return give_ids(DECK.format("##", question), taken)[1][0]


@pytest.mark.parametrize(
    ("question", "new"),
    [
        ("Which aging bucket is the oldest of all the buckets?", "aging-bucket-oldest-all-buckets"),
        ("What does HIPAA's 2013 rule ask of a café?", "hipaas-2013-rule-ask-cafe"),
        ("{charges} were charged. How much is that?", "charges-charged-how-much"),
        ("A " + "very" * 20 + " long word", "very" * 13 + "ver"),
        ("What is it?", "note"),
        ("健康", "note"),
    ],
)
def test_an_id_is_made_of_the_first_six_words_that_matter(question: str, new: str) -> None:
    assert given_id(question) == new
    assert is_id(new)


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert given_id("Why wait?", "why-wait") == "why-wait-2"
    assert given_id("Why wait?", "why-wait", "why-wait-2") == "why-wait-3"


def test_a_cloze_gets_an_id_of_its_filled_text() -> None:
    text = "# Log\n\n##\nCloze: The {{c1::OSHA}} log has {{c2::300::number}} lines.\n"
    assert give_ids(text, ())[1] == ("osha-log-300-lines",)


def test_a_note_without_any_question_gets_an_id_all_the_same() -> None:
    assert give_ids("# Log\n\n##\nAnswer: This\n##", ())[1] == ("note", "note-2")


def test_a_byte_order_mark_stays_before_a_bare_heading() -> None:
    assert give_ids("\ufeff##\nQuestion: Why wait?\n", ())[0].startswith("\ufeff## why-wait\n")


def test_nothing_but_the_bare_headings_changes_in_a_file(tmp_path: Path) -> None:
    question = "Question: Why  wait?\t\r\nAnswer:\t5 \xa0\x07\r\n"
    text = f"\ufeff# Aging \r\nSource: practice\r\n\r\n##  \r\n{question}\n##\r\n{question}##"
    folder = write_decks(
        tmp_path, alpha=text.encode() + b"\xff", beta=DECK.format("## why-wait", "x")
    )
    assert mend_missing_ids(folder) == {"practice/alpha.md": ("why-wait-2", "why-wait-3")}
    mended = text.replace("##  \r", "## why-wait-2\r").replace("##\r", "## why-wait-3\r")
    assert (folder / "practice" / "alpha.md").read_bytes() == mended.encode() + b"\xff"
    assert [path.name for path in sorted((folder / "practice").iterdir())] == [
        "alpha.md",
        "beta.md",
    ]


def test_only_the_files_asked_for_are_mended_and_earlier_ids_count_as_taken(tmp_path: Path) -> None:
    former = DECK.format("## waiting", "x") + "Formerly: why-wait\n"
    bare = DECK.format("##", "Why wait?")
    folder = write_decks(tmp_path, alpha=bare, beta=former, gamma=bare)
    assert mend_missing_ids(folder, {"practice/gamma.md"}) == {"practice/gamma.md": ("why-wait-2",)}
    assert (folder / "practice" / "alpha.md").read_text(encoding="utf-8") == bare
    assert mend_missing_ids(folder) == {"practice/alpha.md": ("why-wait-3",)}
    assert mend_missing_ids(folder) == {}
    assert read(folder).problems == ()


@settings(deadline=None, max_examples=40)
@given(notes=notes_of_a_deck(), style=styles())
def test_a_deck_whose_ids_are_lost_gets_one_for_each_note(
    notes: tuple[Note, ...], style: Style
) -> None:
    text = render("A deck", notes, style)
    lost = text
    for note in notes:
        lost = lost.replace(f"## {note.id}{style.line_end}", f"##{style.line_end}")
    mended, ids = give_ids(lost, ())
    assert len(set(ids)) == len(notes)
    for new, note in zip(ids, notes, strict=True):
        mended = mended.replace(f"## {new}{style.line_end}", f"## {note.id}{style.line_end}")
    assert mended == text
