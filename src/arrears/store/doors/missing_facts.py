"""The queue of missing facts: what the last look found, by fact, with the debts and the money behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connections

from arrears.store.scope import current
from arrears.store.tables.missing_fact import MissingFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact that is missing about a debt, for a person who is party to it, and maybe of one of their addresses."""

    owner: int
    account: int
    person: int
    contact_point: int | None
    fact: str
    bearer: str
    supplier: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByFact:
    """A line of the queue: a fact and currency, how many debts and persons wait for it, and what they owe."""

    fact: str
    bearer: str
    supplier: str
    currency: str
    debts: int
    people: int
    balance_minor: int
    asked: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One missing fact, as the list below a line of the queue shows it, and as it goes to the creditor."""

    id: int
    fact: str
    bearer: str
    supplier: str
    account: int
    number: str
    person: int
    person_number: str
    name: str
    contact_point: int | None
    value: str
    balance_minor: int
    currency: str
    found_at: datetime
    asked_at: datetime | None

    @property
    def bearer_id(self) -> int | None:
        """What the fact is said of: the account, the person or the contact point."""
        return {"account": self.account, "person": self.person, "contact_point": self.contact_point}.get(self.bearer)


_BALANCE: Final = (
    "coalesce(pos.principal_minor + pos.interest_minor + pos.fees_minor - pos.credit_minor, a.original_minor)"
)
_BY_FACT: Final = f"""
    SELECT fact, min(bearer), min(supplier), currency, count(*), count(DISTINCT person), sum(balance), sum(was_asked),
           (SELECT array_agg(DISTINCT r ORDER BY r) FROM missing_fact f, unnest(f.rules) r
            WHERE f.by_organisation_id = %s AND f.fact = told.fact)
    FROM (SELECT m.fact, min(m.bearer) AS bearer, min(m.supplier) AS supplier, a.currency, m.account_id,
                 min(m.person_id) AS person, min({_BALANCE}) AS balance,
                 CASE WHEN min(m.asked_at) IS NULL THEN 0 ELSE 1 END AS was_asked
          FROM missing_fact m JOIN account a ON a.id = m.account_id
          LEFT JOIN account_position pos ON pos.account = a.id
          WHERE m.by_organisation_id = %s GROUP BY m.fact, a.currency, m.account_id) told
    GROUP BY fact, currency ORDER BY sum(balance) DESC, fact"""


def by_fact(*, using: str = "default") -> tuple[ByFact, ...]:
    """Return the queue of the organisation at work, by the money behind each fact; a debt counts once in each line."""
    own = current(using).organisation
    with connections[using].cursor() as cursor:
        cursor.execute(_BY_FACT, [own, own])
        return tuple(_by_fact(row) for row in cursor.fetchall())


def _by_fact(row: Sequence[Any]) -> ByFact:  # Any: a row of the database
    fact, bearer, supplier, currency, debts, persons, balance, asked, rules = row
    return ByFact(fact, bearer, supplier, currency, debts, persons, int(balance), int(asked), tuple(rules or ()))


_LINES: Final = f"""
    SELECT m.id, m.fact, m.bearer, m.supplier, m.account_id, a.number, m.person_id, p.number, p.full_name,
           m.contact_point_id, coalesce(c.value, ''), {_BALANCE}, a.currency, m.found_at, m.asked_at
    FROM missing_fact m JOIN account a ON a.id = m.account_id JOIN person p ON p.id = m.person_id
    LEFT JOIN contact_point c ON c.id = m.contact_point_id
    LEFT JOIN account_position pos ON pos.account = a.id
    WHERE m.by_organisation_id = %(own)s AND (%(fact)s = '' OR m.fact = %(fact)s)
      AND (%(supplier)s = '' OR m.supplier = %(supplier)s)
      AND (%(ids)s::bigint[] IS NULL OR m.id = ANY(%(ids)s::bigint[]))
    ORDER BY {_BALANCE} DESC, m.id OFFSET %(after)s LIMIT %(most)s"""


def lines(
    fact: str = "",
    *,
    supplier: str = "",
    ids: Sequence[int] | None = None,
    after: int = 0,
    most: int = 100,
    using: str = "default",
) -> tuple[Line, ...]:
    """Return missing facts, those with the most money behind them first."""
    asked: dict[str, Any] = {
        "own": current(using).organisation,
        "fact": fact,
        "supplier": supplier,
        "ids": None if ids is None else list(ids),
        "after": after,
        "most": most,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_LINES, asked)
        return tuple(Line(*row) for row in cursor.fetchall())


def parked(*, most: int = 200, using: str = "default") -> tuple[tuple[int, str, str, tuple[str, ...]], ...]:
    """Return the organisation's debts that lack a paper: account, number, debtor's name, the papers."""
    with connections[using].cursor() as cursor:
        cursor.execute(_PARKED, [current(using).organisation, most])
        return tuple((account, number, name, tuple(names)) for account, number, name, names in cursor.fetchall())


_PARKED: Final = """
    SELECT a.id, a.number, p.full_name, ARRAY(SELECT jsonb_array_elements_text(a.facts -> 'papers_missing'))
    FROM account a JOIN person p ON p.id = a.person_id
    WHERE a.organisation_id = %s AND a.facts ? 'papers_missing' ORDER BY a.id LIMIT %s"""
_PEOPLE: Final = """
    SELECT DISTINCT d.person_id FROM account_party d JOIN account a ON a.id = d.account_id
    WHERE a.status IN ('open', 'written_off') AND d.role IN ('debtor', 'co_obligor', 'guarantor')
      AND d.until_on IS NULL AND d.person_id > %s AND (%s::bigint[] IS NULL OR d.person_id = ANY(%s::bigint[]))
    ORDER BY d.person_id LIMIT %s"""


def people(after: int, *, most: int, only: Sequence[int] | None = None, using: str = "default") -> list[int]:
    """Return the next persons who owe something, by id, of those that the scope sees."""
    chosen = None if only is None else list(only)
    with connections[using].cursor() as cursor:
        cursor.execute(_PEOPLE, [after, chosen, chosen, most])
        return [person for (person,) in cursor.fetchall()]


_TO_LOOK_AT: Final = """
    SELECT person_id FROM missing_fact WHERE by_organisation_id = %(own)s
    UNION SELECT d.person_id FROM touched t JOIN account_party d ON d.account_id = t.account_id
    WHERE t.organisation_id = %(own)s AND t.book_day >= %(since)s AND d.until_on IS NULL
    ORDER BY 1 LIMIT %(most)s"""
MOST_A_NIGHT: Final = 50_000
"""Most persons that one night looks at: about two minutes. The others wait for the next, or for the command."""


def to_look_at(since: int, *, using: str = "default") -> list[int]:
    """Return persons in the queue, and those to whose debts something happened from book day ``since`` on."""
    asked = {"own": current(using).organisation, "since": since, "most": MOST_A_NIGHT}
    with connections[using].cursor() as cursor:
        cursor.execute(_TO_LOOK_AT, asked)
        return [person for (person,) in cursor.fetchall()]


def replace(people_ids: Sequence[int], found: Iterable[Found], *, at: datetime, using: str = "default") -> int:
    """Write what was found for some persons over what stood of them; return how many facts are missing now.

    A fact that is still missing keeps the day it was found first, and the day it was asked for.
    """
    own = current(using).organisation
    rows = MissingFact.objects.using(using).filter(by_organisation_id=own, person_id__in=list(people_ids))
    there = {(r.account_id, r.person_id, r.contact_point_id, r.fact): r for r in rows}
    wanted = {(f.account, f.person, f.contact_point, f.fact): f for f in found}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    if gone:
        MissingFact.objects.using(using).filter(pk__in=gone).delete()
    MissingFact.objects.using(using).bulk_create(
        [_row(own, one, at) for key, one in wanted.items() if key not in there]
    )
    return len(wanted)


def _row(own: int, one: Found, at: datetime) -> MissingFact:
    return MissingFact(
        organisation_id=one.owner,
        by_organisation_id=own,
        account_id=one.account,
        person_id=one.person,
        contact_point_id=one.contact_point,
        fact=one.fact,
        bearer=one.bearer,
        supplier=one.supplier,
        rules=list(one.rules),
        found_at=at,
    )


def mark_asked(ids: Sequence[int], *, at: datetime, using: str = "default") -> int:
    """Note that the supplier was asked for some missing facts; return how many."""
    opened = current(using)
    rows = MissingFact.objects.using(using).filter(pk__in=list(ids), by_organisation_id=opened.organisation)
    return rows.update(asked_at=at, asked_by_id=opened.user)


def newest_look(*, using: str = "default") -> datetime | None:
    """Return when a fact was found to be missing last; None where none is."""
    own = current(using).organisation
    newest = MissingFact.objects.using(using).filter(by_organisation_id=own).order_by("-found_at")
    return newest.values_list("found_at", flat=True).first()
