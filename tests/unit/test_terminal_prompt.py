"""Asking by keys and by lines: own commands, a tick while it waits, a deadline."""

import io
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest

from cmom_srs.terminal.keyboard import Keyboard
from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.by_key import KeyPrompt
from cmom_srs.terminal.prompt.by_line import LinePrompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch

EXAM = {"m": "mark", "j": "jump", keys.RIGHT: "next", keys.PAGE_DOWN: "further", "q": "leave"}
SECOND = None
"""A second that passes without a key."""


class Hand:
    """A keyboard on which these keys are pressed, one after the other."""

    def __init__(self, *pressed: str | None) -> None:
        self.left = list(pressed)
        self.timeouts: list[float | None] = []

    def seconds(self) -> float:
        return 0.0

    def read_key(self, timeout: float | None = None) -> str | None:
        self.timeouts.append(timeout)
        return self.left.pop(0)

    def suspend(self) -> None:
        """The program stops and goes on."""

    @contextmanager
    def released(self) -> Iterator[None]:
        yield


class TimedHand(Hand):
    """A keyboard whose keys are pressed at these seconds, on a clock of its own."""

    def __init__(self, *pressed: tuple[float, str]) -> None:
        super().__init__()
        self.due = list(pressed)
        self.now = 0.0

    def seconds(self) -> float:
        return self.now

    def read_key(self, timeout: float | None = None) -> str | None:
        if not self.due or (timeout is not None and self.due[0][0] > self.now + timeout):
            assert timeout is not None
            self.now += timeout
            return None
        at, key = self.due.pop(0)
        self.now = max(self.now, at)
        if key == keys.END_OF_INPUT:
            raise EOFError
        return key


def prompt_of(hand: Hand) -> tuple[KeyPrompt, io.StringIO]:
    output = io.StringIO()
    screen = Screen(output, environ={"COLUMNS": "80"})
    watch = Stopwatch(lambda: 0.0)
    return KeyPrompt(cast("Keyboard", hand), screen, watch, hand.seconds), output


def by_key(*pressed: str | None) -> tuple[KeyPrompt, Hand, io.StringIO]:
    hand = Hand(*pressed)
    prompt, output = prompt_of(hand)
    return prompt, hand, output


def by_line(typed: str) -> tuple[LinePrompt, io.StringIO]:
    output = io.StringIO()
    screen = Screen(output, is_plain=True, environ={"COLUMNS": "80"})
    return LinePrompt(io.StringIO(typed), screen, Stopwatch(lambda: 0.0)), output


def ticking(*left: bool) -> tuple[Callable[[], bool], list[bool]]:
    """A tick that says these words about the time left, and those it has not said yet."""
    said = list(left)
    return lambda: said.pop(0), said


@pytest.mark.parametrize(
    ("pressed", "meaning"),
    [("m", "mark"), ("M", "mark"), ("right", "next"), ("page-down", "further"), ("q", "leave")],
)
def test_any_prompt_of_keys_takes_commands_of_its_own(pressed: str, meaning: str) -> None:
    prompt, _, _ = by_key("x", "u", pressed)
    assert prompt.key("Choose", EXAM, "") == meaning
    prompt, _, _ = by_key("x", "u", pressed)
    assert prompt.letters(3, [], False, EXAM) == meaning


def test_a_line_that_is_one_of_its_commands_is_that() -> None:
    prompt, _, _ = by_key("m", keys.ENTER, "m", "u", keys.ENTER, "u", keys.ENTER)
    assert [prompt.line("Number", EXAM) for _ in range(3)] == ["mark", "mu", "u"]
    plain, _ = by_line("M\nmu\n u \n")
    assert [plain.line("Number", EXAM) for _ in range(3)] == ["mark", "mu", "u"]


def test_a_key_that_a_line_does_not_accept_is_a_command_while_it_is_empty() -> None:
    prompt, _, output = by_key("x", "m")
    assert prompt.line("Number", EXAM, accepts=str.isdecimal) == "mark"
    assert "x" not in output.getvalue()
    prompt, _, _ = by_key("1", "m", "2", keys.ENTER)
    assert prompt.line("Number", EXAM, accepts=str.isdecimal) == "12"
    prompt, _, _ = by_key("1", keys.ESCAPE, "m")
    assert prompt.line("Number", EXAM, accepts=str.isdecimal) == "mark"
    prompt, _, _ = by_key(keys.paste("m1m2"), keys.ENTER)
    assert prompt.line("Number", EXAM, accepts=str.isdecimal) == "12"


