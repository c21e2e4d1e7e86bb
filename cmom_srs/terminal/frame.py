"""What stands around a card: the header above it, the buttons below it, the table of keys."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.cells import set_cell_size
from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study.schedule import Rating
from cmom_srs.study.session import Counts
from cmom_srs.terminal.ratings import name_of

MEANINGS = (
    "Again: not recalled. Hard: with effort. Good: recalled. Easy: at once.",
    "Each says when the card comes back.",
)

_WIDE = 80
_NARROWEST_TITLE = 8

_KEYS = (
    ("Space, Enter", "show the answer, take the suggested rating"),
    ("1 2 3 4", "Again, Hard, Good, Easy"),
    ("a-h or 1-8", "choose an option, or the next step"),
    ("Enter", "submit several letters, or a number"),
    ("Backspace", "take a letter back"),
    ("u", "undo the last answer, then the one before"),
    ("v", "edit the note in your editor"),
    ("-", "bury: hide the card until tomorrow"),
    ("!", "suspend: do not ask the card any more"),
    ("o", "I opened the manual for this card"),
    ("i", "info: the card's place, source and past"),
    ("q", "leave: every answer is saved"),
)


def header(counts: Counts, titles: tuple[str, str], elapsed_ms: int, width: int) -> Text:
    """A rule from edge to edge that says what is left, where the card is from, and the time."""
    left = f"── {counts.new} new · {counts.due} due · {counts.again} again ── "
    right = f" {_clock(elapsed_ms)} ──"
    room = width - cell_len(left) - cell_len(right)
    place = _fit(*titles, room - 2)
    return Text(f"{left}{place} {'─' * (room - cell_len(place) - 1)}{right}", "quiet")


def _fit(domain: str, deck: str, room: int) -> str:
    """Domain and deck in so many cells: the domain is shortened first, then the deck."""
    domain_room = max(_NARROWEST_TITLE, room - cell_len(deck) - 3)
    place = f"{_shorten(domain, domain_room)} > {deck}"
    return _shorten(place, room)


def _shorten(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, max(0, room - 3)).rstrip() + "..."[: max(room, 0)]


def plain_header(counts: Counts, titles: tuple[str, str], elapsed_ms: int) -> Text:
    """The same in words, to be read aloud."""
    left = f"{counts.new} new, {counts.due} due, {counts.again} again"
    domain, deck = titles
    return Text(f"{domain}: {deck}. {left}. {_clock(elapsed_ms)}")


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def buttons(effects: Mapping[Rating, str], suggested: Rating | None, width: int) -> Table:
    """The four ratings with what each does; a sign before the one that Space and Enter take.

    Side by side where there is room, else one under the other.
    """
    labels = [_button(rating, rating is suggested) for rating in effects]
    cells = [labels, [Text(f"  {effect}", "quiet") for effect in effects.values()]]
    table = Table.grid()
    for row in cells if width >= _WIDE else zip(*cells, strict=True):
        table.add_row(*row)
    return table


def _button(rating: Rating, is_suggested: bool) -> Text:
    sign, style = (">", "strong") if is_suggested else (" ", "")
    return Text(f"{sign} {_label(rating)}", style)


def _label(rating: Rating) -> str:
    return f"{list(Rating).index(rating) + 1} {name_of(rating)}"


def plain_buttons(effects: Mapping[Rating, str]) -> RenderableType:
    """The four ratings, one a line."""
    labels = ((_label(rating), effect) for rating, effect in effects.items())
    return Group(*(f"{label}: {effect}" if effect else label for label, effect in labels))


def keys_table() -> Table:
    """What every key does; fits 60 columns and 24 lines."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for key, does in _KEYS:
        table.add_row(Text(key, "strong"), does)
    return table
