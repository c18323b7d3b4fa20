"""The queue of bank lines, the statements, money in suspense by age, and the import."""

from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions import bank
from arrears.config import clock
from arrears.domain.contacts import Role
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store import search
from arrears.store.doors import bank_lines, postings, queues
from arrears.store.doors.bank_lines import BankLine, Candidate
from arrears.web import spoken, wording
from arrears.web.bank import importing, words
from arrears.web.menu import MONEY, Entry
from arrears.web.numbers import whole
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of

LOOK = frozenset({"finance", "supervisor", "manager", "compliance", "auditor"})
ACT = frozenset({"finance", "supervisor"})
MISTAKEN = 422
#: Who may have paid (P39): a payment of somebody else is taken and recorded as theirs, never suggested.
PAYERS = ("debtor", "co_obligor", "guarantor", "spouse", "household", "employer", "unknown")
MOST_FOUND = 9


@never_cache
@page(look=LOOK, act=LOOK)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, one line open: the one asked for, else the oldest. Whom one looks for is posted."""
    return _shown(request, request.POST.get("line", "") or request.GET.get("line", ""))


def _shown(request: HttpRequest, chosen: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    lines = bank_lines.waiting()
    line = next((one for one in lines if str(one.id) == chosen), None)
    if line is None and (number := whole(chosen)) is not None:
        line = bank_lines.line(number)
    line = line or (lines[0] if lines else None)
    latest = bank_lines.latest_matches()
    told: dict[str, Any] = {  # Any: what the template shows
        "lines": lines,
        "line": line,
        "waiting": bank_lines.count_waiting(),
        "of_files": queues.unmatched_count(),
        "said": request.POST.get("q", "").strip(),
        "payers": [(code, wording.ROLES[code]) for code in PAYERS],
        "may_act": may(request.user, ACT),
        "problem": problem,
        "latest": [(each, words.word(words.HOW, each.how), words.said(each.reasons)) for each in latest],
        **(_of_line(line, request.POST.get("q", "").strip()) if line else {}),
    }
    return render(request, "bank_queue.html", told, status=status)


def _of_line(line: BankLine, said: str) -> dict[str, Any]:
    if line.amount_minor < 0:
        return {"payments": bank_lines.payments_of(-line.amount_minor, line.value_on), "state": _state(line)}
    found = bank_lines.candidates(line.id)
    listed = [(number, each, words.said(each.reasons)) for number, each in enumerate(found[:MOST_FOUND], start=1)]
    more = [each for each in _searched(line, said) if each.account not in {one.account for one in found}]
    return {
        "candidates": listed,
        "found": [(len(listed) + place, each) for place, each in enumerate(more[:MOST_FOUND], start=1)],
        "state": _state(line),
        "split": _proposed(found, line.currency),
    }


def _state(line: BankLine) -> str:
    return words.word(words.STATES, line.state)


def _searched(line: BankLine, said: str) -> tuple[queues.Candidate, ...]:
    if not said:
        return ()
    return queues.accounts_like([said], [one.person for one in search.find(said)], line.currency, clock.now())


def _proposed(found: tuple[Candidate, ...], currency: str) -> str:
    parts = next((each.parts for each in found if each.parts), ())
    return "; ".join(f"{number} {spoken.plain_money(amount, currency)}" for _, number, amount in parts)


@action(ACT)
def decide(request: HttpRequest, line: int) -> HttpResponse:
    """Do with a line what the pressed button says."""
    found = bank_lines.line(line)
    if found is None:
        raise Http404
    done = _decided(request, found)
    if isinstance(done, Problem):
        return _shown(request, str(line), done, MISTAKEN)
    messages.success(request, done)
    return redirect("bank")


def _decided(request: HttpRequest, line: BankLine) -> str | Problem:
    said, now, note = request.POST, clock.now(), request.POST.get("note", "")
    role = Role(said["payer"]) if said.get("payer") in PAYERS else Role.DEBTOR
    if (account := whole(said.get("account"))) is not None:
        done: object = bank.accept(line.id, account, now=now, payer_role=role)
        words_of = gettext("Posted. The promises on that debt were judged again.")
    elif (entry := whole(said.get("entry"))) is not None:
        done = bank.return_of(line.id, entry, now=now)
        words_of = gettext("The payment was taken back and its debt is open again.")
    elif "parts" in said:
        parts = _parts(said["parts"], line)
        done = parts if isinstance(parts, Problem) else bank.split(line.id, parts, now=now, payer_role=role)
        words_of = gettext("Posted in parts.")
    elif "refund" in said:
        done, words_of = bank.refund_due(line.id, note, now=now), gettext("Noted: this money is to be paid back.")
    elif "not-ours" in said:
        done, words_of = bank.not_ours(line.id, note, now=now), gettext("Noted: no payment of a debt.")
    elif "reopen" in said:
        done, words_of = bank.reopen(line.id, now=now), gettext("The line waits again.")
    elif "undo" in said:
        done, words_of = bank.undo(line.id, note, now=now), gettext("Undone: the line waits again.")
    else:
        done, words_of = bank.park(line.id, note, now=now), gettext("Parked with a note.")
    return done if isinstance(done, Problem) else words_of


def _parts(typed: str, line: BankLine) -> list[tuple[int, int]] | Problem:
    """Read ``number amount; number amount`` as one types it."""
    found: list[tuple[int, int]] = []
    for part in filter(None, (each.strip() for each in typed.split(";"))):
        number, _, amount = part.rpartition(" ")
        owed = postings.owed_by_number(number, line.owner)
        minor = spoken.typed_money(amount, line.currency)
        if owed is None:
            return _no_such(number or part)
        if isinstance(minor, Problem):
            return minor
        found.append((owed.id, minor))
    return found


def _no_such(number: str) -> Problem:
    return Problem(
        "account_unknown",
        Text(
            "No debt has the number {said}.", "Ninguna deuda tiene el número {said}.", "没有编号为 {said} 的债务。"
        ).filled(said=number),
        Text(
            "Write: number amount; number amount.",
            "Escriba: número importe; número importe.",
            "格式：编号 金额；编号 金额。",
        ),
        Where(field="parts"),
    )


@never_cache
@page(look=LOOK, act=ACT)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take statement files in."""
    return cast("HttpResponse", importing.answer(request))


