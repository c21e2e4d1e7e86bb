"""Look-ups in the course manual: which topics are timed next, what the times say, the own index."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from math import inf
from statistics import median

from cmom_srs.study.notes import Note
from cmom_srs.study.stats.overview import DomainNumbers

LIMIT_SECONDS = 15.0  # the study guide's mark for any major section of the manual
LONGEST_PAGE = 40
NEWEST = 20  # look-ups that say how fast the learner is now
_RECENT = 3  # look-ups of a topic that say how fast it is now: two slow ones outweigh a quick one
_FEWEST_FOR_A_TAB = 2  # whoever is slow once has only not known yet where the topic is


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the manual, as the notes name it: what stands before their hint's first colon.

    `domain` is the one that most of its `notes` are of; `parts` is what stands after the colon,
    what most notes say first.
    """

    name: str
    domain: str
    notes: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """One look-up: its topic's name, when it began, how long it took, whether it found it.

    `page` is what the learner typed for it, a page or a tab; None for nothing. `uid` is empty
    until it is stored.
    """

    topic: str
    started_at: datetime
    duration_ms: int
    is_found: bool
    page: str | None = None
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What look-ups come to: how many, found, found in under the limit, and their median.

    The median is `inf` when half or more found nothing, None without a look-up.
    """

    lookups: int
    found: int
    under: int
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic in the learner's own index: the page or tab typed last, and how its look-ups went.

    `median_ms` is that of the last three: `inf` when half or more of them found nothing, None
    without any.
    `notes` of the decks point to it, none if only the learner's look-ups know it.
    """

    topic: str
    notes: int
    page: str | None = None
    lookups: int = 0
    found: int = 0
    median_ms: float | None = None
    last_on: date | None = None


# Topics


def topic_of(hint: str) -> str:
    """The name of the topic in a note's hint; empty for an empty hint."""
    head, _, rest = hint.partition(":")
    return " ".join(head.split()) or " ".join(rest.split())


def key_of(topic: str) -> str:
    """What two names have in common that mean one topic, however they are written."""
    return " ".join(topic.split()).casefold()


def topics(notes: Iterable[Note]) -> tuple[Topic, ...]:
    """The topics that these notes name, in alphabetical order."""
    grouped: dict[str, list[Note]] = {}
    for note in notes:
        if topic := topic_of(note.manual):
            grouped.setdefault(key_of(topic), []).append(note)
    return tuple(_topic(grouped[key]) for key in sorted(grouped))


def _topic(notes: Sequence[Note]) -> Topic:
    parts = (" ".join(note.manual.partition(":")[2].split()) for note in notes)
    return Topic(
        name=_by_frequency(topic_of(note.manual) for note in notes)[0],
        domain=_by_frequency(note.domain for note in notes)[0],
        notes=len(notes),
        parts=_by_frequency(part for part in parts if part),
    )


