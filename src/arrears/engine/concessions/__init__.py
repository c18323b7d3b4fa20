"""Offers to cut a debt: what they are worth, and what became of them by the ledger."""
