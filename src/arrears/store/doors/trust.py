"""Clients' money: trust accounts, each client's ledger, what the bank says, read and written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, connections, transaction


class TrustAccountRow(NamedTuple):
    """A trust bank account."""

    id: int
    name: str
    currency: str
    bank_account: int | None


class ClientRow(NamedTuple):
    """A client on a trust account, and what is held for it."""

    id: int
    trust_account: int
    client: int
    name: str
    currency: str
    balance: int


class TrustLineRow(NamedTuple):
    """A line of a client's ledger, with the balance after it."""

    id: int
    number: int
    kind: str
    amount: int
    balance: int
    value_date: date
    source_ref: str
    client: int
    client_name: str


class BankLineRow(NamedTuple):
    """A line of the bank."""

    id: int
    booked_on: date
    amount: int
    words: str
    source_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTrustLine:
    """A line to write into a client's ledger."""

    owner: int
    client: int
    kind: str
    amount_minor: int
    value_date: date
    book_day: int
    journal: int
    source_kind: str
    source_ref: str
    made_at: datetime
    made_by: int | None


def add_account(owner: int, name: str, currency: str, bank_account: int | None, *, using: str) -> int | None:
    """Open a trust account and return its id; None where there is one of that name."""
    return _id(
        "INSERT INTO trust_account (organisation_id, name, currency, bank_account_id) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING RETURNING id",
        [owner, name, currency, bank_account],
        using,
    )


def _id(query: str, said: list[Any], using: str) -> int | None:  # Any: query parameters
    with connections[using].cursor() as cursor:
        cursor.execute(query, said)
        found = cursor.fetchone()
    return int(found[0]) if found else None


def accounts(owner: int, *, using: str = "default") -> tuple[TrustAccountRow, ...]:
    """Return the trust accounts of an organisation."""
    return tuple(
        TrustAccountRow(*row)
        for row in _all(
            "SELECT id, name, currency, bank_account_id FROM trust_account WHERE organisation_id = %s ORDER BY name",
            [owner],
            using,
        )
    )


def bank_accounts(owner: int, *, using: str = "default") -> tuple[tuple[int, str, str], ...]:
    """Return id, name and currency of the bank accounts that statements come for and no trust account stands for."""
    found = _all(
        "SELECT b.id, b.name, b.currency FROM bank_account b WHERE b.organisation_id = %s AND NOT EXISTS "
        "(SELECT 1 FROM trust_account t WHERE t.bank_account_id = b.id) ORDER BY b.name, b.id",
        [owner],
        using,
    )
    return tuple((int(number), str(name), str(code)) for number, name, code in found)


def _all(query: str, said: list[Any], using: str) -> list[tuple[Any, ...]]:  # Any: rows as they come
    with connections[using].cursor() as cursor:
        cursor.execute(query, said)
        return list(cursor.fetchall())


def client_of(owner: int, trust_account: int, client: int, *, using: str) -> int:
    """Return the ledger of a client on a trust account, opened where there is none."""
    _id(
        "INSERT INTO trust_client (organisation_id, trust_account_id, client_id) VALUES (%s, %s, %s) "
        "ON CONFLICT DO NOTHING RETURNING id",
        [owner, trust_account, client],
        using,
    )
    found = _id(
        "SELECT id FROM trust_client WHERE trust_account_id = %s AND client_id = %s", [trust_account, client], using
    )
    assert found is not None
    return found


_CLIENTS: Final = """
    SELECT c.id, c.trust_account_id, c.client_id, coalesce(o.name, ''), t.currency,
        coalesce((SELECT l.balance_minor FROM trust_line l
        WHERE l.client_id = c.id ORDER BY l.number DESC LIMIT 1), 0)
    FROM trust_client c JOIN trust_account t ON t.id = c.trust_account_id LEFT JOIN organisation o ON o.id = c.client_id
    WHERE c.organisation_id = %s ORDER BY o.name, c.id"""


def clients(owner: int, *, using: str = "default") -> tuple[ClientRow, ...]:
    """Return the clients of an organisation with what is held for each."""
    return tuple(ClientRow(*row) for row in _all(_CLIENTS, [owner], using))


_LINES: Final = """
    SELECT l.id, l.number, l.kind, l.amount_minor, l.balance_minor, l.value_date, l.source_ref, c.client_id,
        coalesce(o.name, '')
    FROM trust_line l JOIN trust_client c ON c.id = l.client_id LEFT JOIN organisation o ON o.id = c.client_id
    WHERE {which} ORDER BY l.value_date, l.id"""


def lines(client: int, *, using: str = "default") -> tuple[TrustLineRow, ...]:
    """Return the ledger of a client, in order of value date."""
    return tuple(TrustLineRow(*row) for row in _all(_LINES.format(which="l.client_id = %s"), [client], using))


def line_from(owner: int, source_kind: str, source_ref: str, *, using: str) -> TrustLineRow | None:
    """Return the line that a source has written; None where it has not."""
    which = "l.organisation_id = %s AND l.source_kind = %s AND l.source_ref = %s"
    return next(
        (TrustLineRow(*row) for row in _all(_LINES.format(which=which), [owner, source_kind, source_ref], using)), None
    )


def hold_client(client: int, *, using: str) -> None:
    """Let nobody else write into a client's ledger until the transaction ends; the database's own lock."""
    _id("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('trust client ' || %s::bigint, 0))", [client], using)


