"""Which topics of the manual go wrong most."""

from dataclasses import replace

from cmom_srs.study.notes import Card
from cmom_srs.study.stats import hardest
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.stats.weak_topics import WeakTopic
from cmom_srs.study.stats.weak_topics import weak_topics
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import day
from tests.support.builders import fails
from tests.support.builders import note
from tests.support.builders import seen


def about(topic: str, name: str) -> Card:
    """The card of a note that this topic of the manual treats."""
    return cards_of(replace(note(name), manual=topic))[0]


def weak(*cards: Card, wrong: int = 1, right: int = 0) -> tuple[WeakTopic, ...]:
    """The weak topics once each card was met, failed and known so many times."""
    log = []
    for card in cards:
        log.append(answers(card.id, on=day(-50)))
        log += [fails(card.id, on=day(-40 + place)) for place in range(wrong)]
        log += [answers(card.id, on=day(-20 + place)) for place in range(right)]
    states = {card.id: seen() for card in cards}
    return weak_topics(hardest.asked_notes(spaced(log), (), states, cards))


def test_a_topic_adds_up_its_notes_however_they_write_it() -> None:
    cards = about("Labor laws: overtime", "a"), about("labor  LAWS: salary", "b")
    (found,) = weak(*cards, wrong=2, right=1)
    assert (found.name.casefold(), found.wrong, found.asked) == ("labor laws", 4, 6)


def test_a_topic_of_which_nothing_went_wrong_is_not_weak() -> None:
    assert weak(about("Labor laws", "a"), wrong=0, right=3) == ()


def test_a_note_that_names_no_topic_counts_for_none() -> None:
    assert weak(about("", "a")) == ()


def test_the_topic_of_which_more_wrong_can_be_claimed_comes_first() -> None:
    often = [about("HIPAA", name) for name in "abc"]
    assert [topic.name for topic in weak(about("EHR", "d"), *often)] == ["HIPAA", "EHR"]


def test_of_equals_the_names_decide() -> None:
    found = weak(about("OSHA", "a"), about("EHR", "b"))
    assert [topic.name for topic in found] == ["EHR", "OSHA"]
