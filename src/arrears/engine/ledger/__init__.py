"""The ledger: what is owed follows from dated entries, for one account and for ten million, by the same lines of code.

`arithmetic`, `steps` and `loop` are plain Python over columns of whole numbers: interpreted over lists for one account
(`state`), compiled by Numba for many (`compiled`, `rebuild`). `columns` turns entries into columns, `position`
makes the account's row, `by_day` says what follows from a row and a day, `promises` judges promises by
payments.
"""
