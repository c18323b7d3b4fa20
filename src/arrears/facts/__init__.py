"""What is known about an account, a column at a time: name, type, unit, what null means, where it comes from."""
