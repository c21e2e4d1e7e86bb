"""`cmom suspend` and `cmom unsuspend`: a card taken out of all queues, and back."""

from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import say


def suspend_card(name: str) -> None:
    """Takes a card out of all queues. Raises NoSuchCardError."""
    with learning() as learner:
        card = learner.find_card(name)
        learner.store.set_suspended(card, is_suspended=True, at=learner.now)
    say(f"{card} is suspended. Back with: cmom unsuspend {card}")


def unsuspend_card(name: str) -> None:
    """Takes a card back into the queues. Raises NoSuchCardError."""
    with learning() as learner:
        card = learner.find_card(name)
        learner.store.set_suspended(card, is_suspended=False, at=learner.now)
    say(f"{card} is asked again.")
