"""Which caps bound a debt, and whether one of them refuses a charge that somebody means to post."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from arrears.domain.entries import EntryKind
from arrears.engine.computation import said_amount
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text
from arrears.packs.caps.reading import CapRule, cap_rules

PPM: Final = 1_000_000
GROUNDS: Final = frozenset({"contract", "statute", "judgment"})
"""What a charge by hand may rest on."""
CHARGING: Final = frozenset({EntryKind.FEE, EntryKind.COST, EntryKind.ADJUSTMENT})
"""Kinds of entry by which a charge is posted by hand; costs of recovery are no part of a sum that law bounds."""


@dataclass(frozen=True, slots=True)
class DebtOf:
    """A debt as caps and rate tables ask about it; ``consumer`` None is not known, and counts as one for caps."""

    country: str
    debt_kind: str
    consumer: bool | None
    currency: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the debt stands: principal opened, and all interest, fees and charges so far, paid or not. Minor units."""

    principal_minor: int
    charged_minor: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge that somebody means to post: its kind and amount, what it rests on, whether for somebody else."""

    kind: EntryKind
    amount_minor: int
    ground: str = ""
    for_another: bool = False


def caps_for(country: str, debt_kind: str, consumer: bool | None, as_of: date) -> tuple[CapRule, ...]:  # noqa: FBT001
    """Return the caps that are switched on and bound such a debt on ``as_of``, by id."""
    return tuple(
        rule
        for rule in cap_rules()
        if rule.ships_on and rule.holds_on(as_of) and _covers(rule, country, debt_kind, consumer=consumer)
    )


def _covers(rule: CapRule, country: str, debt_kind: str, *, consumer: bool | None) -> bool:
    return (
        (not rule.place or rule.place == country)
        and (not rule.debt_kinds or debt_kind in rule.debt_kinds)
        and (rule.consumer is None or rule.consumer == (consumer is not False))
    )


def refusal_of(charge: Charge, debt: DebtOf, standing: Standing, as_of: date) -> Problem | None:
    """Return why a charge by hand may not be posted, by the rule that refuses it; None where no cap does (R11)."""
    if charge.kind not in CHARGING or charge.amount_minor <= 0:
        return None
    rules = caps_for(debt.country, debt.debt_kind, debt.consumer, as_of)
    return next((found for rule in rules if (found := _refusal(rule, charge, standing, debt.currency))), None)


def _refusal(rule: CapRule, charge: Charge, standing: Standing, code: str) -> Problem | None:
    if rule.for_another is not None and rule.for_another != charge.for_another:
        return None
    if rule.needs_ground and charge.ground not in GROUNDS:
        return _problem(rule, "charge_without_ground", _NO_GROUND, _NAME_GROUND)
    if rule.sum_ppm is not None and charge.kind is not EntryKind.COST:
        room = max(0, standing.principal_minor * rule.sum_ppm // PPM - standing.charged_minor)
        if charge.amount_minor > room:
            return _problem(rule, "charge_above_cap", _ABOVE, _leave(room, code))
    return None


def _leave(room: int, code: str) -> Text:
    said = zip(LANGUAGES, _LEAVE, strict=True)
    return Text(*(words.format(room=said_amount(room, language, code)) for language, words in said))


def _problem(rule: CapRule, code: str, reason: Text, remedy: Text) -> Problem:
    said = Text(*(f"{why} {words} ({rule.cites})" for why, words in zip(reason, rule.words, strict=True)))
    return Problem(code, said, remedy, Where(field="amount_minor"))


def failing_cases(rule: CapRule) -> Iterator[Problem]:
    """Yield a problem for each case of the cap's own file that comes out otherwise."""
    for number, case in enumerate(rule.cases, start=1):
        wanted, found = _tried(rule, case)
        if wanted != found:
            reason = _CASE.filled(name=case.get("name", ""), wanted=wanted, found=found)
            yield Problem("case_differs", reason, _MEND, Where(f"caps/{rule.id}", number, "cases"))


def _tried(rule: CapRule, case: Mapping[str, Any]) -> tuple[object, object]:
    if "held_at_ppm" in case:
        return case["held_at_ppm"], rule.rate_held(int(case["rate_ppm"]))
    fee = Charge(EntryKind.FEE, int(case["fee_minor"]), str(case.get("ground", "")), bool(case.get("for_another")))
    standing = Standing(int(case.get("principal_minor", 0)), int(case.get("charged_minor", 0)))
    return case["refused"], _refusal(rule, fee, standing, "XXX") is not None


_ABOVE = Text(
    "This charge passes the most that may be charged.",
    "Este cargo supera el máximo que se puede cobrar.",
    "该费用超过可收取的上限。",
)
_LEAVE = Text(
    "Post no more than {room}.",
    "No asiente más de {room}.",
    "最多可记 {room}。",
)
_NO_GROUND = Text("This charge names no ground.", "Este cargo no indica fundamento.", "该费用未注明依据。")
_NAME_GROUND = Text(
    "Name the clause of the contract or the law that allows it.",
    "Indique la cláusula del contrato o la norma que lo permite.",
    "请注明允许收取的合同条款或法规。",
)
_CASE = Text(
    "Case “{name}” should give {wanted} and gives {found}.",
    "El caso «{name}» debería dar {wanted} y da {found}.",
    "案例“{name}”应得 {wanted}，实得 {found}。",
)
_MEND = Text("Correct the cap or the case.", "Corrija el tope o el caso.", "请更正上限或案例。")
