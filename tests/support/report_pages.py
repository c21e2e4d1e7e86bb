"""Reports for tests: what a learner did made the contents of a page, and a page read back."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from html.parser import HTMLParser
from itertools import groupby

from cmom_srs.report import page
from cmom_srs.report.contents import Contents
from cmom_srs.study import lookups
from cmom_srs.study import schedule
from cmom_srs.study.day import forecast
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.readiness import estimate as estimates
from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE
from cmom_srs.study.readiness.judge import judge
from cmom_srs.study.readiness.next_step import Step
from cmom_srs.study.readiness.record import Record
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.readiness.summary import Readiness
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.stats import distributions
from cmom_srs.study.stats import hardest
from cmom_srs.study.stats.ahead import days_to_exam
from cmom_srs.study.stats.days import days_done
from cmom_srs.study.stats.overview import overview
from cmom_srs.study.stats.overview import period_start
from cmom_srs.study.stats.retention import retention
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.stats.weak_topics import weak_topics
from cmom_srs.study.stats.weeks import calendar_start
from tests.support.builders import TODAY

TITLES = {"billing": "Financial Management", "law": "Compliance and Risk Management"}


def contents(
    cards: Sequence[Card] = (),
    log: Sequence[Review] = (),
    *,
    exams: Sequence[SatExam] = (),
    looked_up: Sequence[Lookup] = (),
    titles: Mapping[str, str] | None = None,
    plan: Plan | None = None,
    exam_on: date | None = None,
) -> Contents:
    """What a page says of a learner with these cards who did this."""
    titles = titles or TITLES
    states, counted = _states(cards, log), spaced(log)
    asked = tuple(hardest.asked_notes(counted, exams, states, cards))
    recent = [answer for answer in log if answer.study_day >= period_start(TODAY)]
    days = forecast.run(states, cards, DayLog(), TODAY, Limits())
    return Contents(
        version="1.2.3",
        titles=titles,
        overview=overview(recent, states, cards, TODAY, titles),
        readiness=_readiness(cards, log, exams, looked_up),
        exams=tuple(exams),
        retention=retention(counted, cards, titles),
        days=days_done(log, counted, calendar_start(TODAY), TODAY),
        plan=plan,
        ahead=days_to_exam(days, TODAY, exam_on),
        exam_on=exam_on,
        ease_factors=distributions.ease_factors(states.values()),
        intervals=distributions.intervals(states.values()),
        hardest=hardest.worst_first(asked),
        reasons=hardest.reasons(exams),
        weak_topics=weak_topics(asked),
        lookups=lookups.figures(looked_up),
        index=lookups.index(lookups.topics(card.note for card in cards), looked_up),
    )


def _states(cards: Sequence[Card], log: Sequence[Review]) -> dict[CardId, CardState]:
    by_card = sorted(log, key=lambda answer: answer.card)
    return dict.fromkeys((card.id for card in cards), NEVER_ANSWERED) | {
        card: schedule.replay(of_card)
        for card, of_card in groupby(by_card, key=lambda answer: answer.card)
    }


def _readiness(
    cards: Sequence[Card],
    log: Sequence[Review],
    exams: Sequence[SatExam],
    looked_up: Sequence[Lookup],
) -> Readiness:
    record = Record(tuple(cards), log, tuple(looked_up), tuple(exams))
    pool = estimates.pool(exams, TODAY)
    return Readiness(
        verdicts=tuple(judge(benchmark, record) for benchmark in STUDY_GUIDE),
        pool=pool,
        estimate=estimates.estimate(pool, None),
        to_estimate="cmom exam",
        step=Step("cmom review", "there is nothing to judge by yet"),
    )


@dataclass
class Tag:
    """An element of a page: its name, its attributes, all text inside."""

    name: str
    attributes: Mapping[str, str]
    parent: "Tag | None"
    words: list[str] = field(default_factory=list)
    inside: "list[Tag]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is written in it, in one line."""
        return " ".join("".join(self.words).split())

    def all(self, *names: str) -> "list[Tag]":
        """The elements of these names in it, in the order of the page."""
        return [tag for tag in self.everything() if tag.name in names]

    def one(self, name: str) -> "Tag":
        """The only element of this name in it."""
        (found,) = self.all(name)
        return found

    def everything(self) -> "Iterator[Tag]":
        """All elements in it."""
        for tag in self.inside:
            yield tag
            yield from tag.everything()


class _Reader(HTMLParser):
    _ALONE = frozenset({"meta", "br", "img", "link", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open = [Tag("document", {}, None)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1]
        found = Tag(tag, {name: value or "" for name, value in attrs}, parent)
        parent.inside.append(found)
        if tag not in self._ALONE:
            self.open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self._ALONE:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.name == tag, f"</{tag}> closes <{closed.name}>"

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            tag.words.append(data)


def read(text: str) -> Tag:
    """A page as a browser parts it; every element must be closed in its place."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1, [tag.name for tag in reader.open]
    return reader.open[0]


def page_of(shown: Contents) -> Tag:
    """The page of these contents."""
    return read(page.html(shown))
