"""How ready the learner is: the benchmarks, the estimate, the domains by practice exams."""

from collections.abc import Iterator

import htpy
from htpy import Node

from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import table
from cmom_srs.study import wording
from cmom_srs.study.readiness.summary import STATE_WORDS
from cmom_srs.study.readiness.summary import estimate_sentences
from cmom_srs.study.readiness.summary import interval_words
from cmom_srs.study.tally import Tally


def section(contents: Contents) -> Iterator[Node]:
    """What `cmom ready` says."""
    readiness = contents.readiness
    yield table(
        "Benchmarks",
        ("Benchmark", "State", "What there is"),
        (
            (verdict.benchmark.title, STATE_WORDS[verdict.state], verdict.detail)
            for verdict in readiness.verdicts
        ),
    )
    yield htpy.h3["Estimate, from practice questions; no promise"]
    for sentence in estimate_sentences(readiness):
        yield htpy.p[sentence]
    if readiness.pool.by_domain:
        yield table(
            "Practice exams by domain, the weakest first",
            ("Domain", "Right", "Share", "90% interval"),
            (_cells(contents, *each) for each in readiness.pool.by_domain.items()),
        )


def _cells(contents: Contents, domain: str, tally: Tally) -> tuple[Node, ...]:
    share = wording.percent(tally)
    return contents.title_of(domain), str(tally), share, interval_words(tally) or "-"
