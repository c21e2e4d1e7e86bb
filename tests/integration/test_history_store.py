"""The history: what is recorded, taken back, switched and set, and what is then known."""

import errno
import os
import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import select

from cmom_srs.history import log
from cmom_srs.history import paces
from cmom_srs.history import switches
from cmom_srs.history.file import creation
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.file.tables import SWITCH
from cmom_srs.history.log import UnknownCardError
from cmom_srs.history.settings import SettingError
from cmom_srs.history.settings import Settings
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study import schedule
from cmom_srs.study import sm2
from cmom_srs.study.day.failures import Outcome
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import ReviewKind
from tests.support.builders import REVERSIBLE
from tests.support.builders import TODAY
from tests.support.builders import Past
from tests.support.builders import answers
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import decks
from tests.support.builders import fails
from tests.support.builders import moment
from tests.support.builders import note
from tests.support.builders import pasts
from tests.support.builders import repeats

APPEAL = CardId("appeal", 1)
AUDIT = CardId("audit", 1)
UNKNOWN = CardId("no-such-note", 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_history(path) as store:
        read(store, note("appeal"), note("audit"), note("eob", REVERSIBLE))
        yield store


def read(store: Store, *notes: Note) -> None:
    sync(store, DecksRead(notes), TODAY)


def rows_in_the_log(store: Store) -> int:
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(REVIEW)).scalar_one()


# What is known


def test_at_the_default_place_the_folder_and_the_file_are_made(tmp_path: Path) -> None:
    path = tmp_path / "data" / "learner" / "history.db"
    with open_history(path, is_default_place=True) as store:
        assert store.notes() == ()
        assert store.states() == {}
        assert store.day_log(TODAY) == DayLog()
        assert store.last_study_day() is None
        assert store.settings() == Settings()
        assert store.decks_hash() is None
    assert list(path.parent.iterdir()) == [path]


