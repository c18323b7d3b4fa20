"""The account page, as of any day and as known on any book day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

from arrears.actions.disputed_parts import Part, parts_of
from arrears.config import clock
from arrears.domain.terms import Terms
from arrears.engine.computation import Computation, Kind, Section, computation, said, said_amount
from arrears.engine.computation import Line as ComputationLine
from arrears.engine.computation.phrases import CapSaid
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.state import state
from arrears.kernel.hours import local_time
from arrears.kernel.problems import Problem
from arrears.store.doors.cases import Debt, Line, debt_of, entries_of
from arrears.web import spoken
from arrears.web.call.forms import typed_day
from arrears.web.call.owed import charge_per_day, charge_words, terms_of
from arrears.web.notices.lines import lines_of
from arrears.web.notices.views import LOOK as NOTICES
from arrears.web.numbers import whole
from arrears.web.permissions import SEES_DEBTORS, may, page
from arrears.web.scoping import zone_of


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with what was owed at the end of its day; ``balance`` is None but on the day's last entry."""

    line: Line
    balance: int | None


@never_cache
@page(look=SEES_DEBTORS)
def account(request: HttpRequest, number: int) -> HttpResponse:
    """Show one debt's ledger."""
    today = local_time(clock.now(), zone_of(request)).date()
    debt = debt_of(number, today)
    if debt is None:
        raise Http404
    as_of = typed_day(request.GET.get("as_of", ""), "as_of")
    day = as_of if isinstance(as_of, date) else today
    asked = whole(request.GET.get("known_on"))
    known_on = EVERYTHING if asked is None else asked
    problem = as_of if isinstance(as_of, Problem) else None
    shown = {
        **_ledger(debt, day, known_on),
        "today": today,
        "problem": problem,
        "part": _part(debt, day, zone_of(request)),
        "lines": lines_of(debt.id),
        "may_look": may(request.user, NOTICES),
    }
    return render(request, "account.html", shown)


def _part(debt: Debt, day: date, zone: str) -> Part | None:
    """Return the part of a debt that is disputed now, on the days since it is; a day is one of the organisation's."""
    found = next(iter(parts_of(debt.person, [debt.id], clock.now(), day)), None)
    return found if found is not None and local_time(found.since, zone).date() <= day else None


def _ledger(debt: Debt, day: date, known_on: int) -> dict[str, object]:
    in_force = terms_of(debt)
    terms = in_force.terms
    language = spoken.language()
    known = [line for line in entries_of(debt.id) if line.fact.book_day <= known_on]
    facts = [line.fact for line in known]
    now = state(terms, facts, day)
    caps = [CapSaid(rule.id, rule.title, rule.cites) for rule in in_force.caps]
    made = computation(terms, facts, day, currency=debt.currency, caps=caps)
    charges = made.charges if isinstance(made, Computation) else Section((), now.charges)
    per_day = charge_per_day(now, terms.late_charge)
    return {
        "debt": debt,
        "as_of": day,
        "known_on": "" if known_on == EVERYTHING else known_on,
        "state": now,
        "rows": list(_rows(terms, [line for line in known if line.fact.value_date <= day]))[::-1],
        "coming": [line for line in known if line.fact.value_date > day],
        "worked": [(said(line, language, debt.currency), _amount(line, debt.currency)) for line in charges.lines],
        "charge_sum": charges.total,
        "charge_words": charge_words(terms, now, debt.currency, per_day)
        if terms.late_charge.rate or terms.late_charge.fixed
        else "",
    }


def _rows(terms: Terms, lines: list[Line]) -> Iterator[Row]:
    facts = [line.fact for line in lines]
    for day, found in groupby(lines, key=lambda line: line.fact.value_date):
        of_day = list(found)
        balance = state(terms, facts, day).contractual
        for place, line in enumerate(of_day, start=1):
            yield Row(line, balance if place == len(of_day) else None)


def _amount(line: ComputationLine, currency: str) -> str:
    return "" if line.kind is Kind.NOTE else said_amount(line.amount, spoken.language(), currency)


urls = [path("account/<int:number>/", account, name="account")]
