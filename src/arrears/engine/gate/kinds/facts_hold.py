"""A rule that is plain about what it asks: named facts must hold, or the contact or act is barred."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from arrears.engine.gate.asking import Case, Debt, Facts
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.calendars import anniversary
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import ALWAYS, BEGINNING, FOREVER, Intervals

OF: Final = ("debt", "person", "collector", "address", "proposal")
REFUSE: Final = "refuse"
LET_GO: Final = "let_go"
APPLY: Final = "apply"
_PLAIN: Final[Mapping[str, Callable[[Any, Any], bool]]] = {  # Any: a fact and what the file compares it with
    "is": lambda value, wanted: bool(value == wanted),
    "not": lambda value, wanted: bool(value != wanted),
    "one_of": lambda value, wanted: value in wanted,
    "none_of": lambda value, wanted: value not in wanted,
    "at_least": lambda value, wanted: bool(value >= wanted),
    "at_most": lambda value, wanted: bool(value <= wanted),
}
_OWN: Final = ("kind", "status", "consumer_purpose", "in_default_when_obtained")
_DATED: Final = ("within_days", "after_days", "within_years", "after_years")


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared: ``test`` is a comparison, or counts local days from a date."""

    of: str
    name: str
    test: str
    wanted: Any  # a plain value of the file

    @property
    def fact(self) -> str:
        return f"{self.of}.{self.name}"

    def fails(self, value: object, case: Case) -> Intervals:
        """Return the instants at which ``value`` does not satisfy the test."""
        if self.test in _PLAIN:
            return Intervals() if _PLAIN[self.test](value, self.wanted) else ALWAYS
        day = self._edge(value if isinstance(value, date) else date.fromisoformat(str(value)))
        if self.test.startswith("within"):
            return Intervals.between(starts(case, day + 1, min), FOREVER)
        return Intervals.between(BEGINNING, starts(case, day, max))

    def _edge(self, day: date) -> int:
        """Return the epoch day so many days, or calendar years, after ``day``."""
        if self.test.endswith("years"):
            return epoch_day(anniversary(day, self.wanted, is_late=self.test.startswith("after")))
        return epoch_day(day) + int(self.wanted)


@dataclass(frozen=True, slots=True)
class FactsHold(Evaluator):
    """Where all of ``when`` are true, all of ``must`` have to be; ``missing`` says what an unknown one of these does.

    ``when_missing`` says the same of ``when``, where the others of them are true; under apply what nobody has said
    excuses nothing.
    """

    when: tuple[Test, ...]
    must: tuple[Test, ...]
    missing: str
    when_missing: str = LET_GO
    fact_names = frozenset({"fact", "value", "wanted"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts or (None,):
            applies = applying(self.when, debt, case)
            if applies is True or (applies and self.when_missing == APPLY):
                yield from self._failing(debt, case)
            elif applies and self.when_missing == REFUSE:
                yield from (lacking(test.fact) for test in applies)

    def _failing(self, debt: Debt | None, case: Case) -> Iterator[Finding]:
        for test in self.must:
            value = value_of(test, debt, case)
            if value is not None:
                facts = {"fact": test.fact, "value": value, "wanted": test.wanted}
                yield Finding(test.fails(value, case), facts)
            elif self.missing == REFUSE:
                yield lacking(test.fact)


def applying(when: tuple[Test, ...], debt: Debt | None, case: Case) -> bool | tuple[Test, ...]:
    """Return whether all of ``when`` are true: a fact that does not fit decides before those that are not known."""
    values = [(test, value_of(test, debt, case)) for test in when]
    if any(value is not None and test.fails(value, case) for test, value in values):
        return False
    return tuple(test for test, value in values if value is None) or True


def value_of(test: Test, debt: Debt | None, case: Case) -> object | None:
    """Return the fact that a test asks about, None where nobody has said."""
    return _facts(test.of, debt, case).get(test.name)


def _facts(of: str, debt: Debt | None, case: Case) -> Facts:
    proposal = case.proposal
    match of:
        case "debt":
            return {} if debt is None else {**{name: getattr(debt, name) for name in _OWN}, **debt.facts}
        case "person":
            return case.known.facts
        case "collector":
            return {"kind": proposal.collector.kind, **proposal.collector.facts}
        case "address":
            return {} if proposal.address is None else {"use": proposal.address.use, **proposal.address.facts}
        case _:
            return {"role": proposal.role, "channel": proposal.channel, "purpose": proposal.purpose, **proposal.facts}


def starts(case: Case, day: int, pick: Callable[[Iterable[int]], int]) -> int:
    """Return when the day begins: by the first or by the last clock of the person to see it."""
    return pick([local_days(zone, day, day).spans[0].start for zone in case.zones or ("UTC",)])


def read(given: Parameters) -> FactsHold:
    """``when`` and ``must``: lists of ``{of, name, <test>: value}``; ``missing``: refuse (usual) or let_go.

    ``when_missing``: the same for ``when`` (let_go is usual), or apply: ``must`` is asked all the same.
    ``of`` is debt, person, collector, address or proposal.
    Tests: is, not, one_of, none_of, at_least, at_most; for dates ``within_days`` (no older than so many days),
    ``after_days`` (at least so many days ago) and, to the same day of the calendar, ``within_years``, ``after_years``.
    A number that is one of law stands as ``{value, unit}``.
    """
    missing = given.word("missing", REFUSE, LET_GO) if given.has("missing") else REFUSE
    when_missing = given.word("when_missing", REFUSE, LET_GO, APPLY) if given.has("when_missing") else LET_GO
    return FactsHold(tuple(tests_in(given, "when")), tuple(tests_in(given, "must")), missing, when_missing)


def tests_in(given: Parameters, name: str) -> Iterator[Test]:
    """Yield the tests of the list ``name``; what names none is remembered as wrong. A number may carry its unit."""
    for raw in given.alternatives(name):
        tests = [test for test in (*_PLAIN, *_DATED) if test in raw]
        if raw.get("of") not in OF or not raw.get("name") or len(tests) != 1:
            given.wrong(name, f"{dict(raw)!r} names no fact of {', '.join(OF)} with one test")
            continue
        wanted = raw[tests[0]]
        yield Test(raw["of"], str(raw["name"]), tests[0], _frozen(wanted))


def _frozen(wanted: Any) -> Any:  # Any: a plain value of the file; rules are kept by what they hold, so no list stays
    value = wanted["value"] if isinstance(wanted, Mapping) else wanted
    return tuple(value) if isinstance(value, list) else value
