"""The end of a session on one screen."""

from collections.abc import Mapping

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study.stats import Score
from cmom_srs.study.stats import SessionSummary


def saved(answers: int) -> str:
    """What every way of leaving says: "12 answers saved"."""
    return "1 answer saved" if answers == 1 else f"{answers} answers saved"


def summary(result: SessionSummary) -> RenderableType:
    """What the session came to; `by_domain` is by the domains' titles here."""
    parts: list[RenderableType] = [_first_line(result), ""]
    if len(result.by_domain) > 1:
        parts += [_by_domain(result.by_domain), ""]
    if result.leeches:
        parts += [f"Leeches: {', '.join(map(str, result.leeches))}", ""]
    parts.append(f"Tomorrow: {result.tomorrow.due} due, {result.tomorrow.new} new.")
    return Group(*parts, "")


def _first_line(result: SessionSummary) -> Text:
    score = result.score
    said = [f"{saved(score.answers + result.repeats)} in {_minutes(result.duration_ms)}"]
    if score.answers:
        said.append(f"{score.right} of {score.answers} right the first time ({_percent(score)})")
    return Text("; ".join(said) + ".", "strong")


def _minutes(ms: int) -> str:
    minutes = ms / 60_000
    return f"{minutes:.0f} min" if minutes >= 1 else "under a minute"


def _percent(score: Score) -> str:
    return f"{score.percent:.0f}%"


def _by_domain(scores: Mapping[str, Score]) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for title, score in scores.items():
        table.add_row(title, f"{score.right} of {score.answers}", _percent(score))
    return table
