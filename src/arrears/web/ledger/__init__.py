"""An account's ledger, how its balance came about, the statement to hand over, and what was told wrongly."""
