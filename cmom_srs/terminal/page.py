"""The page of a card: what stands on the screen for it, begun, drawn again, left for a moment."""

from collections.abc import Mapping

from rich.console import RenderableType
from rich.text import Text

from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.response import Response
from cmom_srs.study.schedule import Rating
from cmom_srs.terminal import layout
from cmom_srs.terminal.header import header
from cmom_srs.terminal.header import plain_header
from cmom_srs.terminal.output import card as faces
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch
from cmom_srs.terminal.surroundings import Surroundings
from cmom_srs.terminal.turn import Turn

_PROMPT_LINES = 1
_NO_COMMANDS: Mapping[str, str] = {}


class Page:
    """Draws cards, one a page where the screen has pages, and says what came of them.

    `explains_ratings` until the first answer was shown, in a learner's first session.
    """

    def __init__(
        self,
        prompt: Prompt,
        surroundings: Surroundings,
        watch: Stopwatch,
        explains_ratings: bool = False,
    ) -> None:
        self._prompt = prompt
        self._screen = prompt.screen
        self._surroundings = surroundings
        self._watch = watch
        self._explains_ratings = explains_ratings
        self._results: tuple[str, ...] = ()

    def say(self, line: str) -> None:
        """One quiet line below what stands there."""
        self._screen.show(Text(line, "quiet"))

    def announce(self, line: str) -> None:
        """Says what came of a card: above the next one where there are pages, else at once."""
        if self._screen.is_paged:
            self._results += (line,)
        else:
            self.say(line)

    def begin(self, turn: Turn, session: Session, card: Card, question: Question) -> None:
        """A page for the card down to where its answer will begin; its own anew if it has one."""
        if turn.is_begun:
            self._screen.restart_page()
        else:
            self._screen.begin_page()
        turn.is_begun = True
        if self._results:
            turn.results, self._results = self._results, ()
        self._show_top(turn, session, card)
        self._screen.show(faces.stem(question, card.note))
        self._screen.mark()

    def _show_top(self, turn: Turn, session: Session, card: Card) -> None:
        """What came of the card before, then the header, at one place whether there is a result."""
        for result in turn.results:
            self.say(result)
        titles = self._surroundings.title(card)
        counts, ms = sessions.counts(session), self._watch.ms
        if self._screen.is_plain:
            self._screen.show(plain_header(counts, titles, ms))
            return
        if self._screen.is_paged and not turn.results:
            self._screen.show("")
        self._screen.show_across(header(counts, titles, ms, self._screen.width))

    def show_unanswered(self, question: Question) -> None:
        """What the answer will take the place of."""
        self._screen.show(faces.unanswered(question, self._screen.is_plain))

    def show_answer(self, turn: Turn, session: Session, card: Card, response: Response) -> None:
        """The answer in the place of what stood below the question, which stays in view."""
        is_in_view = self._screen.erase_to_mark()
        if not is_in_view and not self._screen.is_plain:
            self.begin(turn, session, card, response.question)
        remark = self._surroundings.remark(card.id)
        below = [faces.footer(response.question, card.note, remark, self._screen.is_plain)]
        if self._explains_ratings:
            below.append(layout.MEANINGS)
        self._explains_ratings = False
        block = layout.rating_block(self._screen, session, turn.card, turn.suggested())
        self._screen.show(self._answer(turn, response, *below, block), *below)

    def _answer(self, turn: Turn, response: Response, *below: RenderableType) -> RenderableType:
        """The answer whole, or folded where it is too long to leave the question in view."""
        whole, folded = faces.answered(response, self._screen.is_plain), faces.folded(response)
        lines = self._screen.lines_of(whole, *below) + _PROMPT_LINES
        is_too_long = self._screen.is_paged and lines > self._screen.room
        turn.is_folded = folded is not None and is_too_long and not turn.is_unfolded
        return folded if folded is not None and turn.is_folded else whole

    def show_ratings(self, session: Session, turn: Turn, suggested: Rating | None) -> None:
        """The buttons; the mark is set before them."""
        self._screen.mark()
        self._screen.show(layout.rating_block(self._screen, session, turn.card, suggested))

    def erase_ratings(self) -> None:
        """Takes the buttons back, so that what came of the rating stands in their place."""
        self._screen.erase_to_mark()

    def show_aside(self, block: RenderableType) -> bool:
        """Something beside the card, until a key is pressed; whether the card is still in view."""
        if not self._screen.is_paged:
            self._screen.show(block, "")
            return True
        self._screen.restart_page()
        self._screen.show("", block, "")
        self._prompt.last_key("Any key goes back to the card", {})
        return False

    def ask_remark(self, card: CardId) -> str | None:
        """A line of the learner's own in place of the one before, empty for none; None to keep it.

        By keys on a page of its own, which is drawn again with what is typed.
        """
        draft: list[str] = []
        while True:
            if self._screen.is_paged:
                self._screen.restart_page()
                self._screen.show("")
            words = "Your note"
            if before := self._surroundings.remark(card):
                self._screen.show(f"Your note: {before}", "")
                words = "In its place (Enter keeps it, - takes it away)"
            typed = self._prompt.line(words, _NO_COMMANDS, draft=draft)
            if not isinstance(typed, Wake):
                return "" if typed == "-" else typed or None

    def end(self) -> None:
        """A page for what follows the last card: first what came of that."""
        self._screen.begin_page()
        for result in self._results:
            self.say(result)
        if self._results:
            self._screen.show("")
        self._results = ()
