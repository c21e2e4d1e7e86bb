"""The page: a head without any address, the sections in order, nothing that runs."""

from collections.abc import Callable
from importlib.resources import files
from typing import NamedTuple

import htpy
from htpy import Element
from htpy import Node
from markupsafe import Markup

from cmom_srs.printable import printable
from cmom_srs.report.contents import Contents
from cmom_srs.report.sections import ahead
from cmom_srs.report.sections import cards
from cmom_srs.report.sections import days
from cmom_srs.report.sections import exams
from cmom_srs.report.sections import manual
from cmom_srs.report.sections import plan
from cmom_srs.report.sections import readiness
from cmom_srs.report.sections import retention
from cmom_srs.report.sections import standing
from cmom_srs.report.sections import weak_spots
from cmom_srs.study import wording

GENERATOR_MARK = '<meta name="generator" content="cmom report '  # by which we know our own
_LOADS_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"


class _Section(NamedTuple):
    id: str
    title: str
    body: Callable[[Contents], Node]


_SECTIONS = (
    _Section("standing", "Where you stand", standing.section),
    _Section("plan", "Your plan", plan.section),
    _Section("readiness", "Readiness", readiness.section),
    _Section("exams", "Practice exams", exams.section),
    _Section("weak-spots", "Weak spots", weak_spots.section),
    _Section("retention", "What you still knew", retention.section),
    _Section("days", "Days of study", days.section),
    _Section("ahead", "The days ahead", ahead.section),
    _Section("cards", "Your cards", cards.section),
    _Section("manual", "Your index of the manual", manual.section),
)


def html(contents: Contents) -> str:
    """The whole page. What is not ours in it acts on no browser and on no terminal."""
    page = htpy.html(lang="en")[_head(contents), _body(contents)]
    return printable(f"{page}\n")


def _head(contents: Contents) -> Element:
    stylesheet = (files("cmom_srs.report") / "style.css").read_text(encoding="utf-8")
    return htpy.head[
        htpy.meta(charset="utf-8"),
        Markup(GENERATOR_MARK + '%s">') % contents.version,  # noqa: S704 - escapes the version
        htpy.meta(http_equiv="Content-Security-Policy", content=_LOADS_NOTHING),
        htpy.meta(name="viewport", content="width=device-width, initial-scale=1"),
        htpy.meta(name="color-scheme", content="light dark"),
        htpy.title[f"CMOM study report, {wording.date_words(contents.today)}"],
        htpy.style[Markup(stylesheet)],  # noqa: S704 - our own file
    ]


def _body(contents: Contents) -> Element:
    return htpy.body[
        htpy.a(".skip", href="#main")["Skip to the report"],
        htpy.header[
            htpy.h1["CMOM study report"],
            htpy.p[f"{wording.long_date(contents.today)}. Made by cmom-srs {contents.version}."],
            htpy.nav(aria_label="Sections")[
                htpy.ul[(htpy.li[htpy.a(href=f"#{each.id}")[each.title]] for each in _SECTIONS)]
            ],
        ],
        htpy.main(id="main")[
            (
                htpy.section(id=each.id, aria_labelledby=f"{each.id}-heading")[
                    htpy.h2(id=f"{each.id}-heading")[each.title], each.body(contents)
                ]
                for each in _SECTIONS
            )
        ],
        htpy.footer[
            htpy.p[
                "This file holds your history of study. It loads nothing and sends nothing. What "
                "each number counts: docs/spec/numbers.md of cmom-srs."
            ]
        ],
    ]
