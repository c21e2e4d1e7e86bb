"""`cmom exam drop`: the open exam ended without a score."""

import click

from cmom_srs.cli import clock
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import say
from cmom_srs.errors import CmomError
from cmom_srs.history.exam import exams
from cmom_srs.study import wording
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind


class NoOpenExamError(CmomError):
    """Nothing to drop."""

    def __init__(self) -> None:
        super().__init__("No exam is open.")


def drop_open(is_sure: bool) -> None:
    """Ends the open exam: no score, nothing pulled forward. Raises NoOpenExamError."""
    with learning() as learner:
        learner.store.require_writable()
        exam = exams.open_exam(learner.store)
        if exam is None:
            raise NoOpenExamError
        sheet = exams.sheet_of(learner.store, exam)
        answers = wording.count_of(sheet.responses, "answer")
        question = f"Drop exam {exam.number} with {answers}? It has no score then."
        if not is_sure and not click.confirm(question, default=False, err=True):
            return
        dropping = [Event(EventKind.DROPPED, clock.running())]
        after = exams.append(learner.store, exam, dropping, learner.settings.rollover_hour)
    if after.ending is not None and after.ending.how is EventKind.DROPPED:
        say(f"Exam {exam.number} is dropped. Questions that it never showed stay fresh.")
    else:
        say(f"Exam {exam.number} had ended already: cmom exam show {exam.number}")
