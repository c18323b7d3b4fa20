"""Case files with their steps and clocks: added, changed under their row's lock, read for board and page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from arrears.domain.case_files import CaseKind, CaseState, ClockState, StepKind
from arrears.domain.contacts import IncidentKind
from arrears.store import bookday
from arrears.store.scope import current
from arrears.store.tables.account import Account, Note
from arrears.store.tables.case_file import CaseClock, CaseFile, CaseStep
from arrears.store.tables.contact import Incident
from arrears.store.tables.organisation import Access, Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A case file as it stands."""

    id: int
    owner: int
    by: int
    person: int
    kind: CaseKind
    state: CaseState
    finding: str
    accounts: tuple[int, ...]
    holds: tuple[int, ...]
    regulator: str
    received_at: datetime
    known_at: datetime
    opened_at: datetime
    opened_by: int | None
    facts: Mapping[str, Any]  # JSON
    due_on: date | None
    is_late: bool
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case file to be added; the same ``source`` is added once."""

    owner: int
    person: int
    kind: CaseKind
    accounts: Sequence[int]
    regulator: str
    received_at: datetime
    known_at: datetime
    opened_at: datetime
    facts: Mapping[str, Any]  # JSON
    source: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a case file, with the name of who took it and what was noted in words."""

    number: int
    kind: StepKind
    at: datetime
    staff: str
    words: str
    facts: Mapping[str, Any]  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock of a case file, running or settled."""

    id: int
    case: int
    rule: str
    about: str
    turn: int
    counted_from: date
    due_on: date | None
    state: ClockState
    settled_at: datetime | None


def add(new: NewCase, *, using: str = "default") -> tuple[int, bool]:
    """Add a case file; return its id, and whether it is a new one."""
    row, is_new = CaseFile.objects.using(using).get_or_create(
        organisation_id=new.owner,
        source_kind=new.source[0],
        source_ref=new.source[1],
        defaults={
            "by_organisation_id": current(using).organisation,
            "person_id": new.person,
            "kind": new.kind,
            "accounts": list(new.accounts),
            "regulator": new.regulator,
            "source": new.source[0],
            "received_at": new.received_at,
            "known_at": new.known_at,
            "opened_at": new.opened_at,
            "opened_by_id": current(using).user,
            "facts": dict(new.facts),
            "steps": 0,
        },
    )
    return int(row.pk), is_new


def kept(case: int, *, using: str = "default") -> Kept | None:
    """Return a case file; None where the scope sees no such one."""
    row = CaseFile.objects.using(using).filter(pk=case).first()
    return None if row is None else _kept(row)


def locked(case: int, *, using: str = "default") -> Kept | None:
    """Return a case file and hold its row until the transaction ends, so that its verbs happen one at a time."""
    row = CaseFile.objects.using(using).select_for_update(no_key=True).filter(pk=case).first()
    return None if row is None else _kept(row)


def of_person(person: int, *, using: str = "default") -> tuple[Kept, ...]:
    """Return the case files of a person, open ones first, newest first."""
    rows = CaseFile.objects.using(using).filter(person_id=person)
    return tuple(map(_kept, rows.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-pk")))


def _kept(row: CaseFile) -> Kept:
    return Kept(
        id=row.pk,
        owner=row.organisation_id,
        by=row.by_organisation_id,
        person=row.person_id,
        kind=CaseKind(row.kind),
        state=CaseState(row.state),
        finding=row.finding,
        accounts=tuple(row.accounts),
        holds=tuple(row.holds),
        regulator=row.regulator,
        received_at=row.received_at,
        known_at=row.known_at,
        opened_at=row.opened_at,
        opened_by=row.opened_by_id,
        facts=row.facts,
        due_on=row.due_on,
        is_late=row.is_late,
        closed_at=row.closed_at,
    )


def change(case: int, *, using: str = "default", **changes: object) -> None:
    """Set columns of a case file whose row is held."""
    CaseFile.objects.using(using).filter(pk=case).update(**changes)


def add_step(
    found: Kept, kind: StepKind, *, at: datetime, note: int | None, facts: Mapping[str, Any], using: str = "default"
) -> int:
    """Add a step to a case file whose row is held; return its number."""
    CaseFile.objects.using(using).filter(pk=found.id).update(steps=F("steps") + 1)
    number = int(CaseFile.objects.using(using).values_list("steps", flat=True).get(pk=found.id))
    CaseStep.objects.using(using).create(
        organisation_id=found.owner,
        by_organisation_id=current(using).organisation,
        person_id=found.person,
        case_file_id=found.id,
        staff_id=current(using).user,
        note_id=note,
        number=number,
        kind=kind,
        at=at,
        book_day=bookday.stamp(found.owner, using=using).day,
        facts=dict(facts),
    )
    return number


def steps_of(case: int, *, using: str = "default") -> tuple[Step, ...]:
    """Return the steps of a case file, first ones first."""
    rows = list(CaseStep.objects.using(using).filter(case_file_id=case).order_by("number"))
    words = dict(
        Note.objects.using(using).filter(pk__in={row.note_id for row in rows if row.note_id}).values_list("pk", "words")
    )
    names = dict(
        Staff.objects.using(using)
        .filter(pk__in={row.staff_id for row in rows if row.staff_id})
        .values_list("pk", "full_name")
    )
    return tuple(
        Step(
            number=row.number,
            kind=StepKind(row.kind),
            at=row.at,
            staff=names.get(row.staff_id or 0, ""),
            words=words.get(row.note_id or 0, ""),
            facts=row.facts,
        )
        for row in rows
    )


def start_clock(
    found: Kept,
    rule: str,
    *,
    counted_from: date,
    due_on: date | None,
    about: str = "",
    turn: int = 0,
    using: str = "default",
) -> None:
    """Start a clock of a case file; the same one starts once."""
    CaseClock.objects.using(using).get_or_create(
        case_file_id=found.id,
        rule=rule,
        about=about,
        turn=turn,
        defaults={
            "organisation_id": found.owner,
            "by_organisation_id": current(using).organisation,
            "person_id": found.person,
            "counted_from": counted_from,
            "due_on": due_on,
        },
    )


def clocks_of(case: int, *, using: str = "default") -> tuple[Running, ...]:
    """Return the clocks of a case file: those with a day first, the soonest first."""
    rows = CaseClock.objects.using(using).filter(case_file_id=case)
    return tuple(map(_running, rows.order_by(F("due_on").asc(nulls_last=True), "pk")))


def clocks_past(organisation: int, before: date, *, using: str = "default") -> tuple[Running, ...]:
    """Return the running clocks of an organisation's case files whose last day lies before ``before``."""
    rows = CaseClock.objects.using(using).filter(organisation_id=organisation, state="running", due_on__lt=before)
    return tuple(map(_running, rows.order_by("due_on", "pk")))


