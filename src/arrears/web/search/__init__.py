"""Search by name or number."""
