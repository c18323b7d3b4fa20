"""The collector's first page, and ``Get next``."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.config import clock
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import day_bounds, local_time
from arrears.store.doors import days
from arrears.web import wording
from arrears.web.menu import Entry
from arrears.web.permissions import COLLECTORS, may, page
from arrears.web.scoping import zone_of

LOOK = COLLECTORS | {"manager", "auditor"}
#: Whoever leads sees the whole organisation's day; a collector sees their own.
LEADS = frozenset({"supervisor", "manager", "auditor"})


@never_cache
@page(look=LOOK)
def today(request: HttpRequest) -> HttpResponse:
    """Show the day."""
    return render(request, "today.html", _day(request))


@never_cache
@page(look=LOOK)
def figures(request: HttpRequest) -> HttpResponse:
    """Return the figures alone, for the page that asks again each minute."""
    return render(request, "today_figures.html", _day(request))


def _day(request: HttpRequest) -> dict[str, Any]:  # Any: a template's context
    zone, now = zone_of(request), clock.now()
    staff = None if may(request.user, LEADS) else request.user.pk
    date = local_time(now, zone).date()
    start = day_bounds(date, zone)[0]
    run = days.published_run(date)
    due = days.promises_due(date, staff, run[0] if run else None)
    return {
        "date": date,
        "zone": zone,
        "this_hour": local_time(now, zone).hour,
        "done": days.done_since(start, staff),
        "due": due,
        "due_kept": sum(promise.state in {"kept", "provisional"} for promise in due),
        "due_by_hour": [(hour, list(found)) for hour, found in groupby(due, key=lambda promise: promise.due_hour)],
        "cash": days.cash_on(date),
        "may_act": may(request.user, COLLECTORS),
        **_list(epoch_day(date), run, start, staff),
    }


def _list(today: int, run: tuple[int, datetime] | None, start: datetime, staff: int | None) -> dict[str, Any]:
    """Return the rounds of the newest list (Any: a template's context)."""
    found = days.waves_of_day(run[0], start, staff) if run else ()
    waves = [
        {
            "words": wording.wave(each.wave),
            "hours": wording.wave_hours(each.wave),
            "members": each.members,
            "tried": each.tried,
        }
        for each in found
    ]
    return {
        "list_made_at": run[1] if run else None,
        "list_is_old": bool(run and run[0] < today),
        "waves": waves,
        "target": sum(each.members for each in found),
        "tried": sum(each.tried for each in found),
    }


menu = Entry("today", gettext_lazy("Today"), 10, LOOK, "t")
urls = [
    path("today/", today, name="today"),
    path("today/figures/", figures, name="today-figures"),
]
