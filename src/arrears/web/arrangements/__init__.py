"""Arrangements that wait for approval: what a debtor said beyond the horizon of a promise (P30)."""
