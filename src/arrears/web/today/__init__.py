"""Today: what is to be done, what is done, who promised to pay at which hour, and the next person (P13, P41)."""
