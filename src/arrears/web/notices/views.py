"""Notices: those that must go and by when, a look at one before it goes, many issued at once, and what came of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import notices
from arrears.config import clock
from arrears.domain.contacts import Channel
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.words import name_of
from arrears.kernel.problems import Problem
from arrears.letters import plain_text
from arrears.packs.notices import contents_of
from arrears.store.doors import notices as rows
from arrears.web.call.forms import typed_day
from arrears.web.menu import RULES, Entry
from arrears.web.notices.lines import lines
from arrears.web.notices.serving import LOOK as SERVING
from arrears.web.notices.serving import said_in, serve
from arrears.web.numbers import whole
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of

LOOK = frozenset({"senior", "supervisor", "manager", "compliance", "legal", "agency", "auditor"})
ACT = notices.ISSUERS
MISTAKEN = 422
METHODS = (Channel.LETTER, Channel.EMAIL)
SHOWN = 100


@never_cache
@page(look=LOOK)
def board(request: HttpRequest) -> HttpResponse:
    """Show what must go out by when, and the latest notices."""
    return _board(request)


def _board(request: HttpRequest, issued: notices.Issued | None = None, status: int = 200) -> HttpResponse:
    told = {
        "due": [(one, name_of(one.kind)) for one in notices.deadlines(now=clock.now(), most=SHOWN)],
        "latest": [(one, name_of(one.kind)) for one in rows.latest(most=SHOWN)],
        "issued": issued,
        "methods": [method.value for method in METHODS],
        "zone": zone_of(request),
        "may_act": may(request.user, ACT),
        "may_serve": may(request.user, SERVING),
    }
    return render(request, "notices.html", told, status=status)


@action(ACT)
def issue(request: HttpRequest) -> HttpResponse:
    """Issue the chosen notices; those that lack something are shown with what they lack."""
    said = request.POST
    method = Channel(said["method"]) if said.get("method") in {one.value for one in METHODS} else Channel.LETTER
    made: list[int] = []
    refused: list[notices.Refusal] = []
    for kind, accounts in _chosen(said.getlist("one")).items():
        done = notices.issue_many(accounts, kind, now=clock.now(), method=method)
        made += done.made
        refused += done.refused
    if made:
        messages.success(request, gettext("Queued: each goes out once the gate lets it."))
    if refused or not made:
        return _board(request, notices.Issued(tuple(made), tuple(refused)), MISTAKEN)
    return redirect("notices")


def _chosen(said: list[str]) -> dict[NoticeKind, list[int]]:
    found: dict[NoticeKind, list[int]] = {}
    for one in said:
        kind, _, account = one.partition(":")
        number = whole(account)
        if kind in set(NoticeKind) and number is not None and number not in found.get(NoticeKind(kind), ()):
            found.setdefault(NoticeKind(kind), []).append(number)
    return found


@never_cache
@page(look=LOOK)
def preview(request: HttpRequest, kind: str, account: int) -> HttpResponse:
    """Show a notice as it would go, or everything that it lacks."""
    if kind not in set(NoticeKind):
        raise Http404
    method = Channel.EMAIL if request.GET.get("method") == Channel.EMAIL.value else Channel.LETTER
    draft = notices.drafted(
        account,
        NoticeKind(kind),
        now=clock.now(),
        method=method,
        language=request.GET.get("language", ""),
        given=said_in(request.GET, NoticeKind(kind)),
        person=whole(request.GET.get("person")),
    )
    is_whole = not isinstance(draft, list)
    if is_whole and "pdf" in request.GET:
        return _pdf(draft.document)  # type: ignore[union-attr]
    told: dict[str, Any] = {  # Any: what the template shows
        "kind": kind,
        "title": name_of(NoticeKind(kind)),
        "account": account,
        "problems": [] if is_whole else draft,
        "words": plain_text(draft.words) if is_whole else "",  # type: ignore[union-attr]
        "draft": draft if is_whole else None,
        "as_pdf": urlencode({**request.GET.dict(), "pdf": "1"}),
        "is_served": NoticeKind(kind) in notices.SERVED,
        "may_act": may(request.user, notices.SERVERS if NoticeKind(kind) in notices.SERVED else ACT),
    }
    return render(request, "notice_preview.html", told, status=200 if is_whole else MISTAKEN)


@never_cache
@page(look=LOOK, act=ACT)
def one(request: HttpRequest, notice: int) -> HttpResponse:
    """Show a notice as it was made and what came of it; note that it came back."""
    found = rows.one(notice)
    if found is None or not found.person_name:  # theirs no more: a debt that went back
        raise Http404
    problem = None
    if request.method == "POST":
        done = _noted(request, notice)
        if not isinstance(done, Problem):
            messages.success(request, done)
            return redirect("notice", notice)
        problem = done
    if "pdf" in request.GET:
        document = notices.document_of(found)
        if isinstance(document, bytes):
            return _pdf(document)
        problem = document
    told = {
        "notice": found,
        "title": name_of(found.kind),
        "contents": contents_of(found.contents),
        "words": plain_text(found.words),
        "problem": problem,
        "ways": notices.ways_again(found, now=clock.now()),
        "line": next(iter(lines((found,)))),
        "is_served": found.kind in notices.SERVED,
        "zone": zone_of(request),
        "may_act": may(request.user, ACT),
    }
    return render(request, "notice.html", told, status=MISTAKEN if problem else 200)


def _noted(request: HttpRequest, notice: int) -> str | Problem:
    """Note proof of the day on which it arrived, or that it came back; return what to say of it."""
    if not request.POST.get("on", "").strip():
        done = notices.came_back(notice, request.POST.get("because", ""), now=clock.now())
        return done if isinstance(done, Problem) else gettext("Noted: it came back, and has to go again.")
    on = typed_day(request.POST["on"], "on")
    if not isinstance(on, date):
        assert on is not None
        return on
    arrived = notices.received(notice, on, now=clock.now())
    return arrived if isinstance(arrived, Problem) else gettext("Noted: it arrived on that day.")


def _pdf(document: bytes) -> HttpResponse:
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="notice.pdf"'}
    )


menu = Entry("notices", gettext_lazy("Notices"), 67, LOOK, "u", RULES)
urls = [
    path("notices/", board, name="notices"),
    path("notices/issue/", issue, name="notices-issue"),
    path("notices/serve/", serve, name="notices-serve"),
    path("notices/preview/<str:kind>/<int:account>/", preview, name="notice-preview"),
    path("notices/<int:notice>/", one, name="notice"),
]
