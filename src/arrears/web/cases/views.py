"""The board, one case, opening one, and every step in it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final  # Any: a template's context

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import cases as verbs
from arrears.actions.cases.papers import ERASERS
from arrears.actions.rule_books import book_at_work
from arrears.config import clock as wall
from arrears.domain import case_words
from arrears.domain.case_files import CaseKind, CaseState, ClockState, Finding
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.clocks import answers_for, clock, clocks
from arrears.store.doors import case_files as rows
from arrears.store.doors import cases as people
from arrears.store.doors.case_files import Kept, Listed, Running
from arrears.store.doors.holds_in_force import holds_in_force
from arrears.web.cases.care import ACT as MAY_NOTE_CARE
from arrears.web.cases.care import care, needs_of, show_reason, withdraw_need
from arrears.web.cases.forms import DAYS_OF, WORDS_OF, TypedCase, typed_case, typed_paper, typed_part
from arrears.web.cases.papers import adding, erasing, paper, papers_of
from arrears.web.holds.stops import stops_of
from arrears.web.menu import RULES, Entry
from arrears.web.numbers import calendar_day, whole
from arrears.web.permissions import COLLECTORS, action, may, page
from arrears.web.scoping import zone_of

LOOK = COLLECTORS | {"manager", "compliance", "legal", "auditor"}
ACT = COLLECTORS | {"manager", "compliance", "legal"}
MISTAKEN = 422
SOON: Final = 7
"""Days before its last day from which a clock is shown as pressing: a house assumption."""


@never_cache
@page(look=LOOK)
def cases(request: HttpRequest) -> HttpResponse:
    """Show case files: what was missed first, then by the day on which something is due."""
    kind, regulator = request.GET.get("kind", ""), request.GET.get("regulator", "")
    is_closed = request.GET.get("state", "") == "closed"
    zone = zone_of(request)
    today = local_day(wall.now(), zone)
    found = rows.board(kind=kind if kind in set(CaseKind) else "", regulator=regulator, is_closed=is_closed)
    told = {
        "found": [(one, case_words.KINDS[one.case.kind], _left(one.case.due_on, today)) for one in found],
        "kinds": case_words.KINDS.items(),
        "states": case_words.STATES,
        "kind": kind,
        "regulators": rows.regulators(),
        "regulator": regulator,
        "is_closed": is_closed,
        "late": rows.late(),
        "zone": zone,
    }
    return render(request, "cases.html", told)


def _left(due: date | None, today: date) -> tuple[int, str] | None:
    """Return the days left until a last day, and the signal of the chip that says so."""
    if due is None:
        return None
    days = (due - today).days
    return days, "late" if days < 0 else "wait" if days <= SOON else "good"


@never_cache
@page(look=LOOK)
def case(request: HttpRequest, number: int) -> HttpResponse:
    """Show one case: its clocks, what it stops, its steps and papers, and what can be done now."""
    return _one(request, number, 200)


def _one(request: HttpRequest, number: int, status: int, problem: Problem | None = None) -> HttpResponse:
    found = rows.kept(number)
    if found is None:
        raise Http404
    zone, now = zone_of(request), wall.now()
    (listed,) = rows.listed([found])
    holds, book = holds_in_force(now, ids=found.holds), book_at_work(local_day(now, zone))
    told = {
        "one": listed,
        "it": found,
        "kind": case_words.KINDS[found.kind],
        "state": case_words.STATES[found.state],
        "finding": case_words.FINDINGS[Finding(found.finding)] if found.finding else None,
        "disputed": _disputed(found, people.case_of(found.person, local_day(now, zone))),
        "facts": sorted((name, said) for name, said in found.facts.items() if name in _SHOWN),
        "clocks": [_clock_line(found, one, local_day(now, zone)) for one in rows.clocks_of(number)],
        "steps": [(step, case_words.STEPS[step.kind]) for step in rows.steps_of(number)],
        "holds": [
            (one, one.hold.until is None or one.hold.until > now, stops_of(one.hold.kind, one.country, book))
            for one in holds
        ],
        "papers": papers_of(request, number),
        "may_erase": may(request.user, ERASERS),
        "needs": needs_of(found.person) if found.kind is CaseKind.VULNERABILITY else None,
        "zone": zone,
        "problem": problem,
        **_may(request, found),
    }
    return render(request, "case.html", told, status=status)


def _disputed(found: Kept, about: people.Case | None) -> tuple[int, str] | None:
    """Return the part of its debt that a case disputes, with its currency; None where it names none."""
    part = found.facts.get("disputed_minor")
    debt = next((one for one in about.debts if one.id in found.accounts), None) if about else None
    return None if part is None or debt is None else (part, debt.currency)


_SHOWN: Final = {name for names in (*WORDS_OF.values(), *DAYS_OF.values()) for name in names} | {
    "written",
    "in_period",
    "new_material",
    "furnished",
    "payment_service",
    "duplicate_of",
    "contacted_on",
}


def _may(request: HttpRequest, found: Kept) -> Mapping[str, Any]:
    is_open = found.state is not CaseState.CLOSED
    acts, answers = may(request.user, ACT), may(request.user, ACT) and verbs.may_answer()
    return {
        "answers": answers_for(found.kind) if acts and found.state is CaseState.OPEN else (),
        "findings": case_words.FINDINGS.items() if answers and is_open else (),
        "may_step": acts and is_open,
        "may_reopen": acts and not is_open,
        "may_excuse": answers and is_open and found.kind is CaseKind.ATTORNEY,
        "may_end": answers and found.kind is CaseKind.CRISIS_MORATORIUM and "treatment_ended_on" not in found.facts,
        "may_answer": answers,
        "may_note_care": may(request.user, MAY_NOTE_CARE),
    }


def _clock_line(found: Kept, one: Running, today: date) -> Mapping[str, Any]:
    rule = clock(one.rule)
    is_running = one.state is ClockState.RUNNING
    return {
        "it": one,
        "rule": rule,
        "about": one.about.split(":", 2)[-1],
        "state": case_words.CLOCKS[one.state],
        "left": _left(one.due_on, today) if is_running else None,
        "is_task": one.due_on is None and is_running,
        "may_extend": is_running and rule is not None and one.turn < len(rule.more) and one.due_on is not None,
        "is_running": is_running and found.state is not CaseState.CLOSED,
    }


@never_cache
@page(look=ACT, act=ACT)
def open_case(request: HttpRequest, person: int) -> HttpResponse:
    """Open a case about a person."""
    zone, now = zone_of(request), wall.now()
    about = people.case_of(person, local_day(now, zone))
    if about is None:
        raise Http404
    if request.method != "POST":
        return _form(request, about, None, 200, None)
    typed = typed_case(request.POST, now, zone)
    part = typed_part(request.POST, about, typed.accounts)
    if isinstance(part, Problem):
        return _form(request, about, typed, MISTAKEN, part)
    done = verbs.open_case(
        typed.kind,
        person=person,
        accounts=typed.accounts,
        received_at=typed.received_at,
        now=now,
        words=typed.words,
        regulator=typed.regulator,
        known_at=now,
        facts={**typed.facts, **part},
        proof=typed.proof,
    )
    if isinstance(done, Problem):
        return _form(request, about, typed, MISTAKEN, done)
    messages.success(request, gettext("The case is open, and what it stops is held."))
    return redirect("case", done)


def _form(
    request: HttpRequest, about: people.Case, typed: TypedCase | None, status: int, problem: Problem | None
) -> HttpResponse:
    zone = zone_of(request)
    told = {
        "about": about,
        "kinds": case_words.KINDS.items(),
        "kind": typed.kind if typed else request.GET.get("kind", ""),
        "ticked": typed.accounts if typed else (),
        "typed": request.POST,
        "regulators": sorted({name for one in clocks().values() for name in one.regulators}),
        "today": local_day(wall.now(), zone),
        "earlier": [
            (one, case_words.KINDS[one.kind], case_words.STATES[one.state]) for one in rows.of_person(about.who.id)
        ],
        "zone": zone,
        "problem": problem,
    }
    return render(request, "open_case.html", told, status=status)


@action(ACT)
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step, answer, put off, settle a task, close or reopen a case."""
    done = _done(request, number)
    if isinstance(done, Problem):
        return _one(request, number, MISTAKEN, done)
    messages.success(request, gettext("Noted."))
    return redirect("case", number)


