"""What a review needs of decks, history, clock and editor, none of which the terminal knows."""

from datetime import datetime
from typing import Protocol

from cmom_srs.study import wording
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review

_LONGEST_NAME = 48  # so that a line of 80 columns holds what is said of the card


class Surroundings(Protocol):
    """What the review is surrounded by; whoever starts one brings it."""

    def card(self, card: CardId) -> Card | None:
        """The card in its present words; None when the decks no longer hold it."""

    def title(self, card: Card) -> tuple[str, str]:
        """The titles of its domain and its deck."""

    def record(self, review: Review) -> Recorded | None:
        """Stores a review; what was stored, once it is on disk.

        None when the card is gone from the history meanwhile, and the review was passed over.
        """

    def newest_answer(self) -> Review | None:
        """The newest review that can be taken back, of whatever session it is."""

    def take_back(self, session: Session, uid: str) -> tuple[Session, Review] | None:
        """Takes back the review of this uid: the session planned anew with its card first, and it.

        None when it was taken back meanwhile.
        """

    def suspend(self, card: CardId) -> CardState:
        """Suspends a card; its new state."""

    def bury(self, card: CardId) -> CardState:
        """Hides a card until tomorrow; its new state."""

    def remark(self, card: CardId) -> str:
        """The learner's own line with the card's note; empty for none."""

    def keep_remark(self, card: CardId, text: str) -> None:
        """Keeps a line of the learner's own with the card's note; an empty one takes it away."""

    def manual_page(self, card: Card) -> str | None:
        """The page or tab that the learner noted for the card's topic of the manual."""

    def info(self, card: CardId) -> str:
        """Lines about a card."""

    def place(self, card: CardId) -> str:
        """The card's "file, line 42", or nothing."""

    def edit(self, card: CardId) -> str:
        """Opens the card's note in an editor; one line that says what came of it."""

    def tomorrow(self, session: Session) -> DayAhead:
        """The next day's load after the session."""

    def now(self) -> datetime:
        """An aware instant."""

    def elapsed(self) -> float:
        """Seconds that never run backwards."""


def name_of(card_id: CardId, surroundings: Surroundings) -> str:
    """What people know a card by, its first words; its id when the decks have it no more."""
    card = surroundings.card(card_id)
    return f'"{wording.beginning_of_card(card, _LONGEST_NAME)}"' if card else str(card_id)
