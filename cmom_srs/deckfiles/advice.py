"""Advice on the craft of notes: what is allowed, but helps or misleads a learner."""

import re
from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from cmom_srs.deckfiles.benchmark_advice import benchmark_advice
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.words import words
from cmom_srs.deckfiles.idioms import idiom_advice
from cmom_srs.deckfiles.notes.entries import DeckEntry
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.text_advice import Advice
from cmom_srs.deckfiles.text_advice import text_advice
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import fill_gaps
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

_LEAST_LIKENESS = Fraction(85, 100)
_MOST_COMPARED = 200  # else a thousand notes of one wording are half a million pairs
_LONGER_TIMES = 1.5
_LONGER_BY = 20
_ABOVE = re.compile(r"(?:all|none|both) of (?:the above|these)\b", re.IGNORECASE)
_GIVEAWAY = re.compile(r"\b(?:always|never|all|only)\b", re.IGNORECASE)


class _Asked(NamedTuple):
    """What a note asks, and where it stands."""

    path: str
    entry: DeckEntry
    note: Note
    text: str


def advise(
    decks: Decks,
    older_than: date | None,
    expiring_by: date | None = None,
    watch: Watch = unwatched,
) -> tuple[Problem, ...]:
    """All advice on the notes that have no error, and on benchmarks without notes, sorted.

    Facts that move are called stale when they are of a day before `older_than`, and expiring when
    they are known to hold until `expiring_by` at most; None asks for no such advice. A note's
    `Comment: keep <code>` silences a code there. `watch` hands on the notes.
    """
    asked = [
        _Asked(file.path, entry, entry.note, _question(entry.note))
        for file in decks.files
        for entry in file.entries
        if entry.note
    ]
    watched = watch(asked, "Looking notes through")
    apart = _notes_apart(watched, older_than, expiring_by)
    return tuple(sorted({*_notes_alike(asked), *apart, *benchmark_advice(decks)}))


def _question(note: Note) -> str:
    """What the learner is asked, case-folded and in one line; a cloze with its gaps filled."""
    if isinstance(note.body, Cloze):
        question = fill_gaps(note.body.text)
    else:
        question = f"{note.scenario} {note.body.question}"
    return " ".join(question.casefold().split())


def _notes_apart(
    asked: Iterable[_Asked], older_than: date | None, expiring_by: date | None
) -> Iterator[Problem]:
    for path, entry, note, _ in asked:
        for advice in (
            *_choice_advice(note, entry),
            *_why_advice(note, entry),
            *text_advice(note, entry.texts),
            *idiom_advice(entry.texts),
            *_stale_advice(note, entry, older_than),
            *_expiring_advice(note, entry, expiring_by),
        ):
            yield from _unless_kept(path, entry, advice)


def _unless_kept(path: str, entry: DeckEntry, advice: Advice) -> Iterator[Problem]:
    code, place, message, hint = advice
    if code not in entry.kept:
        yield Problem(path, place.line, place.column, code, Severity.ADVICE, message, hint)


def _stale_advice(note: Note, entry: DeckEntry, older_than: date | None) -> Iterator[Advice]:
    if older_than and note.as_of and note.as_of < older_than:
        message = f"this is of {note.as_of}, before {older_than}"
        hint = "look the fact up again, then write the new date"
        yield Advice("stale", entry.labels["As of"], message, hint)


def _expiring_advice(note: Note, entry: DeckEntry, expiring_by: date | None) -> Iterator[Advice]:
    if expiring_by and note.until and note.until <= expiring_by:
        message = f"this is known to hold until {note.until}"
        hint = "look up what holds after that day, then write it with its own dates"
        yield Advice("expiring", entry.labels["Until"], message, hint)


def _why_advice(note: Note, entry: DeckEntry) -> Iterator[Advice]:
    """A reason that is missing, unless one for the whole note stands in `Extra:`."""
    if entry.whyless and not note.extra:
        (place, what), *others = entry.whyless
        nor = f", nor {'have' if others[1:] else 'has'} {len(others)} more" if others else ""
        message = f"this {what} has no `Why:`{nor}"
        hint = "write `  Why: ` and the reason below it, or explain the question in `Extra:`"
        yield Advice("missing-why", place, message, hint)


