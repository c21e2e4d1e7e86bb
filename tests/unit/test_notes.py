"""Notes, the cards they yield, and the fingerprint of what they mean."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import notes
from cmom_srs.study import texts as said
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Gap
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps
from tests.support.builders import BASIC
from tests.support.builders import CHOICE
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import REVERSIBLE
from tests.support.builders import STEPS
from tests.support.builders import cloze
from tests.support.builders import decks
from tests.support.builders import note
from tests.support.builders import unhurried

BODIES: tuple[Body, ...] = (BASIC, REVERSIBLE, cloze(1, 2), CHOICE, COLLECTION_RATE, STEPS)


# Cards


@pytest.mark.parametrize(
    ("body", "ordinals"),
    [
        (BASIC, (1,)),
        (REVERSIBLE, (1, 2)),
        (CHOICE, (1,)),
        (COLLECTION_RATE, (1,)),
        (STEPS, (1,)),
        (cloze(1), (1,)),
        (cloze(3, 1, 3), (1, 3)),
        (cloze(99, 10, 2), (2, 10, 99)),
    ],
)
def test_a_note_yields_the_cards_of_its_kind(body: Body, ordinals: tuple[int, ...]) -> None:
    written = note("eob", body)
    assert tuple(card.id for card in notes.cards(written)) == tuple(
        CardId("eob", ordinal) for ordinal in ordinals
    )
    assert all(card.note is written for card in notes.cards(written))


def test_a_card_is_named_by_its_note_and_ordinal() -> None:
    assert str(CardId("osha-log", 2)) == "osha-log/2"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("osha-log/2", CardId("osha-log", 2)),
        ("osha-log/99", CardId("osha-log", 99)),
        ("osha-log", CardId("osha-log", 1)),
        ("300", CardId("300", 1)),
        ("osha-log/0", None),
        ("osha-log/100", None),
        ("osha-log/", None),
        ("osha--log", None),
        ("OSHA-log", None),
        ("osha log", None),
        ("osha-log/1\n", None),
        ("", None),
    ],
)
def test_a_card_is_found_by_the_name_a_learner_types(text: str, card: CardId | None) -> None:
    assert notes.parse_card_id(text) == card


@unhurried
@given(written=decks())
def test_the_name_of_every_card_reads_back_as_the_card(written: tuple[Note, ...]) -> None:
    for card in (card for each in written for card in notes.cards(each)):
        assert notes.parse_card_id(str(card.id)) == card.id


# Kinds, cloze texts


def test_every_kind_of_body_has_its_name() -> None:
    assert {note(body=body).kind for body in BODIES} == set(notes.NOTE_KINDS)


def test_a_choice_with_several_right_options_is_told_from_one_with_one() -> None:
    both = Choice("Which?", (Option("a", "", is_right=True), Option("b", "", is_right=True)))
    assert both.has_several_right
    assert not CHOICE.has_several_right


def test_a_cloze_text_is_cut_into_plain_pieces_and_gaps() -> None:
    text = "{{c1::10}} employees keep the {{c2::300::which form}} log."
    assert list(notes.cloze_parts(text)) == [
        Gap(1, "10", ""),
        " employees keep the ",
        Gap(2, "300", "which form"),
        " log.",
    ]


def test_a_text_without_gaps_is_one_plain_piece() -> None:
    assert list(notes.cloze_parts("{{c0::no}} {braces}")) == ["{{c0::no}} {braces}"]
    assert list(notes.cloze_parts("")) == []


def test_a_cloze_text_is_filled_by_what_its_gaps_hide() -> None:
    text = "{{c1::10}} employees keep the {{c2::300::which form}} log."
    assert notes.fill_gaps(text) == "10 employees keep the 300 log."
    assert notes.fill_gaps("{{c0::no}} {braces}") == "{{c0::no}} {braces}"


@unhurried
@given(
    parts=st.lists(
        st.one_of(
            st.text("abc (}:\n", max_size=6),
            st.builds(Gap, st.integers(1, 99), st.text("xy z", min_size=1), st.text("hi n")),
        )
    )
)
def test_the_pieces_of_a_cloze_text_come_back_in_order(parts: list[str | Gap]) -> None:
    text = "".join(map(_written, parts))
    read = list(notes.cloze_parts(text))
    assert "".join(map(_written, read)) == text
    assert [part for part in read if isinstance(part, Gap)] == [
        part for part in parts if isinstance(part, Gap)
    ]


def _written(part: str | Gap) -> str:
    if isinstance(part, str):
        return part
    return f"{{{{c{part.number}::{part.text}{'::' + part.hint if part.hint else ''}}}}}"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (BASIC, ["A case.", BASIC.question, BASIC.answer]),
        (cloze(1, 2), ["A case.", "word 1 and word 2"]),
        (
            Choice("Which?", (Option("This", "Because.", is_right=True), Option("That", "No."))),
            ["A case.", "Which?", "This", "Because.", "That", "No."],
        ),
        (
            Steps("In order?", ("Greet", "Verify", "Copy")),
            ["A case.", "In order?", "Greet", "Verify", "Copy"],
        ),
        (
            COLLECTION_RATE,
            [
                "A case.",
                COLLECTION_RATE.question,
                "payments / charges * 100",
                "charges / payments * 100",
                "This inverts the ratio.",
            ],
        ),
    ],
)
def test_the_texts_of_a_note_are_what_a_learner_reads(body: Body, texts: list[str]) -> None:
    assert list(said.texts(replace(note(body=body), scenario="A case."))) == texts
    assert list(said.texts(note(body=body))) == texts[1:]


def test_each_text_has_its_label() -> None:
    choice = Choice("Which?", (Option("This", "Because.", is_right=True), Option("That", "")))
    assert labels(choice) == ["Question", "[x]", "Why", "[ ]", "Why"]
    assert list(said.texts(note(body=choice)))[-1] == "That"
    assert labels(COLLECTION_RATE) == ["Question", "Formula", "Wrong", "Why"]
    assert labels(BASIC, scenario="A case.") == ["Scenario", "Question", "Answer"]
    assert labels(cloze(1)) == ["Cloze"]
    assert labels(STEPS) == ["Question", "1.", "2.", "3.", "4."]


def labels(body: Body, scenario: str = "") -> list[str]:
    return [label for label, _ in said.labeled_texts(replace(note(body=body), scenario=scenario))]


def test_what_a_note_asks_can_be_said_in_one_text() -> None:
    assert said.question_text(note(body=BASIC)) == BASIC.question
    assert said.question_text(note(body=cloze(1, 2))) == "word 1 and word 2"
    assert said.question_text(note(body=COLLECTION_RATE)).startswith("... was charged, ...")


# Identity


def test_a_notes_first_id_is_the_oldest_one() -> None:
    assert note("b").first_id == "b"
    assert replace(note("c"), formerly=("a", "b")).first_id == "a"


@pytest.mark.parametrize("body", BODIES, ids=notes.note_kind)
def test_a_body_comes_back_from_json_as_it_was(body: Body) -> None:
    stored = msgspec.json.encode(body)
    assert msgspec.json.decode(stored, type=Body) == body
    assert msgspec.json.decode(stored)["note_kind"] == notes.note_kind(body)


# Fingerprints

FULL = replace(
    note("fact", CHOICE),
    scenario="A patient calls.",
    extra="See the poster.",
    as_of=date(2026, 1, 1),
    manual="Chapter 4",
    tags=("ar", "medicare"),
)

PLACE_CHANGES: tuple[Callable[[Note], Note], ...] = (
    lambda note: replace(note, id="other"),
    lambda note: replace(note, formerly=("older",)),
    lambda note: replace(note, domain="law"),
    lambda note: replace(note, deck="denials"),
    lambda note: replace(note, deck_title="Denied claims"),
    lambda note: replace(note, position=7),
    lambda note: replace(note, fingerprint="stale"),
    lambda note: replace(note, tags=note.tags[::-1]),
    lambda note: replace(note, scenario=" A  patient\n\ncalls. "),
    lambda note: replace(note, source="42  CFR\n410.26"),
)

MEANING_CHANGES: tuple[Callable[[Note], Note], ...] = (
    lambda note: replace(note, scenario=""),
    lambda note: replace(note, scenario=note.extra, extra=note.scenario),
    lambda note: replace(note, extra="See the poster"),
    lambda note: replace(note, source="42 CFR 410.27"),
    lambda note: replace(note, as_of=None),
    lambda note: replace(note, as_of=date(2026, 1, 2)),
    lambda note: replace(note, until=date(2026, 12, 31)),
    lambda note: replace(note, as_of=None, until=note.as_of),
    lambda note: replace(note, manual=""),
    lambda note: replace(note, tags=("ar",)),
    lambda note: replace(note, tags=("ar", "medicare", "rcm")),
    lambda note: replace(note, body=Choice("Who is?", CHOICE.options)),
    lambda note: replace(note, body=Choice(CHOICE.question, CHOICE.options[1:])),
    lambda note: replace(note, body=Choice(CHOICE.question, CHOICE.options[::-1])),
)


@pytest.mark.parametrize("change", PLACE_CHANGES)
def test_a_fingerprint_does_not_see_names_places_and_blanks(change: Callable[[Note], Note]) -> None:
    assert notes.fingerprint(change(FULL)) == notes.fingerprint(FULL)


@pytest.mark.parametrize("change", MEANING_CHANGES)
def test_a_fingerprint_changes_with_the_meaning(change: Callable[[Note], Note]) -> None:
    assert notes.fingerprint(change(FULL)) != notes.fingerprint(FULL)


RIGHT = Option("a", "why", is_right=True)
RATE = COLLECTION_RATE
ALIKE: tuple[Body, ...] = (
    Basic("a", "b"),
    Basic("b", "a"),
    Basic("a", "b", is_reversible=True),
    Basic("a b", ""),
    Cloze("a"),
    Choice("a", (RIGHT,)),
    Choice("a", (msgspec.structs.replace(RIGHT, is_last=True),)),
    Choice("a", (msgspec.structs.replace(RIGHT, is_right=False),)),
    Choice("a", (msgspec.structs.replace(RIGHT, why="because"),)),
    Steps("a", ("b", "c", "d")),
    Steps("a", ("b", "d", "c")),
    RATE,
    msgspec.structs.replace(RATE, decimals=2),
    msgspec.structs.replace(RATE, unit="percent"),
    msgspec.structs.replace(RATE, tolerance=Decimal("0.5")),
    msgspec.structs.replace(RATE, expect=(Decimal(0), Decimal(100))),
    msgspec.structs.replace(RATE, formula="payments / charges"),
    msgspec.structs.replace(RATE, given=RATE.given[::-1]),
    msgspec.structs.replace(RATE, mistakes=()),
    msgspec.structs.replace(RATE, mistakes=(Mistake(RATE.mistakes[0].formula, "Inverted."),)),
)


def test_bodies_that_mean_different_things_have_different_fingerprints() -> None:
    assert len({notes.fingerprint(note(body=body)) for body in ALIKE}) == len(ALIKE)


def test_a_fingerprint_is_the_same_on_every_machine_and_for_ever() -> None:
    assert notes.fingerprint(FULL) == "5c84bd8109791478efbc5fe69689222b"
    of_this_year = replace(FULL, until=date(2026, 12, 31))
    assert notes.fingerprint(of_this_year) == "a9985edb422735bb632c80f77b931d21"


words = st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=5)
blanks = st.text(" \t\n", min_size=1, max_size=3)


@unhurried
@given(question=words, blank=blanks, margin=st.text(" \n", max_size=2))
def test_a_fingerprint_collapses_the_blanks_of_every_text(
    question: list[str], blank: str, margin: str
) -> None:
    spread = Steps(margin + blank.join(question), (f"b{blank}c", "d", "e"))
    tight = Steps(" ".join(question), ("b c", "d", "e"))
    assert notes.fingerprint(note(body=spread)) == notes.fingerprint(note(body=tight))


@unhurried
@given(one=decks(1), other=decks(1))
def test_equal_fingerprints_mean_equal_bodies(
    one: tuple[Note, ...], other: tuple[Note, ...]
) -> None:
    is_same = notes.fingerprint(one[0]) == notes.fingerprint(other[0])
    assert is_same == (one[0].body == other[0].body)
