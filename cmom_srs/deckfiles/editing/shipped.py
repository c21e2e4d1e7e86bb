"""The shipped decks as a learner's own: copied once, later brought up to date."""

import os
import shutil
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import ExitStack
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.editing.blocks import cut
from cmom_srs.deckfiles.editing.files import read_source
from cmom_srs.deckfiles.editing.files import write_source
from cmom_srs.deckfiles.editing.three_way_merge import DeckTexts
from cmom_srs.deckfiles.editing.three_way_merge import Kept
from cmom_srs.deckfiles.editing.three_way_merge import ThreeWayMerge
from cmom_srs.deckfiles.editing.three_way_merge import record
from cmom_srs.deckfiles.read import read
from cmom_srs.errors import CmomError
from cmom_srs.files import UnwritableFileError
from cmom_srs.files import replace_file
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

RECORD_NAME = ".shipped.json"


class ShippedCopyError(CmomError):
    """Decks that cannot be copied or brought up to date; nothing was written."""


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did.

    `updated`, `added`, `retired` (no longer shipped, left in place) and `removed` are note ids;
    `updated` and `kept` also name the heads of decks, as `<domain>/<deck>`, and the blueprint.
    `kept` is what the learner edited and the shipped decks changed too. `backup` is where the
    old folder is; None when nothing was to be written.
    """

    updated: tuple[str, ...]
    added: tuple[str, ...]
    kept: tuple[Kept, ...]
    retired: tuple[str, ...]
    removed: tuple[str, ...]
    backup: Path | None

    def lines(self) -> Iterator[str]:
        """The report in lines of text, the last with the counts."""
        for kept in self.kept:
            yield f"{kept.name}: yours stays; the shipped one changed too:"
            yield from kept.diff.split("\n")
        for note_id in self.retired:
            yield f"{note_id}: no longer shipped; --retire takes it out"
        for note_id in self.removed:
            yield f"{note_id}: taken out, as it is no longer shipped"
        counts = (len(self.updated), len(self.added), len(self.kept))
        yield "{} updated, {} added, {} changed on both sides and kept as yours".format(*counts)
        yield "What you alone changed is as you left it."
        if self.backup:
            yield f"Your old decks are in {self.backup}"


def copy_shipped(shipped: Path, target: Path, watch: Watch = unwatched) -> None:
    """Copies the shipped decks to a new or empty folder, with a record of what was shipped.

    All of it or nothing. Raises ShippedCopyError when the folder is not empty, the shipped decks
    have errors, or a file cannot be written; OSError when the folder cannot be made.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ShippedCopyError(
            f"{target} is not empty.",
            "Name a new folder; to bring decks of your own up to date: cmom init --update",
        )
    shipped_record = record(_read_texts(shipped, _all_checked, watch))
    new_folders = [folder for folder in (target, *target.parents) if not folder.exists()]
    draft = (target.parent if new_folders else target) / f".{target.name}.{os.getpid()}.new"
    with ExitStack() as on_failure:
        on_failure.callback(_remove, draft, new_folders)
        try:
            _copy_files(shipped, draft)
            _write_record(draft, shipped_record)
        except UnwritableFileError as error:
            reason = getattr(error.__cause__, "strerror", None) or error.sentence
            sentence = f"The decks cannot be copied to {target}: {reason}."
            raise ShippedCopyError(sentence, error.way_out) from error
        _put_in_place(draft, target)
        on_failure.pop_all()


def _remove(draft: Path, new_folders: Iterable[Path]) -> None:
    shutil.rmtree(draft, ignore_errors=True)
    for folder in new_folders:
        with suppress(OSError):
            folder.rmdir()


def _copy_files(shipped: Path, draft: Path) -> None:
    for source in sorted(shipped.rglob("*")):
        place = source.relative_to(shipped)
        if source.is_file() and not any(part.startswith(".") for part in place.parts):
            (draft / place).parent.mkdir(parents=True, exist_ok=True)
            replace_file(draft / place, source.read_bytes())


