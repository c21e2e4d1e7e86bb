"""The commands, run as a learner and as a program run them."""

import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.conftest import Cmom


def shape(text: str) -> Any:
    document = json.loads(text)
    assert document.pop("schema") == 1
    return document


def test_the_queue_is_the_one_of_review_in_the_documented_shape(decks: Path, cmom: Cmom) -> None:
    due = shape(cmom("due", "--json").out)
    assert due["study_day"] == "2026-12-01"
    assert due["counts"] == {"new": 5, "due": 0, "drill": 0}
    assert due["cards"][0] == {
        "card": "gross-collection/1",
        "queue": "new",
        "due_on": None,
        "domain": "finance",
        "deck": "receivables",
        "note_kind": "calculation",
    }
    assert [card["card"] for card in due["cards"]] == [
        "gross-collection/1",
        "tests/1",
        "claim-life/1",
        "title-alone/1",
        "bucket/1",
    ]


def test_next_shows_the_question_and_not_the_answer(decks: Path, cmom: Cmom) -> None:
    card = shape(cmom("next", "--deck", "labor", "--tag", "scenario", "--json").out)["card"]
    assert card["card"] == "title-alone/1"
    assert card["question"] == "What decides whether she is exempt?"
    assert card["scenario"].startswith("A receptionist")
    assert [option["letter"] for option in card["options"]] == ["a", "b", "c"]
    assert "why" not in json.dumps(card)
    assert "is_right" not in json.dumps(card)


def test_next_is_the_same_until_the_card_is_answered(decks: Path, cmom: Cmom) -> None:
    first = cmom("next", "--json").out
    assert cmom("next", "--json").out == first
    cmom("grade", "gross-collection/1", "again")
    assert shape(cmom("next", "--json").out)["card"]["card"] == "tests/1"


def test_nothing_to_ask_is_null_and_exit_zero(decks: Path, cmom: Cmom) -> None:
    cmom("set", "new-cards", "0")
    ran = cmom("next", "--json")
    assert ran.code == 0
    assert shape(ran.out) == {"card": None}
    assert cmom("review").code == 0


def test_a_grade_says_before_and_after(decks: Path, cmom: Cmom) -> None:
    graded = shape(cmom("grade", "bucket/1", "hard", "--json").out)
    new = {"repetitions": 0, "interval_days": 0, "ease_factor": 2.5, "due_on": None, "lapses": 0}
    after = {
        "repetitions": 1,
        "interval_days": 1,
        "ease_factor": 2.36,
        "due_on": "2026-12-02",
        "lapses": 0,
    }
    assert graded == {"card": "bucket/1", "kind": "scheduled", "before": new, "after": after}


def test_a_second_answer_on_one_day_is_a_drill_and_changes_nothing(decks: Path, cmom: Cmom) -> None:
    first = shape(cmom("grade", "bucket/1", "2", "--json").out)
    second = shape(cmom("grade", "bucket/1", "4", "--json").out)
    assert second["kind"] == "drill"
    assert second["before"] == second["after"] == first["after"]


def test_a_word_is_a_rating_and_a_number_a_grade(decks: Path, cmom: Cmom) -> None:
    by_word = [
        shape(cmom("grade", "bucket/1", word, "--cram", "--json").out) for word in ("again", "easy")
    ]
    assert [graded["kind"] for graded in by_word] == ["cram", "cram"]
    answers = shape(cmom("card", "bucket/1", "--json").out)["card"]["answers"]
    assert [answer["grade"] for answer in answers] == [2, 5]


def test_undo_takes_back_the_newest_answer_level_by_level(decks: Path, cmom: Cmom) -> None:
    cmom("grade", "bucket/1", "2")
    cmom("grade", "tests/1", "5")
    first = shape(cmom("undo", "--json").out)
    assert (first["card"], first["grade"]) == ("tests/1", 5)
    assert "bucket/1" in cmom("undo").out
    assert shape(cmom("due", "--json").out)["counts"] == {"new": 5, "due": 0, "drill": 0}
    nothing = cmom("undo")
    assert nothing.code == 1
    assert "nothing" in nothing.err


