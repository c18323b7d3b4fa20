"""Case files: the board with what is due soonest, one case with its steps and clocks, opening one, and care needs."""
