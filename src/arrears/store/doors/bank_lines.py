"""Bank lines one at a time: the queue that waits, what each may be for, what was decided, and money in suspense."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connections
from django.db.models import Count, Min, Sum

from arrears.store.scope import current
from arrears.store.standing import STANDS
from arrears.store.tables.account import Account
from arrears.store.tables.statement import IN_SUSPENSE, WAITING, LineCandidate, LineMatch, Statement, StatementLine

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line as the queue shows it; ``payer_ends`` is what may be seen of the payer's account."""

    id: int
    owner: int
    line_key: str
    value_on: date
    amount_minor: int
    currency: str
    references: tuple[str, ...]
    payer_name: str
    remittance: str
    bank_code: str
    is_return: bool
    return_reason: str
    returned_ref: str
    state: str
    note: str
    statement: int
    bank: str
    payer_index: bytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A debt that a line may be for, with its reasons as codes; ``parts`` are account, number and amount of a split."""

    rank: int
    account: int
    number: str
    person: int
    name: str
    score_ppm: int
    reasons: tuple[str, ...]
    due_minor: int
    parts: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A debt that got money of a line."""

    id: int
    line: int
    account: int
    number: str
    entry: int
    amount_minor: int
    currency: str
    how: str
    score_ppm: int
    reasons: tuple[str, ...]
    made_at: datetime
    undone_at: datetime | None
    undone_because: str


@dataclass(frozen=True, slots=True)
class Suspense:
    """Money that no debt got, of one bank account: how much, how many lines, since when."""

    bank_account: int
    bank: str
    currency: str
    amount_minor: int
    lines: int
    oldest_on: date


def _line(row: StatementLine) -> BankLine:
    return BankLine(
        row.pk,
        row.organisation_id,
        row.line_key,
        row.value_on,
        row.amount_minor,
        row.currency,
        tuple(row.said_references),
        row.payer_name,
        row.remittance,
        row.bank_code,
        row.is_return,
        row.return_reason,
        row.returned_ref,
        row.state,
        row.note,
        row.statement_id,
        row.bank_account.name,
        bytes(row.payer_index or b""),
    )


def waiting(most: int = MOST, *, using: str = "default") -> tuple[BankLine, ...]:
    """Return the lines that wait for a hand, oldest first, those parked last."""
    rows = StatementLine.objects.using(using).filter(organisation_id=current(using).organisation, state__in=WAITING)
    ordered = rows.select_related("bank_account").order_by("-state", "value_on", "pk")
    return tuple(sorted(map(_line, ordered[:most]), key=lambda line: (line.state == "parked", line.value_on, line.id)))


def count_waiting(*, using: str = "default") -> int:
    """Return how many lines wait for a hand."""
    own = current(using).organisation
    return StatementLine.objects.using(using).filter(organisation_id=own, state__in=WAITING).count()


def line(line_id: int, *, using: str = "default") -> BankLine | None:
    """Return one line that the scope sees."""
    row = StatementLine.objects.using(using).select_related("bank_account").filter(pk=line_id).first()
    return _line(row) if row else None


def held(line_id: int, *, using: str = "default") -> BankLine | None:
    """Return a line and hold it until the transaction ends, so that of two hands one decides."""
    rows = StatementLine.objects.using(using).select_for_update(of=("self",)).select_related("bank_account")
    row = rows.filter(pk=line_id).first()
    return _line(row) if row else None


def candidates(line_id: int, *, using: str = "default") -> tuple[Candidate, ...]:
    """Return the debts that a waiting line may be for, best first."""
    rows = LineCandidate.objects.using(using).filter(line_id=line_id).order_by("rank")
    found = list(rows)
    split = [each.parts[place] for each in found for place in range(0, len(each.parts), 2)]
    known = _accounts([row.account_id for row in found] + split, using)
    due = _due(list(known), using)
    return tuple(
        Candidate(
            row.rank,
            row.account_id,
            known[row.account_id][0],
            known[row.account_id][1],
            known[row.account_id][2],
            row.score_ppm,
            tuple(row.reasons),
            due.get(row.account_id, 0),
            tuple(
                (row.parts[place], known[row.parts[place]][0], row.parts[place + 1])
                for place in range(0, len(row.parts), 2)
            ),
        )
        for row in found
        if row.account_id in known
    )


def _accounts(ids: Sequence[int], using: str) -> dict[int, tuple[str, int, str]]:
    rows = Account.objects.using(using).filter(pk__in=set(ids))
    return {
        row[0]: (row[1], row[2], row[3]) for row in rows.values_list("pk", "number", "person_id", "person__full_name")
    }


