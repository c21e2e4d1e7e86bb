"""A benchmark held against a learner's record: met, not yet (and what is missing), or no data."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from statistics import median

from cmom_srs.study import lookups
from cmom_srs.study.notes import CardId
from cmom_srs.study.readiness.benchmarks import Benchmark
from cmom_srs.study.readiness.benchmarks import CalculationBenchmark
from cmom_srs.study.readiness.benchmarks import ExamBenchmark
from cmom_srs.study.readiness.benchmarks import LookupBenchmark
from cmom_srs.study.readiness.benchmarks import NoteBenchmark
from cmom_srs.study.readiness.benchmarks import RecallBenchmark
from cmom_srs.study.readiness.benchmarks import StepsBenchmark
from cmom_srs.study.readiness.record import Record
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.stats.scores import is_right
from cmom_srs.study.tally import Tally
from cmom_srs.study.wording import count_of
from cmom_srs.study.wording import seconds
from cmom_srs.study.wording import whole_percent


class State(StrEnum):
    """How a learner stands to a benchmark."""

    MET = "met"
    NOT_YET = "not-yet"
    NO_DATA = "no-data"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a learner stands to a benchmark, and why, in words and numbers.

    Nothing can be done about one that is not met and not `is_possible`: the decks lack its cards.
    """

    benchmark: Benchmark
    state: State
    detail: str
    is_possible: bool = True


def judge(benchmark: Benchmark, record: Record) -> Verdict:
    """How the learner stands to it."""
    match benchmark:
        case RecallBenchmark() | CalculationBenchmark() | StepsBenchmark():
            return _judge_by_cards(benchmark, record)
        case LookupBenchmark():
            state, detail = _lookup(benchmark, record)
        case ExamBenchmark():
            state, detail = _exam(benchmark, record)
    return Verdict(benchmark, state, detail)


def _judge_by_cards(benchmark: NoteBenchmark, record: Record) -> Verdict:
    cards = [card.id for card in record.cards if benchmark.looks_at(card.note)]
    if not cards:
        return Verdict(benchmark, State.NO_DATA, _no_card(benchmark), is_possible=False)
    match benchmark:
        case RecallBenchmark():
            state, detail = _recall(benchmark, record, cards)
        case CalculationBenchmark():
            state, detail = _calculation(benchmark, record, cards)
        case StepsBenchmark():
            state, detail = _steps(benchmark, record, cards)
    return Verdict(benchmark, state, detail)


_Judged = tuple[State, str]


def _judged(said: str, missing: Iterable[str]) -> _Judged:
    """Met where nothing is missing; what is missing follows what there is."""
    wanted = [each for each in missing if each]
    if not wanted:
        return State.MET, said
    return State.NOT_YET, f"{said}; missing: {', '.join(wanted)}"


def _no_card(benchmark: NoteBenchmark) -> str:
    match benchmark:
        case RecallBenchmark(deck=deck) if deck:
            return f"your decks have no card in a deck {deck}"
        case RecallBenchmark(tag=tag):
            return f"your decks have no card with the tag {tag}"
        case CalculationBenchmark(tag=tag) | StepsBenchmark(tag=tag):
            return f"your decks have no {benchmark.kind} note with the tag {tag}"


def _recall(benchmark: RecallBenchmark, record: Record, cards: Sequence[CardId]) -> _Judged:
    counted = record.counted()
    last = [counted[card][-1] for card in cards if card in counted]
    if not last:
        return State.NO_DATA, f"none of {count_of(cards, 'card')} answered"
    right = sum(map(is_right, last))
    answers = min(benchmark.answers, len(cards))
    return _judged(
        f"{right} of {count_of(last, 'card')} right ({whole_percent(Tally(right, len(last)))})",
        (
            _more(answers - len(last), "card", "answered"),
            _share_wanted(right, len(last), benchmark.percent),
        ),
    )


def _calculation(
    benchmark: CalculationBenchmark, record: Record, cards: Collection[CardId]
) -> _Judged:
    # The numbers are drawn anew each time, so a repeat on the same day is a new sum.
    typed = [each for each in record.answers if each.card in cards and each.is_right is not None]
    last = typed[-benchmark.of :]
    if not last:
        return State.NO_DATA, "none typed yet"
    right = sum(map(is_right, last))
    timed = [answer.duration_ms for answer in last if answer.duration_ms]
    median_ms = median(timed) if timed else None
    said = f"{right} of the last {len(last)} typed right"
    return _judged(
        said if median_ms is None else f"{said}, median {seconds(median_ms)}",
        (
            _more(benchmark.of - len(last), "typed"),
            f"{benchmark.right} right" if right < benchmark.right else "",
            "a timed one" if median_ms is None else "",
            _time_wanted(median_ms, benchmark.seconds),
        ),
    )


def _steps(benchmark: StepsBenchmark, record: Record, cards: Sequence[CardId]) -> _Judged:
    counted = record.counted()
    if not counted.keys() & set(cards):
        return State.NO_DATA, "never put in order"
    running = [len(_run(map(is_right, reversed(counted.get(card, ()))))) for card in cards]
    fewest = min(running)
    several = f", of {len(cards)} the weakest" if len(cards) > 1 else ""
    return _judged(
        f"in order {count_of(fewest, 'time')} running{several}",
        (_more(benchmark.times - fewest, "time", "on another day"),),
    )


def _lookup(benchmark: LookupBenchmark, record: Record) -> _Judged:
    last = record.lookups[-benchmark.of :]
    if not last:
        return State.NO_DATA, "nothing looked up yet"
    quick = lookups.figures(last, benchmark.seconds).under
    return _judged(
        f"{quick} of the last {count_of(last, 'look-up')} in under {benchmark.seconds} s "
        f"({whole_percent(Tally(quick, len(last)))})",
        (
            _more(benchmark.of - len(last), "look-up"),
            _share_wanted(quick, len(last), benchmark.percent, "in time"),
        ),
    )


def _exam(benchmark: ExamBenchmark, record: Record) -> _Judged:
    exams = record.full_exams_in_time()
    if not exams:
        return State.NO_DATA, "no full exam in time yet"
    last = exams[-benchmark.exams :]
    running = len(_run(_is_above(each.result.tally, benchmark.above) for each in reversed(last)))
    missing = count_of(benchmark.exams - running, "exam")
    return _judged(
        "; ".join(map(_exam_words, reversed(last))),
        (f"{missing} above {benchmark.above}%" if running < benchmark.exams else "",),
    )


def _exam_words(each: SatExam) -> str:
    tally, fresh = each.result.tally, each.result.fresh.total
    return (
        f"exam {each.exam.number}: {whole_percent(tally)} in time ({fresh} of {tally.total} fresh)"
    )


def _is_above(tally: Tally, percent: int) -> bool:
    return tally.right * 100 > percent * tally.total


def _run(judged: Iterable[bool]) -> list[bool]:
    """The right ones before the first that is not."""
    return list(takewhile(bool, judged))


def _more(count: int, *words: str) -> str:
    """What so many more would be, where there are any: "3 more cards answered"."""
    if count <= 0:
        return ""
    name, *rest = words
    plural = "s" * (count > 1 and name != "typed")
    return " ".join([f"{count} more {name}{plural}", *rest])


def _share_wanted(right: int, of: int, percent: int, how: str = "right") -> str:
    return f"{percent}% {how}" if right * 100 < percent * of else ""


def _time_wanted(median_ms: float | None, most_seconds: int) -> str:
    is_slow = median_ms is not None and median_ms > most_seconds * 1000
    return f"a median of {seconds(most_seconds * 1000)}" if is_slow else ""
