"""A debt too old to be sued on: acts, words that speak of suit, or any contact at all, by what the rule says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from arrears.domain.wording import Topic
from arrears.engine.gate.asking import Case, Debt
from arrears.engine.gate.kinds.facts_hold import Test, applying, starts, tests_in
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import FOREVER, Intervals


@dataclass(frozen=True, slots=True)
class LimitationOver(Evaluator):
    """Bars from the day after the last one on.

    ``mentions``: only words that speak of one of these. ``ends_debt``: only where the debt itself ends. ``unless``:
    facts that let it go all the same. ``known``: what is not known of limitation refuses as well.
    """

    mentions: frozenset[Topic]
    ends_debt: bool
    unless: tuple[Test, ...]
    known: bool
    fact_names = frozenset({"last_day", "debt", "citation"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        spoken = (words.mentions if words else None) or frozenset()
        if self.mentions and not self.mentions & spoken:
            return
        for debt in case.debts:
            yield from self._of(debt, case)

    def _of(self, debt: Debt, case: Case) -> Iterator[Finding]:
        standing = debt.limitation
        last = None if standing is None else standing.ends_debt_after if self.ends_debt else standing.last_day
        if last is not None:
            yield from self._over(debt, last, case)
        if self.known:
            yield from map(lacking, ("debt.limitation",) if standing is None else standing.missing)

    def _over(self, debt: Debt, last: date, case: Case) -> Iterator[Finding]:
        barred = Intervals.between(starts(case, epoch_day(last) + 1, min), FOREVER)
        excused = applying(self.unless, debt, case) if self.unless else False
        if excused is False:
            citation = debt.limitation.citation if debt.limitation else ""
            yield Finding(barred, {"last_day": last, "debt": debt.number or debt.id, "citation": citation})
        elif excused is not True:
            yield from (Finding(barred, missing=test.fact) for test in excused)


def read(given: Parameters) -> LimitationOver:
    """``mentions``: topics of words; ``ends_debt``, ``known``: yes or no; ``unless``: tests as in ``facts_hold``."""
    return LimitationOver(
        given.codes("mentions", Topic),
        given.flag("ends_debt"),
        tuple(tests_in(given, "unless")),
        given.flag("known"),
    )