@never_cache
@page(look=LOOK)
def statements(request: HttpRequest) -> HttpResponse:
    """Show the statements that came in and, of the one asked for, its lines."""
    chosen = request.GET.get("of", "")
    lines = bank_lines.lines_of(number) if (number := whole(chosen)) is not None else ()
    told = {
        "statements": bank_lines.statements(),
        "chosen": chosen,
        "lines": [(each, _state(each)) for each in lines],
        "zone": zone_of(request),
    }
    return render(request, "bank_statements.html", told)


class _Bar(NamedTuple):
    """A bar of the chart: its currency, days, lines and money, and where it is drawn."""

    code: str
    low: int
    high: int
    lines: int
    amount: int
    at: int
    text: int
    width: int


@never_cache
@page(look=LOOK)
def suspense(request: HttpRequest) -> HttpResponse:
    """Show money that no debt got: by age as a chart and a table, and by bank account."""
    today = clock.today_in(zone_of(request))
    rows = bank_lines.suspense_by_age(today)
    most = max((amount for *_, amount in rows), default=0) or 1
    bars = [
        _Bar(code, low, high, lines, amount, place * 34, place * 34 + 19, max(2, amount * 320 // most))
        for place, (code, low, high, lines, amount) in enumerate(rows)
    ]
    told = {"bars": bars, "height": len(rows) * 34, "accounts": bank_lines.suspense()}
    return render(request, "bank_suspense.html", told)


menu = Entry("bank", gettext_lazy("Bank lines"), 33, LOOK, "n", MONEY)
urls = [
    path("bank/", queue, name="bank"),
    path("bank/<int:line>/", decide, name="bank-decide"),
    path("bank/import/", bring_in, name="bank-import"),
    path("bank/statements/", statements, name="bank-statements"),
    path("bank/suspense/", suspense, name="bank-suspense"),
]
