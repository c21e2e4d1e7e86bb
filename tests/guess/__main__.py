"""How often right options are found by their look alone, and where; `make guess`."""

import sys
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import click

from cmom_srs.deckfiles.read import read
from tests.guess.model import Guess
from tests.guess.model import guesses
from tests.guess.tells import Asked
from tests.guess.tells import asked
from tests.guess.tells import shares

_MOST_PERCENT = 29


@click.command()
@click.argument("decks", type=click.Path(path_type=Path), default="decks")
@click.option("--surest", type=click.IntRange(0), default=0, help="List so many notes found.")
def main(decks: Path, surest: int) -> None:
    """Guess the right options of the notes in DECKS; exit 1 where too many are found."""
    questions = list(asked(read(decks).notes))
    guessed = guesses(questions)
    for line in (*_rates(questions, guessed), "", *_tells(questions)):
        click.echo(line)
    for line in _surest(questions, guessed, surest):
        click.echo(line)
    sys.exit(mean(_hits(guessed)) > _MOST_PERCENT)


def _rates(questions: Sequence[Asked], guessed: Sequence[list[Guess]]) -> Iterator[str]:
    yield f"{'':<28}{'notes':>6}{'chance':>9}{'found':>9}{'shuffles':>17}"
    domains = sorted({question.domain for question in questions})
    for name in (*domains, "cases", "all"):
        group = [
            (question, of_it)
            for question, of_it in zip(questions, guessed, strict=True)
            if name in {question.domain, "all"} or (name == "cases" and question.is_case)
        ]
        if group:
            chance = 100 * mean(1 / len(question.options) for question, _ in group)
            hits = _hits([of_it for _, of_it in group])
            yield (
                f"{name:<28}{len(group):>6}{chance:>8.1f}%{mean(hits):>8.1f}%"
                f"{min(hits):>9.1f}%{max(hits):>6.1f}%"
            )


def _hits(guessed: Sequence[list[Guess]]) -> list[float]:
    """The percentage found, by shuffle."""
    return [100 * mean(guess.found for guess in shuffle) for shuffle in zip(*guessed, strict=True)]


def _tells(questions: Sequence[Asked]) -> Iterator[str]:
    yield f"{'right options with':<28}{'found':>6}{'expected':>9}"
    for name, right, expected in shares(questions):
        yield f"{name:<28}{right:>6}{expected:>9.1f}"


def _surest(
    questions: Sequence[Asked], guessed: Sequence[list[Guess]], count: int
) -> Iterator[str]:
    """The notes whose right option stands out most, where there is work to do."""
    margins = [mean(guess.margin for guess in of_it) for of_it in guessed]
    ranked = sorted(zip(margins, questions, strict=True), reverse=True)
    for margin, question in ranked[:count]:
        yield f"\n{question.note_id}  ({question.domain}, {margin:.2f})"
        for place, option in enumerate(question.options):
            yield f"  [{'x' if place == question.right else ' '}] {option}"


if __name__ == "__main__":
    main()
