"""Double entry derived from the ledger: what a debt's flows are to the books, and journals of derived less posted."""
