"""Facts with which every rule of the book that asks for plain facts is content, each by who bears it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from arrears.domain.notices import Notice, NoticeKind
from arrears.engine.gate.kinds.facts_hold import FactsHold, Test
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.kernel.intervals import moment_of
from arrears.packs.compliance import rule_book

#: What no test of a rule gives away: the way out of a rule that binds only some debts.
MORE: Mapping[str, Mapping[str, Any]] = {"debt": {"is_transferred": False}}


@cache
def favourable() -> Mapping[str, Mapping[str, Any]]:
    """Return by bearer (debt, person, collector, address, proposal) the facts that satisfy what rules ask of them."""
    found: dict[str, dict[str, Any]] = {of: {} for of in ("debt", "person", "collector", "address", "proposal")}
    for rule in rule_book().rules:
        if isinstance(rule.evaluator, FactsHold):
            for test in rule.evaluator.must:
                found[test.of].setdefault(test.name, satisfying(test))
        if isinstance(rule.evaluator, NoticeDue):
            found["debt"].setdefault(rule.evaluator.since, "2026-12-31")
    return {of: {**facts, **MORE.get(of, {})} for of, facts in found.items()}


def satisfying(test: Test) -> Any:
    """Return a value that satisfies a test, on any day of 2026."""
    match test.test:
        case "is" | "at_least" | "at_most":
            return test.wanted
        case "one_of":
            return min(test.wanted, key=str)
        case "not" | "none_of":
            return "other" if not isinstance(test.wanted, bool) else not test.wanted
        case "within_days" | "within_years":
            return "2026-12-31"
        case _:
            return "1990-01-01"


def every_notice(person: str, debt: str, sender: str) -> tuple[Notice, ...]:
    """Return one notice of each kind about a debt, sent long ago and never come back; none that gives the debt up."""
    long_ago = moment_of(0)
    assert long_ago is not None
    return tuple(
        Notice(kind=kind, person=person, sent_at=long_ago, by=sender, debts=frozenset({debt}))
        for kind in NoticeKind
        if kind is not NoticeKind.UNVERIFIED_DEBT
    )
