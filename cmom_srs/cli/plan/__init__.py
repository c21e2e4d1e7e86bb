"""The section "Plan" of the help: the way to an exam date, and what keeps the credential."""

from typing import Any

import click

from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.options import ProgramGroup
from cmom_srs.cli.output import json_option

_MOST_MINUTES = 1440


@click.command(cls=ProgramCommand)
@click.option("--exam", "exam", metavar="DATE", help='The exam date: 2027-02-01, "Feb 1".')
@click.option(
    "--minutes",
    type=click.IntRange(1, _MOST_MINUTES),
    metavar="N",
    help="Study N minutes a day; `cmom set minutes off` takes the limit away.",
)
@click.option("--days", metavar="LIST", help="The weekdays to study on: mon,wed,sat; or all.")
@click.option(
    "--rehearsal/--no-rehearsal",
    "wants_rehearsal",
    default=None,
    help="Keep questions back for a rehearsal two weeks before, or none.",
)
@click.option(
    "--result", type=click.Choice(("passed", "failed")), help="How the exam went, once it is over."
)
@click.option("--clear", "is_clearing", is_flag=True, help="Forget the date and the minutes.")
@json_option
def plan_command(**options: Any) -> None:
    """Show the plan to your exam date, or set what it is made of.

    A date alone suffices: then every card comes in time for the exam, all are seen half-way, and
    each once more in the last days. Nothing is stored but what you set here: after a missed week
    the plan is simply another one, and no card was touched.

    \b
    cmom plan --exam "Feb 1" --minutes 30
    cmom plan --exam "in 8 weeks" --days mon,tue,wed,thu,fri
    cmom plan                              the plan as it looks today
    """
    from cmom_srs.cli.plan import plan
    from cmom_srs.cli.plan.changes import PlanOptions

    plan.run(PlanOptions(**options))


@click.group(cls=ProgramGroup, invoke_without_command=True, subcommand_metavar="[COMMAND]")
@click.option(
    "--year",
    type=click.IntRange(1970, 2199),
    metavar="YEAR",
    help="Show the last period that ended in YEAR.",
)
@json_option
@click.pass_context
def ceu_group(context: click.Context, year: int | None) -> None:
    """Show the CEUs earned this year, and how many are missing.

    A CMOM holder earns 12 continuing education units (CEUs) a year; PMI counts one for an hour, by
    the calendar year. Where your letter from PMI names another day, store it: cmom set renewal-on
    2027-03-31. Keep the certificates: PMI may ask for them.

    \b
    cmom ceu add "HIPAA update webinar" --units 1.5 --on "Nov 3"
    """
    if context.invoked_subcommand is None:
        from cmom_srs.cli.plan import ceu

        ceu.show_earned(year)


@ceu_group.command("add", cls=ProgramCommand)
@click.argument("title", nargs=-1, required=True)
@click.option("--units", required=True, metavar="N", help="How many: 1, 1.5, 0.25.")
@click.option("--on", metavar="DATE", help='The day: 2026-11-03, "Nov 3".  [default: today]')
def add_command(title: tuple[str, ...], units: str, on: str | None) -> None:
    """Note continuing education: what it was, how many units, when."""
    from cmom_srs.cli.plan import ceu

    ceu.add(title, units, on)


@ceu_group.command("remove", cls=ProgramCommand)
@click.argument("number")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
def remove_command(number: str, is_sure: bool) -> None:
    """Remove what was noted, by the number that `cmom ceu` shows."""
    from cmom_srs.cli.plan import ceu

    ceu.remove(number, is_sure)


COMMANDS: tuple[click.Command, ...] = (plan_command, ceu_group)
