"""A debt that is disputed is told to others with its mark: by whatever medium, and however late, it was disputed."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import HoldKind
from arrears.engine.gate.asking import Case, Debt, lasting
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.intervals import ALWAYS, Intervals, union

MARK = "marked_disputed"
DISPUTED = "is_disputed"


@dataclass(frozen=True, slots=True)
class MarkedDisputed(Evaluator):
    """Bars an act without the mark while a dispute is open, or where the debt itself is said to be disputed.

    A dispute by one of those who owe it is one of the debt. Whether the mark is there refuses by its name if unsaid.
    """

    fact_names = frozenset({"fact"})

    def bars(self, case: Case) -> Iterable[Finding]:
        marked = case.proposal.facts.get(MARK)
        if marked is True:
            return
        fact = f"proposal.{MARK}"
        for debt in case.debts:
            open_ = disputed(debt, case)
            if open_:
                yield Finding(open_, missing=fact) if marked is None else Finding(open_, {"fact": fact})


def disputed(debt: Debt, case: Case) -> Intervals:
    """Return when ``debt`` is disputed: always where that is said of it, and while a dispute of it is open.

    That somebody once said it is not disputed closes no dispute that came since.
    """
    if debt.facts.get(DISPUTED):
        return ALWAYS
    return union(
        lasting(hold.since, hold.until)
        for hold in case.known.holds
        if hold.kind is HoldKind.DISPUTE
        and (debt.id in hold.debts or hold.is_on(case.proposal.person, frozenset((debt.id,))))
    )


def read(_given: Parameters) -> MarkedDisputed:
    """Take no parameters."""
    return MarkedDisputed()
