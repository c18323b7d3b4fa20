"""Readiness: which debts lack a paper, kept with each so that the gate refuses by its name.

Made anew when debts are brought in, when a fact is supplied, and every night. A parked debt comes back by itself once
its papers are there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history
from arrears.actions.history import Happened
from arrears.actions.ledger_states import states_at
from arrears.engine.readiness import Known, lacking
from arrears.packs.readiness import OFF, needs_of
from arrears.store.doors import contact_records as records
from arrears.store.doors import readiness as rows
from arrears.store.doors.readiness import Papers
from arrears.store.scope import current

AT_ONCE: Final = 5_000
_STATED: Final = {"stated_balance_minor", "stated_on"}


@dataclass(frozen=True, slots=True)
class Looked:
    """How many debts were looked at, how many were parked by it, and how many became ready."""

    debts: int
    parked: int
    ready: int


def refresh(accounts: Iterable[int] | None = None, *, now: datetime, using: str = "default") -> Looked:
    """Look at the papers of the organisation's debts, or of ``accounts`` among them, and keep which are missing.

    Only debts of its own are looked at: who holds a debt for another finds there what the owner found.
    """
    own = current(using).organisation
    settings = records.house_of(own, using=using).settings
    chosen = None if accounts is None else sorted({int(one) for one in accounts})
    done = Looked(0, 0, 0)
    after = 0
    while part := rows.papers(own, chosen, after=after, most=AT_ONCE, using=using):
        after = part[-1].account
        done = _kept(done, part, settings, now, using)
    return done


def _kept(done: Looked, part: Sequence[Papers], settings: Mapping[str, Any], now: datetime, using: str) -> Looked:
    owed = _owed_as_stated(part, using)
    found = {one.account: missing_papers(one, settings, owed.get(one.account)) for one in part}
    changed = {one.account: found[one.account] for one in part if set(found[one.account]) != set(one.missing)}
    if changed:
        rows.keep_missing(changed, using=using)
        _tell(changed, now, using)
    parked = sum(1 for names in changed.values() if names)
    return Looked(done.debts + len(part), done.parked + parked, done.ready + len(changed) - parked)


def _owed_as_stated(part: Sequence[Papers], using: str) -> dict[int, int]:
    """Return what the ledger says was owed on the day for which the creditor stated a balance, where one was stated.

    The creditor states it as ``stated_balance_minor`` and ``stated_on``; what came later does not matter.
    """
    days = {one.account: date.fromisoformat(str(one.facts["stated_on"])) for one in part if one.facts.keys() >= _STATED}
    return {account: one.contractual for account, one in states_at(days, using=using).items()}


def missing_papers(one: Papers, settings: Mapping[str, Any], owed_minor: int | None = None) -> tuple[str, ...]:
    """Return the names of the papers that a debt lacks, under the settings (``readiness``) of its owner.

    ``owed_minor`` is what the ledger says of the day for which a balance was stated.
    """
    is_transferred = bool(one.facts.get("is_transferred", settings.get("collector_kind") == "debt_buyer"))
    said = settings.get("readiness", {})
    chosen = str(said.get(one.debt_kind, said.get("*", ""))) if isinstance(said, Mapping) else ""
    needs = None if chosen == OFF else needs_of(one.debt_kind, is_transferred=is_transferred, chosen=chosen)
    if needs is None:
        return ()
    stated = one.facts.get("stated_balance_minor")
    known = Known(
        facts=one.facts,
        opened_on=one.opened_on,
        begins_on=one.begins_on,
        paid=one.paid,
        is_identified=one.is_identified,
        stated_minor=stated if isinstance(stated, int) and owed_minor is not None else None,
        owed_minor=owed_minor,
    )
    return tuple(paper.value for paper in lacking(needs, known))


def _tell(changed: Mapping[int, Sequence[str]], now: datetime, using: str) -> None:
    own, user = current(using).organisation, current(using).user
    happened = [
        Happened(
            kind="papers_missed" if names else "papers_completed",
            owner=own,
            account=account,
            staff=user,
            facts={"papers": list(names)},
        )
        for account, names in changed.items()
    ]
    history.append_all(happened, now=now, using=using)
