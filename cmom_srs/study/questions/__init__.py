"""What is asked and what is given: a card as a question, its numbers, the worth of a response."""
