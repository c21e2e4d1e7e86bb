"""What a learner who is ready can do: the kinds of benchmarks, and those of the study guide."""

from dataclasses import dataclass
from typing import ClassVar

from cmom_srs.study.notes import Note


@dataclass(frozen=True, slots=True)
class RecallBenchmark:
    """At least `percent` of the answered cards of a tag or a deck right, `answers` of them or more.

    One of `tag` and `deck` is empty.
    """

    kind: ClassVar[str] = "recall"
    title: str
    answers: int
    percent: int
    tag: str = ""
    deck: str = ""

    def looks_at(self, note: Note) -> bool:
        """Whether the note's cards count."""
        return note.deck == self.deck if self.deck else self.tag in note.tags


@dataclass(frozen=True, slots=True)
class CalculationBenchmark:
    """`right` of the last `of` typed answers right, in a median of at most `seconds`."""

    kind: ClassVar[str] = "calculation"
    title: str
    tag: str
    right: int
    of: int
    seconds: int

    def looks_at(self, note: Note) -> bool:
        """Whether the note's cards count."""
        return note.kind == "calculation" and self.tag in note.tags


@dataclass(frozen=True, slots=True)
class StepsBenchmark:
    """All steps of a tag put in order, `times` times running."""

    kind: ClassVar[str] = "steps"
    title: str
    tag: str
    times: int

    def looks_at(self, note: Note) -> bool:
        """Whether the note's cards count."""
        return note.kind == "steps" and self.tag in note.tags


@dataclass(frozen=True, slots=True)
class LookupBenchmark:
    """At least `percent` of the last `of` look-ups found in under `seconds`."""

    kind: ClassVar[str] = "lookup"
    title: str
    percent: int
    of: int
    seconds: int


@dataclass(frozen=True, slots=True)
class ExamBenchmark:
    """Each of the last `exams` full exams in time above `above` percent."""

    kind: ClassVar[str] = "exam"
    title: str
    exams: int
    above: int


NoteBenchmark = RecallBenchmark | CalculationBenchmark | StepsBenchmark
Benchmark = NoteBenchmark | LookupBenchmark | ExamBenchmark

# The study guide's "Final Readiness Benchmarks". The decks' blueprint.toml says the same, and a
# test holds both together; a blueprint without benchmarks has these.
STUDY_GUIDE: tuple[Benchmark, ...] = (
    RecallBenchmark(
        "Tell exempt from non-exempt employees under the FLSA",
        answers=30,
        percent=80,
        deck="flsa-exemptions",
    ),
    CalculationBenchmark("Work out the days in A/R", tag="days-in-ar", right=8, of=10, seconds=120),
    StepsBenchmark(
        "Name the steps of a formal compliance investigation", tag="investigation", times=2
    ),
    LookupBenchmark(
        "Find any topic of the manual in under 15 seconds", percent=90, of=20, seconds=15
    ),
    ExamBenchmark("Score above 80% on two full exams running, in time", exams=2, above=80),
)
