"""Deck files written: ids given and changed, shipped changes brought into a learner's own."""
