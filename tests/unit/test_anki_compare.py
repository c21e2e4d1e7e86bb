"""What a build changes, and the mods by which Anki takes exactly that."""

from dataclasses import replace
from datetime import date

from cmom_srs.anki.compare import Change
from cmom_srs.anki.compare import ComparedNote
from cmom_srs.anki.compare import compare
from cmom_srs.anki.compare import compare_note_types
from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.manifest import NoteRecord
from cmom_srs.anki.manifest import NoteTypeRecord
from cmom_srs.anki.notes.content import NoteContent
from cmom_srs.anki.notes.content import note_content
from cmom_srs.anki.notes.content import retired_content
from cmom_srs.study.notes import Note
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import FACT
from tests.support.anki_exports import reworded
from tests.support.builders import note

NOW = 1_800_000_000


def contents(*notes: Note) -> list[NoteContent]:
    return [note_content(each, each.domain.title()) for each in notes]


def records(compared: tuple[ComparedNote, ...]) -> dict[str, NoteRecord]:
    return {each.content.guid: each.record for each in compared}


def test_a_first_build_stamps_all_with_now_and_counts_positions_from_one() -> None:
    compared = compare({}, contents(*EVERY_KIND), NOW)
    assert {each.change for each in compared} == {Change.ADDED}
    assert {each.record.mod for each in compared} == {NOW}
    assert [each.record.position for each in compared] == list(range(1, len(EVERY_KIND) + 1))


def test_an_unchanged_note_keeps_its_mod_and_an_edited_one_gets_now() -> None:
    known = records(compare({}, contents(*EVERY_KIND), NOW))
    again = compare(known, contents(reworded(FACT), *EVERY_KIND[1:]), NOW + 60)
    assert [each.change for each in again] == [Change.CHANGED, *[Change.UNCHANGED] * 5]
    assert [each.record.mod for each in again] == [NOW + 60, *[NOW] * 5]
    assert [each.record.position for each in again] == [1, 2, 3, 4, 5, 6]


def test_a_mod_rises_even_when_the_clock_stood_still_or_went_back() -> None:
    known = records(compare({}, contents(FACT), NOW))
    for now in (NOW, NOW - 3600):
        (again,) = compare(known, contents(reworded(FACT)), now)
        assert again.record.mod == NOW + 1


def test_going_back_to_old_words_moves_the_mod_forward_too() -> None:
    known = records(compare({}, contents(FACT), NOW))
    known = records(compare(known, contents(reworded(FACT)), NOW + 10))
    (back,) = compare(known, contents(FACT), NOW + 20)
    assert (back.change, back.record.mod) == (Change.CHANGED, NOW + 20)


def test_restamping_makes_everything_newer_and_changes_nothing() -> None:
    known = records(compare({}, contents(*EVERY_KIND), NOW))
    again = compare(known, contents(*EVERY_KIND), NOW - 5, is_restamping=True)
    assert {each.change for each in again} == {Change.UNCHANGED}
    assert {each.record.mod for each in again} == {NOW + 1}


def test_tags_sources_and_dates_are_content_too() -> None:
    known = records(compare({}, contents(FACT), NOW))
    for changed in ({"tags": ("ar",)}, {"source": "another"}, {"deck_title": "Another"}):
        (again,) = compare(known, contents(replace(FACT, **changed)), NOW + 1)
        assert again.change is Change.CHANGED


def test_a_note_in_another_deck_has_moved() -> None:
    known = records(compare({}, contents(FACT), NOW))
    (moved,) = compare(known, contents(replace(FACT, deck="formulas")), NOW + 1)
    assert moved.change is Change.MOVED
    assert moved.record.mod == NOW + 1
    assert moved.record.deck == "formulas"


