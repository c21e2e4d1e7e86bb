"""Practice exams and look-ups in the history. Rules: docs/spec/exam.md."""
