"""`cmom stats`: answers, progress by domain and the days ahead, in text and JSON."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli.forecast_table import forecast_lines
from cmom_srs.cli.learner import FORECAST_DAYS
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.look import CHARTS
from cmom_srs.cli.output import labeled
from cmom_srs.cli.output import show
from cmom_srs.cli.output import text_width
from cmom_srs.study import wording
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.stats.overview import Overview
from cmom_srs.study.stats.overview import Period
from cmom_srs.study.tally import Tally


def show_stats() -> None:
    """Answers of today and of 30 days, and by domain: progress and how much was still known."""
    with learning() as learner:
        overview = learner.overview()
        loads = learner.days_ahead()[1 : FORECAST_DAYS + 1]
        show((overview, loads), _shape, partial(_lines, learner))


_Numbers = tuple[Overview, tuple[DayAhead, ...]]


def _shape(numbers: _Numbers) -> dict[str, Any]:
    overview, loads = numbers
    return {
        "study_day": json_shapes.day(overview.today_on),
        "today": _period_shape(overview.today),
        "last_30_days": _period_shape(overview.recent),
        "domains": [
            {
                "domain": domain.domain,
                **asdict(domain.progress),
                **_score_shape(domain.score),
            }
            for domain in overview.domains
        ],
        "forecast": [
            {"day": json_shapes.day(load.day), "due": load.due, "new": load.new} for load in loads
        ],
    }


def _period_shape(period: Period) -> dict[str, Any]:
    return {
        "days": period.days,
        "duration_ms": period.duration_ms,
        **_score_shape(period.score),
        "first": _score_shape(period.first),
    }


def _score_shape(score: Tally) -> dict[str, Any]:
    return {
        "answers": score.total,
        "right": score.right,
        "percent": json_shapes.rounded(score.percent),
    }


def _lines(learner: Learner, numbers: _Numbers) -> Iterator[str]:
    overview, loads = numbers
    width = shutil.get_terminal_size().columns
    yield f"Today          {_period_line(overview.today)}"
    yield f"Last 30 days   {_period_line(overview.recent)}"
    title_width = max(10, min(width - 32, 34))
    yield f"\n{'Domain, cards':<{title_width}}{'unseen':>8}{'young':>8}{'mature':>8}{'right':>8}"
    for domain in overview.domains:
        title, progress = learner.domain_title(domain.domain), domain.progress
        yield (
            f"{title:<{title_width}.{title_width - 1}}{progress.unseen:>8}{progress.young:>8}"
            f"{progress.mature:>8}{wording.percent(domain.score):>8}"
        )
    yield "right: a day's first answers that were right, or recalled; by domain, of 30 days"
    yield ""
    yield from forecast_lines(loads, width)
    yield ""
    yield labeled("Charts", f"cmom stats --chart NAME: {', '.join(CHARTS)}", 8, text_width())


def _period_line(period: Period) -> str:
    score, days = period.score, period.days
    if not score.total:
        return "no answers"
    return (
        f"{wording.count_of(score.total, 'answer')} on {wording.count_of(days, 'day')}, "
        f"{wording.percent(period.first)} right, {wording.minutes(period.duration_ms)}"
    )
