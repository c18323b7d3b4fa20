"""Not more than so many contacts in so many calendar days, counted by the unit the rule names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from arrears.domain.contacts import Channel, Contact, Id, Outcome, PointUse
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days, count_in_window
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import FOREVER, Intervals

UNITS = ("collector", "person", "debt", "address")
REMEMBERED = 400
"""For how many days contacts are known to a verdict: a longer window would count too few."""
COUNTED = ("attempts", "connected", "communicated", "reached", "talked")
SAID_NOTHING = frozenset({Outcome.NO_ANSWER, Outcome.REJECTED})
"""It rang, and neither a person nor a machine took a word."""


@dataclass(frozen=True, slots=True)
class Count(Evaluator):
    """``limit`` contacts in ``window`` days, the day asked about being the last; day by the person's own calendar.

    Since only days matter, the bars follow from the contacts alone: ``limit`` of them within the window close the
    days from the last one on, until the first one has left it. No day is tried.
    """

    limit: int
    loosest: int | None
    window: int
    per: frozenset[str]
    channels: frozenset[Channel]
    counted: str
    inbound: bool
    slots: str | None
    uses: frozenset[PointUse] = frozenset()
    stage = Stage.COUNT
    fact_names = frozenset({"count", "limit", "days", "next"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if not case.zones:
            yield lacking("person.timezones")
        elif "address" in self.per and case.proposal.address is None:
            yield lacking("address")
        else:
            yield from self._full(case)

    def facts(self, case: Case, at: int) -> Mapping[str, object]:
        """Return the highest count of any unit and clock in the window that ends on the day of ``at``."""
        before = [[m for m in moments if m <= at] for moments in self._by_unit(case)]
        count = max((self._in_window(zone, moments, at) for moments in before for zone in case.zones), default=0)
        return {"count": count, "limit": self.limit, "days": self.window, "next": count + 1}

    def changed(self, limits: Mapping[str, int]) -> "Count":
        """Tighten as an organisation likes; loosen up to what the file allows."""
        limit = limits.get("limit", self.limit)
        if not 1 <= limit <= (self.loosest or self.limit):
            raise ValueError(f"a limit of {limit} is not between 1 and {self.loosest or self.limit}")
        return replace(self, limit=limit)

    def free_day(self, columns: Columns, days: Days) -> Days | None:
        if self.slots is None:
            return None
        free = days.copy()
        for _ in range(self.window):
            full = count_in_window(columns.rows, self.slots, free, self.window) >= self.limit
            if not full.any():
                break
            free = np.where(full, free + 1, free).astype(np.int32)
        return free

    def _full(self, case: Case) -> Iterator[Finding]:
        for moments in self._by_unit(case):
            for first, last in zip(moments, moments[self.limit - 1 :], strict=False):
                closed = self._closed(case, first, last)
                if closed:
                    yield Finding(closed, {"limit": self.limit, "days": self.window})

    def _closed(self, case: Case, first: int, last: int) -> Intervals:
        """Return from ``last`` on the days whose window holds both, by at least one clock."""
        spans = Intervals()
        for zone in case.zones:
            start, end = local_day(zone, last), local_day(zone, first) + self.window - 1
            if start <= end:
                spans |= local_days(zone, start, end)
        return spans & Intervals.between(last, FOREVER)

    def _in_window(self, zone: str, moments: list[int], at: int) -> int:
        today = local_day(zone, at)
        return sum(today - self.window < local_day(zone, moment) <= today for moment in moments)

    def _by_unit(self, case: Case) -> list[list[int]]:
        """Return the instants that count, in order, for each debt where debts count apart, else in one list."""
        return case.once((self, case.debt_ids, case.modifiers), lambda: self._counted_by_unit(case))

    def _counted_by_unit(self, case: Case) -> list[list[int]]:
        """Leave out what is too old to close any day from now on, before looking at it closely."""
        keys: tuple[Id | None, ...] = case.keys if "debt" in self.per else (None,)
        recent = case.lately(self.window)
        return [[at for at, contact in recent if self._counts(contact, case, key)] for key in keys]

    def _counts(self, contact: Contact, case: Case, key: Id | None) -> bool:
        return (
            self._is_on_channel(contact, case)
            and (self.inbound or not contact.is_from_person())
            and ("person" not in self.per or contact.person == case.proposal.person)
            and ("collector" not in self.per or contact.collector == case.proposal.collector.organisation)
            and (key is None or case.is_about(contact, key))
            and self._is_same_address(contact, case)
            and (not self.uses or contact.use is None or contact.use in self.uses)
            and self._is_counted(contact)
            and not any(modifier.leaves_out(contact, case) for modifier in case.modifiers)
        )

    def _is_on_channel(self, contact: Contact, case: Case) -> bool:
        return contact.channel in self.channels or any(m.counts_too(contact) for m in case.modifiers)

    def _is_same_address(self, contact: Contact, case: Case) -> bool:
        """Return whether it went to the address at hand; one of which nobody knows where it went counts for each."""
        address = case.proposal.address
        return (
            "address" not in self.per
            or contact.address is None
            or (address is not None and contact.address == address.id)
        )

    def _is_counted(self, contact: Contact) -> bool:
        effect = contact.effect()
        match self.counted:
            case "reached":
                return effect.is_reached
            case "talked":
                return effect.is_conversation
            case "connected":
                return effect.is_connected
            case "communicated":
                return effect.is_connected and contact.outcome not in SAID_NOTHING
            case _:
                return True


def read(given: Parameters) -> Count:
    """Take ``limit`` {value, unit, loosest}, ``window`` in calendar days, ``per``, ``of`` channels, ``counted``.

    ``counted``: attempts of any outcome, only connected ones, only those that left a word, those that reached the
    person, or those in which the debt was talked about. ``inbound``: contacts the person began count too. ``uses``:
    only those at a number of such a use.
    ``slots``: the counts of the night's columns that are the same thing.
    """
    window = given.whole("window", "calendar_days")
    if window > REMEMBERED:
        given.wrong("window", f"no more than {REMEMBERED} days are remembered of contacts")
    return Count(
        given.whole("limit", "calls", "contacts", "visits"),
        given.loosest("limit"),
        window,
        given.words("per", *UNITS),
        given.codes("of", Channel),
        given.word("counted", *COUNTED),
        given.flag("inbound"),
        given.text("slots"),
        given.codes("uses", PointUse),
    )
