"""Anki packages whose notes keep their identity however often their text is edited."""
