"""A plan: the days until the exam, worked out with the queue that review uses; nothing stored."""

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import groupby
from itertools import takewhile

from cmom_srs.study.blueprint import Profile
from cmom_srs.study.day import forecast
from cmom_srs.study.day.failures import FailureShares
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.plan import exams
from cmom_srs.study.plan import fit
from cmom_srs.study.plan.exams import ExamSat
from cmom_srs.study.plan.exams import PlannedExam
from cmom_srs.study.plan.fit import Fit
from cmom_srs.study.plan.fit import Work
from cmom_srs.study.plan.goal import Goal
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState

LOOKUP_MINUTES = 10  # ten topics
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner stands on a study day, which `log` is the answers of.

    `states_at_start` are those of the day on which the plan began, before its answers;
    `answered_seconds` those answered from that day on and before today; `sat` the exams sat since.
    """

    states: Mapping[CardId, CardState]
    cards: Collection[Card]
    log: DayLog
    states_at_start: Mapping[CardId, CardState]
    answered_seconds: float
    sat: tuple[ExamSat, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a plan, the first of them perhaps begun; its exams and rounds of look-ups.

    `new` counts new cards by domain, `reviews` first answers to seen ones; `seconds` in all.
    """

    first_on: date
    new: Mapping[str, int]
    reviews: int
    seconds: float
    study_days: int
    exams: tuple[PlannedExam, ...]
    has_lookups: bool

    @property
    def minutes_a_day(self) -> float:
        """On the days on which the learner studies."""
        return self.seconds / 60 / self.study_days if self.study_days else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """The way to an exam, as it looks today.

    `new_today` counts what was introduced today too; `left_out` by domain the cards that would be
    unseen on exam day; `days_behind` the study days by which the learner is behind the plan as it
    was when it began.
    """

    goal: Goal
    days_left: int
    study_days_left: int
    cards: int
    unseen: int
    new_today: int
    all_seen_on: date | None
    rehearsal_on: date | None
    kept_back: int
    fit: Fit | None
    left_out: Mapping[str, int]
    days_behind: int
    weeks: tuple[Week, ...]
    exams: tuple[PlannedExam, ...]

    @property
    def seconds(self) -> float:
        """What the cards take from today to the eve of the exam."""
        return sum(week.seconds for week in self.weeks)

    @property
    def seconds_beside(self) -> float:
        """What the exams and look-ups take beside them."""
        minutes = sum(exam.minutes for exam in self.exams)
        return 60 * (minutes + LOOKUP_MINUTES * sum(week.has_lookups for week in self.weeks))


def make(
    standing: Standing,
    goal: Goal,
    today: date,
    limits: Limits,
    shares: FailureShares,
    profile: Profile,
) -> Plan:
    """The plan of a goal whose exam is ahead; `limits` are those of its day, and bounded by it."""
    cards = _active(standing)
    days = _days(standing.states, cards, standing.log, today, limits, shares)
    domain_of = {card.id: card.note.domain for card in cards}
    to_sit = exams.still_to_sit(exams.planned_exams(goal, profile), standing.sat, today)
    unseen = [card.id for card in cards if _is_new(standing.states, card.id)]
    introduced = {card for day in days for card in day.introduced}
    left_out = Counter(domain_of[card] for card in unseen if card not in introduced)
    return Plan(
        goal=goal,
        days_left=(goal.exam_on - today).days,
        study_days_left=goal.study_days_from(today),
        cards=len(cards),
        unseen=len(unseen),
        new_today=days[0].new + len(standing.log.introduced),
        all_seen_on=forecast.all_seen_on(days),
        rehearsal_on=limits.kept_back.until,
        kept_back=sum(limits.kept_back.holds(card.note_id, today) for card in unseen),
        fit=fit.judge(Work(len(cards), standing.answered_seconds), goal, today, limits),
        left_out={key: left_out[key] for key in profile.weights if left_out[key]},
        days_behind=days_behind(standing, goal, today, limits, shares),
        weeks=_weeks(days, goal, domain_of, to_sit, tuple(profile.weights)),
        exams=to_sit,
    )


def days_behind(
    standing: Standing, goal: Goal, today: date, limits: Limits, shares: FailureShares
) -> int:
    """By how many study days fewer cards are seen than the plan had them seen; 0 if none.

    The plan as it was when it began: the same queue, from the states of that day on, at the
    learner's present paces.
    """
    began = _days(
        standing.states_at_start, _active(standing), DayLog(), goal.start_on, limits, shares
    )
    planned = [day for day in began if day.day < today]
    unseen = len(standing.log.introduced) + sum(
        _is_new(standing.states, card.id) for card in _active(standing)
    )
    too_far = [day for day in planned if day.unseen < unseen]
    return sum(goal.on_or_before(day.day) == day.day for day in too_far)


def _active(standing: Standing) -> list[Card]:
    states = standing.states
    return [card for card in standing.cards if not states.get(card.id, NEVER_ANSWERED).is_suspended]


def _is_new(states: Mapping[CardId, CardState], card: CardId) -> bool:
    return states.get(card, NEVER_ANSWERED).is_new


def _days(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    first_on: date,
    limits: Limits,
    shares: FailureShares,
) -> tuple[DayAhead, ...]:
    """The days from one on to the eve of the exam."""
    exam_on = limits.horizon.exam_on
    run = forecast.run(states, cards, log, first_on, limits, shares)
    return tuple(takewhile(lambda day: exam_on is not None and day.day < exam_on, run))


def _weeks(
    days: Sequence[DayAhead],
    goal: Goal,
    domain_of: Mapping[CardId, str],
    planned: Iterable[PlannedExam],
    domains: Sequence[str],
) -> tuple[Week, ...]:
    """The days by weeks, which are counted from the day on which the plan began."""
    planned = tuple(planned)

    def number(day: date) -> int:
        return (day - goal.start_on).days // _WEEK_DAYS

    weeks = []
    for week, of_week in groupby(days, key=lambda day: number(day.day)):
        present = tuple(of_week)
        new = Counter(domain_of[card] for day in present for card in day.introduced)
        end = present[-1].day + timedelta(days=1)
        weeks.append(
            Week(
                first_on=present[0].day,
                new={domain: new[domain] for domain in domains},
                reviews=sum(day.due for day in present),
                seconds=sum(day.seconds for day in present),
                study_days=goal.study_days_from(present[0].day) - goal.study_days_from(end),
                exams=tuple(exam for exam in planned if number(exam.on) == week),
                has_lookups=week > 0,
            )
        )
    return tuple(weeks)
