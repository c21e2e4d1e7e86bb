"""The review loop, asked in plain lines of this process."""

import io
import sys
from dataclasses import dataclass
from dataclasses import field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.terminal.review import ReviewEnd
from cmom_srs.terminal.review import run_review
from cmom_srs.terminal.summary import saved
from tests.support.builders import unhurried
from tests.support.review_desk import CARDS
from tests.support.review_desk import NOW
from tests.support.review_desk import TODAY
from tests.support.review_desk import Table
from tests.support.review_desk import seen

BASIC, CHOICE, CLOZE = CardId("basic", 1), CardId("choice", 1), CardId("cloze", 1)
LINES = (
    "",
    "",
    "1",
    "2",
    "3",
    "4",
    "c",
    "9",
    "1 2",
    "abcde",
    "40.7",
    "u",
    "u",
    "v",
    "-",
    "!",
    "o",
    "i",
    "?",
    "q",
    "nonsense",
)


@dataclass
class Plain:
    """A learner who typed these lines beforehand, and the screen that is written for them."""

    table: Table
    typed: list[str]
    output: io.StringIO = field(default_factory=io.StringIO)

    def review(
        self, *cards: CardId, is_cram: bool = False, is_first: bool = False, **limits: Any
    ) -> ReviewEnd:
        first, states = cards or tuple(CARDS), self.table.states
        session = Session(TODAY, Limits(**limits), states, first=first, is_cram=is_cram)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", _Hand(self.table.folder / "clock", self.typed))
            patch.setattr(sys, "stdout", self.output)
            return run_review(session, self.table, is_first=is_first)

    def saw(self) -> str:
        return self.output.getvalue()


class _Hand:
    """Types lines; one that begins with `@90 ` is typed 90 seconds after the review began."""

    def __init__(self, clock: Path, lines: list[str]) -> None:
        self._clock = clock
        self._lines = [f"{line}\n" for line in lines]

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        line = self._lines.pop(0) if self._lines else ""
        if line.startswith("@"):
            seconds, _, line = line[1:].partition(" ")
            self._clock.write_text(seconds, encoding="utf-8")
        return line


@settings(unhurried, max_examples=60)
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_whatever_is_typed_the_session_is_what_is_on_disk(typed: list[str]) -> None:
    with TemporaryDirectory() as folder:
        learner = Plain(Table(Path(folder), {}), typed)
        end = learner.review()
    assert list(end.session.done) == learner.table.log
    assert not end.is_interrupted
    said = saved(len(learner.table.log)) if learner.table.log else "No answers this time."
    assert said in learner.saw()


def test_an_answer_is_on_disk_before_anything_more_is_shown(tmp_path: Path) -> None:
    class Watching(Table):
        def record(self, answer: Review) -> Recorded | None:
            shown.append(learner.saw())
            return super().record(answer)

    shown: list[str] = []
    learner = Plain(Watching(tmp_path, {}), ["", "3", "", "1"])
    learner.review(BASIC, CLOZE)
    first, second = shown
    assert first.endswith("? lists the keys.\n")
    assert "Good: again tomorrow." not in first
    assert "Good: again tomorrow." in second
    assert "Again: again today" not in second


def test_what_cannot_be_recorded_is_not_said_to_be(tmp_path: Path) -> None:
    class DiskFullError(Exception):
        """What a history raises that cannot write."""

    class Full(Table):
        def record(self, answer: Review) -> Recorded | None:
            raise DiskFullError

    learner = Plain(Full(tmp_path, {}), ["", "3"])
    with pytest.raises(DiskFullError):
        learner.review(BASIC)
    assert "Good: again" not in learner.saw()
    assert "saved" not in learner.saw()


def test_a_session_of_nothing_ends_at_once(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), [])
    assert learner.review(BASIC, minutes=0).session.done == ()
    assert "No answers this time." in learner.saw()


def test_an_answer_taken_back_is_asked_again_as_it_was(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["3", "", "u", "3", "2"])
    end = learner.review(CHOICE, BASIC)
    shown = learner.saw()
    first, again = shown.split(
        'Taken back: Good for "What does federal law require of the practice?".'
    )
    question = first[first.index("What does federal law") : first.index("Choose 1 to 4")]
    assert question in again
    assert [(answer.card, answer.grade) for answer in end.session.done] == [(("choice", 1), 3)]