def _put_in_place(draft: Path, target: Path) -> None:
    """Gives the draft its name; in a folder that is there, and empty, each thing in it.

    Such a folder is kept: it may be the one that a shell stands in, or another disk.
    """
    if not target.exists():
        draft.rename(target)
        return
    with ExitStack() as on_failure:
        for path in sorted(draft.iterdir()):
            on_failure.callback((target / path.name).rename, path)
            path.rename(target / path.name)
        on_failure.pop_all()
    draft.rmdir()


def update(
    shipped: Path, target: Path, is_retiring: bool, today: date, watch: Watch = unwatched
) -> UpdateReport:
    """Brings what changed in the shipped decks into the learner's, and keeps the old folder.

    With `is_retiring`, notes no longer shipped are taken out. Raises ShippedCopyError, with nothing
    written, when the target was not copied from the shipped decks or either has errors.
    """
    known = _read_record(target)
    new = _read_texts(shipped, _all_checked, watch)
    own = _read_texts(target, set(record(new).values()).__contains__, watch, is_own=True)
    merge = ThreeWayMerge(new, own, known)
    if is_retiring:
        merge.remove_retired()
    texts = merge.changed_texts()
    if texts:
        checked = frozenset([*record(new).values(), *record(own).values()])
        _try(target, texts, checked, watch)
    backup = _replace(target, texts, today) if texts else None
    still_known = {} if is_retiring else {note_id: known[note_id] for note_id in merge.retired}
    _write_record(target, record(new) | still_known)
    return UpdateReport(
        tuple(merge.updated),
        tuple(merge.added),
        tuple(merge.kept),
        () if is_retiring else merge.retired,
        merge.retired if is_retiring else (),
        backup,
    )


def _all_checked(_fingerprint: str) -> bool:
    """The shipped decks were checked before they were shipped."""
    return True


def _read_texts(
    folder: Path, is_checked: Callable[[str], bool], watch: Watch, *, is_own: bool = False
) -> DeckTexts:
    decks = read(folder, is_checked, is_why_required=not is_own, watch=watch)
    if decks.has_errors:
        raise ShippedCopyError(f"The decks in {folder} have errors.", "Mend them first: cmom check")
    return DeckTexts(
        {note.id: note for note in decks.notes},
        {file.path: cut(read_source(folder / file.path), file) for file in decks.files},
        read_source(folder / BLUEPRINT_NAME),
    )


def _try(target: Path, texts: Mapping[str, str], checked: frozenset[str], watch: Watch) -> None:
    """Writes the texts to a copy of the folder; ShippedCopyError when that has errors then."""
    with TemporaryDirectory() as place:
        trial = Path(place) / "decks"
        shutil.copytree(target, trial)
        _write_texts(trial, texts)
        decks = read(trial, checked.__contains__, is_why_required=False, watch=watch)
    if decks.problems:
        first = decks.problems[0]
        raise ShippedCopyError(
            f"The update does not fit your decks: {first.path}:{first.line}: {first.message}.",
            "Change that in your decks, then update again.",
        )


def _replace(target: Path, texts: Mapping[str, str], today: date) -> Path:
    """Keeps the old folder, then replaces each file; where the old folder is."""
    backup = _free_path(target.with_name(f"{target.name}.bak-{today}"))
    with ExitStack() as on_failure:
        on_failure.callback(shutil.rmtree, backup, ignore_errors=True)
        shutil.copytree(target, backup)
        on_failure.pop_all()
    _write_texts(target, texts)
    return backup


def _free_path(path: Path) -> Path:
    """The path, or with a number behind it the first that does not exist."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(free for free in chain([path], numbered) if not free.exists())


def _write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(exist_ok=True)
        write_source(folder / path, text)


def _read_record(target: Path) -> Mapping[str, str]:
    try:
        return msgspec.json.decode((target / RECORD_NAME).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ShippedCopyError(
            f"{target} was not made by `cmom init`: there is no sound {RECORD_NAME} in it.",
            "To have a copy of the shipped decks: cmom init DIR",
        ) from None


def _write_record(target: Path, shipped_record: Mapping[str, str]) -> None:
    data = msgspec.json.encode(shipped_record, order="sorted")
    write_source(target / RECORD_NAME, msgspec.json.format(data).decode() + "\n")
