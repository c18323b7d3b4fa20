"""The amounts of a notice, by the ledger: as it is made, and again as it goes.

A notice speaks of one day. It stands while the ledger, by all that is known, says the same of that day, and nothing has
lessened the debt since: who has paid meanwhile is not asked for what they no longer owe.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from arrears.domain.entries import CASH_KINDS, Entry, EntryKind
from arrears.domain.notices import TOLD_OF
from arrears.domain.terms import Terms
from arrears.engine.ledger.state import State, state
from arrears.engine.notices.default_sums import told_of, total
from arrears.engine.notices.itemization import Itemization, itemization
from arrears.kernel.problems import Problem

SPLIT: Final = frozenset(
    {"capital", "interest", "fees", "other_charges", "amount_now", "arrears", "default_sums", "late_charges",
     "to_put_right"}
)  # fmt: skip
"""Fields that say how a debt stands on a day."""
ITEMIZED: Final = frozenset({"amount_then", "interest", "fees", "payments", "credits", "amount_now"})
"""Fields that say how a debt came to stand so since its itemization date."""
TOLD: Final = frozenset({"sums_told"})
"""The field that says what sums of default a notice tells of."""
_STANDING: Final = frozenset({"amount_now", "arrears", "to_put_right"})
SINCE: Final = "amount_then"
"""The field by which a notice is one with an itemization."""
_LESSENING: Final = CASH_KINDS | {
    EntryKind.WAIVER, EntryKind.SETTLEMENT, EntryKind.PAYOFF, EntryKind.SALE, EntryKind.REVERSAL,
}  # fmt: skip


def of_the_ledger(names: Collection[str]) -> frozenset[str]:
    """Return which of the fields ``names`` of a notice the ledger alone fills."""
    found = (ITEMIZED if SINCE in names else SPLIT) & frozenset(names)
    return (found if found & _STANDING else frozenset()) | TOLD & frozenset(names)


def split(now: State) -> dict[str, int]:
    """Return how a debt stands, by field, in minor units: its parts, what is behind, what would put it right."""
    return {
        "capital": max(now.principal - now.credit, 0),
        "interest": now.interest,
        "fees": now.fees,
        "other_charges": now.charges,
        "amount_now": now.contractual,
        "arrears": now.arrears,
        "default_sums": now.fees,
        "late_charges": now.charges,
        "to_put_right": now.arrears + now.fees + now.charges,
    }


def itemized(made: Itemization) -> dict[str, int]:
    """Return an itemization by field, in minor units."""
    return {
        "amount_then": made.then,
        "interest": made.interest,
        "fees": made.fees,
        "payments": made.payments,
        "credits": made.credits,
        "amount_now": made.now,
    }


def is_overtaken(
    said: Mapping[str, object], terms: Terms, entries: Sequence[Entry], as_of: date, today: date, *, currency: str
) -> bool:
    """Return whether the amounts that a notice ``said`` of ``as_of`` are no longer what is to be said ``today``.

    That is so where the ledger says otherwise of that day by now, to the cent, and where something that lessens what is
    owed has counted since. What falls due or accrues after the day leaves a notice as true as it was.
    """
    is_lessened = bool(_STANDING & said.keys()) and _is_lessened(entries, as_of, today)
    return is_lessened or _is_corrected(said, terms, entries, as_of, currency)


def _is_lessened(entries: Sequence[Entry], as_of: date, today: date) -> bool:
    later = (one for one in entries if as_of < one.value_date <= today)
    return any(one.kind in _LESSENING or (one.kind is EntryKind.ADJUSTMENT and one.amount < 0) for one in later)


def _is_corrected(
    said: Mapping[str, object], terms: Terms, entries: Sequence[Entry], as_of: date, currency: str
) -> bool:
    names = of_the_ledger([*said])
    made = _made(said, names, terms, entries, as_of, currency)
    return isinstance(made, Problem) or any(said[name] != made[name] for name in names)


def _made(
    said: Mapping[str, object],
    names: Collection[str],
    terms: Terms,
    entries: Sequence[Entry],
    as_of: date,
    currency: str,
) -> dict[str, int] | Problem:
    """Return the amounts of the day by the ledger, as it is known now."""
    made: dict[str, int] = {}
    if TOLD & frozenset(names):
        told = said.get(TOLD_OF)
        made["sums_told"] = total(told_of(entries, told if isinstance(told, Collection) else ()))
    if SINCE in names:
        since = date.fromisoformat(str(said["itemization_date"]))
        found = itemization(terms, entries, since, as_of, currency=currency)
        return found if isinstance(found, Problem) else made | itemized(found)
    return made | split(state(terms, entries, as_of)) if SPLIT & frozenset(names) else made
