"""A plan before it is made: what is wrong with it, what its schedule is, what the debts become, who must approve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import people, positions
from arrears.actions.plans.mistakes import wrong
from arrears.domain.plans import ACTIVE, Charges, Instalment, Outline, PlanState
from arrears.engine.ledger import by_day
from arrears.engine.plans.judging import Debt
from arrears.engine.plans.projecting import Projected, projected
from arrears.engine.plans.proposals import months_of
from arrears.engine.plans.schedule import schedule
from arrears.kernel.calendars import Place
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.plans import rules
from arrears.store.doors import dealings, plans, postings
from arrears.store.doors import positions as bases
from arrears.store.doors import promises as rows
from arrears.store.doors.plans import Shape, Standing
from arrears.store.doors.positions import Basis

IN_THE_WAY: Final = frozenset({*ACTIVE, PlanState.DEFAULTED, PlanState.PROPOSED, PlanState.AWAITING_APPROVAL})
"""States in which a plan keeps another one off its debts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to agree: on which debts how much, by which outline, what charges do meanwhile.

    ``amounts`` minor units by account; the outline's total must be their sum.
    """

    person: int
    amounts: Mapping[int, int]
    outline: Outline
    charges: Charges = Charges.RUN
    because: str = "agreed"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft worked out: its shape, what the debts become if it is kept, whether somebody must approve it."""

    owner: int
    currency: str
    shape: Shape
    months: int
    needs_approval: bool


def draft(
    said: Draft, *, now: datetime, instead_of: Standing | None = None, using: str = "default"
) -> Drafted | list[Problem]:
    """Work a draft out; every mistake is returned. ``instead_of`` is the plan that it is an edit of."""
    found = bases.bases_of(positions.ids(said.amounts), using=using)
    problems = _mistakes_of_debts(said, found, instead_of, now, using)
    made = schedule(said.outline)
    if isinstance(made, Problem):
        problems.append(made)
    if problems or isinstance(made, Problem):
        return problems
    today = local_day(now, found[0].timezone)
    if made[0].due < today:
        return [wrong("begins_in_the_past", "first")]
    months = months_of(made)
    if months > rules().most_months:
        return [wrong("too_long", "count", months=rules().most_months)]
    return Drafted(
        found[0].owner,
        currency_of(found[0].account, using),
        _shape(said, found, made, today),
        months,
        needs_approval=not may_agree(months, said.charges, using=using),
    )


def may_agree(months: int, charges: Charges, *, using: str = "default") -> bool:
    """Return whether the user of the scope agrees such a plan without asking; a job agrees none."""
    own = rules().of_roles(people.own_roles(using=using))
    return months <= own.months and (own.may_freeze or charges is Charges.RUN)


def currency_of(account: int, using: str) -> str:
    """Return the currency of an account in sight."""
    owed = postings.owed(account, using=using)
    assert owed is not None
    return owed.currency


def _shape(said: Draft, found: list[Basis], made: tuple[Instalment, ...], today: date) -> Shape:
    terms = [positions.terms_of(basis) for basis in found]
    outline, known = said.outline, rules()
    return Shape(
        kind=outline.kind.value,
        rhythm=outline.rhythm.value,
        charges=said.charges.value,
        shift=outline.shift.value,
        rest=outline.rest.value,
        tolerance=max(one.tolerance_minor for one in terms),
        grace_days=known.grace_days,
        default_after=known.default_after,
        bank_days=max(one.bank_days for one in terms),
        returns_days=max(one.returns_days for one in terms),
        place=found[0].place,
        from_on=today,
        because=said.because,
        amounts=dict(said.amounts),
        instalments=made,
    )


def _mistakes_of_debts(
    said: Draft, found: list[Basis], instead_of: Standing | None, now: datetime, using: str
) -> list[Problem]:
    if not said.amounts:
        return [wrong("debts_missing", "accounts")]
    if len(found) != len(said.amounts) or {basis.person for basis in found} != {said.person}:
        return [wrong("not_one_person", "accounts")]
    if len({currency_of(basis.account, using) for basis in found}) > 1:
        return [wrong("currencies_differ", "accounts")]
    problems = [problem for basis in found for problem in _mistakes_of_debt(said, basis, instead_of, now, using)]
    return problems + _mistakes_of_plans(said, instead_of, using)


def _mistakes_of_debt(
    said: Draft, basis: Basis, instead_of: Standing | None, now: datetime, using: str
) -> list[Problem]:
    owed = postings.owed(basis.account, using=using)
    number = owed.number if owed else ""
    if basis.account in disputed([basis.account], now=now, using=using):
        return [wrong("debt_is_disputed", "accounts", number=number)]
    most = _owed_at_most(basis.account, said.outline, using)
    was_in = instead_of is not None and basis.account in instead_of.shape.amounts
    if most <= 0 and not was_in:
        return [wrong("debt_is_over", "accounts", number=number)]
    paid = instead_of.kept_minor if instead_of else 0
    return [wrong("more_than_owed", "amounts", number=number)] if said.amounts[basis.account] > most + paid else []


def _owed_at_most(account: int, outline: Outline, using: str) -> int:
    """Return what is owed on the day of the first instalment at most, late charge included."""
    row = bases.read([account], using=using).get(account)
    return 0 if row is None else max(0, by_day.contractual(row, epoch_day(outline.first)))


def _mistakes_of_plans(said: Draft, instead_of: Standing | None, using: str) -> list[Problem]:
    for other in plans.of_accounts(said.amounts, IN_THE_WAY, using=using):
        if instead_of is None or other.id != instead_of.id:
            account = min(set(other.shape.amounts) & set(said.amounts))
            owed = postings.owed(account, using=using)
            return [wrong("has_plan", "accounts", number=owed.number if owed else "")]
    return []


def disputed(accounts: list[int], *, now: datetime, using: str = "default") -> frozenset[int]:
    """Return those of ``accounts`` that are in dispute: nothing of a plan goes to them (12 CFR 1006.30(c))."""
    holds = dealings.dealt_with(accounts, now=now, using=using).holds
    bit = next(bit for kind, bit in dealings.HOLD_BITS.items() if kind.value == "dispute")
    return frozenset(int(row["account"]) for row in holds if row["is_on"] and row["bit"] == bit)


def debts_of(accounts: Mapping[int, int], *, using: str = "default") -> dict[int, Debt]:
    """Return debts as judging and projecting need them."""
    facts = rows.facts_of(list(accounts), using=using)
    return {
        basis.account: Debt(facts[basis.account], positions.terms_of(basis), basis.place)
        for basis in bases.bases_of(positions.ids(accounts), using=using)
    }


def outlook(drafted: Drafted, *, now: datetime, using: str = "default") -> tuple[Projected, ...]:
    """Return what each instalment leaves of the debts, if the plan is kept and nothing else happens."""
    shape = drafted.shape
    debts = debts_of(shape.amounts, using=using)
    as_of = max(shape.from_on, local_day(now, "UTC") - timedelta(days=1))
    return projected(debts, shape.amounts, shape.instalments, Charges(shape.charges), as_of)


def place_of(account: int, *, using: str = "default") -> Place:
    """Return where banks are open for a debt."""
    (basis,) = bases.bases_of(positions.ids([account]), using=using)
    return basis.place
