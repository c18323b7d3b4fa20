"""Bank statements: taken in whole or not at all, matched to debts, posted once, and decided by hand where unsure."""

from arrears.actions.bank.queue import accept, not_ours, park, refund_due, reopen, return_of, split, undo
from arrears.actions.bank.take_in import Taken, take_in

__all__ = ["Taken", "accept", "not_ours", "park", "refund_due", "reopen", "return_of", "split", "take_in", "undo"]
