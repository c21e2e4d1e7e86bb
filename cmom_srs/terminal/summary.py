"""The end of a session on one screen."""

from collections.abc import Iterable
from collections.abc import Mapping

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study.stats.sitting import SessionSummary
from cmom_srs.study.tally import Tally
from cmom_srs.study.wording import count_of
from cmom_srs.study.wording import minutes
from cmom_srs.study.wording import percent


def saved(answers: int) -> str:
    """What every way of leaving says: "12 answers saved"."""
    return f"{count_of(answers, 'answer')} saved" if answers else "No answers to save"


def summary(result: SessionSummary, leeches: Iterable[str]) -> RenderableType:
    """What the session came to.

    `by_domain` is by the domains' titles here; `leeches` are the names of its leeches.
    """
    parts: list[RenderableType] = [_first_line(result), ""]
    if len(result.by_domain) > 1:
        parts += [_by_domain(result.by_domain), ""]
    if result.leeches:
        parts += ["Leeches, forgotten again and again:", *leeches, ""]
    parts.append(f"Tomorrow: {result.tomorrow.due} to review, {result.tomorrow.new} new.")
    return Group(*parts, "")


def _first_line(result: SessionSummary) -> Text:
    score = result.score
    said = [f"{saved(score.total + result.repeats)} in {minutes(result.duration_ms)}"]
    if score.total:
        said.append(f"{score} right the first time ({percent(score)})")
    return Text("; ".join(said) + ".", "strong")


def _by_domain(scores: Mapping[str, Tally]) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for title, score in scores.items():
        table.add_row(title, str(score), percent(score))
    return table
