"""Notices of many debts at once: to each who owes, what would go and why, what goes, and what is left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions.mistakes import mistake
from arrears.actions.notices.again import Way, way_of
from arrears.actions.notices.making import Draft, addressees, drafted
from arrears.actions.notices.sending import AGAIN_AFTER, NOTICE_STANDS, holds_back, issue
from arrears.domain.contacts import Channel
from arrears.domain.notices import NoticeKind
from arrears.engine.notices.contents import Field, Shape
from arrears.engine.notices.figures import of_the_ledger
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.unions import MEMBERS
from arrears.packs.notices import all_contents
from arrears.store import locks
from arrears.store.doors import contact_records as records
from arrears.store.doors import notices_due
from arrears.store.doors.notice_parties import Addressee
from arrears.store.scope import current

Given = Mapping[str, str]
MOST: Final = 200
"""How many debts are looked at, or served on, at once. Ours."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A notice that could go to one who owes: as it would go with what the gate says to it, or why there is none."""

    account: int
    to: Addressee | None
    draft: Draft | None
    way: Way | None
    problems: tuple[Problem, ...]

    @property
    def figures(self) -> tuple[tuple[Field, int, bool], ...]:
        """The amounts that it says, in order, and of each whether the ledger alone has filled it."""
        if self.draft is None:
            return ()
        said, ours = self.draft.given, of_the_ledger(self.draft.contents.by_name)
        money = [one for one in self.draft.contents.fields if one.shape is Shape.MONEY]
        return tuple((one, int(str(said[one.name])), one.name in ours) for one in money)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A notice that was not made: about which debt, for whom (nothing where nobody is known), and why."""

    account: int
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of issuing many: the notices made, and those that were not."""

    made: tuple[int, ...]
    refused: tuple[Refusal, ...]


def offered(
    accounts: Iterable[int],
    kind: NoticeKind,
    *,
    now: datetime,
    method: Channel = Channel.LETTER,
    given: Given | None = None,
    using: str = "default",
) -> tuple[Offered, ...]:
    """Return the notice of ``kind`` to each who owes each debt, as it would go now; nothing is written or sent."""
    return tuple(
        one
        for account in dict.fromkeys(accounts)
        for one in _to_each(account, kind, now=now, method=method, given=given or {}, using=using)
    )


def _to_each(
    account: int, kind: NoticeKind, *, now: datetime, method: Channel, given: Given, using: str
) -> Iterator[Offered]:
    everybody = addressees(account, kind, _today(now, using), using=using)
    if not everybody:
        yield Offered(account, None, None, None, (mistake("account_not_found", "account"),))
    for to in everybody:
        if holds_back(account, kind, to.person, now=now, using=using):
            yield Offered(account, to, None, None, (NOTICE_STANDS,))
            continue
        draft = drafted(account, kind, now=now, method=method, given=given, person=to.person, using=using)
        if isinstance(draft, list):
            yield Offered(account, to, None, None, tuple(draft))
        else:
            yield Offered(account, to, draft, way_of(draft, now=now, using=using), ())


def issue_many(
    accounts: Iterable[int],
    kind: NoticeKind,
    *,
    now: datetime,
    method: Channel = Channel.LETTER,
    because: str = "",
    given: Given | None = None,
    using: str = "default",
) -> Issued:
    """Make and queue the notice of each debt to each who owes it; one that lacks something is left out and named.

    Whoever has had theirs gets no second one; where nobody is left to get one, that is said. Everybody's turn is taken
    first and in one order, so that two who issue the same notices wait for each other and neither for both.
    """
    made: list[int] = []
    refused: list[Refusal] = []
    today = _today(now, using)
    to_each = {account: addressees(account, kind, today, using=using) for account in dict.fromkeys(accounts)}
    for person in sorted({to.person for everybody in to_each.values() for to in everybody}):
        locks.lock_person(person, using=using)
    for account, everybody in to_each.items():
        waiting = [to for to in everybody if not holds_back(account, kind, to.person, now=now, using=using)]
        if not waiting:
            why = NOTICE_STANDS if everybody else mistake("account_not_found", "account")
            refused.append(Refusal(account, everybody[0].name if everybody else "", (why,)))
        for to in waiting:
            draft = drafted(account, kind, now=now, method=method, given=given, person=to.person, using=using)
            done = draft if isinstance(draft, list) else issue(draft, now=now, because=because, using=using)
            if isinstance(done, int):
                made.append(done)
            else:
                refused.append(Refusal(account, to.name, tuple(done) if isinstance(done, list) else (done,)))
    return Issued(tuple(made), tuple(refused))


def to_choose_from(
    kind: NoticeKind, *, now: datetime, most: int = MOST, using: str = "default"
) -> tuple[notices_due.Expected, ...]:
    """Return the debts that are behind at a place whose law knows such a notice, and of which none stands."""
    places = {one.place for one in all_contents().values() if one.kind is kind}
    countries = sorted({country for place in places for country in MEMBERS.get(place, {place[:2]})})
    return notices_due.behind(
        kind,
        countries,
        sent_after=now - AGAIN_AFTER.get(kind, timedelta(days=3650)),
        before_day=epoch_day(_today(now, using)),
        most=most,
        using=using,
    )


def _today(now: datetime, using: str) -> date:
    return local_day(now, records.house_of(current(using).organisation, using=using).timezone)