def test_an_answer_of_another_session_is_taken_back_when_that_is_meant(tmp_path: Path) -> None:
    earlier = Review(CLOZE, NOW, TODAY - timedelta(days=334 + 365), ReviewKind.SCHEDULED, 1)
    table = Table(tmp_path, {}, log=[earlier])
    learner = Plain(table, ["u", "maybe", "n", "u", "", "u", "y", "u"])
    learner.review(BASIC)
    assert table.log == []
    day = "The newest answer is of Wednesday, January 1, 2025, not of this session:"
    named = 'Again for "As of 2026, the federal salary level for...".'
    assert learner.saw().count(f"{day}\n{named}\n") == 3
    assert learner.saw().count("Nothing was taken back.") == 2
    assert learner.saw().count("Take that one back? y or n.") == 4
    assert learner.saw().count("Taken back: Again") == 1
    assert "Nothing is left to take back." in learner.saw()


def test_undo_before_the_rating_takes_back_the_choice_just_made(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["", "3", "1", "u", "3", "3"])
    end = learner.review(BASIC, CHOICE)
    assert "Wrong: the answer is 3." in learner.saw()
    assert "Back to the question." in learner.saw()
    assert [(answer.card, answer.is_right) for answer in end.session.done] == [
        (BASIC, None),
        (CHOICE, True),
    ]


@pytest.mark.parametrize(
    ("card", "typed", "doubt"),
    [
        ("choice", "1", "Your choice was wrong."),
        ("several", "1", "Your choice was wrong."),
        ("calculation", "5", "Your number was wrong."),
        ("steps", "12345", "Your order was wrong."),
    ],
)
def test_easy_after_a_wrong_response_asks_once(
    tmp_path: Path, card: str, typed: str, doubt: str
) -> None:
    for ratings, grade in ((["4", "4"], 5), (["4", "o", "4"], 5), (["4", "3"], 4), (["3"], 4)):
        learner = Plain(Table(tmp_path, {}), [typed, *ratings])
        end = learner.review(CardId(card, 1))
        asked = f"{doubt} Easy all the same? 4 again, or another rating."
        assert learner.saw().count(asked) == (ratings[0] == "4")
        assert [answer.grade for answer in end.session.done] == [grade]


def test_easy_is_taken_at_its_word_where_nothing_was_wrong(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["", "4", "3", "4"])
    end = learner.review(BASIC, CHOICE)
    assert "all the same" not in learner.saw()
    assert [answer.grade for answer in end.session.done] == [5, 5]


def test_the_time_of_a_card_runs_from_its_showing_to_its_grade(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["@7 ", "@9.5 3", "@10 c", "@12 "])
    end = learner.review(BASIC, CHOICE)
    assert [answer.duration_ms for answer in end.session.done] == [9500, 2500]
    assert ". 0:09" in learner.saw()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        (["@90 c"], "Enter takes Good"),
        (["@91 c"], "Enter takes Hard"),
        (["o", "c"], "Enter takes Hard"),
        (["c", "o"], "Enter takes Hard"),
        (["@599 b"], "Enter takes Again"),
        (["@601 b"], "Rate it 1 to 4"),
        (["@601 c"], "Rate it 1 to 4"),
    ],
)
def test_time_and_manual_decide_what_is_suggested(
    tmp_path: Path, typed: list[str], suggested: str
) -> None:
    learner = Plain(Table(tmp_path, {}), typed)
    learner.review(CHOICE)
    assert suggested in learner.saw().split("? lists the keys.")[-2]


def test_the_manual_is_on_the_record(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["o", "", "3", "", "3"])
    end = learner.review(BASIC, CLOZE)
    assert [answer.looked_up for answer in end.session.done] == [True, False]


def test_what_was_given_is_on_the_record_and_whether_it_was_right(tmp_path: Path) -> None:
    typed = ["", "3", "b", "3", "40.7 days", "", "32154", ""]
    learner = Plain(Table(tmp_path, {}), typed)
    end = learner.review(BASIC, CHOICE, CardId("calculation", 1), CardId("steps", 1))
    drawn = '{"drawn":{"receivables":"180000","days":"91","charges":"402000"},"typed":"40.7 days"}'
    assert [(answer.is_right, answer.response) for answer in end.session.done] == [
        (None, None),
        (False, "[1]"),
        (True, drawn),
        (False, "[1,2,3,5,4]"),
    ]


