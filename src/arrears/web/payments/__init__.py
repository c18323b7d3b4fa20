"""Payments that nobody could match: one line at a time, with the debts it may be for."""
