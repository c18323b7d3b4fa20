"""Promises that a lender brings along: which are known already, what they are judged by, and the rows themselves."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from arrears.domain.entries import CASH_KINDS
from arrears.engine.ledger.rebuild import ENTRY
from arrears.store import copying
from arrears.store.doors import intake
from arrears.store.scope import current

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]

SOURCE: Final = "import"
KNOWN: Final = {
    "source_ref": pl.String,
    "known_account_id": pl.Int64,
    "known_minor": pl.Int64,
    "known_due_on": pl.Date,
}
_KNOWN: Final = (
    "SELECT source_ref, account_id, amount_minor, due_on FROM promise "
    f"WHERE organisation_id = %s AND source_kind = '{SOURCE}' AND source_ref = ANY(%s)"
)
_PAYMENTS: Final = """
    SELECT id, account_id, amount_minor, principal_minor, coalesce(reverses_id, 0), value_date - date '1970-01-01',
           book_day, detail, kind
    FROM entry WHERE account_id = ANY(%s) AND (kind = ANY(%s) OR reverses_id IS NOT NULL)"""


def known(refs: Sequence[str], *, using: str = "night") -> pl.DataFrame:
    """Return the promises that were brought in before under these references, as `KNOWN`."""
    return intake.read_frame(_KNOWN, [current(using).organisation, list(refs)], KNOWN, using=using)


def accounts_with_promises(accounts: Ints, *, using: str = "night") -> Ints:
    """Return those of ``accounts`` on which a promise stands or was judged, ascending."""
    query = "SELECT DISTINCT account_id FROM promise WHERE account_id = ANY(%s) AND state <> 'withdrawn' ORDER BY 1"
    found = copying.read(query, [accounts.tolist()], np.dtype([("account", "<i8")]), using=using)
    return found["account"].astype(np.int64)


def payments_of(accounts: Ints, *, using: str = "night") -> Rows:
    """Return what may keep a promise on ``accounts``: payments, and what takes entries out, as rows of `ENTRY`."""
    kinds = sorted(int(kind) for kind in CASH_KINDS)
    return copying.read(_PAYMENTS, [accounts.tolist(), kinds], ENTRY, using=using)


def add(frame: pl.DataFrame, *, using: str = "night") -> int:
    """COPY promises, in the table's columns; return how many."""
    return intake.add("promise", frame, using=using)
