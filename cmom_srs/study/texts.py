"""What a note says, text by text, as a learner reads it outside of a review."""

from collections.abc import Iterator

from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Steps
from cmom_srs.study.notes import fill_gaps
from cmom_srs.study.questions.calculation import PLACEHOLDER


def labeled_texts(note: Note) -> Iterator[tuple[str, str]]:
    """What a learner reads of a note before Extra, each text with the label of the deck format.

    An option's label says whether it is right; its why follows it, as a mistake's does.
    """
    if note.scenario:
        yield "Scenario", note.scenario
    match note.body:
        case Basic(question=question, answer=answer):
            yield from (("Question", question), ("Answer", answer))
        case Cloze(text=text):
            yield "Cloze", fill_gaps(text)
        case Choice(question=question, options=options):
            yield "Question", question
            for option in options:
                yield "[x]" if option.is_right else "[ ]", option.text
                yield "Why", option.why
        case Calculation(question=question, formula=formula, mistakes=mistakes):
            yield from (("Question", question), ("Formula", formula))
            for mistake in mistakes:
                yield "Wrong", mistake.formula
                yield "Why", mistake.why
        case Steps(question=question, steps=steps):
            yield "Question", question
            yield from ((f"{number}.", step) for number, step in enumerate(steps, 1))


def texts(note: Note) -> Iterator[str]:
    """The texts alone, those that are empty left out."""
    return (text for _, text in labeled_texts(note) if text)


def question_text(note: Note) -> str:
    """What a note asks without its scenario, in its own words; a cloze with its gaps filled."""
    match note.body:
        case Cloze(text=text):
            return fill_gaps(text)
        case Calculation(question=question):
            return PLACEHOLDER.sub("...", question)  # other numbers each time
        case Basic(question=question) | Choice(question=question) | Steps(question=question):
            return question
