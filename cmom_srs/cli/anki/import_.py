"""`cmom anki import`: the reviews done on the phone come back."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import NamedTuple

import click

from cmom_srs.anki.reading import exported
from cmom_srs.anki.reading.answers import AnkiAnswer
from cmom_srs.anki.reading.answers import AnkiCard
from cmom_srs.anki.reading.answers import AnkiLog
from cmom_srs.cli import json_shapes
from cmom_srs.cli import progress_bar
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.history import anki_reviews
from cmom_srs.history.anki_reviews import AnkiImport
from cmom_srs.history.anki_reviews import ImportReport
from cmom_srs.history.identity import anki_uid
from cmom_srs.study import schedule
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Counts
from cmom_srs.study.notes import CardId
from cmom_srs.study.questions.question import AWAY_MS
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.wording import count_of
from cmom_srs.watch import Watch

TOO_LATE = "a date later than tomorrow"


class _Placed(NamedTuple):
    """What a file says, under the names that the decks use now.

    `unknown` counts the reviews of cards that the history does not have, `refused` those that
    cannot be, by the reason.
    """

    taken: AnkiImport
    unknown: Mapping[str, int]
    refused: Mapping[str, int]


class _Imported(NamedTuple):
    report: ImportReport
    placed: _Placed
    counts: Counts


def import_reviews(file: Path, is_sure: bool) -> None:
    """Appends the reviews done in Anki once, and says what came and what did not.

    Answers of an earlier import that are gone from the collection were taken back there: so they
    are here; more than ten of them only if the learner is sure.
    """
    read = exported.read_answers(file)
    with learning() as learner:
        learner.store.require_writable()
        with progress_bar.shown() as watch:
            placed = _place(read, learner, watch)
        gone = anki_reviews.withdrawn(learner.store, placed.taken)
        taking_back = gone if _is_meant(gone, is_sure) else ()
        with progress_bar.shown() as watch:
            report = anki_reviews.take_in(
                learner.store, placed.taken, learner.now, learner.today, taking_back, watch
            )
        learner.reload()
        counts = sessions.counts(learner.session())
    show(_Imported(report, placed, counts), _shape, _lines)
    for line in _lines_of_the_left_out(placed):
        tell(line)


def _is_meant(gone: tuple[Review, ...], is_sure: bool) -> bool:
    if is_sure or len(gone) <= anki_reviews.MOST_TAKEN_BACK_UNASKED:
        return True
    question = f"{len(gone)} reviews imported earlier are gone from Anki. Take them back here too?"
    return click.confirm(question, default=False, err=True)


def _place(read: AnkiLog, learner: Learner, watch: Watch) -> _Placed:
    """All is worked out before anything is written."""
    names = anki_reviews.notes_by_first_id(learner.store)
    known = anki_reviews.known_cards(learner.store)
    reviews: list[Review] = []
    unknown: Counter[str] = Counter()
    refused = Counter(read.refused)
    for answer in watch(read.answers, "Reading answers"):
        card = _card(answer.card, names)
        if card not in known:
            unknown[str(card)] += 1
            continue
        review = _review(answer, card, learner)
        if review.study_day > learner.today + timedelta(days=1):
            refused[TOO_LATE] += 1
        else:
            reviews.append(review)
    cards = frozenset(_card(card, names) for card in read.cards) & known
    taken = AnkiImport(tuple(reviews), cards, read.marks)
    return _Placed(taken, dict(sorted(unknown.items())), dict(sorted(refused.items())))


def _card(card: AnkiCard, names: Mapping[str, str]) -> CardId:
    return CardId(names.get(card.first_id, card.first_id), card.ordinal)


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


def _shape(imported: _Imported) -> dict[str, Any]:
    return {
        "added": imported.report.added,
        "known": imported.report.known,
        "taken_back": imported.report.taken_back,
        "cards": [str(card) for card in imported.report.cards],
        "unknown": imported.placed.unknown,
        "refused": imported.placed.refused,
        "counts": json_shapes.counts(imported.counts),
    }


def _lines(imported: _Imported) -> Iterator[str]:
    report, counts = imported.report, imported.counts
    reviews, cards = count_of(report.added, "review"), count_of(report.cards, "card")
    yield f"{reviews} merged into {cards}; {report.known} known before."
    if report.taken_back:
        yield f"{count_of(report.taken_back, 'review')} taken back, as in Anki."
    yield f"Now {counts.due} to review, {counts.new} new, {counts.again} to repeat."


def _lines_of_the_left_out(placed: _Placed) -> Iterable[str]:
    for reason, count in placed.refused.items():
        yield f"Left out: {count_of(count, 'review')} with {reason}."
    unknown = [f"{card} ({count_of(count, 'review')})" for card, count in placed.unknown.items()]
    for name in unknown[:5]:
        yield f"Not known here: {name}"
    if len(unknown) > 5:
        yield f"Not known here: and {len(unknown) - 5} cards more"
