"""Escape sequences that are no keys: swallowed whole, however they come."""

from collections.abc import Iterable

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.keyboard import sequences
from cmom_srs.terminal.keyboard.reader import KeyReader
from tests.support.builders import unhurried

NO_KEYS = [
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",  # the background's color, ended by ST
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",  # by BEL
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\xc2\x9c",  # by ST of eight bits
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x9c",
    b"\x9d4;1;rgb:cd/00/00\x9c",
    b"\xc2\x9d4;1;rgb:cd/00/00\xc2\x9c",
    "\x1b]l✓ title with a letter of 0x9C, 1 2 3\x1b\\".encode(),
    b"\x1b]52;c;YWJjZA==\x07",  # the clipboard
    b"\x1bP>|XTerm(388)\x1b\\",  # the terminal's name
    b"\x1bP1$r0m\x1b\\",  # a setting asked for
    b"\x90!|00000000\x9c",  # a terminal's number
    b"\x1b_Gi=31;OK\x1b\\",  # a picture was taken
    b"\x1b^a private message\x1b\\",
    b"\x1bXa string\x1b\\",
    b"\x1b[?62;1;2;4c",  # what the terminal can do
    b"\x1b[>41;388;0c",
    b"\x1b[12;40R",  # where the cursor is
    b"\x1b[0n",
    b"\x1b[?2026;2$y",  # whether a mode is on
    b"\x1b[8;24;80t",  # the window's size
    b"\x1b[I",  # the window came to the front
    b"\x1b[O",  # and went
    b"\x1b[<0;33;12M",  # the mouse
    b"\x1b[<0;33;12m",
    b"\x1b[M a1",  # the mouse as of old: three bytes of any kind
    b"\x1b[M\x20\xff\x9b",
    b"\x1b[32;33;12M",
    b"\x1b[97u",  # the letter a of a keyboard that says more
    b"\x1b[97;1:3u",
    b"\x1b[27;5;49~",
    b"\x1b[?0u",
    b"\x1b[1;5A",
    b"\x1b[15~",
    b"\x1b[[A",  # F1 on the Linux console
    b"\x1bOa",
    b"\x1bOp",  # a digit of the keypad
    b"\x1bO2P",
    b"\x1bNa",
    b"\x1b(B",
    b"\x1b%G",
    b"\x1b\x1b[Z",
    b"\x1b1",  # with Alt
    "\x1bé".encode(),
    b"\x9b1;1R",
    b"\x85",
    b"\xc2\x85",
    b"\x1b[201~",  # the end of a paste that never began
]


class Line:
    """A line to a terminal: bytes that come after so many seconds each, on a clock of its own."""

    def __init__(self, *pieces: tuple[float, bytes]) -> None:
        self.now = 0.0
        self._due = list(self._instants(pieces))
        self.reader = KeyReader(self._receive, lambda: self.now)

    @staticmethod
    def _instants(pieces: Iterable[tuple[float, bytes]]) -> Iterable[tuple[float, bytes]]:
        at = 0.0
        for pause, piece in pieces:
            at += pause
            for byte in piece:
                yield at, bytes([byte])

    def _receive(self, timeout: float | None) -> bytes:
        if self._due and (timeout is None or self._due[0][0] <= self.now + timeout):
            at, byte = self._due.pop(0)
            self.now = max(self.now, at)
            return byte
        if timeout is None:
            raise EOFError
        self.now += timeout
        return b""

    def keys(self) -> list[str]:
        """All that is heard on this line, what is no key left out."""
        heard: list[str] = []
        while True:
            try:
                key = self.reader.next_key(None)
            except EOFError:
                return heard
            if key not in {keys.UNKNOWN, None}:
                heard.append(str(key))


@pytest.mark.parametrize("sequence", NO_KEYS)
def test_a_sequence_that_is_no_key_is_swallowed_whole(sequence: bytes) -> None:
    assert Line((0, sequence + b"3")).keys() == ["3"]
    assert Line((0, b"b" + sequence + b"3 ")).keys() == ["b", "3", keys.SPACE]


@pytest.mark.parametrize("sequence", NO_KEYS)
@pytest.mark.parametrize("pause", [0.02, 0.2])
def test_a_sequence_that_comes_in_pieces_is_swallowed_whole(sequence: bytes, pause: float) -> None:
    for place in range(2, len(sequence)):
        line = Line((0, sequence[:place]), (pause, sequence[place:]), (1, b"3"))
        assert line.keys() == ["3"]


