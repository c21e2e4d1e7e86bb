"""What goes wrong most: topics of the manual, notes, and the learner's own reasons."""

from collections.abc import Iterator

import htpy
from htpy import Node

from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import table
from cmom_srs.study import wording
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.stats.band_words import ease_words
from cmom_srs.study.stats.hardest import HardNote
from cmom_srs.study.tally import Tally

_MOST_TOPICS = 15
_MOST_NOTES = 20
_LONGEST_BEGINNING = 110
_REASONS = {
    Reason.KNOWLEDGE: "did not know",
    Reason.MISREAD: "misread",
    Reason.TWO_GOOD: "two good answers",
    Reason.TOO_SLOW: "too slow",
    None: "no reason given",
}


def section(contents: Contents) -> Iterator[Node]:
    """Three tables, the worst first."""
    if not contents.hardest:
        yield htpy.p["Nothing went wrong yet that you had met before."]
        return
    yield htpy.p(".note")[
        "Wrong out of all that was asked: reviews of cards met before, and questions of practice "
        "exams. First comes what is wrong most surely, not what was asked once and missed."
    ]
    yield from _topics(contents)
    yield table(
        f"Hardest notes, the worst {_MOST_NOTES}",
        ("Note", "Wrong", "Lapses", "Ease", "Why missed in exams"),
        (_cells(contents, note) for note in contents.hardest[:_MOST_NOTES]),
    )
    yield from _reasons(contents)


def _topics(contents: Contents) -> Iterator[Node]:
    if contents.weak_topics:
        yield table(
            f"Weak topics of the manual, the worst {_MOST_TOPICS}",
            ("Topic", "Wrong", "Share wrong"),
            (
                (topic.name, f"{topic.wrong} of {topic.asked}", _share(topic.wrong, topic.asked))
                for topic in contents.weak_topics[:_MOST_TOPICS]
            ),
        )


def _share(wrong: int, asked: int) -> str:
    return wording.percent(Tally(wrong, asked))


def _cells(contents: Contents, hard: HardNote) -> tuple[Node, ...]:
    return (
        [
            wording.beginning(hard.note, _LONGEST_BEGINNING),
            htpy.small[htpy.code[hard.note.id], f", {contents.title_of(hard.note.domain)}"],
        ],
        f"{hard.wrong} of {hard.asked}",
        hard.lapses,
        "-" if hard.ease_factor is None else ease_words(hard.ease_factor),
        ", ".join(f"{_REASONS[reason]} ({count})" for reason, count in hard.reasons.items()) or "-",
    )


def _reasons(contents: Contents) -> Iterator[Node]:
    if contents.reasons:
        yield table(
            "Why questions of practice exams were missed, as you said afterwards",
            ("Reason", "Questions"),
            ((_REASONS[reason], count) for reason, count in contents.reasons.items()),
        )
