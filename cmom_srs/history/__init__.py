"""The learner's history: every answer ever given, and what was asked, in one SQLite file."""
