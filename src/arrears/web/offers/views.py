"""The form of an offer: what the matrix says of it is shown before it is put to the debtor, then it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import authority, concessions
from arrears.config import clock
from arrears.domain.concessions import WORDS, ConcessionKind, Part
from arrears.kernel.hours import local_time
from arrears.kernel.problems import Problem
from arrears.store.doors import concessions as rows
from arrears.store.doors.cases import Debt, debt_of
from arrears.store.doors.concessions import Cuttable
from arrears.web import spoken
from arrears.web.call.forms import by_field, typed_day
from arrears.web.permissions import COLLECTORS, page
from arrears.web.scoping import zone_of

OFFERS = COLLECTORS | {"manager"}
PARTS = range(1, 7)
MISTAKEN = 422


@dataclass(frozen=True, slots=True)
class Typed:
    """An offer as it was typed; ``problems`` are what could not be read."""

    kind: ConcessionKind
    parts: tuple[Part, ...]
    cut_minor: int
    problems: tuple[Problem, ...]


@never_cache
@page(look=OFFERS, act=OFFERS)
def offer(request: HttpRequest, account: int) -> HttpResponse:
    """Show the form; weigh what was typed; keep it."""
    today = local_time(clock.now(), zone_of(request)).date()
    debt, cuttable = debt_of(account, today), rows.cuttable(account)
    if debt is None or cuttable is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, debt, cuttable, today, typed=None)
    typed = _typed(request.POST, cuttable.currency)
    if typed.problems or request.POST.get("verb") == "weigh":
        return _shown(request, debt, cuttable, today, typed=typed, problems=typed.problems)
    made = concessions.propose(
        account,
        typed.kind,
        typed.parts,
        cut_minor=typed.cut_minor,
        reason=request.POST.get("reason", ""),
        key=request.POST.get("key", "") or uuid4().hex,
        as_draft=request.POST.get("verb") == "draft",
        now=clock.now(),
    )
    if isinstance(made, list):
        return _shown(request, debt, cuttable, today, typed=typed, problems=tuple(made))
    messages.success(request, gettext("Kept: %(state)s.") % {"state": WORDS[made.state].said_in(spoken.language())})
    return redirect("concession", made.id)


def _typed(said: Mapping[str, str], currency: str) -> Typed:
    kind = ConcessionKind.WAIVER if said.get("kind") == "waiver" else ConcessionKind.SETTLEMENT
    parts: list[Part] = []
    problems: list[Problem] = []
    for n in PARTS:
        amount_said, day_said = said.get(f"amount-{n}", "").strip(), said.get(f"day-{n}", "").strip()
        if not amount_said and not day_said:
            continue
        amount = spoken.typed_money(amount_said, currency, f"amount-{n}")
        day = typed_day(day_said or "-", f"day-{n}")
        problems += [found for found in (amount, day) if isinstance(found, Problem)]
        if not isinstance(amount, Problem) and isinstance(day, date):
            parts.append(Part(day, amount))
    cut_said = said.get("cut", "").strip()
    cut = spoken.typed_money(cut_said, currency, "cut_minor") if kind is ConcessionKind.WAIVER and cut_said else 0
    if isinstance(cut, Problem):
        return Typed(kind, tuple(parts), 0, (*problems, cut))
    return Typed(kind, tuple(parts), cut, tuple(problems))


def _shown(
    request: HttpRequest,
    debt: Debt,
    cuttable: Cuttable,
    today: date,
    *,
    typed: Typed | None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    said = request.POST
    kind = typed.kind if typed else ConcessionKind.SETTLEMENT
    weighed = authority.weigh(cuttable, kind, typed.parts if typed else (), typed.cut_minor if typed else 0, on=today)
    told = {
        "debt": debt,
        "weighed": weighed,
        "gain": weighed.worth.gain,
        "share": f"{weighed.share_bps / 100:g}",
        "is_weighed": typed is not None and not problems,
        "kind": kind.value,
        "cut": said.get("cut", ""),
        "reason": said.get("reason", ""),
        "key": said.get("key", "") or uuid4().hex,
        "fields": [(n, said.get(f"amount-{n}", ""), said.get(f"day-{n}", "")) for n in PARTS],
        "problems": by_field(problems),
        "all_problems": problems,
        "may_signal": {"alone": "good", "approval": "wait", "refused": "late"}[weighed.may.name],
    }
    return render(request, "offer.html", told, status=MISTAKEN if problems else 200)


urls = [path("offer/<int:account>/", offer, name="offer")]
