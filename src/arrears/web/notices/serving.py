"""Serving notices that somebody decides on: choose debts, look at each with its figures proved, and say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache

from arrears.actions import notices
from arrears.actions.notices.serving import MOST
from arrears.config import clock
from arrears.domain.contacts import Channel
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.words import name_of
from arrears.engine.notices.contents import Shape
from arrears.kernel.texts import Text
from arrears.letters import plain_text
from arrears.packs.notices import all_contents
from arrears.store.doors import notices_due
from arrears.web.numbers import wholes
from arrears.web.permissions import may, page
from arrears.web.scoping import zone_of

LOOK: Final = notices.SERVERS | {"senior", "auditor"}
MISTAKEN: Final = 422
METHODS: Final = (Channel.LETTER, Channel.EMAIL)
KINDS: Final = tuple(sorted(notices.SERVED))
LONGEST_SAID: Final = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody chose: which notice of which debts, how it goes, and what they say in its fields."""

    kind: NoticeKind
    method: Channel
    accounts: tuple[int, ...]
    unknown: tuple[str, ...]
    ambiguous: tuple[str, ...]
    given: Mapping[str, str]

    @classmethod
    def of(cls, said: QueryDict) -> "Asked":
        kind = next((one for one in KINDS if one.value == said.get("kind")), KINDS[0])
        method = next((one for one in METHODS if one.value == said.get("method")), METHODS[0])
        numbers = str(said.get("numbers", "")).replace(",", " ").split()[:MOST]
        found = notices_due.of_numbers(numbers) if numbers else {}
        named = [of_one[0] for of_one in found.values() if len(of_one) == 1]
        return cls(
            kind,
            method,
            accounts=tuple(dict.fromkeys([*wholes(said.getlist("one")), *named]))[:MOST],
            unknown=tuple(one for one in numbers if one not in found),
            ambiguous=tuple(number for number, of_one in found.items() if len(of_one) > 1),
            given=said_in(said, kind),
        )


def sayable(kind: NoticeKind) -> dict[str, Text]:
    """Return the fields of words that whoever serves a notice may fill, by name, with their titles."""
    return {
        field.name: field.title
        for contents in all_contents().values()
        if contents.kind is kind
        for field in contents.fields
        if field.shape is Shape.WORDS and field.name not in notices.FILLED
    }


def said_in(said: QueryDict, kind: NoticeKind) -> dict[str, str]:
    """Return what somebody typed into the fields of a notice of ``kind``, by field; nothing of those left empty."""
    typed = {name: str(said.get(name, "")).strip()[:LONGEST_SAID] for name in sayable(kind)}
    return {name: words for name, words in typed.items() if words}


@never_cache
@page(look=LOOK, act=notices.SERVERS)
def serve(request: HttpRequest) -> HttpResponse:
    """Show the debts to choose from and the notices as they would go; serve them, with a reason."""
    if request.method != "POST":
        return _shown(request, Asked.of(request.GET))
    asked = Asked.of(request.POST)
    done = notices.issue_many(
        asked.accounts,
        asked.kind,
        now=clock.now(),
        method=asked.method,
        because=request.POST.get("because", ""),
        given=asked.given,
    )
    if done.made:
        count = len(done.made)
        messages.success(
            request,
            ngettext(
                "%(count)s notice is queued: it goes out once the gate lets it.",
                "%(count)s notices are queued: each goes out once the gate lets it.",
                count,
            )
            % {"count": count},
        )
    if done.refused or not done.made:
        return _shown(request, asked, done, MISTAKEN)
    return redirect("notices")


def _shown(request: HttpRequest, asked: Asked, issued: notices.Issued | None = None, status: int = 200) -> HttpResponse:
    now = clock.now()
    offers = () if issued and issued.made else _offered(asked)
    numbers = notices_due.numbers(asked.accounts)
    told: dict[str, Any] = {  # Any: what the template shows
        "asked": asked,
        "kinds": [(kind.value, name_of(kind)) for kind in KINDS],
        "methods": [method.value for method in METHODS],
        "choices": notices.to_choose_from(asked.kind, now=now, most=MOST),
        "offers": [
            (one, numbers.get(one.account, ""), plain_text(one.draft.words) if one.draft else "") for one in offers
        ],
        "fields": _fields(asked, offers),
        "refused": [(one, numbers.get(one.account, "")) for one in issued.refused] if issued else [],
        "is_asked": bool(asked.accounts),
        "may_go": any(one.draft for one in offers),
        "because": request.POST.get("because", ""),
        "none_chosen": gettext("Choose a debt first.") if issued and not asked.accounts else "",
        "zone": zone_of(request),
        "may_act": may(request.user, notices.SERVERS),
    }
    return render(request, "serve.html", told, status=status)


def _offered(asked: Asked) -> Sequence[notices.Offered]:
    if not asked.accounts:
        return ()
    return notices.offered(asked.accounts, asked.kind, now=clock.now(), method=asked.method, given=asked.given)


def _fields(asked: Asked, offers: Sequence[notices.Offered]) -> list[tuple[str, Text, str]]:
    """Return the fields that a notice lacks, or that were said already: their names, titles and values."""
    lacking = {problem.where.field for one in offers for problem in one.problems}
    return [
        (name, title, asked.given.get(name, ""))
        for name, title in sayable(asked.kind).items()
        if name in lacking or name in asked.given
    ]
