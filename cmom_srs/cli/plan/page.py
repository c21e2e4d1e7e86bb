"""A plan in words: the date, the time, whether it fits, week by week, the exams beside it."""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from cmom_srs.cli.learner import Learner
from cmom_srs.cli.output import labeled
from cmom_srs.cli.output import text_width
from cmom_srs.history.settings import Settings
from cmom_srs.study import wording
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.plan.fit import Fit
from cmom_srs.study.plan.fit import Verdict
from cmom_srs.study.plan.plan import LOOKUP_MINUTES
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.plan.words import cards_words
from cmom_srs.study.plan.words import exam_line
from cmom_srs.study.plan.words import exam_words
from cmom_srs.study.plan.words import fit_words
from cmom_srs.study.plan.words import hours
from cmom_srs.study.plan.words import standing_words
from cmom_srs.study.schedule import SHORTEST_EXAM_WAIT_DAYS
from cmom_srs.study.wording import count_of

_STUDY_GUIDE_HOURS = 60
_LABEL_WIDTH = 11
_DAY_WIDTH = 8
_NUMBER_WIDTHS = (9, 9)


def lines(learner: Learner, plan: Plan | None) -> Iterator[str]:
    """The plan, or how to get one."""
    if plan is None:
        yield from _without(learner)
        return
    yield _labeled("Exam", exam_words(plan.goal.exam_on, learner.today))
    yield _labeled("Time", _time_words(plan))
    yield from _fit_lines(learner, plan)
    yield _labeled("Cards", cards_words(plan, learner.today))
    yield _labeled("So far", standing_words(plan))
    yield ""
    yield from _table(learner, plan)
    yield ""
    yield from _beside(plan)


def _without(learner: Learner) -> Iterator[str]:
    settings = learner.settings
    if settings.exam_date is None:
        yield "No exam date is set, so there is no plan. To make one:"
        yield '  cmom plan --exam "in 8 weeks" --minutes 30'
        return
    yield _labeled("Exam", wording.long_date(settings.exam_date))
    yield _labeled("", result_words(settings, learner.today))


def result_words(settings: Settings, today: date) -> str:
    """What follows from an exam whose day has come."""
    if settings.exam_result == "passed":
        return (
            "Passed. No new cards come, and every card waits its own interval again. "
            "What keeps the credential: cmom ceu"
        )
    if settings.exam_result == "failed":
        return 'Not passed this time. When the next date is known: cmom plan --exam "in 6 weeks"'
    if settings.exam_date == today:
        return "Today. How it went, afterwards: cmom plan --result passed, or failed"
    return "How did it go? cmom plan --result passed, or failed"


def _time_words(plan: Plan) -> str:
    minutes, days = plan.goal.minutes, plan.study_days_left
    on_days = f"{count_of(days, 'day')} to study"
    beside = f"and {hours(plan.seconds_beside)} beside them for exams and look-ups"
    of_all = f"the study guide counts {_STUDY_GUIDE_HOURS} hours in all"
    if minutes is None:
        return (
            f"no daily limit, {on_days}: {hours(plan.seconds)} for the cards as it looks, "
            f"{_busiest(plan)}, {beside}; {of_all}. To bound the day: cmom plan --minutes N"
        )
    in_all = hours(60 * minutes * days)
    return f"{count_of(minutes, 'minute')} a day, {on_days}: {in_all}, {beside}; {of_all}"


def _busiest(plan: Plan) -> str:
    busiest = max((week.minutes_a_day for week in plan.weeks), default=0)
    return f"{busiest:.0f} minutes a day in the busiest week"


def _fit_lines(learner: Learner, plan: Plan) -> Iterator[str]:
    fit = plan.fit
    if fit is None:
        return
    words = fit_words(fit, plan.cards)
    yield _labeled("Fit", f"{words}; {_need_words(fit, learner.limits())}")
    for way in _ways(learner, plan, fit):
        yield _labeled("", way)


