"""Notices: what must have been told, by when, and what waits for it."""
