"""The list of holds in force, and releasing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import holds as verbs
from arrears.actions.rule_books import book_at_work
from arrears.config import clock
from arrears.domain.holds import HoldKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors.holds_in_force import holds_in_force
from arrears.web.holds.stops import stops_of
from arrears.web.menu import RULES, Entry
from arrears.web.permissions import COLLECTORS, action, may, page
from arrears.web.scoping import zone_of

LOOK = COLLECTORS | {"manager", "compliance", "legal", "auditor"}
ACT = COLLECTORS | {"manager", "compliance", "legal"}
MISTAKEN = 422


@never_cache
@page(look=LOOK)
def holds(request: HttpRequest) -> HttpResponse:
    """Show every hold in force, what it rests on and what it stops."""
    return _shown(request, 200)


def _shown(request: HttpRequest, status: int, problem: Problem | None = None, about: int = 0) -> HttpResponse:
    kind = request.GET.get("kind", "")
    found = holds_in_force(clock.now(), kind=kind if kind in set(HoldKind) else "")
    book = book_at_work(local_day(clock.now(), zone_of(request)))
    stops = [stops_of(one.hold.kind, one.country, book) for one in found]
    told = {
        "found": [(one, by, _may_release(request, one.hold.kind)) for one, by in zip(found, stops, strict=True)],
        "kinds": list(HoldKind),
        "kind": kind,
        "zone": zone_of(request),
        "problem": problem,
        "about": about,
    }
    return render(request, "holds.html", told, status=status)


def _may_release(request: HttpRequest, kind: HoldKind) -> bool:
    return may(request.user, ACT if kind in verbs.RELEASED_BY_COLLECTORS else verbs.MAY_RELEASE)


@action(ACT)
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Release one hold for a reason."""
    problem = verbs.release(number, request.POST.get("because", ""), now=clock.now())
    if problem is not None:
        return _shown(request, MISTAKEN, problem, number)
    messages.success(request, gettext("The hold has ended."))
    return redirect("holds")


menu = Entry("holds", gettext_lazy("Holds"), 62, LOOK, "h", RULES)
urls = [
    path("holds/", holds, name="holds"),
    path("holds/<int:number>/release/", release, name="release-hold"),
]
