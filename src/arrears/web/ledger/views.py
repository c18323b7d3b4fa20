"""Ledger and computation of one debt, as of any day and as known on any day; the statement; the list of repairs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import computations, told
from arrears.actions.computations import Computed
from arrears.config import clock
from arrears.engine.ledger.columns import EVERYTHING
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES
from arrears.store.doors import book_days, cases
from arrears.web import spoken
from arrears.web.call.forms import typed_day
from arrears.web.ledger import showing
from arrears.web.menu import MONEY, Entry
from arrears.web.permissions import SEES_DEBTORS, action, may, page
from arrears.web.scoping import zone_of

MISTAKEN = 422
TELLS = SEES_DEBTORS - {"auditor"}
REPAIRS = frozenset({"supervisor", "manager", "compliance", "finance"})
SEES_REPAIRS = REPAIRS | {"auditor"}
STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks about: the day, the day of knowledge where one was chosen, and what was mistaken."""

    as_of: date
    known_date: date | None
    known_on: int
    problem: Problem | None


def _today(request: HttpRequest) -> date:
    return clock.today_in(zone_of(request))


def _asked(request: HttpRequest, owner: int) -> Asked:
    day = typed_day(request.GET.get("as_of", ""), "as_of")
    known = typed_day(request.GET.get("known_on", ""), "known_on")
    known_on: int | Problem = EVERYTHING
    if isinstance(known, date):
        known_on = computations.known_on_date(owner, known)
    wrong = next((one for one in (day, known, known_on) if isinstance(one, Problem)), None)
    return Asked(
        day if isinstance(day, date) else _today(request),
        known if isinstance(known, date) and not isinstance(known_on, Problem) else None,
        known_on if isinstance(known_on, int) else EVERYTHING,
        wrong,
    )


def _found(request: HttpRequest, number: int) -> tuple[Asked, Computed]:
    if cases.debt_of(number, _today(request)) is None:
        raise Http404
    asked = _asked(request, cases.owner_of(number)[0])
    found = computations.computed(number, asked.as_of, asked.known_on, today=_today(request))
    assert found is not None
    return asked, found


def _shown(
    request: HttpRequest, number: int, template: str, more: Callable[[Computed], dict[str, object]]
) -> HttpResponse:
    asked, found = _found(request, number)
    told_before = told.told_of(number) if template == "computation.html" else ()
    context = {
        "asked": asked,
        "found": found,
        "debt": found.debt,
        "code": found.debt.currency,
        "state": None if isinstance(found.made, Problem) else found.made.state,
        "problem": asked.problem or (found.made if isinstance(found.made, Problem) else None),
        "is_today": asked.as_of == _today(request) and asked.known_date is None,
        "told": told_before,
        "may_tell": may(request.user, TELLS),
        "languages_of_letters": LANGUAGES,
        **more(found),
    }
    return render(request, template, context, status=MISTAKEN if asked.problem else 200)


@never_cache
@page(look=SEES_DEBTORS)
def ledger(request: HttpRequest, number: int) -> HttpResponse:
    """Show every entry with the balances after it, what each payment paid, and what was taken back."""

    def rows(found: Computed) -> dict[str, object]:
        known = {line.fact.book_day for line in found.lines}
        return {"rows": showing.ledger_rows(found, book_days.dates_of(found.owner, known))}

    return _shown(request, number, "ledger.html", rows)


@never_cache
@page(look=SEES_DEBTORS)
def computation(request: HttpRequest, number: int) -> HttpResponse:
    """Show how the balance came about, line by line, and offer the statement."""
    return _shown(request, number, "computation.html", showing.sections)


@never_cache
@page(look=SEES_DEBTORS)
def statement(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """Hand out the statement of computation as a PDF. Nothing is sent, and nothing counts as told by this alone."""
    if language not in LANGUAGES:
        raise Http404
    today = _today(request)
    debt = cases.debt_of(number, today)
    if debt is None:
        raise Http404
    made = computations.statement(number, _asked(request, cases.owner_of(number)[0]).as_of, language, today=today)
    if isinstance(made, Problem):
        messages.error(request, f"{made.reason.said_in(spoken.language())} {made.remedy.said_in(spoken.language())}")
        return redirect("computation", number=number)
    name = f"{debt.number}-{language}.pdf".replace("/", "-")
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@action(TELLS)
def mark_told(request: HttpRequest, number: int) -> HttpResponse:
    """Keep that the statement of a day was handed over, by all that is known now."""
    if cases.debt_of(number, _today(request)) is None:
        raise Http404
    as_of = typed_day(request.POST.get("as_of", ""), "as_of")
    language = request.POST.get("language", "")
    if not isinstance(as_of, date) or language not in LANGUAGES:
        return redirect("computation", number=number)
    document = computations.statement(number, as_of, language, today=_today(request))
    page_bytes = b"" if isinstance(document, Problem) else document
    made = told.tell(
        number, "letter", as_of, now=clock.now(), template=STATEMENT, language=language, document=page_bytes
    )
    if isinstance(made, Problem):
        messages.error(request, made.reason.said_in(spoken.language()))
    else:
        messages.success(request, gettext("Kept: these amounts count as told."))
    return redirect("computation", number=number)


@never_cache
@page(look=SEES_REPAIRS)
def repairs(request: HttpRequest) -> HttpResponse:
    """List what was told and is wrong by what is known now, with both figures."""
    found = told.repairs(request.user.organisation_id)  # type: ignore[union-attr]
    context = {
        "repairs": [showing.repair(one) for one in found],
        "remedies": [(code, words.said_in(spoken.language())) for code, words in told.REMEDY_WORDS.items()],
        "may_act": may(request.user, REPAIRS),
    }
    return render(request, "repairs.html", context)


@action(REPAIRS)
def repaired(request: HttpRequest, telling: int) -> HttpResponse:
    """Mark something told wrongly as set right, by the name of whoever is signed in."""
    refused = told.mark_repaired(telling, request.POST.get("remedy", ""), now=clock.now())
    if isinstance(refused, Problem):
        messages.error(
            request, f"{refused.reason.said_in(spoken.language())} {refused.remedy.said_in(spoken.language())}"
        )
    else:
        messages.success(request, gettext("Kept as set right, under your name."))
    return redirect("repairs")


menu = Entry("repairs", gettext_lazy("Told wrongly"), 38, SEES_REPAIRS, "w", MONEY)
urls = [
    path("account/<int:number>/ledger/", ledger, name="ledger"),
    path("account/<int:number>/computation/", computation, name="computation"),
    path("account/<int:number>/statement/<str:language>.pdf", statement, name="statement"),
    path("account/<int:number>/told/", mark_told, name="mark-told"),
    path("told-wrongly/", repairs, name="repairs"),
    path("told-wrongly/<int:telling>/", repaired, name="repaired"),
]
