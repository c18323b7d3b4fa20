"""Give accounts to an agency or law firm to work, and take them back (P56, P65).

The market on which cases are offered and taken is not built yet; what a placement does to access is.
"""

from collections.abc import Sequence
from datetime import date, datetime

from arrears.actions import acts, history
from arrears.actions.history import Happened
from arrears.domain.contacts import Act
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records as records
from arrears.store.doors import founding
from arrears.store.scope import current, scope


def place(
    accounts: Sequence[int],
    holder: int,
    from_on: date,
    *,
    in_default_on: date | None,
    now: datetime,
    using: str = "default",
) -> int:
    """Let ``holder`` see and work these accounts from ``from_on`` on; return how many were newly given.

    The caller's scope is the owner's; accounts of others are left alone, and so are those that a rule refuses: each of
    these keeps the refusal in its history. ``in_default_on`` is the day since when the
    owner holds them to be in default, for those of which nothing is said: whether a debt was in default when it was
    obtained decides which law binds the holder (15 USC 1692a(6)), and unknown is refused. Each account's history says
    so.
    """
    opened = current(using)
    with scope(opened.organisation, opened.user, using=using):
        placed = placeable(accounts, holder, now=now, using=using)
        given = founding.give_access(placed, holder, from_on, in_default_on=in_default_on, using=using)
        _tell("account_placed", placed, holder, from_on, now, using)
    return given


def placeable(accounts: Sequence[int], holder: int, *, now: datetime, using: str = "default") -> list[int]:
    """Return those of ``accounts`` that the gate lets be placed with ``holder``; a refusal is told to its history.

    What the owner knows of the agency stands in its settings (``{"agencies": {"7": {"agency_evaluated_on": …}}}``).
    """
    owner = records.house_of(current(using).organisation, using=using)
    facts = owner.settings.get("agencies", {}).get(str(holder), {})
    placed = []
    for account in accounts:
        weighed = acts.weigh(Act.PLACE, account, facts=facts, now=now, using=using)
        if isinstance(weighed, Problem):
            continue
        refused = weighed.refusal()
        if refused is None:
            placed.append(account)
        else:
            acts.tell(weighed, is_refused=True, now=now, using=using)
    return placed


def recall(accounts: Sequence[int], holder: int, until_on: date, *, now: datetime, using: str = "default") -> int:
    """Take accounts back from ``holder`` on ``until_on``; it keeps sight of its own contacts and promises only."""
    opened = current(using)
    with scope(opened.organisation, opened.user, using=using):
        ended = founding.end_access(accounts, holder, until_on, using=using)
        _tell("account_recalled", accounts, holder, until_on, now, using)
    return ended


def _tell(kind: str, accounts: Sequence[int], holder: int, on: date, now: datetime, using: str) -> None:
    organisation = current(using).organisation
    happened = [
        Happened(
            kind=kind,
            account=account,
            owner=organisation,
            staff=current(using).user,
            facts={"holder": holder, "on": on.isoformat()},
        )
        for account in accounts
    ]
    history.append_all(happened, now=now, using=using)
