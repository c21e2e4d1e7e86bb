"""`cmom check --coverage`: what the decks cover of the blueprint."""

from collections.abc import Iterator
from functools import partial

from cmom_srs.cli import json_shapes
from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.output import show
from cmom_srs.deckfiles import read as deckfiles
from cmom_srs.deckfiles.read import BrokenDecksError
from cmom_srs.study import coverage
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.coverage import Coverage
from cmom_srs.study.coverage import DeckCoverage
from cmom_srs.study.coverage import DomainCoverage
from cmom_srs.study.notes import NOTE_KINDS
from cmom_srs.study.wording import count_of

_HEADING = f"{'':<38} notes basic cloze choice calc steps  exam"


def show_coverage() -> None:
    """The coverage of the decks in use. Raises BrokenDecksError for decks that cannot be read."""
    folder = places.find().decks.path
    with progress_bar.shown() as watch:
        decks = deckfiles.read(folder, is_why_required=places.are_shipped(folder), watch=watch)
    if decks.blueprint is None or decks.has_errors:
        raise BrokenDecksError
    covered = coverage.cover(decks.notes, decks.blueprint)
    show(covered, _shape, partial(_lines, decks.blueprint))


def _shape(covered: Coverage) -> dict[str, object]:
    return {
        "domains": [
            {
                "domain": domain.domain,
                "notes": domain.notes,
                "exam_items": domain.exam_items,
                "exam_questions": domain.exam_questions,
                "exams": None if domain.exams is None else round(domain.exams, 1),
                "decks": [_deck_shape(deck) for deck in domain.decks],
            }
            for domain in covered.domains
        ],
        "oldest": [
            {"as_of": json_shapes.day(as_of), "note": note} for as_of, note in covered.oldest
        ],
        "ending": [{"year": year, "notes": notes} for year, notes in covered.ending.items()],
    }


def _deck_shape(deck: DeckCoverage) -> dict[str, object]:
    return {
        "deck": deck.deck,
        "notes": deck.notes,
        "kinds": {kind: deck.kinds.get(kind, 0) for kind in NOTE_KINDS},
        "scenarios": deck.scenarios,
        "exam_items": deck.exam_items,
    }


def _lines(blueprint: Blueprint, covered: Coverage) -> Iterator[str]:
    yield _HEADING
    for domain in covered.domains:
        yield from _domain_lines(domain, blueprint.title_of(domain.domain))
    total = sum(domain.notes for domain in covered.domains)
    scenarios = sum(deck.scenarios for domain in covered.domains for deck in domain.decks)
    yield f"\n{total} notes, {scenarios} of them scenarios"
    if covered.oldest:
        yield "\nOldest facts"
        yield from (f"  {as_of}  {note}" for as_of, note in covered.oldest)
    if covered.ending:
        yield "\nFacts known to hold until a day of"
        yield from (
            f"  {year}  {count_of(notes, 'note')}" for year, notes in covered.ending.items()
        )


def _domain_lines(domain: DomainCoverage, title: str) -> Iterator[str]:
    supply = "" if domain.exams is None else f"  {domain.exams:.1f} exams"
    yield f"{title:<38.37}{domain.notes:>6}{'':<30}{domain.exam_items:>6}{supply}"
    for deck in domain.decks:
        counts = "".join(
            f"{deck.kinds.get(kind, 0):>{width}}"
            for kind, width in zip(NOTE_KINDS, (6, 6, 7, 5, 6), strict=True)
        )
        yield f"  {deck.deck:<36.35}{deck.notes:>6}{counts}{deck.exam_items:>6}"
