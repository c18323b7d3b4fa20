"""One payment over several debts: shown as it divides, posted when confirmed, taken back as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions.takings import receipts
from arrears.config import clock
from arrears.kernel.problems import Problem
from arrears.store.doors import receipts as receipt_rows
from arrears.store.doors import takings as rows
from arrears.web import spoken
from arrears.web import wording as words_of
from arrears.web.call.forms import by_field, typed_day
from arrears.web.permissions import action, page
from arrears.web.takings.frame import LOOK, MISTAKEN, SHARE, common


@dataclass(frozen=True, slots=True)
class Typed:
    """A payment as it was typed: how much, when, and what the debtor directs, by debt."""

    amount_minor: int
    paid_on: date
    directed: Mapping[int, int]


@never_cache
@page(look=LOOK)
def receipt_list(request: HttpRequest) -> HttpResponse:
    """Show the payments that went to several debts."""
    latest = receipt_rows.latest_receipts(most=50)
    told = [(receipt, name, receipt_rows.parts_of(receipt.id)) for receipt, name in latest]
    return render(request, "receipts.html", {"receipts": told, **common(request)})


@never_cache
@page(look=LOOK, act=SHARE)
def share(request: HttpRequest, account: int) -> HttpResponse:
    """Divide a payment over the debts of the person of an account."""
    payer = rows.payer(account)
    if payer is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, payer)
    typed = _typed(request, payer)
    if isinstance(typed, list):
        return _shown(request, payer, problems=typed)
    if request.POST.get("go") == "post":
        return _posted(request, payer, typed)
    found = receipts.divide(payer.person, typed.amount_minor, **_asked(payer, typed))
    if isinstance(found, Problem):
        return _shown(request, payer, problems=[found])
    return _shown(request, payer, division=found)


def _posted(request: HttpRequest, payer: rows.Payer, typed: Typed) -> HttpResponse:
    reference = request.POST.get("reference", "").strip() or f"share-{clock.now():%Y%m%d%H%M%S%f}"
    made = receipts.post_shared(
        payer.person, typed.amount_minor, typed.paid_on, reference=reference, means=request.POST.get("means", ""),
        **_asked(payer, typed),
    )  # fmt: skip
    if isinstance(made, Problem):
        return _shown(request, payer, problems=[made])
    count = len(receipt_rows.parts_of(made.id))
    messages.success(request, gettext("Posted to %(count)s debts under one receipt.") % {"count": count})
    return redirect("receipts")


def _asked(payer: rows.Payer, typed: Typed) -> dict[str, Any]:  # Any: arguments of a verb
    return {
        "owner": payer.owner,
        "currency": payer.currency,
        "directed": typed.directed,
        "came_for": payer.account,
        "now": clock.now(),
    }


def _typed(request: HttpRequest, payer: rows.Payer) -> Typed | list[Problem]:
    amount = spoken.typed_money(request.POST.get("amount", ""), payer.currency)
    paid_on = typed_day(request.POST.get("paid_on", ""), "paid_on")
    said = {
        one.account: spoken.typed_money(words, payer.currency, f"said-{one.account}")
        for one in _debts(payer)
        if (words := request.POST.get(f"said-{one.account}", "").strip())
    }
    problems = [one for one in (amount, paid_on, *said.values()) if isinstance(one, Problem)]
    if problems or isinstance(amount, Problem) or isinstance(paid_on, Problem):
        return problems
    directed = {debt: minor for debt, minor in said.items() if isinstance(minor, int)}
    return Typed(amount, paid_on or common(request)["today"], directed)


def _debts(payer: rows.Payer) -> list[receipt_rows.SharingDebt]:
    found = receipt_rows.debts_sharing(payer.person, now=clock.now())
    return [one for one in found if (one.owner, one.currency) == (payer.owner, payer.currency)]


def _shown(
    request: HttpRequest,
    payer: rows.Payer,
    *,
    division: receipts.Dividing | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    shares = {part.debt: part for part in division.shares.parts} if division else {}
    typed = request.POST.dict()
    told = {
        "payer": payer,
        "debts": [(one, shares.get(one.account), typed.get(f"said-{one.account}", "")) for one in _debts(payer)],
        "division": division,
        "typed": typed,
        "means": list(words_of.MEANS.items()),
        "problems": by_field(problems or []),
        **common(request),
    }
    return render(request, "share.html", told, status=MISTAKEN if problems else 200)


@action(SHARE)
def reverse_receipt(request: HttpRequest, receipt: int) -> HttpResponse:
    """Take a receipt back, every entry of it."""
    because = request.POST.get("because", "").strip() or "returned"
    today = common(request)["today"]
    done = receipts.reverse_receipt(receipt, value_date=today, reason=because, now=clock.now())
    if isinstance(done, Problem):
        messages.error(request, done.said_in(spoken.language()))
    else:
        messages.success(request, gettext("All entries of this receipt are taken back."))
    return redirect("receipts")
