"""Deck files: read, check and mend the text in which authors write notes."""
