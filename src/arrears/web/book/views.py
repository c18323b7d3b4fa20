"""The manager's page and its pictures."""

from threading import Lock
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.config import clock
from arrears.kernel.hours import local_time
from arrears.reports.came_back import TARGETS_PERCENT
from arrears.reports.manager_page import ManagerPage, manager_page
from arrears.store.doors import book_figures
from arrears.web import spoken
from arrears.web.book.pictures import HEIGHT, PICTURES, WIDTH, svg
from arrears.web.menu import Entry
from arrears.web.permissions import page
from arrears.web.scoping import zone_of

LOOK = frozenset({"manager", "supervisor", "compliance", "finance", "auditor"})
#: A whole book is summed at most this often for one organisation and currency.
KEPT_SECONDS = 120
_summing = Lock()


@never_cache
@page(look=LOOK)
def book(request: HttpRequest) -> HttpResponse:
    """Show the figures of one currency, with a table beside each picture."""
    currencies = _currencies(request)
    chosen = request.GET.get("currency", "")
    told: dict[str, Any] = {"currencies": currencies, "zone": zone_of(request)}  # Any: a template's context
    if currencies:
        code = chosen if chosen in currencies else currencies[0]
        figures, made_at = _figures(request, code)
        told |= {"page": figures, "made_at": made_at, "totals": _totals(figures), "targets": TARGETS_PERCENT}
    return render(request, "book.html", told | {"width": WIDTH, "height": HEIGHT + 40, "pictures": list(PICTURES)})


def _figures(request: HttpRequest, currency: str) -> Any:  # Any: what the cache kept, a pair of page and instant
    now = clock.now()
    today = local_time(now, zone_of(request)).date()
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    key = f"manager-page:{user.organisation_id}:{today}:{currency}"
    found = cache.get(key)
    if found is None:
        with _summing:  # one sums, the others wait for it instead of summing the same beside it
            found = cache.get_or_set(key, lambda: (manager_page(today, currency), now), KEPT_SECONDS)
    return found


def _currencies(request: HttpRequest) -> tuple[str, ...]:
    """Return the currencies of the book in sight; a book without any is looked at each time."""
    user: Any = request.user  # Any: as above
    key = f"currencies:{user.organisation_id}"
    found: tuple[str, ...] | None = cache.get(key)
    if not found:
        found = book_figures.currencies()
        cache.set(key, found, KEPT_SECONDS)
    return found


def _totals(figures: ManagerPage) -> dict[str, int]:
    late = figures.bands[1:]
    judged = [each for each in figures.promises if each.day <= figures.on]
    return {
        "accounts": sum(band.accounts for band in figures.bands),
        "owed": sum(band.owed_minor for band in figures.bands),
        "late_accounts": sum(band.accounts for band in late),
        "past_due": sum(band.past_due_minor for band in late),
        "cash": sum(each.amount_minor for each in figures.cash),
        "cash_today": figures.cash[-1].amount_minor,
        "due": sum(each.due for each in judged),
        "kept": sum(each.kept for each in judged),
    }


@page(look=LOOK)
def picture(request: HttpRequest, name: str, currency: str, theme: str) -> HttpResponse:
    """Return one chart as SVG."""
    if name not in PICTURES or theme not in {"light", "dark"} or currency not in _currencies(request):
        raise Http404
    figures, made_at = _figures(request, currency)
    user: Any = request.user  # Any: as above
    key = f"picture:{user.organisation_id}:{made_at:%d%H%M%S%f}:{name}:{currency}:{theme}:{spoken.language()}"
    drawn = cache.get_or_set(key, lambda: svg(name, figures, theme), KEPT_SECONDS)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=60"})


menu = Entry("book", gettext_lazy("The book"), 50, LOOK, "b")
urls = [
    path("book/", book, name="book"),
    path("book/<str:currency>/<slug:name>-<slug:theme>.svg", picture, name="picture"),
]
