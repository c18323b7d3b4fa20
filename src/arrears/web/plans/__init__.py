"""Plans: the builder from a budget, one plan with its history, and the board of who is behind (P36)."""
