"""The words of today's screen: what is due, what is coming, what to do next."""

from collections import Counter
from collections.abc import Iterator

import click

from cmom_srs.cli import reports
from cmom_srs.cli.learner import Learner
from cmom_srs.study import queue
from cmom_srs.study import schedule
from cmom_srs.study import session as sessions
from cmom_srs.study import stats
from cmom_srs.study.queue import Limits
from cmom_srs.study.session import Counts
from cmom_srs.study.session import Session


def write_counts(learner: Learner) -> None:
    """The counts alone, a line each, for a pipe."""
    counts = sessions.counts(learner.session())
    click.echo(f"due {counts.due}\nnew {counts.new}\nagain {counts.again}")


def write(learner: Learner) -> None:
    """Today's screen: fits 80 columns and 24 rows."""
    for line in _lines(learner):
        click.echo(line)


def is_study_wanted(learner: Learner) -> bool:
    """Whether the learner presses Enter to begin; asked only when there is something to study."""
    if sessions.current(learner.session()) is None:
        return False
    click.echo("\nEnter begins, any other key leaves.", nl=False)
    key = click.getchar()
    click.echo("")
    return key in ("\r", "\n", " ")


def _lines(learner: Learner) -> Iterator[str]:
    session = learner.session()
    limits = learner.limits()
    counts = sessions.counts(session)
    yield f"{learner.today:%A} {learner.today.day} {learner.today:%B %Y}"
    yield ""
    yield f"  Today   {_today_words(learner, counts, limits)}"
    yield f"  Seen    {_seen_words(learner, limits)}"
    yield ""
    yield from _domain_lines(learner, session)
    yield ""
    yield from (f"  {line}" for line in reports.forecast_lines(learner.forecast()))
    yield ""
    yield f"  Next:   {_next_command(learner, session, counts)}"


def _today_words(learner: Learner, counts: Counts, limits: Limits) -> str:
    if not counts.total:
        return "nothing left to do"
    right = queue.pace_seconds(
        learner.store.right_answer_durations(200), queue.RIGHT_ANSWER_SECONDS
    )
    seconds = counts.new * limits.first_sight_seconds + (counts.due + counts.again) * right
    again = f", {counts.again} again" if counts.again else ""
    return f"{counts.due} due, {counts.new} new{again}: about {reports.minutes(seconds * 1000)}"


def _seen_words(learner: Learner, limits: Limits) -> str:
    progress = stats.progress(learner.states, learner.cards.values())
    seen = f"{progress.total - progress.unseen} of {progress.total} cards"
    introduced = len(learner.log().introduced)
    last_on = stats.all_seen_on(progress.unseen, introduced, learner.today, limits)
    if not progress.unseen or last_on is None:
        return seen
    of_day = queue.new_cards_of_day(progress.unseen + introduced, learner.today, limits)
    return f"{seen}; all by {reports.day_words(last_on)} at {of_day} new a day"


def _domain_lines(learner: Learner, session: Session) -> Iterator[str]:
    waiting: Counter[tuple[str, str]] = Counter()
    for card in session.first + session.repeats:
        waiting[learner.notes[card.note_id].domain, sessions.queue_of(session, card)] += 1
    yield f"  {'By domain':<36}{'due':>7}{'new':>7}{'again':>7}{'seen':>9}"
    for domain, progress in reports.progress_by_domain(learner).items():
        counts = "".join(f"{waiting[domain, name]:>7}" for name in ("due", "new", "drill"))
        seen = f"{progress.total - progress.unseen}/{progress.total}"
        yield f"  {learner.domain_title(domain):<36.35}{counts}{seen:>9}"


def _next_command(learner: Learner, session: Session, counts: Counts) -> str:
    if counts.total and sessions.is_out_of_time(session):
        return "cmom review --minutes 10   (today's minutes are used)"
    if counts.total:
        return "cmom review"
    if any(state.lapses >= schedule.LEECH_LAPSES for state in learner.states.values()):
        return "cmom leeches   (cards that keep being forgotten)"
    return "cmom review --ahead   (or come back tomorrow)"
