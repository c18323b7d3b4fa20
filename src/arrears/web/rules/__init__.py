"""The library of rules on contact: each with its source, its state, its numbers and its worked cases."""
