"""What the gate refuses for not knowing, worked as a queue: found over the book, asked for, supplied, and gone."""

from arrears.actions.missing.files import Answered, answers_from, exported
from arrears.actions.missing.looking import Progress, look
from arrears.actions.missing.supplying import SUPPLIERS_OF, ask_supplier, may_be_set, supply

__all__ = [
    "SUPPLIERS_OF",
    "Answered",
    "Progress",
    "answers_from",
    "ask_supplier",
    "exported",
    "look",
    "may_be_set",
    "supply",
]
