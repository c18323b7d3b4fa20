"""Links, authorisations and debits: written, held while they move, and listed for whoever works them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from django.db.models import F, Model, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat

from arrears.domain.takings import FAILURES, DebitState, LinkState, MandateState
from arrears.store.scope import current
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.taking import Debit, Mandate, PayLink, TakingNotice

MOST: Final = 200
SOURCE: Final = "taking/"
"""How the reference of a payment begins that was posted for a link or debit; ours follows."""
UNCLEAR: Final = "unclear"
"""Why a debit counts as failed whose answer was lost for so long that nobody knows what became of it."""
FOLLOWED_FOR: Final = timedelta(days=180)
"""How long what came back, or came again, is still looked up: disputes at banks take up to half a year."""
_LINKS_UNDER_WAY: Final = (LinkState.MAKING, LinkState.OPEN, LinkState.SEEN)
_DEBITS_UNDER_WAY: Final = (DebitState.ASKED, DebitState.PRESENTING, DebitState.PRESENTED)
_ALIVE: Final = (MandateState.ASKED, MandateState.ACTIVE)
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """An account as one who takes a payment on it needs it."""

    account: int
    number: str
    owner: int
    owner_name: str
    person: int
    name: str
    language: str
    currency: str
    status: str
    country: str
    debt_kind: str
    terms: Any  # JSON, read by domain.terms
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link as it stands. See `arrears.store.tables.taking.PayLink`."""

    id: int
    organisation: int
    account: int
    person: int
    reference: str
    choice: str
    amount_minor: int
    fee_minor: int
    currency: str
    state: str
    made_at: datetime
    expires_at: datetime
    url: str
    provider_ref: str
    settled_at: datetime | None
    reason: str
    entry: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRow:
    """An authorisation as it stands. See `arrears.store.tables.taking.Mandate`."""

    id: int
    organisation: int
    account: int
    person: int
    attempt: int | None
    made_by: int | None
    made_at: datetime
    reference: str
    scheme: str
    form: str
    words: str
    proof: str
    given_at: datetime | None
    is_recurring: bool
    most_minor: int
    currency: str
    valid_until: date | None
    copy_given_at: datetime | None
    state: str
    url: str
    provider_ref: str
    provider_customer: str
    provider_method: str
    provider_mandate: str
    ended_at: datetime | None
    ended_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebitRow:
    """A debit as it stands. See `arrears.store.tables.taking.Debit`."""

    id: int
    organisation: int
    account: int
    person: int
    mandate: int
    first: int | None
    presentation: int
    reference: str
    amount_minor: int
    currency: str
    collect_on: date
    asked_at: datetime
    told_at: datetime | None
    state: str
    provider_ref: str
    presented_at: datetime | None
    settled_at: datetime | None
    reason: str
    entry: int | None
    worked_at: datetime | None
    worked_how: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list, with whose it is."""

    what: Any  # LinkRow, MandateRow, DebitRow or TraceRow
    number: str
    name: str


def read_as(row: Model, kind: type[_Row]) -> _Row:
    """Return a model's row as a plain value; a link to another row is its id."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every kind here is a dataclass
    said = {name: getattr(row, f"{name}_id" if hasattr(row, f"{name}_id") else name) for name in names}
    return kind(**said)


def payer(account_id: int, *, using: str = "default") -> Payer | None:
    """Return an account that the scope sees, with what taking a payment on it needs."""
    row = Account.objects.using(using).filter(pk=account_id).select_related("product", "person", "organisation").first()
    if row is None:
        return None
    return Payer(
        account=row.pk,
        number=row.number,
        owner=row.organisation_id,
        owner_name=row.organisation.name,
        person=row.person_id,
        name=row.person.full_name,
        language=row.person.language,
        currency=row.currency,
        status=row.status,
        country=row.country,
        debt_kind=row.product.debt_kind,
        terms=row.product.terms,
        timezone=row.organisation.timezone,
    )


def settings_of(owner: int, *, using: str = "default") -> dict[str, Any]:
    """Return what an organisation says of taking payments: its account at the provider, its days and rules."""
    said = Organisation.objects.using(using).filter(pk=owner).values_list("settings", flat=True).first() or {}
    found: dict[str, Any] = said.get("takings", {})
    return found


def add_link(*, using: str = "default", **columns: Any) -> LinkRow:
    """Write a link, made by the scope's organisation and user."""
    by = current(using)
    row = PayLink(by_organisation_id=by.organisation, made_by_id=by.user, **columns)
    row.save(using=using, force_insert=True)
    return read_as(row, LinkRow)


def add_mandate(*, using: str = "default", **columns: Any) -> MandateRow:
    """Write an authorisation with its evidence, made by the scope's user."""
    row = Mandate(made_by_id=current(using).user, **columns)
    row.save(using=using, force_insert=True)
    return read_as(row, MandateRow)


def add_debit(*, using: str = "default", **columns: Any) -> DebitRow:
    """Write a debit that is asked for, by the scope's user."""
    row = Debit(asked_by_id=current(using).user, **columns)
    row.save(using=using, force_insert=True)
    return read_as(row, DebitRow)


