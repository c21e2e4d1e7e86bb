"""`[[benchmark]]` of blueprint.toml: read by kind, every error at its line, advice on its names."""

from pathlib import Path

import pytest

from cmom_srs.deckfiles.advice import advise
from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.read import read
from cmom_srs.errors import Problem
from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE
from cmom_srs.study.readiness.benchmarks import CalculationBenchmark
from cmom_srs.study.readiness.benchmarks import ExamBenchmark
from cmom_srs.study.readiness.benchmarks import LookupBenchmark
from cmom_srs.study.readiness.benchmarks import RecallBenchmark
from cmom_srs.study.readiness.benchmarks import StepsBenchmark
from tests.support.deck_text import BLUEPRINT
from tests.support.deck_text import lines
from tests.support.deck_text import write_decks

RECALL = """
[[benchmark]]
title = "Know the tests"
kind = "recall"
tag = "tests"
needs = { answers = 3, percent = 80 }
"""
DECK = RECALL.replace('tag = "tests"', 'deck = "labor"')
CALCULATION = """
[[benchmark]]
title = "Days"
kind = "calculation"
tag = "ar"
needs = { right = 8, of = 10, seconds = 90 }
"""
STEPS = """
[[benchmark]]
title = "Steps"
kind = "steps"
tag = "inquiry"
needs = { times = 2 }
"""
LOOKUP = """
[[benchmark]]
title = "Manual"
kind = "lookup"
needs = { percent = 90, of = 20, seconds = 15 }
"""
EXAM = """
[[benchmark]]
title = "Exams"
kind = "exam"

[benchmark.needs]
exams = 2
above = 80
"""
LABOR = """\
# Labor
Source: 29 CFR 541

## salary-basis
Question: What is paid?
Answer: A salary.
Tags: tests
"""


def written(tmp_path: Path, text: str) -> Path:
    folder = write_decks(tmp_path, labor=LABOR)
    (folder / "blueprint.toml").write_text(BLUEPRINT + text, encoding="utf-8")
    return folder


def test_each_kind_of_benchmark_reads_as_written(tmp_path: Path) -> None:
    text = RECALL + DECK + CALCULATION + STEPS + LOOKUP + EXAM
    blueprint, problems = read_blueprint(written(tmp_path, text))
    assert problems == ()
    assert blueprint
    assert blueprint.benchmarks == (
        RecallBenchmark("Know the tests", answers=3, percent=80, tag="tests"),
        RecallBenchmark("Know the tests", answers=3, percent=80, deck="labor"),
        CalculationBenchmark("Days", tag="ar", right=8, of=10, seconds=90),
        StepsBenchmark("Steps", tag="inquiry", times=2),
        LookupBenchmark("Manual", percent=90, of=20, seconds=15),
        ExamBenchmark("Exams", exams=2, above=80),
    )


def test_a_blueprint_without_benchmarks_has_those_of_the_study_guide(tmp_path: Path) -> None:
    blueprint, problems = read_blueprint(written(tmp_path, ""))
    assert problems == ()
    assert blueprint
    assert blueprint.benchmarks == STUDY_GUIDE


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (RECALL, "title", "tilte", "16:1 error unknown-key `tilte` is not a key here"),
        (RECALL, 'title = "Know the tests"\n', "", "15:1 error missing-key `title` is missing"),
        (RECALL, '"Know the tests"', "7", "16:1 error bad-value `title` is not a text"),
        (RECALL, "Know the", "Know\\u001b the", "16:1 error bad-value `title` holds an invisible"),
        (RECALL, 'kind = "recall"\n', "", "15:1 error missing-key `kind` is missing"),
        (RECALL, '"recall"', '"recal"', "17:1 error bad-value `recal` is not a kind of benchmark"),
        (RECALL, '"recall"', "[]", "17:1 error bad-value `kind` is not a text"),
        (RECALL, 'tag = "tests"\n', "", "15:1 error missing-key `tag` or `deck` is missing"),
        (RECALL, 'tag = "tests"\n', 'tga = "tests"\n', "18:1 error unknown-key `tga` is not a key"),
        (
            RECALL,
            'tag = "tests"\n',
            'tag = "tests"\ndeck = "labor"\n',
            "19:1 error bad-value a benchmark looks at `tag` or `deck`, not at both",
        ),
        (RECALL, 'tag = "tests"', "tag = 3", "18:1 error bad-value `tag` is not a text"),
        (RECALL, "needs = { answers = 3, percent = 80 }", "needs = 3", "19:1 error bad-value `nee"),
        (
            RECALL,
            "needs = { answers = 3, percent = 80 }\n",
            "",
            "15:1 error missing-key `needs` is",
        ),
        (RECALL, "answers = 3, ", "", "19:1 error missing-key `answers` is missing"),
        (RECALL, "answers =", "answer =", "19:1 error unknown-key `answer` is not a key here"),
        (RECALL, "percent = 80", "percent = 101", "19:1 error bad-value `percent` is not a whole"),
        (RECALL, "answers = 3", "answers = 0", "19:1 error bad-value `answers` is not a whole"),
        (CALCULATION, 'tag = "ar"\n', "", "15:1 error missing-key `tag` is missing"),
        (CALCULATION, "right = 8", "right = 11", "19:1 error bad-value 11 of 10 cannot be right"),
        (CALCULATION, "seconds = 90", "seconds = true", "19:1 error bad-value `seconds` is not a"),
        (STEPS, "times = 2", "times = 1.5", "19:1 error bad-value `times` is not a whole number"),
        (EXAM, "above = 80", "above = 100", "21:1 error bad-value `above` is not a whole number"),
        (EXAM, "exams =", "exam =", "20:1 error unknown-key `exam` is not a key here"),
    ],
)
def test_a_slip_in_a_benchmark_is_an_error_at_its_line(
    tmp_path: Path, text: str, old: str, new: str, expected: str
) -> None:
    assert old in text
    blueprint, problems = read_blueprint(written(tmp_path, text.replace(old, new, 1)))
    assert blueprint is None
    (found,) = lines(problems)
    assert found.startswith(expected)


