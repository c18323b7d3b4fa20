"""Plans with their versions, debts and schedules; read and written inside any scope that sees their person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max

from arrears.domain.plans import ACTIVE, JUDGED, Instalment, PlanState
from arrears.domain.plans import Plan as Judgeable
from arrears.kernel.calendars import Place
from arrears.store.scope import current
from arrears.store.tables.account import Note
from arrears.store.tables.plan import Plan, PlanDebt, PlanInstalment, PlanVersion

_RUNNING: Final = tuple(sorted(state.value for state in ACTIVE))
_JUDGED: Final = tuple(sorted(state.value for state in JUDGED))
_WAITING: Final = (PlanState.PROPOSED.value, PlanState.AWAITING_APPROVAL.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a version says besides its instalments; ``amounts`` is what it covers of each account, in minor units."""

    kind: str
    rhythm: str
    charges: str
    shift: str
    rest: str
    tolerance: int
    grace_days: int
    default_after: int
    bank_days: int
    returns_days: int
    place: Place
    from_on: date
    because: str
    amounts: Mapping[int, int]
    instalments: tuple[Instalment, ...]

    @property
    def total(self) -> int:
        """The sum of the instalments, in minor units."""
        return sum(each.amount for each in self.instalments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A plan as it is first written."""

    owner: int
    person: int
    currency: str
    means: str
    attempt: int | None
    budget: int | None
    review_on: date | None
    at: datetime
    book_day: int
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A plan as it stands; ``asked_version`` is an edit that waits for approval."""

    id: int
    owner: int
    by_organisation: int
    person: int
    currency: str
    means: str
    state: PlanState
    version: int
    asked_version: int | None
    agreed_at: datetime | None
    agreed_by: str
    evidence: Mapping[str, Any]  # JSON
    attempt: int | None
    budget: int | None
    made_by: int | None
    made_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    ended_by: int | None
    ended_at: datetime | None
    ended_because: str
    after_entry: int
    kept_minor: int
    next_due_on: date | None
    next_due_minor: int
    behind_since: date | None
    behind_minor: int
    last_due_on: date | None
    firm_after: date | None
    review_on: date | None
    shape: Shape

    def judged_from(self, agreed_on: date) -> Judgeable:
        """Return it as it is judged; ``agreed_on`` is the day of the agreement on the owner's calendar."""
        shape = self.shape
        return Judgeable(
            id=self.id,
            accounts=frozenset(shape.amounts),
            agreed_on=agreed_on,
            instalments=shape.instalments,
            place=shape.place,
            after_entry=self.after_entry,
            tolerance=shape.tolerance,
            grace_days=shape.grace_days,
            default_after=shape.default_after,
            bank_days=shape.bank_days,
            returns_days=shape.returns_days,
        )

    @property
    def runs(self) -> bool:
        """Whether payments are still to come by it."""
        return self.state in ACTIVE


@dataclass(frozen=True, slots=True)
class Written:
    """A version as history shows it."""

    number: int
    made_at: datetime
    made_by: str
    from_on: date
    because: str
    words: str
    shape: Shape


def add(made: Made, *, state: PlanState, using: str = "default") -> int:
    """Write a plan with its first version, return its id."""
    row = Plan.objects.using(using).create(
        organisation_id=made.owner,
        by_organisation_id=current(using).organisation,
        person_id=made.person,
        budget_id=made.budget,
        attempt_id=made.attempt,
        made_by_id=current(using).user,
        made_at=made.at,
        book_day=made.book_day,
        currency=made.currency,
        means=made.means,
        state=state.value,
        review_on=made.review_on,
        last_due_on=made.shape.instalments[-1].due,
    )
    _add_version(row, 1, made.shape, None, made.at, made.book_day, using)
    return int(row.pk)


def add_version(
    plan: Standing, shape: Shape, *, note: int | None, at: datetime, book_day: int, using: str = "default"
) -> int:
    """Add a version to a plan, return its number; it holds once `hold_to` says so."""
    row = Plan.objects.using(using).get(pk=plan.id)
    latest = PlanVersion.objects.using(using).filter(plan_id=plan.id).aggregate(latest=Max("number"))["latest"]
    _add_version(row, latest + 1, shape, note, at, book_day, using)
    return int(latest) + 1


def _add_version(
    plan: Plan, number: int, shape: Shape, note: int | None, at: datetime, book_day: int, using: str
) -> None:
    scope = current(using)
    own = {
        "organisation_id": plan.organisation_id,
        "by_organisation_id": scope.organisation,
        "person_id": plan.person_id,
        "plan_id": plan.pk,
    }
    PlanVersion.objects.using(using).create(
        **own,
        number=number,
        kind=shape.kind,
        rhythm=shape.rhythm,
        charges=shape.charges,
        shift=shape.shift,
        rest=shape.rest,
        total_minor=shape.total,
        tolerance_minor=shape.tolerance,
        grace_days=shape.grace_days,
        default_after=shape.default_after,
        bank_days=shape.bank_days,
        returns_days=shape.returns_days,
        country=shape.place.country,
        region=shape.place.region,
        from_on=shape.from_on,
        made_by_id=scope.user,
        made_at=at,
        book_day=book_day,
        because=shape.because,
        note_id=note,
    )
    debts = [
        PlanDebt(**own, version=number, account_id=account, amount_minor=amount)
        for account, amount in sorted(shape.amounts.items())
        if amount
    ]
    PlanDebt.objects.using(using).bulk_create(debts)
    rows = [
        PlanInstalment(
            **own, version=number, number=each.number, nominal_on=each.nominal, due_on=each.due,
            amount_minor=each.amount,
        )
        for each in shape.instalments
    ]  # fmt: skip
    PlanInstalment.objects.using(using).bulk_create(rows)


def plan(plan_id: int, *, using: str = "default") -> Standing | None:
    """Return a plan with the version that holds; None where the scope sees no such one."""
    found = _standing(Plan.objects.using(using).filter(pk=plan_id), using)
    return found[0] if found else None


def of_person(person_id: int, *, using: str = "default") -> tuple[Standing, ...]:
    """Return a person's plans, the newest first."""
    return tuple(_standing(Plan.objects.using(using).filter(person_id=person_id).order_by("-made_at", "-pk"), using))


def of_accounts(accounts: Iterable[int], states: Iterable[PlanState], *, using: str = "default") -> list[Standing]:
    """Return the plans in ``states`` whose version in force covers one of ``accounts``, by id."""
    covered = PlanDebt.objects.using(using).filter(account_id__in=list(accounts)).values("plan_id").distinct()
    rows = Plan.objects.using(using).filter(pk__in=covered, state__in=[state.value for state in states])
    found = _standing(rows.order_by("pk"), using)
    wanted = set(accounts)
    return [each for each in found if wanted & set(each.shape.amounts)]


def have_plans(accounts: Sequence[int], *, using: str = "default") -> bool:
    """Return whether a plan was ever made on one of ``accounts``: where none was, nothing more need be read."""
    return PlanDebt.objects.using(using).filter(account_id__in=list(accounts)).exists()


def listed(states: Iterable[PlanState], *, most: int = 500, using: str = "default") -> list[Standing]:
    """Return plans in ``states``, those behind longest first, then by their next due date."""
    rows = Plan.objects.using(using).filter(state__in=[state.value for state in states])
    return _standing(rows.order_by("behind_since", "next_due_on", "pk")[:most], using)


def with_edits_asked(*, most: int = 200, using: str = "default") -> list[Standing]:
    """Return plans on whose proposal or edit somebody must decide, oldest first."""
    rows = Plan.objects.using(using).filter(state=PlanState.AWAITING_APPROVAL.value)
    edits = Plan.objects.using(using).filter(asked_version__isnull=False)
    return _standing((rows | edits).order_by("made_at", "pk")[:most], using)


def versions(plan_id: int, *, using: str = "default") -> tuple[Written, ...]:
    """Return every version of a plan with who wrote it, when and why, the newest first."""
    rows = PlanVersion.objects.using(using).filter(plan_id=plan_id).select_related("made_by").order_by("-number")
    found = list(rows)
    notes = dict(
        Note.objects.using(using)
        .filter(pk__in=[row.note_id for row in found if row.note_id])
        .values_list("pk", "words")
    )
    shapes = _shapes({plan_id: {row.number for row in found}}, using)
    return tuple(
        Written(
            row.number,
            row.made_at,
            row.made_by.full_name if row.made_by else "",
            row.from_on,
            row.because,
            notes.get(row.note_id or 0, ""),
            shapes[plan_id, row.number],
        )
        for row in found
    )


def shape_of(plan_id: int, version: int, *, using: str = "default") -> Shape:
    """Return one version's shape; raises ``KeyError`` where there is none."""
    return _shapes({plan_id: {version}}, using)[plan_id, version]


def _standing(rows: Iterable[Plan], using: str) -> list[Standing]:
    plans = list(rows)
    shapes = _shapes({row.pk: {row.version} for row in plans}, using)
    return [
        Standing(
            id=row.pk,
            owner=row.organisation_id,
            by_organisation=row.by_organisation_id,
            person=row.person_id,
            currency=row.currency,
            means=row.means,
            state=PlanState(row.state),
            version=row.version,
            asked_version=row.asked_version,
            agreed_at=row.agreed_at,
            agreed_by=row.agreed_by,
            evidence=row.evidence,
            attempt=row.attempt_id,
            budget=row.budget_id,
            made_by=row.made_by_id,
            made_at=row.made_at,
            approved_by=row.approved_by_id,
            approved_at=row.approved_at,
            ended_by=row.ended_by_id,
            ended_at=row.ended_at,
            ended_because=row.ended_because,
            after_entry=row.after_entry,
            kept_minor=row.kept_minor,
            next_due_on=row.next_due_on,
            next_due_minor=row.next_due_minor,
            behind_since=row.behind_since,
            behind_minor=row.behind_minor,
            last_due_on=row.last_due_on,
            firm_after=row.firm_after,
            review_on=row.review_on,
            shape=shapes[row.pk, row.version],
        )
        for row in plans
    ]


def _shapes(wanted: Mapping[int, set[int]], using: str) -> dict[tuple[int, int], Shape]:
    if not wanted:
        return {}
    ids, numbers = list(wanted), sorted({number for own in wanted.values() for number in own})
    amounts: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    of_plans: dict[str, Any] = {"plan_id__in": ids, "version__in": numbers}
    for debt in PlanDebt.objects.using(using).filter(**of_plans).order_by("account_id"):
        amounts[debt.plan_id, debt.version][debt.account_id] = debt.amount_minor
    schedules: dict[tuple[int, int], list[Instalment]] = defaultdict(list)
    for row in PlanInstalment.objects.using(using).filter(**of_plans).order_by("number"):
        each = Instalment(row.number, row.nominal_on, row.due_on, row.amount_minor)
        schedules[row.plan_id, row.version].append(each)
    found = PlanVersion.objects.using(using).filter(plan_id__in=ids, number__in=numbers)
    return {
        (row.plan_id, row.number): Shape(
            kind=row.kind,
            rhythm=row.rhythm,
            charges=row.charges,
            shift=row.shift,
            rest=row.rest,
            tolerance=row.tolerance_minor,
            grace_days=row.grace_days,
            default_after=row.default_after,
            bank_days=row.bank_days,
            returns_days=row.returns_days,
            place=Place(row.country, row.region),
            from_on=row.from_on,
            because=row.because,
            amounts=amounts[row.plan_id, row.number],
            instalments=tuple(schedules[row.plan_id, row.number]),
        )
        for row in found
    }


def change(plan_id: int, *, only_in: Iterable[PlanState] = tuple(PlanState), using: str = "default", **to: Any) -> bool:
    """Write down what became of a plan, if it is still in one of the states ``only_in``; return whether it was."""
    rows = Plan.objects.using(using).filter(pk=plan_id, state__in=[state.value for state in only_in])
    return rows.update(**to) == 1


def due_to_judge(organisation: int, on: date, *, using: str = "night") -> list[int]:
    """Return accounts of plans whose standing time alone may have changed by ``on``."""
    rows = Plan.objects.using(using).filter(organisation_id=organisation)
    running = rows.filter(state__in=_RUNNING, next_due_on__lt=on) | rows.filter(state__in=["behind", "missed"])
    provisional = rows.filter(state=PlanState.COMPLETED.value, firm_after__lt=on)
    ids = [*running.values_list("pk", flat=True), *provisional.values_list("pk", flat=True)]
    covered = PlanDebt.objects.using(using).filter(plan_id__in=ids)
    return sorted(set(covered.values_list("account_id", flat=True)))


def version_made_by(plan_id: int, number: int, *, using: str = "default") -> int | None:
    """Return who wrote a version."""
    rows = PlanVersion.objects.using(using).filter(plan_id=plan_id, number=number)
    return rows.values_list("made_by_id", flat=True).first()
