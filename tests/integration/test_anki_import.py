"""Real Anki takes the packages in again and again; no review, tag or edit of a learner goes."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from cmom_srs.anki.compare import Change
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.notes import fields
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.note_types import NoteType
from cmom_srs.anki.notes.templates import Faces
from cmom_srs.anki.notes.templates import faces
from cmom_srs.anki.stamping import WHOLE
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Steps
from cmom_srs.study.notes import ordinals
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import FACT
from tests.support.anki_exports import changes
from tests.support.anki_exports import export
from tests.support.anki_exports import read_manifest
from tests.support.anki_exports import reworded
from tests.support.anki_oracle import Desktop
from tests.support.anki_oracle import Log
from tests.support.anki_oracle import anki
from tests.support.anki_oracle import needs_anki
from tests.support.builders import cloze
from tests.support.builders import facts
from tests.support.builders import note
from tests.unit.test_anki_verbatim import MARKUP

pytestmark = needs_anki

ALL = len(EVERY_KIND)
OTHERS = EVERY_KIND[1:]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with anki(tmp_path / "anki") as desktop:
        yield desktop


@pytest.fixture
def studied(desktop: Desktop, out: Path) -> Desktop:
    """An Anki that took in every kind of note ten hours ago and was studied since."""
    export(EVERY_KIND, out, -10)
    assert desktop.take(out / WHOLE) == Log(new=ALL)
    desktop.study(3, 1, 4, 2)
    return desktop


def test_the_first_import_brings_every_note_card_deck_and_order(
    desktop: Desktop, out: Path
) -> None:
    exported = export(EVERY_KIND, out)
    assert desktop.take(out / WHOLE) == Log(new=ALL)
    taken = desktop.notes()
    for made in exported.packages[0].notes:
        arrived = taken[made.content.guid]
        note_type = NOTE_TYPES[made.content.note_kind]
        assert arrived.fields == dict(zip(note_type.fields, made.content.fields, strict=True))
        assert arrived.tags == made.content.tags
    expected = {
        (fields.guid(each), ordinal) for each in EVERY_KIND for ordinal in ordinals(each.body)
    }
    assert desktop.card_names() == expected
    assert desktop.empty_cards() == 0
    assert desktop.decks_of("cmom/cloze/tests") == {"CMOM::Law::Labor"}
    note_types = {entry.id: entry.name for entry in desktop.collection.models.all_names_and_ids()}
    assert (
        NOTE_TYPES.items()
        <= {
            kind: note_type
            for kind, note_type in NOTE_TYPES.items()
            if note_types[note_type.id] == note_type.name
        }.items()
    )


def test_anki_keeps_the_ids_of_fields_and_templates(desktop: Desktop, out: Path) -> None:
    export(EVERY_KIND, out)
    desktop.take(out / WHOLE)
    for note_type in NOTE_TYPES.values():
        stored = desktop.collection.models.by_name(note_type.name)
        assert stored
        assert [field["id"] for field in stored["flds"]] == [
            note_type.field_id(place) for place in range(len(note_type.fields))
        ]
        assert [template["id"] for template in stored["tmpls"]] == [
            note_type.template_id(place) for place in range(len(note_type.templates))
        ]


def test_new_cards_come_in_the_order_of_the_positions(desktop: Desktop, out: Path) -> None:
    notes = [card.note for card in facts(5)]
    exported = export(reversed(notes), out)
    desktop.take(out / WHOLE)
    due = desktop.collection.find_cards("", order="c.due")
    asked = [desktop.collection.get_card(card).note()["ID"] for card in due]
    assert asked == [each.id for each in notes]
    assert [each.content.id for each in exported.packages[0].notes] == asked


def test_an_unchanged_build_is_all_duplicates_and_no_byte_differs(
    studied: Desktop, out: Path
) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    cards, log, notes = studied.cards(), studied.review_log(), studied.notes()
    assert export(EVERY_KIND, out, 1).files == {}
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert studied.take(out / WHOLE) == Log(duplicate=ALL)
    assert (studied.cards(), studied.review_log(), studied.notes()) == (cards, log, notes)


def test_one_edited_note_is_the_only_one_updated_and_no_review_is_touched(
    studied: Desktop, out: Path
) -> None:
    cards, log = studied.cards(), studied.review_log()
    export((reworded(FACT), *OTHERS), out, 1)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert studied.notes()["cmom/basic/fact"].fields["Question"] == "Other words?"
    assert studied.cards() == cards
    assert studied.review_log() == log


def test_the_learners_own_tags_and_edits_live_in_all_notes_that_did_not_change(
    studied: Desktop, out: Path
) -> None:
    studied.edit("cmom/choice/entity", "Extra", "my own words")
    studied.tag("cmom/choice/entity", "marked")
    studied.tag("cmom/cloze/tests", "leech")
    before = studied.notes()
    export((reworded(FACT), *OTHERS), out, 1)
    studied.take(out / WHOLE)
    after = studied.notes()
    assert {guid for guid in after if after[guid] != before[guid]} == {"cmom/basic/fact"}
    assert after["cmom/choice/entity"].fields["Extra"] == "my own words"


def test_new_words_win_over_an_older_edit_of_the_learner(studied: Desktop, out: Path) -> None:
    studied.edit("cmom/basic/fact", "Question", "my own words")
    export((reworded(FACT), *OTHERS), out, 1)
    assert studied.take(out / WHOLE).updated == 1
    assert studied.notes()["cmom/basic/fact"].fields["Question"] == "Other words?"


def test_an_edit_after_the_build_hides_a_correction_until_the_next_one_or_always(
    studied: Desktop, out: Path
) -> None:
    export((reworded(FACT), *OTHERS), out, -5)
    studied.edit("cmom/basic/fact", "Extra", "my own words")
    assert studied.take(out / WHOLE) == Log(duplicate=ALL)
    assert studied.notes()["cmom/basic/fact"].fields["Question"] == "Who pays?"
    assert studied.take(out / WHOLE, is_always=True) == Log(updated=1, duplicate=ALL - 1)
    assert studied.notes()["cmom/basic/fact"].fields["Question"] == "Other words?"
    studied.edit("cmom/basic/fact", "Extra", "my own words")
    assert studied.take(out / WHOLE) == Log(duplicate=ALL)
    export((reworded(FACT, "Once more?"), *OTHERS), out, 1)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert studied.notes()["cmom/basic/fact"].fields["Question"] == "Once more?"


def test_a_new_look_replaces_a_template_that_the_learner_edited(
    studied: Desktop, out: Path
) -> None:
    note_type = studied.collection.models.by_name("CMOM Basic")
    assert note_type
    ours = note_type["tmpls"][0]["qfmt"]
    note_type["tmpls"][0]["qfmt"] += "<p>mine</p>"
    studied.collection.models.update_dict(note_type)

    def restyled(note_type: NoteType) -> Faces:
        return replace(faces(note_type), stylesheet=".card { color: rebeccapurple; }")

    export(EVERY_KIND, out, 1, faces=restyled)
    studied.take(out / WHOLE)
    note_type = studied.collection.models.by_name("CMOM Basic")
    assert note_type
    assert note_type["tmpls"][0]["qfmt"] == ours


def test_a_new_look_reaches_every_card_and_no_note(studied: Desktop, out: Path) -> None:
    def restyled(note_type: NoteType) -> Faces:
        return replace(faces(note_type), stylesheet=".card { color: rebeccapurple; }")

    notes, cards = studied.notes(), studied.cards()
    exported = export(EVERY_KIND, out, 1, faces=restyled)
    assert changes(exported) == {}
    assert studied.take(out / WHOLE) == Log(duplicate=ALL)
    assert (studied.notes(), studied.cards()) == (notes, cards)
    for note_type in NOTE_TYPES.values():
        stored = studied.collection.models.by_name(note_type.name)
        assert stored
        assert "rebeccapurple" in stored["css"]


@pytest.mark.parametrize("is_whole_first", [True, False])
def test_the_whole_and_the_domains_packages_are_the_same_notes(
    desktop: Desktop, out: Path, is_whole_first: bool
) -> None:
    for hour, notes in enumerate((EVERY_KIND, (reworded(FACT), *OTHERS))):
        exported = export(notes, out, hour)
        whole, *parts = (out / package.name for package in exported.packages)
        assert len(parts) == 3
        first, second = ([whole], parts) if is_whole_first else (parts, [whole])
        for package in first:
            desktop.take(package)
        taken = (desktop.notes(), desktop.cards())
        logs = [desktop.take(package) for package in second]
        assert sum(log.duplicate for log in logs) == ALL
        assert not any(log.new or log.updated or log.conflicting for log in logs)
        assert (desktop.notes(), desktop.cards()) == taken


def test_a_package_of_one_domain_agrees_with_the_whole_one_made_later(
    studied: Desktop, out: Path
) -> None:
    edited = (reworded(FACT), *OTHERS)
    export(edited, out, 1, domain="billing")
    assert studied.take(out / "cmom-billing.apkg") == Log(updated=1, duplicate=2)
    export(edited, out, 2)
    assert studied.take(out / WHOLE) == Log(duplicate=ALL)


def test_a_note_that_moves_to_another_deck_keeps_its_card_where_the_learner_has_it(
    studied: Desktop, out: Path
) -> None:
    cards, log = studied.cards(), studied.review_log()
    moved = replace(FACT, domain="law", deck="labor", deck_title="Labor")
    exported = export((moved, *OTHERS), out, 1)
    assert changes(exported) == {"fact": Change.MOVED}
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    arrived = studied.notes()["cmom/basic/fact"]
    assert "cmom::law::labor" in arrived.tags
    assert arrived.fields["Place"] == "Law &gt; Labor"
    assert studied.decks_of("cmom/basic/fact") == {"CMOM::Billing::Claims"}
    assert (studied.cards(), studied.review_log()) == (cards, log)
    assert studied.take(out / "cmom-law.apkg").duplicate == 3


def test_who_took_one_domain_alone_gets_the_words_of_a_note_that_was_renamed_and_moved(
    desktop: Desktop, out: Path, tmp_path: Path
) -> None:
    export(EVERY_KIND, out, -10)
    desktop.take(out / "cmom-billing.apkg")
    desktop.study(3)
    cards, log = desktop.cards(), desktop.review_log()
    moved = replace(FACT, id="payer", formerly=("fact",), domain="law", deck="labor")
    export((moved, *OTHERS), out, -9)
    assert desktop.take(out / "cmom-billing.apkg") == Log(updated=1, duplicate=2)
    arrived = desktop.notes()["cmom/basic/fact"]
    assert arrived.fields["ID"] == "payer"
    assert "cmom::law::labor" in arrived.tags
    assert (desktop.cards(), desktop.review_log()) == (cards, log)
    with anki(tmp_path / "new") as new:
        new.take(out / "cmom-billing.apkg")
        assert "cmom/basic/fact" not in {guid for guid, _ in new.card_names()}
        names = {entry.name for entry in new.collection.decks.all_names_and_ids()}
        assert not any("Law" in name for name in names)
        new.take(out / "cmom-law.apkg")
        assert new.decks_of("cmom/basic/fact") == {"CMOM::Law::Labor"}


def test_a_renamed_note_is_updated_and_none_is_new(studied: Desktop, out: Path) -> None:
    cards, log = studied.cards(), studied.review_log()
    renamed = replace(FACT, id="who-pays", formerly=("fact",))
    export((renamed, *OTHERS), out, 1)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    twice = replace(FACT, id="payer", formerly=("fact", "who-pays"))
    export((twice, *OTHERS), out, 2)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert studied.notes()["cmom/basic/fact"].fields["ID"] == "payer"
    assert (studied.cards(), studied.review_log()) == (cards, log)


def test_a_note_of_another_kind_is_new_and_the_old_one_is_retired(
    studied: Desktop, out: Path
) -> None:
    log = studied.review_log()
    other_kind = replace(FACT, body=cloze(1))
    exported = export((other_kind, *OTHERS), out, 1)
    assert sorted(
        each.change for each in exported.packages[0].notes if each.content.id == "fact"
    ) == [
        Change.ADDED,
        Change.RETIRED,
    ]
    assert studied.take(out / WHOLE) == Log(new=1, updated=1, duplicate=ALL - 1)
    assert "cmom::retired" in studied.notes()["cmom/basic/fact"].tags
    assert studied.notes()["cmom/basic/fact"].fields["Question"] == "Who pays?"
    assert studied.review_log() == log


def test_a_gap_that_comes_adds_a_card_and_one_that_goes_deletes_none(
    studied: Desktop, out: Path
) -> None:
    cards, log = studied.cards(), studied.review_log()
    three = note("tests", cloze(1, 2, 3), domain="law", deck="labor")
    export((three, *EVERY_KIND[:4], EVERY_KIND[5]), out, 1)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert all(card in studied.cards() for card in cards)
    assert len(studied.cards()) == len(cards) + 1
    grown = studied.cards()
    one = replace(three, body=Cloze("Only {{c1::one}} gap is left."))
    export((one, *EVERY_KIND[:4], EVERY_KIND[5]), out, 2)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert (studied.cards(), studied.review_log()) == (grown, log)
    assert studied.empty_cards() == 2


def test_a_note_can_become_reversible_and_stop_being_so(studied: Desktop, out: Path) -> None:
    cards = studied.cards()
    reversible = replace(FACT, body=Basic("Who pays?", "The payer.", is_reversible=True))
    export((reversible, *OTHERS), out, 1)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert ("cmom/basic/fact", 2) in studied.card_names()
    export(EVERY_KIND, out, 2)
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert all(card in studied.cards() for card in cards)


def test_a_note_is_retired_returns_and_is_dropped(studied: Desktop, out: Path) -> None:
    cards, log = studied.cards(), studied.review_log()
    words = studied.notes()["cmom/basic/fact"].fields
    retired = export(OTHERS, out, 1)
    assert changes(retired) == changes(retired, 1) == {"fact": Change.RETIRED}
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert studied.notes()["cmom/basic/fact"].fields == words
    assert list(studied.collection.find_notes("tag:cmom::retired")) != []

    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert export(OTHERS, out, 2).files == {}
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert studied.take(out / WHOLE) == Log(duplicate=ALL)

    returned = export(EVERY_KIND, out, 3)
    assert changes(returned) == {"fact": Change.RETURNED}
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert list(studied.collection.find_notes("tag:cmom::retired")) == []

    export(OTHERS, out, 4)
    dropped = export(OTHERS, out, 5, is_dropping=True)
    assert dropped.dropped == ("fact",)
    assert studied.take(out / WHOLE) == Log(duplicate=ALL - 1)
    assert (studied.cards(), studied.review_log()) == (cards, log)
    assert changes(export(EVERY_KIND, out, 6)) == {"fact": Change.RETURNED}
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)


def test_a_retired_note_says_so_and_whoever_has_it_keeps_its_cards(
    studied: Desktop, out: Path
) -> None:
    guids = {fields.guid(each) for each in EVERY_KIND}
    cards, log = studied.cards(), studied.review_log()
    suspended = studied.suspend("cmom/choice/entity")
    export([note("only")], out, 1)
    assert studied.take(out / WHOLE) == Log(new=1, updated=ALL)
    for guid in guids:
        for shown in studied.shown(guid):
            assert "cmom::retired" in tags_of_face(shown.question)
            assert "cmom::retired" in tags_of_face(shown.answer)
    (only,) = studied.shown("cmom/basic/only")
    assert "cmom::retired" not in tags_of_face(only.question)
    kept = [card for card in studied.cards() if card[0] in {row[0] for row in cards}]
    assert [card for card in kept if card[0] not in suspended] == [
        card for card in cards if card[0] not in suspended
    ]
    assert studied.review_log() == log
    assert set(studied.collection.find_cards("is:suspended")) == suspended
    assert studied.empty_cards() == 0


def tags_of_face(side: str) -> list[str]:
    """The tags by which the stylesheet knows a retired note."""
    (tags,) = re.findall(r'<article [^>]*data-tags="([^"]*)"', side)
    return str(tags).split()


def test_who_has_not_got_a_retired_note_gets_no_card_of_it(desktop: Desktop, out: Path) -> None:
    export(EVERY_KIND, out, -10)
    export(OTHERS, out, -9)
    assert desktop.take(out / WHOLE).new == ALL
    assert "cmom/basic/fact" not in {guid for guid, _ in desktop.card_names()}
    assert desktop.take(out / WHOLE) == Log(duplicate=ALL)
    export(EVERY_KIND, out, -8)
    assert desktop.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    assert ("cmom/basic/fact", 1) in desktop.card_names()
    assert desktop.decks_of("cmom/basic/fact") == {"CMOM::Billing::Claims"}


def test_a_retired_note_that_is_deleted_does_not_come_back_as_a_card(
    studied: Desktop, out: Path
) -> None:
    export(OTHERS, out, 1)
    studied.take(out / WHOLE)
    studied.collection.remove_notes(studied.collection.find_notes("tag:cmom::retired"))
    studied.take(out / WHOLE)
    assert "cmom/basic/fact" not in {guid for guid, _ in studied.card_names()}


def test_a_card_that_a_check_of_the_database_makes_of_a_retired_note_says_so(
    desktop: Desktop, out: Path
) -> None:
    export(EVERY_KIND, out, -10)
    export(OTHERS, out, -9)
    desktop.take(out / WHOLE)
    desktop.complaints()
    assert desktop.decks_of("cmom/basic/fact") == {"Default"}
    (shown,) = desktop.shown("cmom/basic/fact")
    assert "cmom::retired" in tags_of_face(shown.question)


def test_a_lost_manifest_is_replaced_by_the_shipped_one(studied: Desktop, out: Path) -> None:
    studied.tag("cmom/choice/entity", "marked")
    before = studied.notes()
    shipped = read_manifest(out)
    (out / MANIFEST_NAME).unlink()
    exported = export((reworded(FACT), *OTHERS), out, 1, shipped=shipped)
    assert changes(exported) == {"fact": Change.CHANGED}
    assert studied.take(out / WHOLE) == Log(updated=1, duplicate=ALL - 1)
    after = studied.notes()
    assert {guid for guid in after if after[guid] != before[guid]} == {"cmom/basic/fact"}


def test_decks_of_ones_own_begin_with_what_is_shipped(
    studied: Desktop, out: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    notes = (*EVERY_KIND[:3], note("mine", Basic("Mine?", "Yes."), domain="people", deck="desk"))
    exported = export(notes, own, 1, shipped=read_manifest(out))
    assert changes(exported) == {"mine": Change.ADDED}
    assert studied.take(own / WHOLE) == Log(new=1, duplicate=3)


def test_restamping_repairs_what_was_edited_in_anki(studied: Desktop, out: Path) -> None:
    cards, log = studied.cards(), studied.review_log()
    notes = studied.notes()
    studied.edit("cmom/choice/entity", "Question", "spoilt")
    studied.tag("cmom/choice/entity", "mine")
    export(EVERY_KIND, out, 1, is_restamping=True)
    assert studied.take(out / WHOLE) == Log(updated=ALL)
    repaired = studied.notes()
    assert {guid: (each.fields, each.tags) for guid, each in repaired.items()} == {
        guid: (each.fields, each.tags) for guid, each in notes.items()
    }
    assert (studied.cards(), studied.review_log()) == (cards, log)


def test_an_import_that_merges_note_types_does_no_harm(studied: Desktop, out: Path) -> None:
    cards, log = studied.cards(), studied.review_log()
    export((reworded(FACT), *OTHERS), out, 1)
    taken = studied.take(out / WHOLE, is_merging=True)
    assert taken == Log(updated=1, duplicate=ALL - 1)
    assert (studied.cards(), studied.review_log()) == (cards, log)


def test_a_deck_that_gets_another_file_or_title_stays_one_deck_in_anki(
    studied: Desktop, out: Path
) -> None:
    def refiled(hour: int, deck: str, title: str) -> None:
        moved = [
            replace(each, deck=deck, deck_title=title) if each.deck == "hipaa" else each
            for each in (*EVERY_KIND, note("extra", domain="law", deck="hipaa", position=hour))
        ]
        export(moved, out, hour)
        studied.take(out / WHOLE)

    refiled(1, "hipaa", "HIPAA privacy")
    assert studied.decks_of("cmom/basic/extra") == {"CMOM::Law::Hipaa"}
    refiled(2, "privacy", "HIPAA")
    names = {entry.name for entry in studied.collection.decks.all_names_and_ids()}
    assert {name for name in names if name.startswith("CMOM::Law")} == {
        "CMOM::Law",
        "CMOM::Law::Hipaa",
        "CMOM::Law::Labor",
    }


def test_awkward_texts_arrive_as_they_are_written(desktop: Desktop, out: Path) -> None:
    awkward = 'a < b && c > d, "x", {{FrontSide}}, 5 %, &#8364; \u00bd {{c1::no gap}} e\u0301'
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    exported = export([note("odd", Basic(awkward, table))], out)
    assert desktop.take(out / WHOLE) == Log(new=1)
    arrived = desktop.notes()["cmom/basic/odd"].fields
    assert tuple(arrived.values()) == exported.packages[0].notes[0].content.fields
    front_side = "&#123;&#123;FrontSide&#125;&#125;"
    assert f"a &lt; b &amp;&amp; c &gt; d, &quot;x&quot;, {front_side}" in arrived["Question"]
    assert "\u20ac" in arrived["Question"]
    assert "<td>1</td>" in arrived["Answer"]
    assert export([note("odd", Basic(awkward, table))], out, 1).files == {}
    assert desktop.take(out / WHOLE) == Log(duplicate=1)


@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize("kind", range(len(EVERY_KIND)), ids=[each.kind for each in EVERY_KIND])
def test_words_that_are_ankis_markup_are_shown_as_they_are_written(
    kind: int, markup: str, desktop: Desktop, out: Path
) -> None:
    words = f"before {markup.replace(chr(92), chr(92) * 2)} after"
    written = replace(
        in_every_text(EVERY_KIND[kind], words),
        scenario=words,
        extra=words,
        source=words,
        manual=words,
        deck_title=words,
    )
    export([written], out)
    desktop.take(out / WHOLE)
    guid = fields.guid(written)
    assert desktop.card_names() == {(guid, ordinal) for ordinal in ordinals(written.body)}
    for shown in desktop.shown(guid):
        assert not shown.sounds
        assert "<img" not in shown.answer
        assert "[anki:play:q:" not in shown.answer
        assert "[...]" not in shown.answer
        without_scripts = re.sub(r"(?s)<script.*?</script>", "", shown.answer)
        assert not re.search(r"\\[(\[]", without_scripts)  # what MathJax looks for
        read = html.unescape(re.sub(r"<[^>]*>", "", without_scripts))
        assert read.count(f"before {markup} after") >= 4


def in_every_text(written: Note, words: str) -> Note:
    """The note with these words in all texts of its body."""
    match written.body:
        case Basic() as body:
            changed: Body = structs.replace(body, question=words, answer=words)
        case Cloze():
            inside = "one" if "{" in words else words
            changed = Cloze(f"{words} {{{{c1::{inside}}}}} {words} {{{{c2::two}}}}")
        case Choice() as body:
            options = tuple(structs.replace(each, text=words, why=words) for each in body.options)
            changed = structs.replace(body, question=words, options=options)
        case Calculation() as body:
            mistakes = tuple(structs.replace(each, why=words) for each in body.mistakes)
            question = f"{body.question} {words}"
            changed = structs.replace(body, question=question, mistakes=mistakes)
        case Steps() as body:
            changed = Steps(words, (words,) * len(body.steps))
    return replace(written, body=changed)
