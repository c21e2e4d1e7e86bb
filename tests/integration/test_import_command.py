"""`cmom import`: question banks of other programs become decks."""

import json
from pathlib import Path

import click
import pytest

from cmom_srs.cli.decks import import_command
from cmom_srs.deckfiles.formats.convert import FORMATS
from tests.conftest import Cmom

AIKEN = """\
Which bucket of an aging report is the oldest?
A) 31 to 60 days
B) Over 120 days
ANSWER: B

Which form does a practice bill with?
A) CMS-1500
B) UB-04
C) W-2
ANSWER: A
"""
SOURCE = ("--domain", "finance", "--source", "my own bank")


@pytest.fixture
def bank(home: Path) -> Path:
    path = home / "My bank.txt"
    path.write_text(AIKEN, encoding="utf-8")
    return path


def test_a_bank_becomes_a_deck_that_is_studied_at_once(decks: Path, bank: Path, cmom: Cmom) -> None:
    ran = cmom("import", bank, *SOURCE, "--title", "Billing bank")
    assert ran.code == 0, ran.err
    assert "2 notes (2 choice)" in ran.out
    assert (decks / "finance" / "my-bank.md").is_file()
    assert cmom("check").code == 0
    shown = cmom("search", "oldest", "aging")
    assert "Which bucket of an aging report is the oldest?" in shown.out
    assert "my own bank" in cmom("card", shown.out.split()[-1]).out


def test_json_says_what_was_written(decks: Path, bank: Path, cmom: Cmom) -> None:
    shape = json.loads(cmom("import", bank, *SOURCE, "--deck", "bank", "--json").out)
    assert shape["format"] == "aiken"
    assert shape["notes"] == {"choice": 2}
    assert shape["path"].endswith("bank.md")


def test_what_has_no_home_is_listed_with_its_line(decks: Path, home: Path, cmom: Cmom) -> None:
    path = home / "bank.gift"
    path.write_text("::Q1:: Who pays? {=The payer ~The patient}\n\nEssay? {}\n", encoding="utf-8")
    ran = cmom("import", path, *SOURCE)
    assert ran.code == 1
    assert "bank.gift:3:" in ran.err
    assert (decks / "finance" / "bank.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--domain", "nowhere", "--source", "x"), "The domains are finance, people."),
        (("--domain", "finance"), "--source TEXT"),
        ((*SOURCE, "--deck", "Not A Key"), "cannot be the name of a deck"),
        ((*SOURCE, "--deck", "receivables"), "is there already"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(
    decks: Path, bank: Path, cmom: Cmom, arguments: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in decks.rglob("*.md")}
    ran = cmom("import", bank, *arguments)
    assert ran.code == 1
    assert said in ran.err
    assert {path: path.read_bytes() for path in decks.rglob("*.md")} == before


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"Just some prose.\n"])
def test_a_file_that_is_no_bank_is_refused_in_words(
    decks: Path, home: Path, cmom: Cmom, data: bytes
) -> None:
    (home / "bank.txt").write_bytes(data)
    ran = cmom("import", home / "bank.txt", *SOURCE)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert not (decks / "finance" / "bank.md").exists()
    assert cmom("import", home / "missing.txt", *SOURCE).code == 1


def test_the_shipped_decks_are_not_added_to(bank: Path, cmom: Cmom) -> None:
    ran = cmom("import", bank, "--domain", "financial-management", "--source", "x")
    assert ran.code == 1
    assert "cmom init DIR" in ran.err


def test_a_blank_source_is_none(decks: Path, bank: Path, cmom: Cmom) -> None:
    ran = cmom("import", bank, "--domain", "finance", "--source", "  ")
    assert (ran.code, "--source" in ran.err) == (1, True)
    assert not (decks / "finance" / "my-bank.md").exists()


def test_the_formats_that_may_be_named_are_those_that_are_read() -> None:
    (chosen,) = [one.type for one in import_command.params if one.name == "format"]
    assert isinstance(chosen, click.Choice)
    assert tuple(chosen.choices) == FORMATS
