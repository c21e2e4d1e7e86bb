"""What `cmom anki import` merges, and says."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from cmom_srs.anki import exported
from cmom_srs.anki.exported import AnkiAnswer
from cmom_srs.cli.command import write_json
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.history import anki_reviews as merging
from cmom_srs.study import schedule
from cmom_srs.study import session as sessions
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import AWAY_MS
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind


def merge(file: Path, is_json: bool) -> None:
    """Appends the reviews done in Anki once, and says what was merged and what is not known."""
    answers = exported.read_answers(file)
    with learning() as learner:
        learner.store.require_writable()
        notes = merging.notes_by_first_id(learner.store)
        cards = merging.known_cards(learner.store)
        placed = [(answer, _card(answer, notes)) for answer in answers]
        report = merging.merge(
            learner.store,
            (
                (answer.anki_id, _review(answer, card, learner))
                for answer, card in placed
                if card in cards
            ),
        )
        learner.reload()
        counts = sessions.counts(learner.session())
    unknown = Counter(str(card) for _, card in placed if card not in cards)
    if is_json:
        write_json(
            {
                "added": report.added,
                "known": report.known,
                "cards": [str(card) for card in report.cards],
                "unknown": dict(sorted(unknown.items())),
                "counts": {"new": counts.new, "due": counts.due, "drill": counts.again},
            }
        )
        return
    click.echo(
        f"{report.added} reviews merged into {len(report.cards)} cards; {report.known} were known."
    )
    for name in _shortened(unknown):
        click.echo(f"Not known here: {name}", err=True)
    click.echo(f"Now {counts.due} due, {counts.new} new, {counts.again} again.")


def _card(answer: AnkiAnswer, notes: Mapping[str, str]) -> CardId:
    return CardId(notes.get(answer.first_id, answer.first_id), answer.ordinal)


def _review(answer: AnkiAnswer, card: CardId, learner: Learner) -> Review:
    """The answer as one of the log; its study day is that of the learner's present zone."""
    answered_at = datetime.fromtimestamp(answer.anki_id / 1000, learner.now.tzinfo)
    return Review(
        card=card,
        reviewed_at=answered_at,
        study_day=schedule.study_day(answered_at, learner.settings.rollover_hour),
        kind=ReviewKind.CRAM if answer.is_cram else ReviewKind.SCHEDULED,
        grade=answer.button + 1,
        duration_ms=min(answer.duration_ms, AWAY_MS),
        origin=Origin.ANKI,
    )


def _shortened(unknown: Mapping[str, int]) -> Iterable[str]:
    shown = [f"{card} ({count} reviews)" for card, count in sorted(unknown.items())[:5]]
    more = len(unknown) - len(shown)
    return [*shown, f"and {more} cards more"] if more else shown
