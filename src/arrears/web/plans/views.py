"""The plan board, the builder, one plan with its schedule and history, and what one does with it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions.people import IN_CHARGE
from arrears.actions.plans import budgets as budget_verbs
from arrears.actions.plans import changing, making
from arrears.actions.plans.budgets import KEEPS_BUDGETS, SEES_BUDGETS
from arrears.actions.plans.drafting import Draft
from arrears.actions.plans.making import Agreement
from arrears.actions.plans.mistakes import wrong
from arrears.config import clock
from arrears.domain.plans import ACTIVE, AgreedBy, PlanState
from arrears.kernel.hours import local_time
from arrears.kernel.problems import Problem
from arrears.store.doors import budgets, ongoing, plan_board, plans
from arrears.store.doors.budgets import Kept
from arrears.store.doors.cases import case_of
from arrears.store.doors.plans import Standing
from arrears.web import spoken, wording
from arrears.web.call import forms as call_forms
from arrears.web.menu import Entry
from arrears.web.numbers import whole
from arrears.web.permissions import COLLECTORS, SEES_DEBTORS, action, may, page
from arrears.web.plans import building, editing, forms, words
from arrears.web.scoping import zone_of

LOOK = SEES_DEBTORS
MAKE = COLLECTORS | {"manager"}
LEAD = IN_CHARGE
END = IN_CHARGE | {"senior"}
MISTAKEN = 422
WORKING_DAY = timedelta(hours=14)
SOON = timedelta(days=14)


def _own(request: HttpRequest) -> int:
    """Return the id of who asks; a page is only shown to somebody signed in."""
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    return int(user.pk)


def _today(request: HttpRequest) -> date:
    return local_time(clock.now(), zone_of(request)).date()


@never_cache
@page(look=LOOK)
def board(request: HttpRequest) -> HttpResponse:
    """Show who is behind, what waits for a decision or a review, and which plans end soon."""
    today = _today(request)
    return render(request, "plans.html", {"parts": plan_board.board(today, today + SOON), "today": today})


@never_cache
@page(look=MAKE, act=MAKE)
def build(request: HttpRequest, person: int) -> HttpResponse:
    """Show the builder, work plans out, or make the one that was chosen."""
    now, today = clock.now(), _today(request)
    case = case_of(person, today)
    if case is None:
        raise Http404
    is_posted = request.method == "POST"
    typed = request.POST.dict() if is_posted else _remembered(request, person, today)
    chosen = request.POST.getlist("account") if is_posted else request.GET.getlist("account")
    builder = building.begin(case, typed, today, chosen, is_posted=is_posted)
    if is_posted:
        building.work_out(builder, now, may_see_budget=may(request.user, KEEPS_BUDGETS))
    if typed.get("do") == "agree" and not builder.problems:
        made = _make(request, builder, now)
        if isinstance(made, making.Result):
            messages.success(request, _told_made(made))
            return redirect("plan", plan=made.plan)
        builder.problems += made
    return render(
        request, "plan_builder.html", _of_builder(request, builder, now), status=MISTAKEN if builder.problems else 200
    )


def _of_builder(request: HttpRequest, builder: building.Builder, now: datetime) -> dict[str, Any]:
    """Return what the builder's template shows (Any: a template's context)."""
    call = ongoing.call_in_progress(builder.case.who.id, _own(request), now - WORKING_DAY)
    return {
        "builder": builder,
        "typed": builder.typed,
        "who": builder.case.who,
        "call": call if call and call.is_verified else None,
        "problems": call_forms.by_field(builder.problems),
        "has_problems": bool(builder.problems),
        "may_see_budget": may(request.user, KEEPS_BUDGETS),
        "offers": {one.debt.id: building.offered(one, builder.typed) for one in builder.owed},
        **{
            name: words.options(table)
            for name, table in (
                ("rhythms", words.RHYTHMS), ("kinds", words.KINDS), ("charges", words.CHARGES), ("hows", words.HOWS),
                ("shifts", words.SHIFTS), ("rests", words.RESTS),
            )
        },
        "means": list(wording.MEANS.items()),
    }  # fmt: skip


def _remembered(request: HttpRequest, person: int, today: date) -> dict[str, str]:
    """Return what the form begins with: the newest budget of the person for who may see it, and a first pay-day."""
    typed = {"first": building.first_pay_day(today).isoformat(), "rhythm": "monthly"}
    found = budgets.latest(person) if may(request.user, SEES_BUDGETS) else None
    if found is None:
        return typed
    for line in found.lines:
        typed[f"line-{line.name}"] = spoken.plain_money(line.amount_minor, found.currency)
        typed[f"rhythm-{line.name}"] = line.rhythm.value
    return typed | _still_to_come(found, today) | {"rhythm": found.pay_rhythm.value}


def _still_to_come(found: Kept, today: date) -> dict[str, str]:
    """Return what a budget expects beyond its lines: a sum that should have come is asked about anew, a rise is not."""
    typed: dict[str, str] = {}
    if found.rises_on and found.rise_minor:
        typed |= {"rises_on": found.rises_on.isoformat(), "rise": spoken.plain_money(found.rise_minor, found.currency)}
    if found.lump_on and found.lump_minor and found.lump_on >= today:
        typed |= {"lump_on": found.lump_on.isoformat(), "lump": spoken.plain_money(found.lump_minor, found.currency)}
    return typed


def _make(request: HttpRequest, builder: building.Builder, now: datetime) -> making.Result | list[Problem]:
    choice = builder.choice(builder.typed.get("choice", ""))
    if choice is None:
        return [wrong("debts_missing", "choice")]
    agreement = _agreement(request, builder.typed, builder.case.who.id, now)
    kept = _keep_budget(builder, agreement, now)
    if isinstance(kept, list):
        return kept
    shape = choice.drafted.shape
    said = Draft(
        person=builder.case.who.id, amounts=shape.amounts, outline=choice.outline,
        charges=forms.charges_of(shape.charges),
    )  # fmt: skip
    return making.make(said, means=builder.typed.get("means", ""), agreement=agreement, budget=kept, now=now)


def _keep_budget(builder: building.Builder, agreement: Agreement | None, now: datetime) -> int | list[Problem] | None:
    said = builder.budget
    if said is None:
        return None
    return budget_verbs.keep(
        builder.case.who.id, currency=builder.currency, lines=said.lines,
        pay_rhythm=forms.rhythm_of(builder.typed.get("rhythm", "")),
        pay_on=date.fromisoformat(builder.typed["first"]), consented=bool(builder.typed.get("consented")),
        rises_on=said.rises_on, rise_minor=said.rise_minor, lump_on=said.lump_on, lump_minor=said.lump_minor,
        attempt=agreement.attempt if agreement else None, now=now,
    )  # fmt: skip


def _agreement(request: HttpRequest, typed: forms.Typed, person: int, now: datetime) -> Agreement | None:
    """Return how it was agreed; None for a proposal. What is not said well is refused by the verb (R10)."""
    how = typed.get("agreed_by", "")
    if how == "not_yet":
        return None
    call = ongoing.call_in_progress(person, _own(request), now - WORKING_DAY)
    by = AgreedBy(how) if how in set(AgreedBy) else AgreedBy.LETTER
    return Agreement(
        by, attempt=call.id if call and by is AgreedBy.CALL else None, reference=typed.get("reference", "")
    )


def _told_made(made: making.Result) -> str:
    told = {
        PlanState.PROPOSED: gettext("The plan is kept as a proposal: it binds nobody until they say yes."),
        PlanState.AWAITING_APPROVAL: gettext("They agreed. A supervisor or manager must approve it before it runs."),
    }
    return told.get(made.state, gettext("The plan runs."))


@never_cache
@page(look=LOOK)
def plan(request: HttpRequest, plan: int) -> HttpResponse:
    """Show one plan: its schedule and what was paid, its versions, what may be done with it."""
    return _shown(request, plan)


def _shown(
    request: HttpRequest,
    plan_id: int,
    problems: list[Problem] | None = None,
    typed: forms.Typed | None = None,
    ahead: editing.Ahead | None = None,
) -> HttpResponse:
    found = plans.plan(plan_id)
    if found is None:
        raise Http404
    now, today = clock.now(), _today(request)
    is_lead, runs = may(request.user, LEAD), found.state in ACTIVE
    judged = changing.judged_now(found, now=now) if runs or found.state in _SHOW_JUDGED else None
    told = {
        "plan": found,
        "shape": found.shape,
        "judged": judged,
        "rows": judged.instalments if judged else None,
        "owner": plan_board.named([found])[found.id],
        "versions": plans.versions(plan_id),
        "asked": plans.shape_of(plan_id, found.asked_version) if found.asked_version else None,
        "still": found.shape.total - found.kept_minor,
        "today": today,
        "zone": zone_of(request),
        "reference": found.evidence.get("reference", ""),
        "may_make": may(request.user, MAKE),
        "may_lead": is_lead,
        "may_end": may(request.user, END) and (runs or found.state is PlanState.DEFAULTED),
        "may_edit": may(request.user, MAKE) and (runs or found.state is PlanState.DEFAULTED),
        "re_ages": _re_ages(found, now) if is_lead and runs else [],
        "problems": call_forms.by_field(problems or []),
        "all_problems": problems or [],
        "typed": typed or {},
        "rhythms": words.options(words.RHYTHMS),
        "hows": [one for one in words.options(words.HOWS) if one[0] not in {"call", "not_yet"}],
        "charges": words.options(words.CHARGES),
        "kinds": words.options(words.KINDS),
        "rests": words.options(words.RESTS),
        "ahead": ahead,
        "debts": editing.debts(found, case_of(found.person, today), request.POST.getlist("account")),
    }
    return render(request, "plan.html", told, status=MISTAKEN if problems else 200)


_SHOW_JUDGED = frozenset({PlanState.DEFAULTED, PlanState.COMPLETED})


def _re_ages(found: Standing, now: datetime) -> list[dict[str, Any]]:
    """Return the plan's debts with what speaks against re-ageing each (Any: a template's context)."""
    numbers = plan_board.numbers(found.shape.amounts)
    return [
        {"account": account, "number": numbers[account], "against": changing.against_re_age(found, account, now=now)}
        for account in found.shape.amounts
    ]


def _done(request: HttpRequest, plan_id: int, found: object, words_of_it: str) -> HttpResponse:
    """Show the plan again with what is wrong, or say that it is done."""
    if isinstance(found, list) and found:
        return _shown(request, plan_id, found, request.POST.dict())
    messages.success(request, words_of_it)
    return redirect("plan", plan=plan_id)


@action(MAKE)
def agree(request: HttpRequest, plan: int) -> HttpResponse:
    """Note that the person said yes to what was proposed."""
    found = plans.plan(plan)
    if found is None:
        raise Http404
    now = clock.now()
    agreement = _agreement(request, request.POST.dict(), found.person, now)
    made = making.agree(plan, agreement or Agreement(AgreedBy.LETTER), now=now)
    return _done(request, plan, made, gettext("Noted: they agreed."))


@action(LEAD)
def decide(request: HttpRequest, plan: int) -> HttpResponse:
    """Approve or decline a plan, or an edit of one."""
    found = plans.plan(plan)
    if found is None:
        raise Http404
    is_approved, now = request.POST.get("decision") == "approve", clock.now()
    if found.asked_version is not None:
        done = changing.decide_edit(plan, is_approved=is_approved, now=now)
    elif is_approved:
        done = making.approve(plan, now=now)
    else:
        done = making.decline(plan, request.POST.get("because", ""), now=now)
    return _done(request, plan, done, gettext("Approved.") if is_approved else gettext("Declined."))


@action(MAKE)
def edit(request: HttpRequest, plan: int) -> HttpResponse:
    """Show the new schedule of the rest, or write it; a button says which."""
    found = plans.plan(plan)
    if found is None:
        raise Http404
    typed, now = request.POST.dict(), clock.now()
    said = editing.read(found, typed, request.POST.getlist("account"))
    if not isinstance(said, editing.Rest):
        return _shown(request, plan, said, typed)
    charges = forms.charges_of(typed.get("charges", ""))
    if typed.get("do") == "preview":
        ahead = changing.preview(plan, said.outline, amounts=said.amounts, charges=charges, now=now)
        if isinstance(ahead, list):
            return _shown(request, plan, ahead, typed)
        return _shown(request, plan, typed=typed, ahead=editing.ahead(ahead, said.outline.first))
    version = whole(typed.get("version")) or 0
    done = changing.edit(
        plan, said.outline, typed.get("because", ""), version=version, amounts=said.amounts, charges=charges, now=now
    )  # fmt: skip
    return _done(request, plan, done, gettext("The rest of the plan is written anew; what was paid stands."))


@action(END)
def end(request: HttpRequest, plan: int) -> HttpResponse:
    """End a plan before its time, with a reason."""
    return _done(
        request,
        plan,
        changing.end(plan, request.POST.get("because", ""), now=clock.now()),
        gettext("The plan is ended."),
    )


@action(MAKE)
def review(request: HttpRequest, plan: int) -> HttpResponse:
    """Say when the plan is looked at again."""
    on = call_forms.typed_day(request.POST.get("review_on", ""), "review_on")
    if not isinstance(on, date):
        return _shown(request, plan, [on] if isinstance(on, Problem) else [wrong("begins_in_the_past")])
    return _done(request, plan, changing.review(plan, on, now=clock.now()), gettext("The review is noted."))


@action(LEAD)
def re_age(request: HttpRequest, plan: int, account: int) -> HttpResponse:
    """Re-age a debt of the plan, by rule."""
    return _done(request, plan, changing.re_age(plan, account, now=clock.now()), gettext("The debt is re-aged."))


menu = Entry("plans", gettext_lazy("Plans"), 34, LOOK, "i")
_VERBS: dict[str, Callable[..., HttpResponse]] = {
    "agree": agree, "decide": decide, "edit": edit, "end": end, "review": review,
}  # fmt: skip
urls = [
    path("plans/", board, name="plans"),
    path("plans/new/<int:person>/", build, name="plan-builder"),
    path("plans/<int:plan>/", plan, name="plan"),
    *(path(f"plans/<int:plan>/{verb}/", view, name=f"plan-{verb}") for verb, view in _VERBS.items()),
    path("plans/<int:plan>/re-age/<int:account>/", re_age, name="plan-re-age"),
]
