"""What lies beside decks: litter is passed over, what may be meant as a deck is an error."""

import os
import sys
from pathlib import Path

import pytest

from cmom_srs.deckfiles.blueprint import DecksFolderError
from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.folder import folder_hash
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.read import read
from cmom_srs.deckfiles.report import render
from tests.support.deck_text import BLUEPRINT
from tests.support.deck_text import write_decks

NOTE = "# {0}\nSource: practice\n\n## {0}-note\nQuestion: What of {0}?\nAnswer: {0}\n"
LITTER = (
    *("ar.md~", "ar.md.~1~", "#ar.md#", ".#ar.md", "ar.md.bak", "ar.bak", "ar.md.orig"),
    *("ar.md.rej", ".ar.md.swp", "ar.md.swp", "ar.tmp", "~WRL0001.tmp", "~$ar.md", "~$ar.docx"),
    *(
        "desktop.ini",
        "Desktop.ini",
        "Thumbs.db",
        ".DS_Store",
        "._ar.md",
        "Icon\r",
        ".ar.md.kate-swp",
    ),
    *("ar.md.old", "ar.md.save", "ar.md___jb_tmp___", "4913", ".~lock.ar.md#", "ar.md.part"),
    *("decks.code-workspace", "ar.aux", "ar.synctex.gz", "readme.md", "README.MD"),
)
LITTER_FOLDERS = (
    *("__pycache__", ".git", ".obsidian", ".vscode", ".idea", "_minted-ar", "auto", "@eaDir"),
    *("node_modules", "$RECYCLE.BIN", "System Volume Information", "practice.bak", ".trash"),
)
COPIES = (
    *("ar (conflicted copy 2026-11-01).md", "ar (Ann's conflicted copy 2026-11-01).md"),
    *("ar-DESKTOP-7A.md", "ar.sync-conflict-20261101-1200.md", "ar (1).md", "ar - Copy.md"),
    *("ar - Copy (2).md", "ar copy.md", "ar copy 2.md", "ar 2.md", "Copy of ar.md"),
    *("ar_BASE_1234.md", "ar [conflicted].md", "ar (SFConflict ann 2026-11-01).md"),
)


def found(decks: Decks) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in decks.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_decks(tmp_path, ar=NOTE.format("ar"))


@pytest.mark.parametrize("name", LITTER)
def test_what_programs_leave_beside_decks_is_passed_over(folder: Path, name: str) -> None:
    before = folder_hash(folder)
    for place in (folder, folder / "practice"):
        (place / name).write_text("no deck", encoding="utf-8")
    decks = read(folder)
    assert found(decks) == []
    assert [note.id for note in decks.notes] == ["ar-note"]
    assert folder_hash(folder) == before


@pytest.mark.parametrize("name", LITTER_FOLDERS)
def test_folders_of_programs_are_passed_over(folder: Path, name: str) -> None:
    for place in (folder, folder / "practice"):
        (place / name).mkdir()
        (place / name / "ar.md").write_text("no deck", encoding="utf-8")
    assert found(read(folder)) == []


@pytest.mark.parametrize("name", COPIES)
def test_a_second_copy_of_a_deck_is_an_error_that_says_what_to_do(folder: Path, name: str) -> None:
    (folder / "practice" / name).write_text(NOTE.format("ar"), encoding="utf-8")
    decks = read(folder)
    assert found(decks) == [(f"practice/{name}", "conflict-copy")]
    (problem,) = decks.problems
    assert "second copy of `ar`" in problem.message
    assert problem.hint == "bring what differs into one of the two, then delete the other"
    assert [note.id for note in decks.notes] == ["ar-note"]


def test_a_copy_without_its_original_and_copies_of_other_things_are_errors_too(
    folder: Path,
) -> None:
    (folder / "practice" / "law (conflicted copy).md").touch()
    (folder / "practice (1)").mkdir()
    (folder / "blueprint (1).toml").touch()
    decks = read(folder)
    assert {code for _, code in found(decks)} == {"conflict-copy"}
    assert [problem.message.split("copy of ")[1].split(",")[0] for problem in decks.problems] == [
        "`blueprint`",
        "`practice`",
        "another file",
    ]


@pytest.mark.parametrize("name", ["law.txt", "law.MD", "law.md.txt", "Law.Markdown", "law.text"])
def test_a_deck_under_a_wrong_name_is_an_error_that_says_the_right_one(
    folder: Path, name: str
) -> None:
    (folder / "practice" / name).write_text(NOTE.format("law"), encoding="utf-8")
    decks = read(folder)
    assert found(decks) == [(f"practice/{name}", "stray-file")]
    assert "call it `law.md`" in decks.problems[0].hint
    assert ("practice", "law") in decks.broken


def test_a_deck_outside_its_domain_and_other_files_are_errors(folder: Path) -> None:
    for name in ("law.md", "practice/law.pdf", "practice/law.docx", "practice/9.5.md"):
        (folder / name).touch()
    decks = read(folder)
    assert found(decks) == [
        ("law.md", "stray-file"),
        ("practice/9.5.md", "bad-deck-name"),
        ("practice/law.docx", "stray-file"),
        ("practice/law.pdf", "stray-file"),
    ]
    assert "move it into its domain's folder" in decks.problems[0].hint


