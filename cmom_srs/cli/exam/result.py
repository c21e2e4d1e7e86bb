"""The result of an exam in words, and as JSON."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.output import labeled
from cmom_srs.cli.output import text_width
from cmom_srs.history.exam import exams
from cmom_srs.study import schedule
from cmom_srs.study import wording
from cmom_srs.study.exam import score
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.score import Result
from cmom_srs.study.tally import Tally

_LABEL_WIDTH = 10
_TITLE_WIDTH = 36
_UNAIDED = "the study guide's aim is 60% to 70%"


def result_of(learner: Learner, exam: Exam, sheet: Sheet) -> Result:
    """The result of an exam that has ended and was not dropped."""
    return score.score(exam, sheet, exams.fresh_positions(learner.store, exam))


def lines(learner: Learner, exam: Exam, sheet: Sheet) -> Iterator[str]:
    """The result, one screen."""
    result = result_of(learner, exam, sheet)
    yield ""
    yield f"Exam {exam.number}: {exam.title}, {wording.long_date(exam.started_at.date())}"
    yield ""
    yield verdict(exam, result)
    if result.how is EventKind.EXPIRED:
        yield f"The time was over at {wording.time_of_day(exam.deadline_at or exam.started_at)}."
    yield ""
    yield _labeled("Fresh", _fresh_words(result.fresh))
    if result.seen.total:
        yield _labeled("Seen", f"{_tally(result.seen)}: you had met these before")
    yield ""
    yield "By domain, the weakest first"
    for domain, tally in result.by_domain.items():
        title = learner.domain_title(domain)
        numbers = f"{tally!s:>9}  {wording.whole_percent(tally):>4}"
        yield f"  {title:<{_TITLE_WIDTH}.{_TITLE_WIDTH}}  {numbers}"
    yield ""
    yield _labeled("Time", _time_words(exam, result))
    yield _labeled("Changed", _changed_words(result))
    yield _labeled("Manual", _manual_words(result))
    yield _labeled("Next", _next_words(learner, exam, sheet))


def verdict(exam: Exam, result: Result) -> str:
    """The score, and whether it passes: "78 of 100 (78%), pass mark 75%: passed"."""
    said = _tally(result.tally)
    if result.passed is None:
        return f"{said}; some domains alone are not passed or failed"
    return f"{said}, pass mark {exam.pass_percent}%: {'passed' if result.passed else 'not passed'}"


def _tally(tally: Tally) -> str:
    return f"{tally} ({wording.whole_percent(tally)})"


def _fresh_words(fresh: Tally) -> str:
    if fresh.interval is None:
        return "none: you had met every question before, so this says little of the exam"
    low, high = fresh.interval
    return (
        f"{_tally(fresh)}, 90% interval {low:.0f}% to {high:.0f}%. Count on these: the exam's "
        "questions will be new to you."
    )


def _time_words(exam: Exam, result: Result) -> str:
    of = f" of {wording.minutes(exam.minutes * 60_000)}" if exam.minutes else ""
    said = f"{wording.minutes(result.used_ms)}{of}"
    if result.median_ms is None:
        return said
    by_verdict = [
        f"{name} ones {wording.seconds(median)}"
        for name, median in (("right", result.median_right_ms), ("wrong", result.median_wrong_ms))
        if median is not None
    ]
    return f"{said}; {wording.seconds(result.median_ms)} a question ({', '.join(by_verdict)})"


def _changed_words(result: Result) -> str:
    if not (result.became_right or result.became_wrong):
        return "no answer went right or wrong by being changed"
    return (
        f"{wording.count_of(result.became_right, 'answer')} changed to the right one, "
        f"{result.became_wrong} away from it"
    )


def _manual_words(result: Result) -> str:
    if not result.responses:
        return "nothing was answered"
    unaided = wording.whole_percent(Tally(result.unaided, result.responses))
    said = f"{unaided} answered without it ({_UNAIDED})"
    if result.median_consultation_ms is None:
        return said
    median = wording.seconds(result.median_consultation_ms)
    if result.consultations == 1:
        return f"{said}; opened once, for {median}"
    return f"{said}; opened {result.consultations} times, half of them for {median} at most"


def _next_words(learner: Learner, exam: Exam, sheet: Sheet) -> str:
    again, ending = score.look_again(exam, sheet), sheet.ending
    never_shown = len(exam.items) - len(sheet.shown)
    fresh = f"what you never saw ({never_shown}) stays fresh"
    if not again.all or ending is None:
        return fresh if never_shown else "nothing was missed"
    kinds = (
        wording.count_of(again.missed, "miss", "misses"),
        f"{len(again.blank)} left blank",
        f"{len(again.marked)} right but marked",
    )
    said = ", ".join(kind for kind in kinds if not kind.startswith("0 "))
    day = schedule.study_day(ending.at, learner.settings.rollover_hour) + timedelta(days=1)
    back = f"asked again on {learner.date_words(day)}: {said}"
    return f"{back}; {fresh}" if never_shown else back


def _labeled(label: str, words: str) -> str:
    return labeled(label, words, _LABEL_WIDTH, text_width())


def explained_lines(learner: Learner, exam: Exam, sheet: Sheet) -> Iterator[str]:
    """The items to look at again, in full words."""
    for item in score.look_again(exam, sheet).all:
        yield from _item_lines(learner, item, sheet)


def _item_lines(learner: Learner, item: Item, sheet: Sheet) -> Iterator[str]:
    words, chosen = item.words, sheet.responses.get(item.position)
    yield ""
    yield f"Question {item.position} ({item.card}, {learner.domain_title(item.domain)})"
    if words.scenario:
        yield words.scenario
    yield words.question
    for place, option in enumerate(words.options, start=1):
        signs = [
            *(["right"] if place == words.right else []),
            *(["yours"] if place == chosen else []),
        ]
        sign = f" ({', '.join(signs)})" if signs else ""
        yield f"  {'abcdefgh'[place - 1]}) {option.text}{sign}"
        if option.why:
            yield f"     {option.why}"
    yield from words.solution
    if words.extra:
        yield words.extra
    yield f"Source: {words.source}"
    holding = wording.holding(words.as_of, words.until, learner.today)
    yield from filter(None, (holding, wording.warning(words.until, learner.today)))
    if reason := sheet.reasons.get(item.position):
        yield f"Why it went wrong: {reason.value}"


def shape(learner: Learner, exam: Exam, sheet: Sheet) -> dict[str, Any]:
    """The exam's JSON: places from 1 as shown, null for a blank; see docs/spec/exam.md."""
    fresh = exams.fresh_positions(learner.store, exam)
    result = score.score(exam, sheet, fresh)
    ending = sheet.ending
    return {
        "id": exam.number,
        "profile": exam.profile,
        "started_at": exam.started_at.isoformat(),
        "submitted_at": ending.at.isoformat() if ending else None,
        "how": str(result.how),
        "questions": result.tally.total,
        "right": result.tally.right,
        "percent": json_shapes.rounded(result.tally.percent),
        "interval": json_shapes.interval(result.tally),
        "passed": result.passed,
        "fresh": {"questions": result.fresh.total, "right": result.fresh.right},
        "domains": [
            {"domain": domain, "questions": tally.total, "right": tally.right}
            for domain, tally in result.by_domain.items()
        ],
        "lookups": {
            "count": result.consultations,
            "median_s": json_shapes.seconds(result.median_consultation_ms),
        },
        "seconds_per_item": json_shapes.seconds(result.median_ms),
        "items": [_item_shape(item, sheet, item.position in fresh) for item in exam.items],
    }


def _item_shape(item: Item, sheet: Sheet, is_fresh: bool) -> dict[str, Any]:
    position = item.position
    reason = sheet.reasons.get(position)
    return {
        "position": position,
        "card": str(item.card),
        "domain": item.domain,
        "response": sheet.responses.get(position),
        "right": item.words.right,
        "is_right": score.is_right(item, sheet),
        "is_fresh": is_fresh,
        "marked": position in sheet.marked,
        "seconds": json_shapes.seconds(sheet.spent_ms.get(position)),
        "reason": reason.value if reason else None,
    }
