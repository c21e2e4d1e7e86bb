"""A spaced-repetition engine for the CMOM exam: text decks, a terminal, Anki packages."""

__version__ = "0.1.0"
