"""What becomes of a file's characters before its grammar is read."""

from pathlib import Path

from tests.support.deck_text import lines
from tests.support.deck_text import read_deck

NOTE = "# Letters\n\n## letter\nQuestion: What is it?\nAnswer: {}\nSource: practice\n"


def answer(tmp_path: Path, written: str | bytes) -> str:
    text = written if isinstance(written, bytes) else written.encode()
    (note,) = read_deck(tmp_path, NOTE.encode().replace(b"{}", text)).notes
    return str(getattr(note.body, "answer", ""))


def test_a_file_of_windows_reads_like_any_other(tmp_path: Path) -> None:
    plain = read_deck(tmp_path, NOTE)
    windows = read_deck(tmp_path, "\ufeff" + NOTE.replace("\n", "\r\n"))
    assert windows.notes == plain.notes
    assert windows.files[0].text == plain.files[0].text


def test_letters_are_composed_and_hard_blanks_are_blanks(tmp_path: Path) -> None:
    assert answer(tmp_path, "e\u0301\u00a0x") == "é x"


def test_a_tab_counts_as_four_columns(tmp_path: Path) -> None:
    decks = read_deck(tmp_path, NOTE.format("this\n\tand\t![that](x.png)"))
    assert lines(decks.problems) == ["6:12 error image a text cannot show images"]
    assert decks.files[0].text.split("\n")[5] == "    and    ![that](x.png)"


def test_blanks_at_the_ends_and_empty_lines_after_a_text_do_not_count(tmp_path: Path) -> None:
    assert answer(tmp_path, "  this   \n\n    \n") == "this"


def test_a_text_may_begin_in_the_next_line_and_keeps_its_own_indentation(tmp_path: Path) -> None:
    assert answer(tmp_path, "\n\n    one\n\n      - two\n    three") == "one\n\n  - two\nthree"


def test_a_byte_that_is_no_utf8_is_one_error_and_the_rest_is_read(tmp_path: Path) -> None:
    data = NOTE.encode().replace(b"{}", b"\tcaf\xe9 and na\xefve\nTags: Bad Tag")
    assert lines(read_deck(tmp_path, data).problems) == [
        "5:16 error not-utf8 this is not UTF-8 text",
        "6:7 error bad-tag `Bad Tag` is not an id",
    ]


def test_a_file_of_16_bit_letters_is_one_error(tmp_path: Path) -> None:
    decks = read_deck(tmp_path, NOTE.encode("utf-16"))
    assert lines(decks.problems) == ["1:1 error not-utf8 this is not UTF-8 text"]
    assert decks.broken == {("practice", "case")}
    assert decks.notes == ()


def test_each_line_with_a_control_character_is_reported(tmp_path: Path) -> None:
    decks = read_deck(tmp_path, NOTE.format("a\x00b\x01\n  c\u2028d"))
    assert [(problem.line, problem.column) for problem in decks.problems] == [(5, 10), (6, 4)]
    assert {problem.code for problem in decks.problems} == {"control-character"}
