"""What runs without a person: the night and its steps."""
