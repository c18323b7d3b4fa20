"""Placements: who holds what on which terms, the money paid on it, and what of its commission is posted."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connections

from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.engine.commission.earned import Paid, Placed
from arrears.engine.commission.terms import MoneyKind


class PlacementRow(NamedTuple):
    """A placement: creditor, holder, terms as written, from and until when, how many accounts."""

    id: int
    owner: int
    owner_name: str
    holder: int
    holder_name: str
    name: str
    currency: str
    terms: dict[str, Any]  # JSON
    from_on: date
    until_on: date | None
    accounts: int


class Numbered(NamedTuple):
    """An account found by its number, and whether it is placed now."""

    id: int
    currency: str
    is_placed: bool


class PostedCommission(NamedTuple):
    """A posting of commission by one side: what it moved, all earned then, the lines that changed."""

    as_of: date
    amount: int
    earned: int
    lines: dict[str, dict[str, Any]]  # JSON, by entry


_SELECT: Final = """
    SELECT p.id, p.organisation_id, o.name, p.holder_id, h.name, p.name, p.currency, p.terms, p.from_on, p.until_on,
        (SELECT count(DISTINCT a.account_id) FROM placed_account a WHERE a.placement_id = p.id)
    FROM placement p JOIN organisation o ON o.id = p.organisation_id JOIN organisation h ON h.id = p.holder_id
    WHERE {which} ORDER BY p.id DESC"""


def _rows(which: str, said: Sequence[Any], using: str) -> tuple[PlacementRow, ...]:  # Any: query parameters
    with connections[using].cursor() as cursor:
        cursor.execute(_SELECT.format(which=which), list(said))
        found = cursor.fetchall()
    return tuple(PlacementRow._make((*row[:7], json.loads(row[7]), *row[8:])) for row in found)


def placement(number: int, *, using: str = "default") -> PlacementRow | None:
    """Return a placement; None where there is none that we may see."""
    return next(iter(_rows("p.id = %s", [number], using)), None)


def placements(organisation: int, *, using: str = "default") -> tuple[PlacementRow, ...]:
    """Return the placements an organisation made or holds, the latest first."""
    return _rows("p.organisation_id = %s OR p.holder_id = %s", [organisation, organisation], using)


def placements_made(owner: int, *, using: str = "night") -> tuple[PlacementRow, ...]:
    """Return the placements that a creditor made."""
    return _rows("p.organisation_id = %s", [owner], using)


def add_placement(
    owner: int,
    holder: int,
    name: str,
    currency: str,
    terms: Mapping[str, Any],  # Any: JSON
    from_on: date,
    *,
    now: datetime,
    staff: int | None,
    using: str,
) -> int | None:
    """Write a placement and return its id; None where the owner has one of that name."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO placement (organisation_id, holder_id, name, currency, terms, from_on, made_at, made_by_id) "
            "VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
            [owner, holder, name, currency, json.dumps(dict(terms)), from_on, now, staff],
        )
        found = cursor.fetchone()
    return int(found[0]) if found else None


def add_accounts(placement_id: int, accounts: Sequence[int], from_on: date, *, using: str) -> int:
    """Put accounts of the placement's owner and currency into it; return how many. One that is placed is left alone."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO placed_account (organisation_id, holder_id, placement_id, account_id, from_on) "
            "SELECT p.organisation_id, p.holder_id, p.id, a.id, %s FROM placement p "
            "JOIN account a ON a.organisation_id = p.organisation_id AND a.currency = p.currency "
            "WHERE p.id = %s AND a.id = ANY(%s) ON CONFLICT DO NOTHING",
            [from_on, placement_id, list(accounts)],
        )
        return int(cursor.rowcount)


def end_accounts(placement_id: int, accounts: Sequence[int], until_on: date, *, using: str) -> int:
    """Mark accounts of a placement as recalled; return how many."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "UPDATE placed_account SET until_on = %s WHERE placement_id = %s AND account_id = ANY(%s) "
            "AND until_on IS NULL",
            [until_on, placement_id, list(accounts)],
        )
        return int(cursor.rowcount)


def open_accounts(placement_id: int, *, using: str = "default") -> tuple[tuple[int, str], ...]:
    """Return id and number of the accounts that are in a placement now, by number."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT a.id, a.number FROM placed_account p JOIN account a ON a.id = p.account_id "
            "WHERE p.placement_id = %s AND p.until_on IS NULL ORDER BY a.number",
            [placement_id],
        )
        return tuple((int(account), str(number)) for account, number in cursor.fetchall())


def numbered(owner: int, numbers: Sequence[str], *, using: str = "default") -> dict[str, Numbered]:
    """Return the accounts of ``owner`` with these numbers, by number."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT a.number, a.id, a.currency, EXISTS (SELECT 1 FROM placed_account p "
            "WHERE p.account_id = a.id AND p.until_on IS NULL) "
            "FROM account a WHERE a.organisation_id = %s AND a.number = ANY(%s)",
            [owner, list(numbers)],
        )
        return {row[0]: Numbered(*row[1:]) for row in cursor.fetchall()}


