"""An address that a creditor's notice was to open: barred until the time to opt out was long enough, and is over."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking


@dataclass(frozen=True, slots=True)
class EmailNotice(Evaluator):
    """Speaks only where such a notice went, and neither the consumer nor the collector before opened the address."""

    days: int
    stage = Stage.PERSON
    fact_names = frozenset({"sent", "opt_out_by", "days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        sent = list(addresses.notices(case))
        if not sent:
            return
        unsaid = self._unsaid(case)
        if unsaid is not None:
            yield lacking(unsaid)
            return
        is_open = addresses.noticed(case, self.days) | addresses.used_by_consumer(case) | addresses.used_before(case)
        last = max(sent, key=lambda notice: notice.sent_at)
        facts = {"sent": date_of(last.sent_at, case.zones), "opt_out_by": last.opt_out_by or "–", "days": self.days}
        yield Finding(~is_open, facts)

    def _unsaid(self, case: Case) -> str | None:
        said = addresses.proof(case)
        if said.is_from_consumer is None:
            return "address.obtained_by_creditor"
        if said.was_used_by_creditor is None:
            return "address.used_by_creditor"
        if said.is_employers is None and not said.is_for_this_debt:
            return "address.is_employers"
        return None


def read(given: Parameters) -> EmailNotice:
    """``opt_out``: how many calendar days after the notice the last day to opt out has to lie at the least."""
    return EmailNotice(given.whole("opt_out", "calendar_days"))
