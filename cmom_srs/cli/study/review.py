"""`cmom review`: one session, from the options to the last line."""

import itertools
import os
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta

import click

from cmom_srs.cli import clock
from cmom_srs.cli import editor
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.look.card import fact_lines
from cmom_srs.cli.options import chosen_notes
from cmom_srs.cli.output import say
from cmom_srs.cli.output import tell
from cmom_srs.errors import HistoryError
from cmom_srs.history.log import UnknownCardError
from cmom_srs.study import lookups
from cmom_srs.study import schedule
from cmom_srs.study.day import forecast
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day import undo
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.stats import days
from cmom_srs.study.wording import count_of
from cmom_srs.terminal.review import ReviewEnd
from cmom_srs.terminal.review import run_review


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """What `cmom review` was asked for."""

    domain_names: Sequence[str] = ()
    deck_names: Sequence[str] = ()
    tag_names: Sequence[str] = ()
    new_cards: int | None = None
    limit: int | None = None
    minutes: float | None = None
    is_ahead: bool = False
    is_cram: bool = False
    is_plain: bool = False


def run(options: ReviewOptions) -> None:
    """One sitting. Raises click.Abort when Ctrl-C ended it."""
    with learning() as learner:
        learner.store.require_writable()
        session = _start(learner, options)
        if sessions.current(session) is None:
            say(_nothing_left(learner, session))
            return
        if hint := _backlog_hint(learner, session, options):
            tell(hint)
        end = _hold(learner, session, options.is_plain)
    if end.is_interrupted:
        raise click.Abort


def _hold(learner: Learner, session: Session, is_plain: bool) -> ReviewEnd:
    is_first = learner.store.last_study_day() is None
    surroundings = _LearnersSurroundings(learner, lookups.pages(learner.lookups()))
    try:
        end = run_review(session, surroundings, is_plain=is_plain, is_first=is_first)
    except HistoryError:
        saved = count_of(surroundings.recorded, "answer")
        tell(f"{saved} saved in this session; the last one was not.")
        raise
    if is_first and not end.is_closed:
        say(f"Your history is kept in {learner.places.history.path}")
    return end


def _start(learner: Learner, options: ReviewOptions) -> Session:
    only = chosen_notes(
        learner.notes.values(), options.domain_names, options.deck_names, options.tag_names
    )
    limits = replace(
        learner.limits(),
        asked_new_cards=options.new_cards,
        answers=options.limit,
        is_ahead=options.is_ahead,
        only=only,
    )
    if options.minutes is not None:
        # Minutes of one sitting make no plan with minutes (schedule, rule 3).
        bounds_session = limits.minutes is None
        limits = replace(limits, minutes=options.minutes, bounds_session=bounds_session)
    if options.is_cram:
        return sessions.start_cram(
            learner.states, learner.cards.values(), learner.log(), learner.today, limits
        )
    session = learner.sitting(limits)
    # The setting counts the day's answers, the option those of this sitting.
    return session if options.minutes is None else replace(session, used_ms=0)


def _nothing_left(learner: Learner, session: Session) -> str:
    if sessions.is_out_of_time(session):
        left = sessions.counts(session).total
        return (
            f"Today's {session.limits.minutes:g} minutes are used; {left} cards stay for tomorrow. "
            "To go on now: cmom review --minutes 10"
        )
    again = schedule.next_rollover(learner.now, learner.settings.rollover_hour)
    return f"Nothing is due. The next study day begins {again:%A} at {again:%H:%M}."


def _backlog_hint(learner: Learner, session: Session, options: ReviewOptions) -> str | None:
    """Said once, when more than twice the usual day is due and no minutes bound the sitting."""
    if session.limits.minutes is not None or options.limit is not None or options.is_cram:
        return None
    since = learner.today - timedelta(days=days.USUAL_OVER_DAYS)
    usual = days.usual_day(learner.store.answers(since), learner.today)
    due = sessions.counts(session).due
    if usual is None or due <= 2 * usual:
        return None
    return (
        f"{due} cards are due, your usual day is {usual:.0f}. `cmom review --minutes 20 --new 0` "
        "takes the most overdue first; the rest waits without a penalty."
    )


@dataclass(slots=True)
class _LearnersSurroundings:
    """What the screen needs of decks, history and clock; it counts what is on disk."""

    learner: Learner
    pages: Mapping[str, str]
    recorded: int = 0

    def card(self, card: CardId) -> Card | None:
        return self.learner.cards.get(card)

    def title(self, card: Card) -> tuple[str, str]:
        return self.learner.domain_title(card.note.domain), card.note.deck_title

    def record(self, review: Review) -> Recorded | None:
        try:
            recorded = self.learner.store.record(review)
        except UnknownCardError:
            return None
        self.recorded += 1
        if recorded.review.card != review.card:
            self.learner.reload()
        return recorded

    def newest_answer(self) -> Review | None:
        return self.learner.store.newest()

    def take_back(self, session: Session, uid: str) -> tuple[Session, Review] | None:
        learner = self.learner
        taken_back = learner.store.take_back(clock.now(), learner.today, uid)
        if taken_back is None:
            return None
        learner.reload()
        restarted = undo.restart(
            session, learner.states, learner.cards.values(), learner.log(), taken_back
        )
        return restarted, taken_back

    def suspend(self, card: CardId) -> CardState:
        self.learner.store.set_suspended(card, is_suspended=True, at=clock.now())
        return self.learner.store.state(card)

    def bury(self, card: CardId) -> CardState:
        self.learner.store.bury(card, self.learner.today, clock.now())
        return self.learner.store.state(card)

    def remark(self, card: CardId) -> str:
        return self.learner.store.remark(card.note_id)

    def keep_remark(self, card: CardId, text: str) -> None:
        self.learner.store.keep_remark(card.note_id, text, clock.now())

    def manual_page(self, card: Card) -> str | None:
        return lookups.page_of(card.note.manual, self.pages)

    def info(self, card: CardId) -> str:
        learner = self.learner
        facts = fact_lines(
            learner.notes[card.note_id],
            learner.store.state(card),
            learner.store.answers_of(card),
            lookups.page_of(learner.notes[card.note_id].manual, self.pages),
            learner.today,
        )
        # The whole path would break over several lines.
        place = self.place(card).removeprefix(f"{learner.places.decks.path}{os.sep}")
        return "\n".join((f"{card}  {place}", *facts))

    def place(self, card: CardId) -> str:
        found = editor.place(self.learner, card.note_id)
        return f"{found[0]}, line {found[1]}" if found else ""

    def edit(self, card: CardId) -> str:
        return editor.edit(self.learner, card.note_id)

    def tomorrow(self, session: Session) -> DayAhead:
        learner = self.learner
        days = forecast.run(
            session.states, learner.cards.values(), learner.log(), learner.today, learner.limits()
        )
        return next(itertools.islice(days, 1, None))

    def now(self) -> datetime:
        return clock.now()

    def elapsed(self) -> float:
        return clock.elapsed()