def test_a_deck_that_a_cloud_drive_took_away_is_missed(folder: Path) -> None:
    (folder / "practice" / ".ar.md.icloud").write_bytes(b"bplist00")
    assert found(read(folder)) == []
    (folder / "practice" / "ar.md").unlink()
    (folder / "practice" / ".notes.txt.icloud").touch()
    decks = read(folder)
    assert found(decks) == [("practice/ar.md", "evicted-file")]
    assert decks.broken == {("practice", "ar")}
    assert decks.present == frozenset()


def test_the_decks_that_are_there_are_told_from_those_that_are_gone(folder: Path) -> None:
    (folder / "practice" / "law.md").write_text("Qestion: x", encoding="utf-8")
    assert read(folder).present == {("practice", "ar"), ("practice", "law")}
    (folder / "practice" / "ar.md").unlink()
    assert read(folder).present == {("practice", "law")}


# What cannot be read. Tests may run as root, whom no permission stops: the system refuses by a
# stand-in for its calls.


def refuse(monkeypatch: pytest.MonkeyPatch, call: str, refused: Path) -> None:
    """Makes a call of the system fail for one path, as for someone who may not read it."""
    real = getattr(Path, call)

    def refusing(path: Path, *arguments: object, **options: object) -> object:
        if path == refused:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, call, refusing)


def test_a_domain_that_cannot_be_read_is_one_error_and_its_notes_are_not_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder_hash(folder)
    refuse(monkeypatch, "iterdir", folder / "practice")
    decks = read(folder)
    assert found(decks) == [("practice", "unreadable")]
    assert decks.unread_domains == {"practice"}
    assert folder_hash(folder) != before


@pytest.mark.parametrize("call", ["stat", "is_dir", "is_file", "read_bytes"])
@pytest.mark.parametrize("name", ["practice", "practice/ar.md"])
def test_whatever_cannot_be_read_is_said_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, name: str
) -> None:
    refuse(monkeypatch, call, folder / name)
    decks = read(folder)
    assert {code for _, code in found(decks)} <= {"unreadable"}
    assert decks.notes or decks.broken or decks.unread_domains
    folder_hash(folder)


def test_a_blueprint_that_cannot_be_read_is_one_error_and_the_decks_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "read_bytes", folder / "blueprint.toml")
    decks = read(folder)
    assert found(decks) == [("blueprint.toml", "unreadable")]
    assert [note.id for note in decks.notes] == ["ar-note"]
    assert decks.unread_domains == frozenset()


@pytest.mark.parametrize("ask", [read, read_blueprint, folder_hash])
def test_a_decks_folder_that_cannot_be_read_is_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ask: object
) -> None:
    refuse(monkeypatch, "stat", folder / "blueprint.toml")
    with pytest.raises(DecksFolderError, match="cannot be read: Permission denied"):
        ask(folder)  # type: ignore[operator]  # one of the three above


def test_a_decks_folder_that_cannot_be_listed_is_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "iterdir", folder)
    for ask in (read, folder_hash):
        with pytest.raises(DecksFolderError, match="cannot be read: Permission denied"):
            ask(folder)


def test_what_is_no_file_is_no_blueprint_and_no_deck(folder: Path) -> None:
    (folder / "practice" / "law.md").mkdir()
    assert found(read(folder)) == [("practice/law.md", "stray-file")]
    (folder / "blueprint.toml").unlink()
    (folder / "blueprint.toml").mkdir()
    with pytest.raises(DecksFolderError):
        read(folder)
    with pytest.raises(DecksFolderError):
        read(folder / "practice" / "ar.md")
    with pytest.raises(DecksFolderError):
        read(Path("\0"))


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links there")
def test_pipes_and_broken_links_stop_nothing(folder: Path) -> None:
    practice = folder / "practice"
    os.mkfifo(practice / "pipe.md")
    (practice / "nowhere.md").symlink_to(practice / "missing.md")
    (practice / "loop.md").symlink_to(practice / "loop.md")
    (folder / "round").symlink_to(folder / "round")
    assert found(read(folder)) == [
        ("practice/loop.md", "stray-file"),
        ("practice/nowhere.md", "stray-file"),
        ("practice/pipe.md", "stray-file"),
        ("round", "stray-file"),
    ]
    folder_hash(folder)
    for make in (os.mkfifo, lambda path: path.symlink_to(path)):
        (folder / "blueprint.toml").unlink()
        make(folder / "blueprint.toml")
        with pytest.raises(DecksFolderError):
            read(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_that_would_steer_a_terminal_are_shown_as_escapes(folder: Path) -> None:
    (folder / "practice" / "a\x1b[2Jb\n.md").touch()
    (folder / "\x1b]0;x\x07").mkdir()
    (folder / "blueprint.toml").write_text(BLUEPRINT + "[[", encoding="utf-8")
    if sys.platform == "linux":
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9")).mkdir()
    decks = read(folder)
    assert {code for _, code in found(decks)} <= {"bad-toml", "bad-deck-name", "unknown-folder"}
    shown = render(decks.problems, decks)
    assert shown.encode()
    assert not set(map(chr, range(32))) - {"\n"} & set(shown)