def link(link_id: int, *, hold: bool = False, using: str = "default") -> LinkRow | None:
    """Return a link; with ``hold`` other hands wait until the transaction ends."""
    return _one(PayLink.objects.using(using), LinkRow, hold=hold, pk=link_id)


def mandate(mandate_id: int, *, hold: bool = False, using: str = "default") -> MandateRow | None:
    """Return an authorisation; with ``hold`` other hands wait until the transaction ends."""
    return _one(Mandate.objects.using(using), MandateRow, hold=hold, pk=mandate_id)


def debit(debit_id: int, *, hold: bool = False, using: str = "default") -> DebitRow | None:
    """Return a debit; with ``hold`` other hands wait until the transaction ends."""
    return _one(Debit.objects.using(using), DebitRow, hold=hold, pk=debit_id)


def referred(owner: int, reference: str, *, using: str = "default") -> LinkRow | MandateRow | DebitRow | None:
    """Return what a reference of ours stands for; the references of the three kinds never meet."""
    about = {"organisation_id": owner, "reference": reference}
    return (
        _one(PayLink.objects.using(using), LinkRow, hold=False, **about)
        or _one(Debit.objects.using(using), DebitRow, hold=False, **about)
        or _one(Mandate.objects.using(using), MandateRow, hold=False, **about)
    )


def _one(rows: "QuerySet[Any, Any]", kind: type[_Row], *, hold: bool, **about: Any) -> _Row | None:
    row = (rows.select_for_update(of=("self",)) if hold else rows).filter(**about).first()
    return None if row is None else read_as(row, kind)


def move_link(link_id: int, *, using: str = "default", **columns: Any) -> None:
    """Write what became of a link."""
    PayLink.objects.using(using).filter(pk=link_id).update(**columns)


def move_mandate(mandate_id: int, *, using: str = "default", **columns: Any) -> None:
    """Write what became of an authorisation."""
    Mandate.objects.using(using).filter(pk=mandate_id).update(**columns)


def move_debit(debit_id: int, *, using: str = "default", **columns: Any) -> None:
    """Write what became of a debit."""
    Debit.objects.using(using).filter(pk=debit_id).update(**columns)


def end_mandate(mandate_id: int, state: MandateState, *, at: datetime, because: str, using: str = "default") -> None:
    """End an authorisation, by the scope's user where there is one."""
    move_mandate(
        mandate_id, state=state, ended_at=at, ended_because=because, ended_by_id=current(using).user, using=using
    )


def family(debit_row: DebitRow, *, using: str = "default") -> tuple[DebitRow, ...]:
    """Return a debit's first presentation and all that repeat it, in turn."""
    first = debit_row.first or debit_row.id
    rows = Debit.objects.using(using).filter(Q(pk=first) | Q(first_id=first)).order_by("presentation")
    return tuple(read_as(row, DebitRow) for row in rows)


def debits_of_mandate(mandate_id: int, *, using: str = "default") -> tuple[DebitRow, ...]:
    """Return the debits under an authorisation, in the order in which they were asked."""
    rows = Debit.objects.using(using).filter(mandate_id=mandate_id).order_by("pk")
    return tuple(read_as(row, DebitRow) for row in rows)


def unseen_debits(account_id: int, states: Iterable[str], *, but: int = 0, using: str = "default") -> int:
    """Return the sum of an account's debits in ``states`` of which no money has been seen yet, leaving out ``but``."""
    rows = Debit.objects.using(using).filter(account_id=account_id, state__in=list(states), entry__isnull=True)
    return int(rows.exclude(pk=but).aggregate(sum=Sum("amount_minor"))["sum"] or 0)


def of_account(
    account_id: int, *, using: str = "default"
) -> tuple[tuple[LinkRow, ...], tuple[MandateRow, ...], tuple[DebitRow, ...]]:
    """Return an account's links, authorisations and debits, the newest first."""
    links = PayLink.objects.using(using).filter(account_id=account_id).order_by("-pk")[:20]
    mandates = Mandate.objects.using(using).filter(account_id=account_id).order_by("-pk")[:20]
    debits = Debit.objects.using(using).filter(account_id=account_id).order_by("-pk")[:20]
    return (
        tuple(read_as(row, LinkRow) for row in links),
        tuple(read_as(row, MandateRow) for row in mandates),
        tuple(read_as(row, DebitRow) for row in debits),
    )


def failures(*, most: int = MOST, using: str = "default") -> tuple[Listed, ...]:
    """Return the debits that failed or came back and that nobody has dealt with, oldest first."""
    rows = Debit.objects.using(using).filter(state__in=FAILURES, worked_at__isnull=True).order_by("settled_at", "pk")
    return listed(rows[:most], DebitRow, using=using)


def mandates_alive(*, most: int = MOST, using: str = "default") -> tuple[Listed, ...]:
    """Return the authorisations that are asked for or in force, newest first."""
    rows = Mandate.objects.using(using).filter(state__in=_ALIVE).order_by("-pk")
    return listed(rows[:most], MandateRow, using=using)


