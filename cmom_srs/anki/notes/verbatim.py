"""An author's words as they are written, where Anki would take them for markup of its own."""

import re
from html import escape

# What Anki acts on wherever it stands in a field: sounds and speech, LaTeX, boxes to type in,
# fields and gaps, MathJax, and gaps that are shapes on a picture.
_MARKUP = re.compile(
    r"""
    (?P<bracket>\[)(?=/?(?:sound:|anki:|latex\]|\$\$?\])|\[?type:)
    | (?P<braces>\{\{+|\}\}+)
    | (?P<backslash>\\)(?=[()\[\]])
    | (?P<image>image-)(?=occlusion:)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def verbatim(html: str) -> str:
    """HTML made of an author's text, changed only where it would be more than text in Anki.

    A learner reads the same. It is for text between elements, not for attributes.
    """
    return _MARKUP.sub(_as_text, html)


def verbatim_attribute(text: str) -> str:
    """Plain text as the value of an attribute, with nothing in it that Anki acts on."""
    return "".join(_ENTITIES.get(each, each) for each in escape(text))


def _as_text(found: re.Match[str]) -> str:
    if found["backslash"]:
        # MathJax looks for `\(` in what a browser shows, but not across elements.
        return "&#92;<span></span>"
    if found["image"]:
        return found[0].replace("-", "&#45;")
    return "".join(_ENTITIES[each] for each in found[0])


_ENTITIES = {each: f"&#{ord(each)};" for each in "[{}\\"}
