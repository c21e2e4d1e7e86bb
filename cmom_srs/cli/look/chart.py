"""`cmom stats --chart NAME`: one screen of numbers."""

from collections.abc import Callable

from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.look.charts import days
from cmom_srs.cli.look.charts import distributions
from cmom_srs.cli.look.charts import exams
from cmom_srs.cli.look.charts import forecast
from cmom_srs.cli.look.charts import hardest
from cmom_srs.cli.look.charts import retention
from cmom_srs.cli.look.charts import weeks

_CHARTS: dict[str, Callable[[Learner], None]] = {
    "retention": retention.show,
    "intervals": distributions.show_intervals,
    "ease": distributions.show_ease,
    "days": days.show,
    "calendar": weeks.show,
    "forecast": forecast.show,
    "exams": exams.show,
    "hardest": hardest.show,
}


def show_chart(name: str) -> None:
    """Draws the chart of this name, or prints its numbers as JSON."""
    with learning() as learner:
        _CHARTS[name](learner)
