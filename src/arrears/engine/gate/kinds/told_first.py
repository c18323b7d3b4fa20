"""Nobody is listed who was not told of the debt before: spoken to, or written to without the message coming back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from arrears.domain.contacts import Contact, Medium, Outcome
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case, Debt, lasting
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding
from arrears.kernel.intervals import FOREVER, Intervals, instant_of, union

_SPOKEN: Final = frozenset({Medium.TELEPHONE, Medium.VISIT})
_WRITTEN: Final = frozenset({Medium.POST, Medium.EMAIL, Medium.TEXT, Medium.CHAT, Medium.SOCIAL})
_ABOUT_IT: Final = frozenset({NoticeKind.VALIDATION, NoticeKind.VERIFICATION, NoticeKind.LISTING, NoticeKind.AGENCY})


@dataclass(frozen=True, slots=True)
class ToldFirst(Evaluator):
    """``days``: calendar days after a message in which it may come back; one that came back told nobody anything."""

    days: int
    fact_names = frozenset({"debt", "days"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for debt in case.debts:
            told = union([*self._spoken(debt, case), *self._written(debt, case), *self._noticed(debt, case)])
            yield Finding(~told, {"debt": debt.number or debt.id, "days": self.days})

    def _spoken(self, debt: Debt, case: Case) -> Iterator[Intervals]:
        for contact in self._with_person(case):
            is_talk = contact.medium() in _SPOKEN and contact.effect().is_conversation
            if is_talk and contact.debts and case.talked_of(contact, debt.key):
                yield lasting(contact.at, None)

    def _written(self, debt: Debt, case: Case) -> Iterator[Intervals]:
        for contact in self._with_person(case):
            is_message = contact.medium() in _WRITTEN and not contact.is_from_person()
            if is_message and contact.outcome is not Outcome.BOUNCED and debt.key in case.keys_of(contact.debts):
                yield self._waited(instant_of(contact.at), case)

    def _noticed(self, debt: Debt, case: Case) -> Iterator[Intervals]:
        for notice in case.known.notices:
            if (
                notice.kind in _ABOUT_IT
                and notice.person == case.proposal.person
                and notice.by in {None, case.proposal.collector.organisation}
                and notice.is_about(debt.id)
                and notice.undeliverable_at is None
            ):
                yield self._waited(instant_of(notice.sent_at), case)

    def _with_person(self, case: Case) -> Iterator[Contact]:
        return (
            contact
            for contact in case.known.contacts
            if contact.person == case.proposal.person and contact.collector == case.proposal.collector.organisation
        )

    def _waited(self, sent: int, case: Case) -> Intervals:
        day = max(local_day(zone, sent) for zone in case.zones or ("UTC",))
        return Intervals.between(starts(case, day + self.days, max), FOREVER)


def read(given: Parameters) -> ToldFirst:
    """``wait`` in calendar days from the day on which a message was sent."""
    return ToldFirst(given.whole("wait", "calendar_days"))
