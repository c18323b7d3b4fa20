"""Promises by the hour, until the money is in (P34)."""
