"""What became of the notices that an act rests on: served on each who owes the debt, put right in time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from arrears.actions import positions
from arrears.actions.gatekeeping import Brief
from arrears.domain.entries import Entry
from arrears.domain.notices import Notice, NoticeKind
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.engine.gate.kinds.notice_needed import EACH, NoticeNeeded
from arrears.engine.notices.remedy import remedied_on
from arrears.kernel.hours import local_day
from arrears.store.doors import contact_records as records
from arrears.store.doors import notice_parties as parties
from arrears.store.doors import positions as bases
from arrears.store.doors import promises
from arrears.store.scope import current

Facts = Mapping[str, object]
REMEDIED_ON: Final = "remedied_on"


def with_notices(found: Brief, *, using: str = "default") -> Brief:
    """Return a brief that knows who owes each debt together, what each was sent, and which breach was put right.

    The same brief where no rule that is heard asks for a notice to each.
    """
    kinds = _kinds_to_each(found)
    if not kinds:
        return found
    proposal, known = found.proposal, found.known
    on = local_day(proposal.at, records.house_of(current(using).organisation, using=using).timezone)
    shared = parties.joint([int(debt.id) for debt in proposal.debts], on, using=using)
    others = {person for people in shared.values() for person in people} - {proposal.person}
    own = tuple(one for one in known.notices if one.person not in others)
    gone = (*own, *(parties.gone_to([int(one) for one in others], kinds, using=using) if others else ()))
    debts = tuple(replace(debt, joint=shared.get(int(debt.id), ())) for debt in proposal.debts)
    return replace(
        found,
        proposal=replace(proposal, debts=debts),
        known=replace(known, notices=_with_remedies(gone, using)),
    )


def _kinds_to_each(found: Brief) -> frozenset[NoticeKind]:
    heard = [voice.rule.evaluator for voice in found.book.voices(found.known.places, found.settings)]
    kinds = [one.notices for one in heard if isinstance(one, NoticeDue)]
    kinds += [one.notices for one in heard if isinstance(one, NoticeNeeded) and one.to == EACH]
    return frozenset(kind for some in kinds for kind in some)


def _with_remedies(gone: Sequence[Notice], using: str) -> tuple[Notice, ...]:
    """Return notices, each of default with the day on which what it asks was done in time, if it was, by the ledger."""
    asked = [(at, int(debt)) for at, one in enumerate(gone) if one.kind is NoticeKind.DEFAULT for debt in one.debts]
    days: dict[int, list[date | None]] = {}
    for (at, _), day in zip(asked, put_right([(debt, gone[at].facts) for at, debt in asked], using=using), strict=True):
        days.setdefault(at, []).append(day)
    return tuple(_with_remedy(one, days.get(at, ())) for at, one in enumerate(gone))


def _with_remedy(notice: Notice, days: Sequence[date | None]) -> Notice:
    if not days or None in days:
        return notice
    return replace(notice, facts={**notice.facts, REMEDIED_ON: max(day for day in days if day)})


def put_right_on(account: int, facts: Facts, *, using: str = "default") -> date | None:
    """Return the day on which a debt was put right in the time that a notice of these facts gave; None for none.

    It follows from the ledger as it is known now: a payment that is taken back later has put nothing right.
    """
    return put_right([(account, facts)], using=using)[0]


def put_right(asked: Sequence[tuple[int, Facts]], *, using: str = "default") -> list[date | None]:
    """Return `put_right_on` of each debt and the facts of a notice about it; the ledger is read once for all."""
    accounts = sorted({account for account, facts in asked if _names_a_breach(facts)})
    if not accounts:
        return [None] * len(asked)
    held = {one.account: one for one in bases.bases_of(positions.ids(accounts), using=using)}
    entries = promises.facts_of(accounts, using=using)
    return [_put_right_on(held.get(account), entries.get(account, ()), facts) for account, facts in asked]


def _names_a_breach(facts: Facts) -> bool:
    return isinstance(facts.get("to_put_right"), int) and bool(facts.get("as_of")) and bool(facts.get("remedy_by"))


def _put_right_on(held: bases.Basis | None, entries: Sequence[Entry], facts: Facts) -> date | None:
    asked = facts.get("to_put_right")
    if held is None or not isinstance(asked, int) or not _names_a_breach(facts):
        return None
    as_of, last = date.fromisoformat(str(facts["as_of"])), date.fromisoformat(str(facts["remedy_by"]))
    return remedied_on(positions.terms_of(held), entries, asked, as_of, last)
