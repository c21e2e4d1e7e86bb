"""Dates, counts and grades as Americans read them."""

from collections.abc import Sized
from datetime import date
from datetime import datetime
from math import floor

from cmom_srs.study.notes import Card
from cmom_srs.study.notes import Note
from cmom_srs.study.questions.question import asked_text
from cmom_srs.study.schedule import Rating
from cmom_srs.study.tally import Tally
from cmom_srs.study.texts import question_text

TO_CHECK = "check it before you rely on it"

_LONGEST_BEGINNING = 60


def date_words(day: date) -> str:
    """A date: "December 1, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


def long_date(day: date) -> str:
    """A date in full: "Tuesday, December 1, 2026"."""
    return f"{day:%A}, {date_words(day)}"


def holding(as_of: date | None, until: date | None, today: date) -> str:
    """As of when something is known, and until when while that lies ahead; nothing without dates.

    "As of January 1, 2026, until December 31, 2026"
    """
    said = [f"as of {date_words(as_of)}"] if as_of else []
    if until and until >= today:
        said.append(f"until {date_words(until)}")
    words = ", ".join(said)
    return words[:1].upper() + words[1:]


def warning(until: date | None, today: date) -> str:
    """That what held until a day is past; nothing while it is not."""
    if until is None or until >= today:
        return ""
    return f"Held until {date_words(until)}: {TO_CHECK}."


def date_of_year(day: date, today: date) -> str:
    """A date without its year where that is the present one: "Friday, January 29"."""
    return long_date(day) if day.year != today.year else f"{day:%A}, {day:%B} {day.day}"


def short_day(day: date) -> str:
    """A day of the coming week, for the head of a column: "Fri 4"."""
    return f"{day:%a} {day.day}"


def table_day(day: date) -> str:
    """A day of this year or the next for the begin of a row: "Tue Dec 1"."""
    return f"{day:%a} {day:%b} {day.day}"


def table_date(day: date) -> str:
    """A date for a row: "Dec 1, 2026"."""
    return f"{day:%b} {day.day}, {day.year}"


def time_of_day(instant: datetime) -> str:
    """A time: "10:05 AM"."""
    return f"{instant:%I:%M %p}".lstrip("0")


def count_of(things: Sized | int, name: str, plural: str = "") -> str:
    """A count with its noun: "1 note", "12 notes"; the plural where it is not made by an s."""
    count = things if isinstance(things, int) else len(things)
    return f"{count} {name if count == 1 else plural or f'{name}s'}"


def percent(score: Tally | None) -> str:
    """A score in percent, a hyphen without an answer."""
    value = score.percent if score else None
    return "-" if value is None else f"{value:.0f}%"


def whole_percent(tally: Tally) -> str:
    """A share in whole percents, cut off so that 74.9% is no 75%; a hyphen of no question."""
    return "-" if tally.percent is None else f"{floor(tally.percent)}%"


def interval(tally: Tally) -> str:
    """How far chance may have moved a share: "61% to 83%"; a hyphen of nothing."""
    if tally.interval is None:
        return "-"
    low, high = tally.interval
    return f"{low:.0f}% to {high:.0f}%"


def minutes(duration_ms: float) -> str:
    """A duration: "under a minute", "12 min", "1 h 05 min"."""
    whole = round(duration_ms / 60_000)
    if whole < 1:
        return "under a minute"
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02} min"


def seconds(duration_ms: float) -> str:
    """A short duration: "9.4 s", "1 min 05 s"; cut, so that what is under a mark reads so."""
    whole, tenths = divmod(int(duration_ms) // 100, 10)
    return f"{whole}.{tenths} s" if whole < 60 else f"{whole // 60} min {whole % 60:02} s"


def grade_name(grade: int) -> str:
    """The button that gives a grade, Again for any failure: its number is for programs."""
    return name_of(Rating(max(grade, Rating.AGAIN)))


def name_of(rating: Rating) -> str:
    """A rating as on its button."""
    return rating.name.capitalize()


def beginning(note: Note, most: int = _LONGEST_BEGINNING) -> str:
    """The first words of what a note asks, in one line: what people know a card by."""
    return _cut(question_text(note), most)


def beginning_of_card(card: Card, most: int = _LONGEST_BEGINNING) -> str:
    """The first words of what a card asks, in one line, without what answers it."""
    return _cut(asked_text(card), most)


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return f"{text[: most - 3].rsplit(' ', 1)[0].rstrip(',;:.')}..."
