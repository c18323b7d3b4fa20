"""The queue of unmatched payment lines, and matching one by hand."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import payments as verbs
from arrears.config import clock
from arrears.domain.contacts import Role
from arrears.kernel.problems import Problem
from arrears.store import search
from arrears.store.doors import queues
from arrears.store.doors.queues import Candidate, Line
from arrears.web import wording
from arrears.web.menu import MONEY, Entry
from arrears.web.numbers import whole
from arrears.web.permissions import action, page

LOOK = frozenset({"finance", "supervisor", "manager", "compliance", "auditor"})
ACT = frozenset({"finance", "supervisor"})
MISTAKEN = 422
#: Who may have paid (P39): a payment of somebody else is taken and recorded as theirs.
PAYERS = ("debtor", "co_obligor", "guarantor", "spouse", "household", "employer", "unknown")


@never_cache
@page(look=LOOK, act=LOOK)
def payments(request: HttpRequest) -> HttpResponse:
    """Show the queue, with one line open: the one asked for, else the oldest.

    Whom one looks for is posted, so that no name stands in an address.
    """
    lines = queues.unmatched_lines()
    chosen = request.POST.get("line", "") or request.GET.get("line", "")
    line = next((one for one in lines if str(one.id) == chosen), lines[0] if lines else None)
    return _shown(request, lines, line, None, 200)


def _shown(
    request: HttpRequest, lines: tuple[Line, ...], line: Line | None, problem: Problem | None, status: int
) -> HttpResponse:
    said = request.POST.get("q", "").strip()
    candidates = _candidates(line, said, clock.now()) if line else ()
    told = {
        "lines": lines,
        "line": line,
        "waiting": queues.unmatched_count(),
        "said": said,
        "candidates": candidates,
        "only": candidates[0].account if said and len(candidates) == 1 else None,
        "may_act": bool(ACT & set(getattr(request.user, "roles", ()))),
        "problem": problem,
        "payers": [(code, wording.ROLES[code]) for code in PAYERS],
    }
    return render(request, "payments.html", told, status=status)


def _candidates(line: Line, said: str, now: datetime) -> tuple[Candidate, ...]:
    """Return the debts that were searched for; unasked, those of the reference, the payer, the same amount unpaid."""
    if said:
        return queues.accounts_like([said], [one.person for one in search.find(said)], line.currency, now)
    words = line.reference.split(queues.BETWEEN)
    people = [one.person for name in (line.payer, *words) if name for one in search.find(name, most=6)]
    likely = queues.accounts_like(words, people, line.currency, now)
    others = queues.accounts_owing(line.amount_minor, line.currency, now)
    return tuple({one.account: one for one in (*likely, *others)}.values())


@action(ACT)
def match(request: HttpRequest, line: int) -> HttpResponse:
    """Post a line to the debt that was chosen."""
    found = queues.line_of(line)
    if found is None:
        raise Http404
    account = request.POST.get("account", "")
    payer = request.POST.get("payer", "debtor")
    role = Role(payer) if payer in PAYERS else Role.UNKNOWN
    posted = verbs.match_by_hand(line, whole(account) or 0, now=clock.now(), payer_role=role)
    if isinstance(posted, Problem):
        return _shown(request, queues.unmatched_lines(), found, posted, MISTAKEN)
    messages.success(request, gettext("Posted. The promises on that debt were judged again."))
    return redirect("payments")


menu = Entry("payments", gettext_lazy("Payments"), 30, LOOK, "p", MONEY)
urls = [path("payments/", payments, name="payments"), path("payments/<int:line>/match/", match, name="match")]
