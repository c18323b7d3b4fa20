"""Whose payment is this: lines of bank statements against the debts that are open, with a reason for each answer.

Nothing here knows a book. `index.Index` is made from frames of debts, references, names and payers' accounts;
`matching.match` answers for many lines at once.
"""
