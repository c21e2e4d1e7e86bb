"""The line above an item: where in the exam it stands, what is answered, the clock, the pace."""

from datetime import datetime
from datetime import timedelta

from rich.text import Text

from cmom_srs.study.exam import clock as exam_clock
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.wording import count_of
from cmom_srs.terminal.header import clock
from cmom_srs.terminal.header import ruled

_WARNED_FOR = timedelta(seconds=30)


def top_line(exam: Exam, sheet: Sheet, now: datetime, width: int) -> Text:
    """A rule from edge to edge; what has no room gives way, the clock never."""
    place = _place(exam, sheet)
    counts = f"{len(sheet.responses)} answered, {len(sheet.marked)} marked"
    pace = pace_words(exam, sheet, now)
    wordings = [
        *([f"── {place} ── {counts} ── {pace}"] if pace else []),
        f"── {place} ── {counts}",
        f"── {place} ── {len(sheet.responses)} answered",
        f"── {place}",
    ]
    manual = f"manual {_manual_clock(sheet, now)} ── " if sheet.manual_since else ""
    return ruled(wordings, f"{manual}{_clock(exam, sheet, now)}", width)


def plain_top_line(exam: Exam, sheet: Sheet, now: datetime) -> Text:
    """The same in words, to be read aloud."""
    said = [
        _place(exam, sheet),
        f"{len(sheet.responses)} answered",
        f"{len(sheet.marked)} marked",
        pace_words(exam, sheet, now),
        _clock(exam, sheet, now),
    ]
    if sheet.manual_since:
        said.append(f"manual open for {_manual_clock(sheet, now)}")
    return Text(". ".join(part for part in said if part))


def pace_words(exam: Exam, sheet: Sheet, now: datetime) -> str:
    """How the answers keep up with the clock: "3 ahead", "4 behind"; nothing without a clock."""
    ahead = exam_clock.ahead(exam, sheet, now)
    if ahead is None:
        return ""
    if ahead == 0:
        return "on pace"
    return f"{ahead} ahead" if ahead > 0 else f"{-ahead} behind"


def warning(exam: Exam, sheet: Sheet, now: datetime) -> str:
    """That ten or two minutes are left, while that is news; else nothing."""
    left = exam_clock.left(exam, sheet, now)
    if left is None or exam.minutes is None:
        return ""
    for mark in exam_clock.WARNINGS:
        is_news = mark - _WARNED_FOR < left <= mark
        if is_news and mark < timedelta(minutes=exam.minutes):
            return f"{count_of(mark // timedelta(minutes=1), 'minute')} left."
    return ""


def _place(exam: Exam, sheet: Sheet) -> str:
    number = sheet.position or 1
    marked = ", marked" if number in sheet.marked else ""
    return f"{number} of {len(exam.items)}{marked}"


def _clock(exam: Exam, sheet: Sheet, now: datetime) -> str:
    left = exam_clock.left(exam, sheet, now)
    if left is None:
        return f"{clock(_milliseconds(exam_clock.used(exam, sheet, now)))} used"
    return f"{clock(_milliseconds(left))} left"


def _manual_clock(sheet: Sheet, now: datetime) -> str:
    since = sheet.manual_since or now
    return clock(_milliseconds(sheet.now(now) - since))


def _milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
