"""Advice on benchmarks of blueprint.toml whose tag or deck no note has."""

from collections.abc import Iterator
from difflib import get_close_matches

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.toml_tables import TomlPlaces
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity
from cmom_srs.study.notes import Note
from cmom_srs.study.readiness.benchmarks import ExamBenchmark
from cmom_srs.study.readiness.benchmarks import LookupBenchmark
from cmom_srs.study.readiness.benchmarks import NoteBenchmark
from cmom_srs.study.readiness.benchmarks import RecallBenchmark


def benchmark_advice(decks: Decks) -> Iterator[Problem]:
    """Advice on each benchmark that looks at no note, at the line of its tag or deck.

    None while a deck has errors, since its notes are not all known. No error: a learner who takes
    a deck out still gets the next blueprint, and packages.
    """
    if decks.blueprint is None or decks.has_errors:
        return
    places = TomlPlaces(decks.blueprint_text)
    for number, benchmark in enumerate(decks.blueprint.benchmarks):
        if isinstance(benchmark, LookupBenchmark | ExamBenchmark):
            continue
        if not any(map(benchmark.looks_at, decks.notes)):
            key = "deck" if _deck(benchmark) else "tag"
            place = places.of_key(("benchmark", number, key))
            if place.line > 1:  # not for the study guide's, which are not written here
                code, severity = f"unknown-{key}", Severity.ADVICE
                said = _said(benchmark, decks.notes)
                yield Problem(BLUEPRINT_NAME, place.line, place.column, code, severity, *said)


def _deck(benchmark: NoteBenchmark) -> str:
    return benchmark.deck if isinstance(benchmark, RecallBenchmark) else ""


def _said(benchmark: NoteBenchmark, notes: tuple[Note, ...]) -> tuple[str, str]:
    """The message and the hint."""
    if deck := _deck(benchmark):
        known = {note.deck for note in notes}
        return f"no note is in a deck `{deck}`", _hint(deck, known)
    is_any = isinstance(benchmark, RecallBenchmark)
    known = {tag for note in notes if is_any or note.kind == benchmark.kind for tag in note.tags}
    kind = "" if is_any else f"{benchmark.kind} "
    return f"no {kind}note has the tag `{benchmark.tag}`", _hint(benchmark.tag, known)


def _hint(name: str, known: set[str]) -> str:
    meant = get_close_matches(name, sorted(known), n=1)
    return f"did you mean `{meant[0]}`?" if meant else "name another, or take the benchmark out"
