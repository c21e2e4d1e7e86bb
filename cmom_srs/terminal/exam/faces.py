"""An item's two faces: as it is asked, and explained beside what was chosen."""

from collections.abc import Iterable
from datetime import date

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study import lookups
from cmom_srs.study import wording
from cmom_srs.study.exam.items import Item
from cmom_srs.study.questions.response import Picked
from cmom_srs.terminal.output import faces
from cmom_srs.terminal.prompt.prompt import labels


def asked(item: Item, place: int | None, is_plain: bool) -> RenderableType:
    """The item with the option chosen so far, by its place from 1."""
    question = item.question
    chosen = None if place is None else place - 1
    options = faces.choices([option.text for option in question.options], is_plain, chosen)
    parts = [faces.stem(question, item.words.scenario), options]
    if is_plain and chosen is not None:
        parts.append(Text(f"Your answer: {labels(is_plain)[chosen]}."))
    return Group(*parts)


def explained(
    item: Item,
    place: int | None,
    today: date,
    own_words: tuple[str, str | None],
    is_plain: bool,
) -> RenderableType:
    """The item with every why, the learner's own line with it, and where it is from.

    `own_words` are that line, and the page that the learner has typed for its topic.
    """
    words, (remark, page) = item.words, own_words
    question = item.question
    chosen = frozenset() if place is None else frozenset({place - 1})
    blank = Text(f"Left blank: the answer is {labels(is_plain)[words.right - 1]}.", "wrong")
    manual = lookups.with_page(words.manual, page)
    holding = wording.holding(words.as_of, words.until, today)
    return Group(
        faces.stem(question, words.scenario),
        *([] if place else [blank]),
        faces.picked(Picked(question, chosen), is_plain, has_verdict=place is not None),
        *(Text(line, "quiet") for line in words.solution),
        *([""] if words.solution else []),
        *faces.beside_answer(words.extra, wording.warning(words.until, today), remark),
        faces.origin(words.source, holding, manual, is_plain),
    )


def table(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """What keys or words do."""
    shown = Table.grid(padding=(0, 2, 0, 0))
    for key, does in rows:
        shown.add_row(Text(key, "strong"), does)
    return shown
