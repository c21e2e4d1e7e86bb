"""Empty lines that may go where a page is too long for its screen, in the order they are missed."""

from dataclasses import dataclass

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

TIGHTEST = 5


@dataclass(frozen=True, slots=True)
class EmptyLine:
    """An empty line; it stands as long as the page is less tight than its rank, 1 to TIGHTEST."""

    rank: int

    def __rich__(self) -> Text:
        return Text("")


ABOVE_HEADER = EmptyLine(1)
IN_ANSWER = EmptyLine(2)
BELOW_SCENARIO = EmptyLine(3)
BELOW_QUESTION = EmptyLine(4)
ABOVE_RATINGS = EmptyLine(5)


def tightened(block: RenderableType, tightness: int) -> RenderableType:
    """The block without the gaps that this tightness, 0 for none, does away with."""
    if not isinstance(block, Group):
        return block
    return Group(
        *(
            tightened(part, tightness)
            for part in block.renderables
            if not isinstance(part, EmptyLine) or part.rank > tightness
        )
    )