def test_the_folder_of_the_default_place_may_be_there_before_the_history(path: Path) -> None:
    with open_history(path, is_default_place=True) as store:
        assert store.notes() == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_history_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    with open_history(path, is_default_place=True) as store:
        read(store, note("appeal"))
        store.record(answers(APPEAL))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def take_links_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a stick of FAT, whose files have one name each."""

    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_a_history_is_made_on_a_file_system_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_links_away(monkeypatch)
    with open_history(tmp_path / "history.db") as store:
        read(store, note("appeal"))
        assert [each.id for each in store.notes()] == ["appeal"]
    assert [each.name for each in tmp_path.glob("*history*")] == ["history.db"]


@pytest.mark.parametrize("has_links", [True, False])
def test_two_that_make_a_history_at_once_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    path = tmp_path / "history.db"

    place = creation._place

    def be_slower(draft: Path, target: Path) -> None:
        monkeypatch.undo()
        with open_history(target) as faster:
            read(faster, note("appeal"))
        if not has_links:
            take_links_away(monkeypatch)
        place(draft, target)

    monkeypatch.setattr(creation, "_place", be_slower)
    with open_history(path) as store:
        assert [each.id for each in store.notes()] == ["appeal"]
    assert sorted(each.name for each in tmp_path.glob("*history*")) == ["history.db"]


@given(decks())
@settings(deadline=None, max_examples=25)
def test_notes_come_back_as_they_were_written_by_domain_deck_and_position(
    tmp_path_factory: pytest.TempPathFactory, written: tuple[Note, ...]
) -> None:
    with open_history(tmp_path_factory.mktemp("history") / "history.db") as store:
        read(store, *written)
        by_place = sorted(written, key=lambda note: (note.domain, note.deck, note.position))
        assert list(store.notes()) == by_place


def test_notes_of_one_place_come_by_their_ids(path: Path) -> None:
    with open_history(path) as store:
        read(store, note("eob"), note("audit"), note("appeal"))
        assert [each.id for each in store.notes()] == ["appeal", "audit", "eob"]


def test_every_field_of_a_note_comes_back(store: Store) -> None:
    written = replace(
        note("appeal"),
        formerly=("first-name", "second-name"),
        scenario="A denied claim.",
        extra="**Look** at the date.",
        as_of=date(2026, 10, 1),
        manual="Tab 4",
        tags=("claims", "denials"),
        fingerprint="f" * 32,
    )
    read(store, written)
    assert store.notes() == (replace(written, formerly=("first-name",)),)


def test_a_card_that_was_never_answered_is_new(store: Store) -> None:
    assert store.states() == dict.fromkeys(
        (APPEAL, AUDIT, CardId("eob", 1), CardId("eob", 2)), NEVER_ANSWERED
    )


def test_retired_notes_and_former_ids_are_still_found(store: Store) -> None:
    read(store, note("audit"), replace(note("remittance", REVERSIBLE), formerly=("eob",)))
    retired, renamed = store.note("appeal"), store.note("eob")
    assert retired is not None
    assert (retired.note, retired.retired_on) == (note("appeal"), TODAY)
    assert renamed is not None
    assert (renamed.note.id, renamed.retired_on) == ("remittance", None)
    assert store.note("no-such-note") is None


def test_fingerprints_are_those_of_all_notes_ever_read(store: Store) -> None:
    read(store, *(replace(note(name), fingerprint=f"of {name}") for name in ("appeal", "audit")))
    read(store, replace(note("audit"), fingerprint="anew"))
    assert store.fingerprints() == {"of appeal", "anew", ""}


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.state(UNKNOWN),
        lambda store: store.record(answers(UNKNOWN)),
        lambda store: store.set_suspended(UNKNOWN, True, moment()),
        lambda store: store.bury(UNKNOWN, TODAY, moment()),
        lambda store: store.pull(UNKNOWN, TODAY, moment()),
    ],
)
def test_an_unknown_card_is_refused_in_a_sentence(
    store: Store, use: Callable[[Store], object]
) -> None:
    with pytest.raises(UnknownCardError, match="no card no-such-note/1 in the history") as refusal:
        use(store)
    assert refusal.value.exit_code == 1


# Answers


def test_an_answer_is_stored_with_the_state_it_leads_to(store: Store) -> None:
    answer = answers(APPEAL, 4)
    recorded = store.record(answer)
    assert recorded.review == answer
    assert recorded.before == NEVER_ANSWERED
    assert recorded.after == schedule.review(NEVER_ANSWERED, 4, TODAY)
    assert store.state(APPEAL) == recorded.after
    assert store.answers_of(APPEAL) == (answer,)


def test_every_field_of_an_answer_comes_back(store: Store) -> None:
    chicago = timezone(timedelta(hours=-6))
    answer = replace(
        answers(APPEAL, 2, duration_ms=61_234),
        reviewed_at=datetime(2026, 12, 1, 8, 30, 0, 123_000, tzinfo=chicago),
        looked_up=True,
        origin=Origin.COMMAND,
        is_right=True,
        response='["b"]',
    )
    store.record(answer)
    (stored,) = store.answers()
    assert stored == answer
    assert stored.reviewed_at.utcoffset() == timedelta(hours=-6)


def test_every_row_has_a_uid_of_its_own(store: Store) -> None:
    first, second = (store.record(answers(APPEAL)).review for _ in range(2))
    assert first.uid != second.uid
    assert all(re.fullmatch("[0-9a-f]{32}", review.uid) for review in (first, second))
    assert [review.uid for review in store.answers()] == [first.uid, second.uid]


def test_instants_are_kept_to_the_millisecond(store: Store) -> None:
    recorded = store.record(
        replace(answers(APPEAL), reviewed_at=moment() + timedelta(microseconds=1_999))
    )
    assert recorded.review.reviewed_at == moment() + timedelta(milliseconds=1)


def test_an_offset_is_kept_to_the_minute(store: Store) -> None:
    amsterdam = timezone(timedelta(minutes=19, seconds=32))  # until 1937
    given = replace(answers(APPEAL), reviewed_at=moment().astimezone(amsterdam))
    assert store.record(given).review.reviewed_at == moment()
    (stored,) = store.answers()
    assert stored.reviewed_at.utcoffset() == timedelta(minutes=19)


def test_an_instant_that_the_day_already_has_is_raised_until_it_is_free(store: Store) -> None:
    given = [store.record(answers(APPEAL)).review.reviewed_at for _ in range(3)]
    assert given == [moment() + timedelta(milliseconds=count) for count in range(3)]
    raised = store.record(answers(AUDIT))
    assert raised.review.reviewed_at == moment() + timedelta(milliseconds=3)
    assert store.newest() == raised.review


def test_an_instant_without_an_offset_is_an_error(store: Store) -> None:
    with pytest.raises(TypeError):
        store.record(replace(answers(APPEAL), reviewed_at=datetime(2026, 12, 1, 9, 0)))
    assert store.answers() == ()


@pytest.mark.parametrize("kind", list(ReviewKind))
def test_what_is_no_grade_is_refused_and_nothing_written(store: Store, kind: ReviewKind) -> None:
    with pytest.raises(ValueError, match="a grade is a whole number from 0 to 5"):
        store.record(answers(APPEAL, 6, kind=kind))
    assert rows_in_the_log(store) == 0


def test_a_second_answer_on_a_study_day_is_a_drill_and_changes_no_schedule(store: Store) -> None:
    first = store.record(fails(APPEAL))
    second = store.record(answers(APPEAL, 5, minute=9))
    assert second.review.kind is ReviewKind.DRILL
    assert second.before == second.after == first.after


def test_it_is_a_drill_whatever_another_window_took_it_for(path: Path, store: Store) -> None:
    with open_history(path) as other_window:
        other_window.record(answers(APPEAL))
    assert store.record(answers(APPEAL, minute=1)).review.kind is ReviewKind.DRILL


def test_a_drill_of_a_card_not_answered_today_is_scheduled(store: Store) -> None:
    recorded = store.record(repeats(APPEAL))
    assert recorded.review.kind is ReviewKind.SCHEDULED
    assert recorded.after.last_reviewed_on == TODAY


def test_a_cram_is_logged_and_schedules_nothing(store: Store) -> None:
    assert store.record(crams(APPEAL)).after == NEVER_ANSWERED
    assert store.record(answers(APPEAL, minute=1)).review.kind is ReviewKind.SCHEDULED
    assert store.record(crams(APPEAL, minute=2)).review.kind is ReviewKind.CRAM


def test_a_retired_card_that_is_still_on_the_screen_keeps_its_answer(store: Store) -> None:
    read(store, note("audit"), note("eob", REVERSIBLE))
    assert store.record(answers(APPEAL)).after.last_reviewed_on == TODAY


def test_an_answer_by_a_clock_set_back_is_folded_where_its_time_puts_it(store: Store) -> None:
    store.record(answers(APPEAL, 4, on=day(1)))
    store.record(answers(APPEAL, 4, on=TODAY))
    in_order = schedule.review(schedule.review(NEVER_ANSWERED, 4, TODAY), 4, day(1))
    assert store.state(APPEAL) == in_order


def test_an_answer_to_a_note_renamed_meanwhile_goes_to_its_new_name(path: Path) -> None:
    with open_history(path) as store, open_history(path) as other_window:
        read(store, note("appeal"))
        read(other_window, replace(note("denial"), formerly=("appeal",)))
        recorded = store.record(answers(APPEAL))
        assert recorded.review.card == CardId("denial", 1)
        assert store.state(CardId("denial", 1)) == recorded.after
        with pytest.raises(UnknownCardError):
            store.record(answers(UNKNOWN))


def test_a_note_renamed_meanwhile_is_switched_and_found_by_its_old_name(path: Path) -> None:
    with open_history(path) as store, open_history(path) as other_window:
        read(store, note("appeal"))
        read(other_window, replace(note("denial"), formerly=("appeal",)))
        denial = CardId("denial", 1)
        store.set_suspended(APPEAL, True, moment())
        store.bury(APPEAL, TODAY, moment(1))
        store.pull(APPEAL, day(1), moment(2))
        store.keep_remark("appeal", "p. 212", moment(3))
        switched = CardState(is_suspended=True, buried_on=TODAY, pulled_on=day(1))
        assert store.state(APPEAL) == store.state(denial) == switched
        assert store.remark("appeal") == store.remark("denial") == "p. 212"
        assert store.remarks() == {"denial": "p. 212"}


# Taking back


def test_taking_back_gives_the_answer_and_restores_the_state(store: Store) -> None:
    first = store.record(answers(APPEAL, 4))
    second = store.record(fails(APPEAL, on=day(1)))
    assert store.take_back(moment(9, day(1)), day(1)) == second.review
    assert store.state(APPEAL) == first.after
    assert store.take_back(moment(10, day(1)), day(1)) == first.review
    assert store.state(APPEAL) == NEVER_ANSWERED
    assert store.take_back(moment(11, day(1)), day(1)) is None


def test_the_newest_answer_is_the_one_of_the_latest_instant(store: Store) -> None:
    last = store.record(answers(APPEAL, minute=30))
    store.record(answers(AUDIT, minute=10))
    assert store.newest() == last.review
    assert store.take_back(moment(31), TODAY) == last.review


def test_an_answer_is_taken_back_by_its_uid_whatever_the_clock_says(store: Store) -> None:
    store.record(answers(APPEAL, minute=30))
    by_a_clock_set_back = store.record(answers(AUDIT, minute=10)).review
    assert store.take_back(moment(31), TODAY, by_a_clock_set_back.uid) == by_a_clock_set_back
    assert store.take_back(moment(32), TODAY, by_a_clock_set_back.uid) is None
    assert store.state(AUDIT) == NEVER_ANSWERED


def test_of_answers_of_one_instant_the_one_of_the_highest_uid_is_the_newest(store: Store) -> None:
    for uid, on in (("b", TODAY), ("c", day(1)), ("a", day(2))):
        store.record(replace(answers(APPEAL), study_day=on, uid=uid))
    taken = [store.take_back(moment(9), TODAY) for _ in range(3)]
    assert [answer.uid for answer in taken if answer] == ["c", "b", "a"]


def test_taking_back_appends_a_row_and_deletes_none(store: Store) -> None:
    given = replace(answers(APPEAL), looked_up=True, is_right=True, response='"b"', anki_id=7)
    store.record(given)
    store.take_back(moment(5), day(1))
    with store.database.reading() as connection:
        answer, undo = connection.execute(select(REVIEW).order_by(REVIEW.c.id)).all()
    assert undo.uid != answer.uid
    assert undo._mapping == {
        **answer._mapping,
        "id": undo.id,
        "uid": undo.uid,
        "undoes": answer.uid,
        "kind": "undo",
        "reviewed_at_ms": answer.reviewed_at_ms + 5 * 60_000,
        "study_day": day(1).isoformat(),
        "duration_ms": 0,
        "looked_up": 0,
        "grade": None,
        "is_right": None,
        "response": None,
        "anki_id": None,
    }


def test_crams_drills_and_command_answers_are_taken_back_too(store: Store) -> None:
    command = replace(answers(APPEAL), origin=Origin.COMMAND)
    given = [
        store.record(answer).review
        for answer in (command, answers(APPEAL, minute=1), crams(AUDIT, minute=2))
    ]
    taken = [store.take_back(moment(9), TODAY) for _ in given]
    assert taken == given[::-1]


def test_an_anki_answer_is_never_taken_back(store: Store) -> None:
    here = store.record(answers(APPEAL)).review
    store.record(replace(answers(AUDIT, minute=1), origin=Origin.ANKI))
    assert store.take_back(moment(2), TODAY) == here
    assert store.take_back(moment(3), TODAY) is None
    assert store.state(AUDIT).last_reviewed_on == TODAY


def test_when_the_counted_answer_is_taken_back_the_next_of_the_day_counts(path: Path) -> None:
    with open_history(path) as store, open_history(path) as other_window:
        read(store, note("appeal"))
        drill = replace(answers(APPEAL, 5, minute=2), origin=Origin.ANKI)
        store.record(fails(APPEAL))
        store.record(drill)
        other_window.take_back(moment(3), TODAY)
        assert store.state(APPEAL) == schedule.review(NEVER_ANSWERED, 5, TODAY)
        assert store.day_log(TODAY).introduced == {APPEAL}


def test_a_taken_back_answer_counts_for_nothing(store: Store) -> None:
    store.record(answers(APPEAL))
    store.take_back(moment(1, day(1)), day(1))
    assert store.day_log(TODAY) == store.day_log(day(1)) == DayLog()
    assert store.last_study_day() is None
    assert store.answers() == store.answers_of(APPEAL) == ()
    assert paces.first_sight_durations(store, 30) == ()


def test_after_taking_back_the_card_can_be_answered_anew(store: Store) -> None:
    store.record(fails(APPEAL))
    store.take_back(moment(1), TODAY)
    anew = store.record(answers(APPEAL, 4, minute=2))
    assert anew.review.kind is ReviewKind.SCHEDULED
    assert anew.after == schedule.review(NEVER_ANSWERED, 4, TODAY)


# What was answered


def test_the_days_log_has_all_answers_in_order_and_the_cards_introduced(store: Store) -> None:
    store.record(answers(AUDIT, on=day(-1)))
    today = [fails(APPEAL), crams(AUDIT, minute=1), repeats(APPEAL, minute=2)]
    for answer in (*today, answers(AUDIT, minute=3), answers(APPEAL, on=day(1))):
        store.record(answer)
    of_today = store.day_log(TODAY)
    assert of_today.answers == (*today, answers(AUDIT, minute=3))
    assert of_today.introduced == {APPEAL}


def test_a_cram_introduces_no_card(store: Store) -> None:
    store.record(crams(APPEAL, on=day(-1)))
    store.record(crams(AUDIT))
    store.record(answers(APPEAL, minute=1))
    assert store.day_log(TODAY).introduced == {APPEAL}


def test_the_last_study_day_is_the_latest_of_the_log(store: Store) -> None:
    store.record(answers(APPEAL, on=day(3)))
    store.record(answers(AUDIT, on=day(1)))
    assert store.last_study_day() == day(3)


def test_answers_can_begin_at_a_study_day(store: Store) -> None:
    given = [answers(APPEAL, on=day(offset)) for offset in (0, 4, 9)]
    for answer in given:
        store.record(answer)
    assert store.answers() == tuple(given)
    assert store.answers(since=day(4)) == tuple(given[1:])


def test_the_pace_comes_from_timed_answers_by_what_they_were(store: Store) -> None:
    for answer in (
        answers(APPEAL, on=day(0), duration_ms=30_000),
        answers(AUDIT, on=day(0), minute=1, duration_ms=40_000),
        crams(AUDIT, on=day(0), minute=2),
        answers(APPEAL, 3, on=day(1), duration_ms=9_000),
        fails(AUDIT, on=day(1), minute=1),
        repeats(AUDIT, on=day(1), minute=2),
        answers(APPEAL, on=day(7), duration_ms=8_000),
        answers(AUDIT, on=day(7), minute=1, duration_ms=0),
    ):
        store.record(answer)
    assert paces.first_sight_durations(store, 30) == (40_000, 30_000)
    assert paces.first_sight_durations(store, 1) == (40_000,)
    assert paces.right_answer_durations(store, 30) == (8_000, 9_000)
    assert paces.right_answer_durations(store, 1) == (8_000,)


def test_an_outcome_is_a_counted_answer_and_the_days_since_the_one_before(store: Store) -> None:
    for answer in (
        answers(APPEAL, on=day(0)),
        crams(AUDIT, on=day(0), minute=1),
        fails(AUDIT, on=day(2), minute=1),
        repeats(AUDIT, on=day(2), minute=2),
        answers(APPEAL, 3, on=day(6)),
        crams(APPEAL, on=day(20)),
        answers(APPEAL, 4, on=day(21)),
        fails(AUDIT, on=day(30)),
    ):
        store.record(answer)
    store.take_back(moment(3, day(30)), day(30))
    assert paces.outcomes(store, 9) == (
        Outcome(15, is_pass=True),
        Outcome(6, is_pass=True),
        Outcome(None, is_pass=False),
        Outcome(None, is_pass=True),
    )
    assert paces.outcomes(store, 1) == (Outcome(15, is_pass=True),)


@given(pasts())
@settings(deadline=None, max_examples=25)
def test_what_counts_is_the_same_to_the_database_as_to_the_study(past: Past) -> None:
    with TemporaryDirectory() as folder, open_history(Path(folder) / "history.db") as store:
        read(store, *{card.note.id: card.note for card in past.cards}.values())
        for answer in past.answers:
            store.record(answer)
        counted = schedule.counted(store.answers())
        firsts = {answer.card: answer for answer in reversed(counted)}
        passed = [answer for answer in counted if answer.grade >= sm2.LOWEST_PASSING_GRADE]
        later = [answer for answer in passed if answer is not firsts[answer.card]]
        with store.database.reading() as connection:
            rows = connection.execute(select(REVIEW.c.id).where(log.IS_COUNTED)).all()
        assert len(rows) == len(counted)
        assert len(paces.first_sight_durations(store, 999)) == len(firsts)
        assert len(paces.right_answer_durations(store, 999)) == len(later)
        introduced = {card for card, first in firsts.items() if first.study_day == TODAY}
        assert store.day_log(TODAY).introduced == introduced


def test_a_state_that_is_not_its_replay_is_found_and_put_right(store: Store) -> None:
    right = store.record(answers(APPEAL)).after
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE card SET interval_days = 99 WHERE note_id = 'appeal'")
    assert store.rebuild() == (APPEAL,)
    assert store.state(APPEAL) == right
    assert store.rebuild() == ()


def test_cards_put_right_are_named_by_note_and_ordinal_also_those_never_answered(
    path: Path,
) -> None:
    with open_history(path) as store:
        for names in (("eob",), ("eob", "audit"), ("eob", "audit", "appeal")):
            read(store, *(note(name, REVERSIBLE) for name in names))
        store.record(answers(AUDIT))
        before = store.states()
        with store.database.writing() as connection:
            connection.exec_driver_sql("UPDATE card SET lapses = 9")
            connection.exec_driver_sql("UPDATE card SET due_on = 'never' WHERE note_id = 'eob'")
        assert store.rebuild() == tuple(sorted(before))
        assert store.states() == before
        assert not store.odd_rows


# Switches and settings


def test_switches_stay_beside_the_fold(store: Store) -> None:
    store.set_suspended(APPEAL, True, moment())
    store.bury(APPEAL, TODAY, moment())
    store.pull(APPEAL, day(1), moment())
    switched = CardState(is_suspended=True, buried_on=TODAY, pulled_on=day(1))
    assert store.state(APPEAL) == switched
    assert store.record(answers(APPEAL)).after == schedule.review(switched, 4, TODAY)
    store.take_back(moment(1), TODAY)
    assert store.state(APPEAL) == switched
    store.set_suspended(APPEAL, False, moment())
    assert store.state(APPEAL) == replace(switched, is_suspended=False)


def test_the_last_word_of_a_switch_holds_also_by_a_clock_set_back(store: Store) -> None:
    store.set_suspended(APPEAL, True, moment(10))
    store.set_suspended(APPEAL, False, moment(3))
    assert not store.state(APPEAL).is_suspended
    store.bury(APPEAL, TODAY, moment(3))
    store.bury(APPEAL, day(1), moment(2))
    assert store.state(APPEAL).buried_on == day(1)


@pytest.mark.parametrize("uids", ["ab", "ba"])
def test_of_two_words_of_one_instant_the_one_of_the_higher_uid_holds(
    store: Store, uids: str
) -> None:
    """Two histories that become one may have such."""
    at_ms = round(moment().timestamp() * 1000)
    with store.database.writing() as connection:
        for uid in uids:
            for ordinal, name, value in (
                (1, "suspended", {"a": "true", "b": "false"}[uid]),
                (None, "remark", f'"{uid}"'),
            ):
                row = {"uid": f"{uid}/{name}", "note_id": "appeal", "ordinal": ordinal}
                row |= {"name": name, "value": value, "at_ms": at_ms}
                connection.execute(insert(SWITCH), row)
    store.bury(APPEAL, TODAY, moment(1))
    assert store.state(APPEAL) == CardState(is_suspended=False, buried_on=TODAY)
    assert store.remarks() == {"appeal": "b"}


def test_the_switches_are_a_log_of_which_the_card_holds_the_fold(store: Store) -> None:
    for is_suspended in (True, False, True):
        store.set_suspended(AUDIT, is_suspended, moment())
    with store.database.reading() as connection:
        logged = connection.execute(select(SWITCH).order_by(SWITCH.c.at_ms)).all()
    assert [(row.name, row.value) for row in logged] == [
        ("suspended", "true"),
        ("suspended", "false"),
        ("suspended", "true"),
    ]
    assert len({row.uid for row in logged}) == 3


def test_a_switch_says_nothing_of_another_note(store: Store) -> None:
    store.set_suspended(APPEAL, True, moment())
    store.bury(AUDIT, TODAY, moment(1))
    assert store.state(AUDIT) == CardState(buried_on=TODAY)
    assert store.state(APPEAL) == CardState(is_suspended=True)


def test_a_switch_keeps_its_instant_unless_the_same_one_was_set_later(store: Store) -> None:
    store.set_suspended(APPEAL, True, moment(9))  # another note
    store.set_suspended(CardId("eob", 1), True, moment(9))
    store.set_suspended(CardId("eob", 2), True, moment(3))  # another card
    store.bury(CardId("eob", 2), TODAY, moment(2))  # another switch
    store.bury(CardId("eob", 2), day(1), moment(1))
    noon = round(moment().timestamp() * 1000)
    with store.database.reading() as connection:
        query = select(SWITCH).where(SWITCH.c.ordinal == 2).order_by(SWITCH.c.at_ms.desc())
        logged = [(row.name, row.at_ms - noon) for row in connection.execute(query)]
    assert logged == [("suspended", 180_000), ("buried", 120_001), ("buried", 120_000)]


def test_remarks_are_asked_for_all_notes_or_some_and_are_no_other_switch(store: Store) -> None:
    store.keep_remark("appeal", "Ask the clearinghouse.", moment())
    store.keep_remark("audit", "p. 212", moment())
    store.set_suspended(APPEAL, True, moment(1))
    assert store.remarks() == {"appeal": "Ask the clearinghouse.", "audit": "p. 212"}
    assert store.state(APPEAL) == CardState(is_suspended=True)
    with store.database.reading() as connection:
        assert switches.remarks(connection, ["audit", "gone"]) == {"audit": "p. 212"}
        assert switches.remarks(connection, []) == {}


def test_a_remark_stays_with_its_note_until_it_is_taken_away(store: Store) -> None:
    store.keep_remark("appeal", "Ask the clearinghouse.", moment())
    store.keep_remark("audit", "p. 212", moment())
    store.keep_remark("audit", "p. 214", moment())
    assert store.remarks() == {"appeal": "Ask the clearinghouse.", "audit": "p. 214"}
    store.keep_remark("appeal", "", moment())
    assert store.remarks() == {"audit": "p. 214"}


def test_settings_are_kept(path: Path, store: Store) -> None:
    store.set_setting("new-cards", "20")
    store.set_setting("minutes", "45")
    store.set_setting("minutes", "30")
    with open_history(path) as later:
        assert later.settings() == Settings(new_cards=20, minutes=30)
    store.set_setting("minutes", "off")
    assert store.settings() == Settings(new_cards=20)


def test_what_a_setting_does_not_take_is_not_kept(store: Store) -> None:
    with pytest.raises(SettingError):
        store.set_setting("new-cards", "many")
    assert store.settings() == Settings()


def test_settings_of_a_later_version_are_left_alone(store: Store) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('exam-mood', '\"calm\"')")
    assert store.settings() == Settings()


def test_times_are_whole_milliseconds_of_utc_with_the_offset_beside_them(store: Store) -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    at = datetime(2026, 12, 1, 5, 45, 0, 7_000, tzinfo=kathmandu)
    store.record(replace(answers(APPEAL), reviewed_at=at))
    with store.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT reviewed_at_ms, utc_offset_minutes, study_day FROM review"
        ).one()
    midnight = datetime(2026, 12, 1, tzinfo=UTC)
    assert row == (int(midnight.timestamp()) * 1000 + 7, 345, "2026-12-01")
