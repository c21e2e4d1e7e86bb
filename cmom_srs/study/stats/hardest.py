"""What keeps being forgotten: the leeches."""

from collections.abc import Mapping

from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState


def leeches(states: Mapping[CardId, CardState]) -> tuple[tuple[CardId, CardState], ...]:
    """The cards that lapsed eight times or more, the worst first."""
    found = [
        (card, state) for card, state in states.items() if state.lapses >= schedule.LEECH_LAPSES
    ]
    return tuple(sorted(found, key=lambda leech: (-leech[1].lapses, leech[0])))
