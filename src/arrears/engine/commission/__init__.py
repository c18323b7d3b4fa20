"""Commission: what a placement's terms make of the payments within it, line by line."""
