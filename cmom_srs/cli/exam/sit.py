"""`cmom exam`: an exam begun or taken up again, sat, scored, its misses looked at."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

import click

from cmom_srs.cli import clock
from cmom_srs.cli.exam import result
from cmom_srs.cli.exam.drawing import ExamOptions
from cmom_srs.cli.exam.drawing import drawn
from cmom_srs.cli.exam.drawing import starting_now
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import say
from cmom_srs.history.exam import exams
from cmom_srs.history.exam.exams import OpenExamError
from cmom_srs.study import lookups
from cmom_srs.study import wording
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.score import look_again
from cmom_srs.terminal.exam.misses import explain
from cmom_srs.terminal.exam.opening import is_begun
from cmom_srs.terminal.exam.sit import sit
from cmom_srs.terminal.exam.surroundings import Happened


class _LearnersRoom:
    """One exam of the learner's; see terminal.exam.surroundings for what each method is for."""

    def __init__(self, learner: Learner, exam: Exam) -> None:
        self._learner = learner
        self._exam = exam

    @property
    def exam(self) -> Exam:
        return self._exam

    def record(self, *happened: Happened) -> Sheet:
        now = self.now()
        recorded = [Event(kind, now, position, value) for kind, position, value in happened]
        learner = self._learner
        return exams.append(learner.store, self._exam, recorded, learner.settings.rollover_hour)

    def sheet(self) -> Sheet:
        return exams.sheet_of(self._learner.store, self._exam)

    def domain_title(self, domain: str) -> str:
        return self._learner.domain_title(domain)

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        """Read for the misses alone, not before the first question."""
        return lookups.pages(self._learner.lookups())

    def own_words(self, item: Item) -> tuple[str, str | None]:
        page = lookups.page_of(item.words.manual, self._pages)
        return self._learner.store.remark(item.note_id), page

    def now(self) -> datetime:
        return clock.running()

    def elapsed(self) -> float:
        return clock.elapsed()


def run(options: ExamOptions) -> None:
    """Sits an exam until it ends or the learner leaves. Raises OpenExamError and ShortSupplyError.

    An open exam is taken up again; none can be drawn beside it.
    """
    with learning() as learner:
        learner.store.require_writable()
        exam = exams.open_exam(learner.store)
        if exam is not None and options.is_drawing:
            raise OpenExamError(exam.number)
        if exam is None:
            new = drawn(learner, options)
            if not is_begun(tuple(_opening(new)), clock.elapsed, is_plain=options.is_plain):
                return
            exam = exams.begin(learner.store, starting_now(new, learner))
        _hold(learner, exam, options.is_plain)


def _hold(learner: Learner, exam: Exam, is_plain: bool) -> None:
    room = _LearnersRoom(learner, exam)
    end = sit(room, is_plain=is_plain)
    if end.is_closed:
        return
    if end.sheet.ending is None:
        for line in _leaving(exam):
            say(line)
        is_interrupted = end.is_interrupted
    else:
        is_interrupted = _look_back(learner, room, is_plain)
    if is_interrupted:
        raise click.Abort


def _look_back(learner: Learner, room: _LearnersRoom, is_plain: bool) -> bool:
    """The result, then what is to be looked at again; whether Ctrl-C ended it."""
    sheet = room.sheet()
    if sheet.ending is None or sheet.ending.how is EventKind.DROPPED:
        say("The exam was dropped in another window.")
        return False
    for line in result.lines(learner, room.exam, sheet):
        say(line)
    items = look_again(room.exam, sheet).all
    return bool(items) and explain(room, items, is_plain=is_plain)


def _opening(drawn: Exam) -> Iterator[str]:
    """What the exam will be; the first line is its name."""
    questions = wording.count_of(drawn.items, "question")
    yield f"Practice exam: {drawn.title}"
    if drawn.minutes is None:
        yield f"{questions}, no clock."
    else:
        yield (
            f"{questions} in {wording.count_of(drawn.minutes, 'minute')}, "
            f"{drawn.pass_percent}% to pass."
        )
        yield "The clock does not stop: not when you leave, not when the computer sleeps."
    yield "Open book: have your manual beside you, and press o when you open it."
    yield "Every answer is saved at once. No answer is explained before you submit."


def _leaving(exam: Exam) -> Iterator[str]:
    if exam.deadline_at is None:
        yield "The exam stays open. To go on: cmom exam"
        return
    until = wording.time_of_day(exam.deadline_at)
    yield f"The exam stays open and its clock runs on, until {until}."
    yield "To go on: cmom exam"
