"""The results as a Markdown page: who is ahead, who is behind, a table for each situation."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

from tests.bench.learning.arms import ARMS
from tests.bench.learning.arms import OURS
from tests.bench.learning.arms import OURS_REHEARSED
from tests.bench.learning.arms import RIVALS
from tests.bench.learning.simulation import Fate
from tests.bench.learning.world import MODELS
from tests.bench.learning.world import Situation

_FIGURES: Sequence[tuple[str, Callable[[Fate], float]]] = (
    ("{:.1f}", lambda fate: fate.worst),
    ("{:.1f}", lambda fate: fate.kept_back),
    ("{:.1f}", lambda fate: fate.later),
    ("{:.0f}", lambda fate: fate.seen),
    ("{:.0f}", lambda fate: fate.minutes),
    ("{:.2f}", lambda fate: fate.busiest),
)
_HEADS = (
    "",
    "recall on exam day (lowest to highest learner)",
    *MODELS,
    "worst domain",
    "kept-back notes",
    "60 days later",
    "cards seen",
    "minutes",
    "busiest day / median",
)


@dataclass(frozen=True, slots=True)
class Lead:
    """By how many points cmom-srs recalls more than a rival, and for how many learners of all."""

    points: float
    ahead: int
    learners: int

    def __str__(self) -> str:
        return f"{signed(self.points)} ({self.ahead} of {self.learners})"


class Fates:
    """What came of all learners, to be looked at by situation, arm and memory model."""

    def __init__(self, fates: Iterable[Fate]) -> None:
        self._of: dict[tuple[Situation, str], dict[tuple[str, int], Fate]] = {}
        for fate in fates:
            self._of.setdefault((fate.situation, fate.arm), {})[fate.model, fate.seed] = fate

    @property
    def situations(self) -> tuple[Situation, ...]:
        """In the order in which they were lived."""
        return tuple(dict.fromkeys(situation for situation, _ in self._of))

    def of(self, situation: Situation, arm: str, model: str | None = None) -> list[Fate]:
        """Those of one arm, of all models or of one; none for an arm that a situation has not."""
        found = self._of.get((situation, arm), {})
        return [fate for (of_model, _), fate in found.items() if model in {None, of_model}]

    def ours(self, situation: Situation) -> str:
        """The name of cmom-srs as a plan has it: with a rehearsal where there is time for one."""
        return OURS_REHEARSED if self.of(situation, OURS_REHEARSED) else OURS

    def verdict(self, situation: Situation) -> str:
        """What a plan says of a situation on its first day."""
        return self.of(situation, OURS)[0].verdict

    def lead(self, situation: Situation, ours: str, arm: str, model: str | None = None) -> Lead:
        """How far cmom-srs is ahead of a rival, learner by learner."""
        theirs = {(fate.model, fate.seed): fate.all for fate in self.of(situation, arm, model)}
        points = [
            fate.all - theirs[fate.model, fate.seed] for fate in self.of(situation, ours, model)
        ]
        return Lead(fmean(points), sum(each > 0 for each in points), len(points))


def leads(fates: Fates, is_rehearsed: bool) -> Iterator[str]:
    """The lead over each rival in each situation, as a table."""
    yield from table(
        ("", "the plan says", *RIVALS),
        (
            (
                str(situation),
                fates.verdict(situation),
                *(str(fates.lead(situation, ours, rival)) for rival in RIVALS),
            )
            for situation in fates.situations
            if (ours := fates.ours(situation) if is_rehearsed else OURS)
        ),
    )


def behind(fates: Fates) -> Iterator[str]:
    """Each rival that recalls more, on the mean of one memory model's learners or of all, a table.

    Nothing where there is none.
    """
    rows = list(_rows_behind(fates))
    if rows:
        yield from table(("", "learners", "rival", "as a plan has it", "without rehearsal"), rows)


def _rows_behind(fates: Fates) -> Iterator[tuple[str, ...]]:
    for situation in fates.situations:
        for rival, model in product(RIVALS, (None, *MODELS)):
            found = [
                fates.lead(situation, ours, rival, model) for ours in (fates.ours(situation), OURS)
            ]
            if min(lead.points for lead in found) < 0:
                yield (str(situation), model or "all", rival, *map(str, found))


def situation_table(fates: Fates, situation: Situation) -> Iterator[str]:
    """All arms of a situation."""
    rows = ((arm, fates.of(situation, arm)) for arm in ARMS)
    yield from table(
        _HEADS,
        ((arm, *_cells(fates, situation, arm, of_arm)) for arm, of_arm in rows if of_arm),
    )


def _cells(fates: Fates, situation: Situation, arm: str, of_arm: Sequence[Fate]) -> Iterator[str]:
    recalls = [fate.all for fate in of_arm]
    yield f"**{fmean(recalls):.1f}** ({min(recalls):.0f} to {max(recalls):.0f})"
    for model in MODELS:
        yield f"{fmean(fate.all for fate in fates.of(situation, arm, model)):.1f}"
    for form, figure in _FIGURES:
        yield form.format(fmean(map(figure, of_arm)))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def signed(points: float) -> str:
    """With its sign, and a true minus."""
    return f"{points:+.1f}".replace("-", "\N{MINUS SIGN}")
