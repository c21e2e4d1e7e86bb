"""The whole page of results, `tests/bench/learning.md`."""

import platform
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from os import cpu_count
from statistics import fmean
from statistics import stdev

from tests.bench.learning.arms import OURS
from tests.bench.learning.arms import OURS_REHEARSED
from tests.bench.learning.foretelling import Foretold
from tests.bench.learning.report import Fates
from tests.bench.learning.report import behind
from tests.bench.learning.report import leads
from tests.bench.learning.report import signed
from tests.bench.learning.report import situation_table
from tests.bench.learning.report import table
from tests.bench.learning.simulation import Reckoning
from tests.bench.learning.world import Situation
from tests.bench.learning.world import World

Foretellings = Mapping[Situation, Sequence[tuple[Foretold, ...]]]


@dataclass(frozen=True, slots=True)
class Results:
    """All that was simulated.

    `learners` are those of each memory model, `seconds` the processor time it took.
    """

    world: World
    learners: int
    fates: Fates
    foretellings: Foretellings
    seconds: float


def page(results: Results, today: date) -> str:
    """The page."""
    return "\n".join(_lines(results, today)) + "\n"


def _lines(results: Results, today: date) -> Iterator[str]:
    yield "# Does it help?"
    yield ""
    yield from _introduction(results, today)
    fates = results.fates
    yield from _section("Points ahead on exam day", leads(fates, is_rehearsed=True), _LEADS)
    yield from _section("The same without the rehearsal", leads(fates, is_rehearsed=False))
    yield from _section("Behind", list(behind(fates)) or ["Nowhere."], _BEHIND)
    for situation in fates.situations:
        yield from _section(str(situation), situation_table(fates, situation))
    yield from _section("What the rehearsal costs", _costs(fates), _COSTS)
    yield from _section("What the rehearsal says", _reckonings(fates), _RECKONINGS)
    for situation, weeks in results.foretellings.items():
        heading = f"The forecast: {situation}"
        yield from _section(heading, _forecast(weeks), _FORECAST)


_LEADS = (
    "Mean of recall on exam day with cmom-srs, with its rehearsal where a plan has one (from four "
    "weeks on), less that with the rival; in brackets, for how many learners it is more."
)
_BEHIND = "Where a rival recalls more, on the mean of all learners or of those of one memory model."
_COSTS = (
    "Recall on exam day with the rehearsal less without it, in points, the same learner; the aim "
    "is a cost of less than 0.5. Its two hours are not in the minutes of the tables. Where it is a "
    "gain, that is because its misses are asked before everything else, new ones too."
)
_RECKONINGS = (
    "The share that `cmom ready` estimates from the rehearsal, against the score to expect of "
    "questions never seen: on the day of the rehearsal, and on exam day. Bias is estimate less "
    "truth; how unseen questions are answered is made up (see `rehearsal.py`). The fewer of the "
    "rehearsal's questions were never seen, the more the estimate is too high."
)
_FORECAST = (
    "Minutes a day, mean of all learners: used; foretold on the first day and on the first day of "
    "that week; the mean absolute error of a day, and the bias (foretold less used)."
)


def _section(heading: str, lines: Iterator[str] | Sequence[str], words: str = "") -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    if words:
        yield words
        yield ""
    yield from lines


def _introduction(results: Results, today: date) -> Iterator[str]:
    world, models = results.world, "a third each by FSRS-6, by ACT-R, by Wozniak's two components"
    yield (
        f"Simulated learners study the {len(world.cards)} shipped cards until an exam, with "
        f"cmom-srs and with what else there is: {3 * results.learners} learners, {models}. "
        "Everybody has the same minutes and seconds an answer; a card never seen counts as not "
        "recalled. How it is done is said at the top of the modules in `tests/bench/learning/`. "
        "It compares schedules under models of memory, and promises no one a score. FSRS-6 and the "
        "two components know no forgetting within a day, so that a second look on one day, which "
        "some arms have, is worth little to them."
    )
    yield ""
    yield (
        f"`make bench-learning`, {today:%B} {today.day}, {today.year}: {platform.system()}, "
        f"{platform.machine()}, {cpu_count()} cores, Python {platform.python_version()}, fsrs "
        f"{version('fsrs')}, cmom-srs {version('cmom-srs')}; {results.seconds / 60:.0f} minutes of "
        "processor time."
    )


def _costs(fates: Fates) -> Iterator[str]:
    situations = [each for each in fates.situations if fates.of(each, OURS_REHEARSED)]
    rows = []
    for situation in situations:
        lead = fates.lead(situation, OURS_REHEARSED, OURS)
        rows.append((str(situation), signed(lead.points), f"{lead.ahead} of {lead.learners}"))
    yield from table(("", "with less without", "learners better off with it"), rows)


def _reckonings(fates: Fates) -> Iterator[str]:
    rows = []
    for situation in fates.situations:
        found = [each.reckoning for each in fates.of(situation, OURS_REHEARSED) if each.reckoning]
        if found:
            rows.append((str(situation), *_reckoning_cells(found)))
    yield from table(
        (
            "",
            "never seen",
            "estimate",
            "true that day",
            "bias",
            "spread",
            "90 % interval holds it",
            "true on exam day",
            "bias",
        ),
        rows,
    )


def _reckoning_cells(found: Sequence[Reckoning]) -> Iterator[str]:
    errors = [each.estimated - each.true_then for each in found]
    held = sum(each.low <= each.true_then <= each.high for each in found)
    yield f"{fmean(each.fresh_percent for each in found):.0f} %"
    yield f"{fmean(each.estimated for each in found):.1f}"
    yield f"{fmean(each.true_then for each in found):.1f}"
    yield signed(fmean(errors))
    yield f"{stdev(errors):.1f}"
    yield f"{held} of {len(found)}"
    yield f"{fmean(each.true_on_exam_day for each in found):.1f}"
    yield signed(fmean(each.estimated - each.true_on_exam_day for each in found))


def _forecast(learners: Sequence[tuple[Foretold, ...]]) -> Iterator[str]:
    rows = [
        (str(number), *_week_cells(week))
        for number, week in enumerate(zip(*learners, strict=True), start=1)
    ]
    every = [week for weeks in learners for week in weeks]
    rows.append(("all", *_week_cells(every)))
    yield from table(
        (
            "week",
            "used",
            "foretold on day 1",
            "error",
            "bias",
            "foretold that week",
            "error",
            "bias",
        ),
        rows,
    )


def _week_cells(weeks: Sequence[Foretold]) -> Iterator[str]:
    used = fmean(fmean(week.used) for week in weeks)
    at_start = fmean(fmean(week.at_start) for week in weeks)
    that_morning = fmean(fmean(week.that_morning) for week in weeks)
    yield f"{used:.1f}"
    yield f"{at_start:.1f}"
    yield f"{fmean(week.error_at_start for week in weeks):.1f}"
    yield signed(at_start - used)
    yield f"{that_morning:.1f}"
    yield f"{fmean(week.error_that_morning for week in weeks):.1f}"
    yield signed(that_morning - used)
