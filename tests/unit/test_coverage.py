"""What the decks cover, counted."""

from dataclasses import replace
from datetime import date

from cmom_srs.study import coverage
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam.supply import is_exam_item
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps

RIGHT = Option("This", "Because.", is_right=True)
WRONG = Option("That", "Because not.")
CHOICE = Choice("Which?", (RIGHT, WRONG, WRONG))
BLUEPRINT = Blueprint(
    (Domain("money", "Money"), Domain("people", "People"), Domain("rest", "Rest")),
    (
        Profile(
            "short",
            "Short",
            150,
            180,
            75,
            {"money": 60, "people": 40},
            "made up",
            "made up",
            date(2026, 1, 1),
        ),
    ),
)


def note(note_id: str, body: Choice | Basic | Cloze | Steps | Calculation, deck: str) -> Note:
    domain, _, name = deck.partition("/")
    return Note(note_id, domain, name, name, 0, body, source="formula")


def test_an_exam_asks_choices_of_one_in_three_and_calculations_with_two_mistakes() -> None:
    mistakes = (Mistake("2", "Twice."), Mistake("3", "Thrice."))
    fit = (CHOICE, Calculation("How much?", (), "1", 0, mistakes=mistakes))
    unfit = (
        Calculation("How much?", (), "1", 0, mistakes=mistakes[:1]),
        Choice("Which?", (RIGHT, WRONG)),
        Choice("Which?", (RIGHT, RIGHT, WRONG)),
        Basic("What?", "That."),
        Cloze("{{c1::This}} one."),
        Steps("In order?", ("a", "b", "c")),
    )
    assert all(is_exam_item(note("x", body, "money/a")) for body in fit)
    assert not any(is_exam_item(note("x", body, "money/a")) for body in unfit)


def test_decks_are_counted_by_kind_and_domains_against_the_exam() -> None:
    notes = (
        note("one", CHOICE, "money/first"),
        replace(note("two", CHOICE, "money/first"), scenario="It was so."),
        note("three", Basic("What?", "That."), "money/second"),
        note("four", CHOICE, "people/third"),
    )
    money, people, rest = coverage.cover(notes, BLUEPRINT).domains
    first, second = money.decks
    assert [each.domain for each in (money, first, people, rest)] == [
        "money",
        "money",
        "people",
        "rest",
    ]
    assert (first.deck, first.notes, first.kinds, first.scenarios) == (
        "first",
        2,
        {"choice": 2},
        1,
    )
    assert (second.notes, second.exam_items) == (1, 0)
    assert (money.notes, money.exam_items, money.exam_questions) == (3, 2, 90)
    assert money.exams == 2 / 90
    assert people.exams == 1 / 60
    assert (rest.notes, rest.exams) == (0, None)


def test_the_oldest_facts_come_first() -> None:
    notes = [
        replace(note(f"n{day}", CHOICE, "money/a"), as_of=date(2026, 1, day)) for day in (3, 1, 2)
    ]
    covered = coverage.cover([*notes, note("undated", CHOICE, "money/a")], BLUEPRINT)
    assert covered.oldest == tuple((date(2026, 1, day), f"n{day}") for day in (1, 2, 3))


def test_facts_that_end_are_counted_by_the_year_of_their_last_day() -> None:
    days = [date(2027, 6, 30), date(2026, 12, 31), date(2026, 6, 30), None]
    notes = [
        replace(note(f"n{place}", CHOICE, "money/a"), until=day) for place, day in enumerate(days)
    ]
    assert list(coverage.cover(notes, BLUEPRINT).ending.items()) == [(2026, 2), (2027, 1)]
