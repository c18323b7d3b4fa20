"""Findings: why it is late, whether the person can and will pay, which class a collector sets (P10, P11).

Reasons of health and the like are no findings: they start a hold for care, and are written down nowhere else.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final

from arrears.actions import history, holds, people, positions
from arrears.actions.mistakes import mistake
from arrears.domain.holds import HoldKind
from arrears.engine.decide import Strategy
from arrears.kernel.problems import Problem
from arrears.packs.loading import load
from arrears.store.doors import findings as rows
from arrears.store.doors import promises as accounts_of

_FACTS: Final = ("reason_late", "ability", "willingness", "class_set")


def note(
    account: int,
    *,
    now: datetime,
    reason_late: str = "",
    ability: str = "",
    willingness: str = "",
    class_set: str = "",
    using: str = "default",
) -> Problem | None:
    """Keep what was found out about an account, by the names of codes; an empty one leaves what was known.

    A reason of care (illness, bereavement, an institution) is not kept: it places a hold for care on the person.
    """
    said = dict(zip(_FACTS, (reason_late, ability, willingness, class_set), strict=True))
    said = {fact: name for fact, name in said.items() if name}
    unknown = next((name for fact, name in said.items() if _strategy().facts[fact].number_of(name) is None), None)
    if unknown is not None:
        return mistake("finding_unknown", said=unknown)
    found = accounts_of.person_owing(account, using=using)
    if found is None:
        return mistake("account_not_found", "account")
    owner, person = found
    if is_care(said.get("reason_late", "")):
        del said["reason_late"]
        placed = holds.place(HoldKind.CARE.value, person=person, account=None, now=now, using=using)
        if isinstance(placed, Problem):
            return placed
    if said:
        rows.keep([account], said, using=using)
        history.append("finding_noted", owner=owner, account=account, person=person, now=now, using=using, **said)
        positions.refresh([account], now=now, using=using)
        people.redecide([person], now=now, using=using)
    return None


def note_reason(accounts: Sequence[int], reason: str, *, using: str = "default") -> None:
    """Keep why debts are late, as part of another verb; a reason of care is left to its hold."""
    if not is_care(reason):
        rows.keep(accounts, {"reason_late": reason}, using=using)


def is_care(reason: str) -> bool:
    """Return whether a reason for being late is a matter of care, never of score or order."""
    return bool(_strategy().details.get("reason_late", {}).get(reason, {}).get("care", False))


@cache
def _strategy() -> Strategy:
    return load()
