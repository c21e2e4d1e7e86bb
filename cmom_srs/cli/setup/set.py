"""`cmom set`: the settings shown, or one stored."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli import places
from cmom_srs.cli.learner import open_at
from cmom_srs.cli.output import show
from cmom_srs.history import settings


def show_or_store(name: str | None, value: str | None) -> None:
    """Stores a value if one is given, then shows that setting; without a name, all of them.

    Raises SettingError for a name that is none or a value that it does not take.
    """
    if name is not None:
        settings.require_known(name)
    with open_at(places.find()) as store:
        if name is not None and value is not None:
            store.set_setting(name, value)
        values = store.settings().by_name()
    show(values if name is None else {name: values[name]}, _shape, _lines)


def _shape(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"settings": {name: _plain(value) for name, value in values.items()}}


def _plain(value: Any) -> Any:
    """The value as JSON has it: a day as ISO text."""
    return json_shapes.day(value) if isinstance(value, date) else value


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name:<14} {settings.KINDS[name].show(value)}"
