"""How long an export takes, against plain genanki and against Anki's own export of the notes."""

import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import ExitStack
from contextlib import closing
from datetime import UTC
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import genanki

from cmom_srs.anki import build
from cmom_srs.anki import package as apkg
from cmom_srs.anki.build import Export
from cmom_srs.anki.compare import ComparedNote
from cmom_srs.anki.folder import replace_files
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.templates import faces
from cmom_srs.anki.stamping import WHOLE
from cmom_srs.anki.stamping import ExportOptions
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Note
from tests.support.anki_exports import BLUEPRINT
from tests.support.anki_oracle import anki
from tests.support.builders import BASIC
from tests.support.builders import CHOICE
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import DOMAINS
from tests.support.builders import STEPS
from tests.support.builders import cloze
from tests.support.builders import note

RUNS = 5
NOW = datetime(2026, 12, 1, tzinfo=UTC)
# About as the shipped decks: six of ten are choices, one is a calculation.
BODIES: tuple[Body, ...] = (*[CHOICE] * 6, BASIC, cloze(1, 2), STEPS, COLLECTION_RATE)

Run = Callable[[], object]


def report() -> Iterator[str]:
    """One line for each benchmark: the medians in milliseconds and their ratios."""
    warnings.simplefilter("ignore")  # genanki's, about HTML that is fine
    for count in (1_000, 10_000):
        yield from _compare_exports(count)
    yield _compare_decks()


def _compare_exports(count: int) -> Iterator[str]:
    notes = _notes(count, decks=8)
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
        folder = Path(name)
        ready = _export(notes, folder / "ready").packages[0].notes
        floors: dict[str, Run] = {"genanki, ready notes": lambda: _write_plainly(ready, folder)}
        if find_spec("anki"):
            desktop = opened.enter_context(anki(folder / "anki"))
            desktop.take(folder / "ready" / WHOLE)
            floors["Anki's own export"] = lambda: desktop.export(folder / "anki.apkg")
        runs: dict[str, Run] = {
            "one package of ready notes": lambda: _pack(ready),
            "all packages from the notes": lambda: _prepare(notes, folder / "none"),
            "all packages, nothing changed": lambda: _prepare(notes, folder / "ready"),
        }
        medians = _medians({**runs, **floors})
    for run in runs:
        ratios = [
            f"{floor}: {medians[floor] * 1000:.0f} ms, ratio {medians[run] / medians[floor]:.2f}"
            for floor in floors
        ]
        yield f"export of {count} notes, {run}: {medians[run] * 1000:.0f} ms; {'; '.join(ratios)}"


def _compare_decks() -> str:
    few, many = _notes(800, decks=8), _notes(800, decks=800)
    with tempfile.TemporaryDirectory() as name:
        medians = _medians(
            {
                "few": lambda: _prepare(few, Path(name)),
                "many": lambda: _prepare(many, Path(name)),
            }
        )
    return (
        f"export of 800 decks of one note: {medians['many'] * 1000:.0f} ms; "
        f"8 of a hundred: {medians['few'] * 1000:.0f} ms; "
        f"ratio {medians['many'] / medians['few']:.2f}"
    )


def _medians(runs: Mapping[str, Run]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(RUNS):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - begun)
    return {name: median(taken) for name, taken in times.items()}


def _notes(count: int, decks: int) -> Sequence[Note]:
    return [
        note(
            f"note-{place}",
            BODIES[place % len(BODIES)],
            DOMAINS[place % decks % len(DOMAINS)],
            f"deck-{place % decks}",
            place,
        )
        for place in range(count)
    ]


def _prepare(notes: Sequence[Note], out: Path) -> Export:
    return build.prepare(notes, BLUEPRINT, out, None, NOW, ExportOptions())


def _export(notes: Sequence[Note], out: Path) -> Export:
    exported = _prepare(notes, out)
    replace_files(out, exported.files, exported.outdated)
    return exported


def _pack(ready: Sequence[ComparedNote]) -> bytes:
    models = {kind: apkg.LastingModel(each, faces(each), 0) for kind, each in NOTE_TYPES.items()}
    decks = apkg.anki_decks({each.content.deck_key: each.content.deck_key for each in ready})
    with closing(sqlite3.connect(":memory:")) as database:
        apkg.write_collection(database, ready, models, decks)
        return apkg.pack(database)


def _write_plainly(ready: Sequence[ComparedNote], folder: Path) -> None:
    """The same notes with genanki as its manual shows it."""
    models = {
        kind: genanki.Model(
            each.id,
            each.name,
            fields=[{"name": name} for name in each.fields],
            templates=[
                {"name": template.name, "qfmt": template.front, "afmt": template.back}
                for template in faces(each).templates
            ],
            model_type=int(each.is_cloze),
        )
        for kind, each in NOTE_TYPES.items()
    }
    decks: dict[str, genanki.Deck] = {}
    for each in ready:
        content = each.content
        deck = decks.setdefault(
            content.deck_key, genanki.Deck(len(decks) + 1_700_000_000, content.deck_key)
        )
        deck.add_note(
            genanki.Note(
                models[content.note_kind], content.fields, tags=content.tags, guid=content.guid
            )
        )
    genanki.Package(list(decks.values())).write_to_file(folder / "plain.apkg")
