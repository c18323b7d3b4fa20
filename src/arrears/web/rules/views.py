"""The list with its search, and one rule a page. Rules hold no data of anybody: a search may stand in an address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from arrears.engine.gate.asking import PLAIN
from arrears.web.menu import RULES, Entry
from arrears.web.permissions import EVERYBODY, page
from arrears.web.rules import library
from arrears.web.rules.library import Asked

SOURCES = {
    "S1": _("primary text seen"),
    "S2": _("seen second-hand"),
    "S2/MV": _("detail unverified"),
    "MV": _("unverified"),
    "house": _("our own"),
}
STATES = {"always": _("always on"), "on": _("on"), "off": _("off")}
SEVERITIES = {
    "BLOCK": _("refuses"),
    "WARN": _("asks a named human"),
    "NOTICE": _("allows with a notice"),
    "RECORD": _("keeps a record"),
    "SCOPE": _("says whom a law binds"),
    "EXCEPTION": _("lifts another rule"),
}
STATUSES = {"in_force": _("in force"), "adopted": _("adopted, not yet in force"), "draft": _("draft")}
ANSWERS = {
    "allow": _("allowed"),
    "allow_with_notice": _("allowed with a notice"),
    "ask_human": _("a named human decides"),
    "refuse": _("refused"),
}


@page(look=EVERYBODY)
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules that were looked for; all of them unasked."""
    get = request.GET
    asked = Asked(get.get("q", "").strip(), get.get("place", ""), get.get("source", ""), get.get("state", ""))
    told = {
        "lines": [(line, SOURCES[line.source], STATES[line.state]) for line in library.lines(asked)],
        "all": len(library.lines(Asked())),
        "asked": asked,
        "places": [(place, place) for place in library.places()],
        "everywhere": library.EVERYWHERE,
        "sources": [(code, SOURCES[code]) for code in library.sources()],
        "states": list(STATES.items()),
        "severities": SEVERITIES,
    }
    return render(request, "rules.html", told)


@page(look=EVERYBODY)
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show one rule with its source, its numbers, and its cases as the gate answers them now."""
    found = library.rule_of(rule_id)
    if found is None:
        raise Http404
    told = {
        "rule": found,
        "severity": SEVERITIES[found.severity.value],
        "state": library.state_of(found, PLAIN),
        "state_words": STATES[library.state_of(found, PLAIN)],
        "source": SOURCES[library.source_of(found)],
        "status": STATUSES[found.law.status.value] if found.law else "",
        "numbers": list(library.numbers(found)),
        "cases": [(case, ANSWERS.get(case.expected, case.expected)) for case in library.cases(found)],
        "related": library.related(found),
    }
    return render(request, "rule.html", told)


menu = Entry("rules", _("Rules"), 70, EVERYBODY, "l", RULES)
urls = [path("rules/", rules, name="rules"), path("rules/<str:rule_id>/", rule, name="rule")]
