"""`cmom bury`: a card hidden for the rest of the study day."""

import click

from cmom_srs.cli.learner import learning


def bury_card(name: str) -> None:
    """Hides a card until tomorrow. Raises UnknownCardError."""
    with learning() as learner:
        card = learner.find_card(name)
        learner.store.bury(card, learner.today, learner.now)
    click.echo(f"{card} is hidden until tomorrow.")
