"""What happens to a debt besides payment: charge-off, acceleration, deferral, sale, costs, set-off, frozen charges.

Each is an entry of its own, by a named human whose role does such things. None of them counts as a cure, a charge-off
takes nothing off what the debtor owes, and after a sale the gate lets nobody call about the debt any more. Before all
of a debt falls due at once the gate is asked: some law wants a notice to have gone first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import acts, corrections, entries, history, noting, people
from arrears.actions import positions as bases_of
from arrears.actions.concession_mistakes import mistake
from arrears.actions.corrections import BY_HAND, CORRECTION, Asked
from arrears.domain.contacts import Act
from arrears.domain.entries import EntryKind
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors import concessions as rows
from arrears.store.doors import positions as bases
from arrears.store.doors import postings
from arrears.store.doors import reported_payments as reports
from arrears.store.scope import current

DIRECT: Final = "direct_payment"

_MONEY: Final = frozenset({"finance", "manager"})
_LEAD: Final = frozenset({"supervisor", "manager"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a human notes: who may, what must be said of it, and in words what it does."""

    kind: EntryKind
    roles: frozenset[str]
    does: Text
    has_amount: bool = False
    has_principal: bool = False
    has_end: bool = False


EVENTS: Final[Mapping[str, Event]] = {
    event.kind.name.lower(): event
    for event in (
        Event(
            EntryKind.COST,
            _MONEY | {"supervisor", "legal"},
            Text(
                "Adds a cost laid out, due at once.",
                "Añade un gasto pagado, exigible ya.",
                "增加已垫付费用，立即到期。",
            ),
            has_amount=True,
        ),
        Event(
            EntryKind.FEE,
            _MONEY | {"supervisor"},
            Text("Adds a fee, due at once.", "Añade una comisión, exigible ya.", "增加一笔费用，立即到期。"),
            has_amount=True,
        ),
        Event(
            EntryKind.ADJUSTMENT,
            _MONEY,
            Text(
                "Corrects what is owed. What takes off names the entry it corrects, and a second person confirms it.",
                "Corrige lo adeudado. Lo que resta indica qué asiento corrige y lo confirma otra persona.",
                "更正欠款。减少欠款须指明所更正的分录，并由第二人确认。",
            ),
            has_amount=True,
            has_principal=True,
        ),
        Event(
            EntryKind.SET_OFF,
            _MONEY,
            Text(
                "Pays with money that we owe the debtor.",
                "Paga con dinero que debemos al deudor.",
                "以我方应付债务人的款项抵偿。",
            ),
            has_amount=True,
        ),
        Event(
            EntryKind.CHARGE_FREEZE,
            _LEAD | {"compliance"},
            Text(
                "No late charge and no interest accrues until that day.",
                "Hasta ese día no corren recargos ni intereses.",
                "在该日之前不计滞纳金和利息。",
            ),
            has_end=True,
        ),
        Event(
            EntryKind.DEFERRAL,
            _LEAD,
            Text(
                "Instalments that fall due until that day fall due on that day.",
                "Las cuotas que vencen hasta ese día pasan a vencer ese día.",
                "该日之前到期的分期顺延至该日。",
            ),
            has_end=True,
        ),
        Event(
            EntryKind.ACCELERATION,
            frozenset({"manager", "legal"}),
            Text("All of the debt falls due today.", "Toda la deuda vence hoy.", "全部债务今日到期。"),
        ),
        Event(
            EntryKind.CHARGE_OFF,
            _MONEY,
            Text(
                "Takes the debt out of the books; the debtor owes all of it as before.",
                "Saca la deuda de los libros; el deudor la sigue debiendo entera.",
                "从账面核销；债务人仍欠全部金额。",
            ),
        ),
        Event(
            EntryKind.SALE,
            frozenset({"manager"}),
            Text(
                "The debt is somebody else's from today; nobody here contacts the debtor about it again.",
                "Desde hoy la deuda es de otro; nadie aquí vuelve a contactar al deudor por ella.",
                "债务自今日起归他人；此处不再就其联系债务人。",
            ),
        ),
    )
}
"""The events that a human notes, by name. A re-age follows its own rule, and a cut comes from a concession alone."""


def events_for(roles: frozenset[str]) -> tuple[Event, ...]:
    """Return the events that somebody with ``roles`` may note."""
    return tuple(event for event in EVENTS.values() if event.roles & roles)


