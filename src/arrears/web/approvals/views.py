"""The queue of what waits for approval, one offer with its figures and its life, and deciding about it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import authority, concessions, corrections, debt_events, waiver_rule
from arrears.config import clock
from arrears.domain.concessions import WORDS, State
from arrears.facts import registry
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_time
from arrears.kernel.problems import Problem
from arrears.store.doors import concessions as rows
from arrears.store.doors import queues, reported_payments
from arrears.store.doors.concessions import Waiting
from arrears.web import spoken
from arrears.web.approvals.pictures import bars
from arrears.web.menu import Entry
from arrears.web.numbers import whole
from arrears.web.permissions import COLLECTORS, SEES_DEBTORS, action, may, page
from arrears.web.scoping import zone_of

LOOK = frozenset({"senior", "supervisor", "manager", "finance", "compliance", "auditor"})
DECIDES = frozenset({"senior", "supervisor", "manager"})
CONFIRMS = frozenset({"finance", "supervisor", "manager"})
CORRECTS = frozenset({"finance", "manager"})
ARRANGES = frozenset({"supervisor", "manager"})
OFFERS = COLLECTORS | {"manager"}
MISTAKEN = 422
SIGNALS = {"completed": "good", "approved": "good", "awaiting": "wait", "reinstated": "late", "refused": "late"}


@never_cache
@page(look=LOOK)
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for whoever asks, oldest first, and what was decided lately."""
    return _queue(request, 200)


def _queue(request: HttpRequest, status: int, problem: Problem | None = None) -> HttpResponse:
    zone = zone_of(request)
    waiting = rows.waiting()
    told = {
        "waiting": [(one, _may_decide(request, one)) for one in waiting],
        "lately": [(one, WORDS[one.offered.state], SIGNALS.get(one.offered.state.value, "")) for one in rows.lately()],
        "grown": [(one, facts, _may_confirm_cut(request, one, facts)) for one, facts in rows.unconfirmed()],
        "corrections": reported_payments.reported_waiting(source_kind=corrections.CORRECTION),
        "may_correct": may(request.user, CORRECTS),
        "reported": reported_payments.reported_waiting(),
        "asked": queues.arrangements_asked(),
        "may_arrange": may(request.user, ARRANGES),
        "may_confirm": may(request.user, CONFIRMS),
        "may_waive": may(request.user, frozenset({"manager"})),
        "penalties": waiver_rule.penalty_only()[0],
        "zone": zone,
        "today": epoch_day(local_time(clock.now(), zone).date()),
        "levels": _levels(),
        "problem": problem,
    }
    return render(request, "approvals.html", told, status=status)


def _levels() -> dict[int, str]:
    """Return the words of each level of authority by its number."""
    return {code.number: code.words.said_in(spoken.language()) for code in registry()["authority_level"].codes}


def _may_decide(request: HttpRequest, one: Waiting) -> bool:
    return (
        may(request.user, DECIDES)
        and one.offered.proposed_by != request.user.pk
        and authority.may_approve(one.offered.owner, dict(one.offered.authority["facts"]))
    )


def _may_confirm_cut(request: HttpRequest, one: Waiting, facts: Mapping[str, Any]) -> bool:
    offered = one.offered
    asked = authority.facts_of_cut(offered.authority["facts"], facts["unconfirmed_minor"], offered.pay_minor)
    return (
        may(request.user, DECIDES)
        and offered.proposed_by != request.user.pk
        and authority.may_approve(offered.owner, asked)
    )


@never_cache
@page(look=SEES_DEBTORS)
def concession(request: HttpRequest, number: int) -> HttpResponse:
    """Show one offer: its payments, what it is worth, who may decide, and its life."""
    return _one(request, number, 200)


def _one(request: HttpRequest, number: int, status: int, problem: Problem | None = None) -> HttpResponse:
    found = rows.listed(number)
    if found is None:
        raise Http404
    offered = found.offered
    rate, months = offered.worth["rate_ppm"], offered.worth["months"]
    told = {
        "one": found,
        "state": WORDS[offered.state],
        "signal": SIGNALS.get(offered.state.value, ""),
        "level": _levels()[offered.level],
        "difference": abs(offered.worth["offer_worth"] - offered.worth["expected_worth"]),
        "brings_less": offered.worth["offer_worth"] < offered.worth["expected_worth"],
        "rate": f"{rate / 10_000:g}",
        "months": months,
        "expected_share": f"{offered.worth['expected_bps'] / 100:g}",
        "share": f"{offered.authority['facts']['cut_share_bps'] / 100:g}",
        "days_past_due": offered.authority["facts"]["days_past_due"],
        "steps": [(step, WORDS[step.state]) for step in rows.steps(number)],
        "may_decide": offered.state is State.AWAITING and _may_decide(request, found),
        "may_accept": offered.state is State.APPROVED and may(request.user, OFFERS),
        "may_withdraw": offered.state in {State.DRAFTED, State.AWAITING, State.APPROVED, State.ACCEPTED}
        and may(request.user, OFFERS),
        "may_put_forward": offered.state is State.DRAFTED and may(request.user, OFFERS),
        "zone": zone_of(request),
        "problem": problem,
    }
    return render(request, "concession.html", told, status=status)


