"""Notices: what must go out by when, what went, what came back."""