def _running(row: CaseClock) -> Running:
    return Running(
        id=row.pk,
        case=row.case_file_id,
        rule=row.rule,
        about=row.about,
        turn=row.turn,
        counted_from=row.counted_from,
        due_on=row.due_on,
        state=ClockState(row.state),
        settled_at=row.settled_at,
    )


def settle_clock(clock: int, state: ClockState, *, at: datetime, using: str = "default") -> bool:
    """Settle a running clock; False where it is settled already."""
    rows = CaseClock.objects.using(using).filter(pk=clock, state=ClockState.RUNNING)
    return rows.update(state=state, settled_at=at) == 1


def open_incident(found: Kept, *, facts: Mapping[str, Any], at: datetime, using: str = "default") -> int:
    """Open an incident about a case file whose clock was missed; return its id."""
    row = Incident.objects.using(using).create(
        organisation_id=found.owner,
        by_organisation_id=current(using).organisation,
        person_id=found.person,
        kind=IncidentKind.CLOCK_MISSED,
        facts=dict(facts),
        opened_at=at,
    )
    return int(row.pk)


def holders(accounts: Sequence[int], on: date, *, using: str = "default") -> tuple[tuple[int, int, str], ...]:
    """Return (account, organisation, its name) of whoever holds one of these debts for its owner on a day."""
    rows = Access.objects.using(using).filter(account_id__in=list(accounts), scope="holder", from_on__lte=on)
    held = [
        (row.account_id, row.organisation_id)
        for row in rows.order_by("account_id", "organisation_id")
        if row.until_on is None or row.until_on > on
    ]
    names = dict(Organisation.objects.using(using).filter(pk__in={who for _, who in held}).values_list("pk", "name"))
    return tuple((account, who, names.get(who, "")) for account, who in dict.fromkeys(held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case file on the board, with the person's name and the numbers of its debts."""

    case: Kept
    name: str
    numbers: tuple[str, ...]


def board(
    *, kind: str = "", regulator: str = "", is_closed: bool = False, most: int = 200, using: str = "default"
) -> tuple[Listed, ...]:
    """Return case files: late ones first, then by the day on which something is due; closed ones newest first."""
    rows = CaseFile.objects.using(using).filter(state="closed") if is_closed else _open(using)
    if kind:
        rows = rows.filter(kind=kind)
    if regulator:
        rows = rows.filter(regulator=regulator)
    order = ("-closed_at", "-pk") if is_closed else ("-is_late", F("due_on").asc(nulls_last=True), "pk")
    return listed([_kept(row) for row in rows.order_by(*order)[:most]], using=using)


def _open(using: str) -> "QuerySet[CaseFile, CaseFile]":
    return CaseFile.objects.using(using).exclude(state="closed")


def regulators(*, using: str = "default") -> tuple[str, ...]:
    """Return the regulators that open case files name."""
    return tuple(sorted(set(_open(using).exclude(regulator="").values_list("regulator", flat=True))))


def late(*, using: str = "default") -> int:
    """Return how many open case files missed a clock."""
    return _open(using).filter(is_late=True).count()


def listed(found: Sequence[Kept], *, using: str = "default") -> tuple[Listed, ...]:
    """Return case files with names and numbers beside them."""
    people = Person.objects.using(using).filter(pk__in={one.person for one in found})
    names = dict(people.values_list("pk", "full_name"))
    named = Account.objects.using(using).filter(pk__in={account for one in found for account in one.accounts})
    numbers = dict(named.values_list("pk", "number"))
    return tuple(
        Listed(
            case=one,
            name=names.get(one.person, ""),
            numbers=tuple(numbers[account] for account in one.accounts if account in numbers),
        )
        for one in found
    )


def all_accounts(person: int, *, using: str = "default") -> tuple[int, ...]:
    """Return the debts of which a person is the main debtor."""
    return tuple(Account.objects.using(using).filter(person_id=person).values_list("pk", flat=True))