def test_what_another_kind_needs_is_an_error_each(tmp_path: Path) -> None:
    other = RECALL.replace('"recall"', '"lookup"')
    assert lines(read_blueprint(written(tmp_path, other))[1]) == [
        "18:1 error unknown-key `tag` is not a key here",
        "19:1 error missing-key `of` is missing",
        "19:1 error missing-key `seconds` is missing",
        "19:1 error unknown-key `answers` is not a key here",
    ]


@pytest.mark.parametrize("value", ["3", "true", '"x"', "[]", "[1]", "{}", "{ a = 1 }", "1.5"])
def test_a_blueprint_whose_benchmarks_are_no_tables_says_so(tmp_path: Path, value: str) -> None:
    folder = write_decks(tmp_path)
    text = f"benchmark = {value}\n\n{BLUEPRINT}"
    (folder / "blueprint.toml").write_text(text, encoding="utf-8")
    assert lines(read_blueprint(folder)[1]) == [
        "1:1 error bad-value `benchmark` is not a list of tables"
    ]


def test_a_value_of_any_type_anywhere_in_a_benchmark_is_an_error_in_words(tmp_path: Path) -> None:
    values = ("-1", "true", '""', "[]", "[1]", "{}", "{ a = 1 }", "1.5", "inf", "[[[]]]")
    for text in (RECALL, DECK, CALCULATION, STEPS, LOOKUP, EXAM):
        for row, line in enumerate(text.splitlines()):
            key, equals, _ = line.partition(" = ")
            for value in values if equals else ():
                rows = text.splitlines()
                rows[row] = f"{key} = {value}"
                _, problems = read_blueprint(written(tmp_path, "\n".join(rows)))
                assert problems, (line, value)
                assert {problem.line for problem in problems} <= {14 + row, 15}, (line, value)


def advice(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    decks = read(written(tmp_path, text))
    assert decks.problems == ()
    return advise(decks, None)


def test_a_tag_or_deck_that_no_note_has_is_advice_at_its_line_with_the_nearest(
    tmp_path: Path,
) -> None:
    assert advice(tmp_path, RECALL + DECK) == ()
    (tag,) = advice(tmp_path, EXAM + RECALL.replace('"tests"', '"test"'))
    assert lines((tag,)) == ["26:1 advice unknown-tag no note has the tag `test`"]
    assert (tag.path, tag.hint) == ("blueprint.toml", "did you mean `tests`?")
    (deck,) = advice(tmp_path, DECK.replace("labor", "payroll"))
    assert lines((deck,)) == ["18:1 advice unknown-deck no note is in a deck `payroll`"]
    assert deck.hint == "name another, or take the benchmark out"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CALCULATION.replace('"ar"', '"tests"'), "no calculation note has the tag `tests`"),
        (STEPS.replace('"inquiry"', '"tests"'), "no steps note has the tag `tests`"),
    ],
)
def test_a_tag_that_only_notes_of_another_kind_have_is_advice(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(advice(tmp_path, text)) == [f"18:1 advice unknown-tag {expected}"]


def test_nothing_is_said_of_the_study_guides_benchmarks_in_decks_that_write_none(
    tmp_path: Path,
) -> None:
    assert advice(tmp_path, "") == ()


def test_nothing_is_said_of_a_tag_while_a_deck_has_errors(tmp_path: Path) -> None:
    folder = written(tmp_path, RECALL)
    (folder / "practice" / "labor.md").write_text(LABOR.replace("Answer", "Anser"), "utf-8")
    decks = read(folder)
    assert decks.has_errors
    assert advise(decks, None) == ()
