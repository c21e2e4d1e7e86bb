"""Undo: which answer would be taken back, whether that is meant, and the session without it."""

from cmom_srs.study.day.session import Session
from cmom_srs.study.schedule import Review
from cmom_srs.study.wording import date_of_year
from cmom_srs.study.wording import grade_name
from cmom_srs.terminal.keyboard.keys import ENTER
from cmom_srs.terminal.keyboard.keys import ESCAPE
from cmom_srs.terminal.page import Page
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.surroundings import Surroundings
from cmom_srs.terminal.surroundings import name_of

_MEANT = {"y": True, "n": False, ESCAPE: False, ENTER: False}


def take_back(
    session: Session, surroundings: Surroundings, prompt: Prompt, page: Page
) -> Session | None:
    """The session without its newest answer; None when there is nothing to take back.

    One that is not of this session is named first, with its day; the session as it was comes back
    when the learner does not mean that one.
    """
    newest = surroundings.newest_answer()
    if newest is None:
        page.say("Nothing is left to take back.")
        return None
    if newest not in session.done and not _is_meant(newest, session, surroundings, prompt, page):
        page.announce("Nothing was taken back.")
        return session
    # By its uid: a second window may have answered since.
    taken = surroundings.take_back(session, newest.uid)
    if taken is None:
        page.announce("It was taken back meanwhile.")
        return session
    without, review = taken
    page.announce(f"Taken back: {_named(review, surroundings)}.")
    return without


def _is_meant(
    newest: Review, session: Session, surroundings: Surroundings, prompt: Prompt, page: Page
) -> bool:
    day = date_of_year(newest.study_day, session.study_day)
    page.say(f"The newest answer is of {day}, not of this session:")
    page.say(f"{_named(newest, surroundings)}.")
    return prompt.key("Take that one back? y or n", _MEANT, "y or n.") is True


def _named(review: Review, surroundings: Surroundings) -> str:
    return f"{grade_name(review.grade)} for {name_of(review.card, surroundings)}"
