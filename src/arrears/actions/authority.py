"""Who may cut how much of a debt: the matrix asked for a debt, an offer and the user of the scope (P37)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import people
from arrears.domain.concessions import ConcessionKind, Part
from arrears.engine.concessions.worth import BPS, Expectation, Source, Worth, evenly, worth
from arrears.engine.ledger import by_day
from arrears.engine.tables import one
from arrears.facts import NULL, Code
from arrears.kernel.epoch import epoch_day
from arrears.packs.authority import authority
from arrears.store.doors import ongoing, recoveries
from arrears.store.doors import positions as rows
from arrears.store.doors.concessions import Cuttable
from arrears.store.scope import current

RANKS: Final[Mapping[str, int]] = {"collector": 1, "agency": 1, "senior": 2, "supervisor": 3, "manager": 4}
_NAMES: Final = {"settlement": 1, "waiver": 2}
_CONSUMER: Final = {None: NULL, False: 0, True: 1}


@dataclass(frozen=True, slots=True)
class Weighed:
    """An offer as the matrix sees it. ``left_minor`` is what of interest, fees and charges could be waived at most."""

    owed_minor: int
    pay_minor: int
    cut_minor: int
    share_bps: int
    left_minor: int
    days_past_due: int
    facts: Mapping[str, int]
    level: Code
    may: Code
    rows: Mapping[str, int | None]
    worth: Worth


def own_rank(owner: int, *, using: str = "default") -> int:
    """Return the code of the highest role of the user; outside the debt's owner nobody ranks above a collector."""
    if current(using).organisation != owner:
        return 1
    return max((RANKS.get(role, 0) for role in people.own_roles(using=using)), default=0)


def weigh(
    debt: Cuttable, kind: ConcessionKind, parts: Sequence[Part], cut_minor: int, *, on: date, using: str = "default"
) -> Weighed:
    """Return what the matrix says of an offer on a day, and what the offer is worth; nothing is written.

    A settlement cuts what its payments leave; of a waiver ``cut_minor`` says how much.
    """
    row = rows.read([debt.id], using=using)[debt.id]
    day = epoch_day(on)
    owed = by_day.contractual(row, day)
    left = max(0, row.interest_minor + row.fees_minor + by_day.charge_owed(row, day))
    cut = owed - sum(part.amount for part in parts) if kind is ConcessionKind.SETTLEMENT else cut_minor
    share = -(-max(0, cut) * BPS // owed) if owed > 0 else 0
    late = max(0, by_day.days_past_due(row, day))
    decided = ongoing.decided([debt.id], day, using=using).get(debt.id)
    facts = {
        "concession_kind": _NAMES[kind.value],
        "cut_minor": max(0, cut),
        "cut_share_bps": min(share, BPS),
        "cuts_principal": int(kind is ConcessionKind.SETTLEMENT or cut > left),
        "days_past_due": late,
        "debtor_class": decided.conduct if decided else 0,
        "is_secured": int(debt.is_secured),
        "is_consumer_debt": _CONSUMER[debt.consumer],
    }
    matrix = authority()
    answer = one(matrix.decides, {**facts, "own_role": own_rank(debt.owner, using=using)})
    return Weighed(
        owed_minor=owed,
        pay_minor=sum(part.amount for part in parts),
        cut_minor=cut,
        share_bps=share,
        left_minor=left,
        days_past_due=late,
        facts=facts,
        level=matrix.code("authority_level", answer.values["authority_level"]),
        may=matrix.code("authority", answer.values["authority"]),
        rows=answer.rows,
        worth=_worth(debt, kind, parts, cut, owed, facts, on, using),
    )


def may_approve(owner: int, facts: Mapping[str, int], *, using: str = "default") -> bool:
    """Return whether the user could decide alone what was offered: whoever could may approve it of somebody else."""
    rank = own_rank(owner, using=using)
    if current(using).organisation != owner or rank == 0:
        return False
    matrix = authority()
    answer = one(matrix.decides, {**facts, "own_role": rank}).values["authority"]
    return matrix.code("authority", answer).name == "alone"


def facts_of_cut(facts: Mapping[str, int], cut_minor: int, pay_minor: int) -> dict[str, int]:
    """Return what the matrix was asked about an offer with the cut that is to be booked instead of the one offered."""
    share = -(-cut_minor * BPS // (cut_minor + pay_minor))
    return {**facts, "cut_minor": cut_minor, "cut_share_bps": min(share, BPS)}


def level_of(facts: Mapping[str, int]) -> int:
    """Return the number of the lowest level that may decide alone what ``facts`` say; levels rise with it."""
    return one(authority().decides, {**facts, "own_role": RANKS["collector"]}).values["authority_level"]


def _worth(
    debt: Cuttable,
    kind: ConcessionKind,
    parts: Sequence[Part],
    cut: int,
    owed: int,
    facts: Mapping[str, int],
    on: date,
    using: str,
) -> Worth:
    """Value what the offer brings beside what would come of the same money without it.

    A settlement stands for the whole debt; a waiver only for what it asks for and what it cuts.
    """
    at_stake = owed if kind is ConcessionKind.SETTLEMENT else sum(part.amount for part in parts) + max(0, cut)
    return worth(parts, at_stake, _expectation(debt, facts, on, using), on, authority().discount_rate_ppm)


def _expectation(debt: Cuttable, facts: Mapping[str, int], on: date, using: str) -> Expectation:
    months = authority().recovery_months
    share = one(authority().expects, facts).values["expected_recovery_bps"]
    measured = recoveries.cohort(debt.owner, facts["days_past_due"], on, months, using=using)
    if measured is not None:
        return Expectation(measured.by_month, Source.BOOK, measured.accounts)
    return Expectation(evenly(share, months), Source.ASSUMPTION)


def kept_worth(found: Worth) -> dict[str, object]:
    """Return a valuation as JSON, as it is kept with the offer."""
    return {
        "on": found.on.isoformat(),
        "rate_ppm": found.rate_ppm,
        "offer_minor": found.offer_minor,
        "offer_worth": found.offer_worth,
        "expected_minor": found.expected_minor,
        "expected_worth": found.expected_worth,
        "expected_bps": found.expectation.share_bps,
        "months": len(found.expectation.by_month),
        "source": found.expectation.source.value,
        "accounts": found.expectation.accounts,
    }


def ends_of_offer() -> tuple[int, int]:
    """Return (days in which to approve, days for which an approved offer holds)."""
    return authority().approve_within_days, authority().valid_days


def stamp_of(found: Weighed, at: datetime) -> dict[str, object]:
    """Return what the matrix was asked and answered, as JSON: enough to ask it again."""
    return {
        "facts": dict(found.facts),
        "rows": dict(found.rows),
        "level": found.level.name,
        "pack": authority().version,
        "at": at.isoformat(),
    }