@pytest.mark.parametrize(
    "sequence", [one for one in NO_KEYS if one[:1] == b"\x1b" and one[1:2] in b"[]PX^_O"]
)
def test_only_the_escape_key_is_heard_of_a_sequence_whose_rest_comes_late(sequence: bytes) -> None:
    assert Line((0, sequence[:1]), (0.2, sequence[1:]), (1, b"3")).keys() == [keys.ESCAPE, "3"]


@pytest.mark.parametrize("sequence", NO_KEYS)
def test_ctrl_c_is_heard_wherever_a_sequence_was_left_off(sequence: bytes) -> None:
    for place in range(1, len(sequence)):
        assert Line((0, sequence[:place] + b"\x03")).keys()[-1:] == [keys.INTERRUPT]


def test_the_escape_key_and_the_next_ones_are_keys() -> None:
    typed = Line((0, b"\x1b"), (0.1, b"4"), (0.1, b"\x1b"), (0.3, b"["), (2, b"\x1b"), (0.06, b"q"))
    assert typed.keys() == [keys.ESCAPE, "4", keys.ESCAPE, "[", keys.ESCAPE, "q"]


@pytest.mark.parametrize(
    "begun", [b"\x1b]11;rgb:", b"\x1bP", b"\x1b_G", b"\x1bX", b"\x1b[1;", b"\x1b[M"]
)
def test_an_unfinished_sequence_does_not_swallow_typing_for_ever(begun: bytes) -> None:
    assert Line((0, begun), (1.1, b"3")).keys() == ["3"]
    letters = Line((0, begun), *[(0.4, b"x")] * 20).keys()
    assert len(letters) >= 20 - sequences.LONGEST_SECONDS / 0.4


def test_an_unfinished_sequence_has_a_greatest_length() -> None:
    heard = Line((0, b"\x1b]" + b"x" * 2 * sequences.MOST_BYTES)).keys()
    assert len(heard) == sequences.MOST_BYTES + 2


def test_a_new_sequence_ends_an_unfinished_one() -> None:
    assert Line((0, b"\x1b]11;rgb:\x1b[A3")).keys() == ["up", "3"]
    assert Line((0, b"\x1b[1;\x1b[B3")).keys() == ["down", "3"]
    assert Line((0, b"\x1b[1;\r")).keys() == [keys.ENTER]


def test_a_letter_that_comes_in_pieces_is_one_letter() -> None:
    assert Line((0, b"\xe2"), (0.5, b"\x88"), (0.5, b"\x92")).keys() == ["−"]


@pytest.mark.parametrize("end", [b"\x1b[201~", b"\x9b201~", b"\xc2\x9b201~"])
def test_a_paste_is_one_key_whatever_it_holds(end: bytes) -> None:
    pasted = "12\r\n q 3\t\x1b]0;x\x07 \x03\x04 \x1b[A−\x00".encode()
    (key, three) = Line((0, b"\x1b[200~" + pasted + end + b"3")).keys()
    assert keys.pasted(key) == "12 q 3 ]0;x [A−"
    assert three == "3"
    assert keys.pasted("3") is None
    assert keys.pasted(keys.PAGE_UP) is None


def test_a_paste_that_comes_in_pieces_is_one_and_without_its_end_does_not_last_for_ever() -> None:
    heard = Line((0, b"\x1b[200~1"), (0.8, b"2"), (0.8, b"\x1b[20"), (0.8, b"1~3")).keys()
    assert heard == [keys.paste("12"), "3"]
    assert Line((0, b"\x1b[200~12"), (1.1, b"3")).keys() == [keys.paste("12"), "3"]


def test_a_long_paste_takes_no_more_than_its_time() -> None:
    heard = Line((0, b"\x1b[200~" + b"x" * 100_000 + b"\x1b[201~3")).keys()
    assert heard == [keys.paste("x" * 100_000), "3"]


@unhurried
@given(st.lists(st.tuples(st.sampled_from([0, 0.01, 0.1, 0.6, 1.2]), st.binary(max_size=8))))
@example([(0, b"\x9b\x1b\x9d\x9c")])
def test_any_bytes_at_any_pace_come_to_an_end(pieces: list[tuple[float, bytes]]) -> None:
    heard = Line(*pieces, (7, b"3")).keys()
    assert heard[-1:] == ["3"]
