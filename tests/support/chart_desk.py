"""A learner half a year on: decks, months of answers and five exams in a real history."""

from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from random import Random

from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.folder import folder_hash
from cmom_srs.deckfiles.read import read
from cmom_srs.history import log
from cmom_srs.history.exam import exams
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.notes import cards
from tests.support.builders import TODAY
from tests.support.long_past import studies

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)

BLUEPRINT = """\
[[domain]]
key = "finance"
title = "Financial Management"

[[domain]]
key = "law"
title = "Compliance and Risk Management"

[[domain]]
key = "people"
title = "Personnel Management"

[profile.short]
title = "A short exam"
questions = 40
minutes = 48
pass_percent = 75
weights = { finance = 40, law = 40, people = 20 }
source = "made up for a test"
as_of = 2026-01-01
weights_source = "made up for a test"
"""
SUBJECTS = {
    "finance": ("the aging report", "a clean claim", "the copay", "a remittance advice"),
    "law": ("a covered entity", "the Security Rule", "a breach of health information", "consent"),
    "people": ("an exempt employee", "a job description", "progressive discipline", "turnover"),
}
REASONS = (Reason.KNOWLEDGE, Reason.MISREAD, Reason.KNOWLEDGE, None, Reason.TWO_GOOD)


def write_decks(folder: Path, notes: int) -> Path:
    """A decks folder with so many choice notes in each of three domains."""
    for domain, subjects in SUBJECTS.items():
        (folder / domain).mkdir(parents=True)
        written = "".join(_note(domain, subjects, place) for place in range(notes))
        text = f"# About {domain}\nSource: 29 CFR 541\n{written}"
        (folder / domain / f"{domain}.md").write_text(text, encoding="utf-8")
    (folder / "blueprint.toml").write_text(BLUEPRINT, encoding="utf-8")
    return folder


def _note(domain: str, subjects: tuple[str, ...], place: int) -> str:
    subject = subjects[place % len(subjects)]
    return f"""
## {domain}-{place:03}
Question: Which sentence about {subject} is true, by the manual of the office (case {place})?
- [x] The first of {subject}, {place}
  Why: It is true.
- [ ] The second of {subject}, {place}
  Why: It is not.
- [ ] The third of {subject}, {place}
  Why: Nor is this.
"""


def learn(history: Path, decks: Path, *, days: int) -> None:
    """So many days of study up to yesterday, Sundays off, and exams in the last of them."""
    known = read(decks, lambda _: True)
    blueprint, _ = read_blueprint(decks)
    assert blueprint
    with open_history(history) as store:
        found = DecksRead(known.notes, known.broken, known.present, folder_hash(decks))
        sync(store, found, TODAY - timedelta(days=days))
        ids = [card.id for note in store.notes() for card in cards(note)]
        Random(7).shuffle(ids)
        with store.database.writing() as connection:
            log.append(connection, studies(ids, days, new_a_day=2, off=(6,)))
        for days_ago, questions, wrong, domains in (
            (70, None, 17, ()),
            (41, None, 13, ()),
            (27, 20, 4, ()),
            (12, None, 7, ("law",)),
            (3, None, 6, ()),
        ):
            sits(store, blueprint.profile(), days_ago, wrong, Wishes(questions, domains))


def sits(store: Store, profile: Profile, days_ago: int, wrong: int, wishes: Wishes) -> None:
    """An exam in which the first so many items are missed, and reasons given for most."""
    start = NOON - timedelta(days=days_ago)
    before = exams.asked_before(store)
    items = draw(store.notes(), profile, Random(7), wishes, before.seen, before.used)
    asked = Asked(wishes.domains, wishes.questions)
    drawn = Exam("", 0, profile.id, profile.title, "7", 48, 75, start, start.date(), asked, items)
    begun = exams.begin(store, drawn)
    happened = [Event(EventKind.SHOWN, start, item.position) for item in items]
    for item in items:
        right = item.words.right
        place = right % 3 + 1 if item.position <= wrong else right
        happened.append(Event(EventKind.ANSWERED, start, item.position, place))
    happened.append(Event(EventKind.SUBMITTED, start + timedelta(minutes=40)))
    exams.append(store, begun, happened, 4)
    exams.append(store, begun, list(_reasons(start, wrong)), 4)


def _reasons(start: datetime, wrong: int) -> Iterable[Event]:
    for position in range(1, wrong + 1):
        if reason := REASONS[position % len(REASONS)]:
            at = start + timedelta(minutes=41)
            yield Event(EventKind.REASON, at, position, reason.value)