def test_what_is_taken_back_is_named_without_what_answers_it(decks: Path, cmom: Cmom) -> None:
    cmom("grade", "tests/2", "4")
    assert '"The exemption tests are salary basis, salary [how much]..."' in cmom("undo").out
    cmom("grade", "bucket/2", "4")
    assert 'Good for "Over 120 days" (bucket/2)' in cmom("undo").out


def test_a_failed_card_is_asked_again_the_same_day(decks: Path, cmom: Cmom) -> None:
    cmom("grade", "bucket/1", "again")
    due = shape(cmom("due", "--json").out)
    assert due["counts"] == {"new": 4, "due": 0, "drill": 1}
    assert due["cards"][-1]["queue"] == "drill"
    assert due["cards"][-1]["card"] == "bucket/1"


def test_global_options_stand_before_and_after_the_command(
    decks: Path, cmom: Cmom, tmp_path: Path
) -> None:
    file = tmp_path / "elsewhere.sqlite3"
    cmom("--history", file, "grade", "bucket/1", "4")
    ran = cmom("card", "bucket/1", "--json", "--history", file)
    assert len(shape(ran.out)["card"]["answers"]) == 1


def test_paths_name_the_rule_that_chose_them(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = shape(cmom("path", "--json").out)
    assert found["decks"]["rule"] == "found in the current folder or above it"
    assert found["history"]["path"].endswith("history.sqlite3")
    monkeypatch.setenv("CMOM_DECKS", str(decks))
    assert shape(cmom("path", "--json").out)["decks"]["rule"] == "CMOM_DECKS"
    assert shape(cmom("path", "--json", "--decks", decks).out)["decks"]["rule"] == "--decks"
    monkeypatch.delenv("CMOM_DECKS")
    monkeypatch.chdir(tmp_path)
    assert shape(cmom("path", "--json").out)["decks"]["rule"] == "shipped with cmom"


def test_settings_are_shown_stored_and_checked(decks: Path, cmom: Cmom) -> None:
    assert shape(cmom("set", "--json").out)["settings"]["new-cards"] == 20
    assert cmom("set", "new-cards", "3").code == 0
    assert shape(cmom("due", "--json").out)["counts"]["new"] == 3
    wrong = cmom("set", "new-cards", "many")
    assert wrong.code != 0
    assert "whole number" in wrong.err
    unknown = cmom("set", "new-card", "3")
    assert unknown.code != 0
    assert "new-cards" in unknown.err


def test_search_finds_notes_by_all_words(decks: Path, cmom: Cmom) -> None:
    found = shape(cmom("search", "oldest", "bucket", "--json").out)["notes"]
    assert [note["note"] for note in found] == ["bucket"]
    assert cmom("search", "no such words").code == 0


def test_a_buried_card_is_hidden_until_tomorrow(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("bury", "gross-collection")
    cards = [card["card"] for card in shape(cmom("due", "--json").out)["cards"]]
    assert "gross-collection/1" not in cards
    monkeypatch.setenv("CMOM_NOW", "2026-12-02T08:30:00-06:00")
    cards = [card["card"] for card in shape(cmom("due", "--json").out)["cards"]]
    assert "gross-collection/1" in cards


def test_a_suspended_card_comes_back_as_it_was(decks: Path, cmom: Cmom) -> None:
    cmom("suspend", "bucket/1")
    assert shape(cmom("card", "bucket/1", "--json").out)["card"]["is_suspended"] is True
    cmom("unsuspend", "bucket/1")
    assert shape(cmom("due", "--json").out)["counts"]["new"] == 5


def test_statistics_have_a_shape_before_and_after_the_first_answer(decks: Path, cmom: Cmom) -> None:
    empty = shape(cmom("stats", "--json").out)
    assert empty["today"] == {
        "days": 0,
        "duration_ms": 0,
        "answers": 0,
        "right": 0,
        "percent": None,
        "first": {"answers": 0, "right": 0, "percent": None},
    }
    cmom("grade", "bucket/1", "2")
    after = shape(cmom("stats", "--json").out)
    assert after["today"]["answers"] == 1
    assert len(after["forecast"]) == 7
    assert after["forecast"][0]["day"] == "2026-12-02"
    assert cmom("stats").code == 0
    assert shape(cmom("leeches", "--json").out) == {"leeches": []}


def test_statistics_say_how_much_was_right_the_first_time(decks: Path, cmom: Cmom) -> None:
    for grade in ("again", "good"):
        cmom("grade", "bucket/1", grade)
    today = shape(cmom("stats", "--json").out)["today"]
    assert (today["answers"], today["right"], today["percent"]) == (2, 1, 50)
    assert today["first"] == {"answers": 1, "right": 0, "percent": 0}
    assert "Today          2 answers on 1 day, 0% right" in cmom("stats").out


def test_today_in_a_pipe_is_plain_counts(decks: Path, cmom: Cmom) -> None:
    ran = cmom()
    assert ran.code == 0
    assert ran.out == "due 0\nnew 5\nagain 0\n"


def test_an_edit_keeps_the_schedule_and_a_rename_takes_it_along(decks: Path, cmom: Cmom) -> None:
    cmom("grade", "bucket/1", "4")
    path = decks / "finance" / "receivables.md"
    path.write_text(
        path.read_text("utf-8").replace("Which bucket is", "Which aging bucket is"), "utf-8"
    )
    assert "1 changed" in cmom("sync").out
    assert cmom("rename", "bucket", "oldest-bucket").code == 0
    assert "Formerly: bucket" in path.read_text("utf-8")
    assert "1 renamed" in cmom("sync").out
    card = shape(cmom("card", "bucket/1", "--json").out)["card"]
    assert card["card"] == "oldest-bucket/1"
    assert card["state"]["repetitions"] == 1
    assert len(card["answers"]) == 1


def test_a_card_says_when_what_it_says_is_past(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = decks / "finance" / "receivables.md"
    path.write_text(path.read_text("utf-8") + "Until: 2026-12-31\n", encoding="utf-8")
    assert "until       2026-12-31\n" in cmom("card", "bucket").out
    assert shape(cmom("card", "bucket", "--json").out)["card"]["until"] == "2026-12-31"
    monkeypatch.setenv("CMOM_NOW", "2027-01-01T08:30:00-06:00")
    past = "until       2026-12-31, which is past: check it before you rely on it\n"
    assert past in cmom("card", "bucket").out


def test_what_ends_within_so_many_days_is_listed_when_it_is_asked_for(
    decks: Path, cmom: Cmom
) -> None:
    path = decks / "finance" / "receivables.md"
    path.write_text(path.read_text("utf-8") + "Until: 2026-12-31\n", encoding="utf-8")
    assert cmom("check", "--strict").code == 0
    assert cmom("check", "--strict", "--expiring", "29").code == 0
    ran = cmom("check", "--strict", "--expiring", "30")
    assert ran.code == 1
    assert "advice[expiring]: this is known to hold until 2026-12-31" in ran.out
    assert "Facts known to hold until a day of\n  2026  1 note\n" in (
        cmom("check", "--coverage").out
    )


def test_a_note_that_leaves_the_decks_is_retired_and_comes_back_as_it_was(
    decks: Path, cmom: Cmom
) -> None:
    cmom("grade", "bucket/1", "4")
    path = decks / "finance" / "receivables.md"
    whole = path.read_text("utf-8")
    path.write_text(whole[: whole.index("## bucket")], "utf-8")
    assert "1 retired" in cmom("sync").out
    refused = cmom("grade", "bucket/1", "4")
    assert refused.code == 1
    assert "retired" in refused.err
    path.write_text(whole, "utf-8")
    assert "1 returned" in cmom("sync").out
    assert shape(cmom("card", "bucket/1", "--json").out)["card"]["state"]["repetitions"] == 1


def test_a_sync_names_to_programs_what_is_gone_and_what_looks_renamed(
    decks: Path, cmom: Cmom
) -> None:
    cmom("sync")
    (decks / "people" / "labor.md").unlink()
    receivables = decks / "finance" / "receivables.md"
    text = receivables.read_text(encoding="utf-8")
    receivables.write_text(text.replace("## bucket", "## oldest"), encoding="utf-8")
    synced = shape(cmom("sync", "--json").out)
    assert synced["vanished"] == ["people/labor"]
    assert synced["refused"] == ["tests", "title-alone"]
    assert synced["probable_renames"] == [{"old": "bucket", "new": "oldest"}]
    assert synced["retired"] == ["bucket"]


def test_check_of_a_clean_folder_says_so(decks: Path, cmom: Cmom) -> None:
    assert cmom("check", "--strict").code == 0
    assert shape(cmom("check", "--format", "json").out) == {"problems": []}


def test_check_reports_problems_as_json_with_their_places(decks: Path, cmom: Cmom) -> None:
    path = decks / "finance" / "receivables.md"
    path.write_text(path.read_text("utf-8").replace("Answer: Over", "Anser: Over"), "utf-8")
    ran = cmom("check", "--format", "json", path)
    assert ran.code == 1
    (problem,) = shape(ran.out)["problems"]
    assert set(problem) == {"path", "line", "column", "code", "severity", "message", "hint"}
    assert problem["path"].endswith("finance/receivables.md")


def test_check_fix_gives_an_id_and_touches_nothing_else(decks: Path, cmom: Cmom) -> None:
    path = decks / "people" / "labor.md"
    text = (
        path.read_text("utf-8") + "\n##\nQuestion: Who may waive overtime pay?\nAnswer: Nobody.\n"
    )
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert cmom("check").code == 1
    assert cmom("check", "--fix").code == 0
    expected = text.replace("\n##\n", "\n## may-waive-overtime-pay\n")
    mended = path.read_bytes().decode()
    assert mended.count("\r\n") == expected.count("\n")
    assert "Nobody." in mended
    assert len([line for line in mended.splitlines() if line.startswith("## ")]) == 3


@pytest.mark.parametrize("command", ["check --fix", "rename tests exemption-tests"])
def test_the_decks_inside_an_installed_program_are_never_written(
    decks: Path, home: Path, command: str
) -> None:
    installed = home / "site-packages"
    shutil.copytree(REPOSITORY / "cmom_srs", installed / "cmom_srs")
    (installed / "cmom_srs" / "shipped").mkdir()
    shipped = decks.rename(installed / "cmom_srs" / "shipped" / "decks")
    unnamed = "# New\nSource: formula\n\n##\nQuestion: What has no id?\nAnswer: This.\n"
    (shipped / "people" / "new.md").write_text(unnamed, encoding="utf-8")
    before = [path.read_bytes() for path in shipped.rglob("*.*")]
    ended = subprocess.run(
        [sys.executable, "-m", "cmom_srs", *command.split()],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "The shipped decks are never changed in place." in ended.stderr
    assert [path.read_bytes() for path in shipped.rglob("*.*")] == before


def test_init_copies_the_shipped_decks_and_remembers_them(
    home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cmom("init", "mine").code == 0
    assert (home / "mine" / "blueprint.toml").is_file()
    assert (home / "mine" / ".shipped.json").is_file()
    assert shape(cmom("path", "--json").out)["decks"]["rule"] == "remembered by cmom init"
    again = cmom("init", "mine")
    assert again.code == 1
    assert cmom("init", "--update").code == 0


def test_init_says_which_decks_come_before_the_new_ones(
    decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = "found in the current folder or above it"
    assert f"Here {decks} still comes first: {found}." in cmom("init", "mine").err
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert cmom("init", "decks").err == ""
    monkeypatch.setenv("CMOM_DECKS", "other")
    said = f"Here {elsewhere / 'other'} still comes first: CMOM_DECKS."
    assert said in cmom("init", "fifth").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(cmom: Cmom, shell: str) -> None:
    assert "_CMOM_COMPLETE" in cmom("completion", shell).out


def test_every_command_has_help_of_its_own() -> None:
    from cmom_srs.cli.main import program

    for command in program.commands.values():
        assert command.help, command.name


@pytest.mark.parametrize("command", ["--help", "--version", "completion bash", "review --help"])
def test_what_needs_no_cards_loads_no_heavy_library(home: Path, command: str) -> None:
    loaded = modules_after(home, command)
    assert loaded.isdisjoint({"sqlalchemy", "genanki", "rich", "msgspec", "markdown_it"})


def test_today_in_a_pipe_loads_nothing_that_draws(decks: Path, home: Path) -> None:
    assert modules_after(home, "").isdisjoint({"rich", "markdown_it", "genanki"})


def test_check_loads_no_database(decks: Path, home: Path) -> None:
    assert modules_after(home, "check").isdisjoint({"sqlalchemy", "genanki"})


def modules_after(folder: Path, command: str) -> set[str]:
    code = (
        "import sys, contextlib\n"
        "from cmom_srs.cli.main import run\n"
        "with contextlib.suppress(SystemExit): run(sys.argv[1:])\n"
        "print('loaded', *sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.splitlines()[-1].split())


def test_a_review_says_where_a_note_stands_within_the_decks(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("i\n"))
    shown = cmom("review", "--plain", "--deck", "labor").out
    assert f"tests/1  {Path('people', 'labor.md')}, line 4\n" in shown


def test_suspended_cards_are_listed_with_the_way_back(decks: Path, cmom: Cmom) -> None:
    assert cmom("suspended").out == "No card is suspended.\n"
    cmom("suspend", "bucket")
    ran = cmom("suspended")
    assert ran.out == "Which bucket is the oldest?\n    bucket/1\n"
    assert "cmom unsuspend CARD" in ran.err
    assert shape(cmom("suspended", "--json").out)["cards"][0]["card"] == "bucket/1"


def test_decks_are_read_through_without_being_asked(decks: Path, cmom: Cmom) -> None:
    ran = cmom("browse", "--deck", "labor")
    assert ran.code == 0
    assert "=== Labor law ===" in ran.out
    assert "[x] Her duties and pay\n    Why: The tests look at duties and pay." in ran.out
    assert "bucket" not in ran.out
    assert len(shape(cmom("browse", "--json").out)["notes"]) == 5
    assert shape(cmom("stats", "--json").out)["today"]["answers"] == 0


def test_a_note_is_edited_from_the_command_line(
    decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = home / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "path.write_text(path.read_text().replace('Which bucket', 'What bucket'))\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    assert cmom("edit", "bucket").out == "1 changed, 0 new.\n"
    assert "What bucket is the oldest?" in cmom("card", "bucket").out
    assert cmom("edit", "nothing-such").code == 1


def test_a_search_puts_first_what_asks_for_the_words(decks: Path, cmom: Cmom) -> None:
    found = cmom("search", "tests")
    first, *_ = found.out.splitlines()
    assert first.startswith("The exemption tests are salary")
    assert found.out.splitlines()[1] == "    tests"
    assert found.err.endswith("2 notes\n")


def test_a_search_finds_a_letter_however_it_was_typed(decks: Path, cmom: Cmom) -> None:
    labor = decks / "people" / "labor.md"
    labor.write_text(
        labor.read_text("utf-8").replace("A title decides", "A r\u00e9sum\u00e9 decides"), "utf-8"
    )
    assert cmom("search", "re\u0301sume\u0301").err.endswith("1 note\n")


def test_a_card_is_shown_with_labels(decks: Path, cmom: Cmom) -> None:
    shown = cmom("card", "gross-collection").out
    assert "Formula: payments / charges * 100" in shown
    assert "Wrong: charges / payments * 100" in shown
    assert "    Why: This inverts the ratio." in shown
    cmom("grade", "gross-collection", "2")
    assert "Tuesday, December 1, 2026: Again" in cmom("card", "gross-collection").out
