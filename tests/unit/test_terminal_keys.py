"""Names of keys: bytes of a POSIX terminal, codes of a Windows console."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.terminal.keyboard import keys
from tests.support.builders import unhurried


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (b"a", "a"),
        (b"?", "?"),
        (b" ", keys.SPACE),
        (b"\r", keys.ENTER),
        (b"\n", keys.ENTER),
        (b"\x7f", keys.BACKSPACE),
        (b"\x08", keys.BACKSPACE),
        (b"\x15", keys.CLEAR_LINE),
        (b"\x03", keys.INTERRUPT),
        (b"\x04", keys.END_OF_INPUT),
        (b"\x1a", keys.SUSPEND),
        (b"\x9bA", "up"),
        (b"\xc2\x9b5~", "page-up"),
        (b"\x8fB", "down"),
        (b"\x1b", keys.ESCAPE),
        (b"\x1b[A", "up"),
        (b"\x1bOB", "down"),
        (b"\x1b[H", "home"),
        (b"\x1bOF", "end"),
        (b"\x1b[C", "right"),
        (b"\x1bOD", "left"),
        (b"\x1b[1~", "home"),
        (b"\x1b[7~", "home"),
        (b"\x1b[4~", "end"),
        (b"\x1b[8~", "end"),
        (b"\x1b[5~", "page-up"),
        (b"\x1b[6~", "page-down"),
        (b"\x1b[3~", keys.UNKNOWN),
        ("é".encode(), "é"),
        ("−".encode(), "−"),
        ("𝔞".encode(), "𝔞"),
        (b"\x01", keys.UNKNOWN),
        (b"\x1b[15~", keys.UNKNOWN),
        (b"\x1b[1;5C", keys.UNKNOWN),
        (b"\x1bq", keys.UNKNOWN),
        (b"\x1b\xc3\xa9", keys.UNKNOWN),
        (b"\x1b[", keys.UNKNOWN),
    ],
)
def test_bytes_of_one_key_are_read_whole(typed: bytes, key: str) -> None:
    assert keys.decode(typed, is_all=True)[:2] == (key, len(typed))


@pytest.mark.parametrize("typed", [b"\x1b", b"\x1b[", b"\x1b[1;", b"\x1bO", b"\xc3", b"\xe2\x88"])
def test_more_is_read_before_a_begun_key_is_named(typed: bytes) -> None:
    assert keys.decode(typed).length == 0


def test_the_first_of_several_keys_leaves_the_others() -> None:
    assert keys.decode(b"\x1b[Bab")[:2] == ("down", 3)
    assert keys.decode(b"ab")[:2] == ("a", 1)


@unhurried
@given(st.binary(min_size=1, max_size=12))
def test_any_bytes_are_keys_to_the_last(typed: bytes) -> None:
    while typed:
        key, length, _ = keys.decode(typed, is_all=True)
        assert 0 < length <= len(typed)
        assert key
        typed = typed[length:]


@unhurried
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=6))
def test_printable_text_is_its_own_names(text: str) -> None:
    typed, named = text.encode(), []
    while typed:
        key, length, _ = keys.decode(typed, is_all=True)
        typed = typed[length:]
        named.append(key)
    assert len(named) == len(text)
    assert all(
        key == character
        for key, character in zip(named, text, strict=True)
        if character.isprintable() and character != " "
    )
