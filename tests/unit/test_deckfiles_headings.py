"""Notes found by their headings alone."""

import os
import sys
from pathlib import Path

import pytest

from cmom_srs.deckfiles import headings
from tests.support.deck_text import write_decks


def test_a_note_is_found_at_its_line_whatever_the_line_ends(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    deck = tmp_path / "law" / "labor.md"
    deck.write_bytes(
        b"# Labor\r\n\r\n## first\r\nAnswer: ## second\r\n\r\n## second \r\nAns: b\r\n"
    )
    assert headings.find(tmp_path, "second") == (deck, 6)
    assert headings.find(tmp_path, "third") is None
    assert headings.note_ids(headings.read_text(deck)) == ["first", "second"]


def test_a_file_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "gone.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "law" / "odd.md").write_bytes(b"\xff\xfe\n## note-one\n")
    assert headings.find(tmp_path, "note-one") == (tmp_path / "law" / "odd.md", 2)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_pipe_among_the_decks_is_not_waited_for(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, zeta="# Zeta\n\n## note-one\n")
    os.mkfifo(folder / "practice" / "alpha.md")
    assert headings.find(folder, "note-one") == (folder / "practice" / "zeta.md", 3)
