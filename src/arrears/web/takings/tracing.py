"""What is said to be paid and is looked for: the queue, with one search open at a time (P38)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions.takings import traces
from arrears.config import clock
from arrears.kernel.problems import Problem
from arrears.store.doors import traces as trace_rows
from arrears.web.numbers import whole
from arrears.web.permissions import action, page
from arrears.web.takings.frame import ACT, LOOK, MISTAKEN, common

#: What posts a line that had found no debt, by where it waits.
_POSTING = {"line": traces.found_line, "bank": traces.found_bank_line}


@never_cache
@page(look=LOOK)
def trace_queue(request: HttpRequest) -> HttpResponse:
    """Show what is looked for, with one trace open: the one asked for, else the first."""
    return _traces(request)


def _traces(request: HttpRequest, *, status: int = 200, problem: Problem | None = None) -> HttpResponse:
    listed = trace_rows.traces_to_work()
    said = request.POST.get("trace", "") or request.GET.get("trace", "")
    shown = next((one for one in listed if str(one.what.id) == said), listed[0] if listed else None)
    told = {
        "listed": listed,
        "shown": shown,
        "candidates": traces.candidates(shown.what.id) if shown else (),
        "problem": problem,
        **common(request),
    }
    return render(request, "traces.html", told, status=status)


@action(ACT)
def end_trace(request: HttpRequest, trace: int) -> HttpResponse:
    """Close a trace: with a payment or line that was chosen, or as not found, in the words the debtor is told."""
    now, chosen = clock.now(), request.POST.get("chosen", "")
    kind, _, number = chosen.partition("-")
    if request.POST.get("how") == "not_found":
        problem = traces.not_found(trace, request.POST.get("told", ""), now=now)
        words = gettext("Closed as not found. Contact resumes.")
    elif kind in _POSTING and (found := whole(number)) is not None:
        problem = _POSTING[kind](trace, found, now=now)
        words = gettext("Found and posted.")
    else:
        problem = traces.found(trace, whole(number) or 0, now=now)
        words = gettext("Found.")
    if problem is not None:
        return _traces(request, status=MISTAKEN, problem=problem)
    messages.success(request, words)
    return redirect("traces")
