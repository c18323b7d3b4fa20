"""Asking for one person, one contact point, one channel and purpose. Nothing is taken or counted by asking."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from arrears.actions.gatekeeping import Approach, Brief, brief
from arrears.config import clock
from arrears.domain.contacts import KIND_OF_POINT, MEDIUM_OF, Channel, Purpose
from arrears.engine.gate import Answer
from arrears.engine.gate.closed import closed_hours
from arrears.kernel.hours import is_zone, local_time
from arrears.kernel.problems import Problem
from arrears.store.doors.cases import Case, Point, case_of
from arrears.web.may_we.week import hours, week
from arrears.web.missing.views import LOOK as SEES_MISSING
from arrears.web.permissions import SEES_DEBTORS, may, page
from arrears.web.scoping import zone_of

PURPOSES = {
    "collect": _("to collect"),
    "service": _("a service message"),
    "reply": _("to answer what they wrote"),
    "verification": _("to send a verification"),
    "legal_notice": _("a notice the law asks for"),
}
SIGNALS = {Answer.ALLOW: "good", Answer.ALLOW_WITH_NOTICE: "good", Answer.ASK_HUMAN: "wait", Answer.REFUSE: "late"}


@never_cache
@page(look=SEES_DEBTORS)
def may_we(request: HttpRequest, person: int) -> HttpResponse:
    """Show what the gate would say now, and when it would say yes in the coming week."""
    now, own = clock.now(), zone_of(request)
    case = case_of(person, local_time(now, own).date())
    if case is None:
        raise Http404
    point = _point(case, request.GET.get("point", ""))
    channel = _channel(point, request.GET.get("channel", ""))
    purpose = _purpose(request.GET.get("purpose", ""))
    approach = Approach(person=person, contact_point=point.id if point else None, channel=channel, purpose=purpose)
    found = brief(approach, now=now)
    zone = next((zone for zone in (point.timezones if point else ()) if is_zone(zone)), own)
    told = {
        "case": case,
        "point": point,
        "channel": channel.value,
        "purpose": purpose.value,
        "purposes": list(PURPOSES.items()),
        "channels": [one.value for one in _channels(point)],
        "zone": zone,
        "problem": found if isinstance(found, Problem) else None,
        "hours": hours(),
        "sees_missing": may(request.user, SEES_MISSING),
        **(_answer(found, zone) if isinstance(found, Brief) else {}),
    }
    return render(request, "may_we.html", told)


def _answer(asked: Brief, zone: str) -> dict[str, object]:
    found = asked.verdict()
    closed = closed_hours(asked.book, asked.proposal, asked.known, asked.settings)
    return {
        "verdict": found,
        "answer": found.answer.name.lower(),
        "signal": SIGNALS[found.answer],
        "spoken": [(one, SIGNALS[one.answer], one.answer.name.lower()) for one in found.spoken],
        "next": None if found.may_go else found.next_permitted,
        "days": week(found.windows, found.at, zone, closed),
        "ends": found.at + timedelta(days=7),
    }


def _point(case: Case, said: str) -> Point | None:
    """Return the contact point that was asked about; unasked the first that is good."""
    chosen = next((one for one in case.points if str(one.id) == said), None)
    return chosen or next((one for one in case.points if one.is_valid), next(iter(case.points), None))


def _channels(point: Point | None) -> list[Channel]:
    """Return the channels that reach such a contact point."""
    if point is None:
        return [Channel.CALL]
    return [channel for channel, medium in MEDIUM_OF.items() if KIND_OF_POINT.get(medium) == point.kind]


def _channel(point: Point | None, said: str) -> Channel:
    among = _channels(point)
    return next((channel for channel in among if channel.value == said), among[0])


def _purpose(said: str) -> Purpose:
    return Purpose(said) if said in PURPOSES else Purpose.COLLECT


urls = [path("may-we/<int:person>/", may_we, name="may-we")]
