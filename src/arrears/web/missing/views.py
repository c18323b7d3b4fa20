"""Facts that the gate misses: by fact and by the money behind it, down to the debts, with what can be done at once."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from arrears.actions import missing
from arrears.config import clock
from arrears.facts.asked import Shape, Supplier, asked_facts
from arrears.kernel.problems import Problem
from arrears.store.doors import missing_facts
from arrears.store.doors.missing_facts import ByFact
from arrears.web import spoken
from arrears.web.bounds import content_of
from arrears.web.menu import RULES, Entry
from arrears.web.numbers import wholes
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of
from arrears.web.templatetags.words import said

LOOK = frozenset({"supervisor", "manager", "compliance", "legal", "auditor"})
ACT = missing.SUPPLIERS_OF
MISTAKEN = 422
SHOWN = 200
LOOKED_AT_ONCE = 300
MOST_OF_ANSWERS = 16_000_000
SUPPLIERS = {
    Supplier.CREDITOR.value: gettext_lazy("creditor"),
    Supplier.HOUSE.value: gettext_lazy("our own house"),
    Supplier.DEBTOR.value: gettext_lazy("debtor"),
    Supplier.REGISTER.value: gettext_lazy("public register"),
    Supplier.COLLECTOR.value: gettext_lazy("collector"),
}
_WIDE, _HIGH = 420, 34


class _Shown(NamedTuple):
    """A line of the queue as the page shows it; ``at``, ``text`` and ``width`` place its bar."""

    line: ByFact
    words: Any  # Text, or the fact's own name
    supplier: Any  # lazy words
    at: int
    text: int
    width: int


@never_cache
@page(look=LOOK)
def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue by fact, as a chart and a table, and the debts that lack a paper."""
    found = missing_facts.by_fact()
    most = max((line.balance_minor for line in found), default=0) or 1
    told = {
        "lines": [_shown(place, line, most) for place, line in enumerate(found)],
        "height": len(found) * _HIGH,
        "parked": missing_facts.parked(most=SHOWN),
        "asked": asked_facts(),
        "looked_at": missing_facts.newest_look(),
        "zone": zone_of(request),
        "may_act": may(request.user, ACT),
    }
    return render(request, "missing.html", told)


def _shown(place: int, line: ByFact, most: int) -> _Shown:
    asked = asked_facts().get(line.fact)
    return _Shown(
        line,
        asked.words if asked else line.fact,
        SUPPLIERS.get(line.supplier, line.supplier),
        place * _HIGH,
        place * _HIGH + 19,
        max(2, line.balance_minor * _WIDE // most),
    )


@never_cache
@page(look=LOOK, act=ACT)
def fact(request: HttpRequest, name: str) -> HttpResponse:
    """Show the debts that wait for a fact; say it for those chosen, or note that its supplier was asked."""
    problem = _done(request, name) if request.method == "POST" else None
    if request.method == "POST" and problem is None:
        waits = any(line.fact == name for line in missing_facts.by_fact())
        return redirect("missing-fact", name) if waits else redirect("missing")
    asked = asked_facts().get(name)
    told = {
        "name": name,
        "asked": asked,
        "supplier": SUPPLIERS.get(asked.supplier.value, "") if asked else "",
        "lines": missing_facts.lines(name, most=SHOWN),
        "may_act": may(request.user, ACT),
        "may_be_set": missing.may_be_set(name),
        "is_yes_no": asked is not None and asked.shape is Shape.YES_NO,
        "is_date": asked is not None and asked.shape is Shape.DATE,
        "said": request.POST,
        "problem": problem,
        "zone": zone_of(request),
    }
    return render(request, "missing_fact.html", told, status=MISTAKEN if problem else 200)


def _done(request: HttpRequest, name: str) -> Problem | None:
    said = request.POST
    ids = wholes(said.getlist("line"))
    if "ask" in said:
        done = missing.ask_supplier(ids, now=clock.now())
        words = gettext("Noted: asked for today.")
    else:
        done = missing.supply(name, said.get("value", ""), ids, said.get("because", ""), now=clock.now())
        words = gettext("Kept; the queue was looked at again.")
    if isinstance(done, Problem):
        return done
    messages.success(request, words)
    return None


@action(ACT)
def look(request: HttpRequest) -> HttpResponse:
    """Look over the book again, as many persons as a page may take; the command and the night look at the rest."""
    done = missing.look(now=clock.now(), most=LOOKED_AT_ONCE)
    words = ngettext("Looked at %(count)s person.", "Looked at %(count)s people.", done.people)
    messages.success(request, words % {"count": spoken.number(done.people)})
    return redirect("missing")


@never_cache
@page(look=LOOK)
def export(request: HttpRequest) -> HttpResponse:
    """Return the queue as a CSV file for whoever supplies the answers."""
    table = missing.exported(
        request.GET.get("fact", ""), supplier=request.GET.get("supplier", ""), language=spoken.language()
    )
    name = f"missing-facts-{clock.today_in(zone_of(request)).isoformat()}.csv"
    return HttpResponse(
        "\ufeff" + table,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@action(ACT)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take answers in from a file; rows that cannot be used are shown, the others count."""
    content = content_of(request.FILES.get("answers"), "answers", most=MOST_OF_ANSWERS)
    if isinstance(content, Problem):
        messages.error(request, f"{said(content.reason)} {said(content.remedy)}")
        return redirect("missing")
    done = missing.answers_from(content, request.POST.get("because", ""), now=clock.now())
    told = {"done": done, "back": reverse("missing")}
    return render(request, "missing_answers.html", told, status=MISTAKEN if done.problems else 200)


menu = Entry("missing", gettext_lazy("Missing facts"), 66, LOOK, "f", RULES)
urls = [
    path("missing/", queue, name="missing"),
    path("missing/look/", look, name="missing-look"),
    path("missing/export/", export, name="missing-export"),
    path("missing/answers/", bring_in, name="missing-answers"),
    path("missing/fact/<str:name>/", fact, name="missing-fact"),
]
