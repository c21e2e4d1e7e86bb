"""`cmom stats --chart`: golden screens of a long past, empty pasts, odd terminals, wrong names."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Group

from cmom_srs.cli.look import CHARTS
from cmom_srs.cli.look.charts import exams
from cmom_srs.cli.look.charts import forecast
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.stats.exam_scores import ExamScore
from cmom_srs.study.tally import Tally
from cmom_srs.terminal.output.screen import Screen
from tests.conftest import REPOSITORY
from tests.conftest import Cmom
from tests.conftest import Ran
from tests.support import chart_desk
from tests.support.builders import TODAY
from tests.support.builders import day

SCREENS = REPOSITORY / "tests" / "screens"
ROWS = 23  # of 24: the shell's next line stands below

Chart = Callable[..., Ran]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Decks and a history of a hundred days, made once."""
    folder = tmp_path_factory.mktemp("desk")
    decks = chart_desk.write_decks(folder / "decks", notes=60)
    chart_desk.learn(folder / "history.sqlite3", decks, days=100)
    return folder


@pytest.fixture
def chart(desk: Path, tmp_path: Path, cmom: Cmom) -> Chart:
    """Runs `cmom stats --chart` for that learner."""
    history = shutil.copy(desk / "history.sqlite3", tmp_path / "history.sqlite3")

    def run(name: str, *options: str) -> Ran:
        places = ("--decks", desk / "decks", "--history", history)
        return cmom(*places, "stats", "--chart", name, *options)

    return run


