"""What failed and what is under way, and taking a payment on one debt: by link, by debit, or said to be made."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from arrears.actions.disputed_parts import above_rest
from arrears.actions.takings import debits, links, mandates, traces
from arrears.actions.takings.asking import Asked, asked_on
from arrears.config import clock
from arrears.config.payments import providers
from arrears.domain.takings import DebitState, Form, MandateState
from arrears.kernel.problems import Problem
from arrears.packs.takings import takings as pack
from arrears.store.doors import ongoing
from arrears.store.doors import takings as rows
from arrears.store.doors import traces as trace_rows
from arrears.web import spoken
from arrears.web import wording as words_of
from arrears.web.call.forms import by_field, typed_day
from arrears.web.call.screen import WORKING_DAY
from arrears.web.menu import MONEY, Entry
from arrears.web.numbers import whole
from arrears.web.permissions import COLLECTORS, SEES_DEBTORS, action, page
from arrears.web.takings import cash, messages_in, sharing, tracing, wording
from arrears.web.takings.frame import ACT, LOOK, MISTAKEN, REVOKE, common

# --- what failed, what is under way ---


@never_cache
@page(look=LOOK)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the failures to deal with, and what is under way."""
    return _overview(request)


def _overview(request: HttpRequest, *, status: int = 200, problem: Problem | None = None) -> HttpResponse:
    under_way = rows.under_way()
    told = {
        "failures": rows.failures(),
        "links": under_way[0],
        "debits": under_way[1],
        "mandates": rows.mandates_alive(),
        "worked": list(wording.WORKED.items()),
        "problem": problem,
        **common(request),
    }
    return render(request, "takings.html", told, status=status)


@action(ACT)
def repeat(request: HttpRequest, debit: int) -> HttpResponse:
    """Present a failed debit again."""
    day = typed_day(request.POST.get("collect_on", ""), "collect_on") or common(request)["today"]
    if isinstance(day, Problem):
        return _overview(request, status=MISTAKEN, problem=day)
    made = debits.repeat(debit, day, providers=providers, now=clock.now())
    if isinstance(made, Problem):
        return _overview(request, status=MISTAKEN, problem=made)
    messages.success(request, gettext("It is presented again on %(day)s.") % {"day": spoken.day(day)})
    return redirect("takings")


@action(ACT)
def work(request: HttpRequest, debit: int) -> HttpResponse:
    """Take a failure off the queue."""
    problem = debits.work(debit, request.POST.get("how", ""), now=clock.now())
    if problem is not None:
        return _overview(request, status=MISTAKEN, problem=problem)
    return redirect("takings")


# --- one debt ---


@never_cache
@page(look=LOOK)
def take(request: HttpRequest, account: int) -> HttpResponse:
    """Show what may be taken on a debt and how, and what was."""
    return _take(request, account)


