"""The way to the exam: whether the cards fit, week by week, the practice exams beside them."""

from collections.abc import Iterator

import htpy
from htpy import Element
from htpy import Node

from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import command
from cmom_srs.report.tables import facts
from cmom_srs.report.tables import table
from cmom_srs.study import wording
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.plan.plan import Week
from cmom_srs.study.plan.words import cards_words
from cmom_srs.study.plan.words import exam_words
from cmom_srs.study.plan.words import fit_words
from cmom_srs.study.plan.words import hours
from cmom_srs.study.plan.words import standing_words


def section(contents: Contents) -> Iterator[Node]:
    """What `cmom plan` says."""
    plan = contents.plan
    if plan is None:
        yield htpy.p[
            "There is no exam ahead that a plan could lead to. To make one: ",
            command('cmom plan --exam "in 8 weeks" --minutes 30'),
        ]
        return
    yield facts(_facts(contents, plan))
    domains = tuple(contents.titles)
    yield table(
        "Week by week",
        ("Week of", *map(contents.title_of, domains), "Reviews", "Min a day"),
        (_week(week, domains) for week in plan.weeks),
    )
    yield htpy.p(".note")["The columns of the domains count new cards."]
    yield from _exams(plan)


def _facts(contents: Contents, plan: Plan) -> Iterator[tuple[str, Node]]:
    days = wording.count_of(plan.study_days_left, "day")
    yield "Exam", exam_words(plan.goal.exam_on, contents.today)
    if plan.goal.minutes is None:
        yield "Time", f"no daily limit, {days} to study: {hours(plan.seconds)} for the cards"
    else:
        yield "Time", f"{wording.count_of(plan.goal.minutes, 'minute')} a day, {days} to study"
    if plan.fit:
        yield "Fit", fit_words(plan.fit, plan.cards)
    yield "Cards", cards_words(plan, contents.today)
    yield "So far", standing_words(plan)


def _week(week: Week, domains: tuple[str, ...]) -> tuple[Node, ...]:
    new = (week.new.get(domain, 0) for domain in domains)
    return wording.table_date(week.first_on), *new, week.reviews, f"{week.minutes_a_day:.0f}"


def _exams(plan: Plan) -> Iterator[Element]:
    if plan.exams:
        yield table(
            "Practice exams beside these minutes",
            ("Day", "Questions", "Minutes", "Command"),
            (
                (wording.table_date(exam.on), exam.questions, exam.minutes, command(exam.command))
                for exam in plan.exams
            ),
        )