def _by_frequency(words: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(words)
    return tuple(sorted(counted, key=lambda word: (-counted[word], word)))


# Which topics come next


def strengths(domains: Iterable[DomainNumbers]) -> dict[str, float]:
    """How strong each domain is, from 0 to 1.

    The share of its recent first answers that were right; without any, the share of its cards that
    are in use, having been answered at all.
    """
    return {numbers.domain: _strength(numbers) for numbers in domains}


def _strength(numbers: DomainNumbers) -> float:
    score, progress = numbers.score, numbers.progress
    if score.total:
        return score.right / score.total
    return (progress.young + progress.mature) / progress.total if progress.total else 0.0


def choose(
    known: Iterable[Topic], lookups: Iterable[Lookup], strengths: Mapping[str, float], most: int
) -> tuple[Topic, ...]:
    """The topics to time next, at most so many and each once.

    Those never timed come first, then those timed on the earliest day; so each has its turn,
    whatever domain it is of. Of either the weakest domain comes first, then what most notes point
    to.
    """
    last_on = {key: newest.started_at.date() for key, newest in _newest(lookups).items()}

    def place(topic: Topic) -> tuple[date, float, int, str]:
        timed_on = last_on.get(key_of(topic.name), date.min)
        return timed_on, strengths.get(topic.domain, 0.0), -topic.notes, key_of(topic.name)

    return tuple(sorted(known, key=place)[:most])


# What the look-ups say


def in_order(lookups: Iterable[Lookup]) -> tuple[Lookup, ...]:
    """Look-ups in order of time, the same on every computer."""
    return tuple(sorted(lookups, key=lambda lookup: (lookup.started_at, lookup.uid)))


def figures(lookups: Sequence[Lookup], limit_seconds: float = LIMIT_SECONDS) -> Figures:
    """What these look-ups come to. One that found nothing took longer than any other."""
    times = [_time(lookup) for lookup in lookups]
    return Figures(
        lookups=len(times),
        found=sum(lookup.is_found for lookup in lookups),
        under=sum(time < limit_seconds * 1000 for time in times),
        median_ms=_median(times),
    )


def by_day(lookups: Iterable[Lookup]) -> dict[date, tuple[Lookup, ...]]:
    """The look-ups of each local day with any, the earliest day first."""
    days: dict[date, list[Lookup]] = {}
    for lookup in in_order(lookups):
        days.setdefault(lookup.started_at.date(), []).append(lookup)
    return {day: tuple(days[day]) for day in sorted(days)}


def newest(lookups: Iterable[Lookup], most: int = NEWEST) -> tuple[Lookup, ...]:
    """The newest look-ups, whatever their topics."""
    return in_order(lookups)[-most:]


def index(known: Iterable[Topic], lookups: Iterable[Lookup]) -> tuple[Entry, ...]:
    """The learner's own index of the manual, in alphabetical order.

    It has every topic of the notes and every one that was ever looked up.
    """
    grouped = _by_topic(lookups)
    named = {key: Topic(of_topic[-1].topic, "", 0) for key, of_topic in grouped.items()}
    named |= {key_of(topic.name): topic for topic in known}
    return tuple(_entry(named[key], grouped.get(key, ())) for key in sorted(named))


def _entry(topic: Topic, lookups: Sequence[Lookup]) -> Entry:
    entry = Entry(topic.name, topic.notes)
    if not lookups:
        return entry
    return replace(
        entry,
        page=_page(lookups),
        lookups=len(lookups),
        found=sum(lookup.is_found for lookup in lookups),
        median_ms=_median([_time(lookup) for lookup in lookups[-_RECENT:]]),
        last_on=lookups[-1].started_at.date(),
    )


def slowest(
    entries: Iterable[Entry], most: int, limit_seconds: float = LIMIT_SECONDS
) -> tuple[Entry, ...]:
    """The topics that take the limit or longer, the slowest first."""
    slow = [entry for entry in entries if _is_slow(entry, limit_seconds)]
    return tuple(sorted(slow, key=lambda entry: -(entry.median_ms or 0))[:most])


def worth_a_tab(
    entries: Iterable[Entry], most: int, limit_seconds: float = LIMIT_SECONDS
) -> tuple[Entry, ...]:
    """The topics that a tab in the manual would serve, what most notes point to first.

    Each was looked up twice or more, the median of its last three look-ups is the limit or longer,
    and what was typed for it is not a tab already. Slow once may be chance; slow again says that
    the place does not stay in mind.
    """
    worthy = [
        entry
        for entry in entries
        if entry.lookups >= _FEWEST_FOR_A_TAB
        and _is_slow(entry, limit_seconds)
        and not (entry.page or "").casefold().startswith("tab")
    ]
    return tuple(sorted(worthy, key=lambda entry: (-entry.notes, -(entry.median_ms or 0)))[:most])


def _is_slow(entry: Entry, limit_seconds: float) -> bool:
    return entry.median_ms is not None and entry.median_ms >= limit_seconds * 1000


# Pages


def pages(lookups: Iterable[Lookup]) -> dict[str, str]:
    """The page or tab typed last for each topic that has one, by the topic's key."""
    found = {key: _page(of_topic) for key, of_topic in _by_topic(lookups).items()}
    return {key: page for key, page in found.items() if page}


def page_of(hint: str, pages: Mapping[str, str]) -> str | None:
    """The page of the topic that a note's hint names; `pages` as the function gives them."""
    return pages.get(key_of(topic_of(hint)))


def with_page(hint: str, page: str | None) -> str:
    """A note's hint and the page of its topic: "Labor laws: FLSA salary level (p. 212)"."""
    return f"{hint} ({page})" if hint and page else hint


def page_words(typed: str) -> str:
    """What was typed as a page or a tab, to be read: a number alone is a page, "p. 212"."""
    return f"p. {typed}" if typed.isdecimal() else typed


def _by_topic(lookups: Iterable[Lookup]) -> dict[str, list[Lookup]]:
    grouped: dict[str, list[Lookup]] = {}
    for lookup in in_order(lookups):
        grouped.setdefault(key_of(lookup.topic), []).append(lookup)
    return grouped


def _newest(lookups: Iterable[Lookup]) -> dict[str, Lookup]:
    return {key: of_topic[-1] for key, of_topic in _by_topic(lookups).items()}


def _page(lookups: Sequence[Lookup]) -> str | None:
    typed = next((lookup.page for lookup in reversed(lookups) if lookup.page), None)
    return page_words(typed) if typed else None


def _time(lookup: Lookup) -> float:
    return lookup.duration_ms if lookup.is_found else inf


def _median(times: Sequence[float]) -> float | None:
    return median(times) if times else None
