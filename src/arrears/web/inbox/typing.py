"""Typing in what came on paper or was said at a counter: whose it is, by which way, when, in which words."""

import uuid
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from arrears.actions import received as verbs
from arrears.actions.received.receiving import LONGEST, Inbound, Kept
from arrears.config import clock
from arrears.domain.contacts import Channel
from arrears.kernel.hours import instant_of, local_time
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store import search
from arrears.store.doors.cases import case_of
from arrears.web import spoken
from arrears.web.inbox.pieces import titles
from arrears.web.numbers import calendar_day, whole
from arrears.web.permissions import COLLECTORS, may, page
from arrears.web.scoping import zone_of

LOOK = frozenset({"supervisor", "manager", "compliance", "legal", "auditor"})
TYPES = COLLECTORS | {"manager", "compliance", "legal", "field"}
MISTAKEN = 422
WAYS = {
    Channel.LETTER: _("Letter"),
    Channel.VISIT: _("Said at a counter or in person"),
    Channel.CALL: _("Said on the telephone"),
    Channel.EMAIL: _("E-mail"),
    Channel.TEXT: _("Text message"),
    Channel.CHAT: _("Chat"),
    Channel.FAX: _("Fax"),
    Channel.SOCIAL_PRIVATE: _("Private message on a network"),
}


@never_cache
@page(look=TYPES, act=TYPES)
def type_in(request: HttpRequest) -> HttpResponse:
    """Show the form; what was typed is kept and sorted at once, and shown with what it stopped."""
    if request.method != "POST":
        return _form(request)
    inbound = _inbound(request)
    kept = inbound if isinstance(inbound, Problem) else verbs.receive(inbound, now=clock.now())
    if isinstance(kept, Problem):
        return _form(request, kept)
    _say(request, kept)
    if may(request.user, LOOK):
        return redirect("received", kept.id)
    return redirect("inbox-new") if kept.person is None else redirect("call", kept.person)


def _inbound(request: HttpRequest) -> Inbound | Problem:
    said = request.POST
    at = _at(request)
    if at is None:
        return _NO_DAY
    once = said.get("once", "")[:40] or uuid.uuid4().hex
    return Inbound(
        channel=said.get("channel", ""),
        words=said.get("words", ""),
        at=at,
        source=("typed", f"{request.user.pk}:{once}"),
        address=said.get("address", "").strip()[:200],
        person=whole(said.get("person")),
    )


def _at(request: HttpRequest) -> datetime | None:
    """Return when it came; without an hour the beginning of the day, and today never later than now."""
    try:
        day = calendar_day(request.POST.get("on", ""))
        hour = time.fromisoformat(request.POST.get("hour", "") or "00:00")
    except ValueError:
        return None
    return instant_of(day, hour.replace(tzinfo=None), zone_of(request))


def _say(request: HttpRequest, kept: Kept) -> None:
    """Say what it was sorted as, and what that has set off."""
    if not kept.is_new:
        messages.info(request, gettext("This was typed in already."))
        return
    language = spoken.language()
    names = [titles()[one.category].said_in(language) for one in kept.sorted.found]
    said = ("、" if language == "zh" else ", ").join(names) or gettext("nothing that is known")
    messages.success(request, gettext("Kept and sorted as: %(names)s.") % {"names": said})
    if kept.effects:
        words = ngettext("%(count)s thing was stopped at once.", "%(count)s things were stopped at once.", kept.effects)
        messages.warning(request, words % {"count": kept.effects})
    elif kept.person is None:
        messages.warning(request, gettext("Nobody knows who wrote it: nothing is stopped before a human says."))


def _form(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:100]
    said, zone = request.POST, zone_of(request)
    number = whole(said.get("person") or request.GET.get("person"))
    now = local_time(clock.now(), zone)
    whose = case_of(number, now.date()) if number else None
    told = {
        "ways": [(way.value, words) for way, words in WAYS.items()],
        "asked": asked,
        "people": search.find(asked) if asked else (),
        "person": number if whose else None,
        "name": whose.who.name if whose else "",
        "on": said.get("on") or now.date().isoformat(),
        "hour": said.get("hour") or f"{now:%H:%M}",
        "said": said,
        "once": said.get("once") or uuid.uuid4().hex,
        "longest": LONGEST,
        "sees_inbox": may(request.user, LOOK),
        "problem": problem,
    }
    return render(request, "inbox_new.html", told, status=MISTAKEN if problem else 200)


_NO_DAY = Problem(
    "day_unreadable",
    Text("It is not said on which day it came.", "Falta el día en que llegó.", "未说明收到的日期。"),
    Text("Choose a day and an hour.", "Elija un día y una hora.", "请选择日期和时间。"),
    Where(field="on"),
)
