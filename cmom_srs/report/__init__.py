"""The report: one HTML page of all that `cmom` knows about a learner's way."""
