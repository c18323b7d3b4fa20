"""Whom a law binds, for which debts: other rules of that law name this one as their scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arrears.engine.gate.asking import Case, CollectorKind, Debt
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator

_BEARERS = ("collector", "debt", "person")
_OWN = {
    "collector": ("kind", "uses_other_name"),
    "debt": ("kind", "consumer_purpose", "in_default_when_obtained"),
    "person": (),
}
"""What the gate holds of each as a field of its own; all else is among their named facts."""
Alternative = tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class Scope(Evaluator):
    """Alternatives, each a list of facts with the values they must have; without any, the law binds everybody.

    Where None is among the values, a fact that nobody has said binds as well: the law is kept until it is said.
    """

    alternatives: tuple[Alternative, ...]

    def binds(self, case: Case, debt: Debt) -> bool | str:
        answers = [self._holds(alternative, case, debt) for alternative in self.alternatives]
        if not answers or True in answers:
            return True
        return next((answer for answer in answers if isinstance(answer, str)), False)

    def leans_on(self, case: Case, debt: Debt) -> str | None:
        """Return the fact that, were it said, might unbind the debt; None where what is known binds it."""
        unsaid: list[str] = []
        for alternative in self.alternatives:
            if self._holds(alternative, case, debt) is True:
                names = [name for name, _ in alternative if _value(name, case, debt) is None]
                if not names:
                    return None
                unsaid += names
        return next(iter(unsaid), None)

    def _holds(self, alternative: Alternative, case: Case, debt: Debt) -> bool | str:
        """Return whether all facts fit: a fact that does not fit decides before one that is not known."""
        values = [(name, _value(name, case, debt), allowed) for name, allowed in alternative]
        if any(value is not None and value not in allowed for _, value, allowed in values):
            return False
        return next((name for name, value, allowed in values if value is None and None not in allowed), True)


def _value(name: str, case: Case, debt: Debt) -> object:
    bearer, _, fact = name.partition(".")
    if bearer == "person":
        return case.known.facts.get(fact)
    said = case.proposal.collector if bearer == "collector" else debt
    value = getattr(said, fact) if fact in _OWN[bearer] else said.facts.get(fact)
    return value.value if isinstance(value, CollectorKind) else value


def read(given: Parameters) -> Scope:
    """``binds``: a list of alternatives, each a mapping of fact ("debt.kind") to the values it may have.

    ``null`` among the values: a fact that nobody has said binds too.
    """
    alternatives = given.alternatives("binds")
    for alternative in alternatives:
        for name in alternative:
            if not _is_fact(name):
                given.wrong("binds", f"{name!r} is no fact of {', '.join(_BEARERS)}")
    return Scope(tuple(_frozen(alternative) for alternative in alternatives))


def _frozen(alternative: Mapping[str, Any]) -> Alternative:  # Any: straight from a file
    return tuple((name, tuple(values)) for name, values in alternative.items() if _is_fact(name))


def _is_fact(name: str) -> bool:
    bearer, _, fact = name.partition(".")
    return bearer in _BEARERS and bool(fact)
