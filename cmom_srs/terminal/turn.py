"""One card being asked, from its first showing until it is graded."""

from dataclasses import dataclass
from dataclasses import field

from cmom_srs.study.notes import CardId
from cmom_srs.study.questions import question as questions
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.response import Computed
from cmom_srs.study.questions.response import Ordered
from cmom_srs.study.questions.response import Response
from cmom_srs.study.questions.response import is_right
from cmom_srs.study.schedule import Rating


@dataclass(slots=True)
class Turn:
    """What is known of the card being asked, while commands come between.

    `results` stand above it: what came of the card before. `chosen` and `draft` are the letters
    and characters given so far. The first verdict stands: a note edited after its answer was shown
    is asked again, but what was wrong stays wrong. `is_folded` when the answer on the screen is
    not whole, `is_unfolded` when the learner wants it whole.
    """

    card: CardId
    began_ms: int
    results: tuple[str, ...] = ()
    is_begun: bool = False
    looked_up: bool = False
    chosen: list[int] = field(default_factory=list)
    draft: list[str] = field(default_factory=list)
    response: Response | None = None
    is_right: bool | None = None
    responded_ms: int = 0
    is_folded: bool = False
    is_unfolded: bool = False
    is_easy_doubted: bool = False
    explains_ratings: bool = False
    tightness: int = 0

    def keep_response_to(self, question: Question) -> None:
        """Forgets the response if it was given to another question: the note was edited."""
        if self.response is not None and self.response.question != question:
            self.response, self.tightness = None, 0

    def take_back_response(self) -> None:
        """Waits for another response to the same question, as if none had been given."""
        self.response, self.is_right, self.tightness = None, None, 0
        self.is_folded = self.is_unfolded = self.is_easy_doubted = False

    def respond(self, response: Response, at_ms: int) -> None:
        """Takes the learner's response, given `at_ms` on the session's watch."""
        self.response, self.responded_ms = response, at_ms - self.began_ms
        self.is_right = is_right(response) if self.is_right is None else self.is_right

    def suggested(self) -> Rating | None:
        """The rating that Space and Enter take, if any."""
        if self.response is None or self.is_right is None:
            return Rating.GOOD
        return questions.suggest_rating(
            self.response.question, self.is_right, self.responded_ms, self.looked_up
        )

    def doubt_of_easy(self) -> str:
        """What is asked once when something wrong is rated Easy; nothing where that may be so."""
        if self.is_right is not False or self.is_easy_doubted:
            return ""
        self.is_easy_doubted = True
        match self.response:
            case Computed():
                was_wrong = "Your number was wrong."
            case Ordered():
                was_wrong = "Your order was wrong."
            case _:
                was_wrong = "Your choice was wrong."
        return f"{was_wrong} Easy all the same? 4 again, or another rating."
