"""`cmom stats --chart hardest`: the notes that go wrong most, and the reasons given for misses."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from rich.console import RenderableType
from rich.text import Text

from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.cli.record import sat_exams
from cmom_srs.study import wording
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.stats import hardest
from cmom_srs.study.stats.hardest import HardNote
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.tally import Tally

_MOST_NOTES = 7
_FEWEST_CHARACTERS = 20


class _Hardest(NamedTuple):
    notes: Sequence[HardNote]
    reasons: Mapping[Reason | None, int]
    has_answers: bool


def show(learner: Learner) -> None:
    """The hardest notes, the worst first."""
    counted = spaced(learner.store.answers())
    exams = sat_exams(learner)
    notes = hardest.hardest(counted, exams, learner.states, learner.cards.values())
    draw(_Hardest(notes, hardest.reasons(exams), bool(counted or exams)), _shape, _blocks)


def _shape(found: _Hardest) -> dict[str, Any]:
    return {
        "notes": [_note_shape(each) for each in found.notes],
        "reasons": {reason or "none": count for reason, count in found.reasons.items()},
    }


def _note_shape(each: HardNote) -> dict[str, Any]:
    return {
        "note": each.note.id,
        "domain": each.note.domain,
        "wrong": each.wrong,
        "asked": each.asked,
        "reviews": _tally_shape(each.reviews),
        "exam_items": _tally_shape(each.items),
        "lapses": each.lapses,
        "ease_factor": None if each.ease_factor is None else each.ease_factor / 100,
        "reasons": dict(each.reasons),
    }


def _tally_shape(tally: Tally) -> dict[str, int]:
    return {"answers": tally.total, "right": tally.right}


def _blocks(found: _Hardest, width: int) -> Iterator[RenderableType]:
    yield drawing.title("The hardest notes, the worst first")
    if not found.has_answers:
        yield "No answers yet. To study: cmom review"
        return
    yield _words(found)
    if found.notes:
        yield ""
        yield drawing.note(_row("wrong", "lapses", "ease", "missed in exams"))
        for each in found.notes[:_MOST_NOTES]:
            yield from _lines(each, width)
        yield ""
        yield drawing.note("cmom card NOTE shows one, cmom edit NOTE rewrites it")
    if found.reasons:
        yield f"Missed in exams: {_reason_words(found.reasons)}"


def _words(found: _Hardest) -> str:
    if not found.notes:
        return "No note in use went wrong yet after it was first seen."
    notes = wording.count_of(found.notes, "note")
    shown = f", the worst {_MOST_NOTES} shown" if len(found.notes) > _MOST_NOTES else ""
    return f"{notes} went wrong at least once{shown}"


def _lines(each: HardNote, width: int) -> Iterator[RenderableType]:
    """Two lines: the numbers, and the name with what is asked."""
    yield _row(
        f"{each.wrong} of {each.asked}",
        str(each.lapses or "-"),
        "-" if each.ease_factor is None else f"{each.ease_factor / 100:.2f}",
        _reason_words(each.reasons) or "-",
    )
    name = f"  {each.note.id}: "
    words = wording.beginning(each.note, max(_FEWEST_CHARACTERS, width - len(name)))
    yield Text.assemble(name, (words, "quiet"))


def _row(wrong: str, lapses: str, ease: str, reasons: str) -> str:
    return f"{wrong:>9}  {lapses:>6}  {ease:>4}  {reasons}"


def _reason_words(reasons: Mapping[Reason, int] | Mapping[Reason | None, int]) -> str:
    return ", ".join(f"{reason or 'no reason given'} {count}" for reason, count in reasons.items())
