"""The exam room: a practice exam sat on the learner's terminal, and its misses looked at."""