def test_the_end_of_a_long_line_stays_in_sight_before_its_hint() -> None:
    prompt, _, output = by_key(*"abc def " * 20, keys.ENTER)
    assert prompt.line("Note", {}) == ("abc def " * 20).strip()
    last = output.getvalue().rsplit("\r", 1)[-1]
    assert last.startswith("  Note: ...")
    assert last.endswith("abc def ")
    assert len(last) <= 79
    prompt, _, output = by_key("x", keys.ENTER)
    prompt.line("Note", {})
    hint = "   Enter submits   Esc clears"
    assert output.getvalue().endswith(f"  Note: x{hint}{chr(8) * len(hint)}")


def test_prompts_of_lines_take_commands_of_their_own() -> None:
    words = {"next": "next", "mark": "mark"}
    prompt, output = by_line("u\nNEXT\n")
    assert prompt.key("A letter", words, "A letter, or next.") == "next"
    assert output.getvalue() == "A letter.\nA letter, or next.\nA letter.\n"
    prompt, _ = by_line("mark\n")
    assert prompt.letters(3, [], True, words) == "mark"


def test_only_the_keys_that_act_are_hinted_at() -> None:
    prompt, _, output = by_key("q")
    prompt.key("Choose", {"q": "leave"}, "")
    assert output.getvalue().endswith("Choose   q leave")
    prompt, _, output = by_key("?")
    prompt.key("Choose", {"?": "keys", "q": "leave"}, "")
    assert output.getvalue().endswith("Choose   ? keys   q leave")


def ask_key(prompt: Prompt, tick: Callable[[], bool]) -> object:
    return prompt.key("Choose", {"b": "two"}, "One of a to c.", tick)


def ask_line(prompt: Prompt, tick: Callable[[], bool]) -> object:
    return prompt.line("Number", {}, tick)


def ask_letters(prompt: Prompt, tick: Callable[[], bool]) -> object:
    chosen: list[int] = []
    return prompt.letters(3, chosen, False, {}, tick) or chosen


ASKED = pytest.mark.parametrize(
    ("ask", "given"), [(ask_key, "two"), (ask_line, "b"), (ask_letters, [1])]
)


@ASKED
def test_a_tick_comes_each_second_and_loses_nothing_of_what_is_typed(
    ask: Callable[[Prompt, Callable[[], bool]], object], given: object
) -> None:
    prompt, hand, _ = by_key(SECOND, "x", keys.BACKSPACE, SECOND, "b", SECOND, keys.ENTER)
    tick, left = ticking(*[True] * 7)
    assert ask(prompt, tick) == given
    assert len(left) == len(hand.left)
    assert set(hand.timeouts) == {1.0}


@ASKED
def test_what_is_given_after_the_deadline_does_not_count(
    ask: Callable[[Prompt, Callable[[], bool]], object], given: object
) -> None:
    prompt, hand, output = by_key(SECOND, "b", keys.ENTER)
    assert ask(prompt, ticking(True, False)[0]) is Wake.TIME_UP
    assert hand.left == [keys.ENTER]
    assert output.getvalue().endswith(" \r")
    plain, _ = by_line("b\n")
    assert ask(plain, ticking(False)[0]) is Wake.TIME_UP
    plain, _ = by_line("b\n")
    assert ask(plain, ticking(True)[0]) == given


@ASKED
def test_a_deadline_passes_without_a_key(
    ask: Callable[[Prompt, Callable[[], bool]], object], given: object
) -> None:
    prompt, hand, _ = by_key(SECOND, SECOND, "b")
    assert ask(prompt, ticking(True, False)[0]) is Wake.TIME_UP
    assert hand.left == ["b"]


def test_what_a_tick_draws_stands_above_the_prompt() -> None:
    prompt, _, output = by_key("4", SECOND, keys.ENTER)
    words = iter(["", "ten minutes left", ""])

    def tick() -> bool:
        if said := next(words):
            prompt.screen.show(said)
        return True

    assert prompt.line("Number", {}, tick) == "4"
    assert "\r  ten minutes left\n  Number: 4" in output.getvalue()


def test_without_a_tick_a_prompt_waits_for_ever() -> None:
    prompt, hand, _ = by_key("b")
    assert prompt.key("Choose", {"b": "two"}, "") == "two"
    assert hand.timeouts == [None]


def test_a_window_being_resized_is_drawn_again_once_with_what_is_typed() -> None:
    draft: list[str] = []
    resizing = [(1 + number / 20, keys.RESIZED) for number in range(20)]
    prompt, _ = prompt_of(TimedHand((0, "4"), (0.5, "2"), *resizing, (2.0, ","), (9, keys.ENTER)))
    assert prompt.line("Number", {}, draft=draft) is Wake.DRAW_AGAIN
    assert draft == ["4", "2"]
    assert prompt.line("Number", {}, draft=draft) == "42,"
    assert draft == []


def test_what_is_pasted_outside_a_line_is_nothing() -> None:
    for text in ("b", "3", "q", ""):
        prompt, hand, _ = by_key(keys.paste(text), "b")
        assert prompt.key("Choose", {"b": "two", "3": "three", **EXAM}, "") == "two"
        assert hand.left == []
    chosen: list[int] = []
    prompt, _, _ = by_key(keys.paste("b"), "c", keys.ENTER)
    assert prompt.letters(3, chosen, False, EXAM) is None
    assert chosen == [2]


