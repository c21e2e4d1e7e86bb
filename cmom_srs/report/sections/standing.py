"""Where the learner stands: what to do next, the last answers, how far the cards are."""

from collections.abc import Iterator

import htpy
from htpy import Node

from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import command
from cmom_srs.report.tables import facts
from cmom_srs.report.tables import table
from cmom_srs.study import wording
from cmom_srs.study.plan.words import exam_words
from cmom_srs.study.stats.overview import RECENT_DAYS
from cmom_srs.study.stats.overview import DomainNumbers
from cmom_srs.study.stats.overview import Period
from cmom_srs.study.stats.progress import YOUNG_DAYS


def section(contents: Contents) -> Iterator[Node]:
    """Facts in one list, and the cards by domain."""
    if not contents.is_begun:
        yield htpy.p(".first")[
            "Nothing was answered yet, so this page has little to show. Begin with ",
            command("cmom review"),
            ", and make the report again after a few days of study.",
        ]
    yield facts(_facts(contents))
    domains = contents.overview.domains
    if domains:
        yield table(
            "Cards by domain",
            ("Domain", "Cards", "Unseen", "Young", "Mature", "Suspended"),
            (_cells(contents, numbers) for numbers in domains),
        )
        yield htpy.p(".note")[
            f"Young: answered, with an interval under {YOUNG_DAYS} days. Mature: above."
        ]


def _facts(contents: Contents) -> Iterator[tuple[str, Node]]:
    overview, step = contents.overview, contents.readiness.step
    if contents.exam_on:
        yield "Exam", exam_words(contents.exam_on, contents.today)
    yield "Next", [command(step.command), f" {step.why}"]
    yield "Today", _period_words(overview.today)
    yield f"Last {RECENT_DAYS} days", _period_words(overview.recent)


def _period_words(period: Period) -> str:
    if not period.score.total:
        return "no answers"
    return (
        f"{wording.count_of(period.score.total, 'answer')} on "
        f"{wording.count_of(period.days, 'day')}, {wording.percent(period.first)} right at first, "
        f"{wording.minutes(period.duration_ms)}"
    )


def _cells(contents: Contents, numbers: DomainNumbers) -> tuple[Node, ...]:
    progress = numbers.progress
    return (
        contents.title_of(numbers.domain),
        progress.total,
        progress.unseen,
        progress.young,
        progress.mature,
        progress.suspended,
    )
