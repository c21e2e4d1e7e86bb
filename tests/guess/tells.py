"""What the look of an option tells of whether it is the right one, to somebody who knows no law."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from cmom_srs.study.exam.items import is_case
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Note

TELLS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "because": "because|since|as|so",
        "paperwork": r"sign\w*|forms?|letters?|writ\w+|notes?|cop(?:y|ies)|document\w*|record\w*"
        r"|log\w*",
        "absolutes": "all|every|always|never|only|any|no|none|nothing|must",
        "waiting": r"wait\w*|hold\w*|keep\w*|until|before",
        "once": "once",
        "hedges": "may|might|can|could|usually|often|generally|unless|if|except|some",
        "not": "not|without|neither|nor",
        "joins": "and|or|but|then|while",
        "asks": r"ask\w*|tell\w*|call\w*|report\w*|check\w*|review\w*",
        "digits": r"\w*\d\w*",
    }.items()
}
_WORD = re.compile(r"[a-z']+")


class Asked(NamedTuple):
    """A question of one right option, as far as its guesser reads it."""

    note_id: str
    domain: str
    text: str
    options: tuple[str, ...]
    right: int
    is_case: bool


def asked(notes: Iterable[Note]) -> Iterator[Asked]:
    """The choice notes with one right option out of three or more."""
    for note in notes:
        body = note.body
        if isinstance(body, Choice) and not body.has_several_right and len(body.options) > 2:
            yield Asked(
                note.id,
                note.domain,
                f"{note.scenario} {body.question}",
                tuple(option.text for option in body.options),
                [option.is_right for option in body.options].index(True),
                is_case(note.scenario),
            )


def features(question: Asked) -> list[list[float]]:
    """A row for each option: numbers that its look comes to, less their mean over all options."""
    words = set(_WORD.findall(question.text.lower()))
    rows = [list(_features(option, question.options, words)) for option in question.options]
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return [[value - mean for value, mean in zip(row, means, strict=True)] for row in rows]


def _features(option: str, options: Sequence[str], asked: set[str]) -> Iterator[float]:
    lengths = sorted(len(each) for each in options)
    words = _WORD.findall(option.lower())
    yield len(option)
    yield len(words)
    yield len(option) == lengths[-1]
    yield len(option) == lengths[0]
    yield lengths.index(len(option))
    yield option.count(",")
    yield len(asked.intersection(words)) / max(1, len(words))
    yield len(set(words)) / max(1, len(words))
    yield from (tell.search(option) is not None for tell in TELLS.values())


def shares(questions: Iterable[Asked]) -> Iterator[tuple[str, int, float]]:
    """For each tell, and for the extremes of length: how many right options have it.

    Beside it how many there would be if the right one were any of the options.
    """
    questions = tuple(questions)
    for name in (*TELLS, "longest", "shortest"):
        right, expected = 0, 0.0
        for question in questions:
            having = _having(name, question.options)
            right += having[question.right]
            expected += sum(having) / len(having)
        yield name, right, expected


def _having(tell: str, options: Sequence[str]) -> list[bool]:
    lengths = [len(option) for option in options]
    match tell:
        case "longest":
            return [length == max(lengths) for length in lengths]
        case "shortest":
            return [length == min(lengths) for length in lengths]
        case _:
            return [TELLS[tell].search(option) is not None for option in options]
