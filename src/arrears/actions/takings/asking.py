"""What every taking asks first: which debt, how much may be asked on it, what stops it, whether a fee is allowed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from arrears.actions import charge_caps
from arrears.actions.positions import ids
from arrears.actions.takings.mistakes import mistake, refused_by
from arrears.channels.payments import Provider
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.holds import HoldKind
from arrears.engine.ledger import by_day
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.takings import takings
from arrears.store import bookday
from arrears.store.doors import holds, positions
from arrears.store.doors import takings as rows
from arrears.store.doors.takings import Payer

Providers = Callable[[str], Provider | None]
"""Gives the provider for a creditor's account there (``own`` or a connected account's id); None without a key."""

PAYABLE: Final = frozenset({"open", "written_off"})
STOPS_DEBITS: Final = frozenset(
    {
        HoldKind.BANKRUPTCY,
        HoldKind.MORATORIUM,
        HoldKind.DECEASED,
        HoldKind.IDENTITY_THEFT,
        HoldKind.WRONG_PERSON,
        HoldKind.DISPUTE,
        HoldKind.INCAPACITY,
        HoldKind.CARE,
    }
)
"""Holds under which nobody is debited; what the debtor pays of their own accord is taken all the same."""
FEES: Final = "fees"
"""In an organisation's settings: by kind of debt ``{"most_minor": …, "clause": "…"}``, where the agreement itself names
a fee for paying so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A debt on a day: who pays on it, what brings it up to date, all that is owed, and what of it has been seen.

    In minor units. Money that has been seen and has not cleared is still owed, and is not to be debited again.
    """

    payer: Payer
    today: date
    due_minor: int
    owed_minor: int
    seen_minor: int = 0


def asked_on(account: int, *, now: datetime, using: str = "default") -> Asked | Problem:
    """Return what may be asked on a debt; a Problem where it is not there or takes no more payments."""
    payer = rows.payer(account, using=using)
    if payer is None:
        return mistake("account_unknown")
    if payer.status not in PAYABLE:
        return mistake("debt_over")
    today = local_day(now, payer.timezone)
    position = positions.read([account], using=using).get(account)
    if position is None:
        return Asked(payer, today, 0, 0)
    day = epoch_day(today)
    owed = max(by_day.contractual(position, day), 0)
    return Asked(payer, today, by_day.to_pay(position, day), owed, position.pending_minor)


def refused_amount(asked: Asked, amount_minor: int, provider: Provider) -> Problem | None:
    """Return why an amount cannot be asked; a part always can (P29)."""
    if amount_minor <= 0:
        return mistake("amount_missing", "amount")
    if amount_minor > asked.owed_minor:
        return mistake("more_than_owed", "amount")
    return None if provider.is_takeable(amount_minor, asked.payer.currency) else mistake("not_takeable", "amount")


def refused_fee(asked: Asked, fee_minor: int, *, scheme: str = "", using: str = "default") -> Problem | None:
    """Return the rule that refuses a fee for paying; None where there is none or the agreement names it (R11)."""
    said = rows.settings_of(asked.payer.owner, using=using).get(FEES, {}).get(asked.payer.debt_kind) or {}
    if fee_minor <= 0 or (said.get("clause") and fee_minor <= said.get("most_minor", 0)):
        return None
    about = {"country": asked.payer.country, "debt_kind": asked.payer.debt_kind, "scheme": scheme}
    return refused_by(takings().binding("fee", **about)[0], "fee")


def refused_by_cap(asked: Asked, fee_minor: int, *, using: str = "default") -> Problem | None:
    """Return the cap of contract or law that a fee for paying would break today, before anybody is asked to pay it."""
    if fee_minor <= 0:
        return None
    day = bookday.stamp(asked.payer.owner, using=using).day
    fee = Entry(0, EntryKind.FEE, asked.today, day, fee_minor)
    (basis,) = positions.bases_of(ids([asked.payer.account]), using=using)
    return charge_caps.refusal_of(fee, basis, using=using)


def refused_by_hold(asked: Asked, *, now: datetime, using: str = "default") -> Problem | None:
    """Return that a hold stops debits, where one does."""
    standing = holds.standing(asked.payer.person, [asked.payer.account], now, using=using)
    return mistake("held") if any(hold.kind in STOPS_DEBITS for hold in standing) else None


def provider_of(owner: int, providers: Providers, *, using: str = "default") -> Provider | None:
    """Return the provider at which a creditor has an account; None where it has none."""
    account = rows.settings_of(owner, using=using).get("account", "")
    return providers(account) if account else None


def new_reference(kind: str) -> str:
    """Return a reference that nobody can guess and that tells nothing of a person."""
    return f"{kind}-{uuid4().hex}"


def days_of(owner: int, name: str, usual: int, *, using: str = "default") -> int:
    """Return a number of days or hours that an organisation has set, else the usual one."""
    return int(rows.settings_of(owner, using=using).get(name, usual))
