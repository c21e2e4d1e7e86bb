"""`cmom set`, `cmom path`, `cmom completion`: how the program is set up."""

import click

from cmom_srs.cli.command import Command
from cmom_srs.cli.command import json_option
from cmom_srs.cli.command import write_json


@click.command(name="set", cls=Command)
@click.argument("name", required=False)
@click.argument("value", required=False)
@json_option
def set_(name: str | None, value: str | None, is_json: bool) -> None:
    """Show the settings, or store one: cmom set new-cards 20."""
    from cmom_srs.cli import settings

    settings.show_or_store(name, value, is_json)


@click.command(cls=Command)
@json_option
def path(is_json: bool) -> None:
    """Print where decks and history are, and which rule chose each."""
    from cmom_srs.cli import places

    where = places.find()
    rows = {"decks": where.decks, "history": where.history, "data": where.data}
    if is_json:
        write_json(
            {name: {"path": str(place.path), "rule": place.rule} for name, place in rows.items()}
        )
        return
    for name, place in rows.items():
        click.echo(f"{name:<8} {place.path}  ({place.rule})")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a shell's completion script.

    \b
    bash    eval "$(cmom completion bash)"            in ~/.bashrc
    zsh     eval "$(cmom completion zsh)"             in ~/.zshrc
    fish    cmom completion fish | source             in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    assert completion_class is not None  # noqa: S101 - the choice above allows no other shell
    program = context.find_root().command
    click.echo(completion_class(program, {}, "cmom", "_CMOM_COMPLETE").source())
