"""Decision tables, the ledger's arithmetic and the gate: pure functions over integers and columns."""
