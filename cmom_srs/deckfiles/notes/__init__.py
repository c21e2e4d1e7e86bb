"""Sections to notes: labels, bodies of each kind, and whether their numbers come out."""
