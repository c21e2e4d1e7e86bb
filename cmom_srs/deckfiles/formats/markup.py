"""Texts of other programs as Markdown of decks that shows them as they were."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from unicodedata import combining
from unicodedata import normalize

from markdown_it.token import Token

from cmom_srs.deckfiles.grammar.line_kinds import LABELS
from cmom_srs.deckfiles.grammar.line_kinds import closest_label
from cmom_srs.deckfiles.grammar.lines import MOST_MARKS
from cmom_srs.study.questions.markup import PARSER

_SPECIAL = re.compile(r"[\\`*_|]|&(?=#?[A-Za-z0-9]+;)")
_LIST = re.compile(r"^([-+])(?=\s|$)|^([0-9]{1,9})([.)])(?=\s|$)", re.MULTILINE)
_HEADING = re.compile(r"^(?=##?(?: |$))", re.MULTILINE)
_BOX = re.compile(r"^((?:\\?- )?)(?=\[[xX ]\] )", re.MULTILINE)
# Behind the first line of a text, what seems to be a label would be taken for one.
_LABEL = re.compile(rf"(?<=\n)([A-Za-z]{{2,8}}|{'|'.join(LABELS)})( ?):")
_WHY = re.compile(r"(?<=\n)W(?=hy )")

_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)"
    r"((?:\s++[a-zA-Z-]++=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++))*+)\s*+/?>"
)
_BREAKS = frozenset(("br",))
_PARAGRAPHS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "table", "ul", "ol")
)
_LINES = frozenset(("li", "tr"))
# What stands for the beginnings and ends of bold and slanted words while text is put together.
_BOLD, _SLANTED = "\x0e", "\x0f"
_STRONG = {"b": _BOLD, "strong": _BOLD, "i": _SLANTED, "em": _SLANTED}
_PASSED = frozenset(
    (
        *("span", "font", "u", "small", "big", "mark", "ins", "a", "center", "tbody", "thead"),
        *("section", "article", "label", "abbr", "cite", "q", "o", "wbr"),
    )
)
_LOST = {
    **dict.fromkeys(("sub", "sup"), "a raised or lowered text"),
    **dict.fromkeys(("s", "del", "strike"), "a text struck out"),
    **dict.fromkeys(("td", "th"), "a table"),
    **dict.fromkeys(("img", "svg", "canvas", "picture"), "an image"),
    **dict.fromkeys(("audio", "video", "source", "object", "embed", "iframe"), "sound or video"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "letters of a typewriter"),
    **dict.fromkeys(("script", "style"), "a script or style"),
    **dict.fromkeys(("input", "button", "select", "textarea", "form"), "a form"),
}
_KNOWN = _BREAKS | _PARAGRAPHS | _LINES | _STRONG.keys() | _PASSED | _LOST.keys()
_MARKS = {_BOLD: "**", _SLANTED: "*"}
_SOUND = re.compile(r"\[sound:[^\]\n]*+\]")
_FORMULA = re.compile(r"\[latex\]|\[\$\$?\]|\\\(|\\\[|<anki-mathjax")
_FORMATTED = re.compile(
    r"<(?:br|div|p|b|i|u|strong|em|span|ul|ol|li|img)\b[^<>]*+>|&(?:nbsp|lt|gt|amp);"
)

# The end of a line's block, and of a paragraph, until it is known what stands around it.
_BLOCK, _PARAGRAPH = "\x1e", "\x1d"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def plain(text: str) -> str:
    """The text as words in lines: blanks collapsed, single empty lines between paragraphs."""
    lines = [" ".join(line.split()) for line in _sound_letters(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _sound_letters(text: str) -> str:
    """The text in NFC; letters that are none, and heaps of accents, are taken out."""
    text = _CONTROL.sub(" ", text.encode("utf-8", errors="replace").decode("utf-8"))
    marks, kept = 0, []
    for letter in text:
        marks = marks + 1 if combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return normalize("NFC", "".join(kept))


def from_plain(text: str) -> str:
    """Markdown that shows a plain text as it is, a new line where it has one."""
    text = plain(text)
    broken = _with_breaks(text)
    return guarded(broken if shown(broken) == text else _with_breaks(_escape(text)))


def _with_breaks(text: str) -> str:
    """Line ends as Markdown's hard breaks; paragraphs stay."""
    return text.replace("\n", "\\\n").replace("\\\n\\\n", "\n\n")


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(lambda mark: f"\\{mark[0]}", text)
    return _LIST.sub(lambda mark: f"\\{mark[1]}" if mark[1] else f"{mark[2]}\\{mark[3]}", escaped)


def guarded(text: str) -> str:
    """The Markdown so written that none of its lines is taken for one of a deck's grammar."""
    text = _HEADING.sub(r"\\", text)
    text = _BOX.sub(lambda box: f"{box[1]}\\", text)
    text = _LABEL.sub(_guarded_label, text)
    return _WHY.sub("&#87;", text).replace("![", "!\\[")


def _guarded_label(found: re.Match[str]) -> str:
    is_label = found[1] in LABELS or closest_label(found[1]) == "Why"
    return f"{found[1]}{found[2]}\\:" if is_label else found[0]


