"""The try-out: words come by POST, are read, shown with what was found in them, and forgotten."""

from collections.abc import Iterator
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from arrears.domain.contacts import Role
from arrears.engine.checker import Finding, Kind, Report, Setting
from arrears.packs import checker
from arrears.web import spoken
from arrears.web.menu import RULES, Entry
from arrears.web.permissions import EVERYBODY, page

MOST = 20_000
KINDS = {
    "message": _("Message"),
    "letter": _("Letter"),
    "voicemail": _("Voice message"),
    "subject": _("Subject or envelope"),
    "note": _("Note"),
    "transcript": _("Transcript of a call"),
    "complaint": _("Complaint"),
}
TONGUES = {"": _("found out by itself"), "en": "English", "es": "Español", "zh": "中文"}
ROLES = ("debtor", "guarantor", "spouse", "attorney", "employer", "household", "neighbour", "reference", "unknown")
PARTS = {
    "opt_out": _("a way to opt out"),
    "collector_named": _("who collects"),
    "creditor_named": _("to whom it is owed"),
    "debt_identified": _("which debt"),
    "attempt_to_collect": _("that it is an attempt to collect a debt"),
    "from_a_collector": _("that it is from a debt collector"),
    "contact_point": _("how to reach us"),
    "complaint_authority": _("where to complain"),
    "debt_advice": _("free debt advice"),
    "time_barred": _("that the debt is too old to sue on"),
    "dispute_rights": _("the right to dispute"),
    "supplier_identity": _("name and tax number of the supplier"),
    "data_origin": _("where the data comes from"),
    "recording": _("that the call is recorded"),
    "forbearance": _("help for who cannot pay"),
    "caller_named": _("who is calling, by name"),
    "location_asked": _("that whereabouts are being confirmed"),
}
TOPICS = {
    "debt": _("a debt"),
    "amount": _("an amount"),
    "suit": _("a suit"),
    "seizure": _("a seizure"),
    "arrest": _("an arrest"),
    "credit_listing": _("a credit register"),
    "deadline": _("a deadline"),
    "settlement_offer": _("a settlement offer"),
    "third_party": _("other people"),
    "borrowing": _("borrowing"),
    "why_unpaid": _("why it is unpaid"),
}


@never_cache
@page(look=EVERYBODY, act=EVERYBODY)
def try_words(request: HttpRequest) -> HttpResponse:
    """Show the form, and for words that came what the checker finds in them."""
    typed = request.POST
    words = typed.get("words", "").replace("\r\n", "\n")[:MOST]
    kind = Kind(typed["kind"]) if typed.get("kind") in KINDS else Kind.MESSAGE
    role = Role(typed["role"]) if typed.get("role") in ROLES else Role.DEBTOR
    language = typed.get("language", "") if typed.get("language") in TONGUES else ""
    place = typed.get("place", "") if typed.get("place") in _places() else ""
    told: dict[str, object] = {
        "words": words,
        "kind": kind.value,
        "role": role.value,
        "language": language,
        "place": place,
        "kinds": list(KINDS.items()),
        "roles": ROLES,
        "languages": list(TONGUES.items()),
        "places": [(code, spoken.territory(code)) for code in _places()],
        "version": checker.version(),
    }
    if words.strip():
        setting = Setting(kind=kind, role=role, expected_language=language or None, places=(place,) if place else ())
        told |= _told(words, checker.check(words, language=language or None, setting=setting))
    return render(request, "checker.html", told)


def _told(words: str, report: Report) -> dict[str, object]:
    return {
        "report": report,
        "pieces": list(_pieces(words, report.findings)),
        "found": [(one, checker.rule(one.rule)) for one in report.findings],
        "parts": [PARTS[one.value] for one in sorted(report.blocks)],
        "topics": [TOPICS[one.value] for one in sorted(report.mentions)],
        "in_language": TONGUES.get(report.language or "", ""),
    }


def _pieces(words: str, findings: tuple[Finding, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words in pieces, each with the rules that speak of it; parts that are missing stand nowhere."""
    spans = [one for one in findings if one.until > one.start]
    cuts = sorted({0, len(words), *(one.start for one in spans), *(one.until for one in spans)})
    for start, until in pairwise(cuts):
        rules = dict.fromkeys(one.rule for one in spans if one.start <= start and until <= one.until)
        yield words[start:until], tuple(rules)


def _places() -> list[str]:
    return sorted({place for one in checker.checker().rules for place in one.places})


menu = Entry("checker", _("Checker"), 66, EVERYBODY, "y", RULES)
urls = [path("checker/", try_words, name="checker")]