@action(OFFERS)
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse an offer, note that the debtor takes it, put it forward, or take it back."""
    now, reason = clock.now(), request.POST.get("reason", "")
    verb = request.POST.get("verb", "")
    done: Any  # Any: what the verbs return alike
    if verb in {"approve", "refuse"}:
        done = concessions.decide(number, approve=verb == "approve", reason=reason, now=now)
    elif verb == "accept":
        done = concessions.accept(number, now=now)
    elif verb == "put_forward":
        done = concessions.put_forward(number, now=now)
    else:
        done = concessions.withdraw(number, reason, now=now)
    if isinstance(done, Problem):
        return _one(request, number, MISTAKEN, done)
    messages.success(request, gettext("Noted: %(state)s.") % {"state": WORDS[done.state].said_in(spoken.language())})
    return redirect("approvals") if verb in {"approve", "refuse"} else redirect("concession", number)


@action(DECIDES)
def confirm_cut(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm that a cut which grew beyond who approved it may be booked."""
    cut = whole(request.POST.get("cut")) or 0
    reason = request.POST.get("reason", "")
    done = concessions.confirm_cut(number, cut_minor=cut, reason=reason, now=clock.now())
    if isinstance(done, Problem):
        return _queue(request, MISTAKEN, done)
    messages.success(request, gettext("Noted: %(state)s.") % {"state": WORDS[done.state].said_in(spoken.language())})
    return redirect("approvals")


@action(CONFIRMS)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm a direct payment that somebody reported, or say that there was none."""
    is_right = request.POST.get("decision") == "confirm"
    done = debt_events.confirm_direct(number, is_right=is_right, now=clock.now())
    if isinstance(done, Problem):
        return _queue(request, MISTAKEN, done)
    messages.success(request, gettext("Posted.") if is_right else gettext("Noted: there was no such payment."))
    return redirect("approvals")


@action(CORRECTS)
def confirm_correction(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm a correction that takes something off a debt, or refuse it."""
    is_right = request.POST.get("decision") == "confirm"
    done = corrections.confirm_correction(number, is_right=is_right, now=clock.now())
    if isinstance(done, Problem):
        return _queue(request, MISTAKEN, done)
    messages.success(request, gettext("Posted.") if is_right else gettext("Noted: nothing is corrected."))
    return redirect("approvals")


@action(frozenset({"manager"}))
def waive_penalties(request: HttpRequest) -> HttpResponse:
    """Waive, by the rule, what is left of debts of which only the penalty is left."""
    reason, now = request.POST.get("reason", ""), clock.now()
    done = waiver_rule.waive(reason=reason, now=now)
    if isinstance(done, Problem):
        return _queue(request, MISTAKEN, done)
    messages.success(
        request,
        gettext("Waived: %(waived)s. Waiting for approval: %(waiting)s. Left as they are: %(left)s.")
        % {"waived": done.waived, "waiting": done.waiting, "left": done.left},
    )
    return redirect("approvals")


@page(look=SEES_DEBTORS)
def picture(_request: HttpRequest, number: int, theme: str) -> HttpResponse:
    """Return the worth of an offer beside what is expected without it, as SVG."""
    found = rows.listed(number)
    if found is None or theme not in {"light", "dark"}:
        raise Http404
    worth = found.offered.worth
    drawn = bars(
        [
            (gettext("The offer, valued today"), worth["offer_worth"]),
            (gettext("Expected without it, valued today"), worth["expected_worth"]),
            (gettext("Owed"), found.offered.owed_minor),
        ],
        found.currency,
        theme,
    )
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=60"})


menu = Entry("approvals", gettext_lazy("Approvals"), 40, LOOK, "a")
urls = [
    path("approvals/", approvals, name="approvals"),
    path("approvals/penalties/", waive_penalties, name="waive-penalties"),
    path("approvals/reported/<int:number>/", confirm, name="confirm-direct"),
    path("approvals/corrections/<int:number>/", confirm_correction, name="confirm-correction"),
    path("approvals/<int:number>/", concession, name="concession"),
    path("approvals/<int:number>/cut/", confirm_cut, name="confirm-cut"),
    path("approvals/<int:number>/act/", act, name="concession-act"),
    path("approvals/<int:number>/worth-<slug:theme>.svg", picture, name="concession-picture"),
]
