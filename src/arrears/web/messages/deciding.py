"""Messages that wait for a named human: what the gate warned about, answered one by one or many at once."""

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache

from arrears.actions.messages import answering
from arrears.actions.messages.answering import Seen
from arrears.actions.rule_books import rule_called
from arrears.config import clock
from arrears.domain.permits import ANSWERING_ROLES
from arrears.domain.warnings import Json
from arrears.kernel.problems import Problem
from arrears.packs.messages import templates
from arrears.store.doors import message_warnings as rows
from arrears.store.doors import messages as sent
from arrears.store.doors.message_warnings import Group, Warned
from arrears.web import spoken
from arrears.web.numbers import whole
from arrears.web.permissions import may, page
from arrears.web.scoping import zone_of
from arrears.web.wording import CHANNELS

LOOK = ANSWERING_ROLES | {"auditor"}
MISTAKEN = 422


@never_cache
@page(look=LOOK, act=ANSWERING_ROLES)
def decisions(request: HttpRequest) -> HttpResponse:
    """Show what waits, alike messages together; answer or decline those ticked, or a whole group as it was shown."""
    if request.method != "POST":
        return _list(request)
    seen = _seen(request)
    done = seen if isinstance(seen, Problem) else _answer(request, seen)
    return _list(request, done) if isinstance(done, Problem) else redirect("message-decisions")


@never_cache
@page(look=LOOK, act=ANSWERING_ROLES)
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show one message with the words it would go with now; answer or decline it, which leads back to the list."""
    if request.method != "POST":
        return _one(request, number)
    done = _answer(request, [(number, request.POST.get("likeness", ""))])
    return _one(request, number, done) if isinstance(done, Problem) else redirect("message-decisions")


def _seen(request: HttpRequest) -> list[Seen] | Problem:
    said = request.POST
    if "all" in said:
        return answering.all_seen(said.get("group", ""), said.get("fingerprint", ""))
    ticked = (one.partition("-") for one in said.getlist("message"))
    found = ((whole(number), likeness) for number, _, likeness in ticked)
    return [(number, likeness) for number, likeness in found if number is not None]


def _answer(request: HttpRequest, seen: list[Seen]) -> Problem | None:
    because, now = request.POST.get("because", ""), clock.now()
    if "decline" in request.POST:
        done = answering.decline(seen, because, now=now)
        words = ngettext("%(count)s message was declined.", "%(count)s messages were declined.", _count(done))
    else:
        done = answering.let_go(seen, because, now=now)
        words = ngettext("%(count)s message may go now.", "%(count)s messages may go now.", _count(done))
    if isinstance(done, Problem):
        return done
    notes.success(request, words % {"count": spoken.number(done.count)})
    if done.changed:
        notes.warning(request, gettext("Some have changed since you looked; they wait still."))
    return None


def _count(done: answering.Answered | Problem) -> int:
    return 0 if isinstance(done, Problem) else done.count


def _list(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    groups = rows.groups()
    told = {
        "groups": [_group(one) for one in groups],
        "count": sum(one.count for one in groups),
        "shown_of_each": rows.SHOWN,
        "most": rows.MOST,
        "said": request.POST,
        "may_act": may(request.user, ANSWERING_ROLES),
        "sees_batches": may(request.user, LOOK),
        "zone": zone_of(request),
        "problem": problem,
    }
    return render(request, "message_decisions.html", told, status=MISTAKEN if problem else 200)


def _group(one: Group) -> dict[str, Any]:
    template = templates().get(one.template)
    whole_group = one.first if one.count <= rows.SHOWN else rows.all_of(one)
    common = _common(one)
    return {
        "group": one,
        "title": template.title if template else one.template,
        "channel": CHANNELS[one.channel.value],
        "rules": [(rule, _title(rule), common.get(rule)) for rule in one.rules],
        "items": [(item, [said for said in item.warnings if said["rule"] not in common]) for item in one.first],
        "is_said_above": len(common) == len(one.rules),
        "fingerprint": answering.fingerprint(whole_group),
        "at_once": len(whole_group),
    }


def _common(one: Group) -> dict[str, Json]:
    """Return the warnings that say the same of every message of a group, by their rule."""
    said: dict[str, list[Json]] = {}
    for item in one.first:
        for warning in item.warnings:
            said.setdefault(warning["rule"], []).append(warning)
    return {rule: all_of[0] for rule, all_of in said.items() if all(a["reason"] == all_of[0]["reason"] for a in all_of)}


def _title(rule: str) -> Any:  # Text, or nothing
    found = rule_called(rule, clock.now().date())
    return found.title if found else None


def _warning(said: Json) -> dict[str, Any]:
    return {**said, "title": _title(said["rule"])}


def _one(request: HttpRequest, number: int, problem: Problem | None = None) -> HttpResponse:
    row = sent.message(number)
    if row is None:
        raise Http404
    waiting: Warned | None = next(iter(rows.named([number])), None)
    now = clock.now()
    wording = answering.words_now(row, now=now) if waiting else None
    template = templates().get(row.template)
    told = {
        "row": row,
        "waiting": waiting,
        "title": template.title if template else row.template,
        "channel": CHANNELS[row.channel.value],
        "warnings": [_warning(one) for one in waiting.warnings] if waiting else [],
        "answers": [_warning(one) for one in rows.answers_of(number)],
        "wording": None if isinstance(wording, Problem) else wording,
        "unmade": wording if isinstance(wording, Problem) else None,
        "said": request.POST,
        "may_act": may(request.user, ANSWERING_ROLES),
        "zone": zone_of(request),
        "problem": problem,
    }
    return render(request, "message_decision.html", told, status=MISTAKEN if problem else 200)
