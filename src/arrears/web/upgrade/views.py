"""The list of proposals with the form to make one; one proposal with its difference, and deciding about it."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from arrears.actions import rule_proposals, rule_trials
from arrears.actions.rule_books import book_at_work
from arrears.actions.rule_proposals import DECIDES
from arrears.actions.rule_settings import problem_of
from arrears.config import clock
from arrears.domain.rule_settings import ProposalState, RuleAct, Settled
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs import compliance
from arrears.packs.compliance.differences import Change, differences
from arrears.packs.compliance.files import ReadPack, is_own, read_files, read_own
from arrears.store.doors import rule_settings as rows
from arrears.store.scope import current
from arrears.web.bounds import content_of
from arrears.web.menu import RULES, Entry
from arrears.web.numbers import GREATEST_LIMIT, calendar_day, whole
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of
from arrears.web.upgrade.folders import MOST_BYTES, unpacked
from arrears.web.upgrade.pictures import bars

LOOK = frozenset({"compliance", "manager", "legal", "auditor", "administrator"})
PROPOSES = frozenset({"compliance", "administrator"})
SEES_PEOPLE = frozenset({"compliance", "manager", "legal", "auditor"})
MISTAKEN = 422
MOST_DIFFERENCES, MOST_BARS = 60, 8
STATES = {
    ProposalState.WAITING: (_("waiting for a decision"), "wait"),
    ProposalState.APPROVED: (_("approved"), "good"),
    ProposalState.DROPPED: (_("dropped"), ""),
}
CHANGES = {Change.ADDED: _("added"), Change.REMOVED: _("removed"), Change.CHANGED: _("changed")}
ACTS = {
    "switch_on": _("switch on"),
    "switch_off": _("switch off"),
    "keep_by_choice": _("keep by choice"),
    "end_choice": _("keep no longer by choice"),
    "set_limit": _("set the limit"),
    "take_pack": _("take these rules"),
}


@never_cache
@page(look=LOOK, act=PROPOSES)
def proposals(request: HttpRequest) -> HttpResponse:
    """Show the proposals, the latest first, and take a new one."""
    if request.method == "POST":
        made = _made(request)
        return redirect("proposal", made) if isinstance(made, int) else _list(request, MISTAKEN, made)
    return _list(request, 200)


def _list(request: HttpRequest, status: int, problems: list[Problem] | None = None) -> HttpResponse:
    found, today = rows.proposals(current("default").organisation), local_day(clock.now(), zone_of(request))
    told = {
        "proposals": [(one, *STATES[one.state], _changes(one)) for one in found],
        "may_propose": may(request.user, PROPOSES),
        "problems": problems or [],
        "limits": [rule.id for rule in book_at_work(today).rules if rule.is_house and "limit" in rule.parameters],
        "today": today,
        "typed": request.POST,
        "zone": zone_of(request),
    }
    return render(request, "proposals.html", told, status=status)


def _made(request: HttpRequest) -> int | list[Problem]:
    post, file = request.POST, request.FILES.get("folder")
    try:
        from_on = calendar_day(post.get("from_on", ""))
    except ValueError:
        return [problem_of("in_the_past", "from_on")]
    content = content_of(file, "folder", most=MOST_BYTES) if file else None
    files = unpacked(content) if isinstance(content, bytes) else content
    if isinstance(files, Problem):
        return [files]
    changes = []
    value = whole(post.get("value"), most=GREATEST_LIMIT)
    if post.get("rule") and value is not None:
        limit = {"limit": "limit", "value": value}
        changes.append(Settled(act=RuleAct.SET_LIMIT, rule=post["rule"], from_on=from_on, **limit))  # type: ignore[arg-type]
    return rule_proposals.propose(changes, files, reason=post.get("reason", ""), from_on=from_on, now=clock.now())


def _changes(found: rows.Proposal) -> list[tuple[Any, str, str, Any]]:
    return [(ACTS[said["act"]], said["rule"], said["limit"], said["value"]) for said in found.changes]


@never_cache
@page(look=LOOK)
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a proposal would do, and who may decide."""
    return _one(request, number, 200)


