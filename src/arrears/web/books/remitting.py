"""Open a trust account, and pass on to a client what is held for it: what would go is shown before it goes."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import trust
from arrears.actions.remittances import Due, Remittance, due_to
from arrears.config import clock
from arrears.kernel.money import is_currency
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors import trust as door
from arrears.store.doors.trust import ClientRow
from arrears.web import spoken
from arrears.web.books import money, typed
from arrears.web.books.permissions import CLOSE
from arrears.web.permissions import action, page
from arrears.web.scoping import zone_of

MISTAKEN = 422


def _owner(request: HttpRequest) -> int:
    user: Any = request.user  # Any: the staff member, whose type is chosen by settings
    return int(user.organisation_id)


@action(CLOSE)
def open_trust(request: HttpRequest) -> HttpResponse:
    """Open a trust account, of the currency of the bank account that its statements come for."""
    said = request.POST.dict()
    name, code = str(said.get("name", "")).strip(), str(said.get("currency", "")).strip().upper()
    banks = {str(number): found for number, _, found in door.bank_accounts(_owner(request))}
    bank = str(said.get("bank", ""))
    problems = [
        *([] if name else [typed.wrong("name", _NO_NAME)]),
        *([] if is_currency(code) else [typed.wrong("currency", _NO_CURRENCY)]),
        *([typed.wrong("bank", _OTHER_BANK)] if bank and banks.get(bank) != code else []),
    ]
    made = None if problems else trust.open_account(name, code, bank_account=int(bank) if bank else None)
    if isinstance(made, Problem):
        problems.append(made)
    if problems:
        return money.trust_page(request, {k: str(v) for k, v in said.items()}, typed.by_field(problems), MISTAKEN)
    messages.success(request, gettext("Opened: %(name)s.") % {"name": name})
    return redirect("trust")


@never_cache
@page(look=CLOSE, act=CLOSE)
def remit(request: HttpRequest, number: int) -> HttpResponse:
    """Show what would go to a client in each way (GET), or pass it on (POST)."""
    client = next((each for each in door.clients(_owner(request)) if each.id == number), None)
    if client is None:
        raise Http404
    today = clock.today_in(zone_of(request))
    if request.method != "POST":
        return _shown(request, client, _until(request.GET.get("until", ""), today), [])
    until = _until(request.POST.get("until", ""), today)
    way, reference = request.POST.get("way", ""), request.POST.get("reference", "").strip()
    if way not in set(Remittance) or not reference:
        return _shown(request, client, until, [typed.wrong("form", _INCOMPLETE)])
    done = _remitted(client, Remittance(way), today, until, reference)
    if isinstance(done, Problem):
        return _shown(request, client, until, [Problem(done.code, done.reason, done.remedy, Where(field="form"))])
    said = gettext("%(amount)s to the client, %(kept)s kept as commission.") if done.is_new else _done_before()
    told = {
        "amount": spoken.money(done.amount, client.currency),
        "kept": spoken.money(done.commission, client.currency),
    }
    messages.success(request, said % told)
    return redirect("trust-client", number=number)


def _done_before() -> str:
    return gettext("This reference was remitted before: %(amount)s to the client, %(kept)s kept as commission.")


def _until(said: str, today: date) -> date:
    """Return the day that was typed, today at the latest and where none was."""
    found = typed.day_of({"until": said}, "until", [])
    return min(found, today) if found else today


def _remitted(client: ClientRow, way: Remittance, today: date, until: date, reference: str) -> trust.Remitted | Problem:
    """Pass on what may go; nothing to pass on is told, so that nobody believes that something went."""
    done = trust.remit(
        client.trust_account, client.client, way, today, released_until=until, reference=reference, now=clock.now()
    )
    if isinstance(done, trust.Remitted) and done.is_new and not (done.amount or done.commission):
        return typed.wrong("form", _NOTHING)
    return done


def _shown(request: HttpRequest, client: ClientRow, until: date, problems: list[Problem]) -> HttpResponse:
    today = clock.today_in(zone_of(request))
    words = {
        Remittance.NET: gettext("Net: less the commission on what came through us"),
        Remittance.GROSS: gettext("Gross: all of it; commission is billed apart"),
        Remittance.COMBINED: gettext("Combined: less the commission on direct payments as well"),
    }
    ways: list[tuple[str, str, Due]] = [(way.value, said, due_to(client, way, until)) for way, said in words.items()]
    told = {
        "client": client,
        "until": until,
        "today": today,
        "ways": ways,
        "weighed": ways[0][2],
        "chosen": request.POST.get("way", Remittance.NET.value),
        "reference": request.POST.get("reference", f"{today:%Y-%m-%d}"),
        "problems": typed.by_field(problems),
    }
    return render(request, "trust_remit.html", told, status=MISTAKEN if problems else 200)


_NO_NAME = Text("The name is missing.", "Falta el nombre.", "缺少名称。")
_NO_CURRENCY = Text(
    "Give the ISO code of a currency, such as USD.",
    "Indique el código ISO de la moneda, p. ej. USD.",
    "请填写 ISO 货币代码，如 USD。",
)
_OTHER_BANK = Text(
    "This bank account is in another currency, or a trust account stands for it already.",
    "Esa cuenta bancaria es de otra moneda o ya corresponde a una cuenta de clientes.",
    "该银行账户币种不同，或已对应其他信托账户。",
)
_INCOMPLETE = Text(
    "Choose a way and give a reference.", "Elija una modalidad e indique una referencia.", "请选择方式并填写参考号。"
)
_NOTHING = Text(
    "Nothing is free to go to the client.", "No hay nada disponible para el cliente.", "没有可汇给委托方的款项。"
)