def under_way(*, most: int = MOST, using: str = "default") -> tuple[tuple[Listed, ...], tuple[Listed, ...]]:
    """Return the links and debits under way, newest first."""
    links = PayLink.objects.using(using).filter(state__in=_LINKS_UNDER_WAY).order_by("-pk")
    debits = Debit.objects.using(using).filter(state__in=_DEBITS_UNDER_WAY).order_by("collect_on", "pk")
    return listed(links[:most], LinkRow, using=using), listed(debits[:most], DebitRow, using=using)


def listed(rows: Iterable[Any], kind: type[_Row], *, using: str = "default") -> tuple[Listed, ...]:
    """Return rows with the number of the account and the name of the person."""
    found = [read_as(row, kind) for row in rows]
    accounts = {one.account for one in found}  # type: ignore[attr-defined]  # every kind here names an account
    people = {one.person for one in found}  # type: ignore[attr-defined]  # and a person
    numbers = dict(Account.objects.using(using).filter(pk__in=accounts).values_list("pk", "number"))
    names = dict(Person.objects.using(using).filter(pk__in=people).values_list("pk", "full_name"))
    return tuple(
        Listed(one, numbers.get(one.account, ""), names.get(one.person, ""))  # type: ignore[attr-defined]  # as above
        for one in found
    )


def to_follow(owner: int, *, now: datetime, using: str = "default") -> tuple[list[str], list[int]]:
    """Return the references of what is under way at the provider, and the ids of debits that were asked for.

    What came back is under way for a while: it may be given again, and what was given again may come back.
    """
    about = {"organisation_id": owner}
    links = PayLink.objects.using(using).filter(**about, state__in=_LINKS_UNDER_WAY)
    mandates = Mandate.objects.using(using).filter(**about, state=MandateState.ASKED)
    debits = Debit.objects.using(using).filter(**about, state=DebitState.PRESENTED)
    again = _may_turn(now)
    turning = (model.objects.using(using).filter(again, **about) for model in (PayLink, Debit))
    references = [
        ref for rows in (links, mandates, debits, *turning) for ref in rows.values_list("reference", flat=True)
    ]
    asked = Debit.objects.using(using).filter(**about, state__in=[DebitState.ASKED, DebitState.PRESENTING])
    return references, list(asked.order_by("collect_on", "pk").values_list("pk", flat=True))


def _may_turn(now: datetime) -> Q:
    """Of what was returned, or posted another time than the first."""
    first = Concat(Value(SOURCE), F("reference"))
    anew = Q(state__in=[LinkState.PAID, DebitState.CLEARED], entry__isnull=False) & ~Q(entry__source_ref=first)
    return Q(settled_at__gt=now - FOLLOWED_FOR) & (Q(state=LinkState.RETURNED) | anew)


def unclear_debits(owner: int, *, using: str = "default") -> tuple[DebitRow, ...]:
    """Return the debits of which nobody knows yet what became of them, oldest first."""
    rows = Debit.objects.using(using).filter(organisation_id=owner, state=DebitState.FAILED, reason=UNCLEAR)
    return tuple(read_as(row, DebitRow) for row in rows.order_by("pk"))


def give_up_links(owner: int, made_before: datetime, *, now: datetime, using: str = "default") -> int:
    """End the links whose page was never made; return how many."""
    rows = PayLink.objects.using(using).filter(organisation_id=owner, state=LinkState.MAKING, made_at__lt=made_before)
    return rows.update(state=LinkState.CANCELLED, settled_at=now, reason="never_opened")


def mandates_in_force(owner: int, *, using: str = "default") -> tuple[MandateRow, ...]:
    """Return the authorisations in force of an organisation."""
    rows = Mandate.objects.using(using).filter(organisation_id=owner, state=MandateState.ACTIVE).order_by("pk")
    return tuple(read_as(row, MandateRow) for row in rows)


def is_method_used(method: str, *, using: str = "default") -> bool:
    """Return whether an authorisation in force still rests on a way to pay at the provider."""
    return Mandate.objects.using(using).filter(provider_method=method, state=MandateState.ACTIVE).exists()


def keep_notice(
    owner: int, *, event: str, kind: str, reference: str, at: datetime, now: datetime, using: str = "default"
) -> bool:
    """Keep that the provider told us something; False where it told us before."""
    rows = TakingNotice.objects.using(using)
    told = TakingNotice(
        organisation_id=owner, provider_event=event, kind=kind, reference=reference, happened_at=at, came_at=now
    )
    before = rows.filter(organisation_id=owner, provider_event=event).exists()
    rows.bulk_create([told], ignore_conflicts=True)
    return not before


def last_notice_at(owner: int, *, using: str = "default") -> datetime | None:
    """Return when the latest thing happened that the provider told us of."""
    rows = TakingNotice.objects.using(using).filter(organisation_id=owner).order_by("-happened_at")
    return rows.values_list("happened_at", flat=True).first()