def shown(text: str) -> str | None:
    """The words that a Markdown text shows, in lines; None if it shows more than words."""
    paragraphs = []
    for token in PARSER.parse(text):
        if token.type == "inline":
            words = [_words(one) for one in token.children or ()]
            if None in words:
                return None
            paragraphs.append("".join(word for word in words if word))
        elif token.type not in ("paragraph_open", "paragraph_close"):
            return None
    return "\n\n".join(paragraphs)


def _words(token: Token) -> str | None:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type in ("strong_open", "strong_close", "em_open", "em_close"):
        return ""
    return token.content if token.type in ("text", "text_special") else None


def has_tags(text: str) -> bool:
    """Whether a text seems to be HTML."""
    return _FORMATTED.search(text) is not None


def from_html(text: str) -> tuple[str, tuple[str, ...]]:
    """Markdown that shows the words of an HTML text, bold and slanted as they were.

    Also what is lost: images, sound, the look of formulas and tables.
    """
    lost: dict[str, None] = {}
    pieces = list(_pieces(_without_comments(text), lost))
    words = plain(_laid_out("".join(piece for piece in pieces if piece not in _MARKS)))
    marked = plain(_laid_out("".join(_with_marks(pieces))))
    markdown = _with_breaks(marked)
    if _MARKS.keys().isdisjoint(pieces) or shown(markdown) != words:
        return from_plain(words), tuple(lost)
    return guarded(markdown), tuple(lost)


def from_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """Markdown of another program, its headings and images as words; also what is lost."""
    lines = [line.rstrip() for line in _sound_letters(text).split("\n")]
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return guarded(tidy), ("an image",) * ("![" in tidy)


def _without_comments(text: str) -> str:
    start = 0
    kept = []
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[start:begin])
        start = end + len("-->")
    return "".join([*kept, text[start:]])


def _pieces(text: str, lost: dict[str, None]) -> Iterator[str]:
    """Words with their line ends, and a mark at the beginning and end of what stands out."""
    text, sounds = _SOUND.subn("", text)
    if sounds:
        lost["sound or video"] = None
    if _FORMULA.search(text):
        lost["the look of a formula"] = None
    hidden, end, numbers = "", 0, [0]
    for tag in _TAG.finditer(text):
        name = (tag[2] or "").lower()
        if name and name not in _KNOWN:
            continue
        if not hidden:
            yield _unescape(text[end : tag.start()])
        end = tag.end()
        if name in ("script", "style"):
            hidden = "" if tag[1] else name
        if name in _LOST:
            lost[_LOST[name]] = None
        if not hidden:
            yield from _tag_pieces(name, bool(tag[1]), tag[3] or "", numbers)
    if not hidden:
        yield _unescape(text[end:])


def _tag_pieces(name: str, is_end: bool, attributes: str, numbers: list[int]) -> Iterator[str]:
    """What a tag adds to the words; `numbers` counts the items of the lists that are open."""
    if name == "br":
        yield "\n"
    elif name in _PARAGRAPHS:
        if name in ("ul", "ol"):
            numbers[:] = [int(name == "ol" and not is_end)]
        yield _PARAGRAPH if name in ("p", "table", "hr", "ul", "ol") else _BLOCK
    elif name == "li" and not is_end:
        yield _BLOCK + (f"{numbers[0]}. " if numbers[0] else "\u2022 ")
        numbers[0] += bool(numbers[0])
    elif name == "tr" and not is_end:
        yield _BLOCK
    elif name in ("td", "th") and is_end:
        yield " | "
    elif name in _STRONG:
        yield _STRONG[name]
    elif name == "a" and not is_end:
        yield _link(attributes)


def _laid_out(text: str) -> str:
    """The text with line ends for the ends of blocks, as many as a browser shows."""
    text = re.sub(f" *([{_BLOCK}{_PARAGRAPH}]) *", r"\1", text)
    text = re.sub(
        f"[{_BLOCK}{_PARAGRAPH}]*+(?<={_PARAGRAPH})[{_BLOCK}{_PARAGRAPH}]*+", "\n\n", text
    )
    text = re.sub(f"{_BLOCK}++", _BLOCK, text).replace(f"{_BLOCK}\n{_BLOCK}", "\n\n")
    return text.replace(f"\n{_BLOCK}", "\n").replace(_BLOCK, "\n")


def _link(attributes: str) -> str:
    found = re.search(r"href=[\"']?(https?://[^\s\"'<>]+)", attributes)
    return f"({html.unescape(found[1])}) " if found else ""


def _unescape(text: str) -> str:
    """The words of a stretch without tags; its own line ends are blanks in HTML."""
    return html.unescape(text.replace("\n", " ")).replace("\u00a0", " ")


def _with_marks(pieces: list[str]) -> Iterator[str]:
    """The pieces with their words escaped, and each mark close to the words that it is for."""
    to_come = Counter(piece for piece in pieces if piece in _MARKS)
    is_open: Counter[str] = Counter()
    for piece in pieces:
        if piece not in _MARKS:
            yield _escape(piece)
            continue
        to_come[piece] -= 1
        if is_open[piece] or to_come[piece]:
            is_open[piece] = not is_open[piece]
            yield _MARKS[piece]
