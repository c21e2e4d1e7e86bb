"""How a review ends: what is saved, what is said, and the terminal as it was before."""

import os
import shlex
import signal
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.support.review_desk import review_command
from tests.support.review_screen import Learner
from tests.support.review_screen import review


def review_in_a_shell(folder: Path, *arguments: str) -> Learner:
    """A review between two looks at the terminal's settings; stderr goes to a file."""
    command = shlex.join(review_command(folder, *arguments))
    script = (
        f"cd {shlex.quote(str(folder))}; stty -g > before; "
        f"{command} 2> errors & echo $! > pid; fg > /dev/null; echo $? > code; stty -g > after"
    )
    return Learner(folder, ["bash", "--norc", "-mc", script])


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8").strip()


def assert_clean(folder: Path, code: int) -> None:
    assert read(folder, "after") == read(folder, "before")
    assert read(folder, "code") == str(code)
    assert "Traceback" not in read(folder, "errors")


@pytest.mark.parametrize("leaving", ["q", "\x04"])
def test_q_and_end_of_input_leave_with_a_summary_and_exit_0(tmp_path: Path, leaving: str) -> None:
    learner = review_in_a_shell(tmp_path, "basic", "choice")
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("Choose a to d")
    learner.press(leaving)
    learner.wait_for("1 answer saved in under a minute; 1 of 1 right the first time (100%).")
    learner.wait_for_end()
    assert_clean(tmp_path, 0)
    assert learner.end() == "1 False False"


def test_leaving_before_the_first_answer_says_so(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic")
    learner.wait_for("Space shows the answer")
    learner.press("q")
    learner.wait_for("No answers this time.")
    assert learner.wait_for_end() == 0


def test_ctrl_c_before_the_first_answer_says_what_is_true(tmp_path: Path) -> None:
    learner = review_in_a_shell(tmp_path, "basic")
    learner.wait_for("Space shows the answer")
    learner.press("\x03")
    learner.wait_for_end()
    assert_clean(tmp_path, 130)
    assert read(tmp_path, "errors") == "No answers to save"


def test_ctrl_c_restores_the_terminal_and_says_on_stderr_what_is_saved(tmp_path: Path) -> None:
    learner = review_in_a_shell(tmp_path, "basic", "choice")
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("Choose a to d")
    learner.press("\x03")
    learner.wait_for_end()
    assert_clean(tmp_path, 130)
    assert read(tmp_path, "errors") == "1 answer saved"
    assert learner.end() == "1 True False"


def test_ctrl_c_at_the_end_screen_is_no_traceback_either(tmp_path: Path) -> None:
    learner = review_in_a_shell(tmp_path, "basic")
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("u takes back")
    learner.press("\x03")
    learner.wait_for_end()
    assert_clean(tmp_path, 130)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_review_at_the_next_key_with_all_saved(
    tmp_path: Path, number: signal.Signals
) -> None:
    learner = review_in_a_shell(tmp_path, "basic", "choice")
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("Choose a to d")
    os.kill(int(read(tmp_path, "pid")), number)
    learner.wait_for_end()
    is_interrupted = number == signal.SIGINT
    assert_clean(tmp_path, 130 if is_interrupted else 0)
    assert learner.end() == f"1 {is_interrupted} {not is_interrupted}"
    assert len(learner.answers()) == 1


def test_a_closed_terminal_is_no_traceback_and_loses_nothing(tmp_path: Path) -> None:
    errors = tmp_path / "errors"
    command = shlex.join(review_command(tmp_path, "basic", "choice"))
    learner = Learner(tmp_path, ["/bin/sh", "-c", f"exec {command} 2> {shlex.quote(str(errors))}"])
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("Choose a to d")
    learner.child.ptyproc.fileobj.close()
    assert learner.child.wait() == 0
    assert learner.end() == "1 False True"
    assert len(learner.answers()) == 1
    assert errors.read_text(encoding="utf-8") == ""


def test_ctrl_z_gives_the_terminal_back_and_fg_goes_on_without_the_time_between(
    tmp_path: Path,
) -> None:
    clock = tmp_path / "clock"
    shell = ["bash", "--norc", "--noediting", "-i"]
    learner = Learner(tmp_path, shell, lines=90, PS1="$ ", HISTFILE="")
    learner.wait_for("$")
    command = shlex.join(review_command(tmp_path, "choice"))
    learner.press(f"cd {shlex.quote(str(tmp_path))}; stty -g > before; {command}\n")
    learner.wait_for("Choose a to d")
    clock.write_text("5", encoding="utf-8")
    learner.press("\x1a")
    learner.wait_for("Stopped")
    clock.write_text("605", encoding="utf-8")
    learner.press("stty -g > during; fg\n")
    learner.wait_for(lambda text: "0:05" in text and text.endswith("q leave"))
    clock.write_text("608", encoding="utf-8")
    learner.press("c")
    learner.wait_for("> 3 Good")
    learner.press("\x1a")
    learner.wait_for("Stopped")
    learner.press("fg\n")
    learner.wait_for("> 3 Good")
    learner.rate(" ")
    learner.wait_for("1 answer saved")
    assert sum("Stopped" in line for line in learner.scrolled()) == 2
    learner.press("x", "stty -g > after; exit\n")
    learner.wait_for_end()
    assert [duration_ms for _, _, _, duration_ms in learner.answers()] == [8000]
    assert read(tmp_path, "during") == read(tmp_path, "after") == read(tmp_path, "before")


def test_a_summary_is_drawn_again_for_another_size_or_after_a_stop(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic")
    learner.wait_for("Space shows")
    learner.press(" ")
    learner.rate("3")
    before = learner.wait_for("any other key leaves")
    learner.resize(90, 30)
    learner.wait_for(lambda text: times_summed_up(learner) == 2 and text.endswith("leaves"))
    learner.child.kill(signal.SIGSTOP)
    learner.child.kill(signal.SIGCONT)
    shown = learner.wait_for(
        lambda text: times_summed_up(learner) == 3 and text.endswith("key leaves")
    )
    assert shown == before
    learner.press("u")
    shown = learner.wait_for("Space shows")
    assert shown.startswith('  Taken back: Good for "Under federal law')


def times_summed_up(learner: Learner) -> int:
    shown = [*learner.scrolled(), *learner.text().splitlines()]
    return sum("1 answer saved" in line for line in shown)


@pytest.mark.parametrize(
    ("card", "keys", "before", "after", "answer", "button"),
    [
        ("choice", "", "Choose a to d", "Choose a to d", "c", "> 3 Good"),
        ("several", "ad", "[x] d  [ ] e", "[x] d  [ ] e", "e\r", "> 3 Good"),
        ("calculation", "4", "(days): 4", "(days): 4", "0\r", "you answered 40"),
    ],
)
def test_a_review_stopped_by_force_is_drawn_again_with_what_was_chosen(
    tmp_path: Path, *, card: str, keys: str, before: str, after: str, answer: str, button: str
) -> None:
    learner = review(tmp_path, card, lines=40)
    learner.wait_for("── 1 new")
    learner.press(keys)
    learner.wait_for(before)
    learner.child.kill(signal.SIGSTOP)
    learner.child.kill(signal.SIGCONT)
    learner.wait_for(lambda text: sum("── 1 new" in line for line in learner.scrolled()) == 1)
    shown = learner.wait_for(lambda text: after in text.rsplit("\n", 1)[-1])
    assert shown.count("── 1 new") == 1
    learner.press(answer)
    learner.wait_for(button)
