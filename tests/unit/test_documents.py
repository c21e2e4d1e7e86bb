"""The documents say what is so: their links, paths, commands, rules, labels and settings exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cmom_srs.cli.main import program
from cmom_srs.deckfiles.grammar.line_kinds import LABELS
from cmom_srs.history import settings
from cmom_srs.history.file.schemas import MIGRATIONS
from cmom_srs.history.settings import Settings
from tests.conftest import REPOSITORY

SPEC = REPOSITORY / "docs" / "spec"
DOCUMENTS = (
    REPOSITORY / "README.md",
    REPOSITORY / "CONTRIBUTING.md",
    REPOSITORY / "decks" / "README.md",
    REPOSITORY / "exports" / "README.md",
    *sorted((REPOSITORY / "docs").rglob("*.md")),
)
FLOORS = ("cli", "terminal", "deckfiles", "history", "anki", "report", "study")
MOST_LINES = 90

LINK = re.compile(r"\]\(([^()\s]+)\)|(?:src|href)=\"([^\"]+)\"")
CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^ {4,}(cmom\b.*)$", re.MULTILINE)
PATH = re.compile(
    rf"(?:cmom_srs|tests|docs|decks|exports|\.ci|\.github|{'|'.join(FLOORS)})/[\w./-]*"
)
CITATION = re.compile(
    r"(deck format|deck files|schedule),? rules? (\d+(?:(?:,| and) \d+)*)", re.IGNORECASE
)
RULE = re.compile(r"^(\d+)\. ", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
OF_FORMAT = "deck-format.md"
OF_SCHEDULE = "schedule.md"


def name_of(document: Path) -> str:
    return document.relative_to(REPOSITORY).as_posix()


every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@every_document
def test_a_link_leads_to_a_file(document: Path) -> None:
    links = ["".join(found) for found in LINK.findall(document.read_text("utf-8"))]
    inside = [link.partition("#")[0] for link in links if "://" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@every_document
def test_a_path_in_backticks_exists(document: Path) -> None:
    """As it is written, or inside the package: `study/sm2.py` is short for `cmom_srs/study/sm2.py`.

    What a learner's own decks hold, and a path with a part to be filled in, is no such path.
    """
    quoted = CODE.findall(document.read_text("utf-8"))
    paths = {path for path in quoted if PATH.fullmatch(path)}
    assert [path for path in sorted(paths) if not is_there(path)] == []


def is_there(path: str) -> bool:
    return any((place / path).exists() for place in (REPOSITORY, REPOSITORY / "cmom_srs"))


def test_the_architecture_fits_on_a_page() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES


@every_document
def test_a_command_line_is_one_that_the_program_takes(document: Path) -> None:
    text = document.read_text("utf-8")
    lines = [code for code in CODE.findall(text) if re.match(r"cmom(?: |$)", code)]
    lines += BLOCK.findall(text)
    assert [line for line in lines if not is_taken(line)] == []


def is_taken(line: str) -> bool:
    """Whether the program has the commands and options of a command line."""
    words = line.partition("#")[0].split()[1:]
    command: click.Command = program
    options = set(option_names(program))
    for place, word in enumerate(words):
        if word.startswith("--"):
            if word.rstrip(",.;:") not in options:
                return False
        elif isinstance(command, click.Group) and word.islower() and is_name(words, place):
            if word not in command.commands:
                return False
            command = command.commands[word]
            options |= set(option_names(command))
    return True


def is_name(words: list[str], place: int) -> bool:
    """Whether a word is a command's name, and not the value of the option before it."""
    return place == 0 or not words[place - 1].startswith("--")


def option_names(command: click.Command) -> Iterator[str]:
    yield from ("--help", "--version")
    for parameter in command.params:
        yield from parameter.opts


def test_every_command_is_in_the_specification() -> None:
    text = (SPEC / "commands.md").read_text("utf-8")
    named = {code.split()[1] for code in CODE.findall(text) if code.startswith("cmom ")}
    assert sorted(set(program.commands) - named) == []


def test_every_label_of_a_deck_file_is_in_the_specification() -> None:
    quoted = set(CODE.findall((SPEC / OF_FORMAT).read_text("utf-8")))
    assert [label for label in LABELS if label not in quoted] == []


def test_every_setting_is_in_the_specification_with_its_default() -> None:
    text = (SPEC / "history.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if "|" in line]
    said = {cells[1].strip("`"): cells[3] for cells in rows if len(cells) > 3}
    defaults = Settings().by_name()
    shown = {name: settings.KINDS[name].show(defaults[name]) for name in settings.NAMES}
    assert {name: said.get(name) for name in shown} == shown


def test_the_specification_is_of_the_newest_schema() -> None:
    text = (SPEC / "history.md").read_text("utf-8")
    assert re.findall(r"schema (\d+)\.", text)[:1] == [str(len(MIGRATIONS))]


def test_every_rule_that_the_code_cites_is_in_the_specification() -> None:
    sources = [*(REPOSITORY / "cmom_srs").rglob("*.py"), *(REPOSITORY / "cmom_srs").rglob("*.js")]
    citations = {(name_of(path), *rule) for path in sources for rule in cited(path)}
    rules = {name: numbers_of(name) for name in (OF_FORMAT, OF_SCHEDULE)}
    assert {document for _, document, _ in citations} == rules.keys()
    assert sorted(each for each in citations if each[2] not in rules[each[1]]) == []


def numbers_of(document: str) -> list[int]:
    text = FENCED.sub("", (SPEC / document).read_text("utf-8"))
    return [int(number) for number in RULE.findall(text)]


def cited(path: Path) -> Iterator[tuple[str, int]]:
    """The rules that a file cites, each with the document that has them."""
    text = " ".join(path.read_text("utf-8").split())
    for what, numbers in CITATION.findall(text):
        document = OF_SCHEDULE if what.lower().startswith("schedule") else OF_FORMAT
        yield from ((document, int(number)) for number in re.findall(r"\d+", numbers))
    if "deckfiles" in path.parts:
        yield from ((OF_FORMAT, int(number)) for number in re.findall(r"\brule (\d+)", text))


@pytest.mark.parametrize("document", sorted(SPEC.glob("*.md")), ids=name_of)
def test_the_rules_of_a_specification_count_up_without_a_gap(document: Path) -> None:
    numbers = numbers_of(document.name)
    assert numbers == list(range(1, len(numbers) + 1))
