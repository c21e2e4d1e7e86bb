"""Which files are decks, in which order notes come, and when a folder need not be read."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from cmom_srs.deckfiles.blueprint import DecksFolderError
from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.folder import folder_hash
from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import fingerprint
from tests.support.deck_text import BLUEPRINT
from tests.support.deck_text import write_decks

NOTE = "# {0}\nSource: practice\n\n## {0}-note\nQuestion: What of {0}?\nAnswer: {0}\n"
TWO_DOMAINS = '[[domain]]\nkey = "people"\ntitle = "People"\n\n' + BLUEPRINT.replace(
    "{ practice = 100 }", "{ people = 40, practice = 60 }"
)


def found(folder: Path) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in read(folder).problems]


@pytest.mark.parametrize("ask", [read, read_blueprint, folder_hash])
def test_a_folder_without_blueprint_is_no_decks_folder(
    ask: Callable[[Path], object], tmp_path: Path
) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        with pytest.raises(DecksFolderError) as refused:
            ask(folder)
        assert str(folder) in refused.value.sentence
        assert "cmom init" in refused.value.way_out


def test_notes_come_by_domain_of_the_blueprint_then_by_file_then_as_written(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, beta=NOTE.format("beta"), alpha=NOTE.format("alpha"))
    (folder / "people").mkdir()
    (folder / "people" / "zeta.md").write_text(NOTE.format("zeta"), encoding="utf-8")
    (folder / "blueprint.toml").write_text(TWO_DOMAINS, encoding="utf-8")
    decks = read(folder)
    assert [note.id for note in decks.notes] == ["zeta-note", "alpha-note", "beta-note"]
    assert [(file.domain, file.deck, file.title) for file in decks.files] == [
        ("people", "zeta", "zeta"),
        ("practice", "alpha", "alpha"),
        ("practice", "beta", "beta"),
    ]
    assert [entry.place.line for entry in decks.files[0].entries] == [4]
    assert decks.blueprint
    assert decks.blueprint.title_of("people") == "People"


def test_a_file_with_an_error_keeps_its_notes_out_and_no_others(tmp_path: Path) -> None:
    slip = NOTE.format("beta") + "\n## next\nQuestion: What?\n"
    decks = read(write_decks(tmp_path, beta=slip, alpha=NOTE.format("alpha")))
    assert [note.id for note in decks.notes] == ["alpha-note"]
    assert [note.id for note in decks.files[1].notes] == ["beta-note"]
    assert decks.broken == {("practice", "beta")}
    assert decks.has_errors


def test_what_is_no_deck_is_an_error_unless_its_name_says_so(tmp_path: Path) -> None:
    folder = write_decks(
        tmp_path, alpha=NOTE.format("alpha"), _draft="no deck", README="no deck", Alpha="x"
    )
    (folder / "practices").mkdir()
    (folder / "_old").mkdir()
    (folder / ".git").mkdir()
    (folder / "README.md").write_text("About these decks", encoding="utf-8")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "practice" / "deep.md").mkdir()
    assert found(folder) == [
        ("notes.txt", "stray-file"),
        ("practice/Alpha.md", "bad-deck-name"),
        ("practice/deep.md", "stray-file"),
        ("practices", "unknown-folder"),
    ]
    assert "did you mean `practice`?" in read(folder).problems[-1].hint
    (folder / "practices").rename(folder / "xyz")
    assert "the domains are practice" in read(folder).problems[-1].hint


def test_a_domain_without_folder_is_no_error(tmp_path: Path) -> None:
    folder = write_decks(tmp_path)
    (folder / "practice").rmdir()
    assert found(folder) == []
    assert read(folder).notes == ()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_may_not_leave_the_folder(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, alpha=NOTE.format("alpha"))
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "beta.md").write_text(NOTE.format("beta"), encoding="utf-8")
    (folder / "people").symlink_to(outside)
    (folder / "practice" / "beta.md").symlink_to(outside / "beta.md")
    (folder / "practice" / "loop.md").symlink_to(folder / "practice" / "loop.md")
    assert found(folder) == [
        ("people", "outside-link"),
        ("practice/beta.md", "outside-link"),
        ("practice/loop.md", "stray-file"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_a_name_that_is_no_unicode_is_shown_with_escapes(tmp_path: Path) -> None:
    folder = write_decks(tmp_path)
    Path(os.fsdecode(os.fsencode(folder / "practice") + b"/caf\xe9.md")).touch()
    assert found(folder) == [("practice/caf\\udce9.md", "bad-deck-name")]
    assert folder_hash(folder)


def test_a_file_that_cannot_be_read_is_an_error_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_decks(tmp_path, alpha=NOTE.format("alpha"), beta=NOTE.format("beta"))
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "beta.md":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    decks = read(folder)
    assert [problem.code for problem in decks.problems] == ["unreadable"]
    assert "Permission denied" in decks.problems[0].message
    assert decks.broken == {("practice", "beta")}
    assert [note.id for note in decks.notes] == ["alpha-note"]


def test_with_a_broken_blueprint_the_decks_are_read_all_the_same(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, alpha=NOTE.format("alpha"))
    (folder / "blueprint.toml").write_text("[[domain]\n", encoding="utf-8")
    decks = read(folder)
    assert [problem.path for problem in decks.problems] == ["blueprint.toml"]
    assert decks.blueprint is None
    assert [note.id for note in decks.notes] == ["alpha-note"]
    assert read_blueprint(folder) == (None, decks.problems)


def test_an_id_in_two_files_is_an_error_in_the_later(tmp_path: Path) -> None:
    former = NOTE.format("gamma") + "Formerly: alpha-note, delta\n"
    again = NOTE.format("zeta") + "Formerly: delta\n"
    folder = write_decks(
        tmp_path, alpha=NOTE.format("alpha"), beta=NOTE.format("alpha"), gamma=former, zeta=again
    )
    problems = read(folder).problems
    assert [(problem.path, problem.line, problem.column) for problem in problems] == [
        ("practice/alpha.md", 4, 4),
        ("practice/beta.md", 4, 4),
        ("practice/zeta.md", 7, 11),
    ]
    assert "practice/gamma.md, line 7" in problems[0].message
    assert {problem.code for problem in problems} == {"duplicate-id"}


def test_the_hash_changes_with_every_deck_and_with_nothing_else(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, alpha=NOTE.format("alpha"))
    hashes = [folder_hash(folder)]
    (folder / "README.md").write_text("x", encoding="utf-8")
    (folder / "practice" / "notes.txt").write_text("x", encoding="utf-8")
    assert folder_hash(folder) == hashes[0]
    path = folder / "practice" / "alpha.md"
    for change in (
        lambda: path.write_text(NOTE.format("omega"), encoding="utf-8"),
        lambda: os.utime(path, ns=(1, 1)),
        lambda: path.rename(folder / "practice" / "beta.md"),
        lambda: (folder / "blueprint.toml").write_text(TWO_DOMAINS, encoding="utf-8"),
    ):
        change()
        hashes.append(folder_hash(folder))
    assert len(set(hashes)) == 5


def test_arithmetic_known_to_be_sound_is_not_worked_out_again(tmp_path: Path) -> None:
    text = "# Sums\nSource: formula\n\n## sum\nQuestion: {one} and 1?\nGiven:\n- one: 1 to 5 by 1\n"
    (note,) = read(write_decks(tmp_path, sums=text + "Formula: one + 1\n")).notes
    folder = write_decks(tmp_path, sums=text + "Formula: 1 / (one - 1)\n")
    assert isinstance(note.body, Calculation)
    failing = replace(note, body=structs.replace(note.body, formula="1 / (one - 1)"))
    assert [problem.code for problem in read(folder, {note.fingerprint}.__contains__).problems] == [
        "no-value"
    ]
    assert read(folder, {fingerprint(failing)}.__contains__).problems == ()
