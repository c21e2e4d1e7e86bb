"""Charts as SVG inside a page: pygal draws them, the page's stylesheet colors them."""

from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from typing import Any
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pygal.config import Config
from pygal.graph.base import BaseGraph
from pygal.graph.horizontalbar import HorizontalBar
from pygal.graph.line import Line
from pygal.graph.stackedbar import StackedBar
from pygal.style import Style

from cmom_srs.study.tally import Tally

_WIDTH = 520  # as wide as a phone shows without its text becoming too small to read
_HEIGHT = 280
_ROW_HEIGHT = 36  # of a bar that lies
_MOST_LABELS = 7
_FONT_SIZE = 14
_UNSEEN = {"defs", "desc", "tooltip-overlay"}  # pygal's own styles and scripts, texts for these


class Caption(NamedTuple):
    """How those who do not see a chart know it: an id of its own, its title, what it shows."""

    id: str
    title: str
    words: str


def shares(caption: Caption, tallies: Mapping[str, Tally]) -> Markup:
    """A lying bar for each name: the share right in percent, and how far chance may move it."""
    upwards = list(tallies.items())[::-1]
    chart = HorizontalBar(_lying(len(tallies), range=(0, 100)))
    chart.x_labels = [name for name, _ in upwards]
    chart.value_formatter = _percent
    chart.add("right", [_share(tally) for _, tally in upwards])
    return _drawn(chart, caption)


def counts(caption: Caption, numbers: Mapping[str, int]) -> Markup:
    """A lying bar for each name, its number beside the name."""
    upwards = list(numbers.items())[::-1]
    chart = HorizontalBar(_lying(len(numbers)))
    chart.x_labels = [f"{name}: {number}" for name, number in upwards]
    chart.value_formatter = _whole
    chart.add("cards", [number for _, number in upwards])
    return _drawn(chart, caption)


def stacks(caption: Caption, labels: Sequence[str], parts: Mapping[str, Sequence[float]]) -> Markup:
    """A column for each label, of the parts one above the other; not each label is written."""
    parts = {name: values for name, values in parts.items() if any(values)} or parts
    chart = StackedBar(_config(show_legend=len(parts) > 1))
    chart.x_labels = labels
    chart.x_labels_major_every = -(-len(labels) // _MOST_LABELS)
    chart.show_minor_x_labels = False
    chart.value_formatter = _whole
    for name, values in parts.items():
        chart.add(name, list(values))
    return _drawn(chart, caption)


def scores(
    caption: Caption, labels: Sequence[str], tallies: Sequence[Tally], marks: Sequence[int]
) -> Markup:
    """A dot with its interval for each score in percent, and the pass marks as a line."""
    chart = Line(_config(show_legend=True, range=(0, 100), include_x_axis=True))
    chart.x_labels = labels
    chart.x_labels_major_every = -(-len(labels) // _MOST_LABELS)
    chart.show_minor_x_labels = False
    chart.value_formatter = _percent
    chart.add("score, with its 90% interval", [_share(tally) for tally in tallies], stroke=False)
    chart.add("pass mark", list(marks), show_dots=False)
    return _drawn(chart, caption)


def _lying(rows: int, **options: Any) -> Config:
    return _config(rows * _ROW_HEIGHT + 50, margin_right=24, **options)


def _config(height: int = _HEIGHT, **options: Any) -> Config:
    """No script, no style, no address of pygal's own."""
    fonts = dict.fromkeys(("label", "major_label", "value", "legend"), _FONT_SIZE)
    style = Style(**{f"{name}_font_size": size for name, size in fonts.items()})
    common: dict[str, Any] = {
        "width": _WIDTH,
        "height": height,
        "margin": 6,
        "css": (),
        "js": (),
        "style": style,
        "no_prefix": True,
        "disable_xml_declaration": True,
        "show_legend": False,
        "legend_at_bottom": True,
        "legend_box_size": 12,
        "truncate_label": -1,
        "truncate_legend": -1,
        "max_scale": 6,
    }
    return Config(**common | options)


def _share(tally: Tally) -> dict[str, Any] | None:
    if tally.interval is None:
        return None
    low, high = tally.interval
    return {"value": tally.percent, "ci": {"low": low, "high": high}}


def _percent(value: float) -> str:
    return f"{value:.0f}%"


def _whole(value: float) -> str:
    return f"{value:g}"


def _drawn(chart: BaseGraph, caption: Caption) -> Markup:
    chart.add_xml_filter(partial(_bare, caption))
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - made by ElementTree, which escapes


def _bare(caption: Caption, svg: Element) -> Element:
    """The chart without what is there for scripts, and with a title and a description."""
    _take_out(svg)
    names = f"{caption.id}-title", f"{caption.id}-words"
    for group in svg.iter():
        group.attrib.pop("id", None)  # of a legend, and the same in every chart
    for place, (tag, name, text) in enumerate(
        zip(("title", "desc"), names, (caption.title, caption.words), strict=True)
    ):
        said = Element(tag, id=name)
        said.text = text
        svg.insert(place, said)
    svg.attrib |= {"role": "img", "aria-labelledby": " ".join(names)}
    return svg


def _take_out(parent: Element) -> None:
    for child in list(parent):
        if callable(child.tag) or _is_unseen(child):  # a comment's tag is a function
            parent.remove(child)
        else:
            _take_out(child)


def _is_unseen(child: Element) -> bool:
    name = child.tag.rpartition("}")[2]
    return name in {"title", *_UNSEEN} or child.get("class") in _UNSEEN
