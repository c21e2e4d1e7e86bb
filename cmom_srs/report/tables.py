"""Tables, and charts with the table of their numbers: all of them have a caption and headings."""

from collections.abc import Iterable
from collections.abc import Sequence

import htpy
from htpy import Element
from htpy import Node
from markupsafe import Markup

from cmom_srs.report.charts import Caption

Row = Sequence[Node]

_SHORT = 14


def table(
    caption: str, headings: Sequence[str], rows: Iterable[Row], *, is_said: bool = True
) -> Element:
    """A table whose rows begin with what they are about; the caption may be for listeners alone."""
    return htpy.div(".scroll", role="region", tabindex="0", aria_label=caption)[
        htpy.table[
            htpy.caption(class_=None if is_said else "unseen")[caption],
            htpy.thead[htpy.tr[(htpy.th(scope="col")[heading] for heading in headings)]],
            htpy.tbody[(_row(row) for row in rows)],
        ]
    ]


def _row(row: Row) -> Element:
    first, *others = row
    return htpy.tr[
        htpy.th(_in_one_line(first), scope="row")[first],
        (htpy.td(_in_one_line(cell))[cell] for cell in others),
    ]


def _in_one_line(words: Node) -> dict[str, str | None]:
    """Short words stay in one line, as "12 of 134" and "Dec 1, 2026"."""
    return {"class": "short" if len(str(words)) <= _SHORT else None}


def figure(
    caption: Caption,
    chart: Markup,
    headings: Sequence[str],
    rows: Iterable[Row],
    *,
    is_open: bool = False,
) -> Element:
    """A chart below the words that say what it shows, and above its numbers, shown or folded."""
    return htpy.figure[
        htpy.figcaption[htpy.h3[caption.title], htpy.p[caption.words]],
        chart,
        htpy.details(open=is_open)[
            htpy.summary["The numbers", htpy.span(".unseen")[f": {caption.title}"]],
            table(caption.title, headings, rows, is_said=False),
        ],
    ]


def facts(named: Iterable[tuple[str, Node]]) -> Element:
    """A list of facts, each with its name."""
    return htpy.dl[((htpy.dt[name], htpy.dd[words]) for name, words in named)]


def command(words: str) -> Element:
    """A command, as it is typed."""
    return htpy.code[words]
