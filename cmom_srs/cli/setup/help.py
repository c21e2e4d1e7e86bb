"""`cmom help`: what a command does, and what needs more words than its options."""

from typing import NoReturn

import click

from cmom_srs.cli.options import refuse_unknown
from cmom_srs.cli.output import say

_EXAM = """\
What a practice exam tells you

  An exam here is like the real one: 100 questions, 120 minutes, your manual
  beside you, and no answer explained before the end. `cmom exam` begins one or
  goes on with the open one.

Fresh questions

  A question is fresh when you have never met its note before, not in a review
  and not in an earlier exam. You may have simply remembered the others, the way
  you know the policy that you read last week. The exam's questions will all be
  new to you. So the result counts fresh ones apart, and they are the number to
  believe. New exams take fresh questions first; once most are used up, your
  scores go up faster than what you know.

  The interval beside that number says how far chance may have moved it: with
  "40 of 52 (77%), 90% interval 66% to 85%" your true share is very likely
  somewhere between 66% and 85%. Ten questions tell little, fifty tell more.

Marks

  Press m at a question that you want to look at again, answered or not. The
  review list (r) shows what is marked and what is blank, so that you can finish
  the sure ones first. A marked question that you got right still comes back on
  the next study day, because you were not sure.

The manual

  Press o when you open it and o when you close it. The exam is open book, but
  nobody has the time to look up 100 answers: aim at 60% to 70% without it.

After the exam

  You see the result by domain, the weakest first, then each question that you
  missed, left blank or marked, with the reason for every option. Say why it
  went wrong: 1 you did not know it, 2 you misread it, 3 two answers looked good
  (the legally required one wins), 4 you were too slow. All of them come back on
  the next study day, before the cards that are due, once.

The estimate

  `cmom ready` reckons from the questions of your last exams how likely a new
  exam is to reach the pass mark. It holds if the exam's questions are as hard
  as these, and it is an estimate, not a promise. Below 50 questions it says
  that it cannot tell.
"""

_TOPICS = {"exam": _EXAM}


def show(names: tuple[str, ...]) -> None:
    """Prints what is known of a topic, else the help of a command, of the program without a name.

    Wrong usage (exit 2) for what is neither.
    """
    root = click.get_current_context().find_root()
    topic = _TOPICS.get(" ".join(names))
    if topic is not None:
        say(topic.rstrip())
        say(f"\nIts options: cmom {' '.join(names)} --help")
        return
    say(_context_of(root, names).get_help())


def _context_of(context: click.Context, names: tuple[str, ...]) -> click.Context:
    for name in names:
        group = context.command
        command = group.get_command(context, name) if isinstance(group, click.Group) else None
        if command is None:
            _refuse(context, name)
        context = click.Context(command, context, name)
    return context


def _refuse(context: click.Context, name: str) -> NoReturn:
    group = context.command
    known = group.list_commands(context) if isinstance(group, click.Group) else []
    refuse_unknown("COMMAND", f"There is no command {name!r}.", name, known)
