"""Which notes an exam can ask, and how a note becomes an item with its options shuffled."""

from random import Random

from cmom_srs.study.exam.items import ItemOption
from cmom_srs.study.exam.items import ItemWords
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Steps
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.questions.question import shuffle_options

FEWEST_OPTIONS = 3
_FEWEST_MISTAKES = FEWEST_OPTIONS - 1
_MOST_MISTAKES = 3
_MOST_TRIES = 200


def is_exam_item(note: Note) -> bool:
    """Whether an exam can ask the note.

    A choice of one right option out of three or more, or a calculation with two or more mistakes
    to make options of.
    """
    match note.body:
        case Calculation(mistakes=mistakes):
            return len(mistakes) >= _FEWEST_MISTAKES
        case Choice(options=options) as body:
            return not body.has_several_right and len(options) >= FEWEST_OPTIONS
        case Basic() | Cloze() | Steps():
            return False


def frozen_words(note: Note, rng: Random) -> ItemWords:
    """The note's words as an item shows them. ValueError for a note that no exam can ask."""
    match note.body:
        case Choice(question=question, options=options):
            shuffled = shuffle_options(options, rng)
            return ItemWords(
                question=question,
                options=tuple(ItemOption(option.text, option.why) for option in shuffled),
                right=[option.is_right for option in shuffled].index(True) + 1,
                scenario=note.scenario,
                extra=note.extra,
                source=note.source,
                as_of=note.as_of,
                until=note.until,
                manual=note.manual,
            )
        case Calculation() as body:
            return _calculated(note, body, rng)
        case Basic() | Cloze() | Steps():
            raise ValueError(f"no exam asks {note.id}")


def _calculated(note: Note, body: Calculation, rng: Random) -> ItemWords:
    """Shuffled like any options: by value, the middle two of four would mostly be the right one."""
    drawn, options = _with_distinct_options(body, rng)
    right = options[0]
    rng.shuffle(options)

    def fill(text: str) -> str:
        return calculation.fill(text, body, drawn)

    return ItemWords(
        question=fill(body.question),
        options=tuple(ItemOption(option.text, fill(option.why)) for option in options),
        right=options.index(right) + 1,
        scenario=fill(note.scenario),
        drawn=calculation.shown_numbers(body, drawn),
        solution=calculation.show_work(body, drawn),
        extra=fill(note.extra),
        source=note.source,
        as_of=note.as_of,
        until=note.until,
        manual=note.manual,
    )


def _with_distinct_options(body: Calculation, rng: Random) -> tuple[Draw, list[ItemOption]]:
    """Numbers, the right answer, and up to three mistaken ones, no two of which look the same."""
    for _ in range(_MOST_TRIES):
        drawn = calculation.draw(body, rng)
        places = rng.sample(range(len(body.mistakes)), min(_MOST_MISTAKES, len(body.mistakes)))
        options = [ItemOption(calculation.show_answer(body, drawn.answer))]
        options += [
            ItemOption(
                calculation.show_answer(body, drawn.mistaken[place]), body.mistakes[place].why
            )
            for place in places
        ]
        if len({option.text for option in options}) == len(options):
            break
    distinct = {option.text: option for option in reversed(options)}
    return drawn, [option for option in options if distinct[option.text] is option]
