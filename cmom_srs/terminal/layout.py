"""What stands below a card's answer, and aside: the four ratings, and the table of keys."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.schedule import Rating
from cmom_srs.study.wording import name_of
from cmom_srs.terminal import ratings
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.turn import Turn

_MEANINGS = {
    Rating.AGAIN: "not recalled",
    Rating.HARD: "with effort",
    Rating.GOOD: "recalled",
    Rating.EASY: "at once",
}
_DAYS = Text("Days until the card comes back, then after each Good.", "quiet")

_CHOOSING = "a-h"
_CHOOSING_IN_LINES = "1-8 or a-h"

_KEYS = (
    ("Space, Enter", "show the answer, take the suggested rating"),
    ("1 2 3 4", "Again, Hard, Good, Easy"),
    (_CHOOSING, "choose an option, or the next step"),
    ("Enter", "submit several letters, or a number"),
    ("Backspace", "take a letter back"),
    ("u", "undo the choice, then the last answer"),
    ("w", "why the folded options are wrong"),
    ("n", "a line of your own, shown after the answer"),
    ("v", "edit the note in your editor"),
    ("-", "bury: hide the card until tomorrow"),
    ("!", "suspend: do not ask the card any more"),
    ("o", "I opened the manual for this card"),
    ("i", "info: the card's place, source and past"),
    ("q", "leave: every answer is saved"),
)


def rating_block(screen: Screen, session: Session, turn: Turn) -> RenderableType:
    """The four ratings; why none of them changes the schedule, if so; what they mean, at first."""
    effects = ratings.effects(session, turn.card)
    meanings = _MEANINGS if turn.explains_ratings else {}
    if screen.is_plain:
        shown = plain_buttons(effects, meanings)
    else:
        shown = buttons(effects, meanings, turn.suggested(), screen.text_width)
    note = ratings.NOT_RESCHEDULED[sessions.kind_of(session, turn.card)]
    if note:
        return Group(Text(note, "quiet"), shown)
    return Group(shown, _DAYS) if meanings else shown


def buttons(
    effects: Mapping[Rating, str],
    meanings: Mapping[Rating, str],
    suggested: Rating | None,
    width: int,
) -> RenderableType:
    """The four ratings with what each means and does; a sign before the one that Space takes.

    In one row, each above the rest, where there is room; else in two rows, else one a line.
    """
    labels = [_button(rating, rating is suggested) for rating in effects]
    does = [Text(f"  {effect}", "quiet") for effect in effects.values()]
    means = [Text(f"  {meaning}", "quiet") for meaning in meanings.values()]
    beside = [
        Text.assemble(label, (f": {effect}" if effect else "", "quiet"))
        for label, effect in zip(labels, effects.values(), strict=True)
    ]
    one_row = _grid([labels, *([means] if means else []), does])
    if _needed(one_row) <= width:
        return one_row
    two_rows = _grid([beside[:2], beside[2:]])
    shown = two_rows if _needed(two_rows) <= width else Group(*beside)
    return Group(_in_a_sentence(meanings), shown) if meanings else shown


def _in_a_sentence(meanings: Mapping[Rating, str]) -> Text:
    said = (f"{name_of(rating)}: {meaning}." for rating, meaning in meanings.items())
    return Text(" ".join(said), "quiet")


def _grid(rows: list[list[Text]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    return table


def _needed(table: Table) -> int:
    """The columns it takes to leave every cell whole."""
    widest = [max(cell_len(str(cell)) for cell in column.cells) for column in table.columns]
    return sum(widest) + 2 * (len(widest) - 1)


def _button(rating: Rating, is_suggested: bool) -> Text:
    sign, style = (">", "strong") if is_suggested else (" ", "")
    return Text(f"{sign} {_label(rating)}", style)


def _label(rating: Rating) -> str:
    return f"{list(Rating).index(rating) + 1} {name_of(rating)}"


def plain_buttons(effects: Mapping[Rating, str], meanings: Mapping[Rating, str]) -> RenderableType:
    """The four ratings, one a line, below what they mean."""
    labels = ((_label(rating), effect) for rating, effect in effects.items())
    lines = (f"{label}: {effect}" if effect else label for label, effect in labels)
    return Group(*([_in_a_sentence(meanings)] if meanings else []), *lines)


def keys_table(is_plain: bool) -> Table:
    """What every key does; fits 60 columns and 24 lines."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for key, does in _KEYS:
        shown = _CHOOSING_IN_LINES if is_plain and key == _CHOOSING else key
        table.add_row(Text(shown, "strong"), does)
    return table
