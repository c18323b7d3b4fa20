"""The inbox: received texts that wait, one text with what it was sorted into, and one key for each decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import received as verbs
from arrears.config import clock
from arrears.domain.received import ReceivedState
from arrears.domain.replies import Category
from arrears.kernel.problems import Problem
from arrears.store import search
from arrears.store.doors import received as rows
from arrears.store.doors.received import Text
from arrears.web.inbox.came_back import came_back
from arrears.web.inbox.pieces import lines, pieces, titles
from arrears.web.inbox.typing import TYPES, type_in
from arrears.web.menu import Entry
from arrears.web.numbers import whole
from arrears.web.permissions import may, page
from arrears.web.scoping import zone_of
from arrears.web.wording import CHANNELS

LOOK = frozenset({"supervisor", "manager", "compliance", "legal", "agency", "auditor"})
ACT = verbs.DECIDING
MISTAKEN = 422
MOST, SHOWN = 100, 180


@never_cache
@page(look=LOOK)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits: danger first, then what stops contact, then the rest; the oldest of each first."""
    waiting = rows.waiting()
    told = {
        "found": [(one, pieces(one, SHOWN), lines(one), CHANNELS[one.channel]) for one in rows.queue(most=MOST)],
        "count": sum(waiting.values()),
        "most": MOST,
        "danger": waiting.get(0, 0),
        "may_type": may(request.user, TYPES),
        "zone": zone_of(request),
    }
    return render(request, "inbox.html", told)


@never_cache
@page(look=LOOK, act=ACT)
def received(request: HttpRequest, number: int) -> HttpResponse:
    """Show one text and its categories; a decision leads to the next one that waits."""
    if request.method != "POST":
        return _one(request, number, 200)
    verb = _VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        return _one(request, number, MISTAKEN)
    done = verb(request, number)
    if isinstance(done, Problem):
        return _one(request, number, MISTAKEN, done)
    if done is None or done.state is not ReceivedState.DONE:
        return redirect("received", number)
    messages.success(request, gettext("Dealt with."))
    after = next((one for one in rows.queue(most=1)), None)
    return redirect("inbox") if after is None else redirect("received", after.id)


def _one(request: HttpRequest, number: int, status: int, problem: Problem | None = None) -> HttpResponse:
    text = rows.kept(number)
    if text is None or (text.person is not None and not text.person_name):  # a debt of theirs that went back
        raise Http404
    found = lines(text)
    asked = request.GET.get("q", "").strip()
    told = {
        "it": text,
        "channel": CHANNELS[text.channel],
        "pieces": pieces(text),
        "lines": found,
        "first": next((line.category for line in found if line.is_open), ""),
        "is_done": text.state is ReceivedState.DONE,
        "may_act": not set(getattr(request.user, "roles", ())).isdisjoint(ACT),
        "others": [(one.value, words) for one, words in titles().items() if _may_add(text, one)],
        "asked": asked,
        "people": search.find(asked) if asked and text.person is None else (),
        "zone": zone_of(request),
        "problem": problem,
    }
    return render(request, "received.html", told, status=status)


def _may_add(text: Text, category: Category) -> bool:
    return category is not Category.OTHER and category.value not in {one["category"] for one in text.found}


def _decide(request: HttpRequest, number: int) -> Text | Problem:
    said = request.POST
    return verbs.decide(
        number,
        said.get("category", ""),
        is_right=said.get("ruling") == "confirm",
        because=said.get("reason", ""),
        now=clock.now(),
    )


def _add(request: HttpRequest, number: int) -> Text | Problem:
    return verbs.add_category(number, request.POST.get("category", ""), now=clock.now())


def _name(request: HttpRequest, number: int) -> Text | Problem:
    return verbs.name_person(number, whole(request.POST.get("person")) or 0, now=clock.now())


def _finish(_: HttpRequest, number: int) -> Text | Problem:
    return verbs.finish(number, now=clock.now())


_VERBS: dict[str, Callable[[HttpRequest, int], Any]] = {
    "decide": _decide,
    "add": _add,
    "name": _name,
    "finish": _finish,
}

menu = Entry("inbox", gettext_lazy("Inbox"), 35, LOOK, "x")
urls = [
    path("inbox/", inbox, name="inbox"),
    path("inbox/new/", type_in, name="inbox-new"),
    path("inbox/came-back/", came_back, name="came-back"),
    path("inbox/<int:number>/", received, name="received"),
]
