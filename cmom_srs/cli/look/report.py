"""`cmom report`: all that is known of the learner's way, as one page for a browser."""

from pathlib import Path

import click

from cmom_srs import __version__
from cmom_srs.cli import progress_bar
from cmom_srs.cli.exam.ready import readiness_of
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import say
from cmom_srs.cli.output import tell
from cmom_srs.cli.plan.plan import plan_of
from cmom_srs.cli.record import record_of
from cmom_srs.errors import CmomError
from cmom_srs.files import replace_file
from cmom_srs.report import page
from cmom_srs.report.contents import Contents
from cmom_srs.study import lookups
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.readiness.record import Record
from cmom_srs.study.readiness.summary import Readiness
from cmom_srs.study.stats import distributions
from cmom_srs.study.stats import hardest
from cmom_srs.study.stats import overview
from cmom_srs.study.stats.ahead import days_to_exam
from cmom_srs.study.stats.days import days_done
from cmom_srs.study.stats.retention import retention
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.stats.weak_topics import weak_topics
from cmom_srs.study.stats.weeks import calendar_start

STDOUT = Path("-")
_HEAD_BYTES = 1000
_OWNER_ALONE = 0o600


class ForeignFileError(CmomError):
    """A file that is there and is no report of ours; it stays as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is there and is no report of cmom: it stays as it is.",
            "Name another file: cmom report -o FILE",
        )


def write(path: Path, is_opening: bool) -> None:
    """The report into a file, or on stdout; its path is printed, and opened if that is asked for.

    Raises ForeignFileError, UnwritableFileError.
    """
    if path == STDOUT:
        click.echo(_made(), nl=False)
        return
    path = path.absolute()
    if _is_foreign(path):
        raise ForeignFileError(path)
    replace_file(path, _made().encode(), _OWNER_ALONE)
    say(str(path))
    if is_opening:
        _open(path)


def _is_foreign(path: Path) -> bool:
    """Whether something is there that no `cmom report` has made."""
    if not path.exists():
        return False
    if not path.is_file():
        return True
    with path.open("rb") as file:
        return page.GENERATOR_MARK.encode() not in file.read(_HEAD_BYTES)


def _open(path: Path) -> None:
    import webbrowser

    if not webbrowser.open(path.as_uri()):
        tell("No browser was found. Open the file in one yourself.")


def _made() -> str:
    with learning() as learner, progress_bar.shown() as watch:
        steps = iter(watch(range(4), "Making the report"))
        next(steps)
        record = record_of(learner)
        next(steps)
        readiness = readiness_of(learner, record)
        next(steps)
        contents = _contents(learner, record, readiness)
        next(steps)
        text = page.html(contents)
        next(steps, None)
    return text


def _contents(learner: Learner, record: Record, readiness: Readiness) -> Contents:
    answers, cards, states, today = record.answers, record.cards, learner.states, learner.today
    counted = spaced(answers)
    recent = [each for each in answers if each.study_day >= overview.period_start(today)]
    goal = learner.goal()
    exam_on = goal.exam_on if goal else None
    asked = tuple(hardest.asked_notes(counted, record.exams, states, cards))
    return Contents(
        version=__version__,
        titles={domain: learner.domain_title(domain) for domain in learner.domains()},
        overview=overview.overview(recent, states, cards, today, learner.domains()),
        readiness=readiness,
        exams=record.exams,
        retention=retention(counted, cards, learner.domains()),
        days=days_done(answers, counted, calendar_start(today), today),
        plan=_plan(learner),
        ahead=days_to_exam(learner.run_ahead(), today, exam_on),
        exam_on=exam_on,
        ease_factors=distributions.ease_factors(states.values()),
        intervals=distributions.intervals(states.values()),
        hardest=hardest.worst_first(asked),
        reasons=hardest.reasons(record.exams),
        weak_topics=weak_topics(asked),
        lookups=lookups.figures(lookups.newest(record.lookups)),
        index=lookups.index(lookups.topics(learner.notes.values()), record.lookups),
    )


def _plan(learner: Learner) -> Plan | None:
    """The plan, where there are an exam, a blueprint and cards to make one of."""
    return plan_of(learner) if learner.blueprint and learner.cards else None
