"""A person's numbers and addresses: what is proven of each, since when, by whom; consents; and what is missing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from arrears.actions import agreements
from arrears.actions.address_standing import ByChannel, Standing, standing
from arrears.config import clock
from arrears.domain.contacts import Medium
from arrears.domain.holds import ConsentKind
from arrears.engine.gate.words import name_of
from arrears.facts.asked import asked_facts
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import address_proofs as rows
from arrears.store.doors import contact_points
from arrears.store.doors.address_proofs import Agreed, Noted
from arrears.store.doors.cases import case_of
from arrears.web import spoken
from arrears.web.may_we.views import SIGNALS
from arrears.web.permissions import COLLECTORS, SEES_DEBTORS, action, may, page
from arrears.web.proofs.acts import ACTS, LINES, NO_CHOICE, RESULTS, Act, run
from arrears.web.scoping import zone_of

NOTES = COLLECTORS | {"manager", "compliance", "legal"}
PROVES = frozenset({"senior", "supervisor", "manager", "compliance", "legal"})
MISTAKEN = 422
FACTS = {
    "used_on": _("last used with us about the debt"),
    "opted_out_on": _("wants no more messages here, since"),
    "machines_stopped_on": _("took back consent to machines"),
    "obtained_by_creditor": _("the creditor had it from the consumer"),
    "used_by_creditor": _("the creditor used it about the account"),
    "is_employers": _("an employer provides it"),
    "given_for_this_debt": _("given for this debt"),
    "prior_collector_used": _("the collector before us used it"),
    "prior_collector_evidence": _("the file proves that"),
    "reassigned_checked_on": _("checked among reassigned numbers"),
    "reassigned_check_result": _("answer of that check"),
    "line_type": _("kind of line"),
    "given_in_transaction": _("given in the transaction"),
    "led_to_disclosure": _("somebody else learnt of the debt through it"),
}
CONSENTS = {
    ConsentKind.MEDIUM: _("to be contacted by a medium"),
    ConsentKind.AUTOMATED: _("to calls and texts by machines"),
    ConsentKind.ELECTRONIC_NOTICES: _("to notices that law wants in writing, electronically"),
    ConsentKind.MORE_VISITS: _("to more visits"),
    ConsentKind.CALL_MORE: _("to be called again"),
    ConsentKind.HOURS: _("to hours of their own"),
    ConsentKind.TIME_AND_PLACE: _("to a time and place"),
    ConsentKind.TELL_THIRD_PARTY: _("that somebody else may be told"),
    ConsentKind.WORK_POST: _("to post at work"),
    ConsentKind.ASK_AGAIN: _("to be asked again"),
}
MEDIA = (Medium.TELEPHONE, Medium.TEXT, Medium.EMAIL, Medium.POST, Medium.VISIT, Medium.CHAT)


@never_cache
@page(look=SEES_DEBTORS)
def proofs(request: HttpRequest, person: int) -> HttpResponse:
    """Show how each number and address stands, with what proves it and what is missing."""
    return _shown(request, person)


@action(NOTES)
def prove(request: HttpRequest, person: int, point: int, what: str) -> HttpResponse:
    """Note one thing of a number or address of this person."""
    act = next((one for one in ACTS if one.name == what), None)
    found = contact_points.point(point)
    if act is None or found is None or found.person != person or found.kind not in act.kinds:
        raise Http404
    if act.opens and not may(request.user, PROVES):
        return _shown(request, person, status=403)
    problem = run(act, point, {name: str(value) for name, value in request.POST.items()}, now=clock.now())
    if problem is not None:
        return _shown(request, person, problem, MISTAKEN)
    messages.success(request, gettext("Noted; the gate goes by it from now on."))
    return redirect("proofs", person)


@action(NOTES)
def consent(request: HttpRequest, person: int) -> HttpResponse:
    """Keep a consent with its evidence, or take back every running one of a kind."""
    said, now = request.POST, clock.now()
    kind = said.get("kind", "")
    if kind not in {one.value for one in agreements.TAKEN_HERE}:
        return _shown(request, person, NO_CHOICE, MISTAKEN)
    if "revoke" in said:
        problem = agreements.take_back(person, ConsentKind(kind), now=now)
    elif not may(request.user, PROVES):
        return _shown(request, person, status=403)
    else:
        problem = _take(request, person, ConsentKind(kind))
    if problem is not None:
        return _shown(request, person, problem, MISTAKEN)
    messages.success(request, gettext("Noted; the gate goes by it from now on."))
    return redirect("proofs", person)


def _take(request: HttpRequest, person: int, kind: ConsentKind) -> Problem | None:
    said = request.POST
    words = said.get("evidence", "").strip()[:500]
    steps = {step: True for step in agreements.ESIGN if step in said}
    media = [Medium(said["medium"])] if said.get("medium") in set(Medium) else []
    evidence = {"said": words, **steps} if words else {}
    return agreements.take_consent(person, kind, evidence=evidence, media=media, now=clock.now())


def _shown(request: HttpRequest, person: int, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    now, zone = clock.now(), zone_of(request)
    about = case_of(person, local_day(now, zone))
    found = standing(person, now=now)
    if about is None or isinstance(found, Problem):
        raise Http404
    noted = rows.noted(person)
    told = {
        "about": about,
        "points": [_point(one, noted, may_prove=may(request.user, PROVES)) for one in found],
        "consents": [_consent(one) for one in rows.agreed(person)],
        "kinds": [(kind.value, CONSENTS[kind]) for kind in CONSENTS if kind in agreements.TAKEN_HERE],
        "media": [(medium.value, name_of(medium)) for medium in MEDIA],
        "may_note": may(request.user, NOTES),
        "may_prove": may(request.user, PROVES),
        "said": request.POST,
        "today": local_day(now, zone),
        "zone": zone,
        "problem": problem,
    }
    return render(request, "proofs.html", told, status=status)


def _point(one: Standing, noted: list[Noted], *, may_prove: bool) -> dict[str, Any]:
    return {
        "way": one.way,
        "proven": [
            (FACTS[name], _value(name, one.way.facts[name]), _latest(noted, one.way.id, name))
            for name in FACTS
            if one.way.facts.get(name) is not None
        ],
        "channels": [_channel(by) for by in one.channels],
        "acts": _acts(one.way.kind, may_prove=may_prove),
    }


def _acts(kind: str, *, may_prove: bool) -> list[Act]:
    return [act for act in ACTS if kind in act.kinds and (may_prove or not act.opens)]


def _channel(by: ByChannel) -> dict[str, Any]:
    asked = asked_facts()
    return {
        "channel": by.channel.value,
        "answer": by.answer.name.lower() if by.answer is not None else "",
        "signal": SIGNALS[by.answer] if by.answer is not None else "late",
        "barring": by.barring,
        "missing": [(name, asked[name].words if name in asked else name) for name in by.missing],
        "problem": by.problem,
    }


def _value(name: str, value: object) -> Any:  # Any: words, lazy words or a day
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name.endswith("_on"):
        return spoken.day(date.fromisoformat(str(value)[:10]))
    return {**LINES, **RESULTS}.get(str(value), str(value))


def _latest(noted: list[Noted], point: int, name: str) -> Noted | None:
    return next((one for one in noted if one.point == point and name in one.proof), None)


def _consent(one: Agreed) -> dict[str, Any]:
    kind = ConsentKind(one.kind)
    words = str(one.evidence.get("said", "")) or ", ".join(str(value) for value in one.evidence.values())
    return {
        "row": one,
        "words": CONSENTS[kind],
        "media": [name_of(Medium(medium)) for medium in one.media if medium in set(Medium)],
        "evidence": words,
        "may_be_taken_back": one.revoked_at is None and kind in agreements.TAKEN_HERE,
    }


urls = [
    path("proofs/<int:person>/", proofs, name="proofs"),
    path("proofs/<int:person>/consent/", consent, name="proofs-consent"),
    path("proofs/<int:person>/<int:point>/<slug:what>/", prove, name="prove"),
]
