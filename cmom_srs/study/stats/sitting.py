"""What a sitting came to."""

from collections.abc import Mapping
from dataclasses import dataclass

from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.stats.scores import score
from cmom_srs.study.stats.scores import score_by
from cmom_srs.study.tally import Tally


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a sitting came to.

    `by_domain` maps domain keys to the scores of first answers; `leeches` are the cards that
    raised the alert in it; `tomorrow` what the next study day asks.
    """

    score: Tally
    repeats: int
    duration_ms: int
    by_domain: Mapping[str, Tally]
    leeches: tuple[CardId, ...]
    tomorrow: DayAhead


def summarize(session: Session, domains: Mapping[str, str], tomorrow: DayAhead) -> SessionSummary:
    """What a sitting came to; `domains` maps the ids of its notes to domain keys."""
    first = [answer for answer in session.done if answer.kind is not ReviewKind.DRILL]
    return SessionSummary(
        score=score(first),
        repeats=len(session.done) - len(first),
        duration_ms=sum(answer.duration_ms for answer in session.done),
        by_domain=score_by(first, lambda answer: domains[answer.card.note_id]),
        leeches=session.leeches,
        tomorrow=tomorrow,
    )
