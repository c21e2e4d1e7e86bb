"""`cmom bury`: a card hidden for the rest of the study day."""

from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import say


def bury_card(name: str) -> None:
    """Hides a card until tomorrow. Raises NoSuchCardError."""
    with learning() as learner:
        card = learner.find_card(name)
        learner.store.bury(card, learner.today, learner.now)
    say(f"{card} is hidden until tomorrow.")
