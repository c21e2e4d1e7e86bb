"""The page of a card: what stands on the screen for it, begun, drawn again, left for a moment."""

from collections.abc import Iterable
from collections.abc import Mapping

from rich.console import Group
from rich.console import RenderableType
from rich.text import Text

from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.response import Picked
from cmom_srs.study.questions.response import Response
from cmom_srs.terminal import layout
from cmom_srs.terminal.header import header
from cmom_srs.terminal.header import plain_header
from cmom_srs.terminal.output import faces
from cmom_srs.terminal.output.gaps import ABOVE_HEADER
from cmom_srs.terminal.output.gaps import TIGHTEST
from cmom_srs.terminal.output.gaps import tightened
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch
from cmom_srs.terminal.surroundings import Surroundings
from cmom_srs.terminal.turn import Turn

_HEADER_AND_PROMPT = 2
_OWN_LINE = "A line of your own, kept with the note and shown after its answer."
_TIGHT_ENOUGH = 3  # of the ways to be tight, those that no reader misses
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
        self._show(turn, _above_header(turn, self._screen))
        self._show_header(session, card)
        self._show(turn, faces.stem(question, card.note.scenario))
        self._screen.mark()

    def _show_header(self, session: Session, card: Card) -> None:
        titles = self._surroundings.title(card)
        counts, ms = sessions.counts(session), self._watch.ms
        if self._screen.is_plain:
            self._screen.show(plain_header(counts, titles, ms))
        else:
            self._screen.show_across(header(counts, titles, ms, self._screen.width))

    def _show(self, turn: Turn, block: RenderableType) -> None:
        self._screen.show(tightened(block, turn.tightness))

    def show_unanswered(self, question: Question) -> None:
        """What the answer will take the place of."""
        self._screen.show(faces.unanswered(question, self._screen.is_plain))

    def show_answer(self, turn: Turn, session: Session, card: Card, response: Response) -> None:
        """The answer in the place of what stood below the question, which stays in view."""
        turn.explains_ratings |= self._explains_ratings
        self._explains_ratings = False
        own_words = self._surroundings.remark(card.id), self._surroundings.manual_page(card)
        footer = faces.footer(
            response.question, card.note, session.study_day, own_words, self._screen.is_plain
        )
        beside = (
            _above_header(turn, self._screen),
            faces.stem(response.question, card.note.scenario),
            footer,
            layout.rating_block(self._screen, session, turn),
        )
        before = turn.tightness
        answer = self._fit(turn, response, beside)
        is_in_view = self._screen.erase_to_mark() and before == turn.tightness
        if not is_in_view and not self._screen.is_plain:
            self.begin(turn, session, card, response.question)
        self._show(turn, answer)
        self._show(turn, footer)

    def _fit(
        self, turn: Turn, response: Response, beside: Iterable[RenderableType]
    ) -> RenderableType:
        """The answer in the form that leaves the question in sight, the page as tight as it takes.

        A little tightness is tried before anything is folded. What does not fit in any form is as
        short as can be, unless the learner wants it whole.
        """
        whole, folded = faces.answered(response, self._screen.is_plain), faces.folded(response)
        forms = [(whole, tightness) for tightness in range(TIGHTEST + 1)]
        if folded is not None and not turn.is_unfolded:
            forms = forms[:_TIGHT_ENOUGH] + [(folded, tightness) for _, tightness in forms]
        last_resort = (whole, 0) if turn.is_unfolded or not self._screen.is_paged else forms[-1]
        fitting = (form for form in forms if self._fits((form[0], *beside), form[1]))
        answer, turn.tightness = next(fitting, last_resort)
        turn.is_folded = answer is folded and isinstance(response, Picked)
        return answer

    def _fits(self, blocks: Iterable[RenderableType], tightness: int) -> bool:
        """Whether blocks so tight fit the screen together with a header and a prompt."""
        lines = self._screen.lines_of(*(tightened(block, tightness) for block in blocks))
        return self._screen.is_paged and lines + _HEADER_AND_PROMPT <= self._screen.height

    def show_ratings(self, session: Session, turn: Turn) -> None:
        """The buttons; the mark is set before them."""
        self._screen.mark()
        self._screen.show(layout.rating_block(self._screen, session, turn))

    def erase_ratings(self) -> None:
        """Takes the buttons back, so that what came of the rating stands in their place."""
        self._screen.erase_to_mark()

    def show_aside(self, block: RenderableType) -> bool:
        """Something beside the card, until a key is pressed; whether the card is still in view."""
        if not self._screen.is_paged:
            self._screen.show(block, "")
            return True
        is_read = False
        while not is_read:
            self._screen.restart_page()
            self._screen.show("", block, "")
            key = self._prompt.last_key("Any key goes back to the card", _NO_COMMANDS)
            is_read = not isinstance(key, Wake)
        return False

    def ask_remark(self, card: CardId) -> str | None:
        """A line of the learner's own in place of the one before, empty for none; None to keep it.

        By keys on a page of its own, which is drawn again with what is typed.
        """
        draft: list[str] = []
        while True:
            if self._screen.is_paged:
                self._screen.restart_page()
                self._screen.show("", Text(_OWN_LINE, "quiet"), "")
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

    def leave_end(self) -> None:
        """Goes on after all: what came of the last card was said."""
        self._results = ()


def _above_header(turn: Turn, screen: Screen) -> RenderableType:
    """What came of the card before; the header stands in one place whether there is a result."""
    if turn.results or not screen.is_paged:
        return Group(*(Text(result, "quiet") for result in turn.results))
    return Group(ABOVE_HEADER)
