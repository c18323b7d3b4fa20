"""Offering less: what one may decide is shown before anything is promised to the debtor (P37)."""
