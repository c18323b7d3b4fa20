"""Clients' money reconciled three ways, each client's ledger, and the statements of commission."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache

from arrears.actions import commission
from arrears.actions import trust_reconciling as reconciling
from arrears.config import clock
from arrears.engine.commission.terms import MONEY_WORDS, MoneyKind
from arrears.kernel.problems import Problem
from arrears.store.doors import placements
from arrears.store.doors import trust as door
from arrears.web.books.permissions import CLOSE, LOOK
from arrears.web.permissions import may, page
from arrears.web.scoping import zone_of


def _owner(request: HttpRequest) -> int:
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    return int(user.organisation_id)


def reconciled(owner: int, on: date) -> list[reconciling.Reconciled]:
    """Return every trust account of an organisation, reconciled on a day."""
    return [reconciling.reconcile(account, on) for account in door.accounts(owner)]


def match(owner: int, number: int, on: date) -> int | None:
    """Find lines of a trust account at the bank; None where there is no such account."""
    account = next((each for each in door.accounts(owner) if each.id == number), None)
    return None if account is None else reconciling.match_lines(account, on)


@never_cache
@page(look=LOOK)
def trust(request: HttpRequest) -> HttpResponse:
    """Show bank, book and clients side by side on a day, and what makes them differ by item and age."""
    return trust_page(request)


def trust_page(
    request: HttpRequest,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, list[Problem]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of clients' money, with what was typed to open an account and what is wrong with it."""
    today = clock.today_in(zone_of(request))
    on = _day(request.GET.get("on", "")) or today
    shown = []
    for each in reconciled(_owner(request), on):
        ours = [(line, each.age(line)) for line in each.not_at_the_bank]
        theirs = [(line, each.age(line)) for line in each.not_in_the_book]
        shown.append({"it": each, "ours": ours, "theirs": theirs})
    told = {
        "accounts": shown,
        "on": on,
        "today": today,
        "may_match": may(request.user, CLOSE),
        "banks": door.bank_accounts(_owner(request)) if may(request.user, CLOSE) else (),
        "typed": typed or {},
        "problems": problems or {},
    }
    return render(request, "trust.html", told, status=status)


def _day(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


@never_cache
@page(look=LOOK)
def client(request: HttpRequest, number: int) -> HttpResponse:
    """Show a client's ledger, line by line with its running balance."""
    found = next((each for each in door.clients(_owner(request)) if each.id == number), None)
    if found is None:
        raise Http404
    lines = sorted(door.lines(number), key=lambda line: -line.number)
    told = {"client": found, "lines": lines, "may_remit": may(request.user, CLOSE)}
    return render(request, "trust_client.html", told)


@never_cache
@page(look=LOOK)
def placed(request: HttpRequest) -> HttpResponse:
    """Show the placements that we made or hold, with what each has earned."""
    owner = _owner(request)
    rows = []
    for row in placements.placements(owner):
        posted = placements.posted(row.id, _side(row, owner))
        rows.append({"it": row, "earned": posted[-1].earned if posted else 0, "is_holder": row.holder == owner})
    return render(request, "commission.html", {"rows": rows, "may_place": may(request.user, CLOSE)})


def _side(row: placements.PlacementRow, owner: int) -> str:
    return commission.CREDITOR if row.owner == owner else commission.HOLDER


@never_cache
@page(look=LOOK)
def statement(request: HttpRequest, number: int) -> HttpResponse:
    """Show the statement of a placement: each payment, what it earned, how, and the postings."""
    row = placements.placement(number)
    if row is None:
        raise Http404
    return statement_page(request, row)


def statement_page(
    request: HttpRequest,
    row: placements.PlacementRow,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, list[Problem]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a placement's statement, with what was typed to recall debts and what is wrong with it."""
    owner = _owner(request)
    posted = placements.posted(row.id, _side(row, owner))
    lines = [
        {
            **line,
            "day": date.fromisoformat(line["on"]),
            "money": MONEY_WORDS[MoneyKind(line["kind"])],
            "how": commission.explained(line, row.currency),
        }
        for line in commission.statement_lines(posted).values()
    ]
    is_ours = row.owner == owner and may(request.user, CLOSE)
    told = {
        "row": row,
        "lines": lines,
        "posted": posted,
        "paid": sum(line["amount"] for line in lines if not line.get("is_taken_back")),
        "earned": sum(line["commission"] for line in lines),
        "placed": placements.open_accounts(row.id) if is_ours else (),
        "today": clock.today_in(zone_of(request)),
        "typed": typed or {},
        "problems": problems or {},
    }
    return render(request, "commission_statement.html", told, status=status)
