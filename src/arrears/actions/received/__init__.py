"""Received texts: kept, sorted, obeyed at once where they surely stop something, and decided by a human (P10, R04)."""

from arrears.actions.received.deciding import DECIDING, add_category, decide, erase, finish, let_go, name_person, take
from arrears.actions.received.files import TakenIn, take_in
from arrears.actions.received.receiving import Inbound, Kept, receive

__all__ = [
    "DECIDING",
    "Inbound",
    "Kept",
    "TakenIn",
    "add_category",
    "decide",
    "erase",
    "finish",
    "let_go",
    "name_person",
    "receive",
    "take",
    "take_in",
]
