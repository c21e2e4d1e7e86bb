"""A review by whole lines: in a pipe, on a narrow terminal, for a screen reader."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.support.review_desk import read_answers
from tests.support.review_desk import review_command


def run(
    folder: Path, *arguments: str, typed: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A review whose input and output are pipes."""
    return subprocess.run(
        review_command(folder, *arguments),
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)} | environment,
        timeout=60,
        check=False,
    )


def test_a_whole_session_works_in_a_pipe_without_one_escape_code(tmp_path: Path) -> None:
    typed = "\n\n3\n\n1,2 4\n2\n40.7\n\nca bde\n\n"
    cards = ("basic", "choice", "several", "calculation", "steps")
    ran = run(tmp_path, *cards, typed=typed, FORCE_COLOR="1")
    out = ran.stdout.decode()
    assert ran.returncode == 0
    assert ran.stderr == b""
    assert "\x1b" not in out
    assert "\r" not in out
    assert "3) Pay her overtime" in out
    assert "Select all that apply." in out
    assert "Right: 40.7 days." in out
    assert [(card, grade) for card, _, grade, _ in read_answers(tmp_path)] == [
        ("basic/1", 4),
        ("choice/1", 4),
        ("several/1", 3),
        ("calculation/1", 4),
        ("steps/1", 2),
    ]


def test_plain_choices_take_numbers_and_letters_and_refuse_the_rest_in_words(
    tmp_path: Path,
) -> None:
    ran = run(tmp_path, "choice", "several", typed="x\n9\nb\n7\n4\n4\n\nzz\n11\nAE d\n\n")
    out = ran.stdout.decode()
    assert out.count("One of 1 to 4.") == 2
    assert out.count("Enter takes Again, or 1 to 4.\n") == 1
    assert "Wrong: the answer is 3." in out
    assert out.count("Numbers from 1 to 5, at least one.") == 3
    assert "Right." in out.split("Numbers from")[-1]


def test_end_of_input_is_q(tmp_path: Path) -> None:
    ran = run(tmp_path, "basic", "choice", typed="\n3\n")
    assert ran.returncode == 0
    assert "1 answer saved" in ran.stdout.decode()
    assert (tmp_path / "end").read_text(encoding="utf-8") == "1 False False"


def test_commands_are_lines_of_one_key(tmp_path: Path) -> None:
    typed = "u\n\n2\ni\n?\nu\n\n4\no\nv\n3\n\n!\n"
    out = run(tmp_path, "basic", "choice", typed=typed).stdout.decode()
    assert "Nothing is left to take back." in out
    assert "choice/1: decks/labor.md:42" in out
    assert "leave: every answer is saved" in out
    assert 'Taken back: Hard for "Under federal law, what three tests must' in out
    assert "Enter takes Hard, or 1 to 4." in out
    assert read_answers(tmp_path) == [
        ("basic/1", "scheduled", 5, 0),
        ("choice/1", "scheduled", 3, 0),
    ]


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
)
def test_no_output_encoding_is_an_error(tmp_path: Path, environment: dict[str, str]) -> None:
    cards = ("cloze", "choice", "table", "steps", "calculation")
    typed = "\n\n2\n\n\n\nabcde\n\n5\n\n"
    ran = run(tmp_path, *cards, typed=typed, **environment)
    assert ran.returncode == 0
    assert ran.stderr == b""
    assert b"29 CFR 541.600" in ran.stdout


def test_bytes_that_are_no_text_are_only_a_wrong_answer(tmp_path: Path) -> None:
    ran = subprocess.run(
        review_command(tmp_path, "calculation"),
        input=b"\xff\xfe\n40.7\n\n",
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
        check=True,
    )
    assert b"does not read as a number" in ran.stdout
    assert b"Right: 40.7 days." in ran.stdout


def test_a_reader_that_goes_away_ends_the_review_quietly(tmp_path: Path) -> None:
    command = shlex.join(review_command(tmp_path, "basic", "choice"))
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{command} | true"],
        input=b"\n3\n\n",
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert ran.stderr == b""
    assert (tmp_path / "end").read_text(encoding="utf-8").endswith("True")


def test_a_terminal_of_40_columns_is_asked_in_plain_lines(tmp_path: Path) -> None:
    pytest.importorskip("termios", reason="pseudo-terminals are not on this system")
    from tests.support.review_screen import review

    learner = review(tmp_path, "choice", columns=40)
    learner.wait_for("Choose 1 to 4.")
    learner.press("3\n")
    learner.wait_for("Enter takes Good")
    learner.press("\n")
    learner.wait_for("1 answer saved")
    assert learner.wait_for_end() == 0
    assert b"\x1b" not in learner.sent


def test_lines_typed_before_the_first_card_is_seen_answer_none(tmp_path: Path) -> None:
    pytest.importorskip("termios", reason="pseudo-terminals are not on this system")
    from tests.support.review_screen import review

    learner = review(tmp_path, "basic", "choice", "--plain")
    learner.press("\n3\n")
    learner.wait_for("Enter shows the answer.")
    learner.press("i\n")
    learner.wait_for("basic/1: decks/labor.md:42")
    assert learner.answers() == []


def test_ctrl_c_ends_plain_lines_as_it_ends_single_keys(tmp_path: Path) -> None:
    pytest.importorskip("termios", reason="pseudo-terminals are not on this system")
    from tests.support.review_screen import review

    learner = review(tmp_path, "basic", "choice", "--plain")
    learner.wait_for("Enter shows the answer")
    learner.press("\n", "3\n")
    learner.wait_for("Choose 1 to 4.")
    learner.press("\x03")
    assert learner.wait_for_end() == 130
    assert "\n1 answer saved" in learner.text()
    assert learner.end() == "1 True False"