def holders(owner: int, *, using: str = "default") -> tuple[tuple[int, str], ...]:
    """Return id and name of the agencies and law firms that ``owner`` may place with: those it sees."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, name FROM organisation WHERE id <> %s AND kind IN ('agency', 'law_firm') ORDER BY name", [owner]
        )
        return tuple((int(number), str(name)) for number, name in cursor.fetchall())


def hold_placement(placement_id: int, *, using: str) -> None:
    """Let nobody else post this placement's commission until the transaction ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM placement WHERE id = %s FOR UPDATE", [placement_id])


def placed(placement_id: int, *, using: str) -> list[Placed]:
    """Return the spells of accounts within a placement."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT account_id, from_on, until_on FROM placed_account WHERE placement_id = %s", [placement_id]
        )
        return [Placed(*row) for row in cursor.fetchall()]


_MONEY: Final = {
    EntryKind.PAYMENT: MoneyKind.PAYMENT,
    EntryKind.PAYMENT_DIRECT: MoneyKind.DIRECT,
    EntryKind.SET_OFF: MoneyKind.SET_OFF,
    EntryKind.RECOVERY: MoneyKind.RECOVERY,
}
_ENTRIES: Final = """
    SELECT e.id, e.account_id, e.value_date, e.kind, e.amount_minor, coalesce(e.reverses_id, 0),
        e.value_date - coalesce(a.default_on, a.opened_on),
        EXISTS (SELECT 1 FROM concession c WHERE c.account_id = e.account_id AND c.kind = 'settlement'
            AND c.state IN ('accepted', 'paid', 'completed', 'missed', 'reinstated') AND c.after_entry < e.id
            AND e.value_date BETWEEN c.offered_on AND c.last_due_on)
    FROM entry e JOIN account a ON a.id = e.account_id
    WHERE e.account_id IN (SELECT p.account_id FROM placed_account p WHERE p.placement_id = %s)
        AND e.kind = ANY(%s) ORDER BY e.id DESC"""


def paid(placement_id: int, *, using: str) -> list[Paid]:
    """Return the money on the accounts of a placement as far as it stands: what was reversed is left out.

    An entry is reversed by a later one only, so the latest speak first and a reversal that is reversed takes nothing.
    """
    kinds = [*(int(kind) for kind in CASH_KINDS), int(EntryKind.REVERSAL)]
    with connections[using].cursor() as cursor:
        cursor.execute(_ENTRIES, [placement_id, kinds])
        rows = cursor.fetchall()
    gone: set[int] = set()
    found = []
    for entry, account, value, kind, amount, reverses, age, is_settlement in rows:
        if entry in gone:
            continue
        if kind == EntryKind.REVERSAL:
            gone.add(reverses)
            continue
        money = _MONEY[EntryKind(kind)]
        if is_settlement and money is MoneyKind.PAYMENT:
            money = MoneyKind.SETTLEMENT
        found.append(Paid(entry, account, value, money, amount, age))
    return found


def numbers_of(accounts: Sequence[int], *, using: str) -> dict[int, str]:
    """Return the numbers of accounts."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT id, number FROM account WHERE id = ANY(%s)", [list(accounts)])
        return dict(cursor.fetchall())


def posted(placement_id: int, side: str, *, using: str = "default") -> tuple[PostedCommission, ...]:
    """Return what one side has posted of a placement's commission, the earliest first."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT as_of, amount_minor, earned_minor, lines FROM commission_posted "
            "WHERE placement_id = %s AND side = %s ORDER BY id",
            [placement_id, side],
        )
        rows = cursor.fetchall()
    return tuple(PostedCommission(on, amount, whole, json.loads(lines)) for on, amount, whole, lines in rows)


def add_posted(
    row: PlacementRow,
    side: str,
    as_of: date,
    amount: int,
    earned: int,
    lines: Mapping[str, Any],  # Any: JSON
    journal: int,
    *,
    now: datetime,
    using: str,
) -> None:
    """Write down what one side has posted."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO commission_posted (organisation_id, owner_id, placement_id, side, as_of, amount_minor, "
            "earned_minor, lines, journal_id, made_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)",
            [
                row.owner if side == "creditor" else row.holder, row.owner, row.id, side, as_of, amount, earned,
                json.dumps(dict(lines)), journal, now,
            ],
        )  # fmt: skip
