"""`cmom sync`: the decks read into the history, and what changed."""

from collections.abc import Iterable
from collections.abc import Iterator

from cmom_srs.cli import clock
from cmom_srs.cli import places
from cmom_srs.cli import sync_decks
from cmom_srs.cli.learner import open_at
from cmom_srs.cli.learner import study_day
from cmom_srs.cli.output import show
from cmom_srs.cli.sync_decks import Synced


def sync(is_retiring_meant: bool) -> None:
    """Reads the decks into the history and says what changed."""
    where = places.find()
    with open_at(where) as store:
        today = study_day(clock.now(), store.settings(), store)
        synced = sync_decks.sync_decks(
            store, where.decks.path, today, is_retiring_meant=is_retiring_meant
        )
    sync_decks.warn(synced)
    show(synced, _shape, _lines)


def _shape(synced: Synced) -> dict[str, object]:
    report = synced.report
    return {
        "added": list(report.added),
        "changed": list(report.changed),
        "renamed": _renames(report.renamed),
        "retired": list(report.retired),
        "returned": list(report.returned),
        "refused": list(report.refused),
        "vanished": [f"{domain}/{deck}" for domain, deck in report.vanished],
        "probable_renames": _renames(report.probable_renames),
    }


def _renames(ids: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"old": old, "new": new} for old, new in ids]


def _lines(synced: Synced) -> Iterator[str]:
    report = synced.report
    counts = [
        f"{len(names)} {word}"
        for word, names in (
            ("new", report.added),
            ("changed", report.changed),
            ("renamed", report.renamed),
            ("retired", report.retired),
            ("returned", report.returned),
        )
        if names
    ]
    yield f"{len(synced.decks.notes)} notes: {', '.join(counts) or 'nothing changed'}"
