"""The review loop: ask a card, show its answer, take the rating, record it, go on."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime

from rich.text import Text

from cmom_srs.study import question as questions
from cmom_srs.study import session as sessions
from cmom_srs.study import stats
from cmom_srs.study.forecast import DayAhead
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.question import Question
from cmom_srs.study.response import Answer
from cmom_srs.study.response import is_right
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.session import Session
from cmom_srs.terminal import frame
from cmom_srs.terminal import ratings
from cmom_srs.terminal import showing
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.prompt.ask import ask_answer
from cmom_srs.terminal.prompt.ask import ask_rating
from cmom_srs.terminal.prompt.open import open_asker
from cmom_srs.terminal.prompt.prompt import Asker
from cmom_srs.terminal.prompt.prompt import Command
from cmom_srs.terminal.stopwatch import Stopwatch
from cmom_srs.terminal.summary import saved
from cmom_srs.terminal.summary import summary


@dataclass(frozen=True, slots=True)
class Desk:
    """What a review needs of decks, history, clock and editor.

    `card` gives a card with its present words, None when the decks no longer hold it; `title` the
    titles of its domain and deck. `record` returns what was stored, when it is on
    disk. `take_back` gives
    the session planned anew with the card first, or None when nothing is left to take back.
    `suspend` and `bury` give the card's new state. `info` are lines about a card, `place` its
    "file, line 42" or nothing; `edit` opens the editor and returns one line to show.
    `tomorrow` is the next day's load after
    the session. `now` is an aware instant, `elapsed` seconds that never run backwards.
    """

    card: Callable[[CardId], Card | None]
    title: Callable[[Card], tuple[str, str]]
    record: Callable[[Review], Recorded]
    take_back: Callable[[Session], tuple[Session, Review] | None]
    suspend: Callable[[CardId], CardState]
    bury: Callable[[CardId], CardState]
    info: Callable[[CardId], str]
    place: Callable[[CardId], str]
    edit: Callable[[CardId], str]
    tomorrow: Callable[[Session], DayAhead]
    now: Callable[[], datetime]
    elapsed: Callable[[], float]


@dataclass(frozen=True, slots=True)
class End:
    """How a review ended, every answer of `session.done` being on disk.

    `is_interrupted` by Ctrl-C; `is_closed` when the terminal is gone or the program was asked to
    end: then nothing more can be shown.
    """

    session: Session
    is_interrupted: bool = False
    is_closed: bool = False


def run_review(
    session: Session, desk: Desk, *, is_plain: bool = False, is_first: bool = False
) -> End:
    """Asks the session's cards on the learner's terminal, and shows what came of it.

    `is_plain` for numbered choices and whole lines; `is_first` explains the ratings once. The
    terminal is as it was when this returns or raises.
    """
    watch = Stopwatch(desk.elapsed)
    review = _Review(session, desk, watch, is_first)
    try:
        with open_asker(is_plain, watch) as asker:
            review.hold(asker)
    except TerminalClosedError:
        return End(review.session, is_closed=True)
    except KeyboardInterrupt:
        sys.stderr.write(f"{saved(len(review.session.done))}\n")
        return End(review.session, is_interrupted=True)
    return End(review.session)


@dataclass(slots=True)
class _Turn:
    """One card being asked, from its first showing until it is graded.

    The first verdict stands: a note edited after its answer is asked again, but a wrong answer
    stays wrong.
    """

    card: CardId
    began_ms: int
    looked_up: bool = False
    chosen: list[int] = field(default_factory=list)
    answer: Answer | None = None
    is_right: bool | None = None
    answered_ms: int = 0


class _Review:
    """A session being held; `session` has no answer that is not on disk."""

    def __init__(self, session: Session, desk: Desk, watch: Stopwatch, is_first: bool) -> None:
        self.session = session
        self._desk = desk
        self._watch = watch
        self._explains_ratings = is_first
        self._turn: _Turn | None = None

    def hold(self, asker: Asker) -> None:
        """Asks until nothing is left or the learner leaves, then sums up."""
        self._asker = asker
        self._paper = asker.paper
        try:
            while self._ask_all():
                self._paper.show("")
                self._sum_up()
                if not self._takes_back_at_the_end():
                    return
        except KeyboardInterrupt:
            self._paper.break_off()
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
        card = self._desk.card(card_id)
        if card is None:
            self._paper.show(f"{card_id} is no longer in the decks.")
            self._put_aside(card_id, sessions.state_of(self.session, card_id))
            return
        if self._turn is None or self._turn.card != card_id:
            self._turn = _Turn(card_id, self._watch.ms)
        turn = self._turn
        question = sessions.question(self.session, card)
        titles = self._desk.title(card)
        showing.show_header(self._paper, self.session, titles, self._watch.ms)
        showing.show_question(self._paper, card, question)
        while isinstance(answer := self._answer(turn, question), Command):
            if not self._obey(turn, answer):
                return
        self._show_answer(card, answer)
        while isinstance(rating := self._rating(turn, answer), Command):
            if not self._obey(turn, rating):
                return
        self._grade(turn, rating)

    def _answer(self, turn: _Turn, question: Question) -> Answer | Command:
        """The answer to the question; the one given already when the card is only drawn again."""
        if turn.answer is None or turn.answer.question != question:
            answer = ask_answer(self._asker, question, turn.chosen)
            if isinstance(answer, Command):
                return answer
            turn.answer, turn.answered_ms = answer, self._watch.ms - turn.began_ms
            turn.is_right = is_right(answer) if turn.is_right is None else turn.is_right
        return turn.answer

    def _show_answer(self, card: Card, answer: Answer) -> None:
        self.session = sessions.reveal(self.session)
        showing.show_answer(self._paper, card, answer)
        if self._explains_ratings:
            self._explains_ratings = False
            showing.show_meanings(self._paper)

    def _rating(self, turn: _Turn, answer: Answer) -> Rating | Command:
        """The rating; the buttons are taken back, so that what came of it stands in their place."""
        suggested = self._suggested(turn, answer)
        showing.show_buttons(self._paper, self.session, turn.card, suggested)
        response = ask_rating(self._asker, suggested)
        self._paper.erase_to_mark()
        return response

    def _suggested(self, turn: _Turn, answer: Answer) -> Rating | None:
        if turn.is_right is None:
            return Rating.GOOD
        return questions.suggest_rating(
            answer.question, turn.is_right, turn.answered_ms, turn.looked_up
        )

    def _grade(self, turn: _Turn, rating: Rating) -> None:
        before, duration_ms = self.session, self._watch.ms - turn.began_ms
        review = sessions.grade(before, rating, self._desk.now(), duration_ms, turn.looked_up)
        recorded = self._desk.record(review)
        self.session, self._turn = sessions.go_on(before, recorded), None
        self._say(ratings.outcome(before, self.session, recorded))
        if alert := ratings.leech_alert(before, self.session, recorded):
            self._say(alert)

    def _obey(self, turn: _Turn, command: Command) -> bool:
        """Does what a command key asks; whether the same card still waits for the same answer."""
        match command:
            case Command.KEYS:
                self._paper.show(frame.keys_table(), "")
            case Command.INFO:
                self._paper.show(Text(self._desk.info(turn.card)), "")
            case Command.MANUAL:
                turn.looked_up = True
                self._say("Noted: the manual was opened for this card.")
            case Command.UNDO:
                return not self._takes_back()
            case Command.EDIT:
                self._edit(turn)
                return False
            case Command.BURY:
                self._put_aside(turn.card, self._desk.bury(turn.card))
                self._say("Buried until tomorrow.")
                return False
            case Command.SUSPEND:
                self._put_aside(turn.card, self._desk.suspend(turn.card))
                self._say("Suspended: not asked until you bring it back.")
                return False
            case Command.DRAW_AGAIN:
                return False
            case Command.LEAVE:
                raise EOFError
        return True

    def _edit(self, turn: _Turn) -> None:
        if place := self._desk.place(turn.card):
            self._say(place)
        with self._asker.away():
            said = self._desk.edit(turn.card)
        turn.chosen.clear()
        self._say(said)

    def _put_aside(self, card: CardId, state: CardState) -> None:
        self.session, self._turn = sessions.put_aside(self.session, card, state), None

    def _takes_back(self) -> bool:
        taken = self._desk.take_back(self.session)
        if taken is None:
            self._say("Nothing is left to take back.")
            return False
        self.session, answer = taken
        self._turn = None
        self._say(f"Taken back: {ratings.name_of_grade(answer.grade)} for {answer.card}.")
        return True

    def _say(self, line: str) -> None:
        showing.say(self._paper, line)

    def _sum_up(self) -> None:
        if not self.session.done:
            self._say("No answers this time.")
            return
        left = sessions.counts(self.session).total
        if sessions.is_out_of_time(self.session) and left:
            self._say(f"The minutes are used up; what is left ({left}) stays for tomorrow.")
        domains = {answer.card.note_id: self._domain(answer.card) for answer in self.session.done}
        result = stats.summarize(self.session, domains, self._desk.tomorrow(self.session))
        self._paper.show(summary(result))

    def _domain(self, card_id: CardId) -> str:
        card = self._desk.card(card_id)
        return self._desk.title(card)[0] if card else "No longer in the decks"

    def _takes_back_at_the_end(self) -> bool:
        if not self.session.done:
            return False
        command = self._asker.last_key("u takes back the last answer, any other key leaves")
        return command is Command.UNDO and self._takes_back()
