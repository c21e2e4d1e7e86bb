"""What stands on the screen for a card: its two faces, the ratings, and the table of keys."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating
from cmom_srs.study.wording import name_of
from cmom_srs.terminal import ratings
from cmom_srs.terminal.output.screen import Screen

MEANINGS = Group(
    Text("Again: not recalled. Hard: with effort. Good: recalled. Easy: at once.", "quiet"),
    Text("Each says when the card comes back.", "quiet"),
    "",
)

_CHOOSING = "a-h"
_CHOOSING_IN_LINES = "1-8 or a-h"

_KEYS = (
    ("Space, Enter", "show the answer, take the suggested rating"),
    ("1 2 3 4", "Again, Hard, Good, Easy"),
    (_CHOOSING, "choose an option, or the next step"),
    ("Enter", "submit several letters, or a number"),
    ("Backspace", "take a letter back"),
    ("u", "undo the last answer, then the one before"),
    ("w", "why the other options are wrong, where folded"),
    ("n", "a line of your own, shown after the answer"),
    ("v", "edit the note in your editor"),
    ("-", "bury: hide the card until tomorrow"),
    ("!", "suspend: do not ask the card any more"),
    ("o", "I opened the manual for this card"),
    ("i", "info: the card's place, source and past"),
    ("q", "leave: every answer is saved"),
)


def rating_block(
    screen: Screen, session: Session, card: CardId, suggested: Rating | None
) -> RenderableType:
    """The four ratings, and why none of them changes the schedule if that is so."""
    kind = sessions.kind_of(session, card)
    effects = ratings.effects(session, card)
    if screen.is_plain:
        shown = plain_buttons(effects)
    else:
        shown = buttons(effects, suggested, screen.text_width)
    note = ratings.NOT_RESCHEDULED[kind]
    return Group(Text(note, "quiet"), shown) if note else shown


def buttons(effects: Mapping[Rating, str], suggested: Rating | None, width: int) -> RenderableType:
    """The four ratings with what each does; a sign before the one that Space and Enter take.

    In one row, each above what it does, where there is room; else in two rows, else one a line.
    """
    labels = [_button(rating, rating is suggested) for rating in effects]
    does = [Text(f"  {effect}", "quiet") for effect in effects.values()]
    beside = [
        Text.assemble(label, (f": {effect}" if effect else "", "quiet"))
        for label, effect in zip(labels, effects.values(), strict=True)
    ]
    tables = (_grid([labels, does]), _grid([beside[:2], beside[2:]]))
    fitting = (table for table in tables if _needed(table) <= width)
    return next(fitting, None) or Group(*beside)


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


def plain_buttons(effects: Mapping[Rating, str]) -> RenderableType:
    """The four ratings, one a line."""
    labels = ((_label(rating), effect) for rating, effect in effects.items())
    return Group(*(f"{label}: {effect}" if effect else label for label, effect in labels))


def keys_table(is_plain: bool) -> Table:
    """What every key does; fits 60 columns and 24 lines."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for key, does in _KEYS:
        shown = _CHOOSING_IN_LINES if is_plain and key == _CHOOSING else key
        table.add_row(Text(shown, "strong"), does)
    return table