def test_what_is_pasted_in_a_line_is_typed_and_does_not_submit_it() -> None:
    prompt, hand, _ = by_key(
        "$", keys.paste("1,250\r\n"), keys.paste("m"), keys.BACKSPACE, keys.ENTER
    )
    assert prompt.line("Number", EXAM) == "$1,250"
    assert hand.left == []


@pytest.mark.parametrize("pressed", [keys.SUSPEND, keys.RESUME])
def test_being_stopped_is_no_key_where_any_key_counts(pressed: str) -> None:
    prompt, _, _ = by_key(pressed, "m")
    assert prompt.last_key("Any key leaves", EXAM) is Wake.DRAW_AGAIN
    assert prompt.last_key("Any key leaves", EXAM) == "mark"


@pytest.mark.parametrize("pressed", [keys.SUSPEND, keys.RESUME])
def test_a_program_that_was_stopped_draws_again(pressed: str) -> None:
    prompt, _, _ = by_key(pressed)
    assert prompt.key("Choose", {"b": "two"}, "") is Wake.DRAW_AGAIN
    chosen = [2]
    prompt, _, _ = by_key("a", pressed)
    assert prompt.letters(3, chosen, False, {}) is Wake.DRAW_AGAIN
    assert chosen == [2, 0]


RATED = {keys.SPACE: "good", "3": "good", "4": "easy", "u": "undo", "b": "two"}
DELIBERATE = (keys.SPACE, "3", "4")


def rated(*pressed: tuple[float, str]) -> list[str | Wake]:
    """What a question that Space answers, then its rating, then another question come to."""
    prompt, _ = prompt_of(TimedHand(*pressed, (99, "b")))
    return [
        prompt.key("Question", {keys.SPACE: "shown", "b": "two"}, ""),
        prompt.key("Rating", RATED, "", deliberate=DELIBERATE),
        prompt.key("Question", {keys.SPACE: "shown", "b": "two"}, ""),
    ]


@pytest.mark.parametrize("at", [10.25, 10.5, 20])
@pytest.mark.parametrize("key", [keys.SPACE, "3", "4"])
def test_a_deliberate_key_counts_when_its_prompt_has_stood_for_a_quarter_second(
    key: str, at: float
) -> None:
    assert rated((10, keys.SPACE), (at, key)) == ["shown", RATED[key], "two"]


@pytest.mark.parametrize("at", [10, 10.1, 10.24])
@pytest.mark.parametrize("key", [keys.SPACE, "3", "4"])
def test_a_deliberate_key_that_comes_before_that_is_dropped(key: str, at: float) -> None:
    assert rated((10, keys.SPACE), (at, key), (11, "4")) == ["shown", "easy", "two"]


def test_other_keys_are_heard_at_once() -> None:
    assert rated((10, keys.SPACE), (10, "u"), (10, keys.SPACE)) == ["shown", "undo", "shown"]


@pytest.mark.parametrize("begins", [0.03, 0.2, 0.26, 0.5, 1.0, 1.8])
@pytest.mark.parametrize("apart", [0.02, 0.033, 0.09])
def test_a_key_held_down_for_a_second_or_two_grades_nothing(begins: float, apart: float) -> None:
    held = [(10 + begins + number * apart, keys.SPACE) for number in range(int(2 / apart))]
    assert rated((10, keys.SPACE), *held, (20, "4")) == ["shown", "easy", "two"]


def test_a_rating_key_held_down_grades_one_card() -> None:
    held = [(11 + number / 30, "4") for number in range(60)]
    prompt, _ = prompt_of(TimedHand((10, keys.SPACE), *held, (20, keys.SPACE), (21, "3")))
    given = [
        prompt.key(*arguments)
        for _ in range(2)
        for arguments in (
            ("Question", {keys.SPACE: "shown"}, "", None, ()),
            ("Rating", RATED, "", None, DELIBERATE),
        )
    ]
    assert given == ["shown", "easy", "shown", "good"]


def test_what_is_typed_right_after_a_rating_is_kept_for_the_next_question() -> None:
    assert rated((10, keys.SPACE), (11, keys.SPACE), (11.05, "b")) == ["shown", "good", "two"]
    prompt, _ = prompt_of(TimedHand((10, keys.SPACE), (11, keys.SPACE), (11.01, keys.END_OF_INPUT)))
    assert prompt.key("Question", {keys.SPACE: "shown"}, "") == "shown"
    assert prompt.key("Rating", RATED, "", deliberate=DELIBERATE) == "good"
    with pytest.raises(EOFError):
        prompt.key("Question", RATED, "")
