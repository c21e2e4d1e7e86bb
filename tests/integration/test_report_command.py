"""`cmom report`: the file it writes, what it leaves alone, and what it refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cmom
from tests.conftest import Ran
from tests.integration.test_bad_input import assert_plain
from tests.integration.test_bad_input import run_unprivileged
from tests.support.report_pages import read

DEFAULT = "cmom-report.html"
ours_alone = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def test_a_report_is_written_here_and_its_path_is_all_that_is_printed(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    ran = cmom("report")
    assert (ran.code, ran.out) == (0, f"{home / DEFAULT}\n")
    assert read(text_of(home / DEFAULT)).one("h1").text == "CMOM study report"


@ours_alone
def test_a_report_is_for_the_eyes_of_its_owner(decks: Path, home: Path, cmom: Cmom) -> None:
    cmom("report")
    assert (home / DEFAULT).stat().st_mode & 0o777 == 0o600


@ours_alone
def test_a_report_made_again_keeps_the_permissions_that_it_was_given(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    cmom("report")
    (home / DEFAULT).chmod(0o644)
    assert cmom("report").code == 0
    assert (home / DEFAULT).stat().st_mode & 0o777 == 0o644


def test_a_report_goes_where_it_is_told(decks: Path, home: Path, cmom: Cmom) -> None:
    (home / "pages").mkdir()
    for typed in ("pages/mine.html", "~/pages/mine.html"):
        ran = cmom("report", "-o", typed)
        assert (ran.code, ran.out) == (0, f"{home / 'pages' / 'mine.html'}\n")
        (home / "pages" / "mine.html").unlink()
    assert not (home / DEFAULT).exists()


def test_a_report_for_a_pipe_is_the_page_and_writes_no_file(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    ran = cmom("report", "-o", "-")
    assert ran.code == 0
    assert read(ran.out).one("h1").text == "CMOM study report"
    assert list(home.glob("*.html")) == []


def test_a_report_of_another_day_takes_the_place_of_the_one_before(
    decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("report")
    monkeypatch.setenv("CMOM_NOW", "2026-12-02T08:30:00-06:00")
    assert cmom("report").code == 0
    assert "Wednesday, December 2, 2026" in text_of(home / DEFAULT)


def test_a_file_that_is_no_report_stays_as_it_is(decks: Path, home: Path, cmom: Cmom) -> None:
    for text in ("<!doctype html><title>CMOM study report</title>", "", "my notes"):
        (home / DEFAULT).write_text(text, encoding="utf-8")
        ran = cmom("report")
        assert_plain(ran, 1)
        assert f"{home / DEFAULT} is there and is no report of cmom" in ran.err
        assert "cmom report -o FILE" in ran.err
        assert text_of(home / DEFAULT) == text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
def test_a_device_is_no_report_to_write_over(decks: Path, home: Path, cmom: Cmom) -> None:
    ran = cmom("report", "-o", "/dev/null")
    assert_plain(ran, 1)
    assert "/dev/null is there and is no report of cmom" in ran.err


def test_a_page_says_what_was_studied(decks: Path, home: Path, cmom: Cmom) -> None:
    cmom("grade", "bucket/1", "good")
    cmom("plan", "--exam", "2027-02-01", "--minutes", "30")
    cmom("report")
    page = read(text_of(home / DEFAULT))
    said = page.text
    assert "1 answer on 1 day, 100% right at first" in said
    assert "Monday, February 1, 2027, in 62 days" in said
    assert "Financial Management" in said
    assert len(page.all("svg")) == 5  # cards and minutes a day, the days ahead, intervals, ease


def test_a_first_report_says_what_to_do_first(decks: Path, home: Path, cmom: Cmom) -> None:
    cmom("report")
    assert "Begin with cmom review" in read(text_of(home / DEFAULT)).text


def test_a_report_is_made_without_a_blueprint_and_without_notes(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    cmom("plan", "--exam", "2027-02-01")
    (decks / "blueprint.toml").write_text("[[domain]]\n", encoding="utf-8")
    assert cmom("report").code == 0
    assert "Monday, February 1, 2027" in text_of(home / DEFAULT)
    (decks / "finance" / "receivables.md").write_text("# Receivables\nSource: formula\n", "utf-8")
    (decks / "people" / "labor.md").write_text("# Labor\nSource: formula\n", "utf-8")
    cmom("sync", "--retire")
    assert cmom("report").code == 0


def test_a_report_is_made_of_a_history_that_cannot_be_written(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    history = home / "history.sqlite3"
    cmom("--history", history, "grade", "bucket/1", "good")
    history.chmod(0o400)
    ran = run_unprivileged(home, "--history", str(history), "report")
    assert ran.code == 0, ran.err
    assert "1 answer on 1 day" in text_of(home / DEFAULT)


# Bad input


def test_a_folder_in_the_place_of_a_file_is_wrong_usage(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    (home / DEFAULT).mkdir()
    for arguments in (("report",), ("report", "-o", "decks"), ("report", "-o", ".")):
        ran = cmom(*arguments)
        assert_plain(ran, 2)
        assert "is a directory" in ran.err
    assert list((home / DEFAULT).iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o",), "requires an argument"),
        (("-o", "-", "--open"), "--open shows a file"),
        (("extra",), "unexpected extra argument"),
    ],
)
def test_what_is_no_usage_is_refused(
    decks: Path, home: Path, cmom: Cmom, arguments: tuple[str, ...], said: str
) -> None:
    ran = cmom("report", *arguments)
    assert_plain(ran, 2)
    assert said in ran.err
    assert list(home.glob("*.html")) == []


def test_an_empty_name_is_no_file(decks: Path, home: Path, cmom: Cmom) -> None:
    ran = cmom("report", "-o", "")
    assert_plain(ran, 1)
    assert f"{home} is there and is no report of cmom" in ran.err


def test_a_folder_that_is_not_there_is_named(decks: Path, home: Path, cmom: Cmom) -> None:
    ran = cmom("report", "-o", "missing/mine.html")
    assert_plain(ran, 1)
    assert "missing/mine.html cannot be written" in ran.err.replace("\\", "/")
    assert "Look whether its folder is there." in ran.err
    assert not (home / "missing").exists()


@ours_alone
def test_a_folder_that_cannot_be_written_is_named(decks: Path, home: Path, cmom: Cmom) -> None:
    cmom("sync")
    locked = home / "locked"
    locked.mkdir(mode=0o500)
    try:
        ran = run_unprivileged(home, "report", "-o", str(locked / "mine.html"))
    finally:
        locked.chmod(0o700)
    assert_plain(ran, 1)
    assert "mine.html cannot be written: Permission denied" in ran.err
    assert list(locked.iterdir()) == []


@ours_alone
def test_a_file_that_cannot_be_read_is_not_written_over(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    cmom("sync")
    (home / DEFAULT).write_text("secret", encoding="utf-8")
    (home / DEFAULT).chmod(0)
    ran = run_unprivileged(home, "report")
    (home / DEFAULT).chmod(0o600)
    assert_plain(ran, 2)
    assert "is not readable" in ran.err
    assert text_of(home / DEFAULT) == "secret"


# In a browser


def report_with(home: Path, browser: str) -> Ran:
    ended = subprocess.run(
        [sys.executable, "-m", "cmom_srs", "report", "--open"],
        cwd=home,
        env={**os.environ, "BROWSER": browser},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have browsers of their own")
def test_a_report_is_opened_in_the_browser_only_when_that_is_asked_for(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    opened, browser = home / "opened", home / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n', encoding="utf-8")
    browser.chmod(0o700)
    cmom("report")
    assert not opened.exists()
    ran = report_with(home, f"{browser} %s")
    assert ran.code == 0, ran.err
    assert text_of(opened) == (home / DEFAULT).as_uri()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have browsers of their own")
def test_that_no_browser_was_found_is_said_and_the_report_is_there(decks: Path, home: Path) -> None:
    ran = report_with(home, "false %s")
    assert ran.code == 0
    assert "No browser was found" in ran.err
    assert ran.out == f"{home / DEFAULT}\n"
    assert (home / DEFAULT).is_file()
