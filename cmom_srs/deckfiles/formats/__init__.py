"""Question banks of other programs, written as decks: Aiken, GIFT, CSV and TSV, Anki's text."""
