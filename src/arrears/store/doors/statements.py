"""Bringing bank statements in: what came before, what the book knows to match against, and rows added by COPY.

For the night's role, which row-level security does not bind: every query names the organisation of the open scope.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from django.db import connections

from arrears.store import copying, sealed
from arrears.store.doors.intake import add, read_frame
from arrears.store.scope import current
from arrears.store.standing import STANDS, TAKEN_OUT_BY
from arrears.store.tables.statement import BankAccount, Statement

_DEBTS: Final = """
    SELECT a.id,
           coalesce(nullif(p.next_due_minor, 0), (SELECT e.amount_minor FROM entry e
               WHERE e.account_id = a.id AND e.kind = 40 ORDER BY e.value_date DESC LIMIT 1), 0),
           p.due_unpaid_minor,
           greatest(p.principal_minor + p.interest_minor + p.fees_minor - p.credit_minor, 0),
           p.promise_minor, p.promise_due_day, p.last_payment_minor, a.number
    FROM account a JOIN account_position p ON p.account = a.id
    WHERE a.organisation_id = %s AND a.currency = %s AND a.status NOT IN ('sold', 'closed')"""
_REFERENCES: Final = """
    SELECT a.id, coalesce(a.facts->>'payment_reference', '') FROM account a
    WHERE a.organisation_id = %s AND a.currency = %s AND a.facts ? 'payment_reference'
    UNION ALL
    SELECT a.id, p.number FROM account a JOIN person p ON p.id = a.person_id
    WHERE a.organisation_id = %s AND a.currency = %s AND NOT EXISTS
        (SELECT 1 FROM account n WHERE n.organisation_id = a.organisation_id AND n.number = p.number)"""
_NAMES: Final = """
    SELECT a.id, p.full_name FROM account a JOIN person p ON p.id = a.person_id
    WHERE a.organisation_id = %s AND a.currency = %s
    UNION
    SELECT a.id, p.full_name FROM account_party y JOIN account a ON a.id = y.account_id
    JOIN person p ON p.id = y.person_id
    WHERE a.organisation_id = %s AND a.currency = %s AND y.until_on IS NULL"""
_PAYERS: Final = """
    SELECT DISTINCT m.account_id, encode(l.payer_index, 'hex')
    FROM line_match m JOIN statement_line l ON l.id = m.line_id
    WHERE m.organisation_id = %s AND m.undone_at IS NULL AND m.amount_minor > 0 AND l.payer_index IS NOT NULL"""
_PAID: Final = f"""
    SELECT DISTINCT e.account_id, e.amount_minor FROM entry e
    WHERE e.organisation_id = %s AND e.kind = 80 AND e.value_date > %s
      AND {STANDS}"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What lines of one currency are matched against, as the frames of the matching index; ``number`` beside."""

    debts: pl.DataFrame
    references: pl.DataFrame
    names: pl.DataFrame
    payers: pl.DataFrame
    paid: pl.DataFrame


def facts_of(currency: str, since: date, *, using: str = "night") -> Facts:
    """Return what the book knows of its debts in a currency; payments ``since`` a day tell what each pays."""
    own = current(using).organisation
    both = [own, currency, own, currency]
    debts = read_frame(
        _DEBTS, both[:2], _schema("debt instalment due balance promise promise_day last", "number"), using=using
    )
    others = read_frame(_REFERENCES, both, _schema("debt", "text"), using=using)
    numbers = debts.select("debt", pl.col("number").alias("text"))
    return Facts(
        debts.with_columns(pl.col("promise_day").cast(pl.Int32)),
        pl.concat([numbers, others.filter(pl.col("text") != "")]),
        read_frame(_NAMES, both, _schema("debt", "name"), using=using),
        read_frame(_PAYERS, [own], _schema("debt", "payer"), using=using).with_columns(
            pl.col("payer").str.to_uppercase()
        ),
        read_frame(_PAID, [own, since], _schema("debt amount"), using=using),
    )


