"""Notices: made, then gone, arrived or come back; and the debts of which the law still waits for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connections
from django.db.models import Q, QuerySet

from arrears.domain.notices import NoticeKind
from arrears.store import answers
from arrears.store.scope import current
from arrears.store.tables.account import Account, AccountParty
from arrears.store.tables.notice import Notice
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A notice as it is made, before it goes. ``words`` are its letter's, ``document_hash`` SHA-256 of the page."""

    owner: int
    person: int
    contact_point: int | None
    kind: NoticeKind
    contents: str
    accounts: tuple[int, ...]
    language: str
    method: str
    words: Mapping[str, Any]  # JSON
    facts: Mapping[str, Any]  # JSON
    document_hash: bytes
    printed_ends: date | None = None
    opt_out_by: date | None = None
    answers: int | None = None
    message_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A notice as it stands, for pages. ``number`` is that of its first debt."""

    id: int
    owner: int
    person: int
    person_name: str
    accounts: tuple[int, ...]
    number: str
    kind: NoticeKind
    contents: str
    language: str
    method: str
    made_at: datetime
    sent_at: datetime | None
    received_on: date | None
    period_ends: date | None
    printed_ends: date | None
    opt_out_by: date | None
    undeliverable_at: datetime | None
    undeliverable_because: str
    dropped_at: datetime | None
    dropped_because: str
    words: Mapping[str, Any]  # JSON
    facts: Mapping[str, Any]  # JSON
    document_hash: bytes


def add(made: Made, *, at: datetime, using: str = "default") -> int:
    """Add a notice that waits to go, return its id."""
    opened = current(using)
    row = Notice.objects.using(using).create(
        organisation_id=made.owner,
        by_organisation_id=opened.organisation,
        staff_id=opened.user,
        person_id=made.person,
        contact_point_id=made.contact_point,
        kind=made.kind,
        contents=made.contents,
        accounts=list(made.accounts),
        language=made.language,
        method=made.method,
        words=dict(made.words),
        facts=dict(made.facts),
        document_hash=made.document_hash,
        made_at=at,
        printed_ends=made.printed_ends,
        opt_out_by=made.opt_out_by,
        answers_id=made.answers,
        message_ref=made.message_ref,
    )
    return int(row.pk)


def learn(notice: int, using: str = "default", **learnt: object) -> bool:
    """Note what is learnt of a notice that is not dropped; return whether there was one."""
    rows = Notice.objects.using(using).filter(pk=notice, dropped_at__isnull=True)
    return rows.update(**learnt) > 0


def one(notice: int, *, using: str = "default") -> Row | None:
    """Return a notice; None where the scope sees none of that id."""
    return next(iter(_rows(Notice.objects.using(using).filter(pk=notice), using)), None)


def by_message(message: str, *, using: str = "default") -> Row | None:
    """Return the notice that a message carries; None where it carries none."""
    if not message or not _is_carried(message, using):
        return None
    own = current(using).organisation
    found = Notice.objects.using(using).filter(by_organisation_id=own, message_ref=message)
    return next(iter(_rows(found[:1], using)), None)


def _is_carried(message: str, using: str) -> bool:
    """Return whether a message carries a notice: most carry none, and the person's own notices are few."""
    asked = [current(using).organisation, message, int(message)]
    return bool(answers.prepared(_CARRIED, asked, using=using))


_CARRIED: Final = """
    SELECT 1 FROM notice WHERE by_organisation_id = %s AND message_ref = %s
      AND person_id = (SELECT m.person_id FROM message m WHERE m.id = %s::bigint) LIMIT 1"""


def by_attempt(attempt: int, *, using: str = "default") -> Row | None:
    """Return the notice that went by an attempt; None where none did."""
    return next(iter(_rows(Notice.objects.using(using).filter(attempt_id=attempt), using)), None)


def latest(*, most: int = 200, using: str = "default") -> tuple[Row, ...]:
    """Return the organisation's own notices to people whom it sees now, newest first."""
    seen = Person.objects.using(using).values("pk")
    own = Notice.objects.using(using).filter(by_organisation_id=current(using).organisation, person_id__in=seen)
    return _rows(own.order_by("-pk")[:most], using)


def standing(account: int, kind: NoticeKind, person: int, *, using: str = "default") -> tuple[Row, ...]:
    """Return the organisation's notices of a kind to a person about a debt that wait, or went and did not come back."""
    own = Notice.objects.using(using).filter(
        Q(accounts__contains=[account]) | Q(accounts=[]),
        by_organisation_id=current(using).organisation,
        person_id=person,
        kind=kind,
        undeliverable_at__isnull=True,
        dropped_at__isnull=True,
    )
    return _rows(own.order_by("pk"), using)


