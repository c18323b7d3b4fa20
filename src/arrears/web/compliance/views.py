"""Incidents and permits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import contacts
from arrears.config import clock
from arrears.kernel.texts import Text
from arrears.packs import checker
from arrears.store.doors import flagged_words, queues
from arrears.web import spoken
from arrears.web.menu import Entry
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of

LOOK = frozenset({"compliance", "auditor", "manager", "supervisor"})
ACT = frozenset({"compliance"})
MISTAKEN = 422


@never_cache
@page(look=LOOK)
def compliance(request: HttpRequest) -> HttpResponse:
    """Show what must be looked into, and what was allowed."""
    return _shown(request, 200)


def _shown(request: HttpRequest, status: int, problem: str = "", about: int = 0) -> HttpResponse:
    incidents = queues.incidents()
    found = flagged_words.passages([one.facts for one in incidents])
    told = {
        "incidents": [(one, _cited(passages)) for one, passages in zip(incidents, found, strict=True)],
        "permits": queues.permits_issued(),
        "zone": zone_of(request),
        "may_act": may(request.user, ACT),
        "problem": problem,
        "about": about,
    }
    return render(request, "compliance.html", told, status=status)


def _cited(passages: list[tuple[str, str]]) -> list[tuple[Text | str, str, str]]:
    """Return what each rule is called, the words it was found in, and its citation; a rule that is gone by its id."""
    found = [(name, words, checker.rule(name)) for name, words in passages]
    return [(rule.title if rule else name, words, rule.citation if rule else "") for name, words, rule in found]


@action(ACT)
def close(request: HttpRequest, incident: int) -> HttpResponse:
    """Close an incident with what was found."""
    problem = contacts.close_incident(incident, request.POST.get("finding", ""), now=clock.now())
    if problem is not None:
        return _shown(request, MISTAKEN, problem.said_in(spoken.language()), incident)
    messages.success(request, gettext("The incident is closed."))
    return redirect("compliance")


menu = Entry("compliance", gettext_lazy("Compliance"), 60, LOOK, "c")
urls = [
    path("compliance/", compliance, name="compliance"),
    path("compliance/incidents/<int:incident>/", close, name="close-incident"),
]
