"""A notice that has to follow the first communication within so many days: from then on it goes before all else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from arrears.domain.contacts import Contact, Origin, Outcome, Purpose
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case, Debt, lasting
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.epoch import epoch_day, sure_date
from arrears.kernel.intervals import FOREVER, Intervals, instant_of, union

TOLD_NOTHING = frozenset(
    {
        Outcome.LIMITED_MESSAGE, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NOT_IN_SERVICE, Outcome.REJECTED,
        Outcome.DROPPED, Outcome.BOUNCED, Outcome.NOT_MET, Outcome.UNVERIFIED, Outcome.THIRD_PARTY,
    }
)  # fmt: skip
"""Outcomes by which nothing of a debt reached the person: such an attempt is no communication yet."""


@dataclass(frozen=True, slots=True)
class NoticeClock(Evaluator):
    """Bars from the end of the last day on which the notice was in time until one goes that does not come back.

    ``given_on`` names a fact of the debt: the day on which it was told otherwise (orally, or before it came here). A
    debt whose first communication lies in an earlier book has to say that day: whether it was told is then unknown.
    """

    notices: frozenset[NoticeKind]
    days: int
    silent: frozenset[Purpose]
    given_on: str
    fact_names = frozenset({"notice", "first", "due", "days", "debt"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts:
            told = self.communications(debt, case)
            provided = [*self._provided(debt, case)]
            if not provided and any(contact.origin is Origin.HISTORIC for contact in told):
                yield lacking(f"debt.{self.given_on}")
            elif told:
                late = Intervals.between(starts(case, self.last_day(told[0], case) + 1, min), FOREVER)
                yield Finding(late - union(provided), self._facts(told[0], debt, case))

    def communications(self, debt: Debt, case: Case) -> list[Contact]:
        """Return the contacts in which this collector told the person of the debt, or they talked, oldest first."""
        return [contact for _, contact in case.timed if self._tells(contact, debt, case)]

    def last_day(self, first: Contact, case: Case) -> int:
        """Return the last epoch day on which the notice is in time, by the earliest of the person's calendars."""
        return min(local_day(zone, instant_of(first.at)) for zone in case.zones or ("UTC",)) + self.days

    def is_provided(self, debt: Debt, case: Case) -> bool:
        """Return whether a notice about ``debt`` stands: it went, and has not come back."""
        return any(case.around in span for span in self._provided(debt, case))

    def _facts(self, first: Contact, debt: Debt, case: Case) -> dict[str, object]:
        last = self.last_day(first, case)
        return {
            "notice": min(self.notices),
            "first": sure_date(last - self.days),
            "due": sure_date(last),
            "days": self.days,
            "debt": debt.number or debt.id,
        }

    def _tells(self, contact: Contact, debt: Debt, case: Case) -> bool:
        return (
            contact.person == case.proposal.person
            and contact.collector == case.proposal.collector.organisation
            and contact.outcome not in TOLD_NOTHING
            and contact.purpose not in self.silent
            and (case.is_about(contact, debt.key) or case.talked_of(contact, debt.key))
        )

    def _provided(self, debt: Debt, case: Case) -> Iterator[Intervals]:
        for notice in case.known.notices:
            is_ours = notice.person == case.proposal.person and notice.by == case.proposal.collector.organisation
            if notice.kind in self.notices and is_ours and notice.is_about(debt.id):
                yield lasting(notice.sent_at, notice.undeliverable_at)
        said = debt.facts.get(self.given_on)
        if said:
            day = said if isinstance(said, date) else date.fromisoformat(str(said))
            yield Intervals.between(starts(case, epoch_day(day), min), FOREVER)


def read(given: Parameters) -> NoticeClock:
    """``notice``: kinds, any of which will do; ``within``: calendar days after the day of the first communication.

    ``silent``: purposes of contacts that are no communication (a limited message, a pleading). ``given_on``: the fact
    of the debt that says when it was told otherwise.
    """
    notices = given.codes("notice", NoticeKind)
    if not notices:
        given.wrong("notice", "names no kind of notice")
    fact = given.text("given_on")
    if not fact:
        given.wrong("given_on", "names no fact of the debt")
    return NoticeClock(
        notices or frozenset(NoticeKind),
        given.whole("within", "calendar_days"),
        given.codes("silent", Purpose),
        fact or "",
    )