def note(
    account: int,
    name: str,
    *,
    reason: str,
    key: str,
    now: datetime,
    amount_minor: int | None = None,
    principal_minor: int = 0,
    until: date | None = None,
    on: date | None = None,
    corrects: int = 0,
    using: str = "default",
) -> int | Asked | Problem:
    """Note that an event happened to a debt, today or ``on`` an earlier day; return its entry.

    A charge-off takes off all that is carried. An adjustment below zero names the entry that it ``corrects`` and may
    have to wait for a second human. The same ``key`` notes it once.
    """
    event = EVENTS.get(name)
    if event is None:
        return mistake("event_unknown")
    debt = rows.cuttable(account, using=using)
    if debt is None:
        return mistake("account_unknown")
    if (refused := _may_not(event, debt.owner, reason, using)) is not None:
        return refused
    (basis,) = bases.bases_of(bases_of.ids([account]), using=using)
    today = local_day(now, basis.timezone)
    amount = _carried(account, using) if event.kind is EntryKind.CHARGE_OFF else amount_minor or 0
    lacking = _lacking(event, amount, until, on or today) or _barred(event, account, reason, now, using)
    if lacking is not None:
        return lacking
    if event.kind is EntryKind.ADJUSTMENT and amount < 0:
        return corrections.correct(
            debt,
            corrects,
            amount_minor=amount,
            principal_minor=principal_minor,
            on=on or today,
            reason=reason,
            key=key,
            now=now,
            using=using,
        )
    return entries.post_entry(
        account,
        event.kind,
        amount_minor=amount,
        principal_minor=principal_minor if event.has_principal else 0,
        detail=epoch_day(until) if event.has_end and until is not None else 0,
        value_date=on or today,
        reason=reason,
        source_kind=BY_HAND,
        source_ref=key,
        now=now,
        using=using,
    )


def _may_not(event: Event, owner: int, reason: str, using: str) -> Problem | None:
    if current(using).user is None:
        return mistake("human_needed")
    if current(using).organisation != owner or event.roles.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_note")
    return None if reason.strip() else mistake("reason_missing", "reason")


def _barred(event: Event, account: int, reason: str, now: datetime, using: str) -> Problem | None:
    """Return why the gate does not let all of a debt be asked for at once; it is asked about nothing else here."""
    if event.kind is not EntryKind.ACCELERATION:
        return None
    answer = acts.take_act(Act.CALL_IN, account, because=reason, now=now, using=using)
    return answer if isinstance(answer, Problem) else None


def _lacking(event: Event, amount: int, until: date | None, on: date) -> Problem | None:
    if event.kind is EntryKind.CHARGE_OFF and amount <= 0:
        return mistake("nothing_carried")
    if event.has_amount and amount == 0:
        return mistake("amount_missing", "amount")
    return mistake("end_missing", "until") if event.has_end and (until is None or until <= on) else None


def _carried(account: int, using: str) -> int:
    return bases.read([account], using=using)[account].book_minor


def take_back(entry: int, *, reason: str, now: datetime, using: str = "default") -> int | Problem:
    """Take back an event that a human noted, by somebody who may note such an event; return the reversal."""
    found = postings.posted(entry, using=using)
    event = None if found is None else EVENTS.get(found.kind.name.lower())
    if found is None or event is None or found.source_kind not in {BY_HAND, CORRECTION}:
        return mistake("event_unknown")
    if (refused := _may_not(event, found.owner, reason, using)) is not None:
        return refused
    (basis,) = bases.bases_of(bases_of.ids([found.account]), using=using)
    day = local_day(now, basis.timezone)
    return entries.reverse_entry(entry, value_date=day, reason=reason, now=now, using=using)


def report_direct(
    account: int, *, amount_minor: int, on: date, words: str, key: str, now: datetime, using: str = "default"
) -> int | Problem:
    """Keep that a debtor says they paid the creditor itself; it counts once the creditor confirms it."""
    debt, owed = rows.cuttable(account, using=using), postings.owed(account, using=using)
    if debt is None or owed is None:
        return mistake("account_unknown")
    (basis,) = bases.bases_of(bases_of.ids([account]), using=using)
    if amount_minor <= 0:
        return mistake("amount_missing", "amount")
    if on > local_day(now, basis.timezone):
        return mistake("day_ahead", "on")
    kept = noting.keep(owed.owner, owed.person, words, account=owed.id, now=now, using=using) if words.strip() else None
    day = bookday.stamp(debt.owner, using=using).day
    made = reports.report_payment(
        debt, amount_minor=amount_minor, value_date=on, note=kept, at=now, book_day=day, key=key, using=using
    )
    history.append(
        "direct_payment_reported",
        owner=debt.owner,
        account=account,
        person=debt.person,
        now=now,
        using=using,
        report=made,
        amount_minor=amount_minor,
        value_date=on.isoformat(),
    )
    return made


def confirm_direct(report: int, *, is_right: bool, now: datetime, using: str = "default") -> int | Problem | None:
    """Confirm a direct payment, which posts it, or say that there was none; by finance or a lead who did not report it.

    Returns the entry; None where there was none.
    """
    found = reports.reported(report, using=using)
    if found is None:
        return mistake("report_decided")
    if current(using).organisation != found.owner or (_MONEY | _LEAD).isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_note")
    if found.reported_by is not None and found.reported_by == current(using).user:
        return mistake("own_report")
    if not reports.decide_reported(report, "confirmed" if is_right else "refused", entry=None, at=now, using=using):
        return mistake("report_decided")
    if not is_right:
        return None
    return entries.post_entry(
        found.account,
        EntryKind.PAYMENT_DIRECT,
        amount_minor=found.amount_minor,
        value_date=found.value_date,
        reason=f"report/{report}",
        source_kind=DIRECT,
        source_ref=str(report),
        now=now,
        using=using,
    )
