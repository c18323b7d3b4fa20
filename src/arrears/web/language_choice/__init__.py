"""The choice of language, on every page."""
