"""The search page; results come as one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.store.doors import found_people
from arrears.web.menu import Entry
from arrears.web.permissions import SEES_DEBTORS, page


@never_cache
@page(look=SEES_DEBTORS, act=SEES_DEBTORS)
def search(request: HttpRequest) -> HttpResponse:
    """Find people; asked by htmx it returns the rows alone.

    What is looked for is posted: a name or number in an address would stay in histories and in servers' logs.
    """
    said = request.POST.get("q", "").strip()
    found = found_people.find(said) if said else ()
    template = "search_rows.html" if request.headers.get("HX-Request") else "search.html"
    return render(request, template, {"said": said, "found": found})


menu = Entry("search", gettext_lazy("Search"), 20, SEES_DEBTORS, "s")
urls = [path("search/", search, name="search")]
