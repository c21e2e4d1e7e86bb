"""The tables of a TOML file, read by what each key may hold, every error at its line."""

import re
import tomllib
from collections.abc import Callable
from collections.abc import Container
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from typing import Any
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report

_LONGEST_LINE = 2000
_DEEP = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_AT = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")
_PART = r"""(?:"((?:[^"\\]|\\.)*+)"|'([^']*+)'|([A-Za-z0-9_-]++))"""
_KEY = re.compile(_PART)
_LINE = re.compile(rf"\s*+(\[{{0,2}})\s*+({_PART}(?:\s*+\.\s*+{_PART})*+)\s*+[\]=]")

KeyPath = tuple[str | int, ...]


Check = Callable[[str, Any], Fault | None]
"""Takes a key and its value; says what is wrong with it, if anything is."""


class TomlPlaces:
    """Where each table and each key of a TOML file stands.

    tomllib tells no positions, so the file is gone through once more, a line at a time. A table
    in a list has its place in the list in its path: the title of the second `[[domain]]` is
    `("domain", 1, "title")`.
    """

    def __init__(self, text: str) -> None:
        self._headers: dict[KeyPath, PlaceInFile] = {}
        self._keys: dict[KeyPath, PlaceInFile] = {}
        self._last: dict[KeyPath, int] = {}
        table: KeyPath = ()
        for row, line in enumerate(text.split("\n"), 1):
            if found := _LINE.match(line):
                brackets = found[1]
                path = self._take(found, row, () if brackets else table, brackets == "[[")
                table = path if brackets else table
                if brackets:
                    self._headers.setdefault(path, PlaceInFile(row, 1))

    def _take(self, found: re.Match[str], row: int, path: KeyPath, is_in_list: bool) -> KeyPath:
        """Notes the keys of a line, joined by dots, below a path; the whole path."""
        keys = list(_KEY.finditer(found.string, found.start(2), found.end(2)))
        for key in keys:
            path = (*path, _decode(key))
            self._keys.setdefault(path, PlaceInFile(row, key.start(key.lastindex or 0) + 1))
            if is_in_list and key is keys[-1]:
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = (*path, self._last[path])
        return path

    def of_table(self, path: KeyPath) -> PlaceInFile:
        """The start of the table's header; the key that holds the table, if it has none."""
        return self._headers.get(path) or self.of_key(path)

    def of_key(self, path: KeyPath) -> PlaceInFile:
        """Where a key is written, or the nearest thing around it."""
        if not path:
            return PlaceInFile(1, 1)
        return self._keys.get(path) or self.of_table(path[:-1])


def _decode(key: re.Match[str]) -> str:
    """The key that is written here."""
    if "\\" in key[0]:
        with suppress(tomllib.TOMLDecodeError):
            return next(iter(tomllib.loads(f"{key[0]} = 0")))
    return key[key.lastindex or 0]


