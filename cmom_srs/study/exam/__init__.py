"""Practice exams: drawing one, the fold of its events, what it says. Rules: docs/spec/exam.md."""
