"""The machine output of every command, against the golden files in tests/json."""

import os
from pathlib import Path

import pytest

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
    "leeches": ("leeches", "--json"),
    "sync": ("sync", "--json"),
    "set": ("set", "--json"),
    "check": ("check", "--format", "json"),
    "coverage": ("check", "--coverage", "--format", "json"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_json_of_a_command_is_the_golden_one(
    name: str, decks: Path, home: Path, cmom: Cmom
) -> None:
    receivables = decks / "finance" / "receivables.md"
    text = receivables.read_text("utf-8")
    receivables.write_text(text.replace("the payment\n", "the payment\nTags: order\n"), "utf-8")
    cmom("grade", "tests/1", "again")
    if name == "check":
        receivables.write_text(text.replace("Answer: Over", "Anser: Over"), encoding="utf-8")
    shown = cmom(*COMMANDS[name]).out.replace(str(home), "HOME").replace("\\\\", "/")
    golden = REPOSITORY / "tests" / "json" / f"{name}.json"
    if os.environ.get("CMOM_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")
