"""The day's money against plan, live: a chart and its table (P41)."""

from typing import Any

import altair as alt
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.config import clock
from arrears.kernel.hours import local_time
from arrears.reports.cash_in import CashIn, cash_in
from arrears.store.doors import book_figures
from arrears.web.book import pictures
from arrears.web.permissions import page
from arrears.web.scoping import zone_of
from arrears.web.takings.frame import SEES_CASH
from arrears.web.takings.wording import GROUPS

KEPT_SECONDS = 20


@never_cache
@page(look=SEES_CASH)
def cash_today(request: HttpRequest) -> HttpResponse:
    """Show the day, as it stands."""
    currencies = book_figures.currencies()
    said = request.GET.get("currency", "")
    code = said if said in currencies else next(iter(currencies), "")
    told = {
        "currencies": currencies,
        "figures": _figures(request, code) if code else None,
        "made_at": clock.now(),
        "zone": zone_of(request),
        "width": pictures.WIDTH,
        "height": pictures.HEIGHT + 40,
        "sees_cash": True,
    }
    return render(request, "cash_today.html", told)


def _figures(request: HttpRequest, code: str) -> CashIn:
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    today = local_time(clock.now(), zone_of(request)).date()
    key = f"cash-today:{user.organisation_id}:{today}:{code}"
    found: CashIn | None = cache.get(key)
    if found is None:
        found = cash_in(user.organisation_id, today, code)
        cache.set(key, found, KEPT_SECONDS)
    return found


@page(look=SEES_CASH)
def picture(request: HttpRequest, currency: str, theme: str) -> HttpResponse:
    """Return the chart as SVG."""
    if theme not in {"light", "dark"} or currency not in book_figures.currencies():
        raise Http404
    drawn = pictures.styled(_drawn(_figures(request, currency), pictures.INKS[theme]), theme)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=20"})


def _drawn(figures: CashIn, inks: dict[str, str]) -> alt.Chart:
    names = {"plan": gettext("plan"), "in": gettext("in so far")}
    rows = [
        {"group": str(GROUPS[line.name]), "what": names[what], "amount": pictures.major(minor, figures.currency)}
        for line in figures.lines
        for what, minor in (("plan", line.plan_minor), ("in", line.in_minor))
        if minor is not None
    ]
    colours = alt.Scale(domain=list(names.values()), range=[inks["pale"], inks["main"]])
    drawn: alt.Chart = pictures.over(rows).mark_bar(cornerRadiusEnd=3).encode(
        y=alt.Y("group:N", sort=None, title=None),
        yOffset=alt.YOffset("what:N", sort=list(names.values())),
        x=alt.X("amount:Q", title=figures.currency, axis=alt.Axis(format="~s", tickCount=5)),
        color=alt.Color("what:N", scale=colours),
    )  # fmt: skip
    return drawn
