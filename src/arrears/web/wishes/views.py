"""A person's wishes: what is kept, and new words with what was read out of them before anything is kept."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import wishes as verbs
from arrears.config import clock
from arrears.domain.contacts import Medium, PointUse
from arrears.domain.holds import EVERY_DAY, WeeklyWindow
from arrears.engine.gate.words import name_of
from arrears.engine.wishes import hear
from arrears.kernel.hours import WEEKDAYS, local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store.doors import cases
from arrears.store.doors import wishes as rows
from arrears.web import spoken
from arrears.web.permissions import COLLECTORS, SEES_DEBTORS, action, may, page
from arrears.web.scoping import zone_of
from arrears.web.wording import USES

ACT = COLLECTORS | {"manager", "compliance", "legal"}
MISTAKEN = 422
MOST = 500


@never_cache
@page(look=SEES_DEBTORS, act=ACT)
def wishes(request: HttpRequest, person: int) -> HttpResponse:
    """Show the wishes of a person; posted words are read and shown, and kept once they are confirmed."""
    if request.method != "POST":
        return _shown(request, person, 200)
    words = request.POST.get("words", "").strip()[:MOST]
    if not request.POST.get("sure"):
        return _shown(request, person, 200, words)
    kept = verbs.keep(person, words, now=clock.now())
    if isinstance(kept, Problem):
        return _shown(request, person, MISTAKEN, words, kept)
    messages.success(request, gettext("The wish is kept; contact obeys it from now on."))
    return redirect("wishes", person)


@action(ACT)
def end(request: HttpRequest, person: int, wish: int) -> HttpResponse:
    """End a wish that the person takes back."""
    problem = verbs.end(person, wish, now=clock.now())
    if problem is not None:
        return _shown(request, person, MISTAKEN, problem=problem)
    messages.success(request, gettext("The wish has ended."))
    return redirect("wishes", person)


def _shown(
    request: HttpRequest, person: int, status: int, words: str = "", problem: Problem | None = None
) -> HttpResponse:
    zone = zone_of(request)
    about = cases.case_of(person, local_day(clock.now(), zone))
    if about is None:
        raise Http404
    told = {
        "about": about,
        "zone": zone,
        "kept": [(one, lines(one.windows, one.places), _media(one.media)) for one in rows.of_person(person)],
        "typed": words,
        "heard": [(one, lines(one.windows, sorted(one.places)), _media(sorted(one.media))) for one in hear(words)],
        "may_act": may(request.user, ACT),
        "problem": problem,
    }
    return render(request, "wishes.html", told, status=status)


def lines(windows: tuple[WeeklyWindow, ...], places: "tuple[str, ...] | list[PointUse]") -> list[str]:
    """Return what does not suit as people read it: days and hours, or the kind of number or address."""
    return [*(f"{_days(one)} {_hours(one)}".strip() for one in windows), *(str(USES[place]) for place in places)]


def _media(media: Iterable[str]) -> list[Text]:
    return [name_of(Medium(medium)) for medium in media]


def _days(window: WeeklyWindow) -> str:
    if window.days == EVERY_DAY:
        return gettext("every day")
    language = spoken.language()
    names = [WEEKDAYS[day].said_in(language) for day in sorted(window.days)]
    return "、".join(names) if language == "zh" else ", ".join(names)


def _hours(window: WeeklyWindow) -> str:
    start, until = window.start.isoformat("minutes"), window.until.isoformat("minutes")
    if start == until:
        return gettext("all day")
    return f"{start}–{'24:00' if until == '00:00' else until}"


urls = [
    path("wishes/<int:person>/", wishes, name="wishes"),
    path("wishes/<int:person>/<int:wish>/end/", end, name="end-wish"),
]
