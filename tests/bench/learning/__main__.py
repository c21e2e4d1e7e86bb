"""Runs all simulated learners on two processes and writes the page of results."""

import argparse
import os
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TypeVar

from tests.bench.learning.arms import Run
from tests.bench.learning.foretelling import foretell
from tests.bench.learning.page import Results
from tests.bench.learning.page import page
from tests.bench.learning.report import Fates
from tests.bench.learning.simulation import live_all
from tests.bench.learning.simulation import run_of
from tests.bench.learning.world import MODELS
from tests.bench.learning.world import SITUATIONS
from tests.bench.learning.world import Situation
from tests.bench.learning.world import World
from tests.bench.learning.world import of_shipped_decks

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = REPOSITORY / "tests" / "bench" / "learning.md"
FORETOLD = (Situation(8, 30), Situation(8, 60))
QUICK = (Situation(4, 30), Situation(3, 20))
QUICK_LEARNERS = 2

T = TypeVar("T")


def main() -> None:
    """A full run writes the page; a quick one prints it."""
    asked = _asked()
    learners = QUICK_LEARNERS if asked.quick else asked.learners
    results = simulate(
        of_shipped_decks(REPOSITORY / "decks"),
        QUICK if asked.quick else SITUATIONS,
        FORETOLD[:1] if asked.quick else FORETOLD,
        learners,
        asked.processes,
    )
    text = page(results, date.today())
    if asked.quick:
        print(text)
    else:
        PAGE.write_text(text, "utf-8")
        print(f"written: {PAGE.relative_to(REPOSITORY)}")


def simulate(
    world: World,
    situations: Sequence[Situation],
    foretold: Sequence[Situation],
    learners: int,
    processes: int,
) -> Results:
    """All learners of each memory model in each situation, then the forecasts."""
    runs_in = partial(_runs, world, learners)
    with Pool(processes) as pool:
        runs = [run for situation in situations for run in runs_in(situation)]
        lives = list(_watched(pool.imap(live_all, runs), "learners", len(runs)))
        foretellings = {
            situation: list(_watched(pool.imap(foretell, those), "forecasts", len(those)))
            for situation in foretold
            if (those := runs_in(situation))
        }
    fates = Fates(fate for life in lives for fate in life)
    return Results(world, learners, fates, foretellings, _processor_seconds())


def _processor_seconds() -> float:
    """What this process and those that it began have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _runs(world: World, learners: int, situation: Situation) -> list[Run]:
    return [run_of(world, situation, model, seed) for seed in range(learners) for model in MODELS]


def _watched(done: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Says on stderr how far it is: one line that is written over, on a terminal alone."""
    for count, each in enumerate(done, start=1):
        if sys.stderr.isatty():
            print(f"\r{count} of {total} {what} ", end="", file=sys.stderr, flush=True)
        yield each
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-learning", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two situations, two learners; prints")
    parser.add_argument("--learners", type=int, default=10, help="of each memory model (10)")
    parser.add_argument("--processes", type=int, default=2, help="at the same time (2)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
