"""GIFT, Moodle's own format: text { =right ~wrong #feedback ####general feedback }."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from typing import NamedTuple

from cmom_srs.deckfiles.formats.bank import BankFindings
from cmom_srs.deckfiles.formats.bank import BankOption
from cmom_srs.deckfiles.formats.bank import BankQuestion
from cmom_srs.deckfiles.formats.markup import from_html
from cmom_srs.deckfiles.formats.markup import from_markdown
from cmom_srs.deckfiles.formats.markup import from_plain
from cmom_srs.deckfiles.formats.markup import has_tags
from cmom_srs.deckfiles.grammar.ids import key_like

# An escaped character means itself: it waits as a control character, which no text has by now.
_ESCAPES = {letter: chr(code) for code, letter in enumerate("\\:#={}~n", 1)}
_MEANT = {ord(code): letter for letter, code in _ESCAPES.items()} | {ord(_ESCAPES["n"]): "\n"}
_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_BRACES = re.compile(r"\{([^{}]*+)\}")
_ANSWERS = re.compile(r"\s*(?:[=~#]|(?:T|TRUE|F|FALSE)\s*(?:#|$))")
_SIGNS = re.compile(r"^(?:::[^:\n]++::|[ \t]*+\$CATEGORY:)", re.MULTILINE)


class _Block(NamedTuple):
    """The lines of one question, joined, with its first line's number and its category's tag."""

    line: int
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What stands behind one `=` or `~`; `weight` is in percent."""

    text: str
    weight: float
    feedback: str


class _UnfitError(Exception):
    """A question that a deck has no place for, and what to do instead."""


def is_gift(text: str) -> bool:
    """Whether a text has answers in braces, or a title or category as GIFT writes them."""
    plain = _ESCAPED.sub("", text)
    braces = _BRACES.finditer(plain)
    return any(_ANSWERS.match(found[1]) for found in braces) or _SIGNS.search(plain) is not None


def read(text: str, findings: BankFindings) -> Iterator[BankQuestion]:
    """The questions; those that decks have no kind of note for are found to be left out."""
    for block in _blocks(text):
        try:
            yield _Reader(block, findings).read()
        except _UnfitError as error:
            message, hint = error.args
            findings.left_out(block.line, message, hint)


def _blocks(text: str) -> Iterator[_Block]:
    """What stands between empty lines, without comments."""
    lines: list[str] = []
    start = 0
    tags: tuple[str, ...] = ()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if category := _CATEGORY.match(line):
            name = key_like(category[1].strip().rsplit("/", maxsplit=1)[-1])
            tags = (name,) if name and name != "course" else ()
        elif line.strip() and not line.lstrip().startswith("//"):
            start = start or number
            lines.append(line)
        elif not line.strip() and lines:
            yield _Block(start, "\n".join(lines), tags)
            lines, start = [], 0
    # The empty line behind the last one has closed the last block.