def _done(request: HttpRequest, number: int) -> Kept | Problem:
    said, now = request.POST, wall.now()
    words, clock_id = said.get("words", ""), whole(said.get("clock")) or 0
    todo: Mapping[str, Callable[[], Kept | Problem]] = {
        "answer": lambda: verbs.answer(number, said.get("answer", ""), words=words, paper=typed_paper(said), now=now),
        "extend": lambda: verbs.extend(number, clock_id, words, now=now),
        "settle": lambda: verbs.settle_task(number, clock_id, words=words, now=now),
        "excuse": lambda: verbs.excuse_attorney(number, words, has_agreed=bool(said.get("agreed")), now=now),
        "end_treatment": lambda: verbs.end_treatment(number, _day(said.get("ended_on", "")), words=words, now=now),
        "close": lambda: verbs.close(number, said.get("finding", ""), words, now=now),
        "reopen": lambda: verbs.reopen(number, words, now=now),
        "step": lambda: verbs.add_step(number, said.get("step", ""), words=words, paper=typed_paper(said), now=now),
    }
    return todo.get(said.get("verb", ""), todo["step"])()


def _day(typed: str) -> date:
    try:
        return calendar_day(typed)
    except ValueError:
        return date.max  # lies ahead, so the verb says what is wrong


def open_cases_of(person: int) -> tuple[Listed, ...]:
    """Return the case files of a person that are not closed, for other pages."""
    return rows.listed([one for one in rows.of_person(person) if one.state is not CaseState.CLOSED])


menu = Entry("cases", gettext_lazy("Cases"), 61, LOOK, "e", RULES)
urls = [
    path("cases/", cases, name="cases"),
    path("cases/open/<int:person>/", open_case, name="open-case"),
    path("cases/<int:number>/", case, name="case"),
    path("cases/<int:number>/act/", act, name="case-act"),
    path("cases/<int:number>/papers/", adding(_one), name="case-papers"),
    path("cases/papers/<int:number>/", paper, name="case-paper"),
    path("cases/papers/<int:number>/erase/", erasing(_one), name="erase-case-paper"),
    path("care/<int:person>/", care, name="care"),
    path("care/needs/<int:number>/reason/", show_reason, name="care-reason"),
    path("care/needs/<int:number>/withdraw/", withdraw_need, name="withdraw-need"),
]
