"""Dates as people type them: "2027-02-01", "Feb 1", "in 8 weeks"."""

import re
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta

_COUNTED = re.compile(r"in (\d{1,4}) (day|week|month)s?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_NAMED = re.compile(r"[a-z]{3,}\.?,?|\d{1,2}(?:st|nd|rd|th)?,?|\d{4}")
_YEARS_TO_LEAP = 9  # 1896 to 1904, and 2096 to 2104


def read_date(text: str, today: date, *, is_past: bool = False) -> date | None:
    """The date that was typed; one without a year is the next one, or the last one if `is_past`.

    The month comes first where it is a number and the year does not. None for what is no date, has
    no day or no month, or does not come back as it was typed: "12", "32 Feb", "soon".
    """
    try:
        return _read(" ".join(text.lower().split()), today, is_past)
    except (ValueError, OverflowError):
        return None


def _read(typed: str, today: date, is_past: bool) -> date:
    if counted := _COUNTED.fullmatch(typed):
        return _counted(int(counted[1]), counted[2], today)
    if numbers := _YEAR_FIRST.fullmatch(typed):
        return date(int(numbers[1]), int(numbers[2]), int(numbers[3]))
    if numbers := _MONTH_FIRST.fullmatch(typed):
        year = numbers[3] and (int(numbers[3]) + (2000 if len(numbers[3]) == 2 else 0))
        return _of_year(int(numbers[1]), int(numbers[2]), year or None, today, is_past)
    if typed and all(_NAMED.fullmatch(word) for word in typed.split()):
        return _named(typed, today, is_past)
    raise ValueError(typed)


def _counted(count: int, unit: str, today: date) -> date:
    if unit == "month":
        from dateutil.relativedelta import relativedelta

        return today + relativedelta(months=count)
    return today + timedelta(days=count * (7 if unit == "week" else 1))


def _named(typed: str, today: date, is_past: bool) -> date:
    """A date with the name of its month, which `dateutil` reads; what was typed must come back."""
    from dateutil import parser

    # Read over two defaults without a field in common: what differs then was not typed.
    defaults = (datetime(2000, 1, 3), datetime(2004, 12, 31))
    first, second = (parser.parse(typed, default=default) for default in defaults)
    has_year = first.year == second.year
    if (first.month, first.day) != (second.month, second.day) or not _comes_back(typed, first):
        raise ValueError(typed)
    found = _of_year(first.month, first.day, first.year if has_year else None, today, is_past)
    if _weekday_typed(typed) not in {None, found.weekday()}:
        raise ValueError(typed)
    return found


def _comes_back(typed: str, read: datetime) -> bool:
    """Whether every number typed is the day or the year that was read, each once."""
    numbers = [int(number) for number in re.findall(r"\d+", typed)]
    known = ([read.day], sorted((read.day, read.year)))
    return sorted(numbers) in known and (read.hour, read.minute, read.tzinfo) == (0, 0, None)


def _weekday_typed(typed: str) -> int | None:
    from dateutil import parser

    names = parser.parserinfo()
    days = (names.weekday(word.strip(".,")) for word in typed.split() if not word[0].isdigit())
    return next((day for day in days if day is not None), None)


def _of_year(month: int, day: int, year: int | None, today: date, is_past: bool) -> date:
    """That date, of the year typed or of the nearest year that puts it on the right side of now."""
    if year is not None:
        return date(year, month, day)
    for found in _candidates(month, day, today, -1 if is_past else 1):
        if found <= today if is_past else found >= today:
            return found
    raise ValueError((month, day))


def _candidates(month: int, day: int, today: date, step: int) -> Iterator[date]:
    for years in range(_YEARS_TO_LEAP):
        try:
            yield date(today.year + step * years, month, day)
        except ValueError:  # no February 29 in this year
            continue