def test_a_renamed_note_has_changed_and_is_known_by_its_present_id() -> None:
    known = records(compare({}, contents(FACT), NOW))
    (renamed,) = compare(known, contents(replace(FACT, id="new", formerly=("fact",))), NOW + 1)
    assert renamed.change is Change.CHANGED
    assert renamed.record.id == "new"
    assert renamed.content.guid == "cmom/basic/fact"


def test_a_note_retires_once_and_returns() -> None:
    known = records(compare({}, contents(FACT), NOW))
    (content,) = contents(FACT)
    words = OldNote(NOW, content.fields, content.tags)
    retired = compare(known, [retired_content(content.guid, known[content.guid], words)], NOW + 1)
    assert retired[0].change is Change.RETIRED
    assert retired[0].content.fields == content.fields
    assert retired[0].content.tags == tuple(sorted((*content.tags, "cmom::retired")))
    assert retired[0].content.ordinals == ()
    known = records(retired)
    again = compare(known, [retired[0].content], NOW + 2)
    assert (again[0].change, again[0].record.mod) == (Change.UNCHANGED, NOW + 1)
    (returned,) = compare(known, [content], NOW + 3)
    assert (returned.change, returned.record.mod) == (Change.RETURNED, NOW + 3)


def test_later_notes_follow_after_the_highest_position() -> None:
    known = records(compare({}, contents(*EVERY_KIND), NOW))
    known.pop("cmom/basic/eob")
    later = compare(known, contents(note("before"), *EVERY_KIND, note("after")), NOW + 1)
    assert [each.record.position for each in later] == [7, 1, 8, 3, 4, 5, 6, 9]


def test_a_note_stands_where_it_is_introduced_or_else_where_its_position_is() -> None:
    compared = compare({}, contents(*EVERY_KIND), NOW, places={"rate": 700, "eob": 1})
    assert [each.due for each in compared] == [1, 1, 700, 4, 5, 6]
    assert [each.record.position for each in compared] == [1, 2, 3, 4, 5, 6]


def test_a_note_type_gets_a_later_mod_when_its_look_changes_and_only_then() -> None:
    first = compare_note_types({}, {"basic": "a", "cloze": "b"}, NOW)
    assert first == {"basic": NoteTypeRecord("a", NOW), "cloze": NoteTypeRecord("b", NOW)}
    second = compare_note_types(first, {"basic": "a", "cloze": "c"}, NOW - 9)
    assert second == {"basic": NoteTypeRecord("a", NOW), "cloze": NoteTypeRecord("c", NOW + 1)}
    third = compare_note_types(second, {"basic": "a"}, NOW, is_restamping=True)
    assert third == {"basic": NoteTypeRecord("a", NOW + 1)}


def test_the_tags_of_a_note_tell_where_it_stands_and_what_it_is_about() -> None:
    eob = note_content(EVERY_KIND[1], "Billing")
    assert eob.tags == (
        "cmom::as-of::2026",
        "cmom::billing::claims",
        "cmom::kind::basic",
        "cmom::topic::payers",
    )


def test_the_year_in_which_a_note_ends_is_a_tag() -> None:
    dated = replace(EVERY_KIND[1], until=date(2027, 6, 30))
    tags = note_content(dated, "Billing").tags
    assert {"cmom::as-of::2026", "cmom::until::2027"} <= set(tags)


def test_a_retired_note_without_its_last_words_says_only_that() -> None:
    record = NoteRecord("gaps", "cloze", "law", "labor", "", NOW, 3)
    content = retired_content("cmom/cloze/gaps", record, None)
    assert (content.id, content.domain, content.deck) == ("gaps", "law", "labor")
    assert content.fields == ("{{c1::Retired: gaps}}", *[""] * 6, "gaps", *[""] * 4)
    assert content.tags == ("cmom::kind::cloze", "cmom::law::labor", "cmom::retired")
    basic = retired_content("cmom/basic/x", NoteRecord("x", "basic", "law", "a", "", NOW, 3), None)
    assert basic.fields[0] == "Retired: x"
