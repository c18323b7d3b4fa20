"""Entries other than payments: one door through which a fee, a charge-off, a freeze or a waiver enters the book.

Every entry is checked by itself (`faults_of`), against what contract and law let one charge (R11), and against the
calendar; it is stamped with the open book day, told in history, and everything that follows from it follows at once:
positions, promises, decisions. The same source posts once.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import charge_caps, history, noting, payments
from arrears.actions import positions as bases_of
from arrears.actions.mistakes import filled
from arrears.actions.plans import judging
from arrears.domain.entries import CASH_KINDS, Entry, EntryKind
from arrears.domain.entry_faults import faults_of
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors import positions as rows
from arrears.store.doors import postings
from arrears.store.doors.positions import Basis
from arrears.store.doors.postings import NewEntry, Owed, PostedEntry

__all__ = ["BY_CONCESSION", "CONCESSION", "REVERSED", "post_entry", "reverse_entry"]

CONCESSION: Final = "concession"
"""Source kind of entries that an approved concession books; nothing else may cut a debt."""
REVERSED: Final = "entry_reversal"

BY_CONCESSION: Final = frozenset({EntryKind.WAIVER, EntryKind.SETTLEMENT})
_OF_PAYMENTS: Final = frozenset({EntryKind.PAYMENT, EntryKind.PAYMENT_SEEN})
_MAY_LIE_AHEAD: Final = frozenset(
    {EntryKind.OPENING, EntryKind.INSTALMENT_DUE, EntryKind.DEFERRAL}
    | {kind for kind in EntryKind if kind.name == "CHARGE_FREEZE"}
)
_CODE: Final = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")

EVENTS: Final[Mapping[str, str]] = {
    "OPENING": "debt_opened",
    "ADJUSTMENT": "debt_adjusted",
    "DEFERRAL": "instalments_deferred",
    "CHARGE_FREEZE": "charges_frozen",
    "INSTALMENT_DUE": "instalment_billed",
    "FEE": "fee_charged",
    "COST": "cost_charged",
    "ACCELERATION": "debt_accelerated",
    "PAYOFF": "early_repayment_noted",
    "PAYMENT_DIRECT": "direct_payment_posted",
    "SET_OFF": "set_off_posted",
    "RECOVERY": "recovery_posted",
    "WAIVER": "debt_waived",
    "SETTLEMENT": "settlement_booked",
    "RE_AGE": "debt_re_aged",
    "CHARGE_OFF": "debt_charged_off",
    "SALE": "debt_sold",
    "REVERSAL": "entry_reversed",
}
"""The event that history keeps of each kind."""


def post_entry(
    account: int,
    kind: EntryKind,
    *,
    value_date: date,
    reason: str,
    source_kind: str,
    source_ref: str,
    now: datetime,
    amount_minor: int = 0,
    principal_minor: int = 0,
    detail: int = 0,
    reverses: int = 0,
    is_followed: bool = True,
    using: str = "default",
) -> int | Problem:
    """Post an entry of any kind but a payment, with everything that follows; return its id.

    The same ``source_kind`` and ``source_ref`` posts once for the debt's owner: posted again with the same content the
    id of the first is returned. ``reason`` that is a code is kept in the entry; one in words becomes a note, because
    words may have to be erased and entries never are. Waivers and settlements come from an approved concession alone.
    Who posts several entries that belong together passes ``is_followed`` False and calls `payments.after_payments`.
    """
    owed = postings.owed(account, using=using)
    if owed is None:
        return _mistake("account_unknown")
    source = (source_kind, source_ref)
    if (elsewhere := _belongs_elsewhere(owed, kind, source_kind, reverses, using)) is not None:
        return elsewhere
    day = bookday.stamp(owed.owner, using=using).day
    (basis,) = _held(account, using)
    if (there := postings.posted_from(owed.owner, *source, using=using)) is not None:
        return _again(there, owed, kind, amount_minor)
    fact = Entry(0, kind, value_date, day, amount_minor, principal_minor, reverses, detail)
    for problem in (*faults_of(fact), *_untimely(fact, basis, now), charge_caps.refusal_of(fact, basis, using=using)):
        if problem is not None:
            return problem
    made = _write(fact, owed, source, reason, now, using)
    if kind is EntryKind.REVERSAL and isinstance(made, int):
        payments.follow_chain(made, using=using)
    if is_followed and isinstance(made, int):
        payments.after_payments([owed.id], now=now, using=using)
    return made


def _belongs_elsewhere(owed: Owed, kind: EntryKind, source_kind: str, reverses: int, using: str) -> Problem | None:
    """Return why this door does not take the kind: payments have theirs, and cuts come from a concession."""
    if kind in _OF_PAYMENTS:
        return _mistake("payments_elsewhere")
    if kind in BY_CONCESSION and source_kind != CONCESSION:
        return _mistake("only_by_concession")
    return _wrong_reversal(owed, reverses, using) if kind is EntryKind.REVERSAL else None


def _held(account: int, using: str) -> list[Basis]:
    """Keep other writers of the account out until the transaction ends: two fees at once are weighed in turn."""
    judging.hold_together([account], using=using)
    return rows.bases_of(bases_of.ids([account]), using=using)


def _again(there: PostedEntry, owed: Owed, kind: EntryKind, amount_minor: int) -> int | Problem:
    is_same = (there.account, there.kind, there.amount_minor) == (owed.id, kind, amount_minor)
    return there.id if is_same else _mistake("source_taken")


def _untimely(fact: Entry, basis: Basis, now: datetime) -> list[Problem]:
    if fact.kind in _MAY_LIE_AHEAD or fact.value_date <= local_day(now, basis.timezone):
        return []
    return [_mistake("value_date_ahead", "value_date")]


def _write(fact: Entry, owed: Owed, source: tuple[str, str], reason: str, now: datetime, using: str) -> int | Problem:
    kept = _reason_kept(owed, reason.strip(), now, using)
    made = postings.add_entry(
        NewEntry(
            owner=owed.owner,
            account=owed.id,
            kind=fact.kind,
            value_date=fact.value_date,
            book_day=fact.book_day,
            amount_minor=fact.amount,
            principal_minor=fact.principal,
            detail=fact.detail,
            reverses=fact.reverses or None,
            instruction=kept or None,
            source_kind=source[0],
            source_ref=source[1],
        ),
        using=using,
    )
    if made is None:
        return _mistake("source_taken")
    history.append(
        EVENTS.get(fact.kind.name, "entry_posted"),
        owner=owed.owner,
        account=owed.id,
        person=owed.person,
        now=now,
        using=using,
        entry=made,
        entry_kind=fact.kind.name.lower(),
        amount_minor=fact.amount,
        value_date=fact.value_date.isoformat(),
        reverses=fact.reverses,
        source_kind=source[0],
        **kept,
    )
    return made


def _reason_kept(owed: Owed, reason: str, now: datetime, using: str) -> dict[str, Any]:
    """Return what the entry keeps of its reason: a code as it is, words as the id of their note."""
    if not reason:
        return {}
    if _CODE.fullmatch(reason):
        return {"reason": reason}
    return {"note": noting.keep(owed.owner, owed.person, reason, account=owed.id, now=now, using=using)}


def _wrong_reversal(owed: Owed, reverses: int, using: str) -> Problem | None:
    found = postings.posted(reverses, using=using) if reverses else None
    if found is None or found.account != owed.id:
        return _mistake("no_such_entry")
    if found.kind in CASH_KINDS or found.kind in _OF_PAYMENTS:
        return _mistake("payments_elsewhere")
    return _mistake("reversed_before") if found.reversed_by is not None or found.to_reverse != found.id else None


def reverse_entry(
    entry_id: int,
    *,
    value_date: date,
    reason: str,
    now: datetime,
    is_followed: bool = True,
    using: str = "default",
) -> int | Problem:
    """Take back an entry: it counts as if it had never been, from its own value date. Return the reversal's id.

    Reversed twice, the second time changes nothing and returns the first reversal. An entry that a reversal of its
    reversal gave back is taken out by reversing that one in turn, because an entry is named by one other at most. A
    payment of any kind goes the way of returned payments, so that its promise breaks and its feed line says so.
    """
    found = postings.posted(entry_id, using=using)
    if found is None:
        return _mistake("no_such_entry")
    if found.reversed_by is not None:
        return found.reversed_by
    if found.kind in CASH_KINDS or found.kind in _OF_PAYMENTS:
        done = payments.reverse(entry_id, value_date=value_date, reason=reason, now=now, using=using)
        return done if isinstance(done, Problem) else done.entry
    return post_entry(
        found.account,
        EntryKind.REVERSAL,
        amount_minor=abs(found.amount_minor),
        value_date=value_date,
        reason=reason,
        source_kind=REVERSED,
        source_ref=str(found.to_reverse),
        now=now,
        reverses=found.to_reverse,
        is_followed=is_followed,
        using=using,
    )


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "account_unknown": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "payments_elsewhere": (
        Text(
            "Payments are posted and taken back as payments.",
            "Los pagos se registran y se devuelven como pagos.",
            "付款应按付款登记或退回。",
        ),
        Text("Use the page of payments.", "Use la página de pagos.", "请使用付款页面。"),
    ),
    "only_by_concession": (
        Text(
            "A debt is cut only by an approved settlement or waiver.",
            "Una deuda solo se reduce con un acuerdo o una condonación aprobados.",
            "只有经批准的和解或减免才能减少债务。",
        ),
        Text("Propose a settlement or waiver.", "Proponga un acuerdo o una condonación.", "请提出和解或减免方案。"),
    ),
    "no_such_entry": (
        Text("This debt has no such entry.", "Esta deuda no tiene ese asiento.", "这笔债务没有该分录。"),
        Text("Look at the ledger again.", "Vuelva a mirar el extracto.", "请重新查看明细账。"),
    ),
    "reversed_before": (
        Text("That entry is taken back already.", "Ese asiento ya está anulado.", "该分录已被冲回。"),
        Text("Nothing has to be done.", "No hay que hacer nada.", "无需处理。"),
    ),
    "source_taken": (
        Text(
            "Another entry already has this reference.",
            "Otro asiento ya tiene esta referencia.",
            "该编号已被另一笔分录使用。",
        ),
        Text("Check which of the two is right.", "Compruebe cuál de los dos es correcto.", "请核对哪一笔正确。"),
    ),
    "value_date_ahead": (
        Text("That day has not come yet.", "Ese día aún no ha llegado.", "该日期尚未到来。"),
        Text("Give the day on which it happened.", "Indique el día en que ocurrió.", "请填写实际发生的日期。"),
    ),
}


def _mistake(code: str, field: str = "") -> Problem:
    return filled(code, _SAID[code], field)
