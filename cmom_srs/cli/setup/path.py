"""`cmom path`: where everything is, and which rule chose it."""

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from cmom_srs.cli import places
from cmom_srs.cli.output import show
from cmom_srs.cli.places import Place


def show_places() -> None:
    """The places of decks, history and data."""
    show(places.find()._asdict(), _shape, _lines)


def _shape(where: Mapping[str, Place]) -> dict[str, Any]:
    return {name: {"path": str(place.path), "rule": place.rule} for name, place in where.items()}


def _lines(where: Mapping[str, Place]) -> Iterator[str]:
    for name, place in where.items():
        yield f"{name:<8} {place.path}  ({place.rule})"
