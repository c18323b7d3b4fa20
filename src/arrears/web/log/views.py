"""The log of contacts: sought by period, person, debt, channel, rule and answer; one contact whole; as a file."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from arrears.actions import examiner, transcripts
from arrears.actions.contact_log import give_out
from arrears.config import clock, sorting_model
from arrears.domain.contacts import MEDIUM_OF, Channel, Origin
from arrears.domain.transcripts import turns_of
from arrears.kernel.cells import harmless
from arrears.kernel.hours import instant_of, local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_log
from arrears.store.doors import messages as messages_sent
from arrears.store.doors import transcripts as talks_kept
from arrears.store.doors.contact_log import UNPERMITTED, Logged, Sought
from arrears.web import spoken
from arrears.web.log.talks import talk_of
from arrears.web.menu import RULES, Entry
from arrears.web.numbers import calendar_day, whole
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of
from arrears.web.templatetags.words import grouped

LOOK = frozenset({"compliance", "auditor", "manager", "legal"})
LISTENS = frozenset({"compliance", "manager", "supervisor"})
"""Who brings a transcript to a contact, or has its words erased."""
MISTAKEN: Final = 422
USUAL_DAYS: Final = 30
ANSWERS: Final = {
    "allow": _("allowed"),
    "allow_with_notice": _("allowed with a notice"),
    "ask_human": _("allowed by a named person"),
    UNPERMITTED: _("to the person, without a permit"),
}
_FILE: Final = (
    "id", "at", "person", "name", "role", "channel", "direction", "origin", "purpose", "address", "from_number",
    "outcome", "disposition", "by", "organisation", "accounts", "permit", "verdict", "state", "rules", "pack_version",
    "issued_at", "expires_at", "approved_by", "approved_because", "incident",
)  # fmt: skip


@never_cache
@page(look=LOOK)
def log(request: HttpRequest) -> HttpResponse:
    """List the contacts that were sought, newest first, a page at a time."""
    sought, since, until = _sought(request)
    lines = contact_log.found(sought, before=_before(request))
    told = {
        "sought": sought,
        "since": since,
        "until": until,
        "lines": lines,
        "total": contact_log.count(sought),
        "most": contact_log.MOST,
        "older": _query(request, lines[-1]) if len(lines) == contact_log.PAGE else "",
        "is_newest": not request.GET.get("before"),
        "query": _query(request, None),
        "zone": zone_of(request),
        "channels": [one.value for one in Channel],
        "origins": [one.value for one in Origin],
        "answers": list(ANSWERS.items()),
        "organisations": contact_log.callers(),
    }
    return render(request, "log.html", told)


@never_cache
@page(look=LOOK | LISTENS)
def contact(request: HttpRequest, attempt: int) -> HttpResponse:
    """Show one contact whole: what was known, every rule that spoke, what was said, and what came of it."""
    return _contact(request, attempt)


def _contact(
    request: HttpRequest, attempt: int, *, status: int = 200, problem: str = "", typed: str = ""
) -> HttpResponse:
    found = contact_log.one(attempt)
    if found is None:
        raise Http404
    told = {
        "one": found,
        "sent": messages_sent.sent_with(attempt),
        "talks": [talk_of(one) for one in talks_kept.of_attempts([attempt])],
        "may_listen": may(request.user, LISTENS),
        "is_spoken": MEDIUM_OF[Channel(found.channel)] in transcripts.SPOKEN,
        "problem": problem,
        "typed": typed,
        "zone": zone_of(request),
        "answer": ANSWERS.get(found.verdict, ""),
    }
    return render(request, "logged.html", told, status=status)


@never_cache
@action(LISTENS)
def transcribe(request: HttpRequest, attempt: int) -> HttpResponse:
    """Keep a transcript of a contact, read as it comes; or take the words out of one."""
    said = request.POST
    if (kept := _number(said.get("erase", ""))) is not None:
        wrong = transcripts.erase(kept, now=clock.now())
        if wrong is not None:
            return _contact(request, attempt, status=MISTAKEN, problem=wrong.said_in(spoken.language()))
        messages.success(request, gettext("The words are erased; what was found stays."))
        return redirect("logged-contact", attempt)
    typed = said.get("turns", "")
    turns = turns_of(typed)
    taken = (
        turns
        if isinstance(turns, Problem)
        else transcripts.keep(attempt, turns, source="page", now=clock.now(), model=sorting_model.model())
    )
    if isinstance(taken, Problem):
        return _contact(request, attempt, status=MISTAKEN, problem=taken.said_in(spoken.language()), typed=typed)
    messages.success(request, gettext("The transcript is kept and was read."))
    return redirect("logged-contact", attempt)


@never_cache
@page(look=LOOK)
def page_as_sent(_request: HttpRequest, attempt: int) -> HttpResponse:
    """Give the page of a letter as it went."""
    sent = messages_sent.sent_with(attempt)
    content = None if sent is None else messages_sent.page_of(sent.id)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="contact-{attempt}.pdf"'
    return answer


@never_cache
@page(look=LOOK)
def as_file(request: HttpRequest) -> HttpResponse:
    """Give the contacts that were sought as CSV, row by row."""
    sought, since, until = _sought(request)
    lines = give_out(sought, now=clock.now())  # read while the scope is open; only their writing is left for later
    answer = StreamingHttpResponse(_rows(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="contacts-{since:%Y%m%d}-{until:%Y%m%d}.csv"'
    return answer  # type: ignore[return-value]  # Django's own base of both is not what its views are typed with


@never_cache
@action(LOOK)
def examiners_pack(request: HttpRequest) -> HttpResponse:
    """Give the examiner's pack of what was sought as one file, in the language of the page."""
    sought, since, until = _sought(request)
    made = examiner.give_out(sought, language=spoken.language(), now=clock.now(), most=examiner.MOST_ON_A_PAGE)
    if isinstance(made, Problem):
        messages.error(request, made.said_in(spoken.language()))
        return redirect(f"{reverse('log')}?{_query(request, None)}")
    if made.wrong:
        messages.warning(request, _not_as_sealed(len(made.wrong)))
    answer = HttpResponse(made.data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="examiner-{since:%Y%m%d}-{until:%Y%m%d}.zip"'
    return answer


def _not_as_sealed(count: int) -> str:
    return ngettext(
        "%(count)s thing in the pack is not as it was sealed; its proofs name it.",
        "%(count)s things in the pack are not as they were sealed; its proofs name them.",
        count,
    ) % {"count": grouped(count)}


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, row: str) -> str:
        return row


