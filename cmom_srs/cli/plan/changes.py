"""What `cmom plan` was asked to change, as settings; what makes no plan is refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Any

import click

from cmom_srs.cli.dates import read_date
from cmom_srs.errors import CmomError
from cmom_srs.history.settings import Settings
from cmom_srs.study import wording
from cmom_srs.study.day import weekdays

_EARLIEST_DAYS = 2
_LATEST_DAYS = 2 * 365
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST_LETTERS = 3


class NoExamDateError(CmomError):
    """Something that only a plan with a date has."""

    def __init__(self) -> None:
        super().__init__(
            "There is no exam date, so there is no plan.",
            'Set one: cmom plan --exam "in 8 weeks" --minutes 30',
        )


class ExamAheadError(CmomError):
    """A result of an exam that is still ahead."""

    def __init__(self, exam_on: date) -> None:
        super().__init__(
            f"The exam is on {wording.long_date(exam_on)}: how it went is known after it.",
            "If that is not the date: cmom plan --exam DATE",
        )


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What `cmom plan` was asked for; None and False: to leave as it is."""

    exam: str | None = None
    minutes: int | None = None
    days: str | None = None
    wants_rehearsal: bool | None = None
    result: str | None = None
    is_clearing: bool = False

    @property
    def are_given(self) -> bool:
        """Whether any of them was given."""
        return self != PlanOptions()


def to_settings(options: PlanOptions, settings: Settings, today: date) -> Mapping[str, Any]:
    """The settings that the options change, by name.

    Wrong usage (exit 2) for what is no date or no list of weekdays, and for options that exclude
    each other; NoExamDateError and ExamAheadError for what the present plan cannot take.
    """
    if options.is_clearing:
        if options != PlanOptions(is_clearing=True):
            raise click.UsageError("--clear forgets the plan: it takes no other option")
        return dict.fromkeys(("exam-date", "plan-start", "minutes", "exam-result"))
    changes: dict[str, Any] = {}
    if options.exam is not None:
        changes |= _exam(options.exam, settings, today)
    if options.result is not None:
        changes |= _result(options.result, settings, today)
    if options.minutes is not None:
        changes["minutes"] = options.minutes
    if options.days is not None:
        changes["study-days"] = _weekdays(options.days)
    if options.wants_rehearsal is not None:
        changes["rehearsal"] = options.wants_rehearsal
    if settings.exam_date is None and options.exam is None:
        raise NoExamDateError
    return changes


def _exam(typed: str, settings: Settings, today: date) -> dict[str, Any]:
    """A date; the plan begins today, unless one is on its way already."""
    exam_on = read_date(typed, today)
    if exam_on is None:
        raise click.BadParameter(
            f'{typed!r} is no day. Type it as 2027-02-01, "Feb 1" or "in 8 weeks".',
            param_hint="'--exam'",
        )
    _require_ahead(exam_on, today)
    is_on_its_way = settings.exam_date is not None and settings.exam_date > today
    start_on = settings.plan_start if is_on_its_way else None
    return {"exam-date": exam_on, "plan-start": start_on or today, "exam-result": None}


def _require_ahead(exam_on: date, today: date) -> None:
    said = wording.long_date(exam_on)
    if exam_on < today:
        sentence = f"{said}, is past. For the next one name its year."
    elif exam_on < today + timedelta(days=_EARLIEST_DAYS):
        when = "today" if exam_on == today else "tomorrow"
        sentence = f"{said}, is {when}: too late for a plan. What is due: cmom review"
    elif exam_on > today + timedelta(days=_LATEST_DAYS):
        sentence = f"{said}, is more than two years ahead. A plan takes two years at most."
    else:
        return
    raise click.BadParameter(sentence, param_hint="'--exam'")


def _result(result: str, settings: Settings, today: date) -> dict[str, Any]:
    if settings.exam_date is None:
        raise NoExamDateError
    if settings.exam_date > today:
        raise ExamAheadError(settings.exam_date)
    return {"exam-result": result}


def _weekdays(typed: str) -> tuple[str, ...]:
    """Some of weekdays.NAMES, in their order; a name may be written out, or cut short."""
    if typed.strip().lower() == "all":
        return weekdays.NAMES
    words = [word.strip().rstrip(".").lower() for word in typed.split(",")]
    chosen = {word[:_FEWEST_LETTERS] for word in words if _is_weekday(word)}
    if len(chosen) != len(set(words)) or not chosen:
        raise click.BadParameter(
            f"{typed!r} names no weekdays. Type them as mon,wed,sat, or all.", param_hint="'--days'"
        )
    return tuple(name for name in weekdays.NAMES if name in chosen)


def _is_weekday(word: str) -> bool:
    return len(word) >= _FEWEST_LETTERS and any(day.startswith(word) for day in _WEEKDAYS)
