"""The builder: debts chosen, a budget said, plans worked out side by side, one agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from arrears.actions.plans import affording, budgets, drafting
from arrears.actions.plans.drafting import Draft, Drafted
from arrears.actions.plans.mistakes import wrong
from arrears.domain.plans import Charges, Outline, Rhythm
from arrears.engine.budget.budget import Budget
from arrears.engine.plans.projecting import Projected
from arrears.engine.plans.proposals import Answer, Means, affordable
from arrears.engine.plans.shares import pro_rata
from arrears.kernel.problems import Problem
from arrears.packs.budget import form
from arrears.store.doors.cases import Case, Debt
from arrears.web.call.owed import Owed, owed_on
from arrears.web.numbers import wholes
from arrears.web.plans import forms, words
from arrears.web.plans.forms import Typed, TypedBudget
from arrears.web.plans.pictures import Picture, what_is_left


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that may be agreed: what it is called, its shape, what the debts become, whether it must be approved."""

    why: str
    outline: Outline
    drafted: Drafted
    outlook: tuple[Projected, ...]
    left: int = 0

    @property
    def most_each(self) -> int:
        """The highest instalment."""
        return max(each.amount for each in self.drafted.shape.instalments)

    @property
    def charges(self) -> int:
        """The late charge that arises until the end."""
        return self.outlook[-1].charges

    @property
    def owed_after(self) -> int:
        """What is owed after the last instalment."""
        return self.outlook[-1].owed

    @property
    def name(self) -> str:
        """What the plan is called."""
        return str(words.WHYS[self.why])

    @property
    def reason(self) -> str:
        """Why it is proposed."""
        return str(words.WHY_WORDS[self.why])


@dataclass(slots=True)
class Builder:
    """What the page shows and what was found on it."""

    case: Case
    owed: tuple[Owed, ...]
    typed: Typed
    today: date
    chosen: tuple[int, ...]
    currency: str
    amounts: dict[int, int] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    instead: tuple[str, ...] = ()
    budget: TypedBudget | None = None
    summed: Budget | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the plan covers."""
        return sum(self.amounts.values())

    @property
    def picture(self) -> Picture | None:
        """What each proposal leaves over time."""
        if not self.choices:
            return None
        lines = [(each.name, each.drafted.shape.instalments) for each in self.choices]
        return what_is_left(lines, self.total, self.currency, self.today)

    @property
    def groups(self) -> list[dict[str, Any]]:  # Any: a template's context
        """The form, with what was typed."""
        return [
            {
                "name": group.name,
                "words": group.words,
                "lines": [
                    {
                        "name": line.name,
                        "words": line.words,
                        "value": self.typed.get(f"line-{line.name}", ""),
                        "rhythm": self.typed.get(f"rhythm-{line.name}", "monthly"),
                    }
                    for line in group.lines
                ],
            }
            for group in form().groups
        ]

    def choice(self, why: str) -> Choice | None:
        """Return the plan that was chosen."""
        return next((each for each in self.choices if each.why == why), None)


def begin(case: Case, typed: Typed, today: date, chosen: Sequence[str], *, is_posted: bool) -> Builder:
    """Return the builder over a person's debts; where nothing was chosen, over those that are past due."""
    live = tuple(owed_on(debt, today) for debt in case.debts if debt.role == "debtor" and _is_open(debt))
    known = {one.debt.id for one in live}
    picked = tuple(number for number in wholes(chosen) if number in known)
    if not is_posted:
        late = tuple(one.debt.id for one in live if one.ask_minor > 0)
        picked = picked or late or tuple(known)[:1]
    currencies = [one.debt.currency for one in live if one.debt.id in picked] or [one.debt.currency for one in live]
    return Builder(case, live, typed, today, picked, currencies[0] if currencies else "USD")


def _is_open(debt: Debt) -> bool:
    return debt.status in {"open", "written_off"}


def offered(one: Owed, typed: Typed) -> int:
    """Return what a plan covers of a debt unless said otherwise: what is past due, or all of it."""
    return one.state.contractual if typed.get("covers") == "all" else one.ask_minor


