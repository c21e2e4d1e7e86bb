"""An author's words that Anki would take for its own markup: as they are written, or refused."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from cmom_srs.anki.notes.fields import render
from cmom_srs.anki.notes.verbatim import verbatim
from cmom_srs.study.notes import Cloze
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import note
from tests.support.builders import unhurried

MARKUP = (
    "[sound:x.mp3]",
    "[SOUND:x.mp3]",
    "[anki:play:q:0]",
    "[anki:tts lang=en_US]hello[/anki:tts]",
    "[latex]a[/latex]",
    "[LaTeX]a[/LaTeX]",
    "[$]x[/$]",
    "[$$]x[/$$]",
    "[[type:Question]]",
    "[[type:cloze:Text]]",
    "{{c1::no gap}}",
    "{{Question}}",
    "{{FrontSide}}",
    "{{#Reverse}}a{{/Reverse}}",
    "{{^Reverse}}a{{/Reverse}}",
    "{{{Question}}}",
    "\\(x\\)",
    "\\[x\\]",
    "image-occlusion:rect:left=1",
)
ACTIVE = re.compile(
    r"\[/?(?:sound:|anki:|latex\]|\$\$?\])|\[\[type:|\{\{|\}\}|\\[(\[]|image-occlusion:",
    re.IGNORECASE,
)


def read(field: str) -> str:
    """A field as a learner reads it."""
    return html.unescape(re.sub(r"<[^>]*>", "", field))


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_of_ankis_is_left_as_words(markup: str) -> None:
    made = verbatim(html.escape(markup))
    assert not ACTIVE.search(made)
    assert read(made) == markup


@pytest.mark.parametrize(
    "words",
    [
        "[blank]",
        "[x](y)",
        "a {b} c",
        "[ ] [x]",
        "the [$5] fee",
        "[sounds]",
        "C:\\path",
        "$x$",
        "}{",
    ],
)
def test_other_words_are_left_alone(words: str) -> None:
    assert verbatim(words) == words


@given(st.lists(st.sampled_from((*MARKUP, "[", "]", "{", "}", "\\", "(", " ", "a"))).map("".join))
@unhurried
def test_no_words_beside_one_another_become_markup(words: str) -> None:
    made = verbatim(html.escape(words))
    assert not ACTIVE.search(made)
    assert read(made) == words


@pytest.mark.parametrize("markup", MARKUP[:-1])  # the last is one in gaps alone
def test_markup_in_a_unit_is_left_as_words_too(markup: str) -> None:
    body = structs.replace(COLLECTION_RATE, unit=f'{markup} "a day"')
    for name, field in render(note("rate", body), "Billing > Claims").items():
        assert not ACTIVE.search(field), name
    (unit,) = set(re.findall(r'<li data-unit="([^"]*)"', render(note("rate", body), "x")["Draws"]))
    assert html.unescape(unit) == f'{markup} "a day"'


def gaps(text: str) -> str:
    return render(note(body=Cloze(text)), "Billing > Claims")["Text"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{{c1::a}} and {{b}}", "{{c1::a}} and &#123;&#123;b&#125;&#125;"),
        ("{{c1::a}} {{c100::b}}", "{{c1::a}} &#123;&#123;c100::b&#125;&#125;"),
        ("{\\{c2::no}} {{c1::a}}", "&#123;&#123;c2::no&#125;&#125; {{c1::a}}"),
        ("{{c1::a}} {{c2::open", "{{c1::a}} &#123;&#123;c2::open"),
        ("closed}} {{c1::a}}", "closed&#125;&#125; {{c1::a}}"),
        ("{{c1::[sound:x]}}", "{{c1::&#91;sound:x]}}"),
        ("{{c1::a::[latex]}}", "{{c1::a::&#91;latex]}}"),
        ("{ {{c1::a}} }", "{ {{c1::a}} }"),
        ("{{c1::image-occlusion:x}}", "{{c1::image&#45;occlusion:x}}"),
        ("a**{{c1::b}}** c **{{c2::d}}**", "a**{{c1::b}}** c <strong>{{c2::d}}</strong>"),
        ("{{c1::*a*::*b*}} `{{c2::c}}`", "{{c1::<em>a</em>::<em>b</em>}} <code>{{c2::c}}</code>"),
        ("| a |\n|---|\n| {{c1::b}} |", None),
        ("\ua874{{c1::\ua875}}\ua876\ua877", "\ua874{{c1::\ua875}}\ua876\ua877"),
    ],
)
def test_only_the_gaps_of_a_text_are_gaps_in_anki(text: str, field: str | None) -> None:
    made = gaps(text)
    assert made == field or (field is None and "<td>{{c1::b}}</td>" in made)


def test_a_calculations_numbers_are_filled_in_as_before() -> None:
    made = render(note("rate", COLLECTION_RATE), "Billing > Claims")
    assert "{" not in made["Question"]
    assert "{" not in made["Draws"]
