"""The line above a card: what is left, where the card is from, the time of the session.

And the line above what is no card.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.cells import set_cell_size
from rich.text import Text

from cmom_srs.study.day.session import Counts

_SHORTEST_RULE = 3  # with the blank before it


def header(counts: Counts, titles: tuple[str, str], elapsed_ms: int, width: int) -> Text:
    """A rule from edge to edge; `titles` are those of domain and deck.

    Where there is no room for both, the deck's stands alone; then the counts give way to it.
    """
    domain, deck = titles
    wordings = (
        _left(_in_words(counts), f"{domain} > {deck}"),
        _left(_in_words(counts), deck),
        _left(_without_nothing(counts), deck),
        _left(f"{counts.total} left", deck),
    )
    return ruled(wordings, clock(elapsed_ms), width)


def ruled(wordings: Sequence[str], right: str, width: int) -> Text:
    """A rule with words at both ends: at its left the first wording that has room, or the last cut.

    The words are parted by rules of their own: `a ── b`.
    """
    end = f" {right} ──"
    room = width - cell_len(end) - _SHORTEST_RULE
    left = next((words for words in wordings if cell_len(words) <= room), None)
    if left is None:
        left = _shorten(wordings[-1], room)
    rule = "─" * (width - cell_len(left) - 1 - cell_len(end))
    return Text(f"{left} {rule}{end}", "quiet")


def plain_header(counts: Counts, titles: tuple[str, str], elapsed_ms: int) -> Text:
    """The same in words, to be read aloud."""
    domain, deck = titles
    return Text(f"{domain}: {deck}. {_in_words(counts)}. {clock(elapsed_ms)}")


def rule(head: str, width: int) -> Text:
    """A rule from edge to edge that begins with words; these are cut where there is no room."""
    left, room = f"── {head}", width - _SHORTEST_RULE
    if cell_len(left) > room:
        left = _shorten(left, room)
    return Text(f"{left} {'─' * (width - cell_len(left) - 1)}", "quiet")


def _left(counts: str, place: str) -> str:
    return f"── {counts} ── {place}"


def _in_words(counts: Counts) -> str:
    return f"{counts.new} new, {counts.due} to review, {counts.again} to repeat"


def _without_nothing(counts: Counts) -> str:
    words = ((counts.new, "new"), (counts.due, "to review"), (counts.again, "to repeat"))
    return ", ".join(f"{count} {word}" for count, word in words if count)


def _shorten(text: str, room: int) -> str:
    return set_cell_size(text, max(0, room - 3)).rstrip() + "..."[: max(room, 0)]


def clock(ms: int) -> str:
    """A time as a clock shows it: "3:05", "1:02:07"."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