def work_out(builder: Builder, now: datetime, *, may_see_budget: bool) -> None:
    """Work out what may be agreed, into the builder; mistakes go beside their fields."""
    typed = builder.typed
    first = forms.typed_first(typed, builder.problems)
    own = {one.debt.id: offered(one, typed) for one in builder.owed}
    amounts = forms.amounts_of(typed, builder.chosen, own, builder.currency)
    if isinstance(amounts, list):
        builder.problems += amounts
        amounts = {}
    builder.amounts = amounts
    if may_see_budget and forms.is_budget_typed(typed):
        _read_budget(builder)
    if builder.problems or first is None or not amounts:
        builder.problems += [] if amounts or builder.problems else [wrong("debts_missing", "accounts")]
        return
    place = drafting.place_of(min(amounts))
    outlines: list[tuple[str, Outline, int]] = []
    if builder.budget is not None and builder.summed is not None:
        answer = _affordable(builder, builder.summed, first)
        outlines = [(each.why.value, each.outline, each.left) for each in answer.proposals]
        builder.instead = tuple(one.value for one in answer.instead)
    if _is_own_shape(typed):
        made = forms.typed_outline(typed, builder.currency, builder.total, first, place)
        if isinstance(made, list):
            builder.problems += made
        else:
            outlines.append(("own", made, 0))
    builder.choices = tuple(_choices(builder, outlines, forms.charges_of(typed.get("charges", "")), now))


def _is_own_shape(typed: Typed) -> bool:
    return any(typed.get(name, "").strip() for name in ("count", "each"))


def _read_budget(builder: Builder) -> None:
    read = forms.typed_budget(builder.typed, builder.currency)
    if isinstance(read, list):
        builder.problems += read
        return
    builder.problems += budgets.mistakes_of(read.lines, consented=bool(builder.typed.get("consented")))
    builder.budget, builder.summed = read, budgets.total_of(read.lines)


def _affordable(builder: Builder, made: Budget, first: date) -> Answer:
    said = builder.budget
    assert said is not None
    rhythm = forms.rhythm_of(builder.typed.get("rhythm", ""))
    means = _means(said, made, first, rhythm)
    place = drafting.place_of(min(builder.amounts))
    shift = forms.shift_of(builder.typed.get("shift", ""))
    return affordable(builder.total, means, place, budgets.bounds(), shift, 31 if builder.typed.get("month_end") else 0)


def _means(said: TypedBudget, made: Budget, first: date, rhythm: Rhythm) -> Means:
    return Means(
        monthly=made.surplus, rhythm=rhythm, first=first, rises_on=said.rises_on, rise=said.rise_minor,
        lump_on=said.lump_on, lump=said.lump_minor,
    )  # fmt: skip


def _choices(
    builder: Builder, outlines: Sequence[tuple[str, Outline, int]], charges: Charges, now: datetime
) -> list[Choice]:
    found = []
    for why, outline, left in outlines:
        amounts = _covering(builder.amounts, outline.total)
        said = Draft(person=builder.case.who.id, amounts=amounts, outline=outline, charges=charges)
        drafted = drafting.draft(said, now=now)
        if isinstance(drafted, list):
            builder.problems += [problem for problem in drafted if problem not in builder.problems]
            continue
        if why == "own":
            builder.problems += above_surplus(builder, outline)
        found.append(Choice(why, outline, drafted, drafting.outlook(drafted, now=now), left))
    return found


def above_surplus(builder: Builder, outline: Outline) -> list[Problem]:
    """Return the mistake that an instalment set by hand is higher than what the budget leaves at the time."""
    if builder.budget is None or builder.summed is None:
        return []
    return affording.beyond(outline, _means(builder.budget, builder.summed, outline.first, outline.rhythm))


def _covering(amounts: Mapping[int, int], total: int) -> dict[int, int]:
    """Return what a smaller plan covers of each debt: its share."""
    if total == sum(amounts.values()):
        return dict(amounts)
    return {account: amount for account, amount in pro_rata(total, amounts).items() if amount}


def first_pay_day(today: date) -> date:
    """Return the day that the form begins with: a week from now."""
    return today + timedelta(days=7)
