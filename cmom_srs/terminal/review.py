"""The review loop: ask a card, show its answer, take the rating, record it, go on."""

import sys
from dataclasses import dataclass
from dataclasses import replace

from rich.text import Text

from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.response import Response
from cmom_srs.study.questions.response import to_json
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Rating
from cmom_srs.study.stats import sitting
from cmom_srs.terminal import layout
from cmom_srs.terminal import ratings
from cmom_srs.terminal.commands import COMMANDS
from cmom_srs.terminal.commands import Command
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.page import Page
from cmom_srs.terminal.prompt.ask import ask_rating
from cmom_srs.terminal.prompt.ask import ask_response
from cmom_srs.terminal.prompt.open import open_prompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch
from cmom_srs.terminal.summary import saved
from cmom_srs.terminal.summary import summary
from cmom_srs.terminal.surroundings import Surroundings
from cmom_srs.terminal.surroundings import name_of
from cmom_srs.terminal.taking_back import take_back
from cmom_srs.terminal.turn import Turn


@dataclass(frozen=True, slots=True)
class ReviewEnd:
    """How a review ended, all of `session.done` being on disk.

    `is_interrupted` by Ctrl-C; `is_closed` when the terminal is gone or the program was asked to
    end: then nothing more can be shown.
    """

    session: Session
    is_interrupted: bool = False
    is_closed: bool = False


def run_review(
    session: Session,
    surroundings: Surroundings,
    *,
    is_plain: bool = False,
    is_first: bool = False,
) -> ReviewEnd:
    """Asks the session's cards on the learner's terminal, and shows what came of it.

    `is_plain` for numbered choices and whole lines; `is_first` explains the ratings once. The
    terminal is as it was when this returns or raises.
    """
    watch = Stopwatch(surroundings.elapsed)
    review = _Review(session, surroundings, watch, is_first)
    try:
        with open_prompt(is_plain, watch) as prompt:
            review.hold(prompt)
    except TerminalClosedError:
        return ReviewEnd(review.session, is_closed=True)
    except KeyboardInterrupt:
        sys.stderr.write(f"{saved(len(review.session.done))}\n")
        return ReviewEnd(review.session, is_interrupted=True)
    return ReviewEnd(review.session)