def _rows(lines: list[Logged]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(_FILE)
    for line in lines:
        yield writer.writerow([_cell(line, name) for name in _FILE])


def _cell(line: Logged, name: str) -> str:
    """Return a cell of the file; words that a spreadsheet would take for a formula are kept from being one."""
    if name == "rules":
        return " ".join(str(spoken["rule"]) for spoken in line.reasons)
    value = getattr(line, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return harmless(" ".join(value) if isinstance(value, tuple) else "" if value is None else str(value))


def _sought(request: HttpRequest) -> tuple[Sought, date, date]:
    """Return what is sought with its first and last day; without days said, the last thirty."""
    asked, zone = request.GET, zone_of(request)
    today = local_day(clock.now(), zone)
    until = _day(asked.get("until", "")) or today
    since = _day(asked.get("since", "")) or until - timedelta(days=USUAL_DAYS)
    sought = Sought(
        since=instant_of(since, time(0), zone),
        until=instant_of(until + timedelta(days=1), time(0), zone),
        person=_number(asked.get("person", "")),
        account=_number(asked.get("account", "")),
        staff=_number(asked.get("staff", "")),
        organisation=_number(asked.get("organisation", "")),
        channel=_one_of(asked.get("channel", ""), {one.value for one in Channel}),
        origin=_one_of(asked.get("origin", ""), {one.value for one in Origin}),
        verdict=_one_of(asked.get("verdict", ""), set(ANSWERS)),
        rule=asked.get("rule", "").strip().removesuffix("."),
    )
    return sought, since, until


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    """Return where the page before this one ended."""
    at, _sep, number = request.GET.get("before", "").rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    found = whole(number)
    return (moment, found) if found is not None and moment.tzinfo else None


def _query(request: HttpRequest, last: Logged | None) -> str:
    """Return the address's question again, to go on behind ``last``."""
    asked = request.GET.copy()
    asked.pop("before", None)
    if last is not None:
        asked["before"] = f"{last.at.isoformat()}_{last.id}"
    return asked.urlencode()


def _day(said: str) -> date | None:
    try:
        return calendar_day(said)
    except ValueError:
        return None


def _number(said: str) -> int | None:
    return whole(said)


def _one_of(said: str, known: set[str]) -> str:
    return said if said in known else ""


menu = Entry("log", _("Contact log"), 64, LOOK, "v", RULES)
urls = [
    path("log/", log, name="log"),
    path("log/file/", as_file, name="log-file"),
    path("log/pack/", examiners_pack, name="examiners-pack"),
    path("log/<int:attempt>/", contact, name="logged-contact"),
    path("log/<int:attempt>/page/", page_as_sent, name="page-as-sent"),
    path("log/<int:attempt>/transcript/", transcribe, name="transcribe-contact"),
]
