"""Whatever a learner does, the stored states are the replay of the log, bit for bit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study import schedule
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind

MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CARDS = (CardId("appeal", 1), CardId("appeal", 2), CardId("audit", 1))
NOTES = (
    Note("appeal", "billing", "claims", "Claims", 0, Basic("Q?", "A", True), "Manual, p. 1"),
    Note("audit", "billing", "claims", "Claims", 1, Basic("Q?", "A"), "Manual, p. 2"),
)


@dataclass(frozen=True)
class Answer:
    card: CardId
    grade: int
    kind: ReviewKind


@dataclass(frozen=True)
class Wait:
    """Time goes on; less than nothing is a clock set back."""

    minutes: int


@dataclass(frozen=True)
class Switch:
    card: CardId
    name: str


class Undo:
    def __repr__(self) -> str:
        return "Undo()"


Act = Answer | Wait | Switch | Undo

answers = st.builds(
    Answer, st.sampled_from(CARDS), st.integers(0, 5), st.sampled_from(list(ReviewKind))
)
acts = st.lists(
    st.one_of(
        answers,
        answers,
        st.builds(Wait, st.integers(-3, 60 * 24 * 12)),
        st.builds(Switch, st.sampled_from(CARDS), st.sampled_from(["suspend", "bury", "pull"])),
        st.builds(Undo),
    ),
    max_size=14,
)


def play(store: Store, acts: list[Act], now: datetime) -> datetime:
    for act in acts:
        today = schedule.study_day(now, last_logged=store.last_study_day())
        match act:
            case Answer(card, grade, kind):
                store.record(Review(card, now, today, kind, grade, 9_000))
            case Wait(minutes):
                now += timedelta(minutes=minutes)
            case Switch(card, "suspend"):
                store.set_suspended(card, not store.state(card).is_suspended, now)
            case Switch(card, "bury"):
                store.bury(card, today, now)
            case Switch(card):
                store.pull(card, today, now)
            case Undo():
                store.take_back(now, today)
    return now


def replayed(store: Store) -> dict[CardId, CardState]:
    """Every card's log, read back and folded here; the switches as they are stored."""
    stored = store.states()
    folds = {card: schedule.replay(store.answers_of(card)) for card in stored}
    return {
        card: CardState(
            memory=fold.memory,
            due_on=fold.due_on,
            lapses=fold.lapses,
            last_reviewed_on=fold.last_reviewed_on,
            is_suspended=stored[card].is_suspended,
            buried_on=stored[card].buried_on,
            pulled_on=stored[card].pulled_on,
        )
        for card, fold in folds.items()
    }


def fresh_history() -> Iterator[Store]:
    with (
        TemporaryDirectory() as folder,
        open_history(Path(folder) / "history.db") as store,
    ):
        sync(store, DecksRead(NOTES), date(2026, 12, 1))
        yield store


@given(acts)
@settings(deadline=None, max_examples=50)
def test_every_stored_state_is_the_replay_of_its_log(acts: list[Act]) -> None:
    for store in fresh_history():
        play(store, acts, MORNING)
        assert store.states() == replayed(store)
        assert store.rebuild() == ()


@given(acts, st.lists(answers, min_size=1, max_size=5), st.integers(0, 3000))
@settings(deadline=None, max_examples=30)
def test_taking_back_all_new_answers_brings_every_state_back(
    acts: list[Act], new: list[Answer], minutes: int
) -> None:
    for store in fresh_history():
        now = play(store, acts, MORNING)
        before = store.states(), store.answers()
        steps: list[Act] = [step for answer in new for step in (answer, Wait(minutes))]
        known = {answer.uid for answer in before[1]}
        now = play(store, steps, now)
        for answer in store.answers():
            if answer.uid not in known:
                store.take_back(now, now.date(), answer.uid)
        assert (store.states(), store.answers()) == before


@given(acts)
@settings(deadline=None, max_examples=20)
def test_an_answer_reports_the_states_before_and_after_it(acts: list[Act]) -> None:
    for store in fresh_history():
        now = play(store, acts, MORNING)
        before = store.state(CARDS[0])
        answer = Review(CARDS[0], now, now.date(), ReviewKind.SCHEDULED, 4)
        recorded = store.record(answer)
        assert recorded.before == before
        assert recorded.after == store.state(CARDS[0])
        assert store.answers_of(CARDS[0]).count(recorded.review) == 1
