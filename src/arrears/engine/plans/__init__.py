"""Instalment plans: schedules, judging by payments, what is affordable, what charges do meanwhile. Pure."""
