"""A review amid plain dictionaries: run as a script on a pseudo-terminal, or in-process.

Every answer recorded is a line of JSON in `log`, as a learner's history would hold it; the time of
the session is the number in `clock`, which a test may change; `end` says how the review ended.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from cmom_srs.history.identity import fresh_uid
from cmom_srs.study import schedule
from cmom_srs.study.day import undo
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Parameter
from cmom_srs.study.notes import Steps
from cmom_srs.study.notes import cards
from cmom_srs.study.notes import parse_card_id
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory
from cmom_srs.terminal.review import run_review

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
DOMAINS = {
    "compliance-and-risk": "Compliance and Risk",
    "financial-management": "Financial Management",
    "personnel-management": "Personnel Management",
}


def parameter(name: str, *values: str, prefix: str = "") -> Parameter:
    return Parameter(name, choices=tuple(map(Decimal, values)), prefix=prefix)


BODIES: Mapping[str, Body] = {
    "basic": Basic(
        "Under federal law, what three tests must an office job pass before its holder can be "
        "treated as an exempt executive, administrative or professional employee?",
        "Salary basis, salary level and duties. Failing one of them leaves the employee "
        "non-exempt.",
    ),
    "cloze": Cloze(
        "As of 2026, the federal salary level for executive, administrative and professional "
        "exemptions is {{c1::$684::weekly amount}} a week, which is {{c2::$35,568}} a year."
    ),
    "choice": Choice(
        "What does federal law require of the practice?",
        (
            Option(
                "Rewrite her job description so that it fits her title",
                "Tidy paperwork is tempting, but the work done decides, and it has not changed.",
            ),
            Option(
                "Pay her overtime for the hours beyond 40 in each week",
                "Her duties are those of a medical assistant, so she is non-exempt.",
                is_right=True,
            ),
            Option(
                "Nothing, because her salary is above the federal level",
                "The salary level is one test of three; the duties test fails.",
            ),
            Option("None of the above", "One of them is right.", is_last=True),
        ),
    ),
    "several": Choice(
        "Which of these may a front desk ask of every caller?",
        (
            Option("Full name", "Identity is checked with two identifiers.", is_right=True),
            Option("Date of birth", "The usual second identifier.", is_right=True),
            Option("Reason for the divorce", "No minimum necessary use can need it."),
            Option("Call-back number", "Needed to reach the patient.", is_right=True),
            Option("Religion", "Nothing at the front desk depends on it."),
        ),
    ),
    "calculation": Calculation(
        "A practice's A/R is {receivables}. In the last {days} days it posted gross charges of "
        "{charges}. How many days are in A/R on gross charges, to one decimal?",
        (
            parameter("receivables", "180000", "195000", prefix="$"),
            parameter("days", "90", "91"),
            parameter("charges", "402000", "426000", prefix="$"),
        ),
        "receivables / (charges / days)",
        decimals=1,
        unit="days",
        mistakes=(
            Mistake(
                "receivables / (charges / 365)",
                "The charges cover {days} days, so they must be spread over {days} days.",
            ),
        ),
    ),
    "steps": Steps(
        "A patient asks in writing for a copy of her records.",
        (
            "Log the day of receipt, from which the 30 days run",
            "Verify who is asking before anyone opens the chart",
            "Pull the medical and billing records that she asked for",
            "Check the pulled pages for any that may be denied",
            "Deliver the remaining pages in the form she asked for",
        ),
    ),
    "table": Basic(
        "Which column of the aging report is overdue?\n\n| bucket | balance |\n|---|--:|\n"
        "| 0-30 days | $12,000 |\n| over 120 days | $900 |",
        "The last one:\n\n- it is *old*\n- it is **not** collected",
    ),
    "reverse": Basic("Form for an ambulance claim?", "CMS-1500", is_reversible=True),
}


def note(note_id: str, position: int) -> Note:
    domain, deck = {
        "calculation": ("financial-management", "A/R formulas"),
        "table": ("financial-management", "A/R formulas"),
        "reverse": ("financial-management", "Claim forms"),
        "several": ("compliance-and-risk", "HIPAA privacy"),
        "steps": ("compliance-and-risk", "HIPAA privacy"),
    }.get(note_id, ("personnel-management", "FLSA exemptions"))
    made = Note(note_id, domain, deck, deck, position, BODIES[note_id], source="29 CFR 541.600")
    match note_id:
        case "choice":
            return replace(
                made,
                scenario="A dermatology practice pays Renee, a medical assistant, a salary of "
                '$41,600 a year and calls her "Patient Care Manager". She rooms patients and '
                "supervises nobody, and works about 47 hours a week.",
                manual="Labor laws: FLSA exemptions",
            )
        case "cloze":
            return replace(
                made,
                extra="Some states set a higher level, and the higher one governs.",
                as_of=date(2026, 1, 1),
                manual="Labor laws: FLSA salary level",
            )
        case "calculation":
            return replace(made, extra="Average daily charges are {charges} / {days}.")
        case _:
            return made


NOTES = {note_id: note(note_id, position) for position, note_id in enumerate(BODIES)}
CARDS = {card.id: card for made in NOTES.values() for card in cards(made)}


def seen(lapses: int = 0) -> CardState:
    """A card that was answered twice and is due today."""
    return CardState(
        memory=Memory(repetitions=2, interval_days=6),
        due_on=TODAY,
        last_reviewed_on=TODAY - timedelta(days=6),
        lapses=lapses,
    )


@dataclass
class Table:
    """The surroundings of a review: the cards, their states before the session, and the log."""

    folder: Path
    states: Mapping[CardId, CardState]
    log: list[Review] = field(default_factory=list)
    cards: dict[CardId, Card] = field(default_factory=lambda: dict(CARDS))

    def card(self, card: CardId) -> Card | None:
        return self.cards.get(card)

    def title(self, card: Card) -> tuple[str, str]:
        return DOMAINS[card.note.domain], card.note.deck_title

    def record(self, answer: Review) -> Recorded | None:
        """Keeps an answer, as a history would."""
        if (self.folder / "gone").exists():
            return None
        before, stored = self.folded(answer.card), replace(answer, uid=fresh_uid())
        self.log.append(stored)
        self.write_log()
        return Recorded(stored, before, self.folded(answer.card))

    def folded(self, card: CardId) -> CardState:
        """The state before the session, and what the log made of it."""
        state = self.state(card)
        for answer in schedule.counted(self.log):
            if answer.card == card:
                state = schedule.review(state, answer.grade, answer.study_day)
        return state

    def write_log(self) -> None:
        lines = [
            json.dumps([str(answer.card), answer.kind, answer.grade, answer.duration_ms])
            for answer in self.log
        ]
        (self.folder / "new").write_text("\n".join(lines), encoding="utf-8")
        (self.folder / "new").replace(self.folder / "log")
        looked_up = [str(answer.card) for answer in self.log if answer.looked_up]
        (self.folder / "looked-up").write_text("\n".join(looked_up), encoding="utf-8")

    def newest_answer(self) -> Review | None:
        return self.log[-1] if self.log else None

    def take_back(self, session: Session, uid: str) -> tuple[Session, Review] | None:
        answer = next((answer for answer in self.log if answer.uid == uid), None)
        if answer is None:
            return None
        self.log.remove(answer)
        self.write_log()
        before = self.states.get(answer.card, NEVER_ANSWERED)
        states = {**session.states, answer.card: before}
        log = DayLog(tuple(self.log), frozenset(answer.card for answer in self.log))
        restarted = undo.restart(session, states, self.cards.values(), log, answer)
        return restarted, answer

    def edit(self, card: CardId) -> str:
        """Opens the editor given by the test, if any; then the note is as `edited` says."""
        editor = self.folder / "editor"
        if editor.exists():
            subprocess.run(["/bin/sh", str(editor)], check=True)
        edited = self.folder / "edited"
        if not edited.exists():
            return "Nothing was changed."
        question = edited.read_text(encoding="utf-8")
        if not question:
            del self.cards[card]
            return "The note was removed."
        made = self.cards[card].note
        self.cards[card] = Card(replace(made, body=Basic(question, "Three tests")), card.ordinal)
        return "Saved."

    def elapsed(self) -> float:
        clock = self.folder / "clock"
        return float(clock.read_text(encoding="utf-8")) if clock.exists() else 0.0

    def state(self, card: CardId) -> CardState:
        return self.states.get(card, NEVER_ANSWERED)

    def suspend(self, card: CardId) -> CardState:
        return replace(self.state(card), is_suspended=True)

    def bury(self, card: CardId) -> CardState:
        return replace(self.state(card), buried_on=TODAY)

    def remark(self, card: CardId) -> str:
        kept = self.folder / "remark"
        return kept.read_text(encoding="utf-8") if kept.exists() else ""

    def keep_remark(self, card: CardId, text: str) -> None:
        (self.folder / "remark").write_text(text, encoding="utf-8")

    def manual_page(self, card: Card) -> str | None:
        noted = self.folder / "page"
        return noted.read_text(encoding="utf-8") if noted.exists() else None

    def info(self, card: CardId) -> str:
        return f"{card}: decks/labor.md:42\n{len(self.log)} answers today"

    def place(self, card: CardId) -> str:
        return "decks/labor.md, line 42"

    def tomorrow(self, session: Session) -> DayAhead:
        return DayAhead(TODAY + timedelta(days=1), 15, 10)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=len(self.log))


def read_answers(folder: Path) -> list[tuple[str, str, int, int]]:
    log = folder / "log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [tuple(json.loads(line)) for line in lines]


def review_command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, __file__, str(folder), *arguments]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("cards", nargs="+", type=parse_card_id)
    parser.add_argument("--due", action="store_true", help="the cards are not new but due")
    parser.add_argument("--lapses", type=int, default=0)
    parser.add_argument("--exam-in", type=int)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--cram", action="store_true")
    parser.add_argument("--answered", type=parse_card_id, help="a card answered before the session")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--first", action="store_true")
    asked = parser.parse_args(arguments)

    states = dict.fromkeys(asked.cards, seen(asked.lapses)) if asked.due else {}
    exam_on = TODAY + timedelta(days=asked.exam_in) if asked.exam_in else None
    only = frozenset(card.note_id for card in asked.cards)
    limits = Limits(minutes=asked.minutes, horizon=Horizon(exam_on), only=only)
    session = Session(TODAY, limits, states, first=tuple(asked.cards), is_cram=asked.cram)
    table = Table(asked.folder, states)
    if asked.answered:
        table.log.append(
            Review(asked.answered, NOW, TODAY, ReviewKind.SCHEDULED, Rating.GOOD, 5000)
        )
    end = run_review(session, table, is_plain=asked.plain, is_first=asked.first)
    said = f"{len(end.session.done)} {end.is_interrupted} {end.is_closed}"
    (asked.folder / "end").write_text(said, encoding="utf-8")
    return 130 if end.is_interrupted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
