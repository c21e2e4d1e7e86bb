"""A session planned anew after an answer was taken back."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace

from cmom_srs.study import schedule
from cmom_srs.study.day import queue
from cmom_srs.study.day import session
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind


def restart(
    earlier: Session,
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    taken_back: Review,
) -> Session:
    """The sitting planned anew after an answer was taken back, that answer's card first.

    First of its part: a repeat never comes before a due card. A card that the filter or a limit
    leaves out is not asked.
    """
    done = _without_last(earlier.done, taken_back.card)
    given_ms = sum(answer.duration_ms for answer in done)
    is_of_today = taken_back.study_day == earlier.study_day
    carried = replace(
        earlier,
        states=states,
        done=done,
        answers_today=session.count_answers(log),
        used_ms=max(given_ms, earlier.used_ms - taken_back.duration_ms * is_of_today),
        leeches=tuple(
            card
            for card in earlier.leeches
            if schedule.is_leech_alert(states.get(card, NEVER_ANSWERED).lapses)
        ),
        is_revealed=False,
    )
    if earlier.is_cram:
        asked_again = (
            card.id
            for card in cards
            if card.id == taken_back.card
            and queue.is_askable(card, states, earlier.study_day, earlier.limits)
        )
        planned = replace(carried, first=(*earlier.first, *asked_again))
        return _ask_first(planned, taken_back.card)
    limits = earlier.limits
    if limits.answers is not None:
        given = sum(answer.kind is ReviewKind.SCHEDULED for answer in done)
        limits = replace(limits, answers=max(0, limits.answers - given))
    day = queue.build(states, cards, log, earlier.study_day, limits)
    planned = replace(
        carried,
        first=day.first,
        repeats=day.repeats,
        ahead=day.ahead,
        is_cut=day.is_cut,
    )
    return _ask_first(planned, taken_back.card)


def _without_last(done: tuple[Review, ...], card: CardId) -> tuple[Review, ...]:
    places = [place for place, answer in enumerate(done) if answer.card == card]
    return done[: places[-1]] + done[places[-1] + 1 :] if places else done


def _ask_first(planned: Session, card: CardId) -> Session:
    def in_front(cards: tuple[CardId, ...]) -> tuple[CardId, ...]:
        return (card, *(other for other in cards if other != card)) if card in cards else cards

    return replace(
        planned,
        first=in_front(planned.first),
        repeats=in_front(planned.repeats),
        ahead=in_front(planned.ahead),
    )
