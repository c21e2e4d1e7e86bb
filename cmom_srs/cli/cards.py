"""The commands about cards: today's queue, one card, a search, a grade, and the switches."""

from typing import Any

import click

from cmom_srs.cli import completion
from cmom_srs.cli.command import Command
from cmom_srs.cli.command import Decorated
from cmom_srs.cli.command import json_option
from cmom_srs.cli.filters import filter_options

Names = tuple[str, ...]

_GRADES = {"again": 2, "hard": 3, "good": 4, "easy": 5}


class _Grade(click.ParamType[int]):
    """A grade: a number is always the grade 0-5, a word is a rating."""

    name = "grade"

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> int:
        """The grade as a number from 0 to 5."""
        text = str(value).lower()
        if text in _GRADES:
            return _GRADES[text]
        if text in {"0", "1", "2", "3", "4", "5"}:
            return int(text)
        return self.fail(
            f"{value!r} is no grade: 0 to 5, or again, hard, good, easy", parameter, context
        )


def _card_argument(function: Decorated) -> Decorated:
    return click.argument("card", metavar="CARD", shell_complete=completion.completer("card"))(
        function
    )


@click.command(cls=Command)
@filter_options
@json_option
def due(domain_names: Names, deck_names: Names, tag_names: Names, is_json: bool) -> None:
    """List today's cards in the order review asks them."""
    from cmom_srs.cli import answers
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        answers.show_queue(learner, learner.session(domain_names, deck_names, tag_names), is_json)


@click.command(name="next", cls=Command)
@filter_options
@json_option
def next_card(domain_names: Names, deck_names: Names, tag_names: Names, is_json: bool) -> None:
    """Show the card that review would ask now."""
    from cmom_srs.cli import answers
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        answers.show_next(learner, learner.session(domain_names, deck_names, tag_names), is_json)


@click.command(cls=Command)
@_card_argument
@click.argument("grade", type=_Grade(), metavar="GRADE")
@click.option("--cram", "is_cram", is_flag=True, help="Log the answer, schedule nothing.")
@json_option
def grade(card: str, grade: int, is_cram: bool, is_json: bool) -> None:
    """Grade a card without the review screen.

    GRADE is SM-2's 0 to 5, or again (2), hard (3), good (4), easy (5).
    """
    from cmom_srs.cli import answers
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        answers.grade(learner, card, grade, is_cram, is_json)


@click.command(cls=Command)
@_card_argument
@json_option
def card(card: str, is_json: bool) -> None:
    """Show a card: its words, its schedule, every answer to it."""
    from cmom_srs.cli import answers
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        answers.show_card(learner, card, is_json)


@click.command(cls=Command)
@click.argument("text", nargs=-1, required=True)
@json_option
def search(text: tuple[str, ...], is_json: bool) -> None:
    """Find notes in which every word of TEXT occurs."""
    from cmom_srs.cli import answers
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        answers.search(learner, " ".join(text).split(), is_json)


@click.command(cls=Command)
@_card_argument
def suspend(card: str) -> None:
    """Ask a card no more until it is unsuspended."""
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        found = learner.find_card(card)
        learner.store.set_suspended(found, is_suspended=True)
        click.echo(f"{found} is suspended. Back with: cmom unsuspend {found}")


@click.command(cls=Command)
@_card_argument
def unsuspend(card: str) -> None:
    """Ask a suspended card again, on its old schedule."""
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        found = learner.find_card(card)
        learner.store.set_suspended(found, is_suspended=False)
        click.echo(f"{found} is asked again.")


@click.command(cls=Command)
@_card_argument
def bury(card: str) -> None:
    """Hide a card for the rest of the study day."""
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        found = learner.find_card(card)
        learner.store.bury(found, learner.today)
        click.echo(f"{found} is hidden until tomorrow.")