def _schema(whole: str, *texts: str) -> dict[str, Any]:
    return {**dict.fromkeys(whole.split(), pl.Int64), **dict.fromkeys(texts, pl.String)}


def is_known_file(file_hash: bytes, *, using: str = "night") -> bool:
    """Return whether the very same file came in before."""
    own = current(using).organisation
    return Statement.objects.using(using).filter(organisation_id=own, file_hash=file_hash).exists()


def known_keys(keys: Sequence[str], *, using: str = "night") -> set[str]:
    """Return which of these lines came in before, in whatever file."""
    query = "SELECT line_key FROM statement_line WHERE organisation_id = %s AND line_key = ANY(%s)"
    return set(
        read_frame(query, [current(using).organisation, list(keys)], {"line_key": pl.String}, using=using)["line_key"]
    )


def told_before(*, using: str = "night") -> tuple[float, float]:
    """Return what the last fifty statements told: lines with a reference, and how many of these misled."""
    query = (
        "SELECT coalesce(sum(told_lines), 0)::bigint, coalesce(sum(told_misled), 0)::bigint FROM (SELECT told_lines, "
        "told_misled FROM statement WHERE organisation_id = %s ORDER BY id DESC LIMIT 50) latest"
    )
    with connections[using].cursor() as cursor:
        cursor.execute(query, [current(using).organisation])
        lines, misled = cursor.fetchone()
    return float(lines), misled / 1_000


def bank_account(number: str, currency: str, *, now: datetime, using: str = "night") -> int:
    """Return the organisation's bank account of this number, noted now where a statement names it first."""
    own = current(using).organisation
    index = sealed.blind(number, own)
    row, _ = BankAccount.objects.using(using).get_or_create(
        organisation_id=own,
        number_index=index,
        currency=currency,
        defaults={
            "name": f"{currency} {sealed.masked(number)}",
            "number_sealed": sealed.seal(number, f"bank_account {index.hex()}"),
            "since": now,
        },
    )
    return int(row.pk)


def add_statement(*, using: str = "night", **columns: Any) -> int:  # Any: the columns of `Statement`
    """Add one statement of a file and return its id."""
    row = Statement(organisation_id=current(using).organisation, **columns)
    row.save(using=using, force_insert=True)
    return int(row.pk)


def sealed_payer(account: str, line_key: str, organisation: int) -> tuple[str | None, str | None]:
    """Return a payer's account sealed and its index, as COPY takes bytes; nothing for nothing."""
    if not account:
        return None, None
    return f"\\x{sealed.seal(account, f'payer {line_key}').hex()}", f"\\x{sealed.blind(account, organisation).hex()}"


def payer_key(account: str, organisation: int) -> str:
    """Return the index of a payer's account as the matching compares it."""
    return sealed.blind(account, organisation).hex().upper() if account else ""


def add_lines(frame: pl.DataFrame, *, using: str = "night") -> pl.DataFrame:
    """Add lines and return them with their ids (``line_id``)."""
    ids = pl.Series("line_id", copying.reserve_ids("statement_line", frame.height, using=using), dtype=pl.Int64)
    done = frame.with_columns(ids, pl.lit(current(using).organisation).alias("organisation_id"))
    add("statement_line", done.rename({"line_id": "id"}), using=using)
    return done


def add_matches(frame: pl.DataFrame, *, using: str = "night") -> None:
    """Add matches, their reasons as lists of codes."""
    add("line_match", _with_json(frame, using), using=using)


def add_candidates(frame: pl.DataFrame, *, using: str = "night") -> None:
    """Add the debts that waiting lines may be for."""
    add("line_candidate", _with_json(frame, using), using=using)


