"""How long a learner waits: whole processes, medians of interleaved runs, against bare imports."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pexpect

REPOSITORY = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).with_name("cmom"))
RUNS = 15


def report() -> Iterator[str]:
    """One line for each benchmark: the medians in milliseconds and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CMOM_HISTORY"] = str(Path(folder) / "history.sqlite3")
        os.environ["CMOM_DECKS"] = str(
            shutil.copytree(REPOSITORY / "decks", Path(folder) / "decks")
        )
        _run(COMMAND, "sync")
        yield _compare(
            "cmom --help",
            lambda: _run(COMMAND, "--help"),
            "import click",
            lambda: _run(sys.executable, "-c", "import click"),
        )
        libraries = "import sqlalchemy, rich.console, rich.markdown, click, msgspec"
        yield _compare(
            "first card of cmom review",
            _first_card,
            libraries,
            lambda: _run(sys.executable, "-c", libraries),
        )


def _compare(
    name: str, run: Callable[[], float], floor_name: str, floor: Callable[[], float]
) -> str:
    """The medians of two runs, each of which returns the seconds it took, and their ratio."""
    times, floor_times = [], []
    for _ in range(RUNS):
        times.append(run())
        floor_times.append(floor())
    ours, bare = median(times), median(floor_times)
    return (
        f"{name}: {ours * 1000:.0f} ms; {floor_name}: {bare * 1000:.0f} ms; ratio {ours / bare:.2f}"
    )


def _run(*command: str) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return time.perf_counter() - begun


def _first_card() -> float:
    """From the start of the process until the prompt of the first card is on the screen."""
    begun = time.perf_counter()
    child = pexpect.spawn(COMMAND, ["review"], cwd=str(REPOSITORY), dimensions=(24, 80))
    child.expect_exact("? keys")
    seconds = time.perf_counter() - begun
    child.close(force=True)
    return seconds