def about(account: int, *, most: int = 50, using: str = "default") -> tuple[Row, ...]:
    """Return the notices about a debt to people whom the scope sees, newest first.

    They went to parties of the debt: by these they are found, few people each with few notices.
    """
    parties = AccountParty.objects.using(using).filter(account_id=account).values("person_id")
    seen = Person.objects.using(using).filter(pk__in=parties).values("pk")
    found = Notice.objects.using(using).filter(accounts__contains=[account], person_id__in=seen)
    return _rows(found.order_by("-pk")[:most], using)


def _rows(found: "QuerySet[Notice]", using: str) -> tuple[Row, ...]:
    rows = list(found)
    people = dict(Person.objects.using(using).filter(pk__in={r.person_id for r in rows}).values_list("pk", "full_name"))
    firsts = {row.accounts[0] for row in rows if row.accounts}
    numbers = dict(Account.objects.using(using).filter(pk__in=firsts).values_list("pk", "number"))
    return tuple(_row(row, people.get(row.person_id, ""), numbers) for row in rows)


def _row(row: Notice, name: str, numbers: Mapping[int, str]) -> Row:
    return Row(
        id=row.pk,
        owner=row.organisation_id,
        person=row.person_id,
        person_name=name,
        accounts=tuple(row.accounts),
        number=numbers.get(row.accounts[0], "") if row.accounts else "",
        kind=NoticeKind(row.kind),
        contents=row.contents,
        language=row.language,
        method=row.method,
        made_at=row.made_at,
        sent_at=row.sent_at,
        received_on=row.received_on,
        period_ends=row.period_ends,
        printed_ends=row.printed_ends,
        opt_out_by=row.opt_out_by,
        undeliverable_at=row.undeliverable_at,
        undeliverable_because=row.undeliverable_because,
        dropped_at=row.dropped_at,
        dropped_because=row.dropped_because,
        words=row.words,
        facts=row.facts,
        document_hash=bytes(row.document_hash),
    )


def name_of(organisation: int, *, using: str = "default") -> str:
    """Return the name of an organisation that the scope knows."""
    return Organisation.objects.using(using).values_list("name", flat=True).get(pk=organisation)


def postal_address(person: int, *, using: str = "default") -> tuple[int, str] | None:
    """Return the contact point of a person's own postal address that is good, and what it says; None for none."""
    rows = ContactPoint.objects.using(using).filter(person_id=person, kind="address", is_valid=True)
    return rows.exclude(use="work").order_by("pk").values_list("pk", "value").first()


def email_address(person: int, *, using: str = "default") -> tuple[int, str] | None:
    """Return the contact point of a person's own e-mail address that is good, and what it says; None for none."""
    rows = ContactPoint.objects.using(using).filter(person_id=person, kind="email", is_valid=True)
    return rows.exclude(use="work").order_by("pk").values_list("pk", "value").first()


@dataclass(frozen=True, slots=True)
class Told:
    """A debt that a person was told of by the organisation at work, of which no notice of a kind stands."""

    account: int
    person: int
    number: str
    person_name: str
    first_at: datetime


_UNTOLD: Final = """
    SELECT first.account_id, first.person_id, a.number, p.full_name, first.at
    FROM (SELECT s.account_id, t.person_id, min(t.started_at) AS at
          FROM attempt t JOIN attempt_account s ON s.attempt_id = t.id
          WHERE t.by_organisation_id = %(own)s AND t.role = ANY(%(roles)s) AND NOT t.outcome = ANY(%(silent)s)
            AND t.origin <> 'historic'
          GROUP BY 1, 2) first
    JOIN account a ON a.id = first.account_id AND a.status IN ('open', 'written_off')
    JOIN person p ON p.id = first.person_id
    WHERE NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = first.person_id AND n.by_organisation_id = %(own)s
                      AND n.kind = %(kind)s AND n.dropped_at IS NULL AND n.undeliverable_at IS NULL
                      AND (n.accounts = '{}' OR first.account_id = ANY(n.accounts)))
    ORDER BY first.at, first.account_id LIMIT %(most)s"""


def told_without(
    kind: NoticeKind, roles: Sequence[str], silent: Sequence[str], *, most: int, using: str = "default"
) -> tuple[Told, ...]:
    """Return the debts that people were told of, with no notice of ``kind`` made or gone, by the first telling.

    ``silent`` are outcomes by which nothing was told.
    """
    asked = {
        "own": current(using).organisation,
        "kind": kind.value,
        "roles": list(roles),
        "silent": list(silent),
        "most": most,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(_UNTOLD, asked)
        return tuple(Told(*row) for row in cursor.fetchall())
