"""Look-ups amid plain lists: run as a script on a pseudo-terminal, or in-process.

Every look-up recorded is a line of JSON in `log`; the time of the sitting is the number in `clock`,
which a test may change; `end` says how the sitting ended.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from cmom_srs.study.lookups import Lookup
from cmom_srs.study.lookups import Topic
from cmom_srs.terminal.lookups import run_lookups

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
TOPICS = (
    Topic("Labor laws", "Personnel Management", 127, ("FLSA exemptions", "overtime pay", "COBRA")),
    Topic(
        "HIPAA",
        "Compliance and Risk Management",
        38,
        ("Security Rule", "Breach notification", "Business associates", "Penalties"),
    ),
    Topic("Medicaid", "Managed Care and Insurance", 2),
)


def earlier() -> list[Lookup]:
    """A week of look-ups: labor laws slow twice and without a tab, the others quick."""
    return [
        Lookup(topic, NOW - timedelta(days=days), seconds * 1000, seconds < 90, page)
        for topic, days, seconds, page in (
            ("OSHA", 8, 95, None),
            ("Labor laws", 8, 42, "p. 212"),
            ("HIPAA", 7, 31, "Tab 4"),
            ("Labor laws", 3, 19, None),
            ("HIPAA", 3, 8, None),
        )
    ]


@dataclass
class Desk:
    """The surroundings of look-ups: those before, and those recorded."""

    folder: Path
    before: list[Lookup] = field(default_factory=list)
    recorded: list[Lookup] = field(default_factory=list)

    def title(self, topic: Topic) -> str:
        return topic.domain

    def past(self) -> Sequence[Lookup]:
        return [*self.before, *self.recorded]

    def record(self, lookup: Lookup) -> Lookup:
        stored = replace(lookup, uid=f"{len(self.recorded):032x}")
        self.recorded.append(stored)
        lines = [
            json.dumps([each.topic, each.duration_ms, each.is_found, each.page])
            for each in self.recorded
        ]
        (self.folder / "new").write_text("\n".join(lines), encoding="utf-8")
        (self.folder / "new").replace(self.folder / "log")
        return stored

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.elapsed())

    def elapsed(self) -> float:
        clock = self.folder / "clock"
        return float(clock.read_text(encoding="utf-8")) if clock.exists() else 0.0


def read_lookups(folder: Path) -> list[tuple[str, int, bool, str | None]]:
    log = folder / "log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [tuple(json.loads(line)) for line in lines]


def lookup_command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, __file__, str(folder), *arguments]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", action="store_true", help="there is a week of look-ups")
    parser.add_argument("--plain", action="store_true")
    asked = parser.parse_args(arguments)
    desk = Desk(asked.folder, earlier() if asked.before else [])
    end = run_lookups(TOPICS[: asked.rounds], TOPICS, desk, is_plain=asked.plain)
    said = f"{len(end.done)} {end.is_interrupted} {end.is_closed}"
    (asked.folder / "end").write_text(said, encoding="utf-8")
    return 130 if end.is_interrupted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
