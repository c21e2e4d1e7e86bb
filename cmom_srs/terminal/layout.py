"""A card on the screen: header, question, answer, buttons, and the table of keys."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.cells import set_cell_size
from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study import session as sessions
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import Question
from cmom_srs.study.response import Response
from cmom_srs.study.schedule import Rating
from cmom_srs.study.session import Counts
from cmom_srs.study.session import Session
from cmom_srs.terminal import ratings
from cmom_srs.terminal.output import card as faces
from cmom_srs.terminal.output.screen import Screen

MEANINGS = (
    "Again: not recalled. Hard: with effort. Good: recalled. Easy: at once.",
    "Each says when the card comes back.",
)

_WIDE = 80
_NARROWEST_TITLE = 8

_CHOOSING = "a-h"
_CHOOSING_IN_LINES = "1-8 or a-h"

_KEYS = (
    ("Space, Enter", "show the answer, take the suggested rating"),
    ("1 2 3 4", "Again, Hard, Good, Easy"),
    (_CHOOSING, "choose an option, or the next step"),
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


def say(screen: Screen, line: str) -> None:
    """One quiet line: what was done, or why not."""
    screen.show(Text(line, "quiet"))


def show_header(screen: Screen, session: Session, titles: tuple[str, str], elapsed_ms: int) -> None:
    """What is left, the titles of domain and deck, the time of the session."""
    counts = sessions.counts(session)
    screen.show("")
    if screen.is_plain:
        screen.show(plain_header(counts, titles, elapsed_ms))
    else:
        screen.show_across(header(counts, titles, elapsed_ms, screen.width))


def show_question(screen: Screen, card: Card, question: Question) -> None:
    """The question; the mark is set where the answer will begin."""
    screen.show(faces.stem(question, card.note))
    screen.mark()
    screen.show(faces.unanswered(question, screen.is_plain))


def show_answer(screen: Screen, card: Card, response: Response) -> None:
    """The answer in the place of what stood below the question, which stays in view."""
    is_in_view = screen.erase_to_mark()
    if not is_in_view and not screen.is_plain:
        screen.show(faces.stem(response.question, card.note))
    screen.show(faces.answered(response, screen.is_plain))
    screen.show(faces.footer(response.question, card.note, screen.is_plain))


def show_meanings(screen: Screen) -> None:
    """What the four ratings mean, for a first session."""
    screen.show(*(Text(line, "quiet") for line in MEANINGS), "")


def show_buttons(screen: Screen, session: Session, card: CardId, suggested: Rating | None) -> None:
    """The four ratings; the mark is set before them."""
    kind = sessions.kind_of(session, card)
    effects = ratings.effects(session, kind)
    screen.mark()
    if note := ratings.NOT_RESCHEDULED[kind]:
        say(screen, note)
    if screen.is_plain:
        screen.show(plain_buttons(effects))
    else:
        screen.show(buttons(effects, suggested, screen.width))


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
    return f"{list(Rating).index(rating) + 1} {ratings.name_of(rating)}"


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
