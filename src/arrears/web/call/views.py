"""The call screen and what one does there: dial, note an incoming call, verify, say how it ended, skip, unmask."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import contacts, findings, identifiers, promises, verification, work
from arrears.actions.disputed_parts import REST_ONLY
from arrears.actions.gatekeeping import Approach
from arrears.actions.people import IN_CHARGE
from arrears.config import clock
from arrears.domain.contacts import Channel
from arrears.kernel.problems import Problem
from arrears.packs.dispositions import Disposition, Level, Need, dispositions, skip_reasons
from arrears.packs.loading import load
from arrears.store.doors import ongoing, people_at_work
from arrears.web import spoken, wording
from arrears.web.call import forms, track
from arrears.web.call.screen import Screen, screen_of
from arrears.web.numbers import whole
from arrears.web.permissions import COLLECTORS, SEES_DEBTORS, action, may, page
from arrears.web.scoping import zone_of

#: The gate refused a well-made request: what is on record of it stays.
REFUSED = 409
MISTAKEN = 422
#: Reasons for being late that nobody says: what is not known, and that nobody could be asked.
_NOT_SAID = {"unknown", "unreachable"}


@never_cache
@page(look=SEES_DEBTORS)
def call(request: HttpRequest, person: int) -> HttpResponse:
    """Show the case of a person."""
    return _shown(request, person)


def _shown(
    request: HttpRequest,
    person: int,
    *,
    status: int = 200,
    problems: list[Problem] | None = None,
    typed: Mapping[str, str] | None = None,
    ticked: Sequence[str] = (),
) -> HttpResponse:
    now = clock.now()
    screen = screen_of(person, request.user, now, zone_of(request))
    if screen is None:
        raise Http404
    colleague = contacts.colleague_at(person, request.user.pk, now=now)
    told = {
        "screen": screen,
        "may_act": may(request.user, COLLECTORS),
        "is_mine": ongoing.held_by(person, now) == request.user.pk,
        "worked_by": people_at_work.name_of(colleague) if colleague else "",
        "leads": may(request.user, IN_CHARGE),
        "problems": forms.by_field(problems or []),
        "typed": typed or {},
        "ticked": ticked,
        "open_part": _part(dispositions()[typed["code"]]) if typed and typed.get("code") in dispositions() else "",
        **_talk(screen),
        **_choices(screen),
    }
    return render(request, "call.html", told, status=status)


def _talk(screen: Screen) -> dict[str, Any]:  # Any: a template's context
    """Return what may be said, and the step at which the talk stands."""
    current = "opening"
    items = verification.askable(screen.case)
    if screen.call:
        current = "purpose" if screen.is_verified else "verification"
    return {
        "steps": track.steps(screen.speech),
        "objections": track.objections(screen.speech),
        "abusive": track.abusive(screen.speech),
        "current_step": current,
        "items": items,
        "too_few": verification.TOO_FEW_ON_FILE if len(items) < verification.ITEMS_NEEDED else None,
    }


def _choices(screen: Screen) -> dict[str, Any]:  # Any: a template's context
    """Return what the forms offer to choose from."""
    days = [screen.today + timedelta(days=ahead) for ahead in range(screen.promise_days + 1)]
    return {
        "outcomes": _outcomes(is_verified=screen.is_verified),
        "skips": list(skip_reasons().values()),
        "hours": list(forms.HOURS),
        "means": list(wording.MEANS.items()),
        "confidence": list(wording.CONFIDENCE.items()),
        "reasons": [code for code in load().facts["reason_late"].codes if code.name not in _NOT_SAID],
        "latest_day": days[-1],
        "quick_days": [(day, spoken.day(day, short=True)) for day in days],
    }


def _outcomes(*, is_verified: bool) -> list[tuple[str, list[tuple[Disposition, str]]]]:
    """Return how a call may end now, by how far it came, each with the part of the form that it needs.

    What says that the person was spoken to is offered once they are verified; what says that they were not, before.
    """
    groups = [(gettext("Nobody was reached"), {Level.ATTEMPT}), (gettext("Somebody answered"), {Level.CONTACT})]
    if is_verified:
        groups = [(gettext("The person was spoken to"), {Level.RIGHT_PARTY, Level.PROMISE})]
    found = dispositions().values()
    return [(words, [(one, _part(one)) for one in found if one.level in levels]) for words, levels in groups]


def _part(ending: Disposition) -> str:
    """Return which part of the form an ending opens: what was promised, when to call back, or none."""
    if Need.PROMISE in ending.needs or (Need.DATE in ending.needs and ending.next_step == "agree_arrangement"):
        return "promise"
    return "callback" if Need.DATE in ending.needs else ""


@action(COLLECTORS)
def dial(request: HttpRequest, person: int, point: int) -> HttpResponse:
    """Take the permit for a call to one number; the gate is asked again, and only its leave begins a call."""
    rest_only = {REST_ONLY: True} if request.POST.get("rest_only") else {}
    approach = Approach(person=person, contact_point=point, channel=Channel.CALL, facts=rest_only)
    because = request.POST.get("approved_because", "")
    answer = contacts.take_permit(approach, now=clock.now(), approved_because=because)
    if isinstance(answer, Problem):
        return _shown(request, person, status=MISTAKEN, problems=[answer])
    if isinstance(answer, contacts.Refused):
        messages.error(request, gettext("The gate refused this call. Nothing was dialled."))
        return _shown(request, person, status=REFUSED)
    return redirect("call", person=person)


@action(COLLECTORS)
def inbound(request: HttpRequest, person: int) -> HttpResponse:
    """Begin a call that the person makes to us."""
    screen = screen_of(person, request.user, clock.now(), zone_of(request))
    if screen is None:
        raise Http404
    accounts = tuple(one.debt.id for one in screen.owed)
    owner = screen.case.who.organisation
    begun = contacts.call_received(person, accounts, contact_point=None, owner=owner, now=clock.now(), using="default")
    if isinstance(begun, Problem):
        return _shown(request, person, status=MISTAKEN, problems=[begun])
    return redirect("call", person=person)


@action(COLLECTORS)
def verify(request: HttpRequest, person: int) -> HttpResponse:
    """Note which items were asked for, and whether the answers prove who is speaking."""
    items = request.POST.getlist("items")
    attempt = _number(request.POST.get("attempt", ""))
    passed = request.POST.get("passed") == "yes"
    noted = verification.record(attempt, items, is_passed=passed, now=clock.now())
    if isinstance(noted, Problem):
        return _shown(request, person, status=MISTAKEN, problems=[noted], ticked=items)
    return redirect("call", person=person)


@action(COLLECTORS)
def outcome(request: HttpRequest, person: int) -> HttpResponse:
    """Note how the call ended, with the promise where one was made; then on to the next person."""
    now = clock.now()
    screen = screen_of(person, request.user, now, zone_of(request))
    if screen is None:
        raise Http404
    typed = request.POST.dict()
    problems = _promise(screen, typed) or _end(screen, typed) or _reason(screen, typed)
    if problems:
        return _shown(request, person, status=MISTAKEN, problems=problems, typed=typed)
    messages.success(request, gettext("Noted: %(name)s.") % {"name": screen.case.who.name})
    return _onward(request, person)


def _promise(screen: Screen, typed: Mapping[str, str]) -> list[Problem]:
    """Take the promise, where the outcome says that there is one and this call has none yet."""
    ending = dispositions().get(typed.get("code", ""))
    if ending is None or _part(ending) != "promise" or screen.call is None or screen.call.promises:
        return []
    said = forms.typed_promise(typed, (one.debt for one in screen.owed))
    if isinstance(said, list):
        return said
    if problems := forms.undecided(typed, said.account, (one.account for one in screen.open_promises)):
        return problems
    taken = promises.take(
        said.account,
        person=screen.case.who.id,
        attempt=screen.call.id,
        amount_minor=said.amount_minor,
        due_on=said.due_on,
        due_hour=said.due_hour,
        means=said.means,
        may_call=said.may_call,
        may_write=said.may_write,
        confidence=said.confidence,
        in_place_of=said.in_place_of,
        is_beside_plan=said.is_beside_plan,
        undisputed_only=bool(typed.get("rest_only")) and said.account in screen.parts,
        beyond="pay_day_call" if typed.get("beyond") == "pay_day_call" else "arrangement",
        now=screen.now,
    )
    return taken if isinstance(taken, list) else []


def _end(screen: Screen, typed: Mapping[str, str]) -> list[Problem]:
    back = forms.typed_instant(typed, "callback_on", "callback_hour", _wall(screen))
    if isinstance(back, Problem):
        return [back]
    started = screen.call.started_at if screen.call else screen.now
    ended = contacts.record_outcome(
        _number(typed.get("attempt", "")),
        typed.get("code", ""),
        now=screen.now,
        seconds=int((screen.now - started).total_seconds()),
        note=typed.get("note", ""),
        callback_at=back,
    )
    return ended if isinstance(ended, list) else []


def _reason(screen: Screen, typed: Mapping[str, str]) -> list[Problem]:
    """Keep why it is late, where that was said; a matter of care starts a hold instead (P10)."""
    if not typed.get("reason_late") or screen.lead is None:
        return []
    problem = findings.note(screen.lead.debt.id, reason_late=typed["reason_late"], now=screen.now)
    return [problem] if problem else []


def _wall(screen: Screen) -> str:
    """Return the clock of the number on the line, else that of any number, else ours."""
    zones = [zone for reach in screen.reaches for zone, _ in reach.clocks if reach.is_in_use or not screen.call]
    return zones[0] if zones else screen.zone


def _onward(request: HttpRequest, person: int) -> HttpResponse:
    """Let go of the person and go on to the next, or stay to look once more."""
    if request.POST.get("go") != "next":
        return redirect("call", person=person)
    work.release(person, now=clock.now())
    return next_person(request)


@action(COLLECTORS)
def skip(request: HttpRequest, person: int) -> HttpResponse:
    """Pass a person over with a reason, and go on to the next."""
    skipped = work.skip(person, request.POST.get("reason", ""), now=clock.now())
    if isinstance(skipped, Problem):
        return _shown(request, person, status=MISTAKEN, problems=[skipped])
    return next_person(request)


@action(COLLECTORS)
def get_next(request: HttpRequest) -> HttpResponse:
    """Hold the next person for this collector and open the case."""
    return next_person(request)


def next_person(request: HttpRequest) -> HttpResponse:
    """Open the next case, or today's page where nobody is left."""
    now = clock.now()
    served = work.get_next(request.user.pk, now=now)
    if served is not None:
        return redirect("call", person=served.person)
    messages.info(request, gettext("Nobody is left on your list who may be contacted now."))
    opens = work.next_opening(request.user.pk, now=now)
    if opens is not None:
        told = gettext("The first of them may be called from %(moment)s.")
        messages.info(request, told % {"moment": spoken.moment(opens, zone_of(request))})
    return redirect("today")


@action(COLLECTORS)
def unmask(request: HttpRequest, person: int, what: str) -> HttpResponse:
    """Show an identifier once; that it was shown is recorded."""
    found = identifiers.unmask(person, what, now=clock.now())
    if isinstance(found, Problem):
        raise Http404
    shown = spoken.day(date.fromisoformat(found)) if what == "birth_date" else found
    return render(request, "call_masked.html", {"shown": shown, "what": what})


def _number(said: str) -> int:
    return whole(said) or 0


urls = [
    path("next/", get_next, name="next"),
    path("call/<int:person>/", call, name="call"),
    path("call/<int:person>/dial/<int:point>/", dial, name="dial"),
    path("call/<int:person>/inbound/", inbound, name="inbound"),
    path("call/<int:person>/verify/", verify, name="verify"),
    path("call/<int:person>/outcome/", outcome, name="outcome"),
    path("call/<int:person>/skip/", skip, name="skip"),
    path("call/<int:person>/show/<slug:what>/", unmask, name="unmask"),
]
