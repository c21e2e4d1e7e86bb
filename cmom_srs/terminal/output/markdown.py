"""Author text as it is shown: the Markdown that deck files allow, and words that stand out."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import dropwhile
from typing import ClassVar

from markdown_it.token import Token
from rich.console import Console
from rich.console import ConsoleOptions
from rich.console import RenderResult
from rich.markdown import Markdown
from rich.markdown import TableElement
from rich.segment import Segment
from rich.table import Table

from cmom_srs.study.questions.markup import PARSER

# Marks around words that stand out, from the characters that no script uses. Markdown's own `**`
# would not open beside a letter or a bracket.
_BEGIN, _END = "\ue000", "\ue001"
_BOLD, _NO_LONGER_BOLD = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)


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
    shown.parsed = PARSER.parse(text)
    for token in shown.parsed:
        if token.children:
            token.children = list(_with_emphasis(token.children))
    return shown


def plain_text(text: str) -> str:
    """The words of a text alone, in one line."""
    pieces = (
        child.content or " " for token in PARSER.parse(text) for child in token.children or ()
    )
    return " ".join("".join(pieces).split())


def stand_out(text: str) -> str:
    """The text marked to be shown bold, whatever stands beside it."""
    return f"{_BEGIN}{text}{_END}"


def _with_emphasis(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with the marks of `stand_out` made bold: balanced, whatever the author wrote."""
    is_bold = False
    for token in tokens:
        for piece in _cut(token):
            if piece.content not in {_BEGIN, _END}:
                yield piece
            elif is_bold != (piece.content == _BEGIN):
                is_bold = not is_bold
                yield _BOLD if is_bold else _NO_LONGER_BOLD
    if is_bold:
        yield _NO_LONGER_BOLD


def _cut(token: Token) -> Iterator[Token]:
    """The token cut at the marks; code, which has a style of its own, only loses them."""
    pieces = re.split(f"([{_BEGIN}{_END}])", token.content)
    if token.type == "text":
        yield from (token.copy(content=piece) for piece in pieces if piece)
    else:
        yield token.copy(content="".join(pieces[::2]))
