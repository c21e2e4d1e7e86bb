"""The bar over slow work: on a terminal alone, after half a second, gone in the end."""

import time
from io import StringIO

import pytest

from cmom_srs.cli import progress_bar
from cmom_srs.watch import unwatched

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


class Terminal(StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


def spend(seconds: float, output: StringIO, doing: str = "Reading notes") -> None:
    """Ten pieces of work that take so long together."""
    with progress_bar.shown(output) as watch:
        for _ in watch(range(10), doing):
            time.sleep(seconds / 10)


def test_slow_work_has_a_bar_with_an_estimate_and_leaves_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    spend(1, terminal)
    shown = terminal.getvalue()
    assert "Reading notes" in shown
    assert "60%" in shown
    assert "100%" in shown
    assert "00:00 left" in shown
    assert shown.endswith("\x1b[2K"), "the line is not erased"
    assert shown.count(HIDE_CURSOR) == shown.count(SHOW_CURSOR) == 1


def test_quick_work_has_none(terminal: Terminal) -> None:
    spend(0, terminal)
    assert terminal.getvalue() == ""


def test_there_is_none_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    pipe = StringIO()
    spend(0.8, pipe)
    assert pipe.getvalue() == ""


@pytest.mark.parametrize("kind", ["dumb", "unknown", "DUMB"])
def test_there_is_none_where_no_cursor_moves(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("TERM", kind)
    spend(0.8, terminal)
    assert terminal.getvalue() == ""


def test_no_color_leaves_a_bar_without_color(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    spend(0.8, terminal)
    assert "Reading notes" in terminal.getvalue()
    assert "\x1b[3" not in terminal.getvalue()


def test_what_is_done_next_takes_the_place_of_what_is_done(terminal: Terminal) -> None:
    with progress_bar.shown(terminal) as watch:
        for _ in watch(range(7), "Reading notes"):
            time.sleep(0.1)
        before = len(terminal.getvalue())
        for _ in watch(range(3), "Storing notes"):
            time.sleep(0.11)
    after = terminal.getvalue()[before:]
    assert "Storing notes" in after
    assert "Reading notes" not in after


def test_whatever_ends_the_work_ends_the_bar_before_anything_is_said(terminal: Terminal) -> None:
    def fail() -> None:
        with progress_bar.shown(terminal) as watch:
            for piece in watch(range(10), "Reading notes"):
                time.sleep(0.1)
                if piece == 7:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert "Reading notes" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")
    assert SHOW_CURSOR in terminal.getvalue()


@pytest.mark.parametrize("output", [Terminal(), StringIO()])
def test_the_pieces_come_in_their_order_each_once(output: StringIO) -> None:
    with progress_bar.shown(output) as watch:
        assert "".join(watch("abcd", "Spelling")) == "abcd"
        assert list(watch((), "Nothing")) == []
    assert "".join(unwatched("abcd", "Spelling")) == "abcd"
