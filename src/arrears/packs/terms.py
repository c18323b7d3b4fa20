"""The terms by which a debt is computed: its product's, with rate tables filled in and caps of law put over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from arrears.domain.terms import Terms, read_terms
from arrears.kernel.problems import Problem, Where
from arrears.packs.caps import CapRule, DebtOf, caps_for
from arrears.packs.rates import resolved


@dataclass(frozen=True, slots=True)
class TermsInForce:
    """Terms as they bind one debt, the caps over them, and what stood in the way of a rate table."""

    terms: Terms
    caps: tuple[CapRule, ...]
    problems: tuple[Problem, ...]


def terms_in_force(
    said: Mapping[str, Any], debt: DebtOf, as_of: date = date.max, where: Where | None = None
) -> TermsInForce | list[Problem]:
    """Return the terms in ``said`` (a product's JSON) as they bind ``debt``, or all that is wrong with them.

    A rate table that law does not extend to the debt leaves nothing behind, and the problem says why; a rate or sum
    above a cap is held at the cap. ``as_of`` picks the caps that hold; left out, those without an end.
    """
    filled, problems = resolved(said, debt, as_of)
    caps = caps_for(debt.country, debt.debt_kind, debt.consumer, as_of)
    read = read_terms(_held(filled, caps), where)
    return TermsInForce(read, caps, problems) if isinstance(read, Terms) else read


def _held(said: dict[str, Any], caps: tuple[CapRule, ...]) -> dict[str, Any]:
    charge = said.get("late_charge")
    if not isinstance(charge, Mapping):
        return said
    rates = [rule.rate_ppm for rule in caps if rule.rate_ppm is not None]
    sums = [rule.sum_ppm for rule in caps if rule.sum_ppm is not None]
    lower = {**_least(charge, "rate_cap_ppm", rates), **_least(charge, "cap_ppm", sums)}
    return {**said, "late_charge": {**charge, **lower}}


def _least(charge: Mapping[str, Any], name: str, most: list[int]) -> dict[str, Any]:
    """Return the lower of a contract's own cap and those of law; a cap that is not a number is left to the reader."""
    own = charge.get(name, 0)
    if not most or not isinstance(own, int):
        return {}
    return {name: min([*most, own] if own else most)}
