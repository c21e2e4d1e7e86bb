"""The calendar of 26 weeks: a table of days whose marks grow with the cards of the day."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date

import htpy
from htpy import Element
from htpy import Node

from cmom_srs.study import wording
from cmom_srs.study.stats.days import DayDone
from cmom_srs.study.stats.weeks import LEVELS
from cmom_srs.study.stats.weeks import Week
from cmom_srs.study.stats.weeks import calendar
from cmom_srs.study.stats.weeks import level

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TITLE = "Calendar of the last 26 weeks"


def calendar_table(days: Sequence[DayDone], today: date) -> Element:
    """A column for each week, a row for each weekday; a bigger mark stands for more cards."""
    weeks = calendar(days, today)
    return htpy.figure(".wide")[
        htpy.figcaption[htpy.h3[_TITLE], htpy.p[_words(weeks)]],
        htpy.table(".calendar")[
            htpy.caption(".unseen")[f"{_TITLE}: cards answered on each day"],
            htpy.thead[htpy.tr[htpy.th(scope="col")[_short("Week of", "")], _heads(weeks)]],
            htpy.tbody[
                (
                    htpy.tr[
                        htpy.th(scope="row")[_short(name[0], name)],
                        (_cell(week.days[place]) for week in weeks),
                    ]
                    for place, name in enumerate(_WEEKDAYS)
                )
            ],
        ],
        _legend(),
    ]


def _words(weeks: Sequence[Week]) -> str:
    days = [day for week in weeks for day in week.days if day]
    studied = sum(day.cards > 0 for day in days)
    cards = wording.count_of(sum(day.cards for day in days), "card")
    return f"{studied} of {wording.count_of(days, 'day')} studied, {cards}."


def _heads(weeks: Sequence[Week]) -> Iterator[Element]:
    """The month stands above its first week; every other head is heard alone."""
    month = None
    for week in weeks:
        is_first, month = week.monday.month != month, week.monday.month
        yield htpy.th(scope="col")[
            _short(f"{week.monday:%b}" if is_first else "", f"{week.monday:%B} {week.monday.day}")
        ]


def _short(shown: str, heard: str) -> Node:
    """What is shown, and what is heard in its place."""
    if not heard:
        return htpy.span(".unseen")[shown]
    return htpy.span(aria_hidden="true")[shown], htpy.span(".unseen")[heard]


def _cell(day: DayDone | None) -> Element:
    if day is None:
        return htpy.td
    return htpy.td[
        htpy.span(f".mark.level-{level(day.cards)}", title=wording.table_day(day.day))[
            htpy.span(".unseen")[str(day.cards)]
        ]
    ]


def _legend() -> Element:
    highs = (*(f"to {low - 1}" for low in LEVELS[1:]), "and more")
    return htpy.ul(".legend", aria_label="Cards on a day")[
        (
            htpy.li[htpy.span(f".mark.level-{number}"), f" {low} {high}"]
            for number, (low, high) in enumerate(zip(LEVELS, highs, strict=True), start=1)
        )
    ]
