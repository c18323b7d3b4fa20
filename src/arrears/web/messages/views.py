"""The batches, one batch with its progress and its refusals by rule, making one, stopping one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from arrears.actions.messages.queueing import SENDERS, Chosen, count_of, prepare_batch, stop_batch
from arrears.actions.rule_books import rule_called
from arrears.config import clock
from arrears.domain.contacts import Channel
from arrears.domain.messages import MessageState
from arrears.domain.permits import ANSWERING_ROLES
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.messages import Template, templates
from arrears.store.doors import message_batches as rows
from arrears.store.doors import message_warnings as warnings
from arrears.store.doors.message_batches import BatchRow, RefusedBy
from arrears.web.menu import RULES, Entry
from arrears.web.messages.deciding import decision, decisions
from arrears.web.numbers import whole
from arrears.web.permissions import action, may, page
from arrears.web.scoping import zone_of

ACTS = SENDERS
LOOK = ANSWERING_ROLES | {"auditor"}
MISTAKEN = 422
MOST_DAYS = 3650
CHANNELS: dict[Channel, str | Promise] = {
    Channel.EMAIL: _("E-mail"),
    Channel.TEXT: _("Text message"),
    Channel.LETTER: _("Letter"),
}
STATES: dict[MessageState, tuple[str | Promise, str]] = {
    MessageState.QUEUED: (_("waiting their turn"), ""),
    MessageState.REFUSED: (_("refused for now"), "wait"),
    MessageState.SENDING: (_("on their way"), "accent"),
    MessageState.SENT: (_("sent"), "good"),
    MessageState.FAILED: (_("failed or bounced"), "late"),
    MessageState.UNKNOWN: (_("outcome not known"), "late"),
    MessageState.GIVEN_UP: (_("given up"), "late"),
    MessageState.STOPPED: (_("stopped"), "wait"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says: ``way`` is the template and channel as the list names them."""

    way: str
    from_days: str
    until_days: str
    name: str

    @property
    def template(self) -> str:
        return self.way.partition("/")[0]

    @property
    def channel(self) -> Channel | None:
        said = self.way.partition("/")[2]
        return Channel(said) if said in set(CHANNELS) else None


def ways() -> list[tuple[str, Template, Channel]]:
    """Return the templates that may go to many, once for each of their channels."""
    found = [one for one in templates().values() if not one.given]
    return [
        (f"{one.name}/{channel.value}", one, channel)
        for one in found
        for channel in CHANNELS
        if channel in one.channels
    ]


def _asked(request: HttpRequest) -> Asked:
    said = request.POST
    return Asked(
        said.get("way", ""), said.get("from_days", "1"), said.get("until_days", ""), said.get("name", "").strip()[:120]
    )


def _days(said: str) -> int | None:
    return whole(said, most=MOST_DAYS)


@never_cache
@page(look=LOOK, act=ACTS)
def messages(request: HttpRequest) -> HttpResponse:
    """Show the batches and the form of a new one; count for whom it would be, then make it."""
    if request.method != "POST":
        return _list(request, Asked("", "1", "", ""))
    asked = _asked(request)
    first, last = _days(asked.from_days), _days(asked.until_days)
    if asked.channel is None or first is None or (asked.until_days and last is None):
        return _list(request, asked, problem=_UNREADABLE, status=MISTAKEN)
    now = clock.now()
    chosen = Chosen(from_days=first, until_days=last, on_day=epoch_day(local_day(now, zone_of(request))))
    if "sure" not in request.POST:
        counted = count_of(asked.template, channel=asked.channel, chosen=chosen)
        if isinstance(counted, Problem):
            return _list(request, asked, problem=counted, status=MISTAKEN)
        return _list(request, asked, counted=counted)
    made = prepare_batch(asked.template, channel=asked.channel, chosen=chosen, name=asked.name, now=now)
    if isinstance(made, Problem):
        return _list(request, asked, problem=made, status=MISTAKEN)
    return redirect("message-batch", made.batch)


def _list(
    request: HttpRequest,
    asked: Asked,
    *,
    problem: Problem | None = None,
    counted: tuple[int, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {
        "batches": [(one, CHANNELS[one.channel], _done(one)) for one in rows.listed()],
        "ways": [(code, template, CHANNELS[channel]) for code, template, channel in ways()],
        "asked": asked,
        "problem": problem,
        "counted": counted,
        "undecided": sum(warnings.count_by_batch().values()),
        "may_act": may(request.user, ACTS),
        "zone": zone_of(request),
    }
    return render(request, "messages.html", told, status=status)


def _done(one: BatchRow) -> int:
    return one.total - one.waiting


@never_cache
@page(look=LOOK)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Show one batch: progress, refusals by rule, and who made or stopped it."""
    return render(request, "message_batch.html", _told(request, number))


@never_cache
@page(look=LOOK)
def figures(request: HttpRequest, number: int) -> HttpResponse:
    """Show only what changes of a batch while it goes."""
    return render(request, "message_figures.html", _told(request, number))


def _told(request: HttpRequest, number: int, problem: Problem | None = None) -> dict[str, Any]:
    found = next(iter(rows.listed(number)), None)
    if found is None:
        raise Http404
    template = templates().get(found.template)
    undecided = warnings.count_by_batch().get(number, 0)
    return {
        "batch": found,
        "channel": CHANNELS[found.channel],
        "template": template,
        "undecided": undecided,
        "states": [
            (*STATES[state], found.states.get(state, 0) - (undecided if state is MessageState.REFUSED else 0))
            for state in STATES
        ],
        "done": _done(found),
        "refusals": [_refused(one) for one in rows.refusals(number)],
        "is_going": found.stopped_at is None and (found.waiting or found.states.get(MessageState.SENDING)),
        "may_act": may(request.user, ACTS),
        "zone": zone_of(request),
        "problem": problem,
    }


def _refused(one: RefusedBy) -> tuple[RefusedBy, Text, Text | None]:
    """Return a refusal with its words, and the title of its rule where the library has it."""
    rule = rule_called(one.rule, clock.now().date())
    words = Text(**{name: one.reason.get(name, one.rule) for name in Text._fields})
    return one, words, rule.title if rule is not None else None


@action(ACTS)
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a batch for a reason."""
    if not rows.listed(number):
        raise Http404
    stopped = stop_batch(number, request.POST.get("because", "")[:500], now=clock.now())
    if isinstance(stopped, Problem):
        return render(request, "message_batch.html", _told(request, number, stopped), status=MISTAKEN)
    said = ngettext("%(count)s message was stopped.", "%(count)s messages were stopped.", stopped)
    notes.success(request, said % {"count": stopped})
    return redirect("message-batch", number)


_UNREADABLE = Problem(
    "form_unreadable",
    Text(
        "Choose a template, and whole days past due.",
        "Elija una plantilla e indique días enteros de retraso.",
        "请选择模板，并填写整数逾期天数。",
    ),
    Text("Correct it and count again.", "Corríjalo y vuelva a contar.", "请更正后重新统计。"),
)

menu = Entry("messages", _("Messages"), 61, LOOK, "m", RULES)
urls = [
    path("messages/", messages, name="messages"),
    path("messages/decisions/", decisions, name="message-decisions"),
    path("messages/decisions/<int:number>/", decision, name="message-decision"),
    path("messages/<int:number>/", batch, name="message-batch"),
    path("messages/<int:number>/figures/", figures, name="message-figures"),
    path("messages/<int:number>/stop/", stop, name="message-stop"),
]
