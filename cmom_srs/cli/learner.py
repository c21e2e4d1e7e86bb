"""What every studying command begins with: the history, synced with the decks, on a study day."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING

from cmom_srs.cli import clock
from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.options import chosen_notes
from cmom_srs.cli.output import tell
from cmom_srs.cli.places import Places
from cmom_srs.cli.sync_decks import sync_decks
from cmom_srs.cli.sync_decks import sync_if_changed
from cmom_srs.errors import CmomError
from cmom_srs.errors import Severity
from cmom_srs.history import paces
from cmom_srs.history.exam.endings import has_open_exam
from cmom_srs.history.odd_rows import OddNoteError
from cmom_srs.history.settings import Settings
from cmom_srs.history.store import Store
from cmom_srs.history.store import StoredNote
from cmom_srs.history.store import open_history
from cmom_srs.printable import printable
from cmom_srs.study import notes as study_notes
from cmom_srs.study import schedule
from cmom_srs.study import wording
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.day import failures
from cmom_srs.study.day import forecast
from cmom_srs.study.day import limits as bounds
from cmom_srs.study.day import session
from cmom_srs.study.day.failures import FailureShares
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Review
from cmom_srs.study.stats import overview
from cmom_srs.study.stats.overview import Overview

if TYPE_CHECKING:
    from cmom_srs.study.lookups import Lookup
    from cmom_srs.study.plan.goal import Goal

_DURATIONS_FOR_A_PACE = 200
_OUTCOMES_FOR_A_SHARE = 1000
FORECAST_DAYS = 7
_MOST_ODD_ROWS = 5


class NoSuchCardError(CmomError):
    """A card or note that no deck has and no deck had."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no card {name!r}.", "Find its name with: cmom search WORDS")


@dataclass(slots=True)
class Learner:
    """A learner's cards and history on one study day.

    `today` is fixed when the command begins. `cards` and `states` are those that are not
    retired; `reload` reads them again after something else wrote.
    """

    now: datetime
    today: date
    places: Places
    store: Store
    settings: Settings
    blueprint: Blueprint | None
    notes: Mapping[str, Note] = field(default_factory=dict)
    cards: Mapping[CardId, Card] = field(default_factory=dict)
    states: Mapping[CardId, CardState] = field(default_factory=dict)

    def reload(self) -> None:
        """Reads notes and states from the history."""
        self.notes = {note.id: note for note in self.store.notes()}
        self.states = self.store.states()
        self.cards = {
            card.id: card
            for note in self.notes.values()
            for card in study_notes.cards(note)
            if card.id in self.states
        }

    def sync_again(self) -> str:
        """Takes in what an editor wrote; one line that says what came of it."""
        synced = sync_decks(self.store, self.places.decks.path, self.today)
        self.reload()
        errors = [
            problem for problem in synced.decks.problems if problem.severity is Severity.ERROR
        ]
        if errors:
            first = errors[0]
            return f"{first.path}:{first.line}: {first.message}. The old words stay for now."
        return f"{len(synced.report.changed)} changed, {len(synced.report.added)} new."

    def log(self) -> DayLog:
        """What was answered today."""
        return self.store.day_log(self.today)

    def lookups(self) -> "tuple[Lookup, ...]":
        """All look-ups in the manual, in order of time."""
        from cmom_srs.history.exam import lookups

        return lookups.read_all(self.store)

    def overview(self) -> Overview:
        """Answers of today and of 30 days, and progress by domain."""
        answers = self.store.answers(overview.period_start(self.today))
        return overview.overview(
            answers, self.states, self.cards.values(), self.today, self.domains()
        )

    def limits(self) -> Limits:
        """The bounds of the day by the settings, the exam ahead and the blueprint's weights."""
        first_sights = paces.first_sight_durations(self.store, _DURATIONS_FOR_A_PACE)
        right_answers = paces.right_answer_durations(self.store, _DURATIONS_FOR_A_PACE)
        limits = Limits(
            new_cards=0 if self.settings.exam_result == "passed" else self.settings.new_cards,
            minutes=self.settings.minutes,
            first_sight_seconds=bounds.pace_seconds(first_sights, bounds.FIRST_SIGHT_SECONDS),
            right_answer_seconds=bounds.pace_seconds(right_answers, bounds.RIGHT_ANSWER_SECONDS),
            horizon=Horizon(longest_days=self.settings.longest_wait),
            study_days=self.settings.study_days,
            weights=self.blueprint.profile().weights if self.blueprint else {},
            repeat_below=self.settings.repeat_below,
        )
        goal = self.goal()
        if goal is None:
            return limits
        from cmom_srs.cli.plan import goal as goals

        return goals.bounded(limits, goal, self)

    def goal(self) -> "Goal | None":
        """The exam ahead, and what the learner gives for it; None without one."""
        if self.settings.exam_date is None:
            return None
        from cmom_srs.cli.plan import goal as goals

        return goals.goal_of(self.settings, self.today)

    def failure_shares(self) -> FailureShares:
        """How often the learner's answers fail: what a forecast reckons with."""
        return failures.shares_of(paces.outcomes(self.store, _OUTCOMES_FOR_A_SHARE))

    def session(
        self,
        domains: Iterable[str] = (),
        decks: Iterable[str] = (),
        tags: Iterable[str] = (),
    ) -> Session:
        """Today's sitting as `review` would begin it, over the cards that a filter chooses."""
        only = chosen_notes(self.notes.values(), domains, decks, tags)
        return self.sitting(replace(self.limits(), only=only))

    def sitting(self, limits: Limits) -> Session:
        """A sitting of today; the minutes of the setting count what was answered before it."""
        log = self.log()
        used_ms = sum(answer.duration_ms for answer in log.answers)
        return session.start(self.states, self.cards.values(), log, self.today, limits, used_ms)

    def run_ahead(self) -> Iterator[DayAhead]:
        """Today and one study day after the other, each worked out when it is asked for."""
        cards, shares = self.cards.values(), self.failure_shares()
        return forecast.run(self.states, cards, self.log(), self.today, self.limits(), shares)

    def days_ahead(self) -> tuple[DayAhead, ...]:
        """Today, the seven study days after it, and on until all cards are seen."""
        return forecast.look_ahead(self.run_ahead(), FORECAST_DAYS + 1)

    def domain_title(self, domain: str) -> str:
        """A domain's title, or its key when the blueprint does not know it."""
        return printable(self.blueprint.title_of(domain) if self.blueprint else domain)

    def domains(self) -> tuple[str, ...]:
        """The keys of the domains that have cards, in the blueprint's order."""
        found = {card.note.domain for card in self.cards.values()}
        listed = [domain.key for domain in self.blueprint.domains] if self.blueprint else []
        return (*(key for key in listed if key in found), *sorted(found.difference(listed)))

    def date_words(self, day: date) -> str:
        """A date in words; its year only if it is not the present one."""
        return wording.date_of_year(day, self.today)

    def card_words(self, card: CardId) -> str:
        """What people know a card by: the first words that it asks, else its name."""
        stored = self.store.note(card.note_id)
        if stored is None:
            return str(card)
        return f'"{wording.beginning_of_card(Card(stored.note, card.ordinal))}"'

    def review_words(self, review: Review) -> str:
        """An answer as people know it: `Good for "Who pays?" (fact/1) of Tuesday, December 1`."""
        name, day = wording.grade_name(review.grade), self.date_words(review.study_day)
        return f"{name} for {self.card_words(review.card)} ({review.card}) of {day}"

    def find_card(self, name: str) -> CardId:
        """The card that a learner named; a note id alone is its first card, a former id counts.

        Raises NoSuchCardError.
        """
        return self.find_note(name)[0]

    def find_note(self, name: str) -> tuple[CardId, StoredNote]:
        """The card that a learner named, and its note, retired or not. Raises NoSuchCardError."""
        card = study_notes.parse_card_id(name)
        stored = self.store.note(card.note_id) if card else None
        if card is None or stored is None:
            raise NoSuchCardError(name)
        has_ordinal = "/" in name
        ordinals = study_notes.ordinals(stored.note.body)
        found = CardId(stored.note.id, card.ordinal if has_ordinal else ordinals[0])
        if found.ordinal not in ordinals:
            raise NoSuchCardError(name)
        return found, stored


