"""A file is replaced whole or left as it was, and keeps what is its own."""

import errno
import os
from pathlib import Path

import pytest

from cmom_srs.files import UnwritableFileError
from cmom_srs.files import replace_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def test_a_file_is_made_and_replaced_and_nothing_is_left_beside_it(folder: Path) -> None:
    path = folder / "deck.md"
    for data in (b"first", b"second"):
        replace_file(path, data)
        assert path.read_bytes() == data
    assert list(folder.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_permissions(folder: Path, mode: int) -> None:
    path = folder / "deck.md"
    path.write_bytes(b"old")
    path.chmod(mode)
    replace_file(path, b"new")
    assert path.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_new_file_can_be_its_owners_alone(folder: Path) -> None:
    for name, mode in (("mine", 0o600), ("ours", 0o640)):
        replace_file(folder / name, b"new", mode)
        assert (folder / name).stat().st_mode & 0o777 == mode


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_one_and_what_it_names_is_replaced(folder: Path) -> None:
    (folder / "real").mkdir()
    target, link = folder / "real" / "deck.md", folder / "deck.md"
    target.write_bytes(b"old")
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "way_out"),
    [
        (errno.ENOSPC, "Make room on the disk"),
        (errno.EROFS, "another disk"),
        (errno.EACCES, "permissions"),
    ],
)
def test_a_write_that_fails_leaves_the_old_file_alone_and_names_the_cause(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, way_out: str
) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    path = folder / "deck.md"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(UnwritableFileError) as refused:
        replace_file(path, b"new")
    assert os.strerror(number) in refused.value.sentence
    assert way_out in refused.value.way_out
    assert path.read_bytes() == b"old"
    assert list(folder.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(UnwritableFileError) as refused:
        replace_file(folder / "missing" / "deck.md", b"text")
    assert "folder" in refused.value.way_out
