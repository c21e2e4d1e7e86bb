"""The section "Practice exams" of the help: sitting one, the manual beside it, readiness."""

from typing import Any

import click

from cmom_srs.cli import completion
from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.options import ProgramGroup
from cmom_srs.cli.output import json_option

_MOST_MINUTES = 1440


@click.group(cls=ProgramGroup, invoke_without_command=True, subcommand_metavar="[COMMAND]")
@click.option("--questions", type=click.IntRange(1), metavar="N", help="Ask N questions alone.")
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="NAME",
    shell_complete=completion.completer("domain"),
    help="Only questions of a domain (repeatable); then nothing is passed or failed.",
)
@click.option("--profile", metavar="NAME", help="A profile of the blueprint.")
@click.option("--seed", metavar="TEXT", help="The same seed draws the same exam.")
@click.option(
    "--minutes",
    type=click.IntRange(1, _MOST_MINUTES),
    metavar="N",
    help="Sit it in N minutes.",
)
@click.option("--no-clock", "has_no_clock", is_flag=True, help="Sit it without a clock.")
@click.option(
    "--rehearsal", "is_rehearsal", is_flag=True, help="Ask the questions that the plan kept back."
)
@click.option("--plain", "is_plain", is_flag=True, help="Whole lines, no redraw; begins at once.")
@click.pass_context
def exam_group(context: click.Context, /, **options: Any) -> None:
    """Sit a practice exam, or go on with the open one.

    100 questions in 120 minutes, your manual beside you. The clock does not stop, as in the exam
    room. Every answer is on disk when you see it: leave with q, lose power, close the lid, and
    `cmom exam` comes back to the same question. No why and no score is shown before you submit.
    After that come the result and your misses, and the next study day asks those again.

    \b
    cmom exam                  100 questions, 120 minutes
    cmom exam --questions 25   a quarter of it
    cmom help exam             fresh questions, marks and the result explained
    """
    if options["has_no_clock"] and options["minutes"]:
        raise click.UsageError("--minutes sets a clock, and --no-clock says that there is none")
    if context.invoked_subcommand is None:
        from cmom_srs.cli.exam import drawing
        from cmom_srs.cli.exam import sit

        sit.run(drawing.ExamOptions(**options))


@exam_group.command("list", cls=ProgramCommand)
@json_option
def list_command() -> None:
    """List the exams that you have sat, with their scores."""
    from cmom_srs.cli.exam import past

    past.show_list()


@exam_group.command("show", cls=ProgramCommand)
@click.argument("number", type=click.IntRange(1), required=False, metavar="[N]")
@click.option("--misses", "has_misses", is_flag=True, help="Then the missed questions in full.")
@click.option(
    "--fail-under",
    "lowest_percent",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 below this score.",
)
@json_option
@click.pass_context
def show_command(
    context: click.Context, number: int | None, has_misses: bool, lowest_percent: float | None
) -> None:
    """Show the result of exam N, of the last one without a number."""
    from cmom_srs.cli.exam import past

    context.exit(past.show_one(number, has_misses=has_misses, lowest_percent=lowest_percent))


@exam_group.command("drop", cls=ProgramCommand)
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
def drop_command(is_sure: bool) -> None:
    """End the open exam without a score; questions never shown stay fresh."""
    from cmom_srs.cli.exam import drop

    drop.drop_open(is_sure)


@click.group(cls=ProgramGroup, invoke_without_command=True, subcommand_metavar="[COMMAND]")
@click.option(
    "--rounds",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    metavar="N",
    help="Time N topics, each once.",
)
@click.option("--plain", "is_plain", is_flag=True, help="Whole lines instead of single keys.")
@click.pass_context
def lookup_group(context: click.Context, rounds: int, is_plain: bool) -> None:
    """Time yourself finding topics in your course manual.

    The exam is open book. Each round names a topic, never-timed ones and your weakest domain
    first; note its page or tab, and it is shown beside every card. Every look-up is on disk
    before the next topic.
    """
    if context.invoked_subcommand is None:
        from cmom_srs.cli.exam import lookup

        lookup.run(rounds, is_plain)


@lookup_group.command("list", cls=ProgramCommand)
@json_option
def index_command() -> None:
    """Print your own index of the manual.

    Every topic in alphabetical order with the page or tab that you noted last: a sheet to print
    and put in front of the manual.
    """
    from cmom_srs.cli.exam import lookup

    lookup.show_index()


@click.command(cls=ProgramCommand)
@click.option("--explain", "is_explaining", is_flag=True, help="Print formulas and numbers too.")
@json_option
def ready_command(is_explaining: bool) -> None:
    """Show what you can do, how likely a pass is, and what to do next.

    The benchmarks are those of the study guide; decks of your own may bring theirs, in
    blueprint.toml. The estimate rests on your practice exams of the last 21 days: no promise.
    """
    from cmom_srs.cli.exam import ready

    ready.show_readiness(is_explaining)


COMMANDS: tuple[click.Command, ...] = (exam_group, lookup_group, ready_command)
