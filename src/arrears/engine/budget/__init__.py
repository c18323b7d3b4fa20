"""Budgets: income and expenditure summed, and what a person can afford to pay. Pure."""
