"""A notice that is due so long after something happened, and again while it lasts: what it holds back waits for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from arrears.domain.contacts import Id, Role
from arrears.domain.notices import Notice, NoticeKind
from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case, Debt, lasting
from arrears.engine.gate.kinds.facts_hold import LET_GO, REFUSE, Test, applying, starts, tests_in
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.engine.plans.re_age import months_after
from arrears.kernel.epoch import epoch_day, sure_date
from arrears.kernel.intervals import FOREVER, Intervals, instant_of, union


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDue(Evaluator):
    """Bars from the end of the last day on which a notice was in time until it goes, and does not come back.

    That day is ``days`` or ``months`` after the fact ``since`` of the debt; with ``with_first`` the day itself is the
    first of them. ``again``: so many months after one notice the next is due. ``when``: as in ``facts_hold``, save that
    one of which nobody has said anything is taken to be so; ``missing``: what a day that nobody has said does.
    ``or_block``: words that carry the same by themselves. ``anew``: one that speaks of a time before that day is none.
    Everybody who owes the debt together has to have had one of their own.
    """

    notices: frozenset[NoticeKind]
    since: str
    days: int
    months: int
    with_first: bool
    again: int
    when: tuple[Test, ...]
    missing: str
    or_block: frozenset[Block] = frozenset()
    anew: bool = False
    fact_names = frozenset({"notice", "due", "since", "debt"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        if self.or_block & ((words.blocks if words else None) or frozenset()):
            return
        for debt in case.debts:
            if applying(self.when, debt, case) is False:
                continue
            first = self.begun(debt)
            if first is not None:
                yield self._late(debt, first, case)
            elif self.missing == REFUSE:
                yield lacking(f"debt.{self.since}")

    def begun(self, debt: Debt) -> date | None:
        """Return the day from which the time runs; None where nobody has said."""
        said = debt.facts.get(self.since)
        if not said:
            return None
        return said if isinstance(said, date) else date.fromisoformat(str(said))

    def last_day(self, first: date) -> date:
        """Return the last day on which the notice is in time for what happened on ``first``."""
        if self.months:
            return months_after(first, self.months)
        return sure_date(epoch_day(first) + self.days - self.with_first)

    def due(self, debt: Debt, case: Case) -> date | None:
        """Return the last day in time of the notice that is to go next; None where none is, or nobody can say."""
        first = self.begun(debt)
        if first is None or applying(self.when, debt, case) is False:
            return None
        spans = self._gone(debt, first, case, case.proposal.person)
        gone = [self._sent_on(span, case) for span in spans if case.around in span]
        if not gone:
            return self.last_day(first)
        return months_after(max(gone), self.again) if self.again else None

    def _late(self, debt: Debt, first: date, case: Case) -> Finding:
        last = self.last_day(first)
        late = Intervals.between(starts(case, epoch_day(last) + 1, min), FOREVER)
        facts = {"notice": min(self.notices), "since": first, "due": self.due(debt, case) or last}
        covered = self._covered(debt, first, case, case.proposal.person)
        for other in debt.joint:
            covered &= self._covered(debt, first, case, other)
        return Finding(late - covered, {**facts, "debt": debt.number or debt.id})

    def _covered(self, debt: Debt, first: date, case: Case, person: Id) -> Intervals:
        return union(self._covers(span, case) for span in self._gone(debt, first, case, person))

    def _covers(self, span: Intervals, case: Case) -> Intervals:
        if not self.again:
            return span
        next_due = months_after(self._sent_on(span, case), self.again)
        return span & Intervals.between(span.spans[0].start, starts(case, epoch_day(next_due) + 1, min))

    def _sent_on(self, span: Intervals, case: Case) -> date:
        zone = (*case.zones, "UTC")[0]
        return sure_date(local_day(zone, span.spans[0].start))

    def _gone(self, debt: Debt, first: date, case: Case, person: Id) -> Iterator[Intervals]:
        """Yield, for each notice about the debt that went to ``person`` in time to be the one, how long it stands."""
        for notice in case.known.notices:
            if notice.kind in self.notices and notice.is_about(debt.id) and _is_to(person, notice, debt, case):
                stands = lasting(notice.sent_at, notice.undeliverable_at)
                is_sent = stands.spans and instant_of(notice.sent_at) < FOREVER
                if is_sent and not (self.anew and self._speaks_of(notice, stands, case) < first):
                    yield stands

    def _speaks_of(self, notice: Notice, span: Intervals, case: Case) -> date:
        """Return the day that a notice says it speaks of, else that on which it went."""
        said = notice.facts.get("as_of")
        return date.fromisoformat(str(said)) if said else self._sent_on(span, case)


def _is_to(person: Id, notice: Notice, debt: Debt, case: Case) -> bool:
    """Return whether a notice went to ``person``: who owes together with others needs their own.

    Of somebody who owes nothing the debtor's counts: the record names no other.
    """
    proposal = case.proposal
    if person != proposal.person or proposal.role is Role.CO_OBLIGOR:
        return notice.person == person
    return notice.person == person or notice.person not in debt.joint


def read(given: Parameters) -> NoticeDue:
    """``notice``: kinds; ``since``: the fact of the debt that starts the time; ``within``: calendar days, or months.

    ``with_first``: the day itself counts; ``again`` in months; ``when``: tests; ``missing``: let_go (usual) or refuse;
    ``or_block``: parts of words, any of which does; ``anew``: one from before that day is none.
    """
    notices = given.codes("notice", NoticeKind)
    since = given.text("since")
    if not notices:
        given.wrong("notice", "names no kind of notice")
    if not since:
        given.wrong("since", "names no fact of the debt")
    number = given.whole("within", "calendar_days", "months")
    is_months = given.unit_of("within") == "months"
    return NoticeDue(
        notices=notices or frozenset(NoticeKind),
        since=since or "",
        days=0 if is_months else number,
        months=number if is_months else 0,
        with_first=given.flag("with_first"),
        again=given.whole("again", "months") if given.has("again") else 0,
        when=tuple(tests_in(given, "when")),
        missing=given.word("missing", REFUSE, LET_GO) if given.has("missing") else LET_GO,
        or_block=given.codes("or_block", Block),
        anew=given.flag("anew"),
    )