def _due(ids: Sequence[int], using: str) -> dict[int, int]:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT account, due_unpaid_minor FROM account_position WHERE account = ANY(%s)", [list(ids)])
        return dict(cursor.fetchall())


def matches(line_id: int, *, using: str = "default") -> tuple[Match, ...]:
    """Return what a line's money went to, undone matches too, in the order they were made."""
    rows = list(LineMatch.objects.using(using).filter(line_id=line_id).select_related("line").order_by("pk"))
    known = _accounts([row.account_id for row in rows], using)
    return tuple(_match(row, known) for row in rows)


def latest_matches(most: int = 20, *, using: str = "default") -> tuple[Match, ...]:
    """Return the latest matches that stand, newest first."""
    own = current(using).organisation
    rows = (
        LineMatch.objects.using(using)
        .filter(organisation_id=own, undone_at=None)
        .select_related("line")
        .order_by("-pk")[:most]
    )
    found = list(rows)
    known = _accounts([row.account_id for row in found], using)
    return tuple(_match(row, known) for row in found)


def _match(row: LineMatch, known: dict[int, tuple[str, int, str]]) -> Match:
    return Match(
        row.pk,
        row.line_id,
        row.account_id,
        known.get(row.account_id, ("",))[0],
        row.entry_id,
        row.amount_minor,
        row.line.currency,
        row.how,
        row.score_ppm,
        tuple(row.reasons),
        row.made_at,
        row.undone_at,
        row.undone_because,
    )


def set_state(line_id: int, state: str, note: str, *, now: datetime, using: str = "default") -> None:
    """Note what was decided about a line, and by whom."""
    StatementLine.objects.using(using).filter(pk=line_id).update(
        state=state, note=note, decided_by_id=current(using).user, decided_at=now
    )


def add_match(
    line: BankLine, account: int, entry: int, amount_minor: int, how: str, *, now: datetime, score_ppm: int = 0,
    reasons: Sequence[str] = (), payer_role: str = "debtor", using: str = "default",
) -> None:  # fmt: skip
    """Note that a debt got (a part of) a line's money."""
    LineMatch.objects.using(using).create(
        organisation_id=line.owner, line_id=line.id, account_id=account, entry_id=entry, amount_minor=amount_minor,
        how=how, score_ppm=score_ppm, reasons=list(reasons), payer_role=payer_role,
        made_by_id=current(using).user, made_at=now,
    )  # fmt: skip


def undo_match(match_id: int, because: str, *, now: datetime, using: str = "default") -> None:
    """Note that a match was taken back, by whom and why."""
    LineMatch.objects.using(using).filter(pk=match_id).update(
        undone_by_id=current(using).user, undone_at=now, undone_because=because
    )


def keep_as_candidate(match: Match, *, using: str = "default") -> None:
    """Keep the debt of a match that is undone among those its line may be for, unless it is there."""
    rows = LineCandidate.objects.using(using).filter(line_id=match.line)
    ranks = list(rows.values_list("rank", flat=True))
    if rows.filter(account_id=match.account).exists():
        return
    LineCandidate.objects.using(using).create(
        organisation_id=current(using).organisation, line_id=match.line, account_id=match.account,
        rank=max(ranks, default=0) + 1, score_ppm=match.score_ppm, reasons=list(match.reasons),
    )  # fmt: skip


def settle_return(
    line_id: int, account: int, entry: int, amount_minor: int, *, now: datetime, using: str = "default"
) -> None:
    """Note on a line that took money back which entry reversed the payment; one reversal is one line's only."""
    own = current(using)
    row = StatementLine.objects.using(using).filter(pk=line_id)
    if not LineMatch.objects.using(using).filter(entry_id=entry).exists():
        LineMatch.objects.using(using).create(
            organisation_id=row.values_list("organisation_id", flat=True)[0], line_id=line_id, account_id=account,
            entry_id=entry, amount_minor=amount_minor, how="return", score_ppm=1_000_000, made_by_id=own.user,
            made_at=now,
        )  # fmt: skip
    row.update(state="returned", decided_by_id=own.user, decided_at=now)


