"""The ledger of one debt: its entries with the balance after each, its instalments, and its charges computed openly."""