def _need_words(fit: Fit, limits: Limits) -> str:
    first, right = limits.first_sight_seconds, limits.right_answer_seconds
    if fit.verdict is Verdict.DOES_NOT_FIT:
        return f"two first sights of {first:.0f} seconds are the least that a card takes"
    return f"a card that sits takes {2 * first + 4 * right:.0f}"


def _ways(learner: Learner, plan: Plan, fit: Fit) -> Iterator[str]:
    """What would help, each with its number."""
    minutes = fit.enough_minutes and count_of(fit.enough_minutes, "minute")
    match fit.verdict:
        case Verdict.DOES_NOT_FIT:
            if minutes:
                yield f"- {minutes} a day would do: cmom plan --minutes {fit.enough_minutes}"
            if fit.fits_from:
                later = (fit.fits_from - plan.goal.exam_on).days
                on = wording.date_of_year(fit.fits_from, learner.today)
                yield f"- or an exam {count_of(later, 'day')} later, on {on}"
            if plan.left_out:
                yield f"- or leave for last what comes last: {_left_out_words(learner, plan)}"
        case Verdict.TIGHT:
            if minutes:
                yield f"{minutes} a day would leave room: cmom plan --minutes {fit.enough_minutes}"
        case Verdict.AMPLE:
            yield f"{minutes} a day are enough for the cards: give the rest to look-ups and exams."
        case Verdict.FITS:
            return


def _left_out_words(learner: Learner, plan: Plan) -> str:
    count = sum(plan.left_out.values())
    domains = ", ".join(f"{_first_word(learner, key)} {n}" for key, n in plan.left_out.items())
    return f"{count_of(count, 'card')} would not be seen ({domains})"


def _table(learner: Learner, plan: Plan) -> Iterator[str]:
    """New cards by domain where the screen has room for it, reviews, minutes a day."""
    keys = learner.domains()
    names = [_first_word(learner, key) for key in keys]
    widths = [len(name) + 2 for name in names]
    if _DAY_WIDTH + sum(widths) + sum(_NUMBER_WIDTHS) > text_width():
        names, widths, keys = ["new"], [_NUMBER_WIDTHS[0]], ()
    head = [*names, "reviews", "min/day"]
    all_widths = [*widths, *_NUMBER_WIDTHS]
    yield f"{'Week of':<{_DAY_WIDTH}}" + _row(head, all_widths)
    for week in plan.weeks:
        new = [week.new.get(key, 0) for key in keys] or [sum(week.new.values())]
        numbers = [*new, week.reviews, f"{week.minutes_a_day:.0f}"]
        yield f"{_short_date(week.first_on):<{_DAY_WIDTH}}" + _row(numbers, all_widths)


def _row(values: Iterable[object], widths: Iterable[int]) -> str:
    return "".join(f"{value!s:>{width}}" for value, width in zip(values, widths, strict=True))


def _first_word(learner: Learner, domain: str) -> str:
    return learner.domain_title(domain).partition(" ")[0]


def _short_date(day: date) -> str:
    return f"{day:%b} {day.day}"


def _beside(plan: Plan) -> Iterator[str]:
    yield "Beside these minutes"
    for exam in plan.exams:
        yield _dated(_short_date(exam.on), exam_line(exam))
    if any(week.has_lookups for week in plan.weeks):
        minutes = count_of(LOOKUP_MINUTES, "minute")
        yield _dated("weekly", f"ten topics of your manual, {minutes}: cmom lookup")
    last_days = plan.goal.exam_on - timedelta(days=SHORTEST_EXAM_WAIT_DAYS)
    yield _dated(_short_date(last_days), "from then on every card you have seen comes once more")


def _dated(when: str, words: str) -> str:
    return labeled(when, words, _DAY_WIDTH, text_width(), 2)


def _labeled(label: str, words: str) -> str:
    return labeled(label, words, _LABEL_WIDTH, text_width())
