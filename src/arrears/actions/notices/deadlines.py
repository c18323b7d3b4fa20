"""What notices must go out by when: by the clocks of the rules in force, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions.gatekeeping import Approach, Brief, brief, rule_book
from arrears.domain.contacts import Channel, Outcome, Purpose, Role
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.judging import standing_of
from arrears.engine.gate.kinds.notice_clock import TOLD_NOTHING, NoticeClock
from arrears.kernel.epoch import sure_date
from arrears.kernel.unions import MEMBERS
from arrears.store.doors import notices as rows

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
    found = [*_after_contact(now, most, using), *_before_contact(most, using)]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.account))[:most])


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
    for voice in rule_book().voices(case.places, asked.settings):
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


def _before_contact(most: int, using: str) -> Iterator[Deadline]:
    rule = rule_book().by_id.get("eu.2021-2167.10.2")
    if rule is None:
        return
    countries = sorted(MEMBERS["EU"])
    for account, person, number, name in rows.before_contact(
        NoticeKind.TRANSFER, "is_transferred", countries, most=most, using=using
    ):
        yield Deadline(
            kind=NoticeKind.TRANSFER,
            account=account,
            person=person,
            number=number,
            name=name,
            first_on=None,
            due=None,
            rule=rule.id,
            citation=rule.law.citation if rule.law else "",
            is_late=False,
        )
