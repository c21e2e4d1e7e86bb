"""What a review puts on paper for a card: its question, its answer, the buttons."""

from rich.text import Text

from cmom_srs.study import session as sessions
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import Question
from cmom_srs.study.response import Answer
from cmom_srs.study.schedule import Rating
from cmom_srs.study.session import Session
from cmom_srs.terminal import frame
from cmom_srs.terminal import ratings
from cmom_srs.terminal.output import card as faces
from cmom_srs.terminal.output.screen import Paper


def say(paper: Paper, line: str) -> None:
    """One quiet line: what was done, or why not."""
    paper.show(Text(line, "quiet"))


def show_header(paper: Paper, session: Session, titles: tuple[str, str], elapsed_ms: int) -> None:
    """What is left, the titles of domain and deck, the time of the session."""
    counts = sessions.counts(session)
    paper.show("")
    if paper.is_plain:
        paper.show(frame.plain_header(counts, titles, elapsed_ms))
    else:
        paper.show_across(frame.header(counts, titles, elapsed_ms, paper.width))


def show_question(paper: Paper, card: Card, question: Question) -> None:
    """The question; the mark is set where the answer will begin."""
    paper.show(faces.stem(question, card.note))
    paper.mark()
    paper.show(faces.unanswered(question, paper.is_plain))


def show_answer(paper: Paper, card: Card, answer: Answer) -> None:
    """The answer in the place of what stood below the question, which stays in view."""
    is_in_view = paper.erase_to_mark()
    if not is_in_view and not paper.is_plain:
        paper.show(faces.stem(answer.question, card.note))
    paper.show(faces.answered(answer, paper.is_plain))
    paper.show(faces.footer(answer.question, card.note, paper.is_plain))


def show_meanings(paper: Paper) -> None:
    """What the four ratings mean, for a first session."""
    paper.show(*(Text(line, "quiet") for line in frame.MEANINGS), "")


def show_buttons(paper: Paper, session: Session, card: CardId, suggested: Rating | None) -> None:
    """The four ratings; the mark is set before them."""
    kind = sessions.kind_of(session, card)
    effects = ratings.effects(session, kind)
    paper.mark()
    if note := ratings.NOT_RESCHEDULED[kind]:
        say(paper, note)
    if paper.is_plain:
        paper.show(frame.plain_buttons(effects))
    else:
        paper.show(frame.buttons(effects, suggested, paper.width))