def open_at(where: Places) -> Store:
    """The learner's history. Only the system's own place for it is ever made."""
    history = where.history
    with progress_bar.shown() as watch:
        return open_history(history.path, is_default_place=history.is_default, watch=watch)


@contextmanager
def learning() -> Iterator[Learner]:
    """The learner, with the decks synced into the history as far as they are right.

    What is wrong with the decks is said on stderr and keeps its old content.
    """
    now = clock.now()
    where = places.find()
    with open_at(where) as store:
        settings = store.settings()
        today = study_day(now, settings, store)
        blueprint = sync_if_changed(store, where.decks.path, today)
        _end_overdue_exams(store, now, settings)
        learner = Learner(now, today, where, store, settings, blueprint)
        learner.reload()
        told = _tell_odd_rows(store)
        if not store.is_read_only and _has_odd_note(store):
            sync_decks(store, where.decks.path, today)  # the decks have the right words
            learner.reload()
        yield learner
        _tell_odd_rows(store, told)


def _end_overdue_exams(store: Store, now: datetime, settings: Settings) -> None:
    """An exam whose time ran out while nobody sat at it ends when the history is next opened."""
    if store.is_read_only or not has_open_exam(store):
        return
    from cmom_srs.history.exam import exams

    for exam in exams.close_overdue(store, now, settings.rollover_hour):
        tell(f"cmom: the time of exam {exam.number} is over: cmom exam show {exam.number}")


def _has_odd_note(store: Store) -> bool:
    return any(isinstance(odd, OddNoteError) for odd in store.odd_rows.values())


def _tell_odd_rows(store: Store, told: Collection[str] = ()) -> tuple[str, ...]:
    """Says which rows were left out, but for those told before; all that were told by now."""
    odd = [row for row in store.odd_rows if row not in told]
    for row in odd[:_MOST_ODD_ROWS]:
        tell(f"cmom: in the history, {row}; it is left out.")
    if len(odd) > _MOST_ODD_ROWS:
        tell(f"cmom: and {len(odd) - _MOST_ODD_ROWS} more such rows.")
    return (*told, *odd)


def study_day(now: datetime, settings: Settings, store: Store) -> date:
    """The study day of an instant; that the log is of later days is said on stderr."""
    last_logged = store.last_study_day()
    today = schedule.study_day(now, settings.rollover_hour, last_logged)
    if schedule.is_clock_behind(today, last_logged):
        tell(
            f"cmom: the last answer is dated {last_logged}, later than today, {today}: the clock "
            "was or is wrong. Going on with today."
        )
    return today
