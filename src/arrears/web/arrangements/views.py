"""The list of arrangements that were asked for, and deciding one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import promises
from arrears.config import clock
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_time
from arrears.store.doors import queues
from arrears.store.doors.queues import Asked
from arrears.web import spoken
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of

LOOK = frozenset({"senior", "supervisor", "manager", "compliance", "auditor"})
ACT = frozenset({"supervisor", "manager"})
MISTAKEN = 422


@never_cache
@page(look=LOOK)
def arrangements(request: HttpRequest) -> HttpResponse:
    """Show what waits."""
    return _shown(request, 200)


def _shown(request: HttpRequest, status: int, problem: object = None) -> HttpResponse:
    zone = zone_of(request)
    told = {
        "asked": queues.arrangements_asked(),
        "zone": zone,
        "today": epoch_day(local_time(clock.now(), zone).date()),
        "may_act": may(request.user, ACT),
        "problem": problem,
    }
    return render(request, "arrangements.html", told, status=status)


@action(ACT)
def decide(request: HttpRequest, promise: int) -> HttpResponse:
    """Approve one, turn it down, or turn it into a call on that day."""
    said = request.POST.get("decision", "")
    problem = promises.decide_arrangement(promise, approve=said == "approve", as_call=said == "call", now=clock.now())
    if problem is not None:
        return _shown(request, MISTAKEN, problem.said_in(spoken.language()))
    if decided := queues.arrangement(promise):
        messages.success(request, _told(said, decided))
    return redirect("arrangements")


def _told(said: str, decided: Asked) -> str:
    """Return what was decided, and for whom."""
    words = {
        "approve": gettext("Approved: %(name)s pays %(amount)s on %(day)s."),
        "call": gettext("%(name)s is called on %(day)s instead; the arrangement of %(amount)s was not approved."),
    }.get(said, gettext("Turned down: %(name)s, %(amount)s on %(day)s."))
    amount = spoken.money(decided.amount_minor, decided.currency)
    return words % {"name": decided.name, "amount": amount, "day": spoken.day(decided.due_on)}


urls = [
    path("arrangements/", arrangements, name="arrangements"),
    path("arrangements/<int:promise>/", decide, name="decide"),
]
