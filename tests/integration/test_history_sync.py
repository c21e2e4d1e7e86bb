"""The decks' words come into the history, and nothing that was learned is lost on the way."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy import event

from cmom_srs.history import sync as syncing
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import SyncReport
from cmom_srs.study import notes as study_notes
from cmom_srs.study import schedule
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from tests.support import builders
from tests.support.builders import REVERSIBLE
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import cloze
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import moment

APPEAL = CardId("appeal", 1)
NONE_BROKEN: frozenset[tuple[str, str]] = frozenset()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_history(tmp_path / "history.db") as store:
        yield store


def note(
    note_id: str, words: str = "", *, formerly: Sequence[str] = (), deck: str = "claims"
) -> Note:
    """A note whose meaning is its words, its first id if none are given."""
    body = Basic(f"What is {words or note_id}?", "This.")
    return written(replace(builders.note(note_id, body, deck=deck), formerly=tuple(formerly)))


def written(note: Note) -> Note:
    return replace(note, fingerprint=study_notes.fingerprint(note))


def sync(
    store: Store,
    *notes: Note,
    broken: frozenset[tuple[str, str]] = NONE_BROKEN,
    today: date = TODAY,
    decks_hash: str | None = "hash",
    present: frozenset[tuple[str, str]] | None = None,
    is_retiring_meant: bool = False,
) -> SyncReport:
    read = DecksRead(notes, broken, present, decks_hash)
    return syncing.sync(store, read, today, is_retiring_meant)


def everything(store: Store) -> list[tuple[object, ...]]:
    """All rows of all tables."""
    with store.database.reading() as connection:
        return [
            tuple(row)
            for table in ("note", "card", "review", "renamed", "setting")
            for row in sorted(connection.exec_driver_sql(f"SELECT * FROM {table}"), key=repr)
        ]


def study(store: Store, card: CardId) -> CardState:
    store.record(answers(card, 4, on=day(-9)))
    store.record(answers(card, 5, on=day(-8)))
    return store.state(card)


def under(note_id: str, answer: Review) -> Review:
    return replace(answer, card=CardId(note_id, answer.card.ordinal))


# New words


def test_new_notes_are_added_with_their_cards(store: Store) -> None:
    report = sync(store, note("b"), note("a"))
    assert report == SyncReport(added=("a", "b"))
    assert store.states() == {CardId("a", 1): NEVER_ANSWERED, CardId("b", 1): NEVER_ANSWERED}


def test_a_known_note_gets_its_new_words_and_keeps_its_state(store: Store) -> None:
    sync(store, note("appeal"))
    learned = study(store, APPEAL)
    assert sync(store, note("appeal", "an appeal")) == SyncReport(changed=("appeal",))
    assert store.notes() == (note("appeal", "an appeal"),)
    assert store.states() == {APPEAL: learned}


def test_a_note_that_moved_within_the_decks_is_up_to_date_but_not_changed(store: Store) -> None:
    sync(store, note("appeal"))
    moved = replace(note("appeal"), deck="denials", deck_title="Denials", position=3)
    assert sync(store, moved) == SyncReport()
    assert store.notes() == (moved,)


@given(builders.decks(most_notes=5), builders.decks(most_notes=5), st.randoms())
@settings(deadline=None, max_examples=25)
def test_a_sync_is_done_once_and_for_any_order_of_the_notes(
    tmp_path_factory: pytest.TempPathFactory,
    first: tuple[Note, ...],
    second: tuple[Note, ...],
    rng: Random,
) -> None:
    folder = tmp_path_factory.mktemp("histories")
    shuffled = [list(map(written, deck)) for deck in (first, second)]
    with open_history(folder / "one.db") as one, open_history(folder / "other.db") as other:
        for deck in shuffled:
            in_order = sync(one, *deck)
            rng.shuffle(deck)
            assert sync(other, *deck) == in_order
        assert everything(one) == everything(other)
        assert sync(one, *shuffled[1], today=day(5)) == SyncReport()
        assert everything(one) == everything(other)


def test_the_stored_words_are_those_of_the_decks_whatever_became_of_them(store: Store) -> None:
    bodies: tuple[Body, ...] = (REVERSIBLE, cloze(1, 2), builders.CHOICE, builders.STEPS)
    notes = [
        written(builders.note(f"note-{place}", body, position=place))
        for place, body in enumerate(bodies)
    ]
    sync(store, *notes)
    before = everything(store)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE note SET body = '', tags = '', fingerprint = ''")
    sync(store, *notes)
    assert everything(store) == before
    assert store.notes() == tuple(notes)


def test_notes_that_did_not_change_are_not_written_again(store: Store) -> None:
    dated = replace(note("appeal"), as_of=TODAY)
    sync(store, dated)
    changed = []

    def watch(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        changed.extend([sql] * sql.startswith(("INSERT INTO note", "UPDATE note")))

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        assert sync(store, dated) == SyncReport()
        assert changed == []
    finally:
        event.remove(Engine, "before_cursor_execute", watch)


# What is gone


def test_what_is_gone_is_retired_and_what_returns_is_as_it_was(store: Store) -> None:
    sync(store, note("appeal"), note("audit"))
    learned = study(store, APPEAL)
    store.set_suspended(APPEAL, True, moment())
    assert sync(store, note("audit")) == SyncReport(retired=("appeal",))
    assert store.notes() == (note("audit"),)
    assert set(store.states()) == {CardId("audit", 1)}
    assert store.state(APPEAL) == replace(learned, is_suspended=True)
    assert sync(store, note("appeal"), note("audit")) == SyncReport(returned=("appeal",))
    assert store.states()[APPEAL] == replace(learned, is_suspended=True)


def test_a_note_keeps_the_day_it_was_retired_on(store: Store) -> None:
    sync(store, note("appeal"), note("audit"))
    for today in (day(1), day(2)):
        sync(store, note("audit"), today=today)
    gone = store.note("appeal")
    assert gone is not None
    assert gone.retired_on == day(1)


def test_notes_of_a_broken_deck_stay_as_they_were(store: Store) -> None:
    sync(store, note("appeal"), note("audit", deck="audits"))
    broken = frozenset({("billing", "claims")})
    report = sync(store, note("audit", "an audit", deck="audits"), broken=broken)
    assert report == SyncReport(changed=("audit",))
    assert set(store.states()) == {APPEAL, CardId("audit", 1)}


def test_what_could_be_read_of_a_broken_deck_is_not_believed(store: Store) -> None:
    sync(store, note("appeal"), note("audit"), note("charge", deck="charges"))
    before = store.notes()
    half = (
        note("appeal", "half a note"),
        note("new"),
        note("charge"),  # moved into the broken deck
        note("inspection", formerly=["audit"]),
    )
    assert sync(store, *half, broken=frozenset({("billing", "claims")})) == SyncReport()
    assert store.notes() == before


@pytest.mark.parametrize(("known", "gone"), [(40, 10), (55, 11), (10, 10)])
def test_few_notes_or_a_small_part_of_them_may_go(store: Store, known: int, gone: int) -> None:
    notes = [note(f"note-{place}") for place in range(known)]
    sync(store, *notes)
    report = sync(store, *notes[gone:])
    assert (len(report.retired), report.refused) == (gone, ())


@pytest.mark.parametrize(("known", "gone"), [(54, 11), (11, 11)])
def test_more_than_ten_and_more_than_a_fifth_are_not_retired_unasked(
    store: Store, known: int, gone: int
) -> None:
    notes = [note(f"note-{place:02}") for place in range(known)]
    sync(store, *notes)
    left = (*notes[gone:], note("added"))
    report = sync(store, *left)
    assert report.refused == tuple(note.id for note in notes[:gone])
    assert (report.retired, report.added) == ((), ("added",))
    assert len(store.states()) == known + 1
    assert len(sync(store, *left, is_retiring_meant=True).retired) == gone
    assert len(store.states()) == known - gone + 1


def test_notes_retired_before_do_not_count_among_the_known(store: Store) -> None:
    notes = [note(f"note-{place}") for place in range(60)]
    sync(store, *notes)
    sync(store, *notes[:50], is_retiring_meant=True)
    assert len(sync(store, *notes[11:50]).refused) == 11


# Cards


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        (cloze(1, 2), cloze(2, 3), 1, 3),
        (REVERSIBLE, Basic("EOB", "Explanation of benefits"), 2, None),
        (Basic("EOB", "Explanation of benefits"), REVERSIBLE, None, 2),
        (cloze(1, 2, 3), builders.CHOICE, 2, None),
    ],
)
def test_another_set_of_cards_retires_and_adds_and_loses_no_state(
    store: Store,
    before: Body,
    after: Body,
    gone: int | None,
    new: int | None,
) -> None:
    old, edited = (written(builders.note("appeal", body)) for body in (before, after))
    sync(store, old)
    learned = {card.id: study(store, card.id) for card in study_notes.cards(old)}
    sync(store, edited)
    assert set(store.states()) == {card.id for card in study_notes.cards(edited)}
    assert gone is None or store.state(CardId("appeal", gone)) == learned[CardId("appeal", gone)]
    assert new is None or store.state(CardId("appeal", new)) == NEVER_ANSWERED
    sync(store, old)
    assert store.states() == learned


def test_a_note_whose_kind_changes_keeps_its_schedule(store: Store) -> None:
    sync(store, note("appeal"))
    learned = study(store, APPEAL)
    report = sync(store, written(builders.note("appeal", builders.STEPS)))
    assert report == SyncReport(changed=("appeal",))
    assert store.states() == {APPEAL: learned}


# Renames


def test_a_former_id_hands_its_history_over(store: Store) -> None:
    sync(store, note("appeal"))
    learned = study(store, APPEAL)
    log = store.answers()
    report = sync(store, note("denial", "appeal", formerly=["appeal"]))
    assert report == SyncReport(renamed=(("appeal", "denial"),))
    assert store.states() == {CardId("denial", 1): learned}
    assert store.answers() == tuple(under("denial", answer) for answer in log)
    assert store.take_back(moment(), TODAY) == under("denial", log[-1])


def test_a_history_follows_through_several_renames_at_once_or_one_by_one(store: Store) -> None:
    sync(store, note("a"), note("b"))
    learned = study(store, CardId("a", 1)), study(store, CardId("b", 1))
    sync(store, note("a2", formerly=["a"]), note("b"))
    report = sync(store, note("a3", formerly=["a", "a2"]), note("b3", formerly=["b", "b2"]))
    assert report.renamed == (("a2", "a3"), ("b", "b3"))
    assert store.states() == {CardId("a3", 1): learned[0], CardId("b3", 1): learned[1]}
    for former in ("a", "a2", "b", "b2"):
        found = store.note(former)
        assert found is not None
        assert found.note.id == f"{former[0]}3"


def test_a_retired_note_comes_back_under_its_new_id(store: Store) -> None:
    sync(store, note("appeal"), note("audit"))
    learned = study(store, APPEAL)
    sync(store, note("audit"))
    report = sync(store, note("audit"), note("denial", "appeal", formerly=["appeal"]))
    assert report == SyncReport(renamed=(("appeal", "denial"),), returned=("denial",))
    assert store.states()[CardId("denial", 1)] == learned


def test_a_rename_is_not_retiring(store: Store) -> None:
    notes = [note(f"old-{place}") for place in range(20)]
    sync(store, *notes)
    renamed = [note(f"new-{place}", formerly=[f"old-{place}"]) for place in range(20)]
    report = sync(store, *renamed)
    assert (len(report.renamed), report.retired, report.refused) == (20, (), ())


CLAIMS, DENIALS = ("billing", "claims"), ("billing", "denials")


def test_a_file_that_vanished_takes_its_notes_along_only_if_that_is_meant(store: Store) -> None:
    kept = [note(f"kept-{place}") for place in range(30)]
    lost = [note(f"lost-{place}", deck="denials") for place in range(3)]
    sync(store, *kept, *lost, present=frozenset({CLAIMS, DENIALS}))
    names = tuple(each.id for each in lost)

    report = sync(store, *kept[1:], present=frozenset({CLAIMS}))
    assert (report.retired, report.refused) == (("kept-0",), names)
    unasked = DecksRead(kept[1:], present=frozenset({CLAIMS}))
    assert syncing.sync(store, unasked, TODAY).refused == names
    assert report.vanished == (DENIALS,)
    assert store.decks_hash() is None
    assert {each.id for each in store.notes()} >= set(names)

    meant = sync(store, *kept[1:], present=frozenset({CLAIMS}), is_retiring_meant=True)
    assert (meant.retired, meant.vanished) == (names, (DENIALS,))
    assert sync(store, *kept[1:], present=frozenset({CLAIMS})) == SyncReport()


def test_notes_of_a_domain_that_could_not_be_read_stay_without_a_word(store: Store) -> None:
    sync(store, note("a-note"), note("b-note", deck="denials"))
    unread = DecksRead((), present=frozenset(), unread_domains=frozenset({"billing"}), hash="new")
    assert syncing.sync(store, unread, TODAY) == SyncReport()
    assert store.decks_hash() is None
    assert len(store.notes()) == 2


def test_notes_that_moved_out_of_a_file_that_vanished_are_not_gone(store: Store) -> None:
    sync(store, note("a-note", deck="denials"), note("b-note"))
    moved = sync(store, note("a-note"), note("b-note"), present=frozenset({CLAIMS}))
    assert moved == SyncReport()


def test_two_ids_that_were_both_studied_become_one_history(store: Store) -> None:
    """The note was renamed without `Formerly`, studied on, and `Formerly` written later."""
    sync(store, written(builders.note("old", cloze(1, 2, 3))))
    early = [answers(CardId("old", 1), 4), answers(CardId("old", 2), 2, minute=1)]
    for answer in early:
        store.record(answer)
    store.record(crams(CardId("old", 3), minute=2))
    store.take_back(moment(3), TODAY)
    store.pull(CardId("old", 1), day(2), moment())
    store.set_suspended(CardId("old", 3), True, moment())
    store.bury(CardId("old", 2), TODAY, moment())
    sync(store, written(builders.note("new", cloze(1, 2, 4))), today=day(1))
    late = [answers(CardId("new", 1), 2), answers(CardId("new", 2), 4, on=day(1))]
    for answer in late:
        store.record(answer)
    store.pull(CardId("new", 1), day(5), moment(30))
    store.bury(CardId("new", 1), day(1), moment(30))

    one = written(replace(builders.note("new", cloze(1, 2, 3)), formerly=("old",)))
    report = sync(store, one, today=day(2))

    assert report.renamed == (("old", "new"),)
    assert store.rebuild() == ()
    first, second = CardId("new", 1), CardId("new", 2)
    assert sorted(answer.grade for answer in store.answers_of(first)) == [2, 4]  # of one instant
    counted = schedule.counted(store.answers_of(first))[0].grade
    assert store.answers_of(second) == (under("new", early[1]), late[1])
    assert store.state(first) == replace(
        schedule.review(NEVER_ANSWERED, counted, TODAY), pulled_on=day(5), buried_on=day(1)
    )
    assert store.state(second).buried_on == TODAY
    assert store.state(CardId("new", 3)) == CardState(is_suspended=True)
    assert CardId("new", 4) not in store.states()
    with store.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM review").scalar_one()
        first_seen = connection.exec_driver_sql("SELECT id, first_seen_on FROM note").all()
    assert kept == 6
    assert first_seen == [("new", TODAY.isoformat())]


def test_two_ids_that_become_one_touch_no_other_note(store: Store) -> None:
    sync(store, note("early"), today=day(-5))
    sync(store, note("early"), note("old"), today=day(-2))
    sync(store, note("early"), note("old"), note("new"), today=day(-1))
    others = note("early"), note("late")
    sync(store, *others, note("old"), note("new"))
    learned = {name: study(store, CardId(name, 1)) for name in ("early", "late")}
    store.record(answers(CardId("old", 1)))
    store.set_suspended(CardId("early", 1), True, moment())
    store.bury(CardId("late", 1), TODAY, moment())

    sync(store, *others, note("new", formerly=["old"]))

    assert store.states() == {
        CardId("early", 1): replace(learned["early"], is_suspended=True),
        CardId("late", 1): replace(learned["late"], buried_on=TODAY),
        CardId("new", 1): schedule.review(NEVER_ANSWERED, 4, TODAY),
    }
    store.set_suspended(CardId("early", 1), False, moment(1))
    store.bury(CardId("late", 1), day(1), moment(1))
    assert not store.state(CardId("early", 1)).is_suspended
    assert store.state(CardId("late", 1)).buried_on == day(1)
    with store.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT id, first_seen_on FROM note ORDER BY id").all()
    assert found == [
        ("early", day(-5).isoformat()),
        ("late", TODAY.isoformat()),
        ("new", day(-2).isoformat()),
    ]


def test_a_card_that_one_of_two_ids_never_had_moves_alone(store: Store) -> None:
    other = written(builders.note("other", cloze(1, 3)))
    sync(store, other, written(builders.note("old", cloze(1, 3))), note("new"))
    learned = study(store, CardId("old", 3))
    kept = study(store, CardId("other", 3))
    one = written(replace(builders.note("new", cloze(1, 3)), formerly=("old",)))
    sync(store, other, one)
    assert store.states() == {
        CardId("new", 1): NEVER_ANSWERED,
        CardId("new", 3): learned,
        CardId("other", 1): NEVER_ANSWERED,
        CardId("other", 3): kept,
    }


def test_of_two_ids_with_one_card_in_common_every_other_card_moves(store: Store) -> None:
    old, new = (
        written(builders.note("old", cloze(1, 2, 3))),
        written(builders.note("new", cloze(2))),
    )
    sync(store, old, new)
    learned = {ordinal: study(store, CardId("old", ordinal)) for ordinal in (1, 2, 3)}
    sync(store, written(replace(builders.note("new", cloze(1, 2, 3)), formerly=("old",))))
    assert store.states() == {CardId("new", ordinal): learned[ordinal] for ordinal in learned}


def test_where_two_histories_unite_the_later_word_of_each_switch_holds(store: Store) -> None:
    sync(store, written(builders.note("old", cloze(1, 2))))
    sync(
        store, written(builders.note("old", cloze(1, 2))), written(builders.note("new", REVERSIBLE))
    )
    for place, later, earlier in ((1, "old", "new"), (2, "new", "old")):
        store.bury(CardId(later, place), day(1), moment(60))
        store.bury(CardId(earlier, place), TODAY, moment(30))
        store.set_suspended(CardId(later, place), False, moment(60))
        store.set_suspended(CardId(earlier, place), True, moment(30))
        store.pull(CardId(earlier, place), day(3), moment(30))
    sync(store, written(replace(builders.note("new", cloze(1, 2)), formerly=("old",))))
    switched = CardState(buried_on=day(1), pulled_on=day(3))
    assert store.states() == {CardId("new", 1): switched, CardId("new", 2): switched}


def test_renames_are_reported_by_name_whatever_the_order_of_the_notes(store: Store) -> None:
    sync(store, note("a"), note("b"))
    report = sync(store, note("b2", formerly=["b"]), note("a2", formerly=["a"]))
    assert report.renamed == (("a", "a2"), ("b", "b2"))


def test_a_rename_leaves_the_former_names_of_other_notes(store: Store) -> None:
    sync(store, note("a"), note("x"))
    sync(store, note("a"), note("x2", formerly=["x"]))
    sync(store, note("a2", formerly=["a"]), note("x2"))  # its author took `Formerly` out
    for former, present in (("x", "x2"), ("a", "a2")):
        found = store.note(former)
        assert found is not None
        assert found.note.id == present


@pytest.mark.parametrize("formerly", [["a-note", "b-note"], ["b-note"]])
def test_a_note_renamed_twice_is_found_by_every_name_it_had(
    store: Store, formerly: list[str]
) -> None:
    sync(store, note("a-note"))
    store.record(answers(CardId("a-note", 1)))
    sync(store, note("b-note", formerly=["a-note"]))
    sync(store, note("c-note", formerly=formerly))
    for name in ("a-note", "b-note", "c-note"):
        found = store.note(name)
        assert found is not None
        assert found.note.id == "c-note"
    assert [answer.card for answer in store.answers()] == [CardId("c-note", 1)]
    assert not store.state(CardId("c-note", 1)).is_new


def test_a_former_id_that_was_never_met_can_be_looked_up(store: Store) -> None:
    sync(store, note("denial", formerly=["appeal"]))
    found = store.note("appeal")
    assert found is not None
    assert found.note.id == "denial"


def test_a_rename_without_formerly_is_named_as_probable(store: Store) -> None:
    sync(store, note("appeal"), note("audit"))
    study(store, APPEAL)
    report = sync(store, note("denial", "appeal"), note("audit"))
    assert report == SyncReport(
        added=("denial",), retired=("appeal",), probable_renames=(("appeal", "denial"),)
    )


def test_so_is_one_whose_note_was_cut_before_it_was_pasted(store: Store) -> None:
    sync(store, note("appeal"), note("audit"))
    sync(store, note("audit"))
    report = sync(store, note("denial", "appeal"), note("audit"))
    assert report.probable_renames == (("appeal", "denial"),)


# The hash over the deck files


@pytest.mark.parametrize(
    "spoil",
    [
        lambda store, notes: sync(store, *notes, broken=frozenset({("law", "flsa")})),
        lambda store, notes: sync(store, *notes[11:]),
        lambda store, notes: sync(store, *notes, decks_hash=None),
    ],
)
def test_the_hash_is_kept_only_when_nothing_was_broken_and_nothing_refused(
    store: Store, spoil: Callable[[Store, Sequence[Note]], object]
) -> None:
    notes = [note(f"note-{place}") for place in range(12)]
    sync(store, *notes, decks_hash="as they were")
    assert store.decks_hash() == "as they were"
    spoil(store, notes)
    assert store.decks_hash() is None


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True), min_size=1, max_size=4))
@settings(deadline=None, max_examples=15)
def test_no_sync_deletes_an_answer_a_card_or_a_note(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[str]]
) -> None:
    with open_history(tmp_path_factory.mktemp("history") / "history.db") as store:
        known: set[str] = set()
        learned: dict[CardId, CardState] = {}
        for version in versions:
            sync(store, *map(note, version))
            known |= set(version)
            for note_id in version:
                learned[CardId(note_id, 1)] = store.record(answers(CardId(note_id, 1))).after
            assert {card: store.state(card) for card in learned} == learned
            assert all(store.note(note_id) for note_id in known)
            assert set(store.states()) == {CardId(note_id, 1) for note_id in version}
