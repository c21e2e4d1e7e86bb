"""What a review puts on screen for a card: its question, its answer, the buttons."""

from rich.text import Text

from cmom_srs.study import session as sessions
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import Question
from cmom_srs.study.response import Response
from cmom_srs.study.schedule import Rating
from cmom_srs.study.session import Session
from cmom_srs.terminal import frame
from cmom_srs.terminal import ratings
from cmom_srs.terminal.output import card as faces
from cmom_srs.terminal.output.screen import Screen


def say(screen: Screen, line: str) -> None:
    """One quiet line: what was done, or why not."""
    screen.show(Text(line, "quiet"))


def show_header(screen: Screen, session: Session, titles: tuple[str, str], elapsed_ms: int) -> None:
    """What is left, the titles of domain and deck, the time of the session."""
    counts = sessions.counts(session)
    screen.show("")
    if screen.is_plain:
        screen.show(frame.plain_header(counts, titles, elapsed_ms))
    else:
        screen.show_across(frame.header(counts, titles, elapsed_ms, screen.width))


def show_question(screen: Screen, card: Card, question: Question) -> None:
    """The question; the mark is set where the answer will begin."""
    screen.show(faces.stem(question, card.note))
    screen.mark()
    screen.show(faces.unanswered(question, screen.is_plain))


def show_answer(screen: Screen, card: Card, response: Response) -> None:
    """The answer in the place of what stood below the question, which stays in view."""
    is_in_view = screen.erase_to_mark()
    if not is_in_view and not screen.is_plain:
        screen.show(faces.stem(response.question, card.note))
    screen.show(faces.answered(response, screen.is_plain))
    screen.show(faces.footer(response.question, card.note, screen.is_plain))


def show_meanings(screen: Screen) -> None:
    """What the four ratings mean, for a first session."""
    screen.show(*(Text(line, "quiet") for line in frame.MEANINGS), "")


def show_buttons(screen: Screen, session: Session, card: CardId, suggested: Rating | None) -> None:
    """The four ratings; the mark is set before them."""
    kind = sessions.kind_of(session, card)
    effects = ratings.effects(session, kind)
    screen.mark()
    if note := ratings.NOT_RESCHEDULED[kind]:
        say(screen, note)
    if screen.is_plain:
        screen.show(frame.plain_buttons(effects))
    else:
        screen.show(frame.buttons(effects, suggested, screen.width))