class TomlTable(NamedTuple):
    """One table of a file: its values, its path, and where what is wrong with it is reported."""

    values: Mapping[str, Any]
    path: KeyPath
    places: TomlPlaces
    report: Report

    def place(self) -> PlaceInFile:
        """Where the table begins."""
        return self.places.of_table(self.path)

    def place_of(self, key: str) -> PlaceInFile:
        """Where a key of the table stands; the table itself, if it is not there."""
        return self.places.of_key((*self.path, key))

    def check(self, checks: Mapping[str, Check], optional: Container[str] = ()) -> bool:
        """Whether all keys but the optional ones are there, none else, and each value is sound.

        What is not so is reported.
        """
        before = self.report.count
        self.check_keys(tuple(checks), optional)
        for key, find_fault in checks.items():
            if key in self.values and (fault := find_fault(key, self.values[key])):
                self.report.error(self.place_of(key), *fault)
        return self.report.count == before

    def check_keys(self, known: Sequence[str], optional: Container[str] = ()) -> None:
        """Reports keys that are not known, and those that are missing and not optional."""
        missing = [key for key in known if key not in self.values and key not in optional]
        for key in self.values:
            if key in known:
                continue
            meant = get_close_matches(key, missing, n=1)
            hint = f"did you mean `{meant[0]}`?" if meant else f"the keys are {', '.join(known)}"
            message = f"`{key}` is not a key here"
            self.report.error(self.place_of(key), "unknown-key", message, hint)
            missing = [key for key in missing if key not in meant]
        for key in missing:
            message, hint = f"`{key}` is missing", f"add `{key} = `"
            self.report.error(self.place(), "missing-key", message, hint)

    def listed(self, key: str) -> list["TomlTable"]:
        """The tables `[[key]]`, in order; none, and reported, if the key holds something else."""
        value = self.values.get(key)
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return [self._below(one, key, number) for number, one in enumerate(value)]
        if value is not None:
            place = self.place_of(key)._replace(column=1)
            message = f"`{key}` is not a list of tables"
            self.report.error(place, "bad-value", message, f"write `[[{key}]]`")
        return []

    def below(self, key: str) -> "TomlTable | None":
        """The table `[key]` inside this one; None if the key is missing or holds something else."""
        value = self.values.get(key)
        return self._below(value, key) if isinstance(value, dict) else None

    def named(self, key: str) -> Iterator[tuple[str, "TomlTable"]]:
        """The tables `[key.<id>]`, each with its id; what is no such table is reported."""
        value = self.values.get(key)
        if value is not None and not (isinstance(value, dict) and value):
            hint = f"write `[{key}.<id>]`"
            self.report.error(self.place_of(key), "bad-value", f"`{key}` has no tables", hint)
            return
        for name, values in (value or {}).items():
            table = self._below(values, key, name)
            if isinstance(values, dict):
                yield name, table
            else:
                message = f"`{key}.{name}` is not a table"
                place = self.places.of_key(table.path)
                self.report.error(place, "bad-value", message, f"write `[{key}.{name}]`")

    def _below(self, values: Mapping[str, Any], *keys: str | int) -> "TomlTable":
        return self._replace(values=values, path=(*self.path, *keys))


def read_toml(text: str, report: Report) -> TomlTable | None:
    """The whole file as a table; None, and reported, if it is not TOML."""
    for row, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:  # tomllib takes minutes for ten thousand dots, and a
            # number of five thousand digits is more than Python reads.
            message = f"a line has at most {_LONGEST_LINE:,} characters"
            report.error(PlaceInFile(row, 1), "bad-toml", message, "say it shorter")
            return None
    try:
        return TomlTable(tomllib.loads(text), (), TomlPlaces(text), report)
    except tomllib.TOMLDecodeError as error:
        _report_syntax(str(error), text, report)
    except RecursionError:
        place = PlaceInFile(_deep_line(text), 1)
        message, hint = "brackets stand too deep inside one another", "take some of them out"
        report.error(place, "bad-toml", message, hint)
    return None


def _deep_line(text: str) -> int:
    """The line at which more brackets stand open than any list or table needs."""
    depth = 0
    for row, line in enumerate(text.split("\n"), 1):
        depth += len(re.findall(r"[\[{]", line))
        if depth > _DEEP:
            return row
        depth -= len(re.findall(r"[\]}]", line))
    return 1


def _report_syntax(error: str, text: str, report: Report) -> None:
    at = _AT.search(error)
    line, column = (at[1], at[2]) if at and at[1] else (text.rstrip().count("\n") + 1, 1)
    message = f"this is not TOML: {error[: at.start()] if at else error}"
    hint = "text stands in quotes, a table's name in brackets"
    report.error(PlaceInFile(int(line), int(column)), "bad-toml", message, hint)


def text(key: str, value: Any) -> Fault | None:
    """Checks for a text that is not empty and does not steer a terminal."""
    if not (isinstance(value, str) and value.strip()):
        return Fault("bad-value", f"`{key}` is not a text", "write it in quotes")
    if control := _CONTROL.search(value):
        message = f"`{key}` holds an invisible control character (U+{ord(control[0]):04X})"
        return Fault("bad-value", message, "delete it; a text has one line")
    return None


def number(most: int) -> Check:
    """Checks for a whole number from 1 to `most`."""

    def check(key: str, value: Any) -> Fault | None:
        if type(value) is int and 1 <= value <= most:
            return None
        hint = f"write a number from 1 to {most}"
        return Fault("bad-value", f"`{key}` is not a whole number", hint)

    return check


def day(key: str, value: Any) -> Fault | None:
    """Checks for a date without a time."""
    if type(value) is date:
        return None
    hint = "write it without quotes, as in 2026-01-31"
    return Fault("bad-value", f"`{key}` is not a date", hint)
