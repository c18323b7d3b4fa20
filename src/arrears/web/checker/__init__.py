"""Trying out the checker: paste words, say what they are, see what must not be said. Nothing is kept."""
