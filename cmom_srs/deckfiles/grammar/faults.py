"""What can be wrong with how a line stands in a deck file, in the author's words."""

from typing import NamedTuple

from cmom_srs.deckfiles.grammar.lines import PlaceInFile


class Fault(NamedTuple):
    """What is wrong, without its place."""

    code: str
    message: str
    hint: str


MISSING_TITLE = Fault(
    "missing-title",
    "the first line of a deck file is `# ` and the deck's title",
    "write `# Title of the deck` above everything else",
)
SECOND_TITLE = Fault(
    "second-title",
    "a deck file has one `# ` line, its first",
    "a note's heading begins with `## `; text is indented",
)
BAD_TITLE = Fault("bad-heading", "a blank is missing after `#`", "write `# ` and the deck's title")
BAD_HEADING = Fault("bad-heading", "this is not how a note begins", "write `## ` and the note's id")
HEADING_IN_TEXT = Fault(
    "heading-in-text",
    "a text's line may not begin with `#`",
    "begin the line with another word; a heading stands at the left margin",
)
NO_HEADING = Fault(
    "missing-heading",
    "a note begins here without a heading",
    "write `## ` and the note's id above it",
)
STRAY_TEXT = Fault(
    "stray-text",
    "a text at the left margin has no label",
    "indent the line to continue the text above it",
)
STRAY_LIST = Fault(
    "stray-text",
    "a list at the left margin belongs to nothing",
    "indent a list inside a text; an option begins with `- [ ] `",
)
UNLABELED = Fault(
    "stray-text",
    "a text below a heading has no label",
    "write a label such as `Question: ` before it, at the left margin",
)
NOT_UNDER_GIVEN = Fault(
    "not-under-given",
    "a given number stands below `Given:`",
    "write `Given:` in the line above it",
)
INDENTED_GIVEN = Fault(
    "indented-given",
    "the given numbers do not stand at the left margin",
    "write each in a line of its own below `Given:`, as `- name: range`",
)
INDENTED_OPTION = Fault("indented-option", "an option is indented", "move it to the left margin")
INDENTED_STEP = Fault("indented-step", "a step is indented", "move it to the left margin")
BAD_OPTION = Fault(
    "bad-option",
    "this is not how an option begins",
    "write `- [ ] ` before a wrong option and `- [x] ` before the right one",
)
NO_BOX = BAD_OPTION._replace(message="this option has no box")
BAD_STEP = Fault("bad-step", "this is not how a step begins", "write `1. ` and the step's text")
MISPLACED_WHY = Fault(
    "misplaced-why",
    "`Why:` belongs under an option or a `Wrong:`",
    "move it there, or use `Extra:`",
)
WHY_TWICE = Fault("label-twice", "there is a `Why:` here already", "make one text of the two")
WHY_BLANK = Fault(
    "missing-blank", "a blank is missing after `Why:`", "write `Why: `, then the text"
)
WHY_AT_MARGIN = Fault("unindented-why", "`Why:` is not indented", "indent it by two blanks")
TOO_MANY_NOTES = Fault(
    "too-many-notes",
    "a deck file has at most 10,000 notes",
    "make several decks of it; what follows was not read",
)
LATE_SCENARIO = Fault(
    "late-scenario", "`Scenario:` comes after `Question:`", "move it above `Question:`"
)


def twice(label: str, first: PlaceInFile) -> Fault:
    """A label that is there already."""
    message = f"`{label}:` is in line {first.line} already"
    return Fault("label-twice", message, "keep one of the two")
