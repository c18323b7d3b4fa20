"""What came back of messages: the latest reports, and noting a letter that the post returned."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions.messages.coming_back import heed
from arrears.channels.post.returned import returned_letter, wrong_letter
from arrears.config import clock
from arrears.domain.delivery_reports import KIND_WORDS, RETURN_WORDS, UNDELIVERABLE
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import delivery_reports as rows
from arrears.web.permissions import page
from arrears.web.scoping import zone_of
from arrears.web.wording import CHANNELS

ACT = frozenset({"senior", "supervisor", "manager", "compliance", "legal", "agency"})
LOOK = ACT | {"auditor"}
MISTAKEN = 422
MOST = 100


@never_cache
@page(look=LOOK, act=ACT)
def came_back(request: HttpRequest) -> HttpResponse:
    """Show what was told of messages after they went; note a letter that came back."""
    if request.method != "POST":
        return _shown(request, 200)
    zone, said = zone_of(request), request.POST
    found = returned_letter({name: said.get(name, "")[:300] for name in _FIELDS}, zone)
    if isinstance(found, str):
        return _shown(request, MISTAKEN, wrong_letter(found, ""))
    done = heed(found, now=clock.now())
    if isinstance(done, Problem):
        return _shown(request, MISTAKEN, done)
    if done.is_new:
        messages.success(request, gettext("Noted: the letter came back."))
    else:
        messages.info(request, gettext("That was noted before."))
    return redirect("came-back")


_FIELDS = ("reference", "returned_on", "reason", "words")


def _shown(request: HttpRequest, status: int, problem: Problem | None = None) -> HttpResponse:
    zone = zone_of(request)
    told = {
        "found": [
            (one, KIND_WORDS[one.kind], CHANNELS[one.channel], RETURN_WORDS[one.reason] if one.reason else None)
            for one in rows.latest(most=MOST)
        ],
        "undeliverable": UNDELIVERABLE,
        "reasons": [(one.value, words) for one, words in RETURN_WORDS.items()],
        "may_act": not ACT.isdisjoint(getattr(request.user, "roles", ())),
        "typed": request.POST,
        "today": local_day(clock.now(), zone),
        "problem": problem,
        "zone": zone,
    }
    return render(request, "came_back.html", told, status=status)
