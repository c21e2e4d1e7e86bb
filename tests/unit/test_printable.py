"""Foreign text acts on no screen, and a document with it stays the same."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.errors import CmomError
from cmom_srs.printable import json_safe
from cmom_srs.printable import printable

HOSTILE = "\x1b[2J\x9b1m\x07\x7f\u202egnp.exe\u2066\u2028\udcff"
ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ALLOWED = set("\n\t\u00ad\u200b\u200c\u200d\ufeff")


@given(st.text(st.characters(exclude_categories=()), max_size=30) | st.just(HOSTILE))
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    shown = printable(text)
    acting = {mark for mark in shown if unicodedata.category(mark) in ACTING - {"Cf"}} - ALLOWED
    assert not acting
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )
    shown.encode()


@given(st.text(max_size=30))
def test_text_without_such_marks_is_as_it_was(text: str) -> None:
    plain = "".join(mark for mark in text if mark.isprintable() or mark in "\n\t")
    assert printable(plain) == plain


def test_it_is_cut_where_it_is_too_long() -> None:
    assert printable("a" * 10, most=8) == "aaaaa..."
    assert len(CmomError("x" * 10_000).sentence) == 2000


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.just(HOSTILE[:-1]))
def test_a_json_document_stays_the_same(text: str) -> None:
    document = json_safe(json.dumps({"name": text}, ensure_ascii=False))
    assert json.loads(document) == {"name": text}
    assert printable(document) == document
