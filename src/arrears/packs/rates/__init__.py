"""Rates of law as dated tables, one file a table: each with unit, source and status of how we know it.

A table's name is its path below this folder with dots: ``rates/eu/2011-7.yaml`` is ``eu.2011-7``. A reference table
holds rates by period; a statutory one is a reference plus points, with the law it rests on, whom it binds, and a
fixed compensation. Whatever is not verified ships off, and a day without a known rate is refused, never guessed.
"""

from arrears.packs.rates.asking import resolved, table
from arrears.packs.rates.reading import Compensation, Rate, RateTable, check_rates, rate_tables

__all__ = ["Compensation", "Rate", "RateTable", "check_rates", "rate_tables", "resolved", "table"]