def add_line(new: NewTrustLine, *, using: str) -> int | None:
    """Write a line and return its id; None where the database refuses it because less than nothing would be left."""
    try:
        with transaction.atomic(using=using):
            return _id(
                "INSERT INTO trust_line (organisation_id, client_id, number, kind, amount_minor, balance_minor, "
                "value_date, book_day, journal_id, source_kind, source_ref, made_at, made_by_id) "
                "VALUES (%s, %s, 0, %s, %s, 0, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
                [
                    new.owner, new.client, new.kind, new.amount_minor, new.value_date, new.book_day, new.journal,
                    new.source_kind, new.source_ref, new.made_at, new.made_by,
                ],
                using,
            )  # fmt: skip
    except IntegrityError as refusal:
        if "trust_client_never_below_zero" in str(refusal):
            return None
        raise


def unreleased(client: int, after: date, *, using: str) -> int:
    """Return what came in for a client with a value date after ``after``: a bank may still take it back."""
    found = _all(
        "SELECT coalesce(sum(amount_minor), 0) FROM trust_line WHERE client_id = %s "
        "AND kind = 'receipt' AND value_date > %s",
        [client, after],
        using,
    )
    return int(found[0][0])


def taken_as_commission(client: int, *, using: str) -> int:
    """Return what was withheld from a client's money as commission so far, above zero."""
    found = _all(
        "SELECT coalesce(-sum(amount_minor), 0) FROM trust_line WHERE client_id = %s AND kind = 'commission'",
        [client],
        using,
    )
    return int(found[0][0])


# --- What the bank says ---


def add_bank_line(
    owner: int,
    trust_account: int,
    booked_on: date,
    amount: int,
    source_ref: str,
    *,
    words: str = "",
    is_balance: bool = False,
    using: str,
) -> int | None:
    """Write down what the bank says, once a reference; None where it had been written."""
    return _id(
        "INSERT INTO trust_bank_line (organisation_id, trust_account_id, booked_on, amount_minor, source_ref, words, "
        "is_balance) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
        [owner, trust_account, booked_on, amount, source_ref, words, is_balance],
        using,
    )


def bring_statements(trust_account: int, *, using: str) -> int:
    """Take over what bank statements say of a trust account's bank account; return how many lines were new."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO trust_bank_line (organisation_id, trust_account_id, booked_on, amount_minor, source_ref, "
            "words) SELECT t.organisation_id, t.id, coalesce(l.booked_on, l.value_on), l.amount_minor, l.line_key, "
            "l.remittance "
            "FROM trust_account t JOIN statement_line l ON l.bank_account_id = t.bank_account_id "
            "WHERE t.id = %s AND l.state <> 'pending' ON CONFLICT DO NOTHING",
            [trust_account],
        )
        new = int(cursor.rowcount)
        cursor.execute(
            "INSERT INTO trust_bank_line (organisation_id, trust_account_id, booked_on, amount_minor, source_ref, "
            "is_balance) SELECT t.organisation_id, t.id, s.closing_on, s.closing_minor, "
            "'closing of statement ' || s.id, true "
            "FROM trust_account t JOIN statement s ON s.bank_account_id = t.bank_account_id "
            "WHERE t.id = %s AND s.closing_on IS NOT NULL AND s.closing_minor IS NOT NULL ON CONFLICT DO NOTHING",
            [trust_account],
        )
    return new


def match_bank_line(bank_line: int, trust_line: int, *, using: str) -> None:
    """Say which line of our book a line of the bank is."""
    _id(
        "UPDATE trust_bank_line SET trust_line_id = %s WHERE id = %s AND trust_line_id IS NULL RETURNING id",
        [trust_line, bank_line],
        using,
    )


def bank_balance(trust_account: int, on: date, *, using: str = "default") -> tuple[date, int] | None:
    """Return the newest balance the bank has said up to a day, with its date; None where it has said none."""
    found = _all(
        "SELECT booked_on, amount_minor FROM trust_bank_line WHERE trust_account_id = %s AND is_balance "
        "AND booked_on <= %s ORDER BY booked_on DESC, id DESC LIMIT 1",
        [trust_account, on],
        using,
    )
    return (found[0][0], int(found[0][1])) if found else None


def book_balance(trust_account: int, on: date, *, using: str = "default") -> int:
    """Return what our book says lies on a trust account up to a day."""
    found = _all(
        "SELECT coalesce(sum(l.amount_minor), 0) FROM trust_line l JOIN trust_client c ON c.id = l.client_id "
        "WHERE c.trust_account_id = %s AND l.value_date <= %s",
        [trust_account, on],
        using,
    )
    return int(found[0][0])


def not_at_the_bank(trust_account: int, on: date, *, using: str = "default") -> tuple[TrustLineRow, ...]:
    """Return lines of our book up to a day that no line of the bank was found for, the oldest first."""
    which = (
        "c.trust_account_id = %s AND l.value_date <= %s AND NOT EXISTS "
        "(SELECT 1 FROM trust_bank_line b WHERE b.trust_line_id = l.id AND b.booked_on <= %s)"
    )
    return tuple(TrustLineRow(*row) for row in _all(_LINES.format(which=which), [trust_account, on, on], using))


def not_in_the_book(trust_account: int, on: date, *, using: str = "default") -> tuple[BankLineRow, ...]:
    """Return lines of the bank up to a day that are no line of our book up to it, the oldest first."""
    return tuple(
        BankLineRow(*row)
        for row in _all(
            "SELECT b.id, b.booked_on, b.amount_minor, b.words, b.source_ref FROM trust_bank_line b "
            "LEFT JOIN trust_line l ON l.id = b.trust_line_id WHERE b.trust_account_id = %s AND NOT b.is_balance "
            "AND b.booked_on <= %s AND (l.id IS NULL OR l.value_date > %s) ORDER BY b.booked_on, b.id",
            [trust_account, on, on],
            using,
        )
    )
