"""Words and rows of case files, holds and care needs, for templates of other pages too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import template
from django.utils.translation import gettext

from arrears.domain.care import EFFECTS, NeedKind
from arrears.domain.case_words import KINDS
from arrears.packs.clocks import answers, clock
from arrears.store.doors import care, case_files
from arrears.web import spoken

register = template.Library()


def _names() -> Mapping[str, str]:
    return {
        "chapter": gettext("Chapter"),
        "court": gettext("Court"),
        "number": gettext("Case number"),
        "name": gettext("Name"),
        "executor": gettext("Who administers the estate"),
        "filed_on": gettext("Filed on"),
        "notice_received_on": gettext("Notice received on"),
        "registered_on": gettext("Entered in the register on"),
        "treatment_ended_on": gettext("Crisis treatment ended on"),
        "died_on": gettext("Died on"),
        "wrote_on": gettext("The adviser wrote on"),
        "contacted_on": gettext("Attorney contacted on"),
        "written": gettext("In writing"),
        "in_period": gettext("Within the validation period"),
        "new_material": gettext("Something new in it"),
        "furnished": gettext("About what was furnished"),
        "payment_service": gettext("About a payment service"),
        "duplicate_of": gettext("Repeats case"),
        "paper_name": gettext("Name of the paper"),
        "sent_on": gettext("Dated"),
        "reference": gettext("Reference"),
        "sha256": "SHA-256",
        "first_known_at": gettext("First known"),
        "answer": gettext("Answer"),
    }


@register.filter
def fact_name(name: str) -> str:
    """Return what a fact of a case is called."""
    return _names().get(name, name.replace("_", " "))


@register.filter
def fact_said(value: object, zone: str = "") -> str:
    """Return a fact of a case as one reads it; an instant by the clock of ``zone``, without one by UTC."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    try:
        at = datetime.fromisoformat(str(value)) if "-" in str(value) else None
    except ValueError:
        at = None
    if at is None:
        return str(value)
    if at.tzinfo is None:
        return spoken.day(at.date())
    return spoken.moment(at, zone) if zone else f"{spoken.moment(at)} UTC"


_BESIDE: Final = frozenset({"case", "by"})
"""What stands elsewhere on the page: the case of a proof; that sorting opened it follows from the received text."""


@register.filter
def proof_lines(proof: Mapping[str, Any], zone: str = "") -> list[str]:
    """Return a proof line by line: what it is called, and what it says; the case it belongs to stands elsewhere."""
    lines = []
    for name, said in proof.items():
        if isinstance(said, Mapping):
            lines += [f"{fact_name(key)}: {fact_said(value, zone)}" for key, value in said.items()]
        elif name == "received":
            lines.append(f"{gettext('Message received')} {said}")
        elif name not in _BESIDE:
            lines.append(f"{fact_name(name)}: {fact_said(said, zone)}")
    return lines


_OF_THE_FILE = frozenset({"paper", "sha256"})
"""What a step says of a paper that was kept as a file: it stands in the list of papers."""


@register.filter
def step_lines(facts: Mapping[str, Any]) -> list[str]:
    """Return what a step says besides its words: the paper, the answer, the clocks it met."""
    paper = {
        "paper_name" if name == "name" else name: said
        for name, said in facts.get("paper", {}).items()
        if said and name not in _OF_THE_FILE
    }
    lines = proof_lines(paper)
    if (answer := answers().get(str(facts.get("answer", "")))) is not None:
        lines.insert(0, answer.title.said_in(spoken.language()))
    for name in ([str(facts["rule"])] if "rule" in facts else []) + [str(one) for one in facts.get("met", ())]:
        if (rule := clock(name)) is not None:
            lines.append(rule.title.said_in(spoken.language()))
    return lines


@register.filter
def need_value(kind: NeedKind) -> str:
    """Return what a need is told: ``hour``, ``days``, ``language`` or ``none``."""
    return EFFECTS[kind].value.value


@register.filter
def need_form_words(kind: NeedKind) -> str:
    """Return the words of a need with a gap where its value will stand."""
    said = EFFECTS[kind].words.said_in(spoken.language())
    return said.replace("{value}.", "…").replace("{value}。", "…").replace("{value}", "…")


@register.inclusion_tag("person_cases.html")
def person_cases(person: int, *, may_open: bool) -> Mapping[str, Any]:
    """Show what to do for a person, their open cases, and the way to open one."""
    open_ones = [one for one in case_files.of_person(person) if one.closed_at is None]
    return {
        "person": person,
        "needs": [need for one in care.of_person(person) for need in one.needs],
        "cases": [(one, KINDS[one.kind]) for one in open_ones],
        "may_open": may_open,
    }


@register.filter
def listed(names: str) -> list[str]:
    """Return names written with commas between them, one by one."""
    return names.split(",")
