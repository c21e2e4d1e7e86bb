"""`cmom export`: the decks as Anki packages, and what changed in them."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import ExitStack
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from sqlite3 import Connection
from textwrap import fill

import click

from cmom_srs.anki import build
from cmom_srs.anki import manifest
from cmom_srs.anki.build import Export
from cmom_srs.anki.build import PackageContent
from cmom_srs.anki.compare import Change
from cmom_srs.anki.differences import differences
from cmom_srs.anki.folder import replace_files
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.stamping import ExportOptions
from cmom_srs.cli import clock
from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.deckfiles import read as deckfiles
from cmom_srs.deckfiles import report
from cmom_srs.deckfiles.read import BrokenDecksError
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.notes import Note

_ADVICE = """
To take a package into Anki: File > Import. Leave the options alone; Anki keeps those of the
last import, so see that they are:
  Merge note types              off
  Update notes                  If newer
  Update note types             If newer
  Import any learning progress  off
  Import any deck presets       off"""
_RETIRED = """
Anki never deletes by an import. To be asked no retired note: Browse, search
tag:cmom::retired, select all, Cards > Toggle Suspend."""
_MOST_NAMED = 20
_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Exported:
    """An export, the folder it is for, whether it was only worked out, whether to show words."""

    export: Export
    out: Path
    is_dry_run: bool
    is_diffing: bool

    def is_written(self, package: PackageContent) -> bool:
        """Whether the package's file was replaced."""
        return package.name in self.export.files and not self.is_dry_run


def export(out: Path | None, options: ExportOptions, is_dry_run: bool, is_diffing: bool) -> None:
    """Makes the packages of the decks in use, writes them unless it is a dry run, says so.

    Raises BrokenDecksError, with all problems on stderr, before anything is written.
    """
    notes, blueprint, out, shipped = _read(out, options)
    with progress_bar.shown() as watch:
        watched = replace(options, watch=watch)
        prepared = build.prepare(notes, blueprint, out, shipped, clock.now(), watched)
    if not is_dry_run:
        replace_files(out, prepared.files, prepared.outdated)
    show(Exported(prepared, out, is_dry_run, is_diffing), _shape, _lines)


@contextmanager
def whole_collection(out: Path | None, options: ExportOptions) -> Iterator[Connection]:
    """The collection of the package of everything, in memory. Raises as `export` does."""
    notes, blueprint, out, shipped = _read(out, options)
    with ExitStack() as stack:
        with progress_bar.shown() as watch:
            watched = replace(options, watch=watch)
            database = stack.enter_context(
                build.whole_collection(notes, blueprint, out, shipped, clock.now(), watched)
            )
        yield database


def _read(
    out: Path | None, options: ExportOptions
) -> tuple[Sequence[Note], Blueprint, Path, Manifest | None]:
    """The notes and the blueprint of the decks in use, the folder and the shipped manifest."""
    folder = places.find().decks.path
    with progress_bar.shown() as watch:
        decks = deckfiles.read(folder, is_why_required=places.are_shipped(folder), watch=watch)
    if decks.has_errors or decks.blueprint is None:
        tell(report.render(decks.problems, decks, f"{folder.as_posix()}/"))
        raise BrokenDecksError
    _require_domain(options.domain, decks.blueprint)
    shipped = manifest.read(places.shipped_decks().parent / "exports" / manifest.MANIFEST_NAME)
    return decks.notes, decks.blueprint, out or _default_out(folder), shipped


def _require_domain(name: str | None, blueprint: Blueprint) -> None:
    known = [domain.key for domain in blueprint.domains]
    if name is not None and name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
        raise click.BadParameter(f"There is no domain {name!r}. {hint}", param_hint="--domain")


def _default_out(decks: Path) -> Path:
    return Path("exports") if places.is_shipped(decks) else decks.parent / "exports"


def _shape(exported: Exported) -> dict[str, object]:
    """The packages with the ids of their notes by what became of them; differences if asked for.

    A note that returned counts as changed: its words are replaced in Anki.
    """
    shape: dict[str, object] = {
        "packages": [_package_shape(exported, package) for package in exported.export.packages]
    }
    if exported.is_diffing:
        shape["differences"] = [
            {"note": note_id, "field": field, "words": words}
            for note_id, changed in _differences(exported.export)
            for field, words in changed
        ]
    return shape


def _package_shape(exported: Exported, package: PackageContent) -> dict[str, object]:
    return {
        "path": str(exported.out / package.name),
        "notes": len(package.notes),
        "added": _ids(package, Change.ADDED),
        "changed": _ids(package, Change.CHANGED, Change.RETURNED),
        "retired": _ids(package, Change.RETIRED),
        "moved": _ids(package, Change.MOVED),
        "unchanged": len(_ids(package, Change.UNCHANGED)),
        "written": exported.is_written(package),
    }


def _ids(package: PackageContent, *changes: Change) -> list[str]:
    return sorted(note.content.id for note in package.notes if note.change in changes)


def _differences(export: Export) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What differs, by note id, in the notes that were in the packages with other words."""
    for note in export.packages[0].notes:
        old = export.old_notes.get(note.content.guid)
        if old and note.change in (Change.CHANGED, Change.MOVED, Change.RETURNED):
            yield note.content.id, differences(old, note.content)


def _lines(exported: Exported) -> Iterator[str]:
    """What became of each package, of which notes, and how Anki takes them in."""
    packages = exported.export.packages
    width = max(len(str(exported.out / package.name)) for package in packages)
    for package in packages:
        yield _package_line(exported, package, width)
    for change in Change:
        if change is not Change.UNCHANGED:
            yield from _id_lines(change, _ids(packages[0], change))
    yield from _id_lines("dropped", exported.export.dropped)
    if exported.is_diffing:
        yield from _difference_lines(exported.export)
    if exported.is_dry_run:
        yield "\nNothing was written: this was a dry run."
        return
    yield _ADVICE
    if any(note.content.is_retired for note in packages[0].notes):
        yield _RETIRED


def _package_line(exported: Exported, package: PackageContent, width: int) -> str:
    counts = [f"{count} {change}" for change in Change if (count := len(_ids(package, change)))]
    if package.name not in exported.export.files:
        done = "as it was"
    else:
        done = "to be written" if exported.is_dry_run else "written"
    path = str(exported.out / package.name)
    return f"{path:<{width}}  {done}: {len(package.notes)} notes, {', '.join(counts)}"


def _id_lines(what: str, ids: Sequence[str]) -> Iterator[str]:
    if ids:
        rest = [f"and {len(ids) - _MOST_NAMED} more"] if len(ids) > _MOST_NAMED else []
        yield _wrap(", ".join([*ids[:_MOST_NAMED], *rest]), f"{what.capitalize():<11}")


def _difference_lines(export: Export) -> Iterator[str]:
    for note_id, changed in _differences(export):
        yield f"\n{note_id}"
        for field, words in changed:
            yield _wrap(f"{field}: {words}", "  ")


def _wrap(text: str, begin: str) -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=" " * max(len(begin), 4),
        break_on_hyphens=False,
        break_long_words=False,
    )
