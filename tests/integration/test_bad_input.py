"""Bad input gets one clear message, the way out, the right exit code; no data changes."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.conftest import Cmom
from tests.conftest import Ran

STUDY_COMMANDS = (
    ("due",),
    ("next",),
    ("review",),
    ("grade", "bucket/1", "4"),
    ("sync",),
    ("stats",),
    (),
)

ONE_NOTE = "# One\nSource: formula\n\n## alone\nQuestion: What stands alone?\nAnswer: This.\n"


def history(home: Path) -> Path:
    return home / "history.sqlite3"


def rows(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection, connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"
            )
        ]
        return [
            (name, connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall())
            for name in tables
        ]


def assert_plain(ran: Ran, code: int) -> None:
    """One message in words, no traceback, the right exit code."""
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.out + ran.err
    assert ran.err.strip()


def run_unprivileged(folder: Path, *arguments: str) -> Ran:
    """Runs a command in a process that obeys the permissions of files even for root."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    ended = subprocess.run(
        [*drop, sys.executable, "-m", "cmom_srs", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture
def studied(decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history with one answer in it."""
    monkeypatch.setenv("CMOM_HISTORY", str(history(home)))
    assert cmom("grade", "bucket/1", "4").code == 0
    return history(home)


@pytest.mark.parametrize("grade", ["7", "-1", "x", "3.5", ""])
def test_a_grade_that_is_none_is_wrong_usage(studied: Path, cmom: Cmom, grade: str) -> None:
    before = rows(studied)
    assert_plain(cmom("grade", "--", "bucket/1", grade), 2)
    assert rows(studied) == before


@pytest.mark.parametrize("card", ["no-such-note", "bucket/3", "Bucket", "", "bucket/0", "../x"])
def test_an_unknown_card_is_refused_in_words(studied: Path, cmom: Cmom, card: str) -> None:
    before = rows(studied)
    for command in (("grade", card, "4"), ("card", card), ("suspend", card), ("bury", card)):
        ran = cmom(*command)
        assert_plain(ran, 1)
        assert "cmom search" in ran.err
    assert rows(studied) == before


def test_a_suspended_card_is_not_graded(studied: Path, cmom: Cmom) -> None:
    cmom("suspend", "bucket/2")
    before = rows(studied)
    ran = cmom("grade", "bucket/2", "4")
    assert_plain(ran, 1)
    assert "cmom unsuspend bucket/2" in ran.err
    assert rows(studied) == before


def test_a_card_that_is_not_due_is_not_graded(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMOM_NOW", "2026-12-02T08:30:00-06:00")
    assert cmom("grade", "bucket/1", "4").code == 0
    monkeypatch.setenv("CMOM_NOW", "2026-12-04T08:30:00-06:00")
    before = rows(studied)
    ran = cmom("grade", "bucket/1", "4")
    assert_plain(ran, 1)
    assert "Tuesday, December 8, 2026" in ran.err
    assert "--cram" in ran.err
    assert rows(studied) == before


def test_a_missing_decks_folder_retires_nothing(studied: Path, cmom: Cmom, home: Path) -> None:
    before = rows(studied)
    for command in STUDY_COMMANDS:
        ran = cmom("--decks", home / "nowhere", *command)
        assert_plain(ran, 1)
        assert "nowhere" in ran.err
    assert rows(studied) == before


def test_a_folder_that_is_no_decks_folder_retires_nothing(
    studied: Path, cmom: Cmom, home: Path
) -> None:
    (home / "wrong").mkdir()
    before = rows(studied)
    for command in STUDY_COMMANDS:
        ran = cmom("--decks", home / "wrong", *command)
        assert_plain(ran, 1)
        assert "blueprint.toml" in ran.err
    assert rows(studied) == before


def test_a_deck_that_is_not_utf8_keeps_its_old_content(
    studied: Path, cmom: Cmom, decks: Path
) -> None:
    (decks / "people" / "labor.md").write_bytes(b"# Labor law\n\n## caf\xe9\nQuestion: ?\n")
    ran = cmom("due", "--json")
    assert ran.code == 0
    assert "people/labor.md has" in ran.err
    assert "cmom check" in ran.err
    assert '"title-alone/1"' in ran.out
    checked = cmom("check")
    assert checked.code == 1
    assert "labor.md:3:7: error[not-utf8]" in checked.out


def test_an_unreadable_deck_is_named_and_keeps_its_old_content(
    studied: Path, decks: Path, home: Path
) -> None:
    with (decks / "people" / "labor.md").open("a", encoding="utf-8") as file:
        file.write("\n")
    (decks / "people" / "labor.md").chmod(0)
    ran = run_unprivileged(home, "due", "--json")
    assert ran.code == 0, ran.err
    assert '"title-alone/1"' in ran.out
    assert "people/labor.md" in ran.err
    checked = run_unprivileged(home, "check")
    assert_plain(Ran(checked.code, "", checked.out), 1)
    assert "people/labor.md:1:1: error[unreadable]" in checked.out


def test_a_history_that_cannot_be_written_is_read_and_not_reviewed(
    studied: Path, decks: Path, home: Path
) -> None:
    studied.chmod(0o400)
    home.chmod(0o500)
    before = studied.read_bytes()
    try:
        assert "0 of 12 CEUs" in run_unprivileged(home, "ceu").out
        due = run_unprivileged(home, "due", "--json")
        assert due.code == 0
        assert "cannot be written" in due.err
        assert '"title-alone/1"' in due.out
        for command in (
            ("grade", "tests/1", "4"),
            ("review",),
            ("undo",),
            ("lookup",),
            ("ceu", "add", "a webinar", "--units", "1"),
            ("ceu", "remove", "1", "--yes"),
            ("exam",),
            ("exam", "drop", "--yes"),
            ("set", "new-cards", "3"),
        ):
            assert_plain(run_unprivileged(home, *command), 3)
    finally:
        home.chmod(0o700)
    assert studied.read_bytes() == before


def test_a_deck_with_forty_slips_reports_all_forty(cmom: Cmom, decks: Path) -> None:
    notes = "\n".join(f"## slip-{number}\nQuestion: What?\nAnswr: That.\n" for number in range(40))
    (decks / "people" / "labor.md").write_text(f"# Labor\nSource: formula\n\n{notes}", "utf-8")
    ran = cmom("check")
    assert ran.code == 1
    assert ran.out.count("error[") == 40
    assert ran.out.count("did you mean") == 40
    assert "Found 40 errors" in ran.out


def test_an_id_used_twice_is_an_error_that_names_both_places(cmom: Cmom, decks: Path) -> None:
    with (decks / "people" / "labor.md").open("a", encoding="utf-8") as file:
        file.write("\n## bucket\nQuestion: Which?\nAnswer: That.\n")
    ran = cmom("check")
    assert ran.code == 1
    assert ran.out.count("error[") == 1
    assert "people/labor.md:" in ran.out
    assert "finance/receivables.md, line" in ran.out


def test_a_folder_that_is_no_domain_is_an_error(cmom: Cmom, decks: Path) -> None:
    (decks / "finanse").mkdir()
    (decks / "finanse" / "more.md").write_text("# More\n", encoding="utf-8")
    ran = cmom("check")
    assert ran.code == 1
    assert "finanse" in ran.out


def test_too_many_vanished_notes_are_not_retired(
    cmom: Cmom, decks: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMOM_HISTORY", str(history(home)))
    many = "\n".join(
        f"## note-{number}\nQuestion: What is {number}?\nAnswer: It.\n" for number in range(30)
    )
    (decks / "people" / "many.md").write_text(f"# Many\nSource: practice\n\n{many}", "utf-8")
    cmom("sync")
    (decks / "people" / "many.md").unlink()
    ran = cmom("due", "--json")
    assert ran.code == 0
    assert "cmom sync --retire" in ran.err
    assert '"note-0/1"' in ran.out
    assert "30 retired" in cmom("sync", "--retire").out


@pytest.mark.parametrize(
    "given",
    [
        "2026-12-01T08:30:00",
        "tomorrow",
        "2026-12-01",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:00Z",
    ],
)
def test_a_clock_without_offset_is_wrong_usage(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    before = rows(studied)
    monkeypatch.setenv("CMOM_NOW", given)
    ran = cmom("due")
    assert_plain(ran, 2)
    assert "CMOM_NOW" in ran.err
    assert rows(studied) == before


def test_a_history_that_is_a_text_file_is_left_alone(cmom: Cmom, decks: Path, home: Path) -> None:
    history(home).write_text("my shopping list\n" * 100, encoding="utf-8")
    before = history(home).read_bytes()
    for command in STUDY_COMMANDS:
        assert_plain(cmom("--history", history(home), *command), 3)
    assert history(home).read_bytes() == before


def test_a_history_that_is_a_folder_is_refused(cmom: Cmom, decks: Path, home: Path) -> None:
    history(home).mkdir()
    for command in STUDY_COMMANDS:
        assert_plain(cmom("--history", history(home), *command), 3)
    assert list(history(home).iterdir()) == []


def test_a_truncated_history_is_refused_and_left_alone(studied: Path, cmom: Cmom) -> None:
    studied.write_bytes(studied.read_bytes()[:5000])
    before = studied.read_bytes()
    for command in STUDY_COMMANDS:
        assert_plain(cmom(*command), 3)
    assert studied.read_bytes() == before


def test_a_history_from_a_newer_version_is_refused_and_left_alone(
    studied: Path, cmom: Cmom
) -> None:
    with closing(sqlite3.connect(studied)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    before = studied.read_bytes()
    for command in STUDY_COMMANDS:
        assert_plain(cmom(*command), 3)
    assert studied.read_bytes() == before


def test_help_writes_nothing(home: Path) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for command in ([], ["review"], ["init"], ["set"], ["sync"]):
        ended = subprocess.run(
            [sys.executable, "-m", "cmom_srs", *command, "--help"],
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Usage:" in ended.stdout
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize(
    "command",
    [("review", "--domain", "finanse"), ("due", "--deck", "labors"), ("next", "--tag", "zzz")],
)
def test_a_filter_that_no_card_meets_by_name_is_wrong_usage(
    studied: Path, cmom: Cmom, command: tuple[str, ...]
) -> None:
    ran = cmom(*command)
    assert_plain(ran, 2)
    assert "Did you mean" in ran.err or "There are" in ran.err


def test_what_an_output_cannot_encode_is_ascii_like_it(decks: Path, home: Path) -> None:
    deck = decks / "people" / "labor.md"
    text = deck.read_text("utf-8").replace("duties and pay", "duties \u2264 pay")
    deck.write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "cmom_srs", "card", "title-alone"]
    shown = subprocess.run(command, cwd=home, env=environment, capture_output=True, check=True)
    assert b"Her duties <= pay" in shown.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"NO_COLOR": "1"},
        {"TERM": "dumb"},
        {"COLUMNS": "40"},
    ],
    ids=["LANG=C", "cp1252", "ascii", "NO_COLOR", "dumb", "40 columns"],
)
def test_a_poor_terminal_or_pipe_costs_no_answer(
    decks: Path, home: Path, environment: dict[str, str]
) -> None:
    text = (decks / "people" / "labor.md").read_text(encoding="utf-8")
    (decks / "people" / "labor.md").write_text(
        text.replace(
            "Her duties and pay",
            "Her duties \u2013 \u201creal\u201d ones \u2013 and pay \u2264 \u6f22",
        ),
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, "-m", "cmom_srs", "--history", "h.sqlite3", "review", "--deck", "labor"],
        env={**os.environ, **environment},
        cwd=home,
        input=b"\n3\n1\n3\n" * 4,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert b"Traceback" not in ended.stderr
    assert b"\x1b" not in ended.stdout
    with closing(sqlite3.connect(home / "h.sqlite3")) as connection, connection:
        assert connection.execute("SELECT count(*) FROM review").fetchone() == (2,)


@pytest.mark.parametrize("minutes", ["nan", "inf", "1e308", "0", "-1", "1441"])
def test_minutes_that_no_day_has_are_wrong_usage(decks: Path, cmom: Cmom, minutes: str) -> None:
    ran = cmom("review", "--minutes", minutes)
    assert_plain(ran, 2)
    assert "--minutes" in ran.err


def test_facts_older_than_the_calendar_are_wrong_usage(decks: Path, cmom: Cmom) -> None:
    assert_plain(cmom("check", "--older-than", "99999999999"), 2)


@pytest.mark.parametrize("days", ["-1", "soon", "99999999999"])
def test_days_that_no_calendar_has_are_wrong_usage(decks: Path, cmom: Cmom, days: str) -> None:
    assert_plain(cmom("check", "--expiring", days), 2)


def test_decks_are_not_copied_where_no_folder_can_be(cmom: Cmom, home: Path) -> None:
    (home / "file").write_text("mine", encoding="utf-8")
    ran = cmom("init", home / "file" / "decks")
    assert_plain(ran, 1)
    assert "cmom init DIR" in ran.err
    assert cmom("path").out.count("remembered") == 0


@pytest.mark.parametrize("command", ["due", "check", "due --json", "review --plain"])
def test_a_reader_that_has_gone_is_no_failure(decks: Path, home: Path, command: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "cmom_srs", *command.split()],
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--coverage", "--fix"),
        ("check", "--coverage", "--expiring", "0"),
        ("init", "mine", "--retire"),
        ("init",),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    decks: Path, cmom: Cmom, home: Path, command: tuple[str, ...]
) -> None:
    assert_plain(cmom(*command), 2)
    assert not (home / "mine").exists()


def test_odd_rows_of_a_history_are_told_and_the_words_of_notes_mended(
    decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "history.sqlite3"
    monkeypatch.setenv("CMOM_HISTORY", str(path))
    cmom("grade", "bucket", "good")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE note SET body = '{' WHERE id = 'bucket'")
        connection.execute("UPDATE card SET interval_days = 99999999 WHERE note_id = 'bucket'")
        connection.execute("INSERT INTO setting VALUES ('minutes', '\"many\"')")
    ran = cmom("due")
    assert ran.code == 0
    assert "cmom: in the history, the note bucket" in ran.err
    assert "the card bucket/1: its interval_days cannot be right" in ran.err
    assert "the setting minutes" in ran.err
    again = cmom("card", "bucket")
    assert "Over 120 days" in again.out
    assert "the note bucket" not in again.err
    assert cmom("stats").code == cmom("grade", "bucket", "good").code == 0


def test_an_odd_row_that_a_command_comes_upon_is_told_once(studied: Path, cmom: Cmom) -> None:
    cmom("grade", "tests/1", "4")
    with closing(sqlite3.connect(studied)) as connection, connection:
        connection.execute("UPDATE review SET grade = 9 WHERE note_id = 'tests'")
    for command in (("stats",), ("undo",)):
        assert cmom(*command).err.count("the answer 2: its grade cannot be right") == 1


def test_the_words_of_an_odd_note_are_mended_only_where_they_can_be(
    studied: Path, home: Path
) -> None:
    with closing(sqlite3.connect(studied)) as connection, connection:
        connection.execute("UPDATE note SET body = '{' WHERE id = 'tests'")
    studied.chmod(0o400)
    home.chmod(0o500)
    try:
        due = run_unprivileged(home, "due")
    finally:
        home.chmod(0o700)
    assert due.code == 0
    assert "the note tests" in due.err
    assert "title-alone/1" in due.out


def test_a_sync_says_so_when_the_clock_is_behind_the_log(
    studied: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMOM_NOW", "2026-11-20T08:30:00-06:00")
    assert "the last answer is dated 2026-12-01" in cmom("sync").err


@pytest.mark.parametrize("name", ["history.sqlite3", ":memory:"])
def test_a_history_is_named_by_its_absolute_path(
    decks: Path, home: Path, cmom: Cmom, name: str
) -> None:
    cmom("--history", name, "due")
    assert (home / name).is_file()
    shown = json.loads(cmom("--history", f"~/{name}", "path", "--json").out)
    assert shown["history"]["path"] == str(home / name)


def test_a_history_on_a_drive_that_is_not_there_is_refused_in_words(
    decks: Path, home: Path, cmom: Cmom
) -> None:
    ran = cmom("--history", str(home / "drive" / "history.sqlite3"), "due")
    assert ran.code == 3
    assert "is not there" in ran.err
    assert not (home / "drive").exists()


def test_a_deck_file_that_vanished_is_told_and_its_notes_stay(decks: Path, cmom: Cmom) -> None:
    cmom("due")
    (decks / "people" / "labor.md").unlink()
    ran = cmom("due")
    assert "people/labor.md is gone; its 2 notes stay for now." in ran.err
    assert "cmom sync --retire" in ran.err
    assert "tests/1" in ran.out
    meant = cmom("sync", "--retire")
    assert "2 notes retired: people/labor.md is gone." in meant.err
    assert "tests/1" not in cmom("due").out


def test_deck_files_that_vanished_are_told_as_many(decks: Path, cmom: Cmom) -> None:
    (decks / "people" / "one.md").write_text(ONE_NOTE, encoding="utf-8")
    cmom("due")
    (decks / "people" / "one.md").unlink()
    assert "people/one.md is gone; its 1 note stays for now." in cmom("due").err
    (decks / "people" / "labor.md").unlink()
    both = "people/labor.md, people/one.md are gone"
    assert f"{both}; their 3 notes stay for now." in cmom("due").err
    assert f"3 notes retired: {both}." in cmom("sync", "--retire").err


def shell(home: Path, line: str) -> subprocess.CompletedProcess[str]:
    command = f"{sys.executable} -m cmom_srs {line}"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("due >&-", 1, "standard output is closed"),
        ("due --json >&-", 1, "standard output is closed"),
        (">&-", 1, "standard output is closed"),
        ("review --plain <&-", 0, ""),
        ("due 2>&-", 0, ""),
        ("due <&- >&- 2>&-", 1, ""),
        ("due > /dev/full", 1, "No space left on device"),
        ("stats --json > /dev/full", 1, "No space left on device"),
        ("report -o - > /dev/full", 1, "No space left on device"),
        ("--help > /dev/full", 1, "No space left on device"),
        ("--history /dev/null due", 3, "is not a history"),
        ("--decks /dev/null due", 1, "not a decks folder"),
    ],
)
def test_streams_that_are_closed_or_full_are_said_in_words(
    decks: Path, home: Path, line: str, code: int, said: str
) -> None:
    ran = shell(home, line)
    assert ran.returncode == code, ran.stderr
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


ESCAPE = "\x1b]0;owned\x07\x1b[31m\u202e"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_no_foreign_name_acts_on_the_screen(decks: Path, home: Path, cmom: Cmom) -> None:
    (decks / f"{ESCAPE}.md").write_text("text", encoding="utf-8")
    (decks / "people" / f"{ESCAPE}.md").write_text("# Title", encoding="utf-8")
    for arguments in (
        ("check",),
        ("check", "--format", "json"),
        ("check", f"{ESCAPE}.md"),
        ("card", ESCAPE),
        ("due", "--deck", ESCAPE),
        ("anki", "import", f"{ESCAPE}.apkg"),
        ("export", "--out", f"out{ESCAPE}", "--dry-run"),
        ("--history", f"{ESCAPE}/history", "due"),
        ("set", ESCAPE),
        ("rename", ESCAPE, "new-id"),
        ("init", f"{ESCAPE}/x"),
        (ESCAPE,),
    ):
        ran = cmom(*arguments)
        for shown in (ran.out, ran.err):
            assert not set(shown) & set("\x1b\x07\u202e"), arguments


BENCHMARK = """
[[benchmark]]
title = "Know the tests"
kind = "recall"
tag = "flas"
needs = { answers = 3, percent = 80 }
"""


def test_a_benchmark_of_an_unknown_tag_is_named_by_check_and_has_no_data(
    cmom: Cmom, decks: Path
) -> None:
    blueprint = decks / "blueprint.toml"
    written = blueprint.read_text("utf-8") + BENCHMARK
    blueprint.write_text(written, encoding="utf-8")
    line = written.splitlines().index('tag = "flas"') + 1
    checked = cmom("check")
    assert checked.code == 0
    assert f"blueprint.toml:{line}:1: advice[unknown-tag]: no note has the tag" in checked.out
    assert cmom("check", "--strict").code == 1
    ready = cmom("ready")
    assert ready.code == 0
    assert "your decks have no card with the tag flas" in ready.out
    assert cmom("export").code == 0


def test_a_benchmark_that_is_none_is_an_error_and_the_study_guides_are_judged_by(
    cmom: Cmom, decks: Path
) -> None:
    blueprint = decks / "blueprint.toml"
    slipped = BENCHMARK.replace('"recall"', '"recal"')
    blueprint.write_text(blueprint.read_text("utf-8") + slipped, encoding="utf-8")
    checked = cmom("check")
    assert checked.code == 1
    assert "did you mean `recall`?" in checked.out
    ready = cmom("ready")
    assert ready.code == 0
    assert "cmom: blueprint.toml has 1 error" in ready.err
    assert "Score above 80% on two full exams running" in ready.out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders have no write permission")
def test_a_history_that_cannot_be_written_takes_no_plan_and_shows_the_one_it_has(
    studied: Path, cmom: Cmom
) -> None:
    assert cmom("plan", "--exam", "Feb 1", "--minutes", "30").code == 0
    before = rows(studied)
    studied.chmod(0o444)
    assert_plain(run_unprivileged(studied.parent, "plan", "--minutes", "9"), 3)
    shown = run_unprivileged(studied.parent, "plan")
    studied.chmod(0o644)
    assert (shown.code, rows(studied)) == (0, before)
    assert "30 minutes a day" in shown.out
