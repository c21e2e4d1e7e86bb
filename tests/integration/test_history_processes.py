"""Several processes on one history, and processes killed in mid-answer: no answer is lost."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from cmom_srs.history import rows
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from tests.support.builders import REVERSIBLE
from tests.support.builders import TODAY
from tests.support.builders import note

REPOSITORY = Path(__file__).resolve().parents[2]

# Records answers to two cards, a few a day, takes some back, and says what is stored.
LEARNER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from cmom_srs.history.store import open_history
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review, ReviewKind

with open_history(Path(sys.argv[1]), busy_timeout_seconds=60) as store:
    for number in range(int(sys.argv[2])):
        at = datetime(2026, 12, 1, tzinfo=UTC) + number * timedelta(hours=7)
        card = CardId("eob", 1 + number % 2)
        answer = Review(card, at, at.date(), ReviewKind.SCHEDULED, number % 6)
        stored = store.record(answer).review
        print(stored.card, stored.reviewed_at.isoformat(), flush=True)
        if number % 5 == 4:
            store.take_back(at, at.date())
"""


@contextmanager
def learner(path: Path, answers: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", LEARNER, str(path), str(answers)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        yield process


def told(process: subprocess.Popen[str], most: int | None = None) -> list[str]:
    """What a learner was told is stored; a line cut off by the end of the process is none."""
    assert process.stdout is not None
    return [line.strip() for line in islice(process.stdout, most) if line.endswith("\n")]


def logged(store: Store) -> list[str]:
    """Every answer of the log, those taken back too."""
    with store.database.reading() as connection:
        answers = connection.execute(
            select(REVIEW).where(REVIEW.c.kind != "undo").order_by(REVIEW.c.id)
        )
        given = [rows.to_review(row) for row in answers]
    return [f"{review.card} {review.reviewed_at.isoformat()}" for review in given]


def make_history(path: Path) -> Path:
    with open_history(path) as store:
        sync(store, DecksRead([note("eob", REVERSIBLE)]), TODAY)
    return path


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    path = make_history(tmp_path / "history.db")
    with learner(path, 60) as one, learner(path, 60) as other:
        stored = told(one) + told(other)
    assert (one.returncode, other.returncode) == (0, 0)
    with open_history(path) as store:
        assert sorted(logged(store)) == sorted(stored)
        assert len(set(stored)) == 120
        assert store.rebuild() == ()


def test_two_processes_can_make_the_history_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with learner(path, 0) as one, learner(path, 0) as other:
        pass
    assert (one.returncode, other.returncode) == (0, 0)
    with open_history(path) as store:
        assert store.notes() == ()


def test_a_process_killed_at_any_point_loses_no_answer_and_halves_none(tmp_path: Path) -> None:
    rng = random.Random(8)
    paths = [make_history(tmp_path / f"history-{number}.db") for number in range(10)]
    with ExitStack() as stack:
        killed = [stack.enter_context(learner(path, 100_000)) for path in paths]
        for path, process in zip(paths, killed, strict=True):
            stored = told(process, rng.randrange(1, 40))
            process.kill()
            stored += told(process)
            with open_history(path) as store:
                assert stored
                assert logged(store)[: len(stored)] == stored
                assert len(logged(store)) - len(stored) <= 1
                assert store.rebuild() == ()
