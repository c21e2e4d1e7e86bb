"""`cmom leeches`: the cards that keep being forgotten."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.stats import progress

_Leeches = Sequence[tuple[CardId, CardState]]


def show_leeches() -> None:
    """Cards that lapsed eight times or more, the worst first."""
    with learning() as learner:
        leeches = progress.leeches(learner.states)
    show(leeches, _shape, _lines)
    if leeches:
        tell("Rewrite one (v in review), or: cmom suspend CARD")


def _shape(leeches: _Leeches) -> dict[str, Any]:
    return {
        "leeches": [
            {
                "card": str(card),
                "lapses": state.lapses,
                "due_on": json_shapes.day(state.due_on),
                "is_suspended": state.is_suspended,
            }
            for card, state in leeches
        ]
    }


def _lines(leeches: _Leeches) -> Iterator[str]:
    if not leeches:
        yield f"No card has lapsed {schedule.LEECH_LAPSES} times."
    for card, state in leeches:
        yield f"{state.lapses:>3} lapses  {card}{'  (suspended)' * state.is_suspended}"
