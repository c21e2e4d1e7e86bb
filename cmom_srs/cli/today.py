"""`cmom` alone: today at a glance, and one thing to do next."""

import sys

import click


def show() -> None:
    """Today's screen on a terminal, plain counts in a pipe."""
    from cmom_srs.cli import today_screen
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        if not sys.stdout.isatty():
            today_screen.write_counts(learner)
            return
        today_screen.write(learner)
        is_studying = sys.stdin.isatty() and today_screen.is_study_wanted(learner)
    if is_studying:
        from cmom_srs.cli import sitting

        click.get_current_context().exit(sitting.run(sitting.Options()))
