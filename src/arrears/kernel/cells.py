"""Cells of a table that people open in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(said: str) -> str:
    """Return ``said`` so that no spreadsheet takes it for a formula: an apostrophe before it, but for whole numbers."""
    return f"'{said}" if said.startswith(_FORMULA) and not said[1:].isdecimal() else said