def _one(request: HttpRequest, number: int, status: int, problem: Problem | None = None) -> HttpResponse:
    found = _found(number)
    told = {
        **_trial(request, found),
        "changes": _changes(found),
        "state": STATES[found.state][0],
        "signal": STATES[found.state][1],
        "differences": _differences(found),
        "may_decide": found.state is ProposalState.WAITING and may(request.user, DECIDES | PROPOSES),
        "may_approve": may(request.user, DECIDES) and request.user.pk != found.made_by,
        "zone": zone_of(request),
        "problem": problem,
    }
    return render(request, "proposal.html", told, status=status)


def _found(number: int) -> rows.Proposal:
    found = rows.proposal(number)
    if found is None or found.organisation != current("default").organisation:
        raise Http404
    return found


def _trial(request: HttpRequest, found: rows.Proposal) -> dict[str, Any]:
    tried = found.tried
    sees = may(request.user, SEES_PEOPLE) and found.tried_at is not None and found.tried_on is not None
    people = [rule_trials.both_of(person, found, found.tried_on) for person in tried["examples"]] if sees else []  # type: ignore[arg-type]
    return {
        "one": found,
        "tried": tried,
        "lines": rule_trials.by_rule(tried),
        "examples": [both for both in people if both is not None],
        "may_try": may(request.user, PROPOSES | DECIDES),
    }


def _differences(found: rows.Proposal) -> list[tuple[Any, Any]]:
    if found.pack is None:
        return []
    files = rows.pack_files(found.pack.content_hash) or {}
    if is_own(files):
        return [(each, CHANGES[each.change]) for each in differences(_taken(), read_own(files))][:MOST_DIFFERENCES]
    return [(each, CHANGES[each.change]) for each in differences(compliance.shipped(), read_files(files))][
        :MOST_DIFFERENCES
    ]


def _taken() -> ReadPack:
    """Return nothing to compare with: rules that are added stand in place of those that were added before."""
    return read_own({})


@action(PROPOSES | DECIDES)
def go_on(request: HttpRequest, number: int) -> HttpResponse:
    """Try a proposal on some more of the book; the page asks again until all of it is tried."""
    _found(number)
    found = rule_trials.try_some(number, now=clock.now())
    if request.headers.get("HX-Request") and found.tried_at is None:
        return render(request, "proposal_progress.html", _trial(request, found))
    answer = redirect("proposal", number)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(headers={"HX-Redirect": answer.url})  # type: ignore[assignment]
    return answer


@action(PROPOSES | DECIDES)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve a proposal of somebody else, or drop one."""
    why, is_yes = request.POST.get("reason", ""), request.POST.get("verb") == "approve"
    if is_yes and not may(request.user, DECIDES):
        return _one(request, number, MISTAKEN, problem_of("own_proposal"))
    verb = rule_proposals.approve if is_yes else rule_proposals.drop
    problem = verb(number, why=why, now=clock.now())
    if problem is not None:
        return _one(request, number, MISTAKEN, problem)
    messages.success(request, gettext("Approved: it holds from its day on.") if is_yes else gettext("Dropped."))
    return redirect("proposal", number)


@page(look=LOOK)
def picture(_request: HttpRequest, number: int, theme: str) -> HttpResponse:
    """Return the difference by rule as SVG."""
    if theme not in {"light", "dark"}:
        raise Http404
    refused, allowed = Counter[str](), Counter[str]()
    for rule, _place, newly, no_longer in rule_trials.by_rule(_found(number).tried):
        refused[rule] += newly
        allowed[rule] += no_longer
    most = (refused + allowed).most_common(MOST_BARS)
    drawn = bars([(rule, refused[rule], allowed[rule]) for rule, _count in most], theme)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=60"})


menu = Entry("proposals", _("Proposed rule changes"), 72, LOOK, "d", RULES)
urls = [
    path("proposals/", proposals, name="proposals"),
    path("proposals/<int:number>/", proposal, name="proposal"),
    path("proposals/<int:number>/try/", go_on, name="proposal-try"),
    path("proposals/<int:number>/decide/", decide, name="proposal-decide"),
    path("proposals/<int:number>/difference-<slug:theme>.svg", picture, name="proposal-picture"),
]