def _take(
    request: HttpRequest,
    account: int,
    *,
    status: int = 200,
    problems: list[Problem] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    now = clock.now()
    payer = rows.payer(account)
    if payer is None:
        raise Http404
    asked = asked_on(account, now=now)
    own = rows.of_account(account)
    settings = rows.settings_of(payer.owner)
    told = {
        "payer": payer,
        "asked": None if isinstance(asked, Problem) else asked,
        "closed": asked if isinstance(asked, Problem) else None,
        "is_ready": providers(settings.get("account", "")) is not None,
        "links": own[0],
        "mandates": own[1],
        "debits": own[2],
        "active": [one for one in own[1] if one.state == MandateState.ACTIVE],
        "known": [one for one in own[1] if one.provider_method and one.ended_because != mandates.REVOKED][:1],
        "traces": trace_rows.traces_of(account),
        "choices": [] if isinstance(asked, Problem) else _choices(asked),
        "schemes": list(pack().schemes.items()),
        "forms": [(code, said) for code, said in wording.FORMS.items() if code != Form.HOSTED_PAGE],
        "means": list(words_of.MEANS.items()),
        "agreed": _agreed(payer),
        "problems": by_field(problems or []),
        "typed": typed or {},
        **common(request),
    }
    return render(request, "take.html", told, status=status)


def _choices(asked: Asked) -> list[tuple[str, str | Promise]]:
    """Return what may be asked for: what is past due only where something is."""
    return [(code, words) for code, words in wording.CHOICES.items() if code != "all_due" or asked.due_minor > 0]


def _agreed(payer: rows.Payer) -> str:
    """Return words of an authorisation to start from, in the debtor's language where we speak it."""
    said = {
        "en": "I authorise {creditor} to debit my account for {number}, up to the amount and on the days agreed. "
        "I may take this back at any time.",
        "es": "Autorizo a {creditor} a cargar en mi cuenta lo correspondiente a {number}, hasta el importe y en los "
        "días acordados. Puedo revocarlo en cualquier momento.",
        "zh": "本人授权{creditor}就{number}按约定的金额上限和日期从本人账户扣款。本人可随时撤销本授权。",
    }
    return said.get(payer.language[:2], said["en"]).format(creditor=payer.owner_name, number=payer.number)


def _answered(
    request: HttpRequest, account: int, done: object, words: str, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """Go back to where one came from, or show the page again with what is wrong."""
    problems = done if isinstance(done, list) else [done] if isinstance(done, Problem) else []
    if problems:
        return _take(request, account, status=MISTAKEN, problems=problems, typed=typed or request.POST.dict())
    messages.success(request, words)
    payer = rows.payer(account)
    if request.POST.get("from") == "call" and payer is not None:
        return redirect("call", person=payer.person)
    return redirect("take", account=account)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("paid-thanks"))


def _amount(request: HttpRequest, account: int, field: str = "amount") -> int | Problem | None:
    payer = rows.payer(account)
    if payer is None:
        raise Http404
    said = request.POST.get(field, "").strip()
    return spoken.typed_money(said, payer.currency, field) if said else None


def _attempt(request: HttpRequest, account: int) -> int | None:
    """Return the call that is going on with the person, where there is one."""
    payer = rows.payer(account)
    call = payer and ongoing.call_in_progress(payer.person, int(request.user.pk or 0), clock.now() - WORKING_DAY)
    return call.id if call else None


@action(ACT)
def make_link(request: HttpRequest, account: int) -> HttpResponse:
    """Make a pay link."""
    amount, is_rest = _amount(request, account), bool(request.POST.get("rest_only"))
    if is_rest and not isinstance(amount, Problem):
        amount = above_rest(account, amount, clock.now()) or amount
    done: object = amount
    if not isinstance(amount, Problem):
        done = links.ask(
            account, "part" if is_rest else request.POST.get("choice", ""), amount, providers=providers,
            back=_back(request), now=clock.now(), attempt=_attempt(request, account),
        )  # fmt: skip
    return _answered(request, account, done, gettext("The link is made. Copy it for the debtor."))


@action(ACT)
def cancel_link(request: HttpRequest, account: int, link: int) -> HttpResponse:
    """Close a link nobody has paid."""
    done = links.cancel(link, providers=providers, now=clock.now())
    return _answered(request, account, done, gettext("The link is withdrawn."))


@action(ACT)
def ask_mandate(request: HttpRequest, account: int) -> HttpResponse:
    """Make the page on which the debtor authorises debits."""
    most, until = _amount(request, account, "most"), typed_day(request.POST.get("valid_until", ""), "valid_until")
    done: object = most if isinstance(most, Problem) else until
    if not isinstance(most, Problem) and not isinstance(until, Problem):
        done = mandates.ask_page(
            account, scheme=request.POST.get("scheme", ""), words=request.POST.get("words", ""),
            is_recurring=request.POST.get("is_recurring") == "yes", most_minor=most or 0, valid_until=until,
            providers=providers, back=_back(request), now=clock.now(), attempt=_attempt(request, account),
        )  # fmt: skip
    return _answered(request, account, done, gettext("The page is made. Copy its address for the debtor."))


@action(ACT)
def record_mandate(request: HttpRequest, account: int) -> HttpResponse:
    """Record what the debtor authorised by voice or on paper."""
    most = _amount(request, account, "most")
    like = request.POST.get("like", "")
    done: object = most
    if not isinstance(most, Problem):
        done = mandates.record(
            account, like=whole(like) or 0, form=request.POST.get("form", ""),
            words=request.POST.get("words", ""), proof=request.POST.get("proof", ""), most_minor=most or 0,
            is_recurring=request.POST.get("is_recurring") == "yes", now=clock.now(), attempt=_attempt(request, account),
        )  # fmt: skip
    return _answered(request, account, done, gettext("The authorisation is recorded."))


@action(REVOKE)
def revoke(request: HttpRequest, account: int, mandate: int) -> HttpResponse:
    """End an authorisation because the debtor said so."""
    done = mandates.revoke(mandate, providers=providers, now=clock.now())
    words = gettext("The authorisation is taken back. No debit is presented under it any more.")
    return _answered(request, account, done, words)


@action(ACT)
def give_copy(request: HttpRequest, account: int, mandate: int) -> HttpResponse:
    """Note that the debtor has a copy."""
    done = mandates.give_copy(mandate, now=clock.now())
    return _answered(request, account, done, gettext("Noted: the debtor has a copy."))


@action(ACT)
def ask_debit(request: HttpRequest, account: int) -> HttpResponse:
    """Ask for a debit, today or on a day ahead."""
    amount, day = _amount(request, account), typed_day(request.POST.get("collect_on", ""), "collect_on")
    mandate = request.POST.get("mandate", "")
    done: object = amount if isinstance(amount, Problem) else day
    if not isinstance(amount, Problem) and not isinstance(day, Problem):
        done = debits.ask(
            whole(mandate) or 0, amount or 0, day or common(request)["today"],
            is_told=request.POST.get("is_told") == "yes", providers=providers, now=clock.now(),
        )  # fmt: skip
    words = gettext("The debit is asked for.")
    if isinstance(done, rows.DebitRow) and done.state == DebitState.ASKED:
        words = gettext("The debit is asked for %(day)s.") % {"day": spoken.day(done.collect_on)}
    return _answered(request, account, done, words)


@action(ACT)
def cancel_debit(request: HttpRequest, account: int, debit: int) -> HttpResponse:
    """Take back a debit whose day has not come."""
    done = debits.cancel(debit, now=clock.now())
    return _answered(request, account, done, gettext("The debit is withdrawn."))


@action(COLLECTORS | {"finance"})
def open_trace(request: HttpRequest, account: int) -> HttpResponse:
    """Begin to look for a payment."""
    amount, day = _amount(request, account), typed_day(request.POST.get("paid_on", ""), "paid_on")
    done: object = amount if isinstance(amount, Problem) else day
    if not isinstance(amount, Problem) and not isinstance(day, Problem):
        done = traces.open_trace(
            account, paid_to=request.POST.get("paid_to", ""), amount_minor=amount, paid_on=day,
            means=request.POST.get("means", ""), proof=request.POST.get("proof", ""), now=clock.now(),
            attempt=_attempt(request, account),
        )  # fmt: skip
    return _answered(request, account, done, gettext("The payment is looked for; contact rests meanwhile."))


menu = Entry("takings", gettext_lazy("Taking payments"), 31, SEES_DEBTORS & LOOK, "k", MONEY)
urls = [
    path("takings/", overview, name="takings"),
    path("takings/debits/<int:debit>/repeat/", repeat, name="debit-repeat"),
    path("takings/debits/<int:debit>/worked/", work, name="debit-work"),
    path("takings/account/<int:account>/", take, name="take"),
    path("takings/account/<int:account>/link/", make_link, name="link-make"),
    path("takings/account/<int:account>/link/<int:link>/cancel/", cancel_link, name="link-cancel"),
    path("takings/account/<int:account>/mandate/", ask_mandate, name="mandate-ask"),
    path("takings/account/<int:account>/mandate/record/", record_mandate, name="mandate-record"),
    path("takings/account/<int:account>/mandate/<int:mandate>/revoke/", revoke, name="mandate-revoke"),
    path("takings/account/<int:account>/mandate/<int:mandate>/copy/", give_copy, name="mandate-copy"),
    path("takings/account/<int:account>/debit/", ask_debit, name="debit-ask"),
    path("takings/account/<int:account>/debit/<int:debit>/cancel/", cancel_debit, name="debit-cancel"),
    path("takings/account/<int:account>/trace/", open_trace, name="trace-open"),
    path("takings/account/<int:account>/share/", sharing.share, name="share"),
    path("takings/traces/", tracing.trace_queue, name="traces"),
    path("takings/traces/<int:trace>/end/", tracing.end_trace, name="trace-end"),
    path("takings/receipts/", sharing.receipt_list, name="receipts"),
    path("takings/receipts/<int:receipt>/reverse/", sharing.reverse_receipt, name="receipt-reverse"),
    path("takings/today/", cash.cash_today, name="cash-today"),
    path("takings/today/<str:currency>-<slug:theme>.svg", cash.picture, name="cash-picture"),
    path("takings/events/", messages_in.events, name="taking-events"),
    path("takings/thanks/", messages_in.thanks, name="paid-thanks"),
]
