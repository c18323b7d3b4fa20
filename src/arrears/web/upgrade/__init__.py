"""Proposals of other rules: what they would do to the present book, and the second person's decision about them."""