class _Review:
    """A session being held; nothing in `session` is done that is not on disk."""

    def __init__(
        self, session: Session, surroundings: Surroundings, watch: Stopwatch, is_first: bool
    ) -> None:
        self.session = session
        self._surroundings = surroundings
        self._watch = watch
        self._is_first = is_first
        self._turn: Turn | None = None
        self._doers = {
            Command.KEYS: self._show_keys,
            Command.INFO: self._show_info,
            Command.MANUAL: self._note_manual,
            Command.UNDO: self._undo,
            Command.WHYS: self._unfold,
            Command.REMARK: self._keep_remark,
            Command.EDIT: self._edit,
            Command.BURY: self._bury,
            Command.SUSPEND: self._suspend,
            Command.LEAVE: self._leave,
        }

    def hold(self, prompt: Prompt) -> None:
        """Asks until nothing is left or the learner leaves, then sums up."""
        self._prompt = prompt
        self._screen = prompt.screen
        self._page = Page(prompt, self._surroundings, self._watch, self._is_first)
        try:
            while self._ask_all():
                self._sum_up()
                if not self._takes_back_at_the_end():
                    return
        except KeyboardInterrupt:
            self._screen.break_off()
            raise
        self._sum_up()

    def _ask_all(self) -> bool:
        """Asks what is left; False when the learner leaves before, by `q` or end of input."""
        try:
            while (card := sessions.current(self.session)) is not None:
                self._ask(card)
        except TerminalClosedError:
            raise
        except EOFError:
            return False
        return True

    def _ask(self, card_id: CardId) -> None:
        """Asks a card until it is graded, or something came between and it must be drawn anew."""
        card = self._surroundings.card(card_id)
        if card is None:
            self._page.announce(f"{card_id} is no longer in the decks.")
            self._put_aside(card_id, sessions.state_of(self.session, card_id))
            return
        if self._turn is None or self._turn.card != card_id:
            self._turn = Turn(card_id, self._watch.ms)
        turn = self._turn
        question = sessions.question(self.session, card)
        turn.keep_response_to(question)
        self._page.begin(turn, self.session, card, question)
        if turn.response is None:
            self._page.show_unanswered(question)
        while isinstance(response := self._response(turn, question), Command | Wake):
            if not self._is_still_asked(turn, response):
                return
        self.session = sessions.reveal(self.session)
        self._page.show_answer(turn, self.session, card, response)
        while isinstance(rating := self._rating(turn), Command | Wake):
            if not self._is_still_asked(turn, rating):
                return
        self._grade(turn, rating)

    def _response(self, turn: Turn, question: Question) -> Response | Command | Wake:
        """The response to the question; the one given already when the card is only drawn again."""
        if turn.response is None:
            response = ask_response(self._prompt, question, turn.chosen, turn.draft)
            if isinstance(response, Command | Wake):
                return response
            turn.respond(response, self._watch.ms)
            return response
        return turn.response

    def _rating(self, turn: Turn) -> Rating | Command | Wake:
        suggested = turn.suggested()
        self._page.show_ratings(self.session, turn)
        rating = ask_rating(self._prompt, suggested, turn.is_folded)
        if rating is Rating.EASY and (doubt := turn.doubt_of_easy()):
            self._page.say(doubt)
            rating = ask_rating(self._prompt, suggested, turn.is_folded)
        self._page.erase_ratings()
        return rating

    def _grade(self, turn: Turn, rating: Rating) -> None:
        before, duration_ms = self.session, self._watch.ms - turn.began_ms
        review = sessions.grade(
            before, rating, self._surroundings.now(), duration_ms, turn.looked_up
        )
        given = to_json(turn.response) if turn.response else None
        recorded = self._surroundings.record(
            replace(review, is_right=turn.is_right, response=given)
        )
        if recorded is None:
            name = name_of(turn.card, self._surroundings)
            self._put_aside(turn.card, sessions.state_of(before, turn.card))
            self._page.announce(f"{name} is gone meanwhile: the answer to it was passed over.")
            return
        self.session, self._turn = sessions.go_on(before, recorded), None
        self._page.announce(ratings.outcome(before, self.session, recorded))
        if alert := ratings.leech_alert(before, self.session, recorded):
            self._page.announce(alert)

    def _is_still_asked(self, turn: Turn, command: Command | Wake) -> bool:
        """Does what a command key asks; whether the card in view still waits for the same."""
        return not isinstance(command, Wake) and self._doers[command](turn)

    def _show_keys(self, turn: Turn) -> bool:
        return self._page.show_aside(layout.keys_table(self._screen.is_plain))

    def _show_info(self, turn: Turn) -> bool:
        return self._page.show_aside(Text(self._surroundings.info(turn.card)))

    def _note_manual(self, turn: Turn) -> bool:
        turn.looked_up = True
        self._page.say("Noted: the manual was opened for this card.")
        return True

    def _undo(self, turn: Turn) -> bool:
        """Takes back the response whose answer is in view; else the newest answer."""
        if turn.response is None:
            return self._take_back() is None
        turn.take_back_response()
        self.session = replace(self.session, is_revealed=False)
        self._page.announce("Back to the question.")
        return False

    def _unfold(self, turn: Turn) -> bool:
        if not turn.is_folded and not turn.is_unfolded:
            is_asked = turn.response is None
            self._page.say("The whys come with the answer." if is_asked else "Every why is shown.")
            return True
        turn.is_unfolded = turn.is_folded
        return False

    def _keep_remark(self, turn: Turn) -> bool:
        typed = self._page.ask_remark(turn.card)
        if typed is not None:
            self._surroundings.keep_remark(turn.card, typed)
            said = "is kept: it is shown after the answer." if typed else "is taken away."
            self._page.announce(f"Your note {said}")
        return not self._screen.is_paged

    def _edit(self, turn: Turn) -> bool:
        if place := self._surroundings.place(turn.card):
            self._page.say(place)
        with self._prompt.away():
            said = self._surroundings.edit(turn.card)
        turn.chosen.clear()
        turn.draft.clear()
        self._page.announce(said)
        return False

    def _bury(self, turn: Turn) -> bool:
        self._put_aside(turn.card, self._surroundings.bury(turn.card))
        self._page.announce("Buried: hidden until tomorrow.")
        return False

    def _suspend(self, turn: Turn) -> bool:
        self._put_aside(turn.card, self._surroundings.suspend(turn.card))
        self._page.announce("Suspended: not asked again until you bring it back (cmom unsuspend).")
        return False

    def _leave(self, turn: Turn) -> bool:
        raise EOFError

    def _put_aside(self, card: CardId, state: CardState) -> None:
        self.session, self._turn = sessions.put_aside(self.session, card, state), None

    def _take_back(self) -> Session | None:
        """The session without an answer or as it was; None when there was none to take back."""
        session = take_back(self.session, self._surroundings, self._prompt, self._page)
        if session is not None and session is not self.session:
            self.session, self._turn = session, None
        return session

    def _sum_up(self) -> None:
        if not self.session.done:
            self._page.say("No answers this time.")
            return
        self._page.end()
        left = sessions.counts(self.session).total
        if sessions.is_out_of_time(self.session) and left:
            self._page.say(f"The minutes are used up; what is left ({left}) stays for tomorrow.")
        domains = {review.card.note_id: self._domain(review.card) for review in self.session.done}
        result = sitting.summarize(self.session, domains, self._surroundings.tomorrow(self.session))
        leeches = [name_of(card, self._surroundings) for card in result.leeches]
        self._screen.show(summary(result, leeches))

    def _domain(self, card_id: CardId) -> str:
        card = self._surroundings.card(card_id)
        return self._surroundings.title(card)[0] if card else "No longer in the decks"

    def _takes_back_at_the_end(self) -> bool:
        if not self.session.done:
            return False
        words = "u takes back the last answer, any other key leaves"
        while isinstance(command := self._prompt.last_key(words, COMMANDS), Wake):
            self._sum_up()
        if command is not Command.UNDO:
            return False
        self._page.leave_end()
        before, after = self.session, self._take_back()
        return after is not None and after is not before
