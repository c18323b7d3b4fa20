"""By which ledger the positions of this database were made, kept as a comment on their table."""

from django.db import connections

from arrears.domain.position import COLUMNS

VERSION = 2
"""Grows whenever the same entries make another row: positions are then made anew once, when the database is migrated.

1: one late charge on overdue principal. 2: dated rates, interest by the day, fixed charges, caps, freezes, plans.
"""


def shape() -> str:
    """Return what the rows of today's ledger are known by."""
    return f"ledger {VERSION}, {len(COLUMNS)} columns"


def is_of_today() -> bool:
    """Return whether the positions that stand were made by today's ledger."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT obj_description('public.account_position'::regclass, 'pg_class')")
        return bool(cursor.fetchone() == (shape(),))


def keep() -> None:
    """Note that all positions are made by today's ledger."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE public.account_position IS '{shape()}'")
