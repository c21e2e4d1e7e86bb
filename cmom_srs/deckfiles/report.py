"""Problems as text: place, message, the line with a caret below, and what to do."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence

from rich.cells import cell_len

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.read import Decks
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity

_SHOWN_WHOLE = 500
_SHOWN_BEFORE = 60


def render(problems: Sequence[Problem], decks: Decks, prefix: str = "") -> str:
    """All problems in the manner of a compiler, and a last line that counts them.

    `prefix` is put before each path, `decks/` for example, so that it can be opened from where
    the learner stands.
    """
    sources = {file.path: file.text.split("\n") for file in decks.files}
    sources[BLUEPRINT_NAME] = decks.blueprint_text.split("\n")
    blocks = [
        "\n".join(_render(problem, sources.get(problem.path, []), prefix)) for problem in problems
    ]
    return "\n\n".join([*blocks, _count(problems, decks)])


def _render(problem: Problem, source: Sequence[str], prefix: str) -> Iterator[str]:
    place = f"{prefix}{problem.path}:{problem.line}:{problem.column}"
    yield f"{place}: {problem.severity}[{problem.code}]: {problem.message}"
    if line := "".join(source[problem.line - 1 : problem.line]):
        before, line = _around(line, problem.column - 1)
        number = f"{problem.line:5}"
        yield f"{number} | {line}"
        yield f"{' ' * len(number)} | {' ' * cell_len(before)}^"
    if problem.hint:
        yield f"  help: {problem.hint}"


def _around(line: str, offset: int) -> tuple[str, str]:
    """What of a long line is shown: the text before the offset, and with what is behind it."""
    begin = max(0, offset - _SHOWN_BEFORE) if len(line) > _SHOWN_WHOLE else 0
    end = begin + _SHOWN_WHOLE
    left, right = "..." * (begin > 0), "..." * (end < len(line))
    return left + line[begin:offset], left + line[begin:end] + right


def _count(problems: Sequence[Problem], decks: Decks) -> str:
    found = Counter(problem.severity for problem in problems)
    errors, advice = found[Severity.ERROR], found[Severity.ADVICE]
    if not problems:
        return f"Found nothing to mend in {_plural(len(decks.files), 'file')}."
    counts = [_plural(errors, "error")] if errors else []
    counts += [_plural(advice, "piece", "pieces") + " of advice"] if advice else []
    files = len({problem.path for problem in problems})
    return f"Found {' and '.join(counts)} in {_plural(files, 'file')}."


def _plural(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or f'{one}s'}"