def _with_json(frame: pl.DataFrame, using: str) -> pl.DataFrame:
    said = {name: frame[name].to_list() for name in ("reasons", "parts") if name in frame.columns}
    texts = [
        pl.Series(name, [json.dumps(each, ensure_ascii=False) for each in values], dtype=pl.String)
        for name, values in said.items()
    ]
    return frame.with_columns(*texts, pl.lit(current(using).organisation).alias("organisation_id"))


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that a return may be about."""

    entry: int
    account: int
    amount_minor: int
    reversed_by: int | None


_BY_REF: Final = f"""
    SELECT e.id, e.account_id, e.amount_minor, {TAKEN_OUT_BY}
    FROM entry e WHERE e.organisation_id = %(own)s AND e.source_kind IN ('payment', 'payment_seen', 'debit')
      AND e.source_ref = ANY(%(refs)s) AND e.kind IN (70, 80)
    UNION
    SELECT e.id, e.account_id, e.amount_minor, {TAKEN_OUT_BY}
    FROM statement_line l JOIN line_match m ON m.line_id = l.id AND m.undone_at IS NULL AND m.how <> 'return'
    JOIN entry e ON e.id = m.entry_id
    WHERE l.organisation_id = %(own)s AND l.amount_minor = %(amount)s AND l.value_on >= %(since)s
      AND EXISTS (SELECT 1 FROM jsonb_array_elements_text(l.said_references) said WHERE said = ANY(%(refs)s))"""
_BY_DEBT: Final = f"""
    SELECT e.id, e.account_id, e.amount_minor, NULL::bigint FROM entry e JOIN account a ON a.id = e.account_id
    WHERE a.organisation_id = %(own)s AND a.number = ANY(%(refs)s) AND e.kind = 80 AND e.amount_minor = %(amount)s
      AND e.value_date BETWEEN %(since)s AND %(until)s
      AND {STANDS}"""
_BY_PAYER: Final = f"""
    SELECT e.id, e.account_id, e.amount_minor, NULL::bigint
    FROM statement_line l JOIN line_match m ON m.line_id = l.id AND m.undone_at IS NULL AND m.how <> 'return'
    JOIN entry e ON e.id = m.entry_id
    WHERE l.organisation_id = %(own)s AND l.amount_minor = %(amount)s AND l.value_on BETWEEN %(since)s AND %(until)s
      AND (l.payer_index = decode(%(payer)s, 'hex') OR %(name)s <> '' AND upper(l.payer_name) = %(name)s)
      AND {STANDS}"""


def paid_back(
    refs: Sequence[str], words: Sequence[str], amount_minor: int, since: date, until: date, payer: str, name: str,
    *, using: str = "night",
) -> list[Paid]:  # fmt: skip
    """Return the payments a return may be about: those of its references; else of the debt; else of amount and payer.

    The first of the three that finds anything answers; what it finds may be more than one.
    """
    values: dict[str, Any] = {
        "own": current(using).organisation, "refs": list(refs), "amount": amount_minor, "since": since,
        "until": until, "payer": payer, "name": name.upper(),
    }  # fmt: skip
    for query, said in ((_BY_REF, refs), (_BY_DEBT, [*refs, *words]), (_BY_PAYER, refs)):
        with connections[using].cursor() as cursor:
            cursor.execute(query, {**values, "refs": list(said)})
            found = [Paid(*row) for row in cursor.fetchall()]
        exact = [each for each in found if each.amount_minor == amount_minor]
        if exact:
            return exact
    return []


def outcome_of(batch: int, *, using: str = "night") -> tuple[int, int, int]:
    """Return of a file's lines how many were posted, how many of these to several debts, and how many wait."""
    query = """
        SELECT count(*) FILTER (WHERE l.state = 'posted'),
               count(*) FILTER (WHERE EXISTS (SELECT 1 FROM line_match m WHERE m.line_id = l.id AND m.how = 'split')),
               count(*) FILTER (WHERE l.state IN ('suspense', 'return_open'))
        FROM statement_line l JOIN statement s ON s.id = l.statement_id
        WHERE s.organisation_id = %s AND s.batch_id = %s"""
    with connections[using].cursor() as cursor:
        cursor.execute(query, [current(using).organisation, batch])
        posted, split, waiting = cursor.fetchone()
    return int(posted), int(split), int(waiting)
