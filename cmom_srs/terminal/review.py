"""The review loop: ask a card, show its answer, take the rating, record it, go on."""

import sys
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from rich.text import Text

from cmom_srs.study import question as questions
from cmom_srs.study import session as sessions
from cmom_srs.study import stats
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import Question
from cmom_srs.study.response import Response
from cmom_srs.study.response import is_right
from cmom_srs.study.response import to_json
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Rating
from cmom_srs.study.session import Session
from cmom_srs.terminal import layout
from cmom_srs.terminal import ratings
from cmom_srs.terminal.commands import COMMANDS
from cmom_srs.terminal.commands import Command
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.prompt.ask import ask_rating
from cmom_srs.terminal.prompt.ask import ask_response
from cmom_srs.terminal.prompt.open import open_prompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch
from cmom_srs.terminal.summary import saved
from cmom_srs.terminal.summary import summary
from cmom_srs.terminal.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class End:
    """How a review ended, all of `session.done` being on disk.

    `is_interrupted` by Ctrl-C; `is_closed` when the terminal is gone or the program was asked to
    end: then nothing more can be shown.
    """

    session: Session
    is_interrupted: bool = False
    is_closed: bool = False


def run_review(
    session: Session, surroundings: Surroundings, *, is_plain: bool = False, is_first: bool = False
) -> End:
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
        return End(review.session, is_closed=True)
    except KeyboardInterrupt:
        sys.stderr.write(f"{saved(len(review.session.done))}\n")
        return End(review.session, is_interrupted=True)
    return End(review.session)


@dataclass(slots=True)
class _Turn:
    """One card being asked, from its first showing until it is graded.

    The first verdict stands: a note edited after its answer was shown is asked again, but what was
    wrong stays wrong.
    """

    card: CardId
    began_ms: int
    looked_up: bool = False
    chosen: list[int] = field(default_factory=list)
    response: Response | None = None
    is_right: bool | None = None
    responded_ms: int = 0


