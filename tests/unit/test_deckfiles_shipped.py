"""The shipped decks as a learner's own, and what an update does to each note."""

import errno
import json
import os
import shutil
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.editing.shipped import ShippedCopyError
from cmom_srs.deckfiles.editing.shipped import UpdateReport
from cmom_srs.deckfiles.editing.shipped import copy_shipped
from cmom_srs.deckfiles.editing.shipped import update
from cmom_srs.deckfiles.read import read
from tests.support.deck_text import BLUEPRINT
from tests.support.deck_text import write_decks

TODAY = date(2026, 12, 1)
HEAD = "# Aging\nSource: practice\n"


def note(note_id: str, answer: str = "this", more: str = "") -> str:
    return f"\n## {note_id}\nQuestion: What is {note_id}?\nAnswer: {answer}\n{more}"


class Learner:
    """A learner with a copy of shipped decks that later change."""

    def __init__(self, place: Path) -> None:
        self.shipped = write_decks(
            place / "shipped", aging=HEAD + note("one") + note("two") + note("three")
        )
        self.folder = place / "own"
        copy_shipped(self.shipped, self.folder)
        self.deck = self.folder / "practice" / "aging.md"

    def edits(self, old: str, new: str) -> None:
        text = self.deck.read_bytes().decode()
        assert old in text
        self.deck.write_bytes(text.replace(old, new).encode())

    def ships(self, old: str, new: str, deck: str = "aging") -> None:
        path = self.shipped / "practice" / f"{deck}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def updates(self, *, is_retiring: bool = False) -> UpdateReport:
        return update(self.shipped, self.folder, is_retiring, TODAY)

    @property
    def text(self) -> str:
        return self.deck.read_bytes().decode()

    @property
    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    return Learner(tmp_path)


def test_a_copy_has_the_shipped_decks_and_a_record_of_each_note(learner: Learner) -> None:
    assert read(learner.folder).notes == read(learner.shipped).notes
    recorded = json.loads((learner.folder / ".shipped.json").read_bytes())
    for shipped in read(learner.shipped).notes:
        assert recorded[shipped.id] == shipped.fingerprint
    assert set(recorded) == {"one", "two", "three", "practice/aging", "blueprint.toml"}


