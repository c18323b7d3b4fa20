"""Money in minor units, named roundings, calendars, local hours, problems as values, texts in three languages.

Imports nothing of Arrears, no framework, no clock, no network, no database.
"""
