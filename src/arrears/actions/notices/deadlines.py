"""What notices must go out by when: by the clocks of the rules that are on, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions.default_sums import SUM_ON
from arrears.actions.gatekeeping import Approach, Brief, brief
from arrears.actions.missed_payments import is_by_the_ledger
from arrears.actions.rule_books import book_for, settings_of
from arrears.domain.contacts import Act, Channel, Outcome, Purpose, Role
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case, Debt
from arrears.engine.gate.book import is_on
from arrears.engine.gate.judging import standing_of
from arrears.engine.gate.kinds.facts_hold import applying
from arrears.engine.gate.kinds.notice_clock import TOLD_NOTHING, NoticeClock
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.engine.gate.kinds.notice_needed import NoticeNeeded
from arrears.engine.gate.rules import Evaluator, Rule, Severity
from arrears.kernel.epoch import epoch_day, sure_date
from arrears.kernel.hours import local_day
from arrears.kernel.unions import MEMBERS
from arrears.store.doors import notices as rows
from arrears.store.doors import notices_due
from arrears.store.doors.contact_records import house_of
from arrears.store.scope import current

SHOWN_AHEAD: Final = timedelta(days=21)
"""How long before its last day a notice that comes round again is shown. Ours."""
_A_MONTH: Final = 31
CONSUMERS: Final = (
    Role.DEBTOR, Role.CO_OBLIGOR, Role.GUARANTOR, Role.SPOUSE, Role.PARENT_OF_MINOR, Role.GUARDIAN, Role.EXECUTOR,
    Role.SUCCESSOR,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A notice that has to go: ``due`` is the last day in time, None where it goes before the first contact."""

    kind: NoticeKind
    account: int
    person: int
    number: str
    name: str
    first_on: date | None
    due: date | None
    rule: str
    citation: str
    is_late: bool


def deadlines(*, now: datetime, most: int = 200, using: str = "default") -> tuple[Deadline, ...]:
    """Return at most ``most`` notices that must go, overdue ones first, each with the rule that asks for it."""
    found = [*_after_contact(now, most, using), *_since_facts(now, most, using), *_before_contact(now, most, using)]
    once = {(one.kind, one.account, one.person): one for one in reversed(found)}.values()
    return tuple(sorted(once, key=lambda one: (one.due or date.max, one.account))[:most])


def _after_contact(now: datetime, most: int, using: str) -> Iterator[Deadline]:
    silent = [outcome.value for outcome in Outcome if outcome in TOLD_NOTHING]
    roles = [role.value for role in CONSUMERS]
    for told in rows.told_without(NoticeKind.VALIDATION, roles, silent, most=most, using=using):
        approach = Approach(
            person=told.person,
            contact_point=None,
            channel=Channel.LETTER,
            purpose=Purpose.COLLECT,
            accounts=(told.account,),
        )
        asked = brief(approach, now=now, using=using)
        if isinstance(asked, Brief):
            yield from _of_clocks(asked, told)


def _of_clocks(asked: Brief, told: rows.Told) -> Iterator[Deadline]:
    """Yield the deadline of every clock that binds this collector about this debt."""
    case = Case.of(asked.proposal, asked.known)
    for voice in asked.book.voices(case.places, asked.settings):
        clock = voice.rule.evaluator
        if not isinstance(clock, NoticeClock) or not voice.rule.reach.covers(asked.proposal):
            continue
        _, debts, unknown = standing_of(voice, case, asked.settings)
        for debt in () if unknown else debts:
            communications = clock.communications(debt, case)
            if communications and not clock.is_provided(debt, case):
                due = sure_date(clock.last_day(communications[0], case))
                yield Deadline(
                    kind=min(clock.notices),
                    account=told.account,
                    person=told.person,
                    number=told.number,
                    name=told.person_name,
                    first_on=sure_date(clock.last_day(communications[0], case) - clock.days),
                    due=due,
                    rule=voice.rule.id,
                    citation=voice.rule.law.citation if voice.rule.law else "",
                    is_late=any(case.around in finding.when for finding in clock.bars(case.narrowed((debt,), ()))),
                )


