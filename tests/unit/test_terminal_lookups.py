"""The look-up loop, asked in plain lines of this process, and what it says."""

import io
import sys
from dataclasses import replace
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cmom_srs.study.lookups import Lookup
from cmom_srs.study.wording import seconds
from cmom_srs.terminal.header import rule
from cmom_srs.terminal.lookups import LookupsEnd
from cmom_srs.terminal.lookups import run_lookups
from cmom_srs.terminal.output import lookups as shown
from cmom_srs.terminal.output.screen import Screen
from tests.support.builders import moment
from tests.support.builders import unhurried
from tests.support.lookup_desk import TOPICS
from tests.support.lookup_desk import Desk
from tests.support.lookup_desk import earlier

LINES = ("", "", "", "n", "q", "x", "212", "Tab 4", "  p.  7 ", "9" * 50, "\x1b[2J", "?")


def hold(desk: Desk, *typed: str) -> tuple[LookupsEnd, str]:
    output = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        patch.setattr(sys, "stdout", output)
        return run_lookups(TOPICS, TOPICS, desk), output.getvalue()


@settings(unhurried, max_examples=60)
@given(st.lists(st.sampled_from(LINES), max_size=20))
def test_whatever_is_typed_what_is_done_is_what_is_on_disk(typed: list[str]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        end, output = hold(desk, *typed)
    assert list(end.done) == desk.recorded
    assert not end.is_interrupted
    assert shown.saved(len(end.done)) in output or "No look-ups this time." in output
    assert "\x1b" not in output
    assert [each.topic for each in end.done] == [topic.name for topic in TOPICS][: len(end.done)]


def test_a_look_up_is_recorded_before_anything_more_is_shown(tmp_path: Path) -> None:
    class Watching(Desk):
        def record(self, lookup: Lookup) -> Lookup:
            assert isinstance(sys.stdout, io.StringIO)
            before.append(sys.stdout.getvalue())
            return super().record(lookup)

    before: list[str] = []
    hold(Watching(tmp_path), "", "", "7", "", "n", "")
    assert "Look-up 2" not in before[0]
    assert "Look-up 3" not in before[1]


def test_only_what_is_slow_is_listed_as_slow(tmp_path: Path) -> None:
    _, output = hold(Desk(tmp_path), "", "", "7")
    assert "Slowest" not in output
    assert "Worth a tab" not in output
    assert "Your own index of the manual: cmom lookup list" in output


def test_no_line_of_the_end_is_wider_than_sixty_columns_whatever_the_names() -> None:
    long = "Labor laws of the several states and their many agencies"
    known = tuple(replace(topic, name=f"{long} {topic.name}") for topic in TOPICS)
    past = [
        replace(lookup, topic=f"{long} {lookup.topic}", page="page " * 8, is_found=place % 2 > 0)
        for place, lookup in enumerate(earlier())
    ]
    output = io.StringIO()
    screen = Screen(output, environ={"COLUMNS": "60"})
    screen.show(shown.summary(past, past, known))
    assert max(cell_len(line) for line in output.getvalue().splitlines()) <= 60


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("head", ["Look-up 1 of 10 ── People", "Look-up 1 of 10 ── " + "é漢" * 60])
def test_the_line_above_a_topic_fills_the_screen_and_no_more(head: str, width: int) -> None:
    assert cell_len(rule(head, width).plain) == width


def test_a_look_up_in_a_line() -> None:
    found = Lookup("OSHA", moment(), 14_990, is_found=True, page="9")
    assert shown.outcome(found) == "OSHA: found in 14.9 s, p. 9."
    lost = replace(found, is_found=False, page=None, duration_ms=61_000)
    assert shown.outcome(lost) == "OSHA: not found, given up after 1 min 01 s."


def test_a_median_in_words() -> None:
    assert [shown.median(value) for value in (None, inf, 9_100.0)] == ["-", "not found", "9.1 s"]


def test_a_short_duration_is_cut_so_that_it_never_reaches_a_mark_it_is_under() -> None:
    assert [seconds(ms) for ms in (0, 14_999, 15_000, 59_999, 60_000, 605_000)] == [
        "0.0 s",
        "14.9 s",
        "15.0 s",
        "59.9 s",
        "1 min 00 s",
        "10 min 05 s",
    ]


def test_a_topic_says_what_the_decks_have_of_it(tmp_path: Path) -> None:
    _, output = hold(Desk(tmp_path), *["", "", ""] * 3)
    assert "Labor laws\nFLSA exemptions; overtime pay; COBRA\n" in output
    assert "HIPAA\nFor example: Security Rule; Breach notification; Business" in output
    assert "Medicaid\n\nEnter starts" in output
