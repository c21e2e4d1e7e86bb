"""SCREEN AND KEYS: the keyboard, what a card looks like, the review loop."""
