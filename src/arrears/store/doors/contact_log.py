"""The log of contacts with the permits that allowed them: of every origin, any period, found by what was asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connections

from arrears.store import answers

PAGE: Final = 100
#: What an export holds at most: an examiner asks for a debtor, a rule or some months, not for a whole book.
MOST: Final = 100_000
UNPERMITTED: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which contacts: those from ``since`` up to ``until``, and of them those that fit everything that is said.

    ``rule`` is the id of a rule that spoke, or of a folder of rules. ``verdict`` is the answer on the permit;
    `UNPERMITTED` finds contacts to the person that had none.
    """

    since: datetime
    until: datetime
    person: int | None = None
    account: int | None = None
    staff: int | None = None
    organisation: int | None = None
    channel: str = ""
    origin: str = ""
    verdict: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One contact, with the permit it was made under where it had one."""

    id: int
    at: datetime
    person: int
    name: str
    role: str
    channel: str
    direction: str
    origin: str
    purpose: str
    address: str
    from_number: str
    outcome: str
    disposition: str
    by: str
    organisation: str
    accounts: tuple[str, ...]
    permit: int | None
    verdict: str
    state: str
    reasons: tuple[Mapping[str, Any], ...]  # JSON
    facts: Mapping[str, Any]  # JSON
    pack_version: str
    issued_at: datetime | None
    expires_at: datetime | None
    approved_by: str
    approved_because: str
    incident: bool


_COLUMNS: Final = """
    a.id, a.started_at, a.person_id, coalesce(p.full_name, ''), a.role, a.channel, a.direction, a.origin, a.purpose,
    a.address, a.from_number, a.outcome, a.disposition, coalesce(s.full_name, ''), o.name,
    ARRAY(SELECT debt.number FROM attempt_account spoken JOIN account debt ON debt.id = spoken.account_id
          WHERE spoken.attempt_id = a.id ORDER BY debt.number),
    a.permit_id, coalesce(g.verdict, ''), coalesce(g.state, ''), coalesce(g.reasons, '[]'), coalesce(g.facts, '{}'),
    coalesce(g.pack_version, ''), g.issued_at, g.expires_at, coalesce(h.full_name, ''),
    coalesce(g.approved_because, ''),
    EXISTS (SELECT 1 FROM incident i WHERE i.attempt_id = a.id)"""
_FROM: Final = """
    FROM attempt a
    JOIN organisation o ON o.id = a.by_organisation_id
    LEFT JOIN person p ON p.id = a.person_id
    LEFT JOIN staff s ON s.id = a.staff_id
    LEFT JOIN permit g ON g.id = a.permit_id
    LEFT JOIN staff h ON h.id = g.approved_by_id"""
_SPOKE: Final = """EXISTS (SELECT 1 FROM jsonb_array_elements(g.reasons) spoken
    WHERE spoken ->> 'rule' = %(rule)s OR starts_with(spoken ->> 'rule', %(rule)s || '.'))"""
#: What each thing sought adds to the statement; what is not sought adds nothing, so that no plan pays for it.
_CONDITIONS: Final[Mapping[str, str]] = {
    "person": "a.person_id = %(person)s",
    "account": "EXISTS (SELECT 1 FROM attempt_account w WHERE w.attempt_id = a.id AND w.account_id = %(account)s)",
    "staff": "a.staff_id = %(staff)s",
    "organisation": "a.by_organisation_id = %(organisation)s",
    "channel": "a.channel = %(channel)s",
    "origin": "a.origin = %(origin)s",
    "verdict": "g.verdict = %(verdict)s",
    "rule": _SPOKE,
}


def found(
    sought: Sought, *, before: tuple[datetime, int] | None = None, most: int = PAGE, using: str = "default"
) -> tuple[Logged, ...]:
    """Return the newest contacts that fit, at most ``most``; those earlier than ``before`` (instant, id) to go on."""
    statement, values = _statement(sought, before)
    rows = answers.prepared(f"{statement} LIMIT %(most)s", {**values, "most": most}, using=using)
    return tuple(_logged(row) for row in rows)


def count(sought: Sought, *, using: str = "default") -> int:
    """Return how many contacts fit, counting no further than `MOST` and one."""
    inner, values = _statement(sought, None, columns="1", ordered=False)
    ((total,),) = answers.prepared(
        f"SELECT count(*) FROM ({inner} LIMIT %(most)s) one", {**values, "most": MOST + 1}, using=using
    )
    return int(total)


def every(sought: Sought, *, using: str = "default") -> Iterator[Logged]:
    """Yield the contacts that fit, newest first, at most `MOST`, a page at a time so that memory stays flat."""
    before, given = None, 0
    while given < MOST:
        page = found(sought, before=before, most=min(1_000, MOST - given), using=using)
        yield from page
        if not page:
            return
        given += len(page)
        before = (page[-1].at, page[-1].id)


def one(attempt: int, *, using: str = "default") -> Logged | None:
    """Return one contact of the log; None where the scope sees none of that id."""
    rows = answers.prepared(f"SELECT {_COLUMNS} {_FROM} WHERE a.id = %(id)s", {"id": attempt}, using=using)
    return _logged(rows[0]) if rows else None


def callers(*, using: str = "default") -> tuple[tuple[int, str], ...]:
    """Return the organisations whose contacts the scope can see, by id and name, in order of name."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT id, name FROM organisation ORDER BY name, id")
        return tuple((int(number), str(name)) for number, name in cursor.fetchall())


def _statement(
    sought: Sought, before: tuple[datetime, int] | None, *, columns: str = _COLUMNS, ordered: bool = True
) -> tuple[str, dict[str, Any]]:
    asked = {name: getattr(sought, name) for name in _CONDITIONS}
    values: dict[str, Any] = {"since": sought.since, "until": sought.until}
    conditions = ["a.started_at >= %(since)s AND a.started_at < %(until)s"]
    if sought.verdict == UNPERMITTED:
        conditions.append("a.permit_id IS NULL AND a.direction = 'to_person'")
        asked["verdict"] = ""
    for name, condition in _CONDITIONS.items():
        if asked[name]:
            conditions.append(condition)
            values[name] = asked[name]
    if before is not None:
        conditions.append("(a.started_at, a.id) < (%(before)s, %(before_id)s)")
        values |= {"before": before[0], "before_id": before[1]}
    order = "ORDER BY a.started_at DESC, a.id DESC" if ordered else ""
    return f"SELECT {columns} {_FROM} WHERE {' AND '.join(conditions)} {order}", values


def _logged(row: tuple[Any, ...]) -> Logged:
    return Logged(
        **dict(zip(_NAMES, row, strict=True))
        | {"accounts": tuple(row[15]), "reasons": tuple(row[19]), "facts": row[20]}
    )


_NAMES: Final = tuple(Logged.__dataclass_fields__)
