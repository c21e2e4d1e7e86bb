"""The page of a report: how it is built, what it says, and that nothing foreign acts in it."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from cmom_srs.report import page
from cmom_srs.report.contents import Contents
from cmom_srs.study.exam import events
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Option
from cmom_srs.study.plan.goal import Goal
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.plan.plan import Week
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.readiness.record import sat
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import fails
from tests.support.builders import moment
from tests.support.builders import note
from tests.support.exams import chooses
from tests.support.exams import exam
from tests.support.exams import explains
from tests.support.exams import item
from tests.support.exams import shows
from tests.support.exams import submits
from tests.support.long_past import studies
from tests.support.report_pages import Tag
from tests.support.report_pages import contents
from tests.support.report_pages import page_of

MOST_BYTES = 1_500_000
HOSTILE = "</script></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\x1b[31m\u202e"
LOADING = {"script", "link", "img", "iframe", "object", "embed", "audio", "video", "form", "image"}


def facts(count: int, *, manual: str = "Labor laws: overtime") -> tuple[Card, ...]:
    """The cards of so many notes, in two domains by turns."""
    return cards_of(
        *(
            replace(note(f"fact-{place:04}", domain=("billing", "law")[place % 2]), manual=manual)
            for place in range(count)
        )
    )


def sits(number: int, *, wrong: int = 1, domains: tuple[str, ...] = ()) -> SatExam:
    """The learner sits an exam of three items, gives reasons for what was missed."""
    drawn = replace(exam(*map(item, (1, 2, 3)), domains=domains), number=number)
    happened = [shows(position, at=position) for position in (1, 2, 3)]
    happened += [chooses(at, 2 if at <= wrong else 1, at=at + 0.5) for at in (1, 2, 3)]
    happened.append(submits(at=100))
    happened += [explains(at, Reason.MISREAD, at=101) for at in range(1, wrong + 1)]
    found = sat(drawn, events.replay(drawn, happened), {1})
    assert found
    return found


def looks_up(topic: str, page: str | None = None, seconds: float = 9.0) -> Lookup:
    return Lookup(topic, moment(), int(seconds * 1000), is_found=True, page=page)


@pytest.fixture(scope="module")
def year() -> Contents:
    """A learner who studied for a year and sat exams."""
    cards = facts(1_500)
    log = tuple(studies([card.id for card in cards], 365, new_a_day=5, off=(6,)))
    assert len(log) > 10_000
    exams = [sits(number, wrong=number % 4) for number in range(1, 41)]
    looked_up = [looks_up(f"Topic {place}", str(place)) for place in range(200)]
    return contents(cards, log, exams=exams, looked_up=looked_up)


@pytest.fixture(scope="module")
def full(year: Contents) -> Tag:
    return page_of(year)


@pytest.fixture(scope="module")
def empty() -> Tag:
    return page_of(contents())


@pytest.fixture(params=["full", "empty"])
def either(request: pytest.FixtureRequest) -> Tag:
    found = request.getfixturevalue(str(request.param))
    assert isinstance(found, Tag)
    return found


# How it is built


def test_a_page_says_its_language_its_title_and_who_made_it(either: Tag) -> None:
    assert either.one("html").attributes["lang"] == "en"
    assert either.one("head").one("title").text == "CMOM study report, December 1, 2026"
    assert "Made by cmom-srs 1.2.3." in either.one("header").text


def test_the_page_of_a_year_is_small(year: Contents) -> None:
    assert len(page.html(year).encode()) < MOST_BYTES / 3


def test_nothing_in_a_page_loads_or_runs_anything(either: Tag) -> None:
    assert either.all(*LOADING) == []
    for tag in either.everything():
        assert not any(name.startswith("on") for name in tag.attributes)
        assert "src" not in tag.attributes
        assert tag.attributes.get("href", "#").startswith("#")
        assert not re.search(r"url\(|@import", tag.attributes.get("style", ""))
    assert not re.search(r"url\(|@import|http", either.one("style").text)


def test_the_only_address_in_a_page_is_the_name_of_svg(year: Contents) -> None:
    found = set(re.findall(r"\w+://[^\"' <]*", page.html(year)))
    assert found == {"http://www.w3.org/2000/svg"}


def test_a_page_forbids_the_browser_to_load_anything(either: Tag) -> None:
    policies = [
        tag.attributes["content"]
        for tag in either.all("meta")
        if tag.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"]


def test_headings_step_down_one_by_one_and_name_the_sections(either: Tag) -> None:
    levels = [int(tag.name[1]) for tag in either.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    sections = either.one("main").all("section")
    assert len(sections) == 10
    for section in sections:
        assert section.one("h2").attributes["id"] == section.attributes["aria-labelledby"]


def test_the_landmarks_are_there_and_the_list_of_sections_leads_to_each(either: Tag) -> None:
    for name in ("header", "nav", "main", "footer"):
        either.one(name)
    ids = [f"#{section.attributes['id']}" for section in either.all("section")]
    assert [link.attributes["href"] for link in either.one("nav").all("a")] == ids


def test_no_id_stands_twice_and_every_name_by_id_is_there(either: Tag) -> None:
    ids = [tag.attributes["id"] for tag in either.everything() if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    for tag in either.everything():
        assert set(tag.attributes.get("aria-labelledby", "").split()) <= set(ids)


def test_every_table_has_a_caption_and_headings_for_its_columns_and_rows(either: Tag) -> None:
    tables = either.all("table")
    assert tables
    for table in tables:
        assert table.one("caption").text
        assert {tag.attributes["scope"] for tag in table.one("thead").all("th")} == {"col"}
        width = len(table.one("thead").all("th"))
        for row in table.one("tbody").all("tr"):
            (head,) = row.all("th")
            assert head.attributes["scope"] == "row"
            assert len(row.all("th", "td")) == width


def test_every_chart_has_a_title_a_description_and_the_table_of_its_numbers(full: Tag) -> None:
    charts = full.all("svg")
    assert len(charts) == 8
    for chart in charts:
        assert chart.attributes["role"] == "img"
        title, description = chart.one("title"), chart.one("desc")
        names = [title.attributes["id"], description.attributes["id"]]
        assert chart.attributes["aria-labelledby"].split() == names
        assert chart.parent
        assert chart.parent.one("h3").text == title.text
        assert chart.parent.one("figcaption").text == f"{title.text}{description.text}"
        assert chart.parent.one("table").one("tbody").all("tr")


def test_no_chart_brings_styles_scripts_or_sizes_of_its_own(full: Tag) -> None:
    for chart in full.all("svg"):
        assert chart.all("style", "defs", "script") == []
        assert "width" not in chart.attributes


def test_a_part_of_a_stack_is_told_by_more_than_its_color(full: Tag) -> None:
    stylesheet = full.one("style").text
    assert "svg .color-1.reactive { fill: var(--paper); }" in stylesheet
    assert "stroke-dasharray: 8 5" in stylesheet


def test_the_stylesheet_knows_the_dark_the_paper_and_the_phone(empty: Tag) -> None:
    stylesheet = empty.one("style").text
    for query in ("(prefers-color-scheme: dark)", "print", "(max-width: 30rem)"):
        assert f"@media {query}" in stylesheet


# What is not ours


def hostile_card() -> Card:
    body = Choice(HOSTILE, (Option(HOSTILE, HOSTILE, is_right=True), Option("x", HOSTILE)))
    return cards_of(replace(note("fact", body, "law", HOSTILE), manual=f"{HOSTILE}: part"))[0]


def test_foreign_words_are_only_ever_words() -> None:
    card = hostile_card()
    log = [answers(card.id, on=day(-3)), fails(card.id, on=day(-2))]
    text = page.html(
        contents(
            [card],
            log,
            exams=[sits(1, domains=(HOSTILE,))],
            looked_up=[looks_up(HOSTILE, HOSTILE)],
            titles={"law": HOSTILE},
        )
    )
    found = page_of(
        contents([card], log, looked_up=[looks_up(HOSTILE, HOSTILE)], titles={"law": HOSTILE})
    )
    assert found.all(*LOADING) == []
    assert not any(name.startswith("on") for tag in found.everything() for name in tag.attributes)
    assert "<script" not in text
    assert "<img" not in text
    assert text.count("&lt;script&gt;alert(1)") >= 6
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_chart_takes_a_title_of_any_characters() -> None:
    card = hostile_card()
    log = [answers(card.id, on=day(-3)), answers(card.id)]
    found = page_of(contents([card], log, titles={"law": HOSTILE}))
    charts = found.one("main").all("svg")
    assert any("<script>alert(1)" in chart.text for chart in charts)


def test_a_page_name_that_is_no_text_does_not_keep_the_page_from_being_written() -> None:
    text = page.html(contents(looked_up=[looks_up("Labor laws", "\udcff")]))
    assert "\\udcff" in text.encode().decode()


# What it says


def section(found: Tag, name: str) -> Tag:
    (there,) = (tag for tag in found.all("section") if tag.attributes["id"] == name)
    return there


def rows(found: Tag, caption: str) -> list[list[str]]:
    """The cells of the table with this caption."""
    (table,) = (tag for tag in found.all("table") if tag.one("caption").text == caption)
    return [[cell.text for cell in row.all("th", "td")] for row in table.one("tbody").all("tr")]


def test_a_page_without_a_past_says_what_to_do_first(empty: Tag) -> None:
    assert empty.all("svg") == []
    begin = section(empty, "standing").text
    assert "Nothing was answered yet" in begin
    assert "Begin with cmom review" in begin
    assert "cmom exam" in section(empty, "exams").text
    assert "cmom plan --exam" in section(empty, "plan").text
    assert "cmom review" in section(empty, "retention").text


def test_a_learner_who_has_begun_is_not_told_to_begin(full: Tag) -> None:
    assert "Nothing was answered yet" not in full.text


@pytest.mark.parametrize(
    "begun",
    [
        contents(facts(1), [crams(facts(1)[0].id, on=day(-400)), answers(facts(1)[0].id)]),
        contents(exams=[sits(1)]),
        contents(looked_up=[looks_up("Labor laws")]),
    ],
    ids=["an answer", "an exam", "a look-up"],
)
def test_anything_done_is_a_begin(begun: Contents) -> None:
    assert begun.is_begun


def test_a_first_day_has_no_recall_yet() -> None:
    cards = facts(2)
    found = page_of(contents(cards, [answers(card.id) for card in cards]))
    assert "No card was asked on a second day yet." in section(found, "retention").text
    assert "Nothing went wrong yet" in section(found, "weak-spots").text
    assert [chart.one("title").text for chart in section(found, "days").all("svg")] == [
        "Reviews a day",
        "Minutes a day",
    ]


def test_recall_is_said_with_its_numbers_and_its_interval() -> None:
    cards = facts(2)
    log = [answers(card.id, on=day(-5)) for card in cards]
    log += [answers(cards[0].id, on=day(-4)), fails(cards[1].id, on=day(-4))]
    found = page_of(contents(cards, log))
    assert rows(found, "Recall by domain") == [
        ["Financial Management", "1 of 1", "100%", "27% to 100%"],
        ["Compliance and Risk Management", "0 of 1", "0%", "0% to 73%"],
    ]
    assert rows(found, "Recall by the days since the answer before")[0][:3] == [
        "1 day",
        "1 of 2",
        "50%",
    ]
    words = section(found, "retention").all("figcaption")[0].text
    assert "Lowest: Compliance and Risk Management, 0% (0 of 1)." in words


def test_exams_are_listed_the_newest_first_with_what_became_of_them() -> None:
    exams = [sits(1, wrong=2), sits(2, wrong=0), sits(3, wrong=1, domains=("law",))]
    found = page_of(contents(exams=exams))
    drilled = "of Compliance and Risk Management alone"
    assert rows(found, "Scores of practice exams") == [
        ["3", "Dec 1, 2026", "2 of 3", "66%", "25% to 92%", "0 of 1", "75%", drilled],
        ["2", "Dec 1, 2026", "3 of 3", "100%", "53% to 100%", "1 of 1", "75%", "passed"],
        ["1", "Dec 1, 2026", "1 of 3", "33%", "8% to 75%", "0 of 1", "75%", "not passed"],
    ]
    words = section(found, "exams").one("figcaption").text
    assert "3 exams sat, 1 passed. The last, exam 3: 2 of 3 right (66%), pass mark 75%." in words


def test_the_chart_of_many_exams_has_the_last_of_them(full: Tag) -> None:
    figure = section(full, "exams").one("figure")
    assert "The chart has the last 30." in figure.one("figcaption").text
    assert len(figure.one("tbody").all("tr")) == 40


def test_weak_topics_notes_and_reasons_are_said_with_their_numbers() -> None:
    cards = facts(2)
    log = [answers(card.id, on=day(-5)) for card in cards]
    log += [fails(cards[0].id, on=day(-4)), answers(cards[1].id, on=day(-4))]
    found = section(page_of(contents(cards, log, exams=[sits(1, wrong=2)])), "weak-spots")
    assert rows(found, "Weak topics of the manual, the worst 15") == [
        ["Labor laws", "1 of 2", "50%"]
    ]
    words = "What does the CMS-1500 ask for?fact-0000, Financial Management"
    assert rows(found, "Hardest notes, the worst 20") == [[words, "1 of 1", "1", "2.18", "-"]]
    caption = "Why questions of practice exams were missed, as you said afterwards"
    assert rows(found, caption) == [["misread", "2"]]


def test_the_calendar_has_a_mark_for_each_day_up_to_today() -> None:
    cards = facts(60)
    log = [answers(card.id, on=day(-1), minute=place) for place, card in enumerate(cards)]
    (table,) = (
        tag
        for tag in page_of(contents(cards, log)).all("table")
        if tag.attributes.get("class") == "calendar"
    )
    assert len(table.one("thead").all("th")) == 27
    marks = [tag for tag in table.all("span") if "mark" in tag.attributes.get("class", "")]
    assert len(marks) == 25 * 7 + 2  # TODAY is a Tuesday
    monday = next(tag for tag in marks if tag.attributes["title"] == "Mon Nov 30")
    assert (monday.text, monday.attributes["class"]) == ("60", "mark level-3")
    assert sum(tag.text == "0" for tag in marks) == len(marks) - 1


def test_only_days_of_study_are_in_the_table_of_days() -> None:
    card = facts(1)[0].id
    log = [answers(card, on=day(-9), duration_ms=90_000), answers(card, on=day(-2))]
    found = page_of(contents(facts(1), log))
    assert rows(found, "Reviews a day") == [
        ["Sun Nov 29", "1", "0", "0"],
        ["Sun Nov 22", "0", "1", "0"],
    ]
    assert rows(found, "Minutes a day")[1] == ["Sun Nov 22", "2 min"]


def test_the_forecast_goes_to_the_exam_or_over_four_weeks() -> None:
    cards = facts(50)
    without = section(page_of(contents(cards)), "ahead")
    assert without.one("h3").text == "Cards asked in the next four weeks"
    assert len(without.one("tbody").all("tr")) == 28
    ahead = section(page_of(contents(cards, exam_on=day(10))), "ahead")
    assert ahead.one("h3").text == "Cards asked until the exam on December 11, 2026"
    assert [row[0] for row in rows(ahead, ahead.one("h3").text)][-1] == "Thu Dec 10"


def test_a_plan_is_shown_week_by_week() -> None:
    goal = Goal(exam_on=day(20), start_on=TODAY, minutes=30)
    weeks = (Week(TODAY, {"billing": 3, "law": 4}, 12, 5_400.0, 6, (), has_lookups=False),)
    made = Plan(
        goal=goal,
        days_left=20,
        study_days_left=18,
        cards=50,
        unseen=40,
        new_today=7,
        all_seen_on=day(8),
        rehearsal_on=None,
        kept_back=0,
        fit=None,
        left_out={},
        days_behind=2,
        weeks=weeks,
        exams=(),
    )
    found = section(page_of(contents(facts(50), plan=made, exam_on=goal.exam_on)), "plan")
    said = found.one("dl").text
    assert "Monday, December 21, 2026, in 20 days" in said
    assert "30 minutes a day, 18 days to study" in said
    assert "7 new today, 10 of 50 seen, all by Wednesday, December 9" in said
    assert "2 study days behind" in said
    assert rows(found, "Week by week") == [["Dec 1, 2026", "3", "4", "12", "15"]]


def test_the_index_has_every_topic_its_page_and_its_times() -> None:
    cards = cards_of(
        replace(note("a"), manual="Labor laws: overtime"), replace(note("b"), manual="HIPAA")
    )
    looked_up = [looks_up("HIPAA", "212", 9.4), looks_up("HIPAA", None, 20)]
    found = section(page_of(contents(cards, looked_up=looked_up)), "manual")
    assert rows(found, "Index of the manual") == [
        ["HIPAA", "p. 212", "2", "14.7 s"],
        ["Labor laws", "", "-", "-"],
    ]
    assert "1 of 2 topics with a page or tab. Of the last 2 look-ups, 1 took under 15" in found.text


def test_a_gap_without_study_says_so() -> None:
    card = facts(1)[0]
    found = page_of(contents([card], [answers(card.id, on=TODAY - timedelta(days=300))]))
    assert "No day of study in the last 26 weeks." in section(found, "days").text
    assert "1 card in use" in section(found, "cards").text


def test_a_note_is_known_by_its_first_words() -> None:
    card = cards_of(note("long", Basic("word " * 60, "x")))[0]
    log = [answers(card.id, on=day(-5)), fails(card.id, on=day(-4))]
    found = page_of(contents([card], log))
    (row,) = rows(found, "Hardest notes, the worst 20")
    assert "..." in row[0]
    assert len(row[0]) < 160
