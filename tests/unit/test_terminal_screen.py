"""The screen, and ASCII in place of what an output cannot encode."""

import io
import os
import select
import struct
from collections.abc import Iterator

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

import fcntl
import termios

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.output.encoding import allow_any_text
from cmom_srs.terminal.output.encoding import to_ascii
from cmom_srs.terminal.output.screen import Screen
from tests.support.builders import unhurried

SIGNS = "─│•·✓✗«»–—−‘’“”"


def screen_of(
    columns: int = 80, is_plain: bool = False, **environ: str
) -> tuple[Screen, io.StringIO]:
    output = io.StringIO()
    return Screen(output, is_plain, {"COLUMNS": str(columns), **environ}), output


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437"])
@unhurried
@given(text=st.text())
def test_no_text_is_an_encoding_error(encoding: str, text: str) -> None:
    written = io.BytesIO()
    output = io.TextIOWrapper(written, encoding=encoding)
    allow_any_text(output)
    output.write(text)
    output.flush()
    assert len(written.getvalue()) >= len(text.replace("\n", ""))


def test_signs_become_signs_of_the_same_width() -> None:
    assert "".join(map(to_ascii, SIGNS)) == "-|*-+x<>---''\"\""
    assert all(len(to_ascii(sign)) == 1 for sign in SIGNS)


def test_letters_lose_their_accents_and_the_rest_is_a_question_mark() -> None:
    assert "".join(map(to_ascii, "é½…")) == "e1/2..."
    assert to_ascii("漢") == "?"
    assert to_ascii("\ud800") == "?"


def test_blocks_have_a_margin_on_screen_and_none_on_plain_screen() -> None:
    screen, output = screen_of()
    screen.show("words", "", "more")
    assert output.getvalue() == "  words\n\n  more\n"
    screen, output = screen_of(is_plain=True)
    screen.show("words")
    assert output.getvalue() == "words\n"


