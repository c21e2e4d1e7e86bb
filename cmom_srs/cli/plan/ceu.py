"""`cmom ceu`: the continuing education that keeps the credential, noted, removed, summed up."""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import click

from cmom_srs.cli import clock
from cmom_srs.cli.dates import read_date
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import labeled
from cmom_srs.cli.output import say
from cmom_srs.cli.output import show
from cmom_srs.cli.output import text_width
from cmom_srs.history import ceus
from cmom_srs.history.ceus import UnknownCeuError
from cmom_srs.printable import printable
from cmom_srs.study import renewal as renewals
from cmom_srs.study import wording
from cmom_srs.study.blueprint import STUDY_GUIDE_RENEWAL
from cmom_srs.study.blueprint import Renewal
from cmom_srs.study.renewal import Ceu
from cmom_srs.study.renewal import Earned
from cmom_srs.study.renewal import Period

_FIRST_DAY = date(1970, 1, 1)
_LONGEST_TITLE = 200
_MOST_UNITS = 100
_UNITS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?|\.[0-9]{1,2}")


def show_earned(year: int | None) -> None:
    """What was earned in the present period, or in the last one that ended in a year."""
    with learning() as learner:
        renewal, renews_on = _renewal(learner), learner.settings.renewal_on
        if year is None:
            period = renewals.present_period(renewal, renews_on, _today(learner))
        else:
            period = renewals.period_by(renewal, renews_on, year)
        show(_earned(learner, period), _shape, partial(_lines, renewal))


def add(words: Sequence[str], units: str, on: str | None) -> None:
    """Notes what was typed, and says what the period comes to now.

    Wrong usage (exit 2) for a title, units or a day that are none.
    """
    ceu = Ceu(_title(words), _hundredths(units.strip()), _day(on, clock.now().date()))
    with learning() as learner:
        learner.store.require_writable()
        noted = ceus.append(learner.store, ceu, learner.now)
        say(_wrapped(f"Noted as {_words(noted)}."))
        _say_total(learner, noted)


def remove(name: str, is_sure: bool) -> None:
    """Removes what has that number or uid, if that is meant. Raises UnknownCeuError."""
    with learning() as learner:
        learner.store.require_writable()
        ceu = _find(learner, name.strip())
        question = printable(f"Remove {_words(ceu)}?")
        if not is_sure and not click.confirm(question, default=False, err=True):
            return
        ceus.remove(learner.store, ceu, learner.now)
        say(_wrapped(f"Removed {_words(ceu)}."))
        _say_total(learner, ceu)


def _find(learner: Learner, name: str) -> Ceu:
    for ceu in ceus.read_all(learner.store):
        if name in (str(ceu.number), ceu.uid):
            return ceu
    raise UnknownCeuError(name)


def _renewal(learner: Learner) -> Renewal:
    return learner.blueprint.renewal if learner.blueprint else STUDY_GUIDE_RENEWAL


def _today(learner: Learner) -> date:
    """The calendar's day: a webinar at night is no part of the study day before."""
    return learner.now.date()


def _earned(learner: Learner, period: Period) -> Earned:
    known = ceus.read_all(learner.store)
    return renewals.earned(known, _renewal(learner), period, _today(learner))


def _say_total(learner: Learner, ceu: Ceu) -> None:
    """What the period comes to that the day of one counts in."""
    period = renewals.period_with(
        _renewal(learner), learner.settings.renewal_on, _today(learner), ceu.earned_on
    )
    earned = _earned(learner, period)
    if earned.days_left is None:
        say(_wrapped(f"That is in the time {_period_words(period)}:"))
    say(_wrapped(_total(earned)))


# What was typed


def _title(words: Sequence[str]) -> str:
    title = " ".join(" ".join(words).split())
    fault = ""
    if not title:
        fault = "say what it was"
    elif len(title) > _LONGEST_TITLE:
        fault = f"a title has at most {_LONGEST_TITLE} characters; this one has {len(title):,}"
    elif printable(title) != title:
        fault = "a title cannot hold invisible control characters"
    if fault:
        raise click.BadParameter(fault, param_hint="'TITLE'")
    return title


def _hundredths(typed: str) -> int:
    hundredths = int(100 * Decimal(typed)) if _UNITS.fullmatch(typed) else 0
    if not 1 <= hundredths <= 100 * _MOST_UNITS:
        takes = f"it takes a number from 0.01 to {_MOST_UNITS}, with two decimals at most"
        raise click.BadParameter(takes, param_hint="'--units'")
    return hundredths


def _day(typed: str | None, today: date) -> date:
    if typed is None:
        return today
    day = read_date(typed, today, is_past=True)
    if day is None:
        fault = f'{typed!r} is no day. Type it as 2026-11-03 or "Nov 3".'
        raise click.BadParameter(fault, param_hint="'--on'")
    if not _FIRST_DAY <= day <= today:
        fault = "has not come yet" if day > today else "is before 1970"
        raise click.BadParameter(f"{wording.long_date(day)}, {fault}.", param_hint="'--on'")
    return day


# What is shown


def _shape(earned: Earned) -> dict[str, Any]:
    return {
        "from": earned.period.begins_on.isoformat(),
        "to": earned.period.ends_on.isoformat(),
        "needed": earned.needed / 100,
        "earned": earned.units / 100,
        "missing": earned.missing / 100,
        "days_left": earned.days_left,
        "ceus": [
            {
                "uid": ceu.uid,
                "number": ceu.number,
                "title": ceu.title,
                "units": ceu.units_hundredths / 100,
                "earned_on": ceu.earned_on.isoformat(),
            }
            for ceu in earned.ceus
        ],
    }


def _lines(renewal: Renewal, earned: Earned) -> Iterator[str]:
    yield f"CEUs {_period_words(earned.period)}"
    yield ""
    if not earned.ceus:
        yield _wrapped('None is noted. To note some: cmom ceu add "TITLE" --units 1 --on DATE')
    for ceu in earned.ceus:
        day, units = wording.date_words(ceu.earned_on), _units(ceu.units_hundredths)
        head = f"{ceu.number:>3}  {day:<18} {units:>6}  "
        yield labeled(head, ceu.title, len(head), text_width())
    yield ""
    yield _wrapped(_total(earned))
    as_of = wording.date_words(renewal.as_of)
    yield labeled("Source", f"{renewal.source}; as of {as_of}", 8, text_width())


def _total(earned: Earned) -> str:
    units, needed = _units(earned.units), _units(earned.needed)
    if not earned.missing:
        return f"{units} of {needed} CEUs: enough."
    missing = _units(earned.missing)
    if earned.days_left is None:
        return f"{units} of {needed} CEUs: {missing} missing when the time was over."
    by = wording.long_date(earned.period.ends_on)
    return f"{units} of {needed} CEUs: {missing} missing, due by {by}, {_days(earned.days_left)}."


def _days(left: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")


def _words(ceu: Ceu) -> str:
    """As in `3, "HIPAA update", 1.5 CEUs of Tuesday, November 3, 2026`."""
    units = _units(ceu.units_hundredths)
    name = "CEU" if units == "1" else "CEUs"
    return f'{ceu.number}, "{ceu.title}", {units} {name} of {wording.long_date(ceu.earned_on)}'


def _period_words(period: Period) -> str:
    begins_on, ends_on = period.begins_on, wording.date_words(period.ends_on)
    return f"from {wording.date_words(begins_on)} to {ends_on}"


def _units(hundredths: int) -> str:
    """Units as people write them: "12", "1.5", "0.25"."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def _wrapped(words: str) -> str:
    return labeled("", words, 0, text_width())
