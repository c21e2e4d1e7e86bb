"""The machine output of every command, against the golden files in tests/json."""

import os
import re
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from cmom_srs.history.exam import lookups
from cmom_srs.history.store import open_history
from cmom_srs.study.lookups import Lookup
from tests.conftest import REPOSITORY
from tests.conftest import Cmom

COMMANDS = {
    "due": ("due", "--json"),
    "next-choice": ("next", "--tag", "scenario", "--json"),
    "next-calculation": ("next", "--deck", "receivables", "--json"),
    "next-steps": ("next", "--tag", "order", "--json"),
    "grade": ("grade", "bucket/1", "good", "--json"),
    "undo": ("undo", "--json"),
    "card": ("card", "gross-collection", "--json"),
    "search": ("search", "oldest", "--json"),
    "stats": ("stats", "--json"),
    "stats-retention": ("stats", "--chart", "retention", "--json"),
    "stats-intervals": ("stats", "--chart", "intervals", "--json"),
    "stats-ease": ("stats", "--chart", "ease", "--json"),
    "stats-days": ("stats", "--chart", "days", "--json"),
    "stats-forecast": ("stats", "--chart", "forecast", "--json"),
    "stats-hardest": ("stats", "--chart", "hardest", "--json"),
    "leeches": ("leeches", "--json"),
    "ready": ("ready", "--json"),
    "plan": ("plan", "--exam", "in 8 weeks", "--minutes", "1", "--json"),
    "lookup-list": ("lookup", "list", "--json"),
    "ceu": ("ceu", "--json"),
    "sync": ("sync", "--json"),
    "set": ("set", "--json"),
    "check": ("check", "--format", "json"),
    "coverage": ("check", "--coverage", "--format", "json"),
}

_UID = re.compile(r"\b[0-9a-f]{32}\b")  # random
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def look_up(home: Path, lookup: Lookup) -> None:
    (history,) = home.rglob("history.sqlite3")
    with open_history(history) as store:
        lookups.append(store, lookup)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_json_of_a_command_is_the_golden_one(
    name: str, decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    receivables = decks / "finance" / "receivables.md"
    text = receivables.read_text("utf-8")
    receivables.write_text(text.replace("the payment\n", "the payment\nTags: order\n"), "utf-8")
    cmom("grade", "tests/1", "again")
    if name.startswith("stats-"):
        monkeypatch.setenv("CMOM_NOW", "2026-12-02T08:30:00-06:00")
        cmom("grade", "tests/1", "again")
    if name == "check":
        receivables.write_text(text.replace("Answer: Over", "Anser: Over"), encoding="utf-8")
    if name == "lookup-list":
        receivables.write_text(text.replace("Reverse: yes", "Manual: Ratios: aging"), "utf-8")
        look_up(home, Lookup("Labor laws", NOON, 12_340, is_found=True, page="212"))
        look_up(home, Lookup("OSHA", NOON, 60_000, is_found=False))
    if name == "ceu":
        cmom("ceu", "add", "HIPAA update", "--units", "1.5", "--on", "2026-11-03")
        cmom("ceu", "add", "PMI conference", "--units", "9", "--on", "2026-10-05")
    shown = cmom(*COMMANDS[name]).out.replace(str(home), "HOME").replace("\\\\", "/")
    shown = _UID.sub("UID", shown)
    golden = REPOSITORY / "tests" / "json" / f"{name}.json"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")
