"""The section "Practice exams" of the help: sitting one, the manual beside it, whether it will do."""

import click

from cmom_srs.cli.options import Command
from cmom_srs.cli.output import json_option

COMMANDS: tuple[click.Command, ...] = ()
