"""Concessions as they stand, step by step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Q

from arrears.domain.concessions import JUDGED, LIVE, ConcessionKind, Offer, Part, State
from arrears.store.scope import current
from arrears.store.standing import Stands
from arrears.store.tables.account import Account, Entry, Note
from arrears.store.tables.concession import Concession, ConcessionStep
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff

_SOURCE: Final = "proposed"
MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuttable:
    """A debt as the matrix of authority asks about it; ``consumer`` None is not known."""

    id: int
    owner: int
    person: int
    number: str
    currency: str
    status: str
    consumer: bool | None
    is_secured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConcession:
    """An offer as it is kept; JSON documents hold what the tables answered and what was computed."""

    owner: int
    account: int
    person: int
    attempt: int | None
    kind: ConcessionKind
    at: datetime
    book_day: int
    on: date
    owed_minor: int
    cut_minor: int
    parts: tuple[Part, ...]
    level: int
    approve_by: date
    valid_until: date
    authority: Mapping[str, Any]
    worth: Mapping[str, Any]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A concession as it stands; ``steps`` is how many steps it has taken."""

    id: int
    owner: int
    by_organisation: int
    account: int
    person: int
    proposed_by: int | None
    proposed_at: datetime
    kind: ConcessionKind
    state: State
    offered_on: date
    parts: tuple[Part, ...]
    owed_minor: int
    pay_minor: int
    cut_minor: int
    paid_minor: int
    after_entry: int
    level: int
    approve_by: date
    valid_until: date
    authority: Mapping[str, Any]
    worth: Mapping[str, Any]
    steps: int

    @property
    def offer(self) -> Offer:
        """What was agreed, as the ledger judges it."""
        return Offer(self.offered_on, self.parts, self.after_entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """A step with the name of who took it and what they wrote, which may have been erased since."""

    number: int
    state: State
    at: datetime
    by: str
    words: str
    entry: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A concession with whose it is, for a list."""

    offered: Offered
    name: str
    number: str
    currency: str
    proposer: str
    words: str


def cuttable(account_id: int, *, using: str = "default") -> Cuttable | None:
    """Return a debt; None where the scope sees no such one."""
    row = Account.objects.using(using).select_related("product").filter(pk=account_id).first()
    if row is None:
        return None
    return Cuttable(
        id=row.pk,
        owner=row.organisation_id,
        person=row.person_id,
        number=row.number,
        currency=row.currency,
        status=row.status,
        consumer=row.product.consumer_purpose,
        is_secured=bool(row.facts.get("is_secured", False)),
    )


def add(new: NewConcession, *, using: str = "default") -> int:
    """Add an offer as a draft, return its id. It remembers the account's latest entry: only later money counts."""
    latest = Entry.objects.using(using).filter(account_id=new.account).aggregate(latest=Max("pk"))["latest"] or 0
    row = Concession.objects.using(using).create(
        organisation_id=new.owner,
        by_organisation_id=current(using).organisation,
        account_id=new.account,
        person_id=new.person,
        attempt_id=new.attempt,
        proposed_by_id=current(using).user,
        kind=new.kind.value,
        state=State.DRAFTED.value,
        proposed_at=new.at,
        book_day=new.book_day,
        offered_on=new.on,
        last_due_on=max((part.due for part in new.parts), default=new.on),
        owed_minor=new.owed_minor,
        pay_minor=sum(part.amount for part in new.parts),
        cut_minor=new.cut_minor,
        parts=[[part.due.isoformat(), part.amount] for part in new.parts],
        after_entry=latest,
        level=new.level,
        approve_by=new.approve_by,
        valid_until=new.valid_until,
        authority=dict(new.authority),
        worth=dict(new.worth),
        source_kind=_SOURCE,
        source_ref=new.key,
    )
    return int(row.pk)


def by_key(owner: int, key: str, *, using: str = "default") -> Offered | None:
    """Return the offer that was made under a key, so that a form sent twice makes one."""
    row = Concession.objects.using(using).filter(organisation_id=owner, source_kind=_SOURCE, source_ref=key).first()
    return None if row is None else _offered([row], using)[0]


def concession(concession_id: int, *, using: str = "default") -> Offered | None:
    """Return an offer; None where the scope sees no such one."""
    rows = list(Concession.objects.using(using).filter(pk=concession_id))
    return _offered(rows, using)[0] if rows else None


def has_live(account: int, but: int = 0, *, using: str = "default") -> bool:
    """Return whether an offer is going on for a debt, other than the one with the id ``but``."""
    rows = Concession.objects.using(using).filter(account_id=account, state__in=[state.value for state in LIVE])
    return rows.exclude(pk=but).exists()


def of_account(account: int, *, using: str = "default") -> tuple[Offered, ...]:
    """Return the offers about a debt, newest first."""
    return _offered(list(Concession.objects.using(using).filter(account_id=account).order_by("-pk")[:MOST]), using)


def to_judge(accounts: Iterable[int], *, using: str = "default") -> tuple[Offered, ...]:
    """Return the accepted offers on accounts, in the order they were made."""
    states = [state.value for state in JUDGED]
    rows = Concession.objects.using(using).filter(account_id__in=list(accounts), state__in=states).order_by("pk")
    return _offered(list(rows), using)


def to_look_at(owner: int, on: date, *, using: str = "night") -> tuple[Offered, ...]:
    """Return the offers of an organisation about which time alone may say something new by ``on``."""
    rows = Concession.objects.using(using).filter(organisation_id=owner, look_on__lte=on).order_by("pk")
    return _offered(list(rows), using)


def take_step(
    offered: Offered,
    state: State,
    *,
    at: datetime,
    book_day: int,
    note: int | None = None,
    entry: int | None = None,
    facts: Mapping[str, Any] | None = None,
    using: str = "default",
) -> None:
    """Add the next step; of two at once the database refuses the second."""
    number = ConcessionStep.objects.using(using).filter(concession_id=offered.id).count() + 1
    ConcessionStep.objects.using(using).create(
        organisation_id=offered.owner,
        by_organisation_id=current(using).organisation,
        account_id=offered.account,
        concession_id=offered.id,
        staff_id=current(using).user,
        note_id=note,
        entry_id=entry,
        at=at,
        book_day=book_day,
        number=number,
        state=state.value,
        facts=dict(facts or {}),
    )


def set_state(
    concession_id: int, state: State, *, look_on: date | None, paid_minor: int | None = None, using: str = "default"
) -> None:
    """Write where an offer stands, and when time alone changes it next."""
    changes: dict[str, Any] = {"state": state.value, "look_on": look_on}
    if paid_minor is not None:
        changes["paid_minor"] = paid_minor
    Concession.objects.using(using).filter(pk=concession_id).update(**changes)


def booked(concession_id: int, source_kind: str, *, using: str = "default") -> list[tuple[int, int, int]]:
    """Return (entry, kind, amount) of what a concession booked and nobody took back."""
    mine = Entry.objects.using(using).filter(source_kind=source_kind, source_ref__startswith=f"{concession_id}:")
    return list(mine.filter(Stands("pk")).values_list("pk", "kind", "amount_minor"))


def latest_facts(concession_id: int, *, using: str = "default") -> Mapping[str, Any]:
    """Return what the latest step of an offer says besides its state; empty before the first."""
    taken = ConcessionStep.objects.using(using).filter(concession_id=concession_id).order_by("-number")
    return dict(taken.values_list("facts", flat=True).first() or {})


def confirmed_cuts(concession_id: int, *, using: str = "default") -> list[tuple[int, int]]:
    """Return (amount, level) of each larger cut that somebody confirmed for an offer, in order."""
    taken = ConcessionStep.objects.using(using).filter(concession_id=concession_id, facts__has_key="confirmed_minor")
    return [(one["confirmed_minor"], one["level"]) for one in taken.order_by("number").values_list("facts", flat=True)]


def steps(concession_id: int, *, using: str = "default") -> tuple[Stepped, ...]:
    """Return the steps of an offer, in order."""
    rows = list(ConcessionStep.objects.using(using).filter(concession_id=concession_id).order_by("number"))
    names = staff_names({row.staff_id for row in rows}, using)
    notes = note_words({row.note_id for row in rows}, using)
    return tuple(
        Stepped(
            number=row.number,
            state=State(row.state),
            at=row.at,
            by=names.get(row.staff_id or 0, ""),
            words=notes.get(row.note_id or 0, ""),
            entry=row.entry_id,
            facts=row.facts,
        )
        for row in rows
    )


def waiting(*, using: str = "default") -> tuple[Waiting, ...]:
    """Return the offers that wait for approval, oldest first."""
    return _listed(Q(state=State.AWAITING.value), ("proposed_at", "pk"), using)


def unconfirmed(*, using: str = "default") -> tuple[tuple[Waiting, Mapping[str, Any]], ...]:
    """Return the offers that are paid and cleared and whose cut has grown beyond who approved it, with its figures.

    Time alone changes nothing about these, which no other paid offer can say.
    """
    found = _listed(Q(state=State.PAID.value, look_on=None), ("proposed_at", "pk"), using)
    told = ((one, latest_facts(one.offered.id, using=using)) for one in found)
    return tuple((one, facts) for one, facts in told if "unconfirmed_minor" in facts)


def lately(*, using: str = "default") -> tuple[Waiting, ...]:
    """Return the offers that are decided or being paid, newest first."""
    return _listed(~Q(state__in=[State.AWAITING.value, State.DRAFTED.value]), ("-proposed_at", "-pk"), using)[:50]


def listed(concession_id: int, *, using: str = "default") -> Waiting | None:
    """Return one offer with whose it is."""
    found = _listed(Q(pk=concession_id), ("pk",), using)
    return found[0] if found else None


def _listed(where: Q, order: Sequence[str], using: str) -> tuple[Waiting, ...]:
    found = _offered(list(Concession.objects.using(using).filter(where).order_by(*order)[:MOST]), using)
    persons = dict(
        Person.objects.using(using).filter(pk__in={one.person for one in found}).values_list("pk", "full_name")
    )
    accounts = {row.pk: row for row in Account.objects.using(using).filter(pk__in={one.account for one in found})}
    names = staff_names({one.proposed_by for one in found}, using)
    first = dict(
        ConcessionStep.objects.using(using)
        .filter(concession_id__in=[one.id for one in found], number=1)
        .values_list("concession_id", "note_id")
    )
    notes = note_words(set(first.values()), using)
    return tuple(
        Waiting(
            offered=one,
            name=persons.get(one.person, ""),
            number=accounts[one.account].number,
            currency=accounts[one.account].currency,
            proposer=names.get(one.proposed_by or 0, ""),
            words=notes.get(first.get(one.id) or 0, ""),
        )
        for one in found
        if one.account in accounts
    )


def staff_names(ids: set[int | None], using: str) -> dict[int, str]:
    """Return the names of staff by id."""
    known = [one for one in ids if one is not None]
    return dict(Staff.objects.using(using).filter(pk__in=known).values_list("pk", "full_name"))


def note_words(ids: set[int | None], using: str) -> dict[int, str]:
    """Return the words of notes that nobody has erased, by id."""
    known = [one for one in ids if one is not None]
    rows = Note.objects.using(using).filter(pk__in=known, erased_at=None)
    return dict(rows.values_list("pk", "words"))


def _offered(rows: Sequence[Concession], using: str) -> tuple[Offered, ...]:
    counted: dict[int, int] = {}
    taken = ConcessionStep.objects.using(using).filter(concession_id__in=[row.pk for row in rows])
    for concession_id in taken.values_list("concession_id", flat=True):
        counted[concession_id] = counted.get(concession_id, 0) + 1
    return tuple(
        Offered(
            id=row.pk,
            owner=row.organisation_id,
            by_organisation=row.by_organisation_id,
            account=row.account_id,
            person=row.person_id,
            proposed_by=row.proposed_by_id,
            proposed_at=row.proposed_at,
            kind=ConcessionKind(row.kind),
            state=State(row.state),
            offered_on=row.offered_on,
            parts=tuple(Part(date.fromisoformat(due), amount) for due, amount in row.parts),
            owed_minor=row.owed_minor,
            pay_minor=row.pay_minor,
            cut_minor=row.cut_minor,
            paid_minor=row.paid_minor,
            after_entry=row.after_entry,
            level=row.level,
            approve_by=row.approve_by,
            valid_until=row.valid_until,
            authority=row.authority,
            worth=row.worth,
            steps=counted.get(row.pk, 0),
        )
        for row in rows
    )