def _choice_advice(note: Note, entry: DeckEntry) -> Iterator[Advice]:
    if isinstance(note.body, Choice):
        yield from _longest_is_right(note.body, entry)
        yield from _unpinned(note.body, entry)
        yield from _giveaways(note.body, entry)


def _longest_is_right(choice: Choice, entry: DeckEntry) -> Iterator[Advice]:
    if choice.has_several_right:
        return
    right = next(place for place, option in enumerate(choice.options) if option.is_right)
    length = len(choice.options[right].text)
    longest_other = max(len(option.text) for option in choice.options if not option.is_right)
    if length > _LONGER_TIMES * longest_other and length > longest_other + _LONGER_BY:
        message = f"the right option has {length} characters, the others at most {longest_other}"
        hint = "make the options of one length: the longest is taken for the right one"
        yield Advice("longest-option", entry.options[right], message, hint)


def _unpinned(choice: Choice, entry: DeckEntry) -> Iterator[Advice]:
    for option, place in zip(choice.options, entry.options, strict=True):
        if _ABOVE.match(option.text) and not option.is_last:
            message = "this option speaks of the others, but options are shuffled"
            hint = "write `{last}` at its end, and it stays after them"
            yield Advice("unpinned-option", place, message, hint)


def _giveaways(choice: Choice, entry: DeckEntry) -> Iterator[Advice]:
    found = [_GIVEAWAY.search(option.text) for option in choice.options]
    if any(word for word, option in zip(found, choice.options, strict=True) if option.is_right):
        return
    for word, place in zip(found, entry.options, strict=True):
        if word:
            message = f"`{word[0]}` stands in wrong options alone, which gives them away"
            hint = "say it without such a word, or use one in the right option too"
            yield Advice("giveaway-words", place, message, hint)
            return


def _notes_alike(asked: list[_Asked]) -> Iterator[Problem]:
    """Questions that were asked before, or nearly: advice at the later of two notes."""
    first: dict[str, _Asked] = {}
    for one in asked:
        other = first.setdefault(one.text, one)
        if other is not one:
            message = f"{_where(other)} asks the same"
            hint = "delete one of the two, or ask for something else"
            advice = Advice("duplicate-question", _asked_place(one), message, hint)
            yield from _unless_kept(one.path, one.entry, advice)
    for one, other in _near_pairs(asked):
        message = f"{_where(other)} asks nearly the same"
        hint = "say what is different in other words, or delete one of the two"
        advice = Advice("near-duplicate-question", _asked_place(one), message, hint)
        yield from _unless_kept(one.path, one.entry, advice)


def _where(asked: _Asked) -> str:
    return f"`{asked.note.id}` ({asked.path}, line {asked.entry.place.line})"


def _asked_place(asked: _Asked) -> PlaceInFile:
    return asked.entry.labels["Cloze" if "Cloze" in asked.entry.labels else "Question"]


def _near_pairs(asked: list[_Asked]) -> Iterator[tuple[_Asked, _Asked]]:
    """Each note with the first one before it that asks nearly the same, but not exactly.

    Two sets as like as that share one of the rarest words of each: only notes that do are
    compared. Of many that share even their rarest words, the first ones are compared.
    """
    word_sets = [frozenset(words(one.text)) for one in asked]
    frequency = Counter(word for word_set in word_sets for word in word_set)
    by_word: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    known: set[tuple[str, str]] = set()
    for place, (one, own) in enumerate(zip(asked, word_sets, strict=True)):
        rarest = sorted(own, key=lambda word: (frequency[word], word))
        keys = [(one.note.kind, word) for word in rarest[: _prefix(len(own))]]
        for before in sorted({place for key in keys for place in by_word[key]}):
            other = asked[before]
            if other.text != one.text and _is_like(own, word_sets[before]):
                yield one, other
                break
        if (one.note.kind, one.text) not in known:
            known.add((one.note.kind, one.text))
            for key in keys:
                if len(by_word[key]) < _MOST_COMPARED:
                    by_word[key].append(place)


def _prefix(size: int) -> int:
    """How many of its rarest words a set must be looked up by."""
    return size - ceil(size * _LEAST_LIKENESS) + 1


def _is_like(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    united = len(one) + len(other) - shared
    return shared * _LEAST_LIKENESS.denominator >= united * _LEAST_LIKENESS.numerator
