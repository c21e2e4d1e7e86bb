"""The program: its commands by group, and the one place where trouble becomes an exit code."""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from io import StringIO
from typing import Any

import click

from cmom_srs import __version__
from cmom_srs.cli import anki
from cmom_srs.cli import change
from cmom_srs.cli import decks
from cmom_srs.cli import exam
from cmom_srs.cli import look
from cmom_srs.cli import plan
from cmom_srs.cli import setup
from cmom_srs.cli import study
from cmom_srs.cli.options import global_options
from cmom_srs.errors import CmomError
from cmom_srs.printable import printable
from cmom_srs.terminal.output.encoding import allow_any_text

# The section of the help -> its commands; each is declared in the section's folder.
_SECTIONS: dict[str, tuple[click.Command, ...]] = {
    "Study": study.COMMANDS,
    "Practice exams": exam.COMMANDS,
    "Plan": plan.COMMANDS,
    "Look": look.COMMANDS,
    "Change a card": change.COMMANDS,
    "Decks": decks.COMMANDS,
    "Anki": anki.COMMANDS,
    "Set up": setup.COMMANDS,
}


class ExitCode(IntEnum):
    """What the program's exit says; a CmomError brings its own (1, or 3 for the history)."""

    DONE = 0
    FINDINGS = 1
    BUG = 70
    INTERRUPTED = 130


class _Program(click.Group):
    """The group of all commands; its help lists them by what they are for."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes one list of commands for each section."""
        width = max(len(name) for name in self.commands)
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (f"{command.name or '':<{width}}", command.get_short_help_str(66))
                        for command in commands
                    ]
                )

    def invoke(self, context: click.Context) -> Any:
        """Runs a command; that its reader has gone (`cmom due | head`) is no failure."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            _discard_output()
            return ExitCode.DONE


@click.group(
    name="cmom",
    cls=_Program,
    invoke_without_command=True,
    params=global_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="`cmom COMMAND --help` explains a command. Exit codes: 0 done, 1 findings or refused, "
    "2 wrong usage, 3 history unreadable, 130 interrupted.",
)
@click.version_option(__version__, message="cmom-srs %(version)s")
@click.option("--plain", "is_plain", is_flag=True, help="Whole lines instead of single keys.")
@click.pass_context
def program(context: click.Context, is_plain: bool) -> None:
    """Study for the CMOM exam: a few minutes every day, on a schedule that forgets nothing.

    \b
    cmom review         study what is due today
    cmom                today at a glance
    cmom check          check the decks after an edit
    """
    if context.invoked_subcommand is None:
        from cmom_srs.cli.study import today

        today.show(is_plain)


for _commands in _SECTIONS.values():
    for _command in _commands:
        program.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> None:
    """Runs the program and leaves with its exit code."""
    gc.set_threshold(50_000)  # imports make many objects and no garbage: look for it less often
    is_mute = sys.stdout is None
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        allow_any_text(stream)  # a character too many must not cost an answer
    sys.exit(_refuse_to_be_mute() if is_mute else _exit_code(arguments))


def _open_what_is_closed() -> None:
    """Python has None in the place of a stream that the shell closed (`cmom due >&-`)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - stays open
            setattr(sys, name, nothing)


def _refuse_to_be_mute() -> int:
    click.echo("cmom: standard output is closed: there is nowhere to print to.", err=True)
    return ExitCode.FINDINGS


def _exit_code(arguments: Sequence[str] | None) -> int:
    try:
        return _run_command(arguments)
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return ExitCode.DONE
    except Exception:  # the last resort: a bug keeps its traceback and has its own exit code
        import traceback

        traceback.print_exc()
        return ExitCode.BUG


def _run_command(arguments: Sequence[str] | None) -> int:
    try:
        result = program.main(arguments, prog_name="cmom", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        said = StringIO()
        error.show(said)
        click.echo(printable(said.getvalue()), err=True, nl=False)
        return error.exit_code
    except CmomError as error:
        _tell(error)
        return error.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:
        _tell(_SystemError(error))
        _discard_output()
        return ExitCode.FINDINGS
    return result if isinstance(result, int) else ExitCode.DONE


class _SystemError(CmomError):
    """Something that the system refused, where no command has better words for it."""

    def __init__(self, error: OSError) -> None:
        what = f"{os.fsdecode(error.filename)} cannot be used" if error.filename else "Stopped"
        super().__init__(f"{what}: {error.strerror or type(error).__name__}.")


def _tell(error: CmomError) -> None:
    with contextlib.suppress(OSError):
        click.echo(f"cmom: {error.sentence}", err=True)
        if error.way_out:
            click.echo(error.way_out, err=True)


def _discard_output() -> None:
    """Nothing more can be printed: the reader has gone (`cmom due | head`), or the disk is full."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
