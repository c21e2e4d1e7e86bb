"""Dates, counts and grades as they are read."""

from datetime import date

import pytest

from cmom_srs.study import wording
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import Cloze
from cmom_srs.study.tally import Tally
from tests.support.builders import note

TUESDAY = date(2026, 12, 1)


def test_dates_are_written_as_americans_write_them() -> None:
    assert wording.long_date(TUESDAY) == "Tuesday, December 1, 2026"
    assert wording.date_of_year(TUESDAY, date(2026, 1, 1)) == "Tuesday, December 1"
    assert wording.date_of_year(TUESDAY, date(2027, 1, 1)) == "Tuesday, December 1, 2026"
    assert wording.short_day(date(2026, 12, 4)) == "Fri 4"


def test_what_holds_until_a_day_is_to_be_checked_from_the_next_one_on() -> None:
    new_year, last_day, next_day = date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)
    said = "As of January 1, 2026, until December 31, 2026"
    assert wording.holding(new_year, last_day, last_day) == said
    assert wording.warning(last_day, last_day) == ""
    assert wording.holding(new_year, last_day, next_day) == "As of January 1, 2026"
    assert wording.warning(last_day, next_day) == (
        "Held until December 31, 2026: check it before you rely on it."
    )


def test_where_an_author_gave_no_date_none_is_said() -> None:
    assert wording.holding(date(2026, 1, 1), None, TUESDAY) == "As of January 1, 2026"
    assert wording.holding(None, date(2026, 12, 31), TUESDAY) == "Until December 31, 2026"
    assert wording.holding(None, None, TUESDAY) == ""
    assert wording.warning(None, TUESDAY) == ""


def test_a_count_has_its_noun() -> None:
    assert wording.count_of(1, "answer") == "1 answer"
    assert wording.count_of(0, "answer") == "0 answers"
    assert wording.count_of(["a", "b"], "note") == "2 notes"


def test_grades_are_the_words_on_the_buttons() -> None:
    assert [wording.grade_name(grade) for grade in range(6)] == [
        *["Again"] * 3,
        "Hard",
        "Good",
        "Easy",
    ]


@pytest.mark.parametrize(
    ("score", "percent"),
    [
        (Tally(2, 3), "67%"),
        (Tally(1, 3), "33%"),
        (Tally(1, 300), "0%"),
        (Tally(299, 300), "100%"),
        (Tally(0, 0), "-"),
        (None, "-"),
    ],
)
def test_a_percent_is_the_nearest_whole_one(score: Tally | None, percent: str) -> None:
    assert wording.percent(score) == percent


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (29, "under a minute"),
        (31, "1 min"),
        (89, "1 min"),
        (91, "2 min"),
        (59 * 60, "59 min"),
        (59 * 60 + 31, "1 h 00 min"),
        (65 * 60, "1 h 05 min"),
        (125 * 60, "2 h 05 min"),
    ],
)
def test_a_duration_is_the_nearest_whole_minute(seconds: int, words: str) -> None:
    assert wording.minutes(seconds * 1000) == words


def test_a_long_question_begins_with_whole_words() -> None:
    long = note(body=Basic("Which of the two acts governs\nthe copies of a record?", "One"))
    assert wording.beginning(long) == "Which of the two acts governs the copies of a record?"
    assert wording.beginning(long, 30) == "Which of the two acts..."


def test_a_beginning_is_cut_only_where_it_must_be_and_ends_with_a_word() -> None:
    asked = note(body=Basic("By Title X, who pays?", "One"))
    assert wording.beginning(asked, 21) == "By Title X, who pays?"
    assert wording.beginning(asked, 20) == "By Title X, who..."
    assert wording.beginning(asked, 17) == "By Title X..."


def test_a_card_is_known_by_the_first_words_it_asks_and_never_by_its_answer() -> None:
    card = Card(note(body=Cloze("Pay {{c1::684}} a week, which is {{c2::35,568}} a year, " * 3)), 1)
    assert wording.beginning_of_card(card) == (
        "Pay [...] a week, which is 35,568 a year, Pay [...] a..."
    )
    assert wording.beginning_of_card(card, 30) == "Pay [...] a week, which is..."
