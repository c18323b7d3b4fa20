"""The list with its search, and one rule a page. Rules hold no data of anybody: a search may stand in an address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrears.actions import rule_settings
from arrears.actions.rule_books import book_for, settings_of
from arrears.actions.rule_settings import limit_in_file, problem_of
from arrears.config import clock
from arrears.domain.rule_settings import RuleAct, Settled, gate_on
from arrears.engine.gate import RuleBook, Settings
from arrears.engine.gate.rules import Rule
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.unions import EVERYWHERE as WORLDWIDE
from arrears.store.doors import contact_records
from arrears.store.doors import rule_settings as rows
from arrears.store.scope import current
from arrears.web import spoken
from arrears.web.menu import RULES, Entry
from arrears.web.numbers import GREATEST_LIMIT, calendar_day, whole
from arrears.web.permissions import EVERYBODY, action, may, page
from arrears.web.rules import library
from arrears.web.rules.library import Asked
from arrears.web.rules.parameters import parameter_name
from arrears.web.scoping import zone_of

SOURCES = {
    "S1": _("primary text seen"),
    "S2": _("seen second-hand"),
    "S2/MV": _("detail unverified"),
    "MV": _("unverified"),
    "house": _("our own"),
    "own": _("added here"),
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


ACTS = {
    RuleAct.SWITCH_ON: _("switched on"),
    RuleAct.SWITCH_OFF: _("switched off"),
    RuleAct.KEEP_BY_CHOICE: _("kept by choice"),
    RuleAct.END_CHOICE: _("no longer kept by choice"),
    RuleAct.SET_LIMIT: _("limit set"),
    RuleAct.TAKE_PACK: _("rules taken"),
}
SETTLES = frozenset({"compliance", "administrator"})
MISTAKEN = 422


@page(look=EVERYBODY)
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules that were looked for; all of them unasked."""
    get = request.GET
    names = ("q", "place", "source", "state", "status")
    asked = Asked(*(get.get(name, "").strip() for name in names))
    book, settings, _said = _in_force(request)
    told = {
        "lines": [
            (line, SOURCES[line.source], STATES[line.state], _place(line.rule.place))
            for line in library.lines(asked, settings, book)
        ],
        "all": len(book.rules),
        "asked": asked,
        "places": [(place, spoken.territory(place)) for place in library.places(book)],
        "everywhere": library.EVERYWHERE,
        "sources": [(code, SOURCES[code]) for code in library.sources()],
        "states": list(STATES.items()),
        "statuses": list(STATUSES.items()),
        "severities": SEVERITIES,
        "version": book.version,
        "acts": _acts(None, 12),
        "zone": zone_of(request),
    }
    return render(request, "rules.html", told)


def _in_force(request: HttpRequest) -> tuple[RuleBook, Settings, dict[str, Any]]:
    """Return the rules and settings under which the organisation of whoever asks works today, and all it settled."""
    house = contact_records.house_of(current("default").organisation)
    today = local_day(clock.now(), zone_of(request))
    said = dict(house.settings)
    return (
        book_for([said], today, using="default"),
        settings_of([said], today, using="default"),
        dict(gate_on(said.get("gate", {}), today)),
    )


def _acts(rule: str | None, most: int) -> list[tuple[rows.Act, Any]]:
    return [(act, ACTS[act.act]) for act in rows.acts(current("default").organisation, rule, most=most)]


@page(look=EVERYBODY)
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show one rule with its source, its numbers, its cases as the gate answers them now, and what was settled."""
    return _one(request, rule_id, 200)


def _one(request: HttpRequest, rule_id: str, status: int, problem: Problem | None = None) -> HttpResponse:
    book, settings, gate = _in_force(request)
    found = book.by_id.get(rule_id)
    if found is None:
        raise Http404
    state = library.state_of(found, settings)
    told = {
        "rule": found,
        "severity": SEVERITIES[found.severity.value],
        "state": state,
        "state_words": STATES[state],
        "source": SOURCES[library.source_of(found)],
        "status": STATUSES[found.law.status.value] if found.law else "",
        "words": library.worded(found, found.words),
        "allows": library.worded(found, found.allows) if found.allows else None,
        "place": _place(found.place),
        "numbers": [(parameter_name(name), value) for name, value in library.numbers(found, library.VALUES)],
        "cases": [(case, ANSWERS.get(case.expected, case.expected)) for case in library.cases(found, book)],
        "related": library.related(found, book),
        "acts": _acts(found.id, 50),
        "may_settle": may(request.user, SETTLES),
        "may_switch": not found.ships_on and not found.is_core,
        "may_choose": bool(found.law and found.scope),
        "is_chosen": found.id in settings.by_choice,
        "limits": _limits(found, gate),
        "today": local_day(clock.now(), zone_of(request)),
        "zone": zone_of(request),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "rule.html", told, status=status)


def _place(place: str | None) -> str:
    """Return the words of a place: of a country its name, of a state or city the country's name with its code."""
    if place == WORLDWIDE:
        return gettext("everywhere")
    country, _apart, part = (place or "").partition("-")
    return f"{spoken.territory(country)} ({place})" if part else spoken.territory(country)


def _limits(found: Rule, gate: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return the limits of the house that somebody may tighten: key, name, and the number that is in force."""
    own = gate.get("limits", {}).get(found.id, {})
    if not found.is_house:
        return []
    named = ((name, limit_in_file(found, name)) for name in found.parameters)
    return [(name, parameter_name(name), own.get(name, value)) for name, value in named if value is not None]


@action(SETTLES)
def settle(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Keep one act about a rule, under the name of whoever is signed in."""
    post = request.POST
    try:
        act = Settled(
            act=RuleAct(post.get("act", "")),
            rule=rule_id,
            from_on=calendar_day(post.get("from_on", "")),
            limit=post.get("limit", ""),
            value=whole(post.get("value"), most=GREATEST_LIMIT),
        )
    except ValueError:
        return _one(request, rule_id, MISTAKEN, problem_of("in_the_past", "from_on"))
    problem = rule_settings.settle(act, reason=post.get("reason", ""), now=clock.now())
    if problem is not None:
        return _one(request, rule_id, MISTAKEN, problem)
    messages.success(request, gettext("Noted: %(act)s.") % {"act": ACTS[act.act]})
    return redirect("rule", rule_id)


menu = Entry("rules", _("Rules"), 70, EVERYBODY, "l", RULES)
urls = [
    path("rules/", rules, name="rules"),
    path("rules/<str:rule_id>/", rule, name="rule"),
    path("rules/<str:rule_id>/settle/", settle, name="rule-settle"),
]
