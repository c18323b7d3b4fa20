"""Words about a debt too old to sue on carry the part that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.domain.contacts import Medium
from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case, Debt
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.engine.limitation.standing import NOTHING_KNOWN
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import FOREVER, Intervals

_WRITTEN: Final = frozenset({Medium.POST, Medium.EMAIL, Medium.TEXT})


@dataclass(frozen=True, slots=True)
class BarredPart(Evaluator):
    """Speaks from the day after the last one to sue, until the words carry all of ``needed``.

    ``first_only``: no longer once something in writing about the debt has gone to the person after that day. Where the
    day is not known the part cannot be made, as it may be untrue: what is not known is named.
    """

    needed: frozenset[Block]
    first_only: bool = False
    stage = Stage.PERSON
    fact_names = frozenset({"debt", "last_day"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        if self.needed <= ((words.blocks if words else None) or frozenset()):
            return
        for debt in case.debts:
            last = debt.limitation.last_day if debt.limitation else None
            if last is None or debt.limitation is None:
                yield from map(lacking, (debt.limitation or NOTHING_KNOWN).missing)
            else:
                since = starts(case, epoch_day(last) + 1, min)
                over = Intervals.between(since, self._written(debt, since, case))
                yield Finding(over, {"debt": debt.number or debt.id, "last_day": last})

    def _written(self, debt: Debt, since: int, case: Case) -> int:
        """Return when the first writing after ``since`` went; FOREVER where none did, or each has to carry the part."""
        if not self.first_only:
            return FOREVER
        gone = (
            at
            for at, contact in case.timed
            if at >= since
            and contact.medium() in _WRITTEN
            and not contact.is_from_person()
            and contact.effect().is_connected
            and contact.person == case.proposal.person
            and contact.collector == case.proposal.collector.organisation
            and debt.key in case.keys_of(contact.debts)
        )
        return min(gone, default=FOREVER)


def read(given: Parameters) -> BarredPart:
    """``needed``: parts of a message, by the codes of ``domain.wording.Block``; ``first_only``: yes or no."""
    return BarredPart(given.codes("needed", Block), given.flag("first_only"))
