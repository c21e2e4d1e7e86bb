"""What a rating does to the card, in words: on its button, and once it is given."""

from collections.abc import Container
from collections.abc import Sequence

from cmom_srs.study import schedule
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Preview
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.wording import grade_name

_MOST_WAITS = 4

NOT_RESCHEDULED = {
    ReviewKind.SCHEDULED: "",
    ReviewKind.DRILL: "A repeat of what was failed today: its schedule stays as it is.",
    ReviewKind.CRAM: "Cramming, practice beside the schedule: nothing of it changes.",
}


def effects(session: Session, card: CardId) -> dict[Rating, str]:
    """What stands by each button: "6 d, then 13 d", "12 d, exam", "1 d, again today".

    Under published SM-2 the ratings often give the same waits at first: then "1, 6, 14 d".
    """
    repeated = [rating for rating in Rating if sessions.is_repeated(session, rating)]
    match sessions.kind_of(session, card):
        case ReviewKind.CRAM:
            return dict.fromkeys(Rating, "")
        case ReviewKind.DRILL:
            return {
                rating: "again today" if rating in repeated else "done for today"
                for rating in Rating
            }
        case ReviewKind.SCHEDULED:
            return _scheduled_effects(session, card, repeated)


def _scheduled_effects(
    session: Session, card: CardId, repeated: Container[Rating]
) -> dict[Rating, str]:
    before, horizon = sessions.state_of(session, card), session.limits.horizon
    after = {rating: schedule.review(before, rating, session.study_day) for rating in Rating}
    previews = {rating: schedule.preview(after[rating], horizon) for rating in Rating}
    told = [
        rating
        for rating, preview in previews.items()
        if rating not in repeated and not preview.is_shortened
    ]
    count = _until_they_part([_waits(after[rating], horizon) for rating in told])
    return {
        rating: _in_words(_waits(after[rating], horizon)[:count])
        if rating in told
        else f"{preview.wait_days} d, {'again today' if rating in repeated else 'exam'}"
        for rating, preview in previews.items()
    }


def _waits(state: CardState, horizon: Horizon) -> tuple[int, ...]:
    """The wait of a card as it stands, and the next ones after a Good on time."""
    waits: list[int] = []
    while len(waits) < _MOST_WAITS and state.last_reviewed_on is not None:
        due_on = schedule.waits_until(state, horizon)
        waits.append((due_on - state.last_reviewed_on).days)
        state = schedule.review(state, Rating.GOOD, due_on)
    return tuple(waits)


def _until_they_part(told: Sequence[tuple[int, ...]]) -> int:
    """How many waits it takes to tell all these apart, at least two; two if none do."""
    counts = range(2, _MOST_WAITS + 1)
    parting = (count for count in counts if len({waits[count - 1] for waits in told}) == len(told))
    return next(parting, 2)


def _in_words(waits: tuple[int, ...]) -> str:
    if len(waits) == 2:
        return f"{waits[0]} d, then {waits[1]} d"
    return f"{', '.join(map(str, waits))} d"


def outcome(before: Session, after: Session, recorded: Recorded) -> str:
    """What came of the rating, once it is recorded: "Good: again in 6 days."."""
    review = recorded.review
    name = grade_name(review.grade)
    is_repeated = review.card in after.repeats
    asked = sessions.current(before) or review.card  # which may have another name by now
    if sessions.kind_of(before, asked) is not review.kind:
        again = " The card is asked once more today." if is_repeated else ""
        return f"Answered in another window: {name} counts for nothing today.{again}"
    match review.kind:
        case ReviewKind.SCHEDULED:
            when = _when(schedule.preview(recorded.after, after.limits.horizon))
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
    return (
        f"Forgotten {lapses} times: a leech, which costs more time than it gives. When it comes "
        "back, rewrite it (v) or suspend it (!), so that it is asked no more."
    )
