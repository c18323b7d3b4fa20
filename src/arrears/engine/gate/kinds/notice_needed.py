"""A notice must have gone before a contact or an act: some days ago, not come back, with what it has to tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.domain.contacts import Contact, Id, Medium
from arrears.domain.notices import Notice, NoticeKind
from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case, Debt, lasting
from arrears.engine.gate.kinds.facts_hold import LET_GO, REFUSE, Test, applying, starts, tests_in
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import FOREVER, NEVER, Intervals, instant_of, union

TO: Final = ("person", "anybody", "each")
PERSON, ANYBODY, EACH = TO
BY: Final = ("anybody", "collector")
FROM: Final = ("sent", "received", "period_ends", "opt_out_by")
SPOKEN_BY: Final = frozenset({Medium.TELEPHONE, Medium.VISIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeNeeded(Evaluator):
    """Refuses for each debt of which no notice of ``notices`` permits it.

    A notice permits from ``least`` local days after ``counted_from`` (at once where that is 0 and it was sent) to
    ``most`` days after it, and never once it came back. ``fields`` must stand in it. ``or_spoken``: a conversation
    about the debt does as well; ``or_block``: words that carry a part; ``unless``: a fact that is true.
    ``not_before``: a date that the notice itself names, until which it does not permit yet; without it, it never does.
    ``clear``: so many days lie between its receipt, where that is known, and the date it names, or it never permits.
    ``spent_by``: a fact of the notice that, once it is there, ends what it permits. ``to`` each: everybody who owes the
    debt together has to have had one.
    """

    notices: frozenset[NoticeKind]
    least: int
    most: int | None
    counted_from: str
    to: str
    by: str
    fields: tuple[str, ...]
    or_spoken: bool
    or_block: frozenset[Block]
    unless: tuple[Test, ...]
    when: tuple[Test, ...]
    when_missing: str
    not_before: str = ""
    clear: int = 0
    spent_by: str = ""
    fact_names = frozenset({"notice", "days", "debt"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        if self.or_block & ((words.blocks if words else None) or frozenset()):
            return
        for debt in case.debts:
            if any(applying((test,), debt, case) is True for test in self.unless):
                continue
            applies = applying(self.when, debt, case)
            if applies is True:
                yield self._barred(debt, case)
            elif applies and self.when_missing == REFUSE:
                yield from (lacking(test.fact) for test in applies)

    def _barred(self, debt: Debt, case: Case) -> Finding:
        permitted = union([*self._noticed(debt, case, case.proposal.person), *self._spoken(debt, case)])
        for other in debt.joint if self.to == EACH else ():
            permitted &= union(self._noticed(debt, case, other))
        facts = {"notice": min(self.notices), "days": self.least, "debt": debt.number or debt.id}
        return Finding(~permitted, facts)

    def _noticed(self, debt: Debt, case: Case, person: Id) -> Iterator[Intervals]:
        for notice in case.known.notices:
            if self._counts(notice, debt, case, person):
                yield self._permits(notice, case)

    def _counts(self, notice: Notice, debt: Debt, case: Case, person: Id) -> bool:
        return (
            notice.kind in self.notices
            and notice.is_about(debt.id)
            and (self.to == ANYBODY or notice.person == person)
            and (self.by != "collector" or notice.by == case.proposal.collector.organisation)
            and all(notice.facts.get(field) not in {None, ""} for field in self.fields)
        )

    def _permits(self, notice: Notice, case: Case) -> Intervals:
        """Return when this notice opens the way: by the last clock to see its first day and the first to leave."""
        there = lasting(notice.sent_at, notice.undeliverable_at)
        first, last = self._counted_from(notice, case)
        if first is None or last is None or notice.facts.get(self.spent_by):
            return NEVER
        start = starts(case, last + self.least, max) if self.least else instant_of(notice.sent_at)
        if self.counted_from != "sent" and not self.least:
            start = starts(case, last, max)
        if self.not_before:
            named = _date_in(notice.facts.get(self.not_before))
            if named is None or not self._is_clear(notice.received_on, named):
                return NEVER
            start = max(start, starts(case, epoch_day(named), max))
        end = FOREVER if self.most is None else starts(case, first + self.most + 1, min)
        return there & Intervals.between(start, end)

    def _is_clear(self, received_on: date | None, named: date) -> bool:
        return received_on is None or (named - received_on).days >= self.clear

    def _counted_from(self, notice: Notice, case: Case) -> tuple[int | None, int | None]:
        """Return the local day the count starts on, by the first and by the last clock."""
        if self.counted_from == "sent":
            sent = [local_day(zone, instant_of(notice.sent_at)) for zone in case.zones or ("UTC",)]
            return min(sent), max(sent)
        days: dict[str, date | None] = {
            "received": notice.received_on,
            "period_ends": notice.period_ends,
            "opt_out_by": notice.opt_out_by,
        }
        day = days[self.counted_from]
        return (None, None) if day is None else (epoch_day(day), epoch_day(day))

    def _spoken(self, debt: Debt, case: Case) -> Iterator[Intervals]:
        if self.or_spoken:
            for contact in case.known.contacts:
                if self._is_talk(contact, debt, case):
                    yield lasting(contact.at, None)

    def _is_talk(self, contact: Contact, debt: Debt, case: Case) -> bool:
        return (
            contact.person == case.proposal.person
            and (self.by != "collector" or contact.collector == case.proposal.collector.organisation)
            and contact.medium() in SPOKEN_BY
            and contact.effect().is_conversation
            and case.talked_of(contact, debt.key)
        )


def _date_in(said: object) -> date | None:
    """Return the day that a field of a notice names; None where it names none."""
    if said is None or isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def read(given: Parameters) -> NoticeNeeded:
    """``notice``: kinds of notice, any of which will do; what else is left out does not matter.

    ``at_least``, ``at_most``: local days since it was sent, or ``from``: received, period_ends, opt_out_by. ``to``:
    person (whom the act concerns), each (and everybody who owes the debt with them) or anybody; ``by``: anybody or
    collector. ``fields``: facts the notice must carry.
    ``or_spoken``: having talked about the debt counts too; ``or_block``: parts of words, any of which does;
    ``unless``: tests, any of which lets it go. ``when``: as in ``facts_hold``, where it is needed at all;
    ``when_missing``: what an unknown one of those does, refuse (usual) or let_go. ``not_before``: the field of the
    notice that names the first day; ``clear``: calendar days that lie between its receipt and that day; ``spent_by``:
    the fact of the notice by which it permits no more.
    """
    notices = given.codes("notice", NoticeKind)
    if not notices:
        given.wrong("notice", "names no kind of notice")
    return NoticeNeeded(
        notices=notices or frozenset(NoticeKind),
        least=given.whole("at_least", "calendar_days") if given.has("at_least") else 0,
        most=given.whole("at_most", "calendar_days") if given.has("at_most") else None,
        counted_from=given.word("from", *FROM) if given.has("from") else "sent",
        to=given.word("to", *TO) if given.has("to") else PERSON,
        by=given.word("by", *BY) if given.has("by") else "anybody",
        fields=given.names("fields"),
        or_spoken=given.flag("or_spoken"),
        or_block=given.codes("or_block", Block),
        unless=tuple(tests_in(given, "unless")),
        when=tuple(tests_in(given, "when")),
        when_missing=given.word("when_missing", REFUSE, LET_GO) if given.has("when_missing") else REFUSE,
        not_before=given.text("not_before") or "",
        clear=given.whole("clear", "calendar_days") if given.has("clear") else 0,
        spent_by=(given.text("spent_by") or "") if given.has("spent_by") else "",
    )