class _Review:
    """A session being held; nothing in `session` is done that is not on disk."""

    def __init__(
        self, session: Session, surroundings: Surroundings, watch: Stopwatch, is_first: bool
    ) -> None:
        self.session = session
        self._surroundings = surroundings
        self._watch = watch
        self._explains_ratings = is_first
        self._turn: _Turn | None = None

    def hold(self, prompt: Prompt) -> None:
        """Asks until nothing is left or the learner leaves, then sums up."""
        self._prompt = prompt
        self._screen = prompt.screen
        try:
            while self._ask_all():
                self._screen.show("")
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
        card = self._surroundings.card(card_id)
        if card is None:
            self._screen.show(f"{card_id} is no longer in the decks.")
            self._put_aside(card_id, sessions.state_of(self.session, card_id))
            return
        if self._turn is None or self._turn.card != card_id:
            self._turn = _Turn(card_id, self._watch.ms)
        turn = self._turn
        question = sessions.question(self.session, card)
        titles = self._surroundings.title(card)
        layout.show_header(self._screen, self.session, titles, self._watch.ms)
        layout.show_question(self._screen, card, question)
        while isinstance(response := self._response(turn, question), Command | Wake):
            if not self._obey(turn, response):
                return
        self._show_answer(card, response)
        while isinstance(rating := self._rating(turn, response), Command | Wake):
            if not self._obey(turn, rating):
                return
        self._grade(turn, rating)

    def _response(self, turn: _Turn, question: Question) -> Response | Command | Wake:
        """The response to the question; the one given already when the card is only drawn again."""
        if turn.response is None or turn.response.question != question:
            response = ask_response(self._prompt, question, turn.chosen)
            if isinstance(response, Command | Wake):
                return response
            turn.response, turn.responded_ms = response, self._watch.ms - turn.began_ms
            turn.is_right = is_right(response) if turn.is_right is None else turn.is_right
        return turn.response

    def _show_answer(self, card: Card, response: Response) -> None:
        self.session = sessions.reveal(self.session)
        layout.show_answer(self._screen, card, response)
        if self._explains_ratings:
            self._explains_ratings = False
            layout.show_meanings(self._screen)

    def _rating(self, turn: _Turn, response: Response) -> Rating | Command | Wake:
        """The rating; the buttons are taken back, so that what came of it stands in their place."""
        suggested = self._suggested(turn, response)
        layout.show_buttons(self._screen, self.session, turn.card, suggested)
        rating = ask_rating(self._prompt, suggested)
        self._screen.erase_to_mark()
        return rating

    def _suggested(self, turn: _Turn, response: Response) -> Rating | None:
        if turn.is_right is None:
            return Rating.GOOD
        return questions.suggest_rating(
            response.question, turn.is_right, turn.responded_ms, turn.looked_up
        )

    def _grade(self, turn: _Turn, rating: Rating) -> None:
        before, duration_ms = self.session, self._watch.ms - turn.began_ms
        review = sessions.grade(
            before, rating, self._surroundings.now(), duration_ms, turn.looked_up
        )
        given = to_json(turn.response) if turn.response else None
        recorded = self._surroundings.record(
            replace(review, is_right=turn.is_right, response=given)
        )
        self.session, self._turn = sessions.go_on(before, recorded), None
        self._say(ratings.outcome(before, self.session, recorded))
        if alert := ratings.leech_alert(before, self.session, recorded):
            self._say(alert)

    def _obey(self, turn: _Turn, command: Command | Wake) -> bool:
        """Does what a command key asks; whether the same card is still asked the same."""
        match command:
            case Command.KEYS:
                self._screen.show(layout.keys_table(self._screen.is_plain), "")
            case Command.INFO:
                self._screen.show(Text(self._surroundings.info(turn.card)), "")
            case Command.MANUAL:
                turn.looked_up = True
                self._say("Noted: the manual was opened for this card.")
            case Command.UNDO:
                return not self._takes_back()
            case Command.EDIT:
                self._edit(turn)
                return False
            case Command.BURY:
                self._put_aside(turn.card, self._surroundings.bury(turn.card))
                self._say("Buried until tomorrow.")
                return False
            case Command.SUSPEND:
                self._put_aside(turn.card, self._surroundings.suspend(turn.card))
                self._say("Suspended: not asked until you bring it back.")
                return False
            case Wake():
                return False
            case Command.LEAVE:
                raise EOFError
        return True

    def _edit(self, turn: _Turn) -> None:
        if place := self._surroundings.place(turn.card):
            self._say(place)
        with self._prompt.away():
            said = self._surroundings.edit(turn.card)
        turn.chosen.clear()
        self._say(said)

    def _put_aside(self, card: CardId, state: CardState) -> None:
        self.session, self._turn = sessions.put_aside(self.session, card, state), None

    def _takes_back(self) -> bool:
        taken = self._surroundings.take_back(self.session)
        if taken is None:
            self._say("Nothing is left to take back.")
            return False
        self.session, review = taken
        self._turn = None
        self._say(f"Taken back: {ratings.name_of_grade(review.grade)} for {review.card}.")
        return True

    def _say(self, line: str) -> None:
        layout.say(self._screen, line)

    def _sum_up(self) -> None:
        if not self.session.done:
            self._say("No answers this time.")
            return
        left = sessions.counts(self.session).total
        if sessions.is_out_of_time(self.session) and left:
            self._say(f"The minutes are used up; what is left ({left}) stays for tomorrow.")
        domains = {review.card.note_id: self._domain(review.card) for review in self.session.done}
        result = stats.summarize(self.session, domains, self._surroundings.tomorrow(self.session))
        self._screen.show(summary(result))

    def _domain(self, card_id: CardId) -> str:
        card = self._surroundings.card(card_id)
        return self._surroundings.title(card)[0] if card else "No longer in the decks"

    def _takes_back_at_the_end(self) -> bool:
        if not self.session.done:
            return False
        command = self._prompt.last_key(
            "u takes back the last answer, any other key leaves", COMMANDS
        )
        return command is Command.UNDO and self._takes_back()
