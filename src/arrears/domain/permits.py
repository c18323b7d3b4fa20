"""A permit: the gate's leave for one attempt, single-use and expiring.

Life: issued → used | given back | expired. ``used`` when an outcome says that the attempt was made, ``given back`` when
nothing was set off at the other end (busy, not in service), ``expired`` when nobody said anything in time: that counts
as used, because a crash after sending must not open the gate again (R09).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from arrears.domain.contacts import EFFECTS, Channel, Id, Outcome, Purpose
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

LIFE_OF_A_PERMIT: Final = timedelta(minutes=5)
"""How long an issued permit waits to be used: long enough to dial, too short to keep one in a drawer."""
ANSWERING_ROLES: Final = frozenset({"senior", "supervisor", "manager", "compliance"})
"""Who may answer where the gate asks for a named human."""


class PermitState(StrEnum):
    """Where a permit is in its life."""

    ISSUED = "issued"
    USED = "used"
    GIVEN_BACK = "given_back"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a permit is good for, and nothing else: another address, person or wording needs another permit."""

    collector: Id
    person: Id
    debts: frozenset[Id]
    channel: Channel
    address: Id | None
    from_number: str | None
    purpose: Purpose
    template: str | None = None
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """One permit. ``allowed_by`` names the human who answered a warning, with ``reason``."""

    bound: Bound
    issued_at: datetime
    expires_at: datetime
    state: PermitState = PermitState.ISSUED
    outcome: Outcome | None = None
    allowed_by: Id | None = None
    reason: str = ""

    def counts_at(self, now: datetime) -> bool:
        """Return whether limits must count it: always, save when it was given back, even while undecided."""
        return self.state is not PermitState.GIVEN_BACK and self.issued_at <= now


_WORDS: Final = {
    "permit_settled": (
        Text("This permit is already {state}.", "Este permiso ya está {state}.", "该许可已处于“{state}”状态。"),
        Text("Ask the gate for a new one.", "Pida uno nuevo al control de contactos.", "请向联络闸口重新申请。"),
    ),
    "permit_expired": (
        Text(
            "This permit expired at {expired}.", "Este permiso venció a las {expired}.", "该许可已于 {expired} 过期。"
        ),
        Text(
            "Ask the gate for a new one; the old one counts as used.",
            "Pida uno nuevo; el vencido cuenta como usado.",
            "请重新申请；过期的许可按已使用计数。",
        ),
    ),
    "permit_for_other": (
        Text(
            "This permit was issued for another {field}.",
            "Este permiso se dio para otro dato: {field}.",
            "该许可针对的是另一个项目：{field}。",
        ),
        Text(
            "Ask the gate about what you are going to do.",
            "Consulte el control de contactos para lo que va a hacer.",
            "请就实际要做的联络重新询问闸口。",
        ),
    ),
}
_STATES: Final = {
    PermitState.ISSUED: Text("issued", "emitido", "已签发"),
    PermitState.USED: Text("used", "usado", "已使用"),
    PermitState.GIVEN_BACK: Text("given back", "devuelto", "已退回"),
    PermitState.EXPIRED: Text("expired", "vencido", "已过期"),
}


def issue(bound: Bound, now: datetime, life: timedelta = LIFE_OF_A_PERMIT) -> Permit:
    """Return a fresh permit for exactly ``bound``, good until ``now + life``."""
    return Permit(bound=bound, issued_at=now, expires_at=now + life)


def settle(permit: Permit, outcome: Outcome) -> Permit | Problem:
    """Return the permit with what came of it: given back where nothing rang, else used; a Problem where it is settled.

    An expired permit that turns out to have been used takes its outcome late, and one that nothing came of is given
    back late: expiry was only ever the cautious guess.
    """
    if permit.state not in {PermitState.ISSUED, PermitState.EXPIRED}:
        return _problem("permit_settled", state=_STATES[permit.state])
    gives_back = EFFECTS[outcome].gives_permit_back
    return replace(permit, state=PermitState.GIVEN_BACK if gives_back else PermitState.USED, outcome=outcome)


def expire(permit: Permit, now: datetime) -> Permit:
    """Return the permit as it stands at ``now``: expired where it was issued, not settled, and its time is over."""
    if permit.state is PermitState.ISSUED and now >= permit.expires_at:
        return replace(permit, state=PermitState.EXPIRED, outcome=Outcome.UNKNOWN)
    return permit


def is_good_for(permit: Permit, attempt: Bound, now: datetime) -> Problem | None:
    """Return why ``permit`` does not cover ``attempt`` at ``now``; None where it does."""
    if permit.state is not PermitState.ISSUED:
        return _problem("permit_settled", state=_STATES[permit.state])
    if now >= permit.expires_at:
        return _problem("permit_expired", expired=permit.expires_at.isoformat(timespec="seconds"))
    for name in Bound.__slots__:
        if getattr(permit.bound, name) != getattr(attempt, name):
            return _problem("permit_for_other", field=name)
    return None


def _problem(code: str, **values: object) -> Problem:
    reason, remedy = _WORDS[code]
    spoken = {
        language: {key: v.said_in(language) if isinstance(v, Text) else v for key, v in values.items()}
        for language in ("en", "es", "zh")
    }
    filled = Text(*(getattr(reason, tag).format(**spoken[tag]) for tag in ("en", "es", "zh")))
    return Problem(code, filled, remedy)
