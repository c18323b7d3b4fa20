"""The register as a page. It holds no debtor's data; everybody who works here may read it."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy

from arrears.packs.register import Status
from arrears.packs.register import practices as register
from arrears.web.menu import RULES, Entry
from arrears.web.permissions import EVERYBODY, page

SIGNALS = {Status.BUILT: "good", Status.PARTLY: "wait", Status.NOT_YET: ""}


@page(look=EVERYBODY)
def practices(request: HttpRequest) -> HttpResponse:
    """Show every row, by section, with its state."""
    rows = register()
    sections = [(title, list(found)) for title, found in groupby(rows, key=lambda row: row.section)]
    counts = {status.value: sum(row.status is status for row in rows) for status in Status}
    return render(request, "practices.html", {"sections": sections, "counts": counts, "all": len(rows)})


menu = Entry("practices", gettext_lazy("Practices"), 80, EVERYBODY, "r", RULES)
urls = [path("practices/", practices, name="practices")]
