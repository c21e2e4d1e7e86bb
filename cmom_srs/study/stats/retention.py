"""How much of what was seen before was still known, by domain and by the days gone by."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from cmom_srs.study.notes import Card
from cmom_srs.study.stats.bands import Band
from cmom_srs.study.stats.bands import band_of
from cmom_srs.study.stats.bands import bands
from cmom_srs.study.stats.scores import is_right
from cmom_srs.study.stats.spacing import Spaced
from cmom_srs.study.tally import Tally

ELAPSED_DAYS = bands(1, 2, 7, 14, 21, 45)


@dataclass(frozen=True, slots=True)
class Retention:
    """The share right of the counted answers to cards seen before: observed, nothing predicted.

    The groups are in order, those without an answer too.
    """

    whole: Tally
    by_domain: Mapping[str, Tally]
    by_elapsed_days: Mapping[Band, Tally]


def retention(
    answers: Iterable[Spaced], cards: Iterable[Card], domains: Iterable[str]
) -> Retention:
    """What these answers to these cards say, for the domains in this order.

    Answers to other cards, as those that the decks have no more, count nowhere.
    """
    domain_of = {card.id: card.note.domain for card in cards}
    counts: Counter[tuple[str, Band, bool]] = Counter()
    for review, elapsed_days in answers:
        domain = domain_of.get(review.card)
        if elapsed_days is not None and domain is not None:
            counts[domain, band_of(elapsed_days, ELAPSED_DAYS), is_right(review)] += 1
    return Retention(
        whole=_tally(counts),
        by_domain={domain: _tally(_of(counts, domain)) for domain in domains},
        by_elapsed_days={band: _tally(_of(counts, band)) for band in ELAPSED_DAYS},
    )


_Counts = Mapping[tuple[str, Band, bool], int]


def _of(counts: _Counts, group: str | Band) -> _Counts:
    return {key: count for key, count in counts.items() if group in key[:2]}


def _tally(counts: _Counts) -> Tally:
    right = sum(count for (_, _, is_right), count in counts.items() if is_right)
    return Tally(right, sum(counts.values()))
