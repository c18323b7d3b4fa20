"""Promises judged by the ledger alone, with the plans on the same debts: each cent counts once (P35)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import history, positions
from arrears.actions.plans import judging
from arrears.domain.entries import Entry
from arrears.domain.promises import Judgement
from arrears.domain.promises import Outcome as Kept
from arrears.engine.ledger.promises import judge_promises
from arrears.engine.plans.judging import PromiseOn
from arrears.kernel.hours import local_day
from arrears.store import bookday
from arrears.store.doors import positions as bases
from arrears.store.doors import promises as rows
from arrears.store.doors.positions import Basis
from arrears.store.doors.promises import Standing

_EVENTS: Final = {
    "provisional": "promise_kept",
    "part_kept": "promise_part_kept",
    "broken": "promise_broken",
    "open": "promise_reopened",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a judgement changed."""

    promise: int
    account: int
    person: int
    was: str
    state: str
    kept_minor: int


def judge(accounts: Iterable[int], *, now: datetime, using: str = "default") -> list[Change]:
    """Judge all promises on ``accounts`` by their entries as of ``now`` and write down what changed.

    Each cent of a payment counts once, for a promise or for an instalment of a plan: the plans on these debts, and on
    the debts of those plans, are judged along with them. "Kept" is provisional until the bank can no longer take the
    money back; a payment that is taken back breaks the promise again, however long ago it was kept. Appends an
    event for each change and refreshes positions where there is one; deciding about the people again is left to the
    caller, who knows whom else it touched.
    """
    wanted = sorted(set(accounts))
    together = judging.drawing_together(wanted, using=using)
    standing = rows.to_judge({*wanted, *together.accounts}, using=using)
    if not standing and not together.plans:
        return []
    bases.hold_rows(positions.ids({*standing, *together.accounts}), using=using)
    if together.plans:  # who had their turn before us may have written what we just read
        together = judging.drawing_together(wanted, using=using)
    standing = rows.to_judge({*standing, *together.accounts}, using=using)
    alone = [account for account in standing if account not in together.accounts]
    changes = _judge_alone(alone, standing, now, using)
    touched: set[int] = set()
    if together.plans:
        judged, touched = judging.judge_debts(together, standing, now=now, using=using)
        changes += _judged_with_plans([one for account in together.accounts for one in standing.get(account, ())],
                                      judged, now, using)  # fmt: skip
    positions.refresh({change.account for change in changes} | touched, now=now, using=using)
    return changes


def _judge_alone(accounts: list[int], standing: dict[int, list[Standing]], now: datetime, using: str) -> list[Change]:
    """Judge promises on debts without a plan, debt by debt."""
    facts = rows.facts_of(accounts, using=using)
    found = bases.bases_of(positions.ids(accounts), using=using) if accounts else []
    return [change for basis in found for change in _judge_account(basis, standing[basis.account], facts, now, using)]


def _judge_account(
    basis: Basis, standing: list[Standing], facts: dict[int, list[Entry]], now: datetime, using: str
) -> list[Change]:
    today = local_day(now, basis.timezone)
    said = [each.said(local_day(each.taken_at, basis.timezone)) for each in standing]
    judged = judge_promises(said, facts[basis.account], positions.terms_of(basis), basis.place, today)
    pairs = zip(standing, judged, strict=True)
    return [change for each, found in pairs if (change := _change(each, found, today, now, using))]


def _judged_with_plans(
    standing: list[Standing], judged: Mapping[int, Judgement], now: datetime, using: str
) -> list[Change]:
    zones = {basis.account: basis.timezone for basis in bases.bases_of(
        positions.ids(each.account for each in standing), using=using)}  # fmt: skip
    found = []
    for each in standing:
        today = local_day(now, zones[each.account])
        if change := _change(each, judged[each.id], today, now, using):
            found.append(change)
    return found


def _change(each: Standing, judgement: Judgement, today: date, now: datetime, using: str) -> Change | None:
    """Write down and tell what a judgement changed; None where it says what stood there."""
    state = state_of(judgement)
    if (state, judgement.paid) == (each.state, each.kept_minor):
        return None
    day = bookday.stamp(each.owner, using=using).day
    rows.set_judgement(each.id, state=state, kept_minor=judgement.paid, on=today, book_day=day, using=using)
    _tell(each, state, judgement, now, using)
    return Change(each.id, each.account, each.person, each.state, state, judgement.paid)


def sayings_on(accounts: Iterable[int], zone: str, *, using: str = "default") -> list[PromiseOn]:
    """Return the promises on accounts that payments judge, as plans beside them need to know them."""
    found = rows.to_judge(accounts, using=using)
    return [
        PromiseOn(each.account, each.said(local_day(each.taken_at, zone)), each.plan or 0)
        for own in found.values()
        for each in own
    ]


def state_of(judgement: Judgement) -> str:
    """Return the state in which a promise so judged is kept; ``provisional`` while a bank may take the money back."""
    if judgement.outcome is Kept.KEPT and judgement.is_provisional:
        return "provisional"
    return judgement.outcome.value


def _tell(each: Standing, state: str, judgement: Judgement, now: datetime, using: str) -> None:
    """Append what changed: kept (once, while still provisional), firm, kept in part, broken, open again."""
    if state == each.state:
        return
    kind = _EVENTS.get(state, "promise_kept")
    if state == "kept" and each.state == "provisional":
        kind = "promise_firm"
    history.append(
        kind,
        owner=each.owner,
        account=each.account,
        person=each.person,
        now=now,
        using=using,
        promise=each.id,
        was=each.state,
        kept_minor=judgement.paid,
        still_to_come=judgement.still_to_come,
    )
