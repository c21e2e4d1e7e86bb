"""Numbers in text and JSON: statistics and leeches."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from datetime import timedelta
from typing import Any

import click

from cmom_srs.cli import shapes
from cmom_srs.cli.command import write_json
from cmom_srs.cli.learner import Learner
from cmom_srs.study import schedule
from cmom_srs.study import stats
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.stats import DayLoad
from cmom_srs.study.stats import Progress
from cmom_srs.study.stats import Score

_PERIOD_DAYS = 30


def show_stats(learner: Learner, is_json: bool) -> None:
    """Answers of today and of 30 days, and by domain: progress and how much was still known."""
    since = learner.today - timedelta(days=_PERIOD_DAYS - 1)
    answers = [
        answer for answer in learner.store.answers(since) if answer.kind is not ReviewKind.CRAM
    ]
    today = [answer for answer in answers if answer.study_day == learner.today]
    by_domain = stats.score_by(
        (answer for answer in schedule.counted(answers) if answer.card.note_id in learner.notes),
        lambda answer: learner.notes[answer.card.note_id].domain,
    )
    loads = learner.forecast()
    progress = progress_by_domain(learner)
    if is_json:
        write_json(
            {
                "study_day": shapes.day(learner.today),
                "today": _period_shape(today),
                "last_30_days": _period_shape(answers),
                "domains": [
                    {"domain": domain, **asdict(cards), **_score_shape(by_domain.get(domain))}
                    for domain, cards in progress.items()
                ],
                "forecast": [_load_shape(load) for load in loads],
            }
        )
        return
    click.echo(f"Today          {_period_line(today)}")
    click.echo(f"Last 30 days   {_period_line(answers)}")
    width = shutil.get_terminal_size().columns
    title_width = max(10, min(width - 32, 34))
    click.echo(
        f"\n{'Domain, cards':<{title_width}}{'unseen':>8}{'young':>8}{'mature':>8}{'right':>8}"
    )
    for domain, cards in progress.items():
        right = percent(by_domain.get(domain))
        title = learner.domain_title(domain)
        click.echo(
            f"{title:<{title_width}.{title_width - 1}}{cards.unseen:>8}{cards.young:>8}"
            f"{cards.mature:>8}{right:>8}"
        )
    click.echo("right: first answers of the last 30 days graded 3 or better")
    click.echo("")
    for line in forecast_lines(loads, width):
        click.echo(line)


def progress_by_domain(learner: Learner) -> dict[str, Progress]:
    """How far the cards of each domain are, in the blueprint's order."""
    found = {card.note.domain for card in learner.cards.values()}
    listed = [domain.key for domain in learner.blueprint.domains] if learner.blueprint else []
    ordered = [key for key in listed if key in found] + sorted(found.difference(listed))
    return {
        domain: stats.progress(
            learner.states, [card for card in learner.cards.values() if card.note.domain == domain]
        )
        for domain in ordered
    }


def forecast_lines(loads: Sequence[DayLoad], width: int) -> list[str]:
    """The load of as many days as fit the width, at least one, as a small table."""
    loads = loads[: max(1, (width - 13) // 9)]
    return [
        f"{f'Next {len(loads)} days':<13}"
        + "".join(f"{load.day:%a %d}".rjust(9) for load in loads),
        f"{'  due':<13}" + "".join(f"{load.due:>9}" for load in loads),
        f"{'  new':<13}" + "".join(f"{load.new:>9}" for load in loads),
    ]


def percent(score: Score | None) -> str:
    """A score in percent, a hyphen without an answer."""
    value = score.percent if score else None
    return "-" if value is None else f"{value:.0f}%"


def minutes(duration_ms: float) -> str:
    """A duration in words: `under a minute`, `12 min`, `1 h 05 min`."""
    whole = round(duration_ms / 60_000)
    if whole < 1:
        return "under a minute"
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02} min"


def _period_line(answers: list[Review]) -> str:
    score = stats.score(answers)
    if not score.answers:
        return "no answers"
    days = len({answer.study_day for answer in answers})
    spent = minutes(sum(answer.duration_ms for answer in answers))
    return (
        f"{score.answers} answers on {days} day{'s' * (days > 1)}, {percent(score)} right, {spent}"
    )


def _period_shape(answers: list[Review]) -> dict[str, Any]:
    return {
        "days": len({answer.study_day for answer in answers}),
        "duration_ms": sum(answer.duration_ms for answer in answers),
        **_score_shape(stats.score(answers)),
    }


def _score_shape(score: Score | None) -> dict[str, Any]:
    score = score or Score(0, 0)
    value = score.percent
    return {
        "answers": score.answers,
        "right": score.right,
        "percent": None if value is None else round(value, 1),
    }


def _load_shape(load: DayLoad) -> dict[str, Any]:
    return {"day": shapes.day(load.day), "due": load.due, "new": load.new}


def show_leeches(learner: Learner, is_json: bool) -> None:
    """Cards that lapsed eight times or more, the worst first."""
    leeches = sorted(
        (
            (card, state)
            for card, state in learner.states.items()
            if state.lapses >= schedule.LEECH_LAPSES
        ),
        key=lambda leech: (-leech[1].lapses, leech[0]),
    )
    if is_json:
        write_json(
            {
                "leeches": [
                    {
                        "card": str(card),
                        "lapses": state.lapses,
                        "due_on": shapes.day(state.due_on),
                        "is_suspended": state.is_suspended,
                    }
                    for card, state in leeches
                ]
            }
        )
        return
    for card, state in leeches:
        click.echo(f"{state.lapses:>3} lapses  {card}{'  (suspended)' * state.is_suspended}")
    if leeches:
        click.echo("Rewrite one (v in review), or: cmom suspend CARD", err=True)
    else:
        click.echo(f"No card has lapsed {schedule.LEECH_LAPSES} times.")


def day_words(day: date) -> str:
    """A study day as people say it."""
    return f"{day:%A} {day.day} {day:%B}"
