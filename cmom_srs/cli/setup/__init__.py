"""The section "Set up" of the help: settings, places, completion."""

import click

from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.output import json_option


@click.command(cls=ProgramCommand)
@click.argument("name", required=False)
@click.argument("value", required=False)
@json_option
def set_command(name: str | None, value: str | None) -> None:
    """Show the settings, or store one: cmom set new-cards 20."""
    from cmom_srs.cli.setup import set as settings

    settings.show_or_store(name, value)


@click.command(cls=ProgramCommand)
@json_option
def path_command() -> None:
    """Print where decks and history are, and which rule chose each."""
    from cmom_srs.cli.setup import path

    path.show_places()


@click.command(cls=ProgramCommand)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print a shell's completion script.

    \b
    bash    eval "$(cmom completion bash)"            in ~/.bashrc
    zsh     eval "$(cmom completion zsh)"             in ~/.zshrc
    fish    cmom completion fish | source             in ~/.config/fish/config.fish

    zsh needs its own completion before that line: autoload -Uz compinit && compinit
    """
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    assert completion_class is not None  # noqa: S101 - the choice above allows no other shell
    program = context.find_root().command
    click.echo(completion_class(program, {}, "cmom", "_CMOM_COMPLETE").source())


@click.command(cls=ProgramCommand)
@click.argument("names", nargs=-1, metavar="[COMMAND]")
def help_command(names: tuple[str, ...]) -> None:
    """Explain a command, or with `exam` how to read a result."""
    from cmom_srs.cli.setup import help as helping

    helping.show(names)


COMMANDS = (help_command, set_command, path_command, completion_command)