def test_a_copy_goes_only_into_an_empty_folder(learner: Learner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    copy_shipped(learner.shipped, tmp_path / "empty")
    assert read(tmp_path / "empty").notes
    (tmp_path / "file").touch()
    for taken in (learner.folder, tmp_path / "file"):
        with pytest.raises(ShippedCopyError, match="is not empty"):
            copy_shipped(learner.shipped, taken)


def test_without_changes_nothing_is_written(learner: Learner) -> None:
    before = learner.files
    report = learner.updates()
    assert list(report.lines()) == [
        "0 updated, 0 added, 0 changed on both sides and kept as yours",
        "What you alone changed is as you left it.",
    ]
    assert learner.files == before
    assert not list(learner.folder.parent.glob("own.bak*"))


def test_an_unedited_note_gets_the_shipped_text_and_the_rest_of_the_file_stays(
    learner: Learner,
) -> None:
    learner.edits(note("two"), note("two").replace("Question: ", "Question:\t") + "\n\n")
    before = learner.text
    learner.ships("What is one?\nAnswer: this", "What is one?\nAnswer: that,\n  now")
    report = learner.updates()
    assert report.updated == ("one",)
    assert learner.text == before.replace("one?\nAnswer: this", "one?\nAnswer: that,\n  now")
    assert learner.updates().updated == ()


def test_the_old_folder_is_kept(learner: Learner) -> None:
    before = learner.files
    learner.ships("Answer: this", "Answer: that")
    report = learner.updates()
    assert report.backup == learner.folder.parent / "own.bak-2026-12-01"
    assert {
        path.relative_to(report.backup).as_posix(): path.read_bytes()
        for path in report.backup.rglob("*")
        if path.is_file()
    } == before
    assert list(report.lines())[-1] == f"Your old decks are in {report.backup}"
    learner.ships("Answer: that", "Answer: more")
    second = learner.updates().backup
    assert second
    assert second.name == "own.bak-2026-12-01-2"


def test_line_ends_and_byte_order_mark_of_the_learner_stay(learner: Learner) -> None:
    learner.deck.write_bytes(("\ufeff" + learner.text).replace("\n", "\r\n").encode())
    before = learner.text
    learner.ships(HEAD, HEAD.replace("Aging", "A/R aging"))
    learner.ships("Answer: this", "Answer: that")
    learner.ships(note("three", "that"), note("three", "that") + note("four"))
    assert learner.updates().updated == ("practice/aging", "one", "two", "three")
    assert learner.text == (
        before.replace("Aging", "A/R aging").replace("Answer: this", "Answer: that")
        + note("four").replace("\n", "\r\n")
    )


def test_an_edited_note_stays_and_is_listed_if_the_shipped_one_changed_too(
    learner: Learner,
) -> None:
    learner.edits("one?\nAnswer: this", "one?\nAnswer: mine")
    learner.edits("two?\nAnswer: this", "two?\nAnswer: mine")
    before = learner.text
    learner.ships("one?\nAnswer: this", "one?\nAnswer: that")
    report = learner.updates()
    assert learner.text == before
    assert [kept.name for kept in report.kept] == ["one"]
    assert list(report.lines())[:4] == [
        "one: yours stays; the shipped one changed too:",
        "--- yours",
        "+++ shipped",
        "@@ -1,3 +1,3 @@",
    ]
    assert "-Answer: mine\n+Answer: that" in report.kept[0].diff
    assert learner.updates().kept == ()


def test_the_same_edit_on_both_sides_is_none(learner: Learner) -> None:
    learner.edits("one?\nAnswer: this", "one?\nAnswer: that")
    learner.ships("one?\nAnswer: this", "one?\nAnswer: that")
    report = learner.updates()
    assert (report.updated, report.kept) == ((), ())


def test_a_new_note_is_added_behind_the_one_it_follows(learner: Learner) -> None:
    learner.edits(note("two"), note("two") + note("mine"))
    learner.ships(note("two"), note("first") + note("two") + note("new"))
    learner.ships(HEAD, HEAD + note("zero"))
    report = learner.updates()
    assert report.added == ("zero", "first", "new")
    names = ["zero", "one", "first", "two", "new", "mine", "three"]
    assert [written.id for written in read(learner.folder).notes] == names
    assert learner.text == HEAD + "".join(map(note, names))


def test_a_note_is_added_to_a_file_whatever_its_last_line_is(learner: Learner) -> None:
    learner.ships(note("three"), note("three") + note("four"))
    for ending in ("", "\n", "\n\n", "\n\n\n"):
        kept = HEAD + note("one").rstrip() + ending
        learner.deck.write_bytes(kept.encode())
        record = json.loads((learner.folder / ".shipped.json").read_bytes())
        record.pop("four", None)
        (learner.folder / ".shipped.json").write_text(json.dumps(record), encoding="utf-8")
        assert learner.updates().added == ("four",)
        assert learner.text.startswith(kept)
        assert learner.text.removeprefix(kept).lstrip("\n") == note("four").lstrip("\n")
        assert [written.id for written in read(learner.folder).notes] == ["one", "four"]


def test_a_new_deck_is_added(learner: Learner) -> None:
    (learner.shipped / "practice" / "claims.md").write_text(
        "# Claims\nSource: practice\n" + note("claim"), encoding="utf-8"
    )
    assert learner.updates().added == ("claim",)
    assert (learner.folder / "practice" / "claims.md").read_bytes() == (
        learner.shipped / "practice" / "claims.md"
    ).read_bytes()


def test_a_deleted_note_stays_deleted(learner: Learner) -> None:
    learner.edits(note("two"), "")
    before = learner.text
    learner.ships("two?\nAnswer: this", "two?\nAnswer: that")
    report = learner.updates()
    assert (report.added, report.updated, learner.text) == ((), (), before)
    assert learner.updates().added == ()


def test_a_note_that_is_no_longer_shipped_is_removed_only_when_that_is_meant(
    learner: Learner,
) -> None:
    before = learner.text
    learner.ships(note("two"), "")
    for _ in range(2):
        report = learner.updates()
        assert (report.retired, report.removed, report.backup) == (("two",), (), None)
        assert "two: no longer shipped; --retire takes it out" in list(report.lines())
        assert learner.text == before
    report = learner.updates(is_retiring=True)
    assert (report.retired, report.removed) == ((), ("two",))
    assert "two: taken out, as it is no longer shipped" in list(report.lines())
    assert learner.text == before.replace(note("two"), "")
    assert learner.updates(is_retiring=True).removed == ()


def test_a_note_of_the_learners_own_is_never_retired(learner: Learner) -> None:
    learner.edits(note("two"), note("two") + note("mine"))
    before = learner.text
    assert learner.updates(is_retiring=True).removed == ()
    assert learner.text == before


def test_a_shipped_rename_reaches_the_unedited_note(learner: Learner) -> None:
    learner.ships("## two\n", "## second\nFormerly: two\n")
    report = learner.updates()
    assert (report.updated, report.added, report.retired) == (("second",), (), ())
    assert [written.id for written in read(learner.folder).notes] == ["one", "second", "three"]


def test_a_note_that_the_learner_renamed_counts_as_edited(learner: Learner) -> None:
    learner.edits("## two\n", "## my-two\nFormerly: two\n")
    before = learner.text
    assert learner.updates().kept == ()
    learner.ships("two?\nAnswer: this", "two?\nAnswer: that")
    assert [kept.name for kept in learner.updates().kept] == ["my-two"]
    assert learner.text == before


def test_a_shipped_note_does_not_replace_one_the_learner_wrote(learner: Learner) -> None:
    learner.edits(note("three"), note("three") + note("four", "mine"))
    before = learner.text
    learner.ships(note("three"), note("three") + note("four"))
    report = learner.updates()
    assert ([kept.name for kept in report.kept], report.added) == (["four"], ())
    assert learner.text == before


def test_a_head_and_the_blueprint_are_kept_like_notes(learner: Learner) -> None:
    blueprint = learner.shipped / "blueprint.toml"
    blueprint.write_text(BLUEPRINT.replace("minutes = 12", "minutes = 15"), encoding="utf-8")
    learner.ships(HEAD, HEAD + "Tags: ar\n")
    learner.edits("# Aging", "# My aging")
    report = learner.updates()
    assert report.updated == ("blueprint.toml",)
    assert [kept.name for kept in report.kept] == ["practice/aging"]
    assert "-# My aging\n+# Aging\n Source: practice\n+Tags: ar" in report.kept[0].diff
    assert learner.text.startswith("# My aging\nSource: practice\n\n")
    assert learner.updates().kept == ()
    assert (learner.folder / "blueprint.toml").read_bytes() == blueprint.read_bytes()


RENEWAL = '\n[renewal]\nunits = 12\nevery_months = 12\nsource = "PMI"\nas_of = 2026-01-01\n'


def test_a_renewal_that_is_shipped_anew_comes_into_a_blueprint_that_was_not_edited(
    learner: Learner,
) -> None:
    (learner.shipped / "blueprint.toml").write_text(BLUEPRINT + RENEWAL, encoding="utf-8")
    assert learner.updates().updated == ("blueprint.toml",)
    assert read_blueprint(learner.folder)[0] == read_blueprint(learner.shipped)[0]


def test_a_learners_own_renewal_stays_and_is_listed_if_the_shipped_one_changed_too(
    learner: Learner,
) -> None:
    own = BLUEPRINT + RENEWAL.replace("units = 12", "units = 24")
    (learner.folder / "blueprint.toml").write_text(own, encoding="utf-8")
    assert learner.updates().kept == ()
    (learner.shipped / "blueprint.toml").write_text(BLUEPRINT + RENEWAL, encoding="utf-8")
    (kept,) = learner.updates().kept
    assert kept.name == "blueprint.toml"
    assert "-units = 24\n+units = 12" in kept.diff
    assert (learner.folder / "blueprint.toml").read_text("utf-8") == own


def test_an_update_that_would_break_the_learners_decks_is_refused(learner: Learner) -> None:
    people = BLUEPRINT.replace("{ practice = 100 }", "{ practice = 60, people = 40 }")
    (learner.shipped / "blueprint.toml").write_text(
        people + '\n[[domain]]\nkey = "people"\ntitle = "People"\n', encoding="utf-8"
    )
    (learner.shipped / "people").mkdir()
    (learner.shipped / "people" / "labor.md").write_text(HEAD + note("four"), encoding="utf-8")
    own = BLUEPRINT.replace("minutes = 12", "minutes = 15")
    (learner.folder / "blueprint.toml").write_text(own, encoding="utf-8")
    before = learner.files
    with pytest.raises(ShippedCopyError, match="decks: people:1: `people` is not"):
        learner.updates()
    assert learner.files == before
    assert not list(learner.folder.parent.glob("own.bak*"))


@pytest.mark.parametrize(
    "record",
    [
        *(None, b"", b"{", b'{"one": 1}', b'{"one": null}', b"[]", b"null", b'"one"', b"[" * 9999),
        *(b"\xff\xfe{}", b'{"one": "\xff"}', b'{"\\ud800": "x"}'),
    ],
)
def test_decks_without_a_sound_record_are_not_updated(
    learner: Learner, record: bytes | None
) -> None:
    path = learner.folder / ".shipped.json"
    path.unlink()
    if record is not None:
        path.write_bytes(record)
    with pytest.raises(ShippedCopyError, match="was not made by `cmom init`"):
        learner.updates()


def test_decks_with_an_error_are_not_updated(learner: Learner) -> None:
    learner.ships("Answer: this", "Answer: that")
    learner.edits("Question: What is two?", "Qestion: What is two?")
    before = learner.files
    with pytest.raises(ShippedCopyError, match="have errors"):
        learner.updates()
    assert learner.files == before


def test_a_record_that_is_a_folder_is_none(learner: Learner) -> None:
    (learner.folder / ".shipped.json").unlink()
    (learner.folder / ".shipped.json").mkdir()
    with pytest.raises(ShippedCopyError, match="was not made by `cmom init`"):
        learner.updates()


class FullDisk:
    """A disk that takes so many files more, and no byte beyond."""

    def __init__(self, files: int) -> None:
        self.files = files

    def __call__(self, descriptor: int) -> None:
        self.files -= 1
        if self.files < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("place", ["new", "deep/er/new", "empty"])
@pytest.mark.parametrize("files", range(4))
def test_a_copy_on_a_full_disk_leaves_nothing_behind(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, files: int
) -> None:
    (tmp_path / "empty").mkdir()
    (learner.shipped / "README.md").write_text("About", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with monkeypatch.context() as patched:
        patched.setattr("cmom_srs.files.os.fsync", FullDisk(files * 2))
        with pytest.raises(ShippedCopyError) as refused:
            copy_shipped(learner.shipped, tmp_path / place)
    assert str(tmp_path / place) in refused.value.sentence
    assert "No space left on device" in refused.value.sentence
    assert "Make room" in refused.value.way_out
    assert sorted(tmp_path.rglob("*")) == before
    copy_shipped(learner.shipped, tmp_path / place)
    assert read(tmp_path / place).notes == read(learner.shipped).notes


@pytest.mark.parametrize("place", ["new", "empty"])
def test_a_copy_that_cannot_be_put_in_place_leaves_nothing_behind(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name in ("practice", f".{place}.{os.getpid()}.new"):
            raise PermissionError(errno.EPERM, "Operation not permitted")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        copy_shipped(learner.shipped, tmp_path / place)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_stays_the_one_it_was(learner: Learner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    inode = (tmp_path / "empty").stat().st_ino
    copy_shipped(learner.shipped, tmp_path / "empty")
    assert (tmp_path / "empty").stat().st_ino == inode
    assert sorted(path.name for path in (tmp_path / "empty").iterdir()) == [
        ".shipped.json",
        "blueprint.toml",
        "practice",
    ]


def test_a_backup_that_cannot_be_made_stops_the_update_and_leaves_nothing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.ships("Answer: this", "Answer: that")
    before = learner.files

    def fill_up(source: object, target: object, **options: object) -> None:
        if ".bak" in str(target):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copystat", fill_up)
    with pytest.raises(OSError, match="No space left"):
        learner.updates()
    assert learner.files == before
    assert not list(learner.folder.parent.glob("own.bak*"))


def test_texts_too_long_to_be_compared_are_counted(learner: Learner) -> None:
    long = "\n".join(f"  line {number % 90}" for number in range(600))
    learner.edits("one?\nAnswer: this", f"one?\nAnswer: mine\n{long}")
    learner.ships("one?\nAnswer: this", "one?\nAnswer: that")
    (kept,) = learner.updates().kept
    assert kept.diff == "yours has 603 lines, the shipped one 3"


def test_many_new_notes_are_added_as_fast_as_they_are_read(
    learner: Learner, tmp_path: Path
) -> None:
    more = "".join(note(f"new-{number}") for number in range(1_500))
    begun = process_time()
    read(write_decks(tmp_path / "measure", many=HEAD + more))
    usual = process_time() - begun
    learner.ships(note("two"), note("two") + more)
    begun = process_time()
    assert len(learner.updates().added) == 1_500
    assert process_time() - begun < 20 * usual
    assert learner.text == HEAD + note("one") + note("two") + more + note("three")
