"""The trial balance with its chart, the way from an account down to journals, lines and debts, and the periods."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import books, books_accrual
from arrears.config import clock
from arrears.kernel.problems import Problem
from arrears.reports import beancount
from arrears.reports.trial_balance import TrialBalance, general_ledger_csv, trial_balances
from arrears.store import bookday
from arrears.store.doors import book_balances, suspense
from arrears.store.doors import books as door
from arrears.web import spoken
from arrears.web.book.pictures import WIDTH
from arrears.web.books import money, placing, remitting
from arrears.web.books.permissions import CLOSE, LOOK
from arrears.web.books.pictures import height, svg
from arrears.web.menu import MONEY, Entry
from arrears.web.numbers import whole
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of

MOST = 50
MISTAKEN = 422


def owner_of(request: HttpRequest) -> int:
    """Return the organisation whose books are looked at: one's own."""
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    return int(user.organisation_id)


@never_cache
@page(look=LOOK)
def trial(request: HttpRequest) -> HttpResponse:
    """Show the trial balance of one currency, and the periods."""
    owner = owner_of(request)
    balances = {each.currency: each for each in trial_balances(owner)}
    chosen = balances.get(request.GET.get("currency", "")) or next(iter(balances.values()), None)
    told = {
        "trial": chosen,
        "currencies": list(balances),
        "periods": book_balances.periods(owner),
        "next_to_close": door.first_open(owner),
        "may_close": may(request.user, CLOSE),
        "zone": zone_of(request),
        "width": WIDTH,
        "height": height(chosen) + 40 if chosen else 0,
    }
    return render(request, "books.html", told)


def _trial(owner: int, currency: str) -> TrialBalance:
    found = next((each for each in trial_balances(owner) if each.currency == currency), None)
    if found is None:
        raise Http404
    return found


@page(look=LOOK)
def picture(request: HttpRequest, currency: str, theme: str) -> HttpResponse:
    """Return the chart as SVG."""
    if theme not in {"light", "dark"}:
        raise Http404
    drawn = svg(_trial(owner_of(request), currency), theme)
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@never_cache
@page(look=LOOK)
def account(request: HttpRequest, number: int, currency: str) -> HttpResponse:
    """Show the journals that moved an account, the newest first, and the debts that stand behind it."""
    owner = owner_of(request)
    row = next((each for each in _trial(owner, currency).rows if each.gl_account == number), None)
    if row is None:
        raise Http404
    below = _number(request, "below")
    journals = book_balances.journals_of(owner, number, currency, below=below or None, most=MOST)
    debts = book_balances.debts_of(
        owner, door.purposes_of(number), currency, after=_number(request, "after"), most=MOST
    )
    told = {
        "row": row,
        "journals": journals,
        "older": journals[-1].id if len(journals) == MOST else None,
        "debts": debts,
        "more": debts[-1].account if len(debts) == MOST else None,
        "zone": zone_of(request),
    }
    return render(request, "books_account.html", told)


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.GET.get(name)) or 0


@never_cache
@page(look=LOOK)
def journal(request: HttpRequest, number: int) -> HttpResponse:
    """Show a journal: its lines, why it was posted, and the debts it was the last to post."""
    owner = owner_of(request)
    found = book_balances.journal(owner, number)
    if found is None:
        raise Http404
    debts = book_balances.debts_in(owner, number, after=_number(request, "after"), most=MOST)
    told = {
        "journal": found[0],
        "lines": found[1],
        "debts": debts,
        "more": debts[-1].account if len(debts) == MOST else None,
        "zone": zone_of(request),
    }
    return render(request, "books_journal.html", told)


@never_cache
@page(look=LOOK, act=CLOSE)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is open before a period is closed; close it."""
    owner = owner_of(request)
    period = door.first_open(owner)
    if period is None or period.id != number:
        raise Http404
    if request.method != "POST":
        return _look_before(request, period)
    now = clock.now()
    day = bookday.opened(owner)
    if day is not None:
        books_accrual.accrue(owner, day.business_date, since=day.day, now=now, using="default")
    done = books.close_period(number, now=now)
    if isinstance(done, Problem):
        return _look_before(request, period, done.said_in(spoken.language()), MISTAKEN)
    told = gettext("Closed: %(period)s. What comes later adjusts the period from %(next)s.")
    messages.success(request, told % {"period": spoken.month(done.from_on), "next": spoken.day(done.next_from)})
    return redirect("books")


def _look_before(request: HttpRequest, period: door.Closed, problem: str = "", status: int = 200) -> HttpResponse:
    owner = owner_of(request)
    day = bookday.opened(owner)
    told = {
        "period": period,
        "problem": problem,
        "trials": trial_balances(owner, since=period.from_on, until=period.from_on),
        "is_running": day is not None and day.business_date <= period.until_on,
        "day": day,
        "suspense": suspense.posted(owner, using="default"),
        "waiting": suspense.waiting(owner, using="default"),
        "trust": money.reconciled(owner, period.until_on),
        "may_close": may(request.user, CLOSE),
    }
    return render(request, "books_close.html", told, status=status)


@page(look=LOOK)
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send the general ledger as a file: CSV or beancount text."""
    owner = owner_of(request)
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    if form == "csv":
        written = "".join(general_ledger_csv(owner, language=spoken.language()))
    else:
        written = "".join(beancount.text(owner, user.organisation.name))
    kind = "text/csv" if form == "csv" else "text/plain"
    named = {"Content-Disposition": f'attachment; filename="books.{form}"'}
    return HttpResponse(written, content_type=f"{kind}; charset=utf-8", headers=named)


@action(CLOSE)
def match(request: HttpRequest, number: int) -> HttpResponse:
    """Take over what the bank says of a trust account and find our lines in it."""
    found = money.match(owner_of(request), number, clock.today_in(zone_of(request)))
    if found is None:
        raise Http404
    messages.success(request, gettext("Lines found at the bank: %(count)s.") % {"count": spoken.number(found)})
    return redirect("trust")


menu = Entry("books", gettext_lazy("Books"), 39, LOOK, "j", MONEY)
urls = [
    path("books/", trial, name="books"),
    path("books/picture/<str:currency>-<str:theme>.svg", picture, name="books-picture"),
    path("books/account/<int:number>/<str:currency>/", account, name="books-account"),
    path("books/journal/<int:number>/", journal, name="books-journal"),
    path("books/close/<int:number>/", close, name="books-close"),
    path("books/general-ledger.csv", export, {"form": "csv"}, name="books-csv"),
    path("books/general-ledger.beancount", export, {"form": "beancount"}, name="books-beancount"),
    path("books/trust/", money.trust, name="trust"),
    path("books/trust/open/", remitting.open_trust, name="trust-open"),
    path("books/trust/<int:number>/match/", match, name="trust-match"),
    path("books/trust/client/<int:number>/", money.client, name="trust-client"),
    path("books/trust/client/<int:number>/remit/", remitting.remit, name="trust-remit"),
    path("books/commission/place/", placing.place, name="commission-place"),
    path("books/commission/<int:number>/recall/", placing.recall, name="commission-recall"),
    path("books/commission/", money.placed, name="commission"),
    path("books/commission/<int:number>/", money.statement, name="commission-statement"),
]
