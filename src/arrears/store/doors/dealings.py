"""What was dealt with accounts, in columns: contacts by day, promises, holds; the food of the position's other half.

Reads over any number of accounts at once. Days are epoch days on the calendar of the account's owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connections

from arrears.domain.contacts import EFFECTS, MEDIUM_OF, Medium, Outcome
from arrears.domain.holds import HoldKind
from arrears.domain.position import PlanCode
from arrears.kernel.epoch import NO_DATE
from arrears.store import answers

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]

#: One row a contact and account. Days are epoch days; the rest are 0 or 1. ``is_asked_for``: a call that the person had
#: asked for, which no count of calls has.
CONTACT: Final = np.dtype(
    [
        ("attempt", "i8"),
        ("account", "i8"),
        ("day", "i4"),
        ("is_outbound", "i1"),
        ("is_call", "i1"),
        ("is_counted", "i1"),
        ("is_with_anybody", "i1"),
        ("is_reached", "i1"),
        ("is_asked_for", "i1"),
    ]
)

#: One row a promise that stands or was judged. ``state`` is one of the codes below.
PROMISE: Final = np.dtype([("account", "i8"), ("to_come_minor", "i8"), ("due_day", "i4"), ("state", "i1")])
OPEN, PROVISIONAL, KEPT, PART_KEPT, BROKEN = 1, 2, 3, 4, 5
_STATES: Final = ("open", "provisional", "kept", "part_kept", "broken")

#: One row a hold and account: its bit, whether it is on at the instant asked, the days on which it begins and ends.
HOLD: Final = np.dtype([("account", "i8"), ("bit", "i1"), ("is_on", "i1"), ("from_day", "i4"), ("until_day", "i4")])

#: One row a plan that runs, or fell into default, and account it covers: its next due date, that of its oldest late
#: instalment, and its `PlanCode`.
PLAN: Final = np.dtype([("account", "i8"), ("due_day", "i4"), ("late_day", "i4"), ("state", "i1")])
_PLAN_STATES: Final = tuple(code.name.lower() for code in PlanCode if code)

#: The bit of each kind of hold in a position's ``holds``; the order of the kinds is stored and never changes.
HOLD_BITS: Final = {kind: bit for bit, kind in enumerate(HoldKind)}

_ANYBODY: Final = ["conversation", "right_party", "unverified", "third_party", "met"]
_CALLS: Final = [channel.value for channel, medium in MEDIUM_OF.items() if medium is Medium.TELEPHONE]
_UNCOUNTED: Final = [outcome.value for outcome in Outcome if not EFFECTS[outcome].is_connected]
_REACHED: Final = [outcome.value for outcome in Outcome if EFFECTS[outcome].is_reached]
_DAY = "(({} AT TIME ZONE o.timezone)::date - date '1970-01-01')"


@dataclass(frozen=True, slots=True)
class Dealt:
    """Everything dealt with a range of accounts: rows of `CONTACT`, `PROMISE`, `HOLD` and `PLAN`, in no order."""

    contacts: Rows
    promises: Rows
    holds: Rows
    plans: Rows = field(default_factory=lambda: np.empty(0, PLAN))


def dealt_with(accounts: Sequence[int] | Ints, *, now: datetime, using: str = "default") -> Dealt:
    """Return what was dealt with ``accounts`` up to ``now``."""
    ids = [int(account) for account in accounts]
    return Dealt(_contacts(ids, now, using), _promises(ids, using), _holds(ids, now, using), _plans(ids, using))


_CONTACTS: Final = """
    SELECT a.id, spoken.account_id, (a.started_at AT TIME ZONE o.timezone)::date - date '1970-01-01',
           (a.direction = 'to_person')::int, (a.channel = ANY(%s::text[]))::int, (a.outcome <> ALL(%s::text[]))::int,
           (a.outcome = ANY(%s::text[]))::int, (a.outcome = ANY(%s::text[]))::int, 0
    FROM attempt_account spoken
    JOIN attempt a ON a.id = spoken.attempt_id
    JOIN organisation o ON o.id = spoken.organisation_id
    WHERE spoken.account_id = ANY(%s::bigint[]) AND a.started_at <= %s"""

_PROMISES: Final = """
    SELECT account_id, amount_minor - kept_minor, due_on - date '1970-01-01', array_position(%s::text[], state)
    FROM promise
    WHERE account_id = ANY(%s::bigint[]) AND kind <> 'pay_day_call' AND state NOT IN ('asked', 'withdrawn')"""

_HOLDS: Final = """
    SELECT stands.account, array_position(%s::text[], h.kind) - 1,
           (h.from_at <= %s AND (h.until_at IS NULL OR h.until_at > %s))::int,
           (h.from_at AT TIME ZONE o.timezone)::date - date '1970-01-01',
           coalesce((h.until_at AT TIME ZONE o.timezone)::date - date '1970-01-01', %s::int)
    FROM (SELECT account_id AS account, id FROM hold WHERE account_id = ANY(%s::bigint[])
          UNION ALL
          SELECT owed.id, alike.id FROM account owed
          JOIN hold alike ON alike.person_id = owed.person_id AND alike.account_id IS NULL
          WHERE owed.id = ANY(%s::bigint[])) stands
    JOIN hold h ON h.id = stands.id
    JOIN organisation o ON o.id = h.organisation_id"""


_PLANS: Final = """
    SELECT d.account_id, coalesce(p.next_due_on - date '1970-01-01', %s::int),
           coalesce(p.behind_since - date '1970-01-01', %s::int), array_position(%s::text[], p.state)
    FROM plan_debt d JOIN plan p ON p.id = d.plan_id AND p.version = d.version
    WHERE d.account_id = ANY(%s::bigint[]) AND p.state = ANY(%s::text[])"""


def _contacts(ids: list[int], now: datetime, using: str) -> Rows:
    from arrears.store.doors.calls_asked_for import calls_asked_for  # it knows tables, which the columns alone need not

    rows = _rows(_CONTACTS, [_CALLS, _UNCOUNTED, _ANYBODY, _REACHED, ids, now], CONTACT, ids, using)
    _mark_asked_for(rows, calls_asked_for(ids, now=now, using=using))
    return rows


def _mark_asked_for(rows: Rows, pairs: set[tuple[int, int]]) -> None:
    attempts = np.array([attempt for _, attempt in pairs], np.int64)
    for place in np.flatnonzero(np.isin(rows["attempt"], attempts)):
        rows["is_asked_for"][place] = (int(rows["account"][place]), int(rows["attempt"][place])) in pairs


def _promises(ids: list[int], using: str) -> Rows:
    return _rows(_PROMISES, [list(_STATES), ids], PROMISE, ids, using)


def _holds(ids: list[int], now: datetime, using: str) -> Rows:
    kinds = [kind.value for kind in HOLD_BITS]
    return _rows(_HOLDS, [kinds, now, now, NO_DATE, ids, ids], HOLD, ids, using)


def _plans(ids: list[int], using: str) -> Rows:
    states = list(_PLAN_STATES)
    return _rows(_PLANS, [NO_DATE, NO_DATE, states, ids, states], PLAN, ids, using)


def _rows(sql: str, values: list[Any], kind: "np.dtype[np.void]", ids: list[int], using: str) -> Rows:
    if len(ids) <= answers.FEW:
        return answers.prepared_rows(sql, values, kind, using=using)
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return np.array(cursor.fetchall(), kind)
