"""What somebody needs: noting it with their consent, showing why to named roles, taking consent back."""

from collections.abc import Mapping
from typing import Any, Final  # Any: a template's context

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions.cases import care as verbs
from arrears.config import clock as wall
from arrears.domain.care import DRIVERS, EFFECTS, SEES_CARE, Driver
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import care as rows
from arrears.store.doors import cases as people
from arrears.store.doors.care import Cared
from arrears.web.cases.forms import typed_needs
from arrears.web.permissions import COLLECTORS, action, may, page
from arrears.web.scoping import zone_of

LOOK = COLLECTORS | {"manager", "compliance", "legal", "auditor"}
ACT = COLLECTORS | {"manager", "compliance", "legal"}
REASONS: Final = frozenset(SEES_CARE)
MISTAKEN = 422


def needs_of(person: int) -> tuple[Cared, ...]:
    """Return the needs of a person that consent still stands for, newest first."""
    return tuple(one for one in rows.of_person(person) if one.withdrawn_at is None)


@never_cache
@page(look=LOOK, act=ACT)
def care(request: HttpRequest, person: int) -> HttpResponse:
    """Show what a person needs; note a need."""
    if request.method != "POST":
        return _shown(request, person, 200)
    said, now = request.POST, wall.now()
    how = said.get("consent", "").strip()[:200]
    done = verbs.note_need(
        person,
        typed_needs(said),
        now=now,
        consent={"how": how, "at": now.isoformat()} if how else None,
        drivers=[Driver(one) for one in said.getlist("driver") if one in set(Driver)],
        words=said.get("words", "")[:2000],
    )
    if isinstance(done, Problem):
        return _shown(request, person, MISTAKEN, {"problem": done, "typed": said})
    messages.success(request, gettext("Noted, and kept from now on."))
    return redirect("care", person)


def _shown(request: HttpRequest, person: int, status: int, more: Mapping[str, Any] | None = None) -> HttpResponse:
    zone = zone_of(request)
    about = people.case_of(person, local_day(wall.now(), zone))
    if about is None:
        raise Http404
    told = {
        "about": about,
        "needs": rows.of_person(person),
        "kinds": EFFECTS.items(),
        "drivers": DRIVERS.items(),
        "may_act": may(request.user, ACT),
        "may_see": may(request.user, REASONS),
        "zone": zone,
        **(more or {}),
    }
    return render(request, "care.html", told, status=status)


@action(REASONS)
def show_reason(request: HttpRequest, number: int) -> HttpResponse:
    """Show why there is a need, once, on this page; the look is on record."""
    found = rows.found(number)
    if found is None:
        raise Http404
    reason = verbs.reason_of(number, now=wall.now())
    if isinstance(reason, Problem):
        return _shown(request, found.person, MISTAKEN, {"problem": reason})
    shown = {"reason": reason, "reason_of": number, "reason_drivers": [DRIVERS[one] for one in reason.drivers]}
    return _shown(request, found.person, 200, shown)


@action(ACT)
def withdraw_need(request: HttpRequest, number: int) -> HttpResponse:
    """Take consent back."""
    found = rows.found(number)
    if found is None:
        raise Http404
    problem = verbs.withdraw(number, now=wall.now())
    if problem is not None:
        return _shown(request, found.person, MISTAKEN, {"problem": problem})
    messages.success(request, gettext("Forgotten. Only that there was a need is kept."))
    return redirect("care", found.person)
