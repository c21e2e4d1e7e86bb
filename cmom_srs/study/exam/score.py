"""What an exam came to: the score, what the questions never seen before say, times and changes."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from statistics import median

from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.notes import CardId
from cmom_srs.study.tally import Tally


@dataclass(frozen=True, slots=True)
class Result:
    """A submitted or expired exam in numbers.

    `passed` is None where only some domains were asked. `fresh` and `seen` part the questions by
    whether the learner had met their notes before. `by_domain` has the weakest first. Times are
    milliseconds, None where nothing can be said: `used_ms` from the begin to the end, medians of
    the items shown. `became_right` and `became_wrong` count changed responses. `unaided` counts the
    items answered without the manual, of `responses` answered at all.
    """

    tally: Tally
    passed: bool | None
    fresh: Tally
    seen: Tally
    by_domain: Mapping[str, Tally]
    how: EventKind
    used_ms: int
    median_ms: float | None
    median_right_ms: float | None
    median_wrong_ms: float | None
    became_right: int
    became_wrong: int
    responses: int
    unaided: int
    consultations: int
    median_consultation_ms: float | None


def is_right(item: Item, sheet: Sheet) -> bool:
    """Whether an item has its right option chosen; a blank one has not."""
    return sheet.responses.get(item.position) == item.words.right


def score(exam: Exam, sheet: Sheet, fresh: Collection[int]) -> Result:
    """The result; `fresh` are the positions of items whose notes were new to the learner.

    ValueError for an exam that has not ended, or was dropped.
    """
    if sheet.ending is None or sheet.ending.how is EventKind.DROPPED:
        raise ValueError("an exam without an end has no score")
    tally = _tally(exam.items, sheet)
    is_passed = tally.right * 100 >= exam.pass_percent * tally.total
    opened = {consultation.position for consultation in sheet.consultations}
    changed = [item for item in exam.items if _is_changed(item, sheet)]
    right = [item for item in exam.items if is_right(item, sheet)]
    wrong = [item for item in exam.items if not is_right(item, sheet)]
    return Result(
        tally=tally,
        passed=None if exam.asked.domains else is_passed,
        fresh=_tally((item for item in exam.items if item.position in fresh), sheet),
        seen=_tally((item for item in exam.items if item.position not in fresh), sheet),
        by_domain=_by_domain(exam.items, sheet),
        how=sheet.ending.how,
        used_ms=(sheet.ending.at - exam.started_at) // timedelta(milliseconds=1),
        median_ms=_median_ms(exam.items, sheet),
        median_right_ms=_median_ms(right, sheet),
        median_wrong_ms=_median_ms(wrong, sheet),
        became_right=sum(is_right(item, sheet) for item in changed),
        became_wrong=sum(_was_right(item, sheet) for item in changed),
        responses=len(sheet.responses),
        unaided=len(sheet.responses.keys() - opened),
        consultations=len(sheet.consultations),
        median_consultation_ms=_median(
            consultation.duration_ms for consultation in sheet.consultations
        ),
    )


def _tally(items: Iterable[Item], sheet: Sheet) -> Tally:
    judged = [is_right(item, sheet) for item in items]
    return Tally(sum(judged), len(judged))


def _by_domain(items: Iterable[Item], sheet: Sheet) -> dict[str, Tally]:
    """The weakest first; of equals the one asked more."""
    items = tuple(items)
    tallies = {
        domain: _tally((item for item in items if item.domain == domain), sheet)
        for domain in dict.fromkeys(item.domain for item in items)
    }
    weakest_first = sorted(
        tallies.items(),
        key=lambda each: (Fraction(each[1].right, each[1].total), -each[1].total, each[0]),
    )
    return dict(weakest_first)


def _is_changed(item: Item, sheet: Sheet) -> bool:
    first = sheet.first_responses.get(item.position)
    return first is not None and sheet.responses.get(item.position) not in {None, first}


def _was_right(item: Item, sheet: Sheet) -> bool:
    return sheet.first_responses.get(item.position) == item.words.right


def _median_ms(items: Iterable[Item], sheet: Sheet) -> float | None:
    return _median(
        sheet.spent_ms[item.position] for item in items if item.position in sheet.spent_ms
    )


def _median(values: Iterable[int]) -> float | None:
    found = list(values)
    return float(median(found)) if found else None


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The items to look at again, each kind in the order of the exam: of those shown alone.

    What was never shown stays fresh for another exam.
    """

    missed: tuple[Item, ...]
    blank: tuple[Item, ...]
    marked: tuple[Item, ...]

    @property
    def all(self) -> tuple[Item, ...]:
        """Misses first, then blanks, then right ones that were marked."""
        return (*self.missed, *self.blank, *self.marked)


def look_again(exam: Exam, sheet: Sheet) -> LookAgain:
    """What is explained after the result."""
    shown = [item for item in exam.items if item.position in sheet.shown]
    wrong = [item for item in shown if not is_right(item, sheet)]
    return LookAgain(
        missed=tuple(item for item in wrong if item.position in sheet.responses),
        blank=tuple(item for item in wrong if item.position not in sheet.responses),
        marked=tuple(
            item for item in shown if is_right(item, sheet) and item.position in sheet.marked
        ),
    )


def to_pull(exam: Exam, sheet: Sheet) -> tuple[CardId, ...]:
    """The cards that come forward to the next study day: misses, blanks, marked right answers."""
    return tuple(item.card for item in look_again(exam, sheet).all)
