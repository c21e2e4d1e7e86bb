"""Fixtures of all tests, and the guard that keeps a real history out of reach."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmom_srs.cli import main

REPOSITORY = Path(__file__).resolve().parent.parent
NOW = "2026-12-01T08:30:00-06:00"
TOOLS = {"tmux": ("tmux", "tmux"), "chromium": ("chromedriver", "chromium-driver")}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose tool is missing is skipped in words; where CI is set it fails."""
    for mark, (tool, package) in TOOLS.items():
        if item.get_closest_marker(mark) and not shutil.which(tool):
            complaint = f"needs {tool}: apt-get install {package}"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(complaint)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder: no test can reach a real history, real decks or a real editor."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("CMOM_") and name != "CMOM_GOLDEN"]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("XDG_DATA_HOME", "VISUAL", "EDITOR", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CMOM_NOW", NOW)
    monkeypatch.chdir(folder)
    return folder


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Cmom = Callable[..., Ran]


@pytest.fixture
def cmom(capsys: pytest.CaptureFixture[str]) -> Cmom:
    """Runs a command in this process, as the entry point does, and returns what it left."""

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(int(ended.value.code), out, err)

    return run


BLUEPRINT = """\
[[domain]]
key = "finance"
title = "Financial Management"

[[domain]]
key = "people"
title = "Personnel Management"

[profile.short]
title = "A short exam"
questions = 10
minutes = 12
pass_percent = 75
weights = { finance = 60, people = 40 }
source = "made up for a test"
as_of = 2026-01-01
weights_source = "made up for a test"
"""

RECEIVABLES = """\
# Receivables
Tags: ar
Source: formula

## gross-collection
Question: {charges} was charged and {payments} collected. What is the gross collection rate?
Given:
- charges: $50,000 to $90,000 by $1,000
- payments: $30,000 to $49,000 by $1,000
Formula: payments / charges * 100
Unit: %
Wrong: charges / payments * 100
  Why: This inverts the ratio.

## claim-life
Question: Put the life of a claim in order.
1. Create the claim
2. Scrub the claim
3. Send the claim
4. Post the payment

## bucket
Question: Which bucket is the oldest?
Answer: Over 120 days
Reverse: yes
"""

LABOR = """\
# Labor law
Source: 29 CFR 541

## tests
Cloze: The exemption tests are salary {{c1::basis}}, salary {{c2::level::how much}} and duties.

## title-alone
Scenario: A receptionist is called office manager and paid a salary.
Question: What decides whether she is exempt?
- [x] Her duties and pay
  Why: The tests look at duties and pay.
- [ ] Her title
  Why: A title decides nothing.
- [ ] Her contract
  Why: Nobody can waive overtime.
Tags: scenario
"""


@pytest.fixture
def decks(home: Path) -> Path:
    """A small decks folder with every kind of note, found from the current folder."""
    folder = home / "decks"
    (folder / "finance").mkdir(parents=True)
    (folder / "people").mkdir()
    (folder / "blueprint.toml").write_text(BLUEPRINT, encoding="utf-8")
    (folder / "finance" / "receivables.md").write_text(RECEIVABLES, encoding="utf-8")
    (folder / "people" / "labor.md").write_text(LABOR, encoding="utf-8")
    return folder