def test_when_the_minutes_are_used_the_rest_stays_for_tomorrow(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["@61 ", "3", ""])
    end = learner.review(BASIC, CHOICE, minutes=1)
    assert len(end.session.done) == 1
    assert "The minutes are used up; what is left (1) stays for tomorrow." in learner.saw()
    assert "1 answer saved in 1 min" in learner.saw()


def test_a_leech_is_named_when_it_becomes_one_and_at_the_end(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {BASIC: seen(lapses=7)}), ["", "1", "", "3"])
    learner.review(BASIC)
    assert "Forgotten 8 times: a leech," in learner.saw()
    assert 'Leeches, forgotten again and again:\n"Under federal law, what' in learner.saw()


def test_a_repeat_says_that_its_schedule_stays(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["", "1", "", "1", "", "3"])
    end = learner.review(BASIC)
    assert learner.saw().count("A repeat of what was failed today: its schedule stays") == 2
    assert "Again: once more today." in learner.saw()
    assert "Good: done for today." in learner.saw()
    assert [answer.kind for answer in end.session.done] == ["scheduled", "drill", "drill"]


def test_cramming_says_that_no_schedule_changes(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["", "1"])
    end = learner.review(BASIC, is_cram=True)
    assert "Cramming, practice beside the schedule: nothing of it changes." in learner.saw()
    assert [answer.kind for answer in end.session.done] == ["cram"]


def test_the_first_session_says_once_what_the_ratings_mean(tmp_path: Path) -> None:
    learner = Plain(Table(tmp_path, {}), ["", "3", "", "3"])
    learner.review(BASIC, CLOZE, is_first=True)
    assert learner.saw().count("Again: not recalled. Hard: with effort.") == 1


def test_a_wrong_answer_stays_wrong_when_the_note_is_edited_after_it(tmp_path: Path) -> None:
    (tmp_path / "edited").write_text("Which tests decide?", encoding="utf-8")
    learner = Plain(Table(tmp_path, {}), ["1", "v", "", ""])
    end = learner.review(CHOICE)
    assert "Which tests decide?" in learner.saw()
    assert [answer.grade for answer in end.session.done] == [2]


def test_an_answer_to_a_card_that_is_gone_meanwhile_is_told_and_passed_over(
    tmp_path: Path,
) -> None:
    learner = Plain(Table(tmp_path, {}), ["", "3", "q"])
    (tmp_path / "gone").touch()
    end = learner.review(BASIC, CHOICE)
    assert end.session.done == ()
    said = " ".join(learner.saw().split())
    assert 'three tests must an..." is gone meanwhile: the answer to it was passed over.' in said
    assert "What does federal law require" in learner.saw()


def test_a_line_of_ones_own_is_kept_shown_replaced_and_taken_away(tmp_path: Path) -> None:
    table = Table(tmp_path, {})
    learner = Plain(table, ["n", "see tab 4", "", "n", "", "n", "- see tab 5", "3", "n", "-", ""])
    learner.review(BASIC, CLOZE)
    said = learner.saw()
    assert said.count("Your note is kept: it is shown after the answer.") == 2
    assert "Your note: see tab 4\n\nSource" in said
    assert (
        said.count("Your note: see tab 4\n\nIn its place (Enter keeps it, - takes it away):") == 2
    )
    assert "Your note is taken away." in said
    assert table.remark(CLOZE) == ""
    assert "Your note" not in said.split("taken away.")[1]


def test_a_note_removed_in_the_editor_is_asked_no_more(tmp_path: Path) -> None:
    (tmp_path / "edited").write_text("", encoding="utf-8")
    learner = Plain(Table(tmp_path, {}), ["v", "", "3"])
    end = learner.review(CHOICE, BASIC)
    assert "choice/1 is no longer in the decks." in learner.saw()
    assert [answer.card for answer in end.session.done] == [BASIC]


def test_the_summary_counts_an_answer_whose_note_was_removed_since(tmp_path: Path) -> None:
    table = Table(tmp_path, {})
    learner = Plain(table, ["", "1", "v"])
    (tmp_path / "edited").write_text("", encoding="utf-8")
    learner.review(BASIC)
    assert "1 answer saved" in learner.saw()
