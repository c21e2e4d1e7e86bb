"""`[renewal]` of blueprint.toml: read as written, every error at its line."""

from datetime import date
from pathlib import Path

import pytest

from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.study.blueprint import STUDY_GUIDE_RENEWAL
from cmom_srs.study.blueprint import Renewal
from tests.conftest import REPOSITORY
from tests.support.deck_text import BLUEPRINT
from tests.support.deck_text import lines
from tests.support.deck_text import write_decks

RENEWAL = """
[renewal]
units = 24
every_months = 24
source = "made up for a test"
as_of = 2026-01-31
"""


def written(tmp_path: Path, text: str) -> Path:
    folder = write_decks(tmp_path)
    (folder / "blueprint.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_renewal_reads_as_written(tmp_path: Path) -> None:
    blueprint, problems = read_blueprint(written(tmp_path, BLUEPRINT + RENEWAL))
    assert problems == ()
    assert blueprint
    assert blueprint.renewal == Renewal(24, 24, "made up for a test", date(2026, 1, 31))


def test_a_blueprint_without_a_renewal_has_the_study_guides(tmp_path: Path) -> None:
    blueprint, _ = read_blueprint(written(tmp_path, BLUEPRINT))
    assert blueprint
    assert blueprint.renewal == STUDY_GUIDE_RENEWAL
    assert (STUDY_GUIDE_RENEWAL.units, STUDY_GUIDE_RENEWAL.every_months) == (12, 12)


def test_the_shipped_renewal_is_that_of_the_code() -> None:
    blueprint, _ = read_blueprint(REPOSITORY / "decks")
    assert blueprint
    assert "[renewal]\n" in (REPOSITORY / "decks" / "blueprint.toml").read_text("utf-8")
    assert blueprint.renewal == STUDY_GUIDE_RENEWAL


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("units = 24\n", "", "15:1 error missing-key `units` is missing"),
        ("units", "unit", "16:1 error unknown-key `unit` is not a key here"),
        ("units = 24", "units = 0", "16:1 error bad-value `units` is not a whole number"),
        ("units = 24", "units = 1001", "16:1 error bad-value `units` is not a whole number"),
        ("units = 24", "units = 1.5", "16:1 error bad-value `units` is not a whole number"),
        ("units = 24", 'units = "24"', "16:1 error bad-value `units` is not a whole number"),
        ("months = 24", "months = 0", "17:1 error bad-value `every_months` is not a whole number"),
        ("months = 24", "months = 121", "17:1 error bad-value `every_months` is not a whole"),
        ("every_months = 24\n", "", "15:1 error missing-key `every_months` is missing"),
        ('"made up for a test"', '""', "18:1 error bad-value `source` is not a text"),
        ("made up", "made\\u001b up", "18:1 error bad-value `source` holds an invisible control"),
        ("2026-01-31", '"2026-01-31"', "19:1 error bad-value `as_of` is not a date"),
        ("2026-01-31", "2026-01-31T08:00:00", "19:1 error bad-value `as_of` is not a date"),
        ("[renewal]", "[[renewal]]", "15:1 error bad-value `renewal` is not a table"),
        ("[renewal]", "[renewals]", "15:2 error unknown-key `renewals` is not a key here"),
        (
            "[renewal]",
            "renewal = 12\n[other]",
            "15:1 error unknown-key `renewal` is not a",
        ),
    ],
)
def test_a_slip_in_a_renewal_is_an_error_at_its_line(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in RENEWAL
    text = BLUEPRINT + RENEWAL.replace(old, new, 1)
    blueprint, problems = read_blueprint(written(tmp_path, text))
    assert blueprint is None
    assert lines(problems)[0].startswith(expected)


@pytest.mark.parametrize("value", ["3", "true", '"x"', "[]", "[1]", "1.5", "[{ units = 12 }]"])
def test_a_renewal_that_is_no_table_says_so(tmp_path: Path, value: str) -> None:
    folder = written(tmp_path, f"renewal = {value}\n\n{BLUEPRINT}")
    assert lines(read_blueprint(folder)[1]) == ["1:1 error bad-value `renewal` is not a table"]


def test_all_that_is_wrong_with_a_renewal_is_said_at_once(tmp_path: Path) -> None:
    text = BLUEPRINT + "\n[renewal]\nunits = '12'\nevery_month = 12\n"
    assert lines(read_blueprint(written(tmp_path, text))[1]) == [
        "15:1 error missing-key `as_of` is missing",
        "15:1 error missing-key `source` is missing",
        "16:1 error bad-value `units` is not a whole number",
        "17:1 error unknown-key `every_month` is not a key here",
    ]
