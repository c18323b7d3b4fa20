"""Give accounts to an agency or law firm to work, and take them back (P56, P65).

The market on which cases are offered and taken is not built yet; what a placement does to access is.
"""

from collections.abc import Sequence
from datetime import date, datetime

from arrears.actions import history
from arrears.actions.history import Happened
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

    The caller's scope is the owner's; accounts of others are left alone. ``in_default_on`` is the day since when the
    owner holds them to be in default, for those of which nothing is said: whether a debt was in default when it was
    obtained decides which law binds the holder (15 USC 1692a(6)), and unknown is refused. Each account's history says
    so.
    """
    opened = current(using)
    with scope(opened.organisation, opened.user, using=using):
        given = founding.give_access(accounts, holder, from_on, in_default_on=in_default_on, using=using)
        _tell("account_placed", accounts, holder, from_on, now, using)
    return given


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
