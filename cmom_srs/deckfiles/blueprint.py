"""`blueprint.toml`: the exam's domains and profiles, every error at its line (rule 15)."""

import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.ids import is_key
from cmom_srs.deckfiles.grammar.lines import Place
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import read_lines
from cmom_srs.errors import CmomError
from cmom_srs.errors import Problem
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.blueprint import Profile

BLUEPRINT_NAME = "blueprint.toml"

_DOMAIN_KEYS = ("key", "title")
_PROFILE_KEYS = (
    "title",
    "questions",
    "minutes",
    "pass_percent",
    "weights",
    "source",
    "as_of",
    "weights_source",
)
_AT = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")
_HEADER = re.compile(r" *\[+ *([^\[\]]*?) *\]+ *(?:#.*)?$")


class DecksFolderError(CmomError):
    """A folder that holds no decks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no {BLUEPRINT_NAME} in {folder}: it is not a decks folder.",
            "Name the folder with --decks, or make one: cmom init DIR",
        )


def require_decks(folder: Path) -> None:
    """Raises DecksFolderError if there is no folder or no blueprint.toml in it."""
    if not (folder / BLUEPRINT_NAME).is_file():
        raise DecksFolderError(folder)


def read_blueprint(folder: Path) -> tuple[Blueprint | None, tuple[Problem, ...]]:
    """The blueprint alone; None, with its errors, if it has any. Raises DecksFolderError."""
    require_decks(folder)
    _, blueprint, problems = read_blueprint_file(folder)
    return blueprint, tuple(sorted(problems))


def read_blueprint_file(folder: Path) -> tuple[str, Blueprint | None, list[Problem]]:
    """The blueprint's text, the blueprint, its errors in the order in which they are found."""
    report = Report(BLUEPRINT_NAME)
    source = "\n".join(read_lines((folder / BLUEPRINT_NAME).read_bytes(), report))
    blueprint = _read_text(source, report)
    return source, blueprint if not report.problems else None, report.problems


class _Table(NamedTuple):
    """One table of the file, and the lines it stands in, the header first."""

    values: Mapping[str, Any]
    first_line: int
    lines: Sequence[str]

    def place(self, key: str = "") -> Place:
        """Where the key stands; its table's header if it is not there."""
        for row, line in enumerate(self.lines if key else ()):
            if found := re.match(rf"(?:[^=#]*[\[. \"'])?({re.escape(key)})[\"' ]*[=.\]]", line):
                return Place(self.first_line + row, found.start(1) + 1)
        return Place(self.first_line, 1)


def _read_text(text: str, report: Report) -> Blueprint | None:
    """The blueprint in the text of the file; None or not whole if errors are reported."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _report_syntax(str(error), text, report)
        return None
    lines = text.split("\n")
    _check_keys(_Table(data, 1, lines), ("domain", "profile"), report)
    domains = _read_domains(data.get("domain"), lines, report)
    keys = [] if report.problems else [domain.key for domain in domains]
    return Blueprint(domains, _read_profiles(data.get("profile"), lines, keys, report))


def _report_syntax(error: str, text: str, report: Report) -> None:
    at = _AT.search(error)
    line, column = (at[1], at[2]) if at and at[1] else (text.rstrip().count("\n") + 1, 1)
    message = f"this is not TOML: {error[: at.start()] if at else error}"
    hint = "text stands in quotes, a table's name in brackets"
    report.error(Place(int(line), int(column)), "bad-toml", message, hint)


def _tables(lines: Sequence[str], name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The first line, from 1, and the lines of each table of this name, its own tables included."""
    headers = [
        (row, found[1].replace('"', ""))
        for row, line in enumerate(lines)
        if (found := _HEADER.match(line)) and not found[1].startswith(f"{name}.")
    ]
    for (row, header), (stop, _) in zip(headers, [*headers[1:], (len(lines), "")], strict=True):
        if header == name:
            yield row + 1, lines[row:stop]


def _read_domains(data: Any, lines: Sequence[str], report: Report) -> tuple[Domain, ...]:
    if data is None:
        return ()
    if not (isinstance(data, list) and data and all(isinstance(one, dict) for one in data)):
        place = next((Place(line, 1) for line, _ in _tables(lines, "domain")), Place(1, 1))
        message, hint = "`domain` is not a list of tables", "write `[[domain]]`"
        report.error(place, "bad-value", message, hint)
        return ()
    places = [*_tables(lines, "domain"), *[(1, ())] * len(data)]
    tables = [_Table(values, *place) for values, place in zip(data, places, strict=False)]
    domains: dict[str, Domain] = {}
    for table in tables:
        domain = _read_domain(table, report)
        if domain.key in domains:
            message = f"`{domain.key}` is the key of another domain already"
            report.error(table.place("key"), "bad-value", message, "choose another key")
        domains[domain.key] = domain
    return tuple(domain for key, domain in domains.items() if key)


