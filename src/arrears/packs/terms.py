"""The terms by which a debt is computed: its product's, with rate tables filled in and caps of law put over them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from arrears.domain.terms import Cap, Terms, read_terms
from arrears.kernel.problems import Problem, Where
from arrears.packs.caps import CapRule, DebtOf, caps_for
from arrears.packs.rates import resolved


@dataclass(frozen=True, slots=True)
class TermsInForce:
    """Terms as they bind one debt, the rules whose caps lie over them, and what stood in the way of a rate table."""

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
    read = read_terms(filled, where)
    if not isinstance(read, Terms):
        return read
    rules = caps_for(debt.country, debt.debt_kind, debt.consumer, as_of)
    return TermsInForce(replace(read, caps=tuple(cap for rule in rules for cap in _caps(rule))), rules, problems)


def _caps(rule: CapRule) -> tuple[Cap, ...]:
    """Return the bound of a rule as the ledger holds it; one that only asks for a ground bounds no computed charge."""
    if rule.rate_ppm is None and rule.sum_ppm is None:
        return ()
    since = rule.law.effective_from if rule.law else None
    end = rule.law.effective_to if rule.law else None
    until = end + timedelta(days=1) if end else None
    return (Cap(rule.id, rate_ppm=rule.rate_ppm, ppm=rule.sum_ppm, since=since, until=until),)