@pytest.mark.parametrize(("columns", "widest"), [(60, 56), (80, 76), (100, 96), (200, 96)])
def test_text_is_wrapped_at_words_to_the_width_but_not_beyond_100(
    columns: int, widest: int
) -> None:
    screen, output = screen_of(columns)
    screen.show("abc " * 100)
    lines = output.getvalue().splitlines()
    assert max(len(line) for line in lines) <= widest + 2
    assert all(set(line.split()) == {"abc"} for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_square_brackets_are_text_and_no_markup() -> None:
    screen, output = screen_of()
    screen.show("[bold]a [blank] b[/bold] :smile:")
    assert output.getvalue() == "  [bold]a [blank] b[/bold] :smile:\n"


def test_no_text_acts_on_the_terminal() -> None:
    screen, output = screen_of(FORCE_COLOR="1")
    hostile = "a\x1b[2J\x9b1m\x07\u202eb"
    screen.show(hostile, Text(hostile, "right"))
    screen.prompt(Text(hostile))
    assert not set("\x07\x9b\u202e") & set(output.getvalue())
    assert "\x1b[2J" not in output.getvalue()
    assert "\x1b[1;32m" in output.getvalue()


def test_what_is_shown_takes_the_place_of_the_prompt() -> None:
    screen, output = screen_of()
    screen.prompt(Text("more?"))
    screen.show("words")
    assert output.getvalue() == "  more?" + "\r       \r" + "  words\n"


def test_a_prompt_too_long_for_its_line_is_cut() -> None:
    screen, output = screen_of(20)
    screen.prompt(Text("abcdefghijklmnopqrstuvwxyz"))
    assert output.getvalue() == "  abcdefghijklmnopq"


def test_nothing_is_erased_where_there_is_no_terminal() -> None:
    screen, output = screen_of()
    screen.mark()
    screen.show("words")
    assert screen.erase_to_mark()
    assert output.getvalue() == "  words\n"


def test_a_mark_that_has_left_the_screen_is_out_of_reach() -> None:
    screen, _ = screen_of()
    screen.mark()
    screen.show(*["words"] * 23)
    assert screen.erase_to_mark()
    screen.mark()
    screen.show(*["words"] * 24)
    assert not screen.erase_to_mark()


@pytest.mark.parametrize("columns", ["79", "81"])
def test_a_mark_on_a_screen_that_is_resized_since_is_out_of_reach(columns: str) -> None:
    environ = {"COLUMNS": "80"}
    screen = Screen(io.StringIO(), environ=environ)
    screen.mark()
    screen.show("words")
    environ["COLUMNS"] = columns
    assert not screen.erase_to_mark()
    screen.begin_page()
    screen.mark()
    assert screen.erase_to_mark()


def test_a_mark_below_which_something_else_has_written_is_out_of_reach() -> None:
    screen, _ = screen_of()
    screen.mark()
    screen.lose_page()
    assert not screen.erase_to_mark()


@pytest.mark.parametrize(
    ("environ", "is_colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_color_goes_by_no_color_and_force_color(environ: dict[str, str], is_colored: bool) -> None:
    output = io.StringIO()
    screen = Screen(output, environ=environ)
    screen.show(Text("words", "right"))
    assert ("\x1b[" in output.getvalue()) is is_colored


def test_plain_screen_has_no_color_even_when_it_is_forced() -> None:
    screen, output = screen_of(is_plain=True, FORCE_COLOR="1")
    screen.show(Text("words", "right"))
    assert output.getvalue() == "words\n"


def test_an_output_that_is_gone_is_a_closed_terminal() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as output:
        screen = Screen(output)
        with pytest.raises(TerminalClosedError):
            screen.show("words")
        os.dup2(os.open(os.devnull, os.O_WRONLY), writing)


class Paged:
    """A screen with pages on a pseudo-terminal, as a learner sees it."""

    def __init__(self, lines: int = 10, columns: int = 40) -> None:
        self._learner, self._program = os.openpty()
        self.sight = pyte.HistoryScreen(columns, lines, history=500, ratio=1.0)
        self._stream = pyte.ByteStream(self.sight)
        self.sent = b""
        self.resize(lines, columns)
        self._output = os.fdopen(self._program, "w", encoding="utf-8")
        self.screen = Screen(self._output, environ={"TERM": "xterm", "NO_COLOR": "1"})

    def resize(self, lines: int, columns: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._program, termios.TIOCSWINSZ, size)
        self.sight.resize(lines, columns)

    def lines(self) -> list[str]:
        """What stands on the screen, without what is empty below."""
        while select.select([self._learner], [], [], 0)[0]:
            sent = os.read(self._learner, 4096)
            self.sent += sent
            self._stream.feed(sent)
        return "\n".join(line.rstrip() for line in self.sight.display).rstrip().splitlines()

    def scrolled(self) -> list[str]:
        """What has gone to the scroll-back."""
        self.lines()
        columns = range(self.sight.columns)
        return [
            "".join(line[column].data for column in columns).rstrip()
            for line in self.sight.history.top
        ]

    def close(self) -> None:
        os.close(self._learner)
        self._output.close()


@pytest.fixture
def paged() -> Iterator[Paged]:
    made = Paged()
    yield made
    made.close()


@pytest.mark.parametrize("count", [1, 5, 9])
def test_a_page_begins_at_the_top_and_what_stood_there_is_scrolled_back(
    paged: Paged, count: int
) -> None:
    before = [f"  line {number}" for number in range(count)]
    paged.screen.show(*[line.strip() for line in before])
    paged.screen.prompt(Text("more?"))
    paged.screen.begin_page()
    paged.screen.show("a card")
    assert paged.lines() == ["  a card"]
    assert paged.scrolled() == before
    paged.screen.begin_page()
    assert paged.lines() == []
    assert paged.scrolled() == [*before, "  a card"]


def test_a_page_longer_than_the_screen_is_scrolled_back_whole(paged: Paged) -> None:
    long = [f"line {number}" for number in range(25)]
    paged.screen.begin_page()
    paged.screen.show(*long)
    paged.screen.begin_page()
    assert [line.strip() for line in paged.scrolled()] == long


def test_a_page_is_written_anew_in_its_own_place(paged: Paged) -> None:
    paged.screen.show("before")
    paged.screen.begin_page()
    paged.screen.show("a question")
    paged.screen.restart_page()
    paged.screen.show("a question", "an answer")
    assert paged.lines() == ["  a question", "  an answer"]
    assert paged.scrolled() == ["  before"]


def test_no_screen_is_erased_at_once_which_some_terminals_scroll_back_and_others_forget(
    paged: Paged,
) -> None:
    paged.screen.begin_page()
    paged.screen.show("a question")
    paged.screen.restart_page()
    paged.lines()
    assert paged.sent
    assert b"J" not in paged.sent


@pytest.mark.parametrize("cause", ["long", "resized", "lost"])
def test_a_page_that_is_not_all_there_any_more_is_scrolled_back_and_written_anew(
    paged: Paged, cause: str
) -> None:
    paged.screen.begin_page()
    paged.screen.show("a question", *["more"] * (10 if cause == "long" else 0))
    if cause == "resized":
        paged.resize(12, 50)
    if cause == "lost":
        paged.screen.lose_page()
    paged.screen.restart_page()
    paged.screen.show("a question")
    assert paged.lines() == ["  a question"]
    assert paged.scrolled()[0] == "  a question"


def test_what_is_taken_back_counts_no_more_for_the_page(paged: Paged) -> None:
    paged.screen.begin_page()
    for _ in range(5):
        paged.screen.mark()
        paged.screen.show(*["words"] * 8)
        assert paged.screen.erase_to_mark()
    paged.screen.show("a question")
    paged.screen.restart_page()
    assert paged.lines() == []
    assert paged.scrolled() == []


def test_without_pages_one_follows_the_other() -> None:
    screen, output = screen_of()
    screen.show("one")
    screen.begin_page()
    screen.show("two")
    screen.restart_page()
    assert output.getvalue() == "  one\n\n  two\n\n"