def _read_domain(table: _Table, report: Report) -> Domain:
    _check_keys(table, _DOMAIN_KEYS, report)
    key, title = _text(table, "key", report), _text(table, "title", report)
    if key and not is_key(key):
        hint = "a key is lower-case letters and digits, with single hyphens between"
        report.error(table.place("key"), "bad-value", f"`{key}` is not a key", hint)
    if "::" in title:
        message, hint = "a title cannot hold `::`", "write one colon, or a hyphen"
        report.error(table.place("title"), "bad-title", message, hint)
    return Domain(key, title)


def _read_profiles(
    data: Any, lines: Sequence[str], domains: Sequence[str], report: Report
) -> tuple[Profile, ...]:
    if data is None:
        return ()
    if not isinstance(data, dict) or not data:
        place = _Table({}, 1, lines).place("profile")
        report.error(place, "bad-value", "`profile` has no tables", "write `[profile.<id>]`")
        return ()
    profiles = []
    for profile_id, values in data.items():
        table = _Table(values, *next(_tables(lines, f"profile.{profile_id}"), (1, lines)))
        if isinstance(values, dict):
            profiles.append(_read_profile(profile_id, table, domains, report))
        else:
            message = f"`profile.{profile_id}` is not a table"
            hint = f"write `[profile.{profile_id}]`"
            report.error(table.place(profile_id), "bad-value", message, hint)
    return tuple(profiles)


def _read_profile(
    profile_id: str, table: _Table, domains: Sequence[str], report: Report
) -> Profile:
    _check_keys(table, _PROFILE_KEYS, report)
    if not is_key(profile_id):
        hint = "it is lower-case letters and digits, with single hyphens between"
        report.error(table.place(), "bad-value", f"`{profile_id}` is not a profile's id", hint)
    return Profile(
        profile_id,
        _text(table, "title", report),
        _number(table, "questions", 1000, report),
        _number(table, "minutes", 1000, report),
        _number(table, "pass_percent", 100, report),
        _weights(table, domains, report),
        _text(table, "source", report),
        _text(table, "weights_source", report),
        _date(table, report),
    )


def _check_keys(table: _Table, keys: Sequence[str], report: Report) -> None:
    """Reports keys that do not belong into the table, and those that are missing."""
    missing = [key for key in keys if key not in table.values]
    for key in table.values:
        if key in keys:
            continue
        meant = get_close_matches(key, missing, n=1)
        hint = f"did you mean `{meant[0]}`?" if meant else f"the keys are {', '.join(keys)}"
        report.error(table.place(key), "unknown-key", f"`{key}` is not a key here", hint)
        missing = [key for key in missing if key not in meant]
    for key in missing:
        report.error(table.place(), "missing-key", f"`{key}` is missing", f"add `{key} = `")


def _text(table: _Table, key: str, report: Report) -> str:
    value = table.values.get(key, "")
    if key in table.values and not (isinstance(value, str) and value.strip()):
        report.error(table.place(key), "bad-value", f"`{key}` is not a text", "write it in quotes")
        return ""
    return str(value)


def _number(table: _Table, key: str, most: int, report: Report) -> int:
    value = table.values.get(key, 1)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    message, hint = f"`{key}` is not a whole number", f"write a number from 1 to {most}"
    report.error(table.place(key), "bad-value", message, hint)
    return 1


def _date(table: _Table, report: Report) -> date:
    value = table.values.get("as_of", date.min)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    hint = "write it without quotes, as in 2026-01-31"
    report.error(table.place("as_of"), "bad-value", "`as_of` is not a date", hint)
    return date.min


def _weights(table: _Table, domains: Sequence[str], report: Report) -> Mapping[str, int]:
    """The weight of each domain: all are named, their sum is 100.

    Nothing can be said about the names when `domains` is empty, because it could not be read.
    """
    value = table.values.get("weights")
    if value is None:
        return {}
    fault, hint = _weights_fault(value, domains)
    if fault:
        report.error(table.place("weights"), "bad-weights", fault, hint)
        return {}
    return dict(value)


def _weights_fault(value: Any, domains: Sequence[str]) -> tuple[str, str]:
    """What is wrong with the weights, and the hint; both empty when nothing is."""
    if not isinstance(value, dict):
        return "`weights` is not a table", "write `{ domain-key = percent, ... }`"
    unknown = [key for key in value if key not in domains] if domains else []
    missing = [key for key in domains if key not in value]
    if unknown:
        meant = get_close_matches(unknown[0], missing or domains, n=1)
        hint = f"did you mean `{meant[0]}`?" if meant else f"the domains are {', '.join(domains)}"
        return f"`{unknown[0]}` is not a domain", hint
    if missing:
        return f"the weight of `{missing[0]}` is missing", "a domain without questions has 0"
    if any(type(weight) is not int or weight < 0 for weight in value.values()):
        return "a weight is not a whole number", "write percents such as 20, without quotes"
    if sum(value.values()) != 100:
        return f"the weights come to {sum(value.values())}", "make their sum 100"
    return "", ""
