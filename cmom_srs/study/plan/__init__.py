"""The way to an exam date: what fits, week by week, the exams on the way, what is kept back."""
