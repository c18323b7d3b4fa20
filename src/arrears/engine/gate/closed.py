"""Why the rest of the week is closed: for each stretch in which contact is refused, every rule that refuses it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.engine.gate.asking import PLAIN, Case, Known, Proposal, Settings
from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.judging import Heard, hear
from arrears.engine.gate.rules import Rule
from arrears.engine.gate.verdict import Answer
from arrears.kernel.intervals import DAY, Intervals, moment_of, union

WEEK: Final = 7 * DAY


@dataclass(frozen=True, slots=True)
class Closed:
    """From ``start`` until ``until`` (aware, UTC) the answer is a refusal, by each of ``rules`` all that time."""

    start: datetime
    until: datetime
    rules: tuple[Rule, ...]


def closed_hours(book: RuleBook, proposal: Proposal, known: Known, settings: Settings = PLAIN) -> tuple[Closed, ...]:
    """Return the refused stretches of the week from the proposal's instant on, in order, cut where the rules change.

    With the windows of the verdict they fill the week: what is in neither does not exist, what is in both neither.
    """
    case = Case.of(proposal, known)
    week = Intervals.between(case.around, case.around + WEEK)
    barred = ((heard.rule, _refused(heard) & week) for heard in hear(book, case, settings))
    return tuple(_stretches([(rule, bars) for rule, bars in barred if bars]))


def _refused(heard: Heard) -> Intervals:
    """Return when the rule refuses; what it only warns of or asks a part for leaves the hour open."""
    return union(found.when for found in heard.stands if heard.answer_by(found) is Answer.REFUSE)


def _stretches(barred: list[tuple[Rule, Intervals]]) -> Iterator[Closed]:
    edges = sorted({edge for _, bars in barred for span in bars for edge in span})
    begun: tuple[int, tuple[Rule, ...]] | None = None
    for edge in edges:
        rules = tuple(rule for rule, bars in barred if edge in bars)
        if begun is not None and begun[1] != rules:
            yield from _closed(begun[0], edge, begun[1])
            begun = None
        begun = begun or (edge, rules)


def _closed(begin: int, end: int, rules: tuple[Rule, ...]) -> Iterator[Closed]:
    start, until = moment_of(begin), moment_of(end)
    if rules and start is not None and until is not None:
        yield Closed(start, until, rules)