class _Reader:
    """Reads one question, whose texts have the format that its own text names."""

    def __init__(self, block: _Block, findings: BankFindings) -> None:
        self._block = block
        self._findings = findings
        self._format = "moodle"

    def read(self) -> BankQuestion:
        """The question. Raises _UnfitError."""
        text = _ESCAPED.sub(lambda found: _ESCAPES[found[1]], self._block.text).strip()
        name, text = _cut_name(text)
        before, answers, behind = _cut_answers(text)
        gap = "_____" if behind.strip() else ""
        if found := _FORMAT.match(before):
            self._format = found[1]
            before = before[found.end() :]
        question = BankQuestion(
            self._block.line,
            self._text(f"{before.rstrip() if not gap else before}{gap}{behind}"),
            comment=from_plain(name.translate(_MEANT)),
            tags=self._block.tags,
        )
        if not question.question:
            raise _UnfitError("this question has no text", "write it before the `{`")
        answers, _, general = answers.rpartition("####") if "####" in answers else (answers, "", "")
        return self._with_answers(replace(question, extra=self._text(general)), answers.strip())

    def _with_answers(self, question: BankQuestion, answers: str) -> BankQuestion:
        truth = answers.partition("#")[0].strip()
        if not answers:
            raise _UnfitError("an essay has no answer to compare with", "write the answer yourself")
        if answers.startswith("#"):
            message = "a question for a number is no kind of note"
            raise _UnfitError(message, "make a calculation note of it, or a basic one")
        if "~" in answers:
            return self._choice(question, answers)
        if "->" in answers and "=" in answers:
            message = "pairs to be matched are no kind of note"
            raise _UnfitError(message, "make a basic note of each pair")
        if truth in _TRUTHS:
            return self._truth(question, answers, is_true=_TRUTHS[truth])
        return self._short_answer(question, answers)

    def _choice(self, question: BankQuestion, answers: str) -> BankQuestion:
        found = list(_cut(answers.replace("=", "~="), "~"))
        options = [self._answer(answer.removeprefix("="), answer[:1] == "=") for answer in found]
        has_one_right = "=" in answers
        for option in options:
            if has_one_right and 0 < option.weight < 100:
                self._changed(f"`{option.text}` got part of the credit, and is wrong here")
        right = 100 if has_one_right else 0.001
        return replace(
            question,
            options=tuple(
                BankOption(option.text, option.weight >= right, option.feedback)
                for option in options
            ),
        )

    def _truth(self, question: BankQuestion, answers: str, *, is_true: bool) -> BankQuestion:
        _, wrong, right = [*answers.split("#", 2), "", ""][:3]
        whys = {is_true: self._text(right), not is_true: self._text(wrong)}
        options = [
            BankOption("True" if truth else "False", truth == is_true, whys[truth])
            for truth in (True, False)
        ]
        return replace(question, options=tuple(options))

    def _short_answer(self, question: BankQuestion, answers: str) -> BankQuestion:
        found = [self._answer(answer, is_right=True) for answer in _cut(answers, "=")]
        right = [answer for answer in found if answer.weight == 100]
        if not right:
            raise _UnfitError("none of the answers is right", "write one behind `=`")
        for answer in found:
            if answer.weight != 100:
                self._changed(f"the answer `{answer.text}` had {answer.weight:g} % of the credit")
        also = "; ".join(answer.text for answer in right[1:])
        extras = [question.extra, f"Also right: {also}" if also else ""]
        extras += [answer.feedback for answer in right]
        return replace(
            question,
            answer=right[0].text,
            extra="\n\n".join(dict.fromkeys(extra for extra in extras if extra)),
        )

    def _answer(self, written: str, is_right: bool) -> _Answer:
        weight = 100.0 if is_right else 0.0
        if found := _WEIGHT.match(written.strip()):
            weight = float(found[1])
            written = written.strip()[found.end() :]
        text, _, feedback = written.partition("#")
        return _Answer(self._text(text), weight, self._text(feedback))

    def _changed(self, message: str) -> None:
        self._findings.changed(self._block.line, message, "notes know right and wrong alone")

    def _text(self, written: str) -> str:
        """A text of the question as Markdown."""
        own = _FORMAT.match(written)
        kind = own[1] if own else self._format
        text = (written[own.end() :] if own else written).strip()
        if kind == "html" or (kind == "moodle" and has_tags(text)):
            # The line ends of the file are blanks, those that were escaped are not.
            markdown, lost = from_html(text.translate(_MEANT))
        elif kind == "markdown":
            markdown, lost = from_markdown(text.translate(_MEANT))
        else:
            markdown, lost = from_plain(text.replace("\n", " ").translate(_MEANT)), ()
        self._findings.lost(self._block.line, lost)
        return markdown


def _cut_name(text: str) -> tuple[str, str]:
    name, colons, rest = text.removeprefix("::").partition("::")
    return (name, rest.strip()) if text.startswith("::") and colons else ("", text)


def _cut_answers(text: str) -> tuple[str, str, str]:
    """What stands before the braces, within and behind. Raises _UnfitError."""
    before, opening, rest = text.partition("{")
    answers, closing, behind = rest.partition("}")
    if not opening and "}" not in before:
        raise _UnfitError("this is a description, not a question", "add it to `Scenario:` by hand")
    if not opening or not closing or "}" in before:
        message = "a brace is missing: `{` before the answers, `}` behind them"
        raise _UnfitError(message, "a question has no empty line within; write a brace as `\\{`")
    if "{" in answers + behind or "}" in behind:
        message = "there are two pairs of braces here"
        raise _UnfitError(message, "write a brace of the text as `\\{`")
    return before, answers, behind


def _cut(answers: str, mark: str) -> Iterator[str]:
    """The stretches between the marks, without blanks around them; none of blanks alone."""
    yield from (one.strip() for one in answers.split(mark) if one.strip())
