"""What the learner sees: the screen, author text, the two faces of a card."""
