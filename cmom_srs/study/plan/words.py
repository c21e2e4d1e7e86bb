"""A plan in words, for a screen and for a page."""

from datetime import date

from cmom_srs.study import wording
from cmom_srs.study.plan.exams import PlannedExam
from cmom_srs.study.plan.fit import Fit
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.wording import count_of


def exam_words(exam_on: date, today: date) -> str:
    """The day of an exam ahead, and how far it is: "Monday, February 1, 2027, in 66 days"."""
    days = (exam_on - today).days
    return f"{wording.long_date(exam_on)}, {'tomorrow' if days == 1 else f'in {days} days'}"


def standing_words(plan: Plan) -> str:
    """Whether as many cards are seen as the plan had by now."""
    if not plan.days_behind:
        return "on plan"
    days = count_of(plan.days_behind, "study day")
    return f"{days} behind: fewer cards are seen than the plan had by now"


def fit_words(fit: Fit, cards: int) -> str:
    """The verdict and the time for each card: "tight: 86 seconds for each of 1168 cards"."""
    return (
        f"{fit.verdict}: {fit.seconds_per_card:.0f} seconds for each of {count_of(cards, 'card')}"
    )


def cards_words(plan: Plan, today: date) -> str:
    """How many cards are new today, seen, and seen by when; what is left out or kept back."""
    words = [f"{plan.new_today} new today", f"{plan.cards - plan.unseen} of {plan.cards} seen"]
    if plan.all_seen_on and plan.unseen:
        words.append(f"all by {wording.date_of_year(plan.all_seen_on, today)}")
    elif plan.left_out:
        words.append(f"{sum(plan.left_out.values())} will not be by the exam")
    if plan.kept_back:
        words.append(f"{plan.kept_back} kept back for the rehearsal")
    return ", ".join(words)


def exam_line(exam: PlannedExam) -> str:
    """A planned exam, its length and its command."""
    name = "rehearsal, " if exam.is_rehearsal else ""
    return f"{name}{exam.questions} questions, {exam.minutes} minutes: {exam.command}"


def hours(seconds: float) -> str:
    """Hours, with a decimal where they are few: "9.5 hours", "32 hours"."""
    hours = seconds / 3600
    return f"{hours:.0f} hours" if hours >= 10 else f"{hours:.1f} hours"
