"""What happened to a debt besides payment: noted, listed and taken back; and a direct payment reported."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import debt_events
from arrears.actions.corrections import BY_HAND, CORRECTION, Asked
from arrears.config import clock
from arrears.domain.entries import EFFECTS, EntryKind, taken_out
from arrears.kernel.hours import local_time
from arrears.kernel.problems import Problem
from arrears.store.doors import concessions as rows
from arrears.store.doors.cases import Line, debt_of, entries_of
from arrears.store.doors.corrections import correctable_of
from arrears.web import spoken
from arrears.web.call.forms import typed_day
from arrears.web.numbers import whole
from arrears.web.permissions import SEES_DEBTORS, page, roles_of
from arrears.web.scoping import zone_of

ACTS = SEES_DEBTORS - {"auditor"}
MISTAKEN = 422
_OURS = frozenset({BY_HAND, CORRECTION})
MOST_CHOICES = 40
_ADDING = frozenset({EntryKind.OPENING, EntryKind.ADJUSTMENT, EntryKind.FEE, EntryKind.COST, EntryKind.INSTALMENT_DUE})
_SHOWN = frozenset(event.kind for event in debt_events.EVENTS.values()) | {
    EntryKind.RE_AGE,
    EntryKind.WAIVER,
    EntryKind.SETTLEMENT,
    EntryKind.PAYMENT_DIRECT,
    EntryKind.RECOVERY,
}


@never_cache
@page(look=SEES_DEBTORS, act=ACTS)
def events(request: HttpRequest, account: int) -> HttpResponse:
    """Show the events of a debt and what whoever asks may note; note it."""
    if request.method != "POST":
        return _shown(request, account)
    done = _done(request.POST, account)
    if isinstance(done, Problem):
        return _shown(request, account, done)
    is_asked = isinstance(done, Asked)
    messages.success(request, gettext("It waits for somebody to confirm it.") if is_asked else gettext("Noted."))
    return redirect("events", account)


def _done(said: Mapping[str, str], account: int) -> int | Asked | Problem:
    now, currency = clock.now(), _currency(account)
    amount = spoken.typed_money(said["amount"], currency) if said.get("amount", "").strip() else 0
    principal = spoken.typed_money(said["principal"], currency) if said.get("principal", "").strip() else 0
    until, on = typed_day(said.get("until", ""), "until"), typed_day(said.get("on", ""), "on")
    for each in (amount, principal, until, on):
        if isinstance(each, Problem):
            return each
    told: dict[str, Any] = {"key": said.get("key", "") or uuid4().hex, "now": now}  # Any: of many types
    if said.get("verb") == "take_back":
        entry = said.get("entry", "")
        return debt_events.take_back(whole(entry) or 0, reason=said.get("reason", ""), now=now)
    if said.get("verb") == "report":
        day = on if isinstance(on, date) else local_time(now, "UTC").date()
        return debt_events.report_direct(
            account, amount_minor=int(str(amount)), on=day, words=said.get("reason", ""), **told
        )
    sign = -1 if said.get("sign") == "down" else 1
    return debt_events.note(
        account,
        said.get("event", ""),
        reason=said.get("reason", ""),
        amount_minor=sign * int(str(amount)),
        principal_minor=sign * int(str(principal)),
        until=until if isinstance(until, date) else None,
        on=on if isinstance(on, date) else None,
        corrects=whole(said.get("corrects")) or 0,
        **told,
    )


def _currency(account: int) -> str:
    found = rows.cuttable(account)
    if found is None:
        raise Http404
    return found.currency


def _shown(request: HttpRequest, account: int, problem: Problem | None = None) -> HttpResponse:
    today = local_time(clock.now(), zone_of(request)).date()
    debt = debt_of(account, today)
    if debt is None:
        raise Http404
    lines = entries_of(account)
    gone = taken_out(line.fact for line in lines)
    may = debt_events.events_for(roles_of(request.user))
    kinds = {event.kind for event in may}
    told = {
        "debt": debt,
        "lines": [
            (line, line.fact.id in gone, line.fact.kind in kinds and line.source_kind in _OURS)
            for line in reversed(lines)
            if line.fact.kind in _SHOWN
        ],
        "offers": rows.of_account(account),
        "choices": [(event.kind.name.lower(), EFFECTS[event.kind].words, event) for event in may],
        "correctable": _correctable(lines),
        "may_report": bool(ACTS & roles_of(request.user)),
        "said": request.POST,
        "key": uuid4().hex,
        "today": today,
        "problem": problem,
    }
    return render(request, "events.html", told, status=MISTAKEN if problem else 200)


def _correctable(lines: tuple[Line, ...]) -> list[tuple[Line, int]]:
    """Return the lines that an adjustment below zero may name, newest first, with what is left of each."""
    by_id = {line.fact.id: line for line in lines}
    adding = [line.fact.id for line in reversed(lines) if line.fact.kind in _ADDING]
    return [(by_id[one.id], one.left_minor) for one in correctable_of(adding[:MOST_CHOICES], CORRECTION)]


urls = [path("account/<int:account>/events/", events, name="events")]
