"""What is proven of a person's numbers and addresses, what they agreed to, and what is missing for which channel."""
