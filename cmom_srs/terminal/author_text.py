"""Author text as it is shown: the Markdown that deck files allow, and words that stand out.

The closed set of deck format rule 5: emphasis, code, lists, tables; no HTML, images or headings,
and links stay as written. Everything else means itself.
"""

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console
from rich.console import ConsoleOptions
from rich.console import RenderResult
from rich.markdown import Markdown
from rich.markdown import TableElement
from rich.segment import Segment
from rich.table import Table

_ALLOWED = ("list", "table", "newline", "escape", "entity", "backticks", "emphasis")
_PARSER = MarkdownIt("zero").enable([*_ALLOWED, "balance_pairs"])

# Marks around words that stand out, from the characters that no script uses. Markdown's own `**`
# would not open beside a letter or a bracket.
_BEGIN, _END = "\ue000", "\ue001"


class _Table(TableElement):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            if isinstance(table, Table):
                table.show_edge = False
            yield table


class _Markdown(Markdown):
    """rich's Markdown without the empty lines around a table and before a list that comes first."""

    elements: ClassVar = {**Markdown.elements, "table_open": _Table}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        parts = super().__rich_console__(console, options)
        return dropwhile(lambda part: part == Segment.line(), parts)


def author_text(text: str, style: str = "none") -> Markdown:
    """The text for the screen; what `stand_out` has marked is bold."""
    shown = _Markdown("", style=style)
    shown.parsed = _PARSER.parse(text)
    for token in shown.parsed:
        if token.children:
            token.children = [part for child in token.children for part in _cut(child)]
    return shown


def stand_out(text: str) -> str:
    """The text marked to be shown bold, whatever stands beside it."""
    return f"{_BEGIN}{text}{_END}"


def _cut(token: Token) -> Iterator[Token]:
    """The token cut at the marks of `stand_out`; in code, which has a style of its own, not."""
    pieces = re.split(f"([{_BEGIN}{_END}])", token.content)
    if token.type != "text":
        yield token.copy(content="".join(pieces[::2]))
        return
    for piece in pieces:
        if piece == _BEGIN:
            yield Token("strong_open", "strong", 1)
        elif piece == _END:
            yield Token("strong_close", "strong", -1)
        elif piece:
            yield token.copy(content=piece)
