"""Plans: budgets kept, plans proposed, agreed, approved, edited, ended and judged; debts re-aged by rule (P36)."""
