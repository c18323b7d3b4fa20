"""Arrears: debt collections from the missed instalment to "settled, and still a customer"."""

__version__ = "0.1.0"
