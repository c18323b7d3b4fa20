"""A rate of interest that may be so many times a reference rate of the day of the contract, and no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from arrears.engine.gate.asking import Case, Debt
from arrears.engine.gate.kinds.facts_hold import Test, applying, tests_in
from arrears.engine.gate.parameters import Parameters, read_date
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.intervals import ALWAYS

PPM_OF_100_PERCENT = 1_000_000
RATE = "annual_rate_ppm"
REFERENCE = "reference_rate_ppm"
CONTRACTED = "contracted_on"


@dataclass(frozen=True, slots=True)
class RateCeiling(Evaluator):
    """Refuses a yearly rate (``annual_rate_ppm`` of the proposal, all costs in it) above ``times`` the reference.

    The reference is what was said of the debt (``reference_rate_ppm``), else the one of ``rates`` that was in force on
    the day of the contract (``contracted_on``). Rates are whole millionths a year. What is not known refuses by name;
    a contract from before the first of ``rates`` has no reference here.
    """

    times: int
    rates: tuple[tuple[date, int], ...]
    when: tuple[Test, ...]
    fact_names = frozenset({"rate", "most", "reference", "times", "debt"})

    def bars(self, case: Case) -> Iterable[Finding]:
        charged = case.proposal.facts.get(RATE)
        for debt in case.debts:
            applies = applying(self.when, debt, case)
            if applies is not True:
                yield from (lacking(test.fact) for test in applies or ())
                continue
            reference = self.reference(debt)
            if not isinstance(charged, int):
                yield lacking(f"proposal.{RATE}")
            elif reference is None:
                yield lacking(f"debt.{REFERENCE if debt.facts.get(CONTRACTED) else CONTRACTED}")
            elif charged > self.times * reference:
                yield Finding(ALWAYS, self._facts(charged, reference, debt))

    def reference(self, debt: Debt) -> int | None:
        """Return the reference rate that holds for ``debt``, in millionths a year; None where it is not known."""
        said = debt.facts.get(REFERENCE)
        if isinstance(said, int):
            return said
        signed: Any = debt.facts.get(CONTRACTED)  # a day as it was kept, or its ISO form
        if not signed:
            return None
        day = signed if isinstance(signed, date) else date.fromisoformat(str(signed))
        return next((ppm for since, ppm in reversed(self.rates) if since <= day), None)

    def _facts(self, charged: int, reference: int, debt: Debt) -> dict[str, object]:
        return {
            "rate": percent(charged),
            "most": percent(self.times * reference),
            "reference": percent(reference),
            "times": self.times,
            "debt": debt.number or debt.id,
        }


def percent(ppm: int) -> str:
    """Return a rate in millionths as every language writes it here: ``12.4 %``."""
    whole, part = divmod(ppm * 100, PPM_OF_100_PERCENT)
    digits = f"{part:06d}".rstrip("0")
    return f"{whole}.{digits} %" if digits else f"{whole} %"


def read(given: Parameters) -> RateCeiling:
    """``times`` in times; ``rates``: a list of ``{from, ppm}``, oldest first; ``when``: tests as in ``facts_hold``."""
    rates = []
    for raw in given.alternatives("rates"):
        try:
            since = read_date(raw.get("from"))
        except ValueError:
            since = None
        if since is None or not isinstance(raw.get("ppm"), int):
            given.wrong("rates", f"{dict(raw)!r} has no day and whole millionths")
            continue
        rates.append((since, int(raw["ppm"])))
    if rates != sorted(rates):
        given.wrong("rates", "are not in the order of their days")
    return RateCeiling(given.whole("times", "times"), tuple(rates), tuple(tests_in(given, "when")))
