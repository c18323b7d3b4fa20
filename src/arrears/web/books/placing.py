"""Place debts with an agency or law firm on terms of commission, and recall them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import commission
from arrears.config import clock
from arrears.engine.commission.terms import MONEY_WORDS, MoneyKind
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store.doors import placements
from arrears.store.scope import scope
from arrears.web import spoken
from arrears.web.books import money, typed
from arrears.web.books.permissions import CLOSE
from arrears.web.permissions import action, page
from arrears.web.scoping import zone_of

MISTAKEN = 422
BOTH_SIDES = "night"
"""The role that may write for both: who finds the people of a debt changes at the holder, where ours may not reach."""


def _owner(request: HttpRequest) -> int:
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    return int(user.organisation_id)


def _staff(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


@never_cache
@page(look=CLOSE, act=CLOSE)
def place(request: HttpRequest) -> HttpResponse:
    """Show the form of a placement (GET), or open it (POST); what is wrong stands beside its field."""
    if request.method != "POST":
        return _form(request, {}, [kind.value for kind in MoneyKind], [])
    said, kinds = request.POST.dict(), request.POST.getlist("on")
    owner = _owner(request)
    known = placements.numbered(owner, typed.numbers_in(str(said.get("debts", ""))))
    read = typed.typed_placement(said, kinds, dict(placements.holders(owner)), known)
    if isinstance(read, list):
        return _form(request, said, kinds, read)
    with scope(owner, _staff(request), using=BOTH_SIDES):
        made = commission.open_placement(
            read.holder,
            read.accounts,
            name=read.name,
            currency_code=read.currency,
            terms=read.terms,
            from_on=read.from_on,
            in_default_on=read.in_default_on,
            now=clock.now(),
            using=BOTH_SIDES,
        )
    if isinstance(made, tuple):
        return _form(request, said, kinds, made)
    messages.success(request, gettext("Debts placed: %(count)s.") % {"count": spoken.number(len(read.accounts))})
    return redirect("commission-statement", number=made)


def _form(
    request: HttpRequest, said: Mapping[str, Any], kinds: Sequence[str], problems: Sequence[Problem]
) -> HttpResponse:
    found = typed.by_field(problems)
    told = {
        "typed": said,
        "problems": found,
        "holders": placements.holders(_owner(request)),
        "today": clock.today_in(zone_of(request)),
        "tiers": [_tier(row, said, found) for row in range(typed.ROWS)],
        "money": [(kind.value, MONEY_WORDS[kind], kind.value in kinds) for kind in MoneyKind],
    }
    return render(request, "commission_place.html", told, status=MISTAKEN if problems else 200)


def _tier(row: int, said: Mapping[str, Any], problems: Mapping[str, list[Problem]]) -> dict[str, Any]:
    start, rate = f"from-{row}", f"rate-{row}"
    return {
        "row": row,
        "start_name": start,
        "rate_name": rate,
        "start": said.get(start, "" if said or row else "0"),
        "rate": said.get(rate, ""),
        "start_problems": problems.get(start),
        "rate_problems": problems.get(rate),
    }


@action(CLOSE)
def recall(request: HttpRequest, number: int) -> HttpResponse:
    """Take debts back from a placement: those that were typed, or all that are in it."""
    row = placements.placement(number)
    if row is None or row.owner != _owner(request):
        raise Http404
    problems: list[Problem] = []
    said = request.POST.dict()
    until_on = typed.day_of(said, "until_on", problems)
    if until_on is None and not problems:
        problems.append(typed.wrong("until_on", _NO_DAY))
    if until_on is not None and until_on < row.from_on:
        problems.append(typed.wrong("until_on", _TOO_EARLY))
    placed = {name: account for account, name in placements.open_accounts(row.id)}
    accounts = typed.chosen(typed.numbers_in(str(said.get("debts", ""))), placed, problems)
    if problems or until_on is None:
        return money.statement_page(request, row, said, typed.by_field(problems), MISTAKEN)
    with scope(row.owner, _staff(request), using=BOTH_SIDES):
        done = commission.recall(number, accounts, until_on, now=clock.now(), using=BOTH_SIDES)
    if isinstance(done, Problem):
        raise Http404
    messages.success(request, gettext("Debts recalled: %(count)s.") % {"count": spoken.number(done)})
    return redirect("commission-statement", number=number)


_NO_DAY = Text("Say on which day.", "Indique el día.", "请填写日期。")
_TOO_EARLY = Text(
    "This is before the placement began.", "Es anterior al inicio de la cesión.", "该日期早于委案开始日期。"
)
