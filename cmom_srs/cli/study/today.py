"""`cmom` alone: what is due today, what is coming, and one thing to do next."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence

import click

from cmom_srs.cli.forecast_table import forecast_lines
from cmom_srs.cli.learner import FORECAST_DAYS
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import labeled
from cmom_srs.cli.output import say
from cmom_srs.cli.plan import brief
from cmom_srs.study import wording
from cmom_srs.study.day import forecast
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.session import Counts
from cmom_srs.study.day.session import Session
from cmom_srs.study.stats import progress as stages
from cmom_srs.terminal.keyboard import Keyboard
from cmom_srs.terminal.keyboard import keys

_COUNT_WIDTHS = {"due": 8, "new": 6, "drill": 8}
_NUMBERS_WIDTH = 2 + 8 + 6 + 8 + 9
_TITLE_WIDTHS = (10, 36)
_LABEL_WIDTH = 8
_MARGIN = 2


def show(is_plain: bool) -> None:
    """Today's screen on a terminal, where Enter begins to study; plain counts in a pipe."""
    with learning() as learner:
        session = learner.session()
        if not sys.stdout.isatty():
            _write_counts(sessions.counts(session))
            return
        for line in _lines(learner, session, shutil.get_terminal_size().columns):
            say(line)
        brief.note_asked(learner)
        is_studying = sys.stdin.isatty() and _is_study_wanted(session, is_plain)
    if is_studying:
        from cmom_srs.cli.study import review

        review.run(review.ReviewOptions(is_plain=is_plain))


def _write_counts(counts: Counts) -> None:
    """The counts alone, a line each."""
    say(f"due {counts.due}\nnew {counts.new}\nagain {counts.again}")


def _is_study_wanted(session: Session, is_plain: bool) -> bool:
    """Whether the learner presses Enter to begin; asked only when there is something to study."""
    if sessions.current(session) is None:
        return False
    if is_plain:
        say("\nPress Enter to begin; type q, then Enter, to leave.")
        return sys.stdin.readline() == "\n"
    click.echo("\nEnter begins, any other key leaves.", nl=False)
    try:
        with Keyboard() as keyboard:
            while (key := keyboard.read_key(None)) in {keys.RESIZED, keys.RESUME}:
                pass
    except EOFError:  # Ctrl-D is another key
        key = ""
    click.echo("")
    return key in {keys.ENTER, keys.SPACE}


def _lines(learner: Learner, session: Session, width: int) -> Iterator[str]:
    days = learner.days_ahead()
    counts = sessions.counts(session)
    way = brief.of(learner)
    yield wording.long_date(learner.today)
    yield ""
    if way.exam:
        yield labeled("Exam", way.exam, _LABEL_WIDTH, width, _MARGIN)
    if way.practice:
        yield labeled("Exams", way.practice, _LABEL_WIDTH, width, _MARGIN)
    today = _today_words(counts, session, days[0])
    yield labeled("Today", today, _LABEL_WIDTH, width, _MARGIN)
    yield labeled("Seen", _seen_words(learner, days), _LABEL_WIDTH, width, _MARGIN)
    yield ""
    yield from _domain_lines(learner, session, width)
    yield ""
    yield from (f"  {line}" for line in forecast_lines(days[1 : FORECAST_DAYS + 1], width - 2))
    yield ""
    command = _next_command(learner, session, counts, way.command)
    yield labeled("Next:", command, _LABEL_WIDTH, width, _MARGIN)


def _today_words(counts: Counts, session: Session, ahead: DayAhead) -> str:
    """What is left today, and how long it takes, or how much of it the minutes take."""
    if not counts.total:
        return "nothing left to do"
    limits = session.limits
    seen = counts.due + counts.again
    seconds = counts.new * limits.first_sight_seconds + seen * limits.right_answer_seconds
    again = f", {counts.again} to repeat" if counts.again else ""
    words = f"{counts.due} to review, {counts.new} new{again}"
    if limits.minutes is not None and seconds > limits.minutes * 60 - session.used_ms / 1000:
        return f"{words}; {limits.minutes:g} minutes take about {ahead.due + ahead.new} of them"
    return f"{words}: about {wording.minutes(seconds * 1000)}"


def _seen_words(learner: Learner, days: Sequence[DayAhead]) -> str:
    progress = stages.progress(learner.states, learner.cards.values())
    seen = f"{progress.total - progress.unseen} of {progress.total} cards"
    if not progress.unseen:
        return seen
    last_on = forecast.all_seen_on(days)
    if last_on is None:
        unseen = wording.count_of(days[-1].unseen, "card")
        by = learner.date_words(days[-1].day)
        return f"{seen}; at today's settings {unseen} still unseen on {by}{_change_it(learner)}"
    return f"{seen}; all by {learner.date_words(last_on)}{_change_it(learner)}"


def _change_it(learner: Learner) -> str:
    """How to see new cards faster; a plan decides that itself."""
    return "" if learner.goal() else " (cmom set new-cards changes it)"


def _domain_lines(learner: Learner, session: Session, screen_width: int) -> Iterator[str]:
    narrowest, widest = _TITLE_WIDTHS
    title_width = max(narrowest, min(screen_width - _NUMBERS_WIDTH, widest))
    waiting: Counter[tuple[str, str]] = Counter()
    for card in session.first + session.repeats:
        waiting[learner.notes[card.note_id].domain, sessions.queue_of(session, card)] += 1
    yield f"  {'By domain':<{title_width}}{'review':>8}{'new':>6}{'repeat':>8}{'seen':>9}"
    for domain, progress in stages.progress_by_domain(
        learner.states, learner.cards.values(), learner.domains()
    ).items():
        counts = "".join(
            f"{waiting[domain, name]:>{width}}" for name, width in _COUNT_WIDTHS.items()
        )
        seen = f"{progress.total - progress.unseen}/{progress.total}"
        title = learner.domain_title(domain)
        yield f"  {title:<{title_width}.{title_width - 1}}{counts}{seen:>9}"


def _next_command(learner: Learner, session: Session, counts: Counts, of_plan: str | None) -> str:
    if counts.total and not sessions.is_out_of_time(session):
        return "cmom review"
    if of_plan:
        return of_plan
    if counts.total:
        return "cmom review --minutes 10   (today's minutes are used)"
    if stages.leeches(learner.states):
        return "cmom leeches   (cards that keep being forgotten)"
    return "cmom review --ahead   (or come back tomorrow)"
