"""The section "Plan" of the help: the way to an exam date."""

from typing import Any

import click

from cmom_srs.cli.options import ProgramCommand
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


COMMANDS: tuple[click.Command, ...] = (plan_command,)