@pytest.mark.parametrize("columns", [80, 60])
@pytest.mark.parametrize("name", CHARTS)
def test_golden_charts(
    name: str, columns: int, chart: Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = chart(name)
    assert (ran.code, ran.err) == (0, "")
    golden = SCREENS / f"chart-{name}{'-at-60' if columns == 60 else ''}.txt"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(ran.out, encoding="utf-8", newline="\n")
    assert ran.out == golden.read_text(encoding="utf-8")
    lines = ran.out.splitlines()
    assert len(lines) <= ROWS
    assert max(map(cell_len, lines)) <= columns


@pytest.mark.parametrize("name", CHARTS)
def test_the_json_of_a_chart_says_its_schema_and_no_unknown_number(name: str, chart: Chart) -> None:
    document = json.loads(chart(name, "--json").out, parse_constant=pytest.fail)
    assert document["schema"] == 1
    assert len(document) > 1


def test_the_json_of_exams_has_interval_mark_and_verdict(chart: Chart) -> None:
    found = json.loads(chart("exams", "--json").out)["exams"]
    assert [each["passed"] for each in found] == [False, False, True, None, True]
    assert [each["domains"] for each in found] == [[], [], [], ["law"], []]
    # p = 23/40 = 0.575, z^2/2n = 0.033819, 1 + z^2/n = 1.067639; root of 0.575 * 0.425 / 40 +
    # 0.000422738 = 0.080834, times z = 0.132960: 0.608819 -+ 0.132960, over 1.067639
    assert found[0] == {
        "id": 1,
        "day": "2026-09-22",
        "questions": 40,
        "right": 23,
        "percent": 57.5,
        "interval": [44.6, 69.5],
        "fresh": {"questions": 30, "right": 18},
        "pass_percent": 75,
        "passed": False,
        "domains": [],
    }


def test_the_json_of_the_hardest_notes_adds_reviews_and_exams(chart: Chart) -> None:
    document = json.loads(chart("hardest", "--json").out)
    missed = next(note for note in document["notes"] if note["reasons"])
    reviews, items = missed["reviews"], missed["exam_items"]
    assert missed["asked"] == reviews["answers"] + items["answers"]
    assert missed["wrong"] == missed["asked"] - reviews["right"] - items["right"]
    assert sum(document["reasons"].values()) == 17 + 13 + 4 + 7 + 6


# Without data


EMPTY = {
    "retention": "No card was answered on a second day yet. To study: cmom review",
    "intervals": "No card was answered yet. To study: cmom review",
    "ease": "No card was answered yet. To study: cmom review",
    "days": "No answers in these 14 days. To study: cmom review",
    "calendar": "No answers in these 26 weeks. To study: cmom review",
    "forecast": "reviews",
    "exams": "No exam was sat to its end yet. To sit one: cmom exam",
    "hardest": "No answers yet. To study: cmom review",
}


@pytest.mark.parametrize("name", CHARTS)
def test_without_data_a_chart_says_so_and_what_to_do(name: str, decks: Path, cmom: Cmom) -> None:
    ran = cmom("stats", "--chart", name)
    assert ran.code == 0
    assert EMPTY[name] in ran.out
    document = json.loads(cmom("stats", "--chart", name, "--json").out, parse_constant=pytest.fail)
    assert document["schema"] == 1


def test_the_first_answer_shows_in_some_charts_and_the_second_day_in_the_others(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("grade", "bucket/1", "good")
    assert "1 day studied, 1 card" in cmom("stats", "--chart", "days").out
    assert "1 card in use" in cmom("stats", "--chart", "ease").out
    assert "went wrong yet" in cmom("stats", "--chart", "hardest").out
    assert EMPTY["retention"] in cmom("stats", "--chart", "retention").out
    monkeypatch.setenv("CMOM_NOW", "2026-12-02T08:30:00-06:00")
    cmom("grade", "bucket/1", "again")
    assert "0% of 1 answer right" in cmom("stats", "--chart", "retention").out
    hardest = cmom("stats", "--chart", "hardest").out
    assert "     1 of 1       1  2.18  -\n" in hardest
    assert "bucket: Which bucket is the oldest?" in hardest


def test_without_a_card_in_use_no_day_ahead_asks_anything(decks: Path, cmom: Cmom) -> None:
    for path in decks.glob("*/*.md"):
        path.write_text(path.read_text("utf-8").split("\n## ", maxsplit=1)[0], encoding="utf-8")
    assert "Nothing will be asked" in cmom("stats", "--chart", "forecast").out


# On odd terminals


def shown(environment: dict[str, str], desk: Path, name: str) -> bytes:
    places = ["--decks", str(desk / "decks"), "--history", str(desk / "history.sqlite3")]
    return subprocess.run(
        [sys.executable, "-m", "cmom_srs", *places, "stats", "--chart", name],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "60", **environment},
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("name", ["calendar", "exams", "days"])
def test_where_blocks_cannot_be_written_others_stand_in_their_places(name: str, desk: Path) -> None:
    golden = (SCREENS / f"chart-{name}-at-60.txt").read_text("utf-8").splitlines()
    plain = shown({"PYTHONIOENCODING": "ascii"}, desk, name).decode("ascii").splitlines()
    assert [len(line) for line in plain] == [len(line) for line in golden]
    assert not any("?" in line for line in plain)
    written = dict(zip("".join(golden), "".join(plain), strict=True))
    replaced = [sign for sign in written if not sign.isascii()]
    assert len({written[sign] for sign in replaced}) == len(replaced) > 1


@pytest.mark.parametrize("name", ["exams", "hardest"])
def test_a_pipe_gets_no_codes_unless_colour_is_forced(name: str, desk: Path) -> None:
    assert b"\x1b" not in shown({}, desk, name)
    forced = shown({"FORCE_COLOR": "1"}, desk, name)
    assert b"\x1b[1m" in forced
    assert b"\x1b" not in shown({"FORCE_COLOR": "1", "NO_COLOR": "1"}, desk, name)


def test_a_title_of_a_domain_is_shown_as_it_is_written(
    desk: Path, tmp_path: Path, cmom: Cmom
) -> None:
    decks = Path(shutil.copytree(desk / "decks", tmp_path / "decks"))
    blueprint = decks / "blueprint.toml"
    text = blueprint.read_text("utf-8").replace("Financial", "[bold]Fin:smile:")
    blueprint.write_text(text, encoding="utf-8")
    history = shutil.copy(desk / "history.sqlite3", tmp_path / "history.sqlite3")
    out = cmom("--decks", decks, "--history", history, "stats", "--chart", "retention").out
    assert "[bold]Fin:smile: Management" in out


def test_an_unknown_chart_is_wrong_usage_that_names_all_of_them(decks: Path, cmom: Cmom) -> None:
    ran = cmom("stats", "--chart", "retentoin")
    assert ran.code == 2
    assert all(name in ran.err for name in CHARTS)
    assert ran.out == ""


def test_the_shell_completes_the_name_of_a_chart(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_CMOM_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "cmom stats --chart e")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert cmom().out.split() == ["plain,ease", "plain,exams"]


def test_the_overview_and_the_help_name_all_charts(decks: Path, cmom: Cmom) -> None:
    overview, help_text = cmom("stats").out, cmom("stats", "--help").out
    assert all(name in overview and name in help_text for name in CHARTS)


# Odd numbers


def drawn(*blocks: object) -> str:
    output = StringIO()
    screen = Screen(output, environ={"COLUMNS": "80"})
    return "\n".join(screen.rendered(Group(*blocks)))  # type: ignore[arg-type]  # a group is drawn too


def ahead(days: int) -> list[DayAhead]:
    return [DayAhead(day(place), 20, 1, days - place - 1, seconds=300.0) for place in range(days)]


def test_a_forecast_ends_at_the_exam_and_says_when_all_is_seen() -> None:
    text = drawn(*forecast.blocks(day(62), ahead(62), 76))
    assert "The 62 days to the exam on Feb 1, 2027: cards a day" in text
    assert "1240 reviews, 62 new cards, 5 h 10 min" in text
    assert "All cards will have been seen by Jan 31, 2027" in text
    assert "  Tue Dec 1       120      6        5  " in text
    assert "  Mon Feb" not in text


def test_a_forecast_of_two_years_fits_and_has_years() -> None:
    text = drawn(*forecast.blocks(day(700), ahead(700), 76))
    assert len(text.splitlines()) <= ROWS
    assert "Jan 25, 2027" in text


def test_the_forecast_goes_to_the_exam_of_the_plan_and_not_beyond_its_day(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("plan", "--exam", "2026-12-10", "--minutes", "20")
    text = cmom("stats", "--chart", "forecast").out
    assert "The 9 days to the exam on Dec 10, 2026: cards a day" in text
    assert "  Wed Dec 9 " in text
    assert "Dec 10 " not in text
    assert json.loads(cmom("stats", "--chart", "forecast", "--json").out)["exam_on"] == "2026-12-10"
    monkeypatch.setenv("CMOM_NOW", "2026-12-10T08:30:00-06:00")
    assert "The next 28 days: cards a day" in cmom("stats", "--chart", "forecast").out


def score(number: int, **changed: object) -> ExamScore:
    each = ExamScore(number, TODAY, Tally(15, 20), Tally(1, 2), 75, passed=True, domains=())
    return replace(each, **changed)  # type: ignore[arg-type]  # any field


def test_many_exams_fit_and_those_left_out_are_counted() -> None:
    text = drawn(*exams.blocks(TODAY, [score(number) for number in range(1, 41)], 76))
    assert len(text.splitlines()) <= ROWS
    assert "40 exams, the last 14 shown; passed: 40 of 40 of all domains" in text
    assert "\n    27  " in text
    assert "\n    26  " not in text


def test_an_exam_of_another_year_has_its_year() -> None:
    text = drawn(*exams.blocks(TODAY, [score(1, day=date(2025, 12, 1)), score(2)], 76))
    assert "Dec 1, 2025" in text
    assert "Dec 1, 2026" in text


def test_exams_of_some_domains_alone_have_neither_verdict_nor_mark() -> None:
    text = drawn(*exams.blocks(TODAY, [score(1, passed=None, domains=("law",))], 76))
    assert "1 exam, none of them of all domains" in text
    (row,) = [line for line in text.splitlines() if "75% of 20" in line]
    assert "part" in row
    assert "┊" not in row


@pytest.mark.parametrize(("right", "place"), [(0, 0), (20, -1)])
def test_a_share_of_none_or_all_stands_at_the_end_of_its_line(right: int, place: int) -> None:
    text = drawn(*exams.blocks(TODAY, [score(1, tally=Tally(right, 20), passed=None)], 76))
    heading, row = text.splitlines()[3:5]
    assert row.index("●") == (heading.index(" 0%") + 1 if place == 0 else len(heading) - 1)
