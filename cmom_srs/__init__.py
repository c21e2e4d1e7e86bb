"""A spaced-repetition engine for the CMOM exam: text decks, a terminal, a history that loses nothing."""

__version__ = "0.1.0"