def _since_facts(now: datetime, most: int, using: str) -> Iterator[Deadline]:
    """Yield what is due so long after a day that is known of a debt: arrears notices, where data came from."""
    for rule in _on(NoticeDue, now, using):
        clock = rule.evaluator
        assert isinstance(clock, NoticeDue)
        kind = min(clock.notices)
        sent_after = _sent_after(clock, now)
        behind = epoch_day(now.date()) if is_by_the_ledger(clock.since) else None
        found = notices_due.since_fact(
            kind,
            clock.since,
            _countries(rule),
            sent_after=sent_after,
            behind_before=behind,
            with_fees=clock.since == SUM_ON,
            most=most,
            using=using,
        )
        for account, person, number, name in found:
            for asked, debt, case in _heard(rule, account, person, now, using):
                due, today = clock.due(debt, case), local_day(now, _zone(asked))
                if due is not None and due <= today + SHOWN_AHEAD:
                    yield _deadline(rule, kind, (account, person, number, name), clock.begun(debt), due, today > due)


def _sent_after(clock: NoticeDue, now: datetime) -> datetime | None:
    """Return since when a notice that went makes another needless: ever, for a while, or not where each has its own."""
    if clock.anew:
        return now
    return now - timedelta(days=_A_MONTH * (clock.again - 1)) if clock.again else None


def _before_contact(now: datetime, most: int, using: str) -> Iterator[Deadline]:
    """Yield what goes before the first contact: the notice of a transfer, that an agency was asked to collect."""
    for rule in _on(NoticeNeeded, now, using):
        needed = rule.evaluator
        assert isinstance(needed, NoticeNeeded)
        if rule.severity is not Severity.BLOCK or rule.reach.acts - {Act.CONTACT}:
            continue
        kind = min(needed.notices)
        fact = next((one.name for one in needed.when if one.of == "debt" and one.test == "is" and one.wanted), None)
        for debt in notices_due.before_contact(kind, fact, _countries(rule), most=most, using=using):
            if fact or any(_heard(rule, debt[0], debt[1], now, using)):
                yield _deadline(rule, kind, debt, None, None, is_late=False)


def _on(kind: type[Evaluator], now: datetime, using: str) -> list[Rule]:
    """Return the rules of a kind of evaluator that are on for the organisation at work."""
    house = house_of(current(using).organisation, using=using)
    on = local_day(now, house.timezone)
    settings = settings_of([house.settings], on, using=using)
    rules = book_for([house.settings], on, using=using).rules
    return [rule for rule in rules if isinstance(rule.evaluator, kind) and is_on(rule, settings)]


def _countries(rule: Rule) -> list[str]:
    return sorted(MEMBERS.get(rule.place, {rule.place[:2]}))


def _heard(rule: Rule, account: int, person: int, now: datetime, using: str) -> Iterator[tuple[Brief, Debt, Case]]:
    """Yield the debt as the gate sees it, where the rule is heard for it and would be asked at all."""
    approach = Approach(
        person=person, contact_point=None, channel=Channel.LETTER, purpose=Purpose.COLLECT, accounts=(account,)
    )
    asked = brief(approach, now=now, using=using)
    if not isinstance(asked, Brief):
        return
    case = Case.of(asked.proposal, asked.known)
    for voice in asked.book.voices(case.places, asked.settings):
        if voice.rule.id != rule.id:
            continue
        _, debts, unknown = standing_of(voice, case, asked.settings)
        for debt in () if unknown else debts:
            if _applies(rule, debt, case):
                yield asked, debt, case


def _applies(rule: Rule, debt: Debt, case: Case) -> bool:
    when = getattr(rule.evaluator, "when", ())
    return applying(when, debt, case) is not False


def _zone(asked: Brief) -> str:
    return (*asked.known.zones, "UTC")[0]


def _deadline(
    rule: Rule,
    kind: NoticeKind,
    debt: tuple[int, int, str, str],
    first_on: date | None,
    due: date | None,
    is_late: bool,  # noqa: FBT001 -- a fact of the deadline beside its days
) -> Deadline:
    account, person, number, name = debt
    return Deadline(
        kind=kind,
        account=account,
        person=person,
        number=number,
        name=name,
        first_on=first_on,
        due=due,
        rule=rule.id,
        citation=rule.law.citation if rule.law else "",
        is_late=is_late,
    )