def suspense(*, using: str = "default") -> tuple[Suspense, ...]:
    """Return the money that no debt got yet, by bank account: the sums that the books carry as suspense."""
    rows = StatementLine.objects.using(using).filter(organisation_id=current(using).organisation, state__in=IN_SUSPENSE)
    summed = rows.values("bank_account_id", "bank_account__name", "currency").annotate(
        amount=Sum("amount_minor"), lines=Count("pk"), oldest=Min("value_on")
    )
    return tuple(
        Suspense(
            row["bank_account_id"], row["bank_account__name"], row["currency"], int(row["amount"]), row["lines"],
            row["oldest"],
        )
        for row in summed.order_by("bank_account__name", "bank_account_id", "currency")
    )  # fmt: skip


AGES: Final = (1, 7, 30, 90)
"""Days that bound the ages of money in suspense."""


def suspense_by_age(today: date, *, using: str = "default") -> list[tuple[str, int, int, int, int]]:
    """Return currency, days from and up to (-1: no end), lines and minor units in suspense, by age."""
    query = """
        SELECT currency, width_bucket(%s::date - value_on, %s::int[]) AS age, count(*), sum(amount_minor)::bigint
        FROM statement_line WHERE organisation_id = %s AND state = ANY(%s) GROUP BY 1, 2 ORDER BY 1, 2"""
    with connections[using].cursor() as cursor:
        cursor.execute(query, [today, list(AGES), current(using).organisation, list(IN_SUSPENSE)])
        rows = cursor.fetchall()
    bounds = (0, *AGES, -1)
    return [(code, bounds[age], bounds[age + 1], lines, amount) for code, age, lines, amount in rows]


@dataclass(frozen=True, slots=True)
class Listed:
    """A statement as the list shows it; ``differs_minor`` is closing less opening less lines, None where unknown."""

    id: int
    bank: str
    number: str
    source_format: str
    currency: str
    closing_minor: int | None
    closing_on: date | None
    lines: int
    lines_new: int
    waiting: int
    differs_minor: int | None
    file_name: str
    taken_at: datetime


def statements(most: int = 50, *, using: str = "default") -> tuple[Listed, ...]:
    """Return the statements that came in, newest first, with how many of their lines still wait."""
    rows = list(
        Statement.objects.using(using).filter(organisation_id=current(using).organisation)
        .select_related("bank_account", "batch").order_by("-pk")[:most]
    )  # fmt: skip
    waits = StatementLine.objects.using(using).filter(statement_id__in=[row.pk for row in rows], state__in=WAITING)
    counted: dict[int, int] = {
        row["statement_id"]: row["n"] for row in waits.values("statement_id").annotate(n=Count("pk"))
    }
    return tuple(
        Listed(
            row.pk, row.bank_account.name, row.number, row.source_format, row.currency, row.closing_minor,
            row.closing_on, row.lines, row.lines_new, counted.get(row.pk, 0), _differs(row), row.batch.file_name,
            row.taken_at,
        )
        for row in rows
    )  # fmt: skip


def _differs(row: Statement) -> int | None:
    if row.opening_minor is None or row.closing_minor is None:
        return None
    return int(row.closing_minor - row.opening_minor - row.total_minor)


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that stands, as one who looks for what a return is about needs it."""

    entry: int
    account: int
    number: str
    name: str
    value_date: date
    amount_minor: int


def payments_of(amount_minor: int, until: date, most: int = 9, *, using: str = "default") -> tuple[Payment, ...]:
    """Return payments of an amount that stand, latest first: one of them may be what a return is about."""
    query = f"""
        SELECT e.id, e.account_id, a.number, p.full_name, e.value_date, e.amount_minor FROM entry e
        JOIN account a ON a.id = e.account_id JOIN person p ON p.id = a.person_id
        WHERE e.organisation_id = %s AND e.kind = 80 AND e.amount_minor = %s AND e.value_date BETWEEN %s - 430 AND %s
          AND {STANDS}
        ORDER BY e.value_date DESC, e.id DESC LIMIT %s"""
    with connections[using].cursor() as cursor:
        cursor.execute(query, [current(using).organisation, amount_minor, until, until, most])
        return tuple(Payment(*row) for row in cursor.fetchall())


def lines_of(statement_id: int, most: int = 500, *, using: str = "default") -> tuple[BankLine, ...]:
    """Return the lines of a statement in its order."""
    rows = StatementLine.objects.using(using).select_related("bank_account").filter(statement_id=statement_id)
    return tuple(_line(row) for row in rows.order_by("place")[:most])


def turns(line_id: int, *, using: str = "default") -> int:
    """Return how many matches a line ever had: what is posted again needs a reference of its own."""
    return LineMatch.objects.using(using).filter(line_id=line_id).count()
