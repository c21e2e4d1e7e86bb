"""What a rating does to the card, in words: on its button, and once it is given."""

from cmom_srs.study import schedule
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.schedule import Preview
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.wording import grade_name

NOT_RESCHEDULED = {
    ReviewKind.SCHEDULED: "",
    ReviewKind.DRILL: "A repeat: its schedule stays as it is.",
    ReviewKind.CRAM: "Cramming: no schedule changes.",
}


def effects(session: Session, kind: ReviewKind) -> dict[Rating, str]:
    """What stands by each button: "6 d, then 13 d", "12 d, exam", "1 d, again today"."""
    if kind is ReviewKind.CRAM:
        return dict.fromkeys(Rating, "")
    repeated = [rating for rating in Rating if sessions.is_repeated(session, rating)]
    if kind is ReviewKind.DRILL:
        return {
            rating: "again today" if rating in repeated else "done for today" for rating in Rating
        }
    return {
        rating: _effect(preview, rating in repeated)
        for rating, preview in sessions.previews(session).items()
    }


def _effect(preview: Preview, is_repeated: bool) -> str:
    if is_repeated:
        return f"{preview.wait_days} d, again today"
    if preview.is_shortened:
        return f"{preview.wait_days} d, exam"
    return f"{preview.wait_days} d, then {preview.then_days} d"


def outcome(before: Session, after: Session, recorded: Recorded) -> str:
    """What came of the rating, once it is recorded: "Good: again in 6 days."."""
    review = recorded.review
    name = grade_name(review.grade)
    is_repeated = review.card in after.repeats
    if sessions.kind_of(before, review.card) is not review.kind:
        again = " The card is asked once more today." if is_repeated else ""
        return f"Answered in another window: {name} counts for nothing today.{again}"
    match review.kind:
        case ReviewKind.SCHEDULED:
            when = _when(schedule.preview_of(recorded.after, after.limits.horizon))
            return f"{name}: again today, then {when}." if is_repeated else f"{name}: again {when}."
        case ReviewKind.DRILL:
            return f"{name}: once more today." if is_repeated else f"{name}: done for today."
        case ReviewKind.CRAM:
            return f"{name}: no schedule changed."


def _when(preview: Preview) -> str:
    days = preview.wait_days
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"{when}, for the exam" if preview.is_shortened else when


def leech_alert(before: Session, after: Session, recorded: Recorded) -> str:
    """The line for a card that has just become a leech, or nothing."""
    if len(after.leeches) == len(before.leeches):
        return ""
    lapses = recorded.after.lapses
    return f"{lapses} lapses: a leech. When it comes back, rewrite it (v) or suspend it (!)."
