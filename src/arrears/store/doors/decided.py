"""Decisions in the book: what was decided last about each account, and the appending of what is new.

The newest decision of an account is always found in the month of the last full night or later, because the first night
of a month writes every decision anew; older parts of the table are history.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.kernel.epoch import NO_DATE
from arrears.store import answers, copying
from arrears.store.layouts import DECISION

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]


#: What makes a decision another one. Sums and days past due move daily and do not; dates that have come are "now".
COMPARED: Final = (
    "pack_version_id", "refusals", "band", "stage", "conduct", "treatment", "treatment_row", "tone", "channels",
    "next_action", "cadence", "owner_team", "tier", "reason", "arm",
)  # fmt: skip
_DATES: Final = ("next_on", "look_again_on")
_LATEST: Final = np.dtype(
    [(name, DECISION[name]) for name in ("account_id", "person_id", "decided_at", "on_day", *_DATES, *COMPARED)]
)
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest decision of each account, ascending by account; ``says`` is what it says as one number."""

    account: Ints
    person: Ints
    team: npt.NDArray[np.int16]
    look_again_on: npt.NDArray[np.int32]
    says: npt.NDArray[np.uint64]

    def places_of(self, accounts: Ints) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """Return for each account its place here, and whether it has one."""
        if not len(self.account):
            return np.zeros(len(accounts), np.intp), np.zeros(len(accounts), np.bool_)
        place = np.minimum(np.searchsorted(self.account, accounts), len(self.account) - 1)
        return place, self.account[place] == accounts


def said(rows: Rows, on_day: int) -> npt.NDArray[np.uint64]:
    """Return one number for what each decision says on ``on_day``: equal numbers, equal decisions."""
    mixed = np.zeros(len(rows), np.uint64)
    for name in COMPARED:
        mixed = (mixed + rows[name].astype(np.int64).view(np.uint64) + np.uint64(1)) * _MIX
    for name in _DATES:
        date = np.where(rows[name] <= on_day, on_day, rows[name]).astype(np.int64)
        mixed = (mixed + date.view(np.uint64)) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed


def latest(organisation: int, on_day: int, *, since_day: int, but_run: int, using: str = "night") -> Latest:
    """Return the newest decisions about an organisation's accounts for days in ``[since_day, on_day]``.

    Those of ``but_run`` are left out: a night that goes on where it was killed sees the book as it did at first.
    """
    return _newest(
        f"{copying.table_query('decision', _LATEST)} AND organisation_id = %s AND on_day BETWEEN %s AND %s "
        "AND run_id <> %s",
        [organisation, since_day, on_day, but_run],
        on_day,
        using,
    )


def latest_of_people(people: list[int], on_day: int, *, since_day: int, using: str) -> Latest:
    """Return the newest decisions about accounts of ``people``; for a few the statement is kept."""
    query = (
        f"{copying.table_query('decision', _LATEST)} AND on_day BETWEEN %s AND %s AND account_id IN "
        "(SELECT id FROM account WHERE person_id = ANY(%s))"
    )
    values = [since_day, on_day, people]
    if len(people) > answers.FEW:
        return _newest(query, values, on_day, using)
    return _newest_of([answers.prepared_rows(query, values, _LATEST, using=using)], on_day)


def _newest(query: str, values: list[object], on_day: int, using: str) -> Latest:
    return _newest_of(copying.read_blocks(query, values, _LATEST, using=using), on_day)


def _newest_of(blocks: Iterable[Rows], on_day: int) -> Latest:
    parts = [_slim(block, on_day) for block in blocks]
    rows = np.concatenate(parts) if parts else np.empty(0, _SLIM)
    order = np.lexsort((rows["decided_at"], rows["on_day"], rows["account"]))
    rows = rows[order]
    last = np.flatnonzero(np.diff(rows["account"], append=-1))
    rows = rows[last]
    return Latest(rows["account"], rows["person"], rows["team"], rows["look_again_on"], rows["says"])


_SLIM: Final = np.dtype(
    [
        ("account", "i8"),
        ("person", "i8"),
        ("decided_at", "M8[us]"),
        ("says", "u8"),
        ("on_day", "i4"),
        ("look_again_on", "i4"),
        ("team", "i2"),
    ]
)


def _slim(block: Rows, on_day: int) -> Rows:
    out = np.empty(len(block), _SLIM)
    out["account"], out["person"], out["team"] = block["account_id"], block["person_id"], block["owner_team"]
    for name in ("decided_at", "on_day", "look_again_on"):
        out[name] = block[name]
    out["says"] = said(block, on_day)
    return out


def append(rows: Rows, *, using: str = "night") -> int:
    """Append decisions by COPY; return how many. The role must be one that row-level security does not bind."""
    return copying.write("decision", rows, using=using)


_AFTER_THE_LATEST: Final = """
    greatest(new.decided_at, (SELECT max(old.decided_at) + interval '1 microsecond' FROM decision old
                              WHERE old.on_day = new.on_day AND old.account_id = new.account_id))"""


def add(rows: Rows, *, using: str = "default") -> int:
    """Append a few decisions in any role, all in one document; return how many.

    Two verbs of one request share their instant: the later decision is stamped a microsecond after the earlier one.
    """
    answers.prepared(_ADD, [copying.document_of(rows)], using=using)
    return len(rows)


_NAMES: Final = DECISION.names or ()
_ADD: Final = f"""
    INSERT INTO decision ({", ".join(_NAMES)})
    SELECT {", ".join(_AFTER_THE_LATEST if name == "decided_at" else f"new.{name}" for name in _NAMES)}
    FROM {copying.given_rows(DECISION, "new")}"""


def blank(count: int) -> Rows:
    """Return rows of nothing decided: every code 0, every date `NO_DATE`, decided for certain."""
    rows = np.zeros(count, DECISION)
    rows["next_on"] = rows["look_again_on"] = NO_DATE
    rows["chance_ppm"] = 1_000_000
    return rows
