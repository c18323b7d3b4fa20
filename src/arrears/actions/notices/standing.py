"""What became of the notices that an act rests on: served on each who owes the debt, put right in time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from arrears.actions import positions
from arrears.actions.gatekeeping import Brief
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
        known=replace(known, notices=tuple(with_remedy(one, using=using) for one in gone)),
    )


def _kinds_to_each(found: Brief) -> frozenset[NoticeKind]:
    heard = [voice.rule.evaluator for voice in found.book.voices(found.known.places, found.settings)]
    kinds = [one.notices for one in heard if isinstance(one, NoticeDue)]
    kinds += [one.notices for one in heard if isinstance(one, NoticeNeeded) and one.to == EACH]
    return frozenset(kind for some in kinds for kind in some)


def with_remedy(notice: Notice, *, using: str = "default") -> Notice:
    """Return a default notice with the day on which what it asks was done in time, if it was, by the ledger."""
    if notice.kind is not NoticeKind.DEFAULT:
        return notice
    days = [put_right_on(int(debt), notice.facts, using=using) for debt in notice.debts]
    if not days or None in days:
        return notice
    return replace(notice, facts={**notice.facts, REMEDIED_ON: max(day for day in days if day)})


def put_right_on(account: int, facts: Mapping[str, object], *, using: str = "default") -> date | None:
    """Return the day on which a debt was put right in the time that a notice of these facts gave; None for none.

    It follows from the ledger as it is known now: a payment that is taken back later has put nothing right.
    """
    asked, said, before = facts.get("to_put_right"), facts.get("as_of"), facts.get("remedy_by")
    if not isinstance(asked, int) or not said or not before:
        return None
    held = bases.bases_of(positions.ids([account]), using=using)
    if not held:
        return None
    entries = promises.facts_of([account], using=using)[account]
    as_of, last = date.fromisoformat(str(said)), date.fromisoformat(str(before))
    return remedied_on(positions.terms_of(held[0]), entries, asked, as_of, last)
