"""`cmom anki import`: the reviews done on the phone come back."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import NamedTuple

from cmom_srs.anki import exported
from cmom_srs.anki.exported import AnkiAnswer
from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.history import anki_reviews
from cmom_srs.history.anki_reviews import MergeReport
from cmom_srs.history.identity import anki_uid
from cmom_srs.study import schedule
from cmom_srs.study import session as sessions
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import AWAY_MS
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.session import Counts


class _Merged(NamedTuple):
    """`unknown` counts the reviews of cards that the decks do not have, by the cards' names."""

    report: MergeReport
    unknown: Mapping[str, int]
    counts: Counts


def merge(file: Path) -> None:
    """Appends the reviews done in Anki once, and says what was merged and what is not known."""
    answers = exported.read_answers(file).answers
    with learning() as learner:
        learner.store.require_writable()
        notes = anki_reviews.notes_by_first_id(learner.store)
        cards = anki_reviews.known_cards(learner.store)
        placed = [(answer, _card(answer, notes)) for answer in answers]
        report = anki_reviews.merge(
            learner.store,
            [_review(answer, card, learner) for answer, card in placed if card in cards],
        )
        learner.reload()
        counts = sessions.counts(learner.session())
    unknown = Counter(str(card) for _, card in placed if card not in cards)
    show(_Merged(report, dict(sorted(unknown.items())), counts), _shape, _lines)
    for name in _shortened(unknown):
        tell(f"Not known here: {name}")


def _shape(merged: _Merged) -> dict[str, Any]:
    return {
        "added": merged.report.added,
        "known": merged.report.known,
        "cards": [str(card) for card in merged.report.cards],
        "unknown": merged.unknown,
        "counts": json_shapes.counts(merged.counts),
    }


def _lines(merged: _Merged) -> Iterator[str]:
    report, counts = merged.report, merged.counts
    cards = len(report.cards)
    yield f"{report.added} reviews merged into {cards} cards; {report.known} were known."
    yield f"Now {counts.due} due, {counts.new} new, {counts.again} again."


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
        uid=anki_uid(answer.guid, answer.ordinal, answer.anki_id),
        anki_id=answer.anki_id,
    )


def _shortened(unknown: Mapping[str, int]) -> Iterable[str]:
    shown = [f"{card} ({count} reviews)" for card, count in sorted(unknown.items())[:5]]
    more = len(unknown) - len(shown)
    return [*shown, f"and {more} cards more"] if more else shown
