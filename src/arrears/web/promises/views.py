"""What is promised for a day by the hour: who may be rung or written to then, and whether the money has come."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.config import clock
from arrears.domain.plans import ACTIVE
from arrears.kernel.hours import local_time
from arrears.store.doors import days, plan_board, plans
from arrears.store.doors.days import DuePromise
from arrears.web.call.forms import typed_day
from arrears.web.menu import Entry
from arrears.web.permissions import COLLECTORS, may, page
from arrears.web.scoping import zone_of

LOOK = COLLECTORS | {"manager", "compliance", "auditor"}
LEADS = frozenset({"supervisor", "manager", "compliance", "auditor"})
AROUND: Final = 1
"""Hours before and after the promised one in which one checks (P34)."""
BACK: Final = timedelta(days=7)
"""How long a promise whose day is over is still looked for: bank days and a week-end."""


@never_cache
@page(look=LOOK)
def promises(request: HttpRequest) -> HttpResponse:
    """Show the promises of a day by the hour, the plans' instalments of that day, and what is still awaited."""
    zone, now = zone_of(request), clock.now()
    local = local_time(now, zone)
    said = typed_day(request.GET.get("day", ""), "day")
    day = said if isinstance(said, date) else local.date()
    staff = None if may(request.user, LEADS) else request.user.pk
    run = days.published_run(day)
    due = days.promises_due(day, staff, run[0] if run else None)
    told = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "is_today": day == local.date(),
        "zone": zone,
        "hours": _hours(due, local.hour if day == local.date() else None),
        "due": due,
        "kept": sum(one.state in {"kept", "provisional"} for one in due),
        "awaited": days.promises_awaited(day, BACK, staff),
        "instalments": _instalments(day),
    }
    return render(request, "promises.html", told)


def _hours(due: tuple[DuePromise, ...], now: int | None) -> list[dict[str, Any]]:
    """Return the hours with their promises; the ones around now are to be checked (Any: a template's context)."""
    return [
        {
            "hour": hour,
            "rows": list(rows),
            "is_now": now is not None and abs(hour - now) <= AROUND,
            "is_over": now is not None and hour + AROUND < now,
        }
        for hour, rows in groupby(due, key=lambda one: one.due_hour)
    ]


def _instalments(day: date) -> list[plan_board.Row]:
    """Return the plans whose next instalment is due on the day."""
    found = [each for each in plans.listed(ACTIVE) if each.next_due_on == day]
    names = plan_board.named(found)
    return [plan_board.Row(each, names[each.id]) for each in found]


menu = Entry("promises", gettext_lazy("Promises"), 32, LOOK, "o")
urls = [path("promises/", promises, name="promises")]
