"""What happened to a debt besides payment, noted by a named human."""
