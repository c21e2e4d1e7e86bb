"""Numbers over the log and the states. What each counts: docs/spec/numbers.md."""
