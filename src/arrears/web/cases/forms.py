"""Reads what was typed into the forms of case files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final  # Any: facts are kept as JSON

from django.http import QueryDict

from arrears.domain.care import EFFECTS, Need, NeedKind, ValueKind
from arrears.domain.case_files import CaseKind
from arrears.kernel.hours import instant_of
from arrears.kernel.problems import Problem
from arrears.store.doors.cases import Case
from arrears.web import spoken
from arrears.web.numbers import calendar_day, wholes

WORDS_OF: Final[Mapping[CaseKind, tuple[str, ...]]] = {
    CaseKind.BANKRUPTCY: ("chapter", "court", "number"),
    CaseKind.ATTORNEY: ("name",),
    CaseKind.ADVISER: ("name",),
    CaseKind.DECEASED: ("executor",),
}
"""Facts in words, by kind of case."""
DAYS_OF: Final[Mapping[CaseKind, tuple[str, ...]]] = {
    CaseKind.BANKRUPTCY: ("filed_on", "notice_received_on"),
    CaseKind.BREATHING_SPACE: ("registered_on",),
    CaseKind.CRISIS_MORATORIUM: ("registered_on", "treatment_ended_on"),
    CaseKind.DECEASED: ("died_on",),
    CaseKind.ADVISER: ("wrote_on",),
}
"""Facts that are days, by kind of case."""
ANSWERS_OF: Final[Mapping[CaseKind, tuple[str, ...]]] = {
    CaseKind.DISPUTE: ("written", "new_material", "in_period", "furnished"),
    CaseKind.COMPLAINT: ("payment_service",),
}
"""Facts that are yes or no, or not known, by kind of case."""
_SAID: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class TypedCase:
    """A case as it was typed."""

    kind: str
    accounts: tuple[int, ...]
    received_at: datetime
    regulator: str
    words: str
    facts: Mapping[str, Any]  # JSON
    proof: Mapping[str, Any]  # JSON


def typed_case(typed: QueryDict, now: datetime, zone: str) -> TypedCase:
    """Read a new case. A day and hour of receipt that was not typed is now; the verb refuses what lies ahead."""
    kind = typed.get("kind", "")
    return TypedCase(
        kind=kind,
        accounts=tuple(wholes(typed.getlist("account"))),
        received_at=_instant(typed, now, zone),
        regulator=typed.get("regulator", "").strip()[:40],
        words=typed.get("words", ""),
        facts=_facts(CaseKind(kind), typed) if kind in set(CaseKind) else {},
        proof=typed_paper(typed),
    )


def _instant(typed: QueryDict, now: datetime, zone: str) -> datetime:
    try:
        day = calendar_day(typed.get("received_on", ""))
        hour = time.fromisoformat(typed.get("received_hour", "") or "00:00")
    except ValueError:
        return now
    return instant_of(day, hour, zone).astimezone(UTC)


def _facts(kind: CaseKind, typed: QueryDict) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name in (*WORDS_OF.get(kind, ()), *DAYS_OF.get(kind, ())):
        if said := typed.get(name, "").strip()[:200]:
            facts[name] = said
    for name in ANSWERS_OF.get(kind, ()):
        said_so = _SAID.get(str(typed.get(name, "")))
        if said_so is not None:
            facts[name] = said_so
    if kind is CaseKind.ATTORNEY:
        facts["identified"] = bool(facts.get("name"))
    return facts


def typed_part(typed: QueryDict, about: Case, accounts: tuple[int, ...]) -> dict[str, int] | Problem:
    """Read which part of its one debt a dispute is about; empty where it is about all of it."""
    said = typed.get("disputed", "").strip()
    if not said or typed.get("kind") != CaseKind.DISPUTE:
        return {}
    debt = next((one for one in about.debts if (one.id,) == accounts), None)
    if debt is None:  # the verb says that it wants one debt
        return {"disputed_minor": 0}
    amount = spoken.typed_money(said, debt.currency, "disputed")
    return amount if isinstance(amount, Problem) else {"disputed_minor": amount}


def typed_paper(typed: QueryDict) -> dict[str, str]:
    """Read the paper that shows or answers something: its name, its day, its reference; empty where none was named."""
    said = {name: typed.get(f"paper_{name}", "").strip()[:200] for name in ("name", "sent_on", "reference")}
    return {name: value for name, value in said.items() if value} if said["name"] else {}


def typed_needs(typed: QueryDict) -> list[Need]:
    """Read the needs that were ticked, each with its hour, days or language."""
    needs = []
    for kind in NeedKind:
        if kind.value in typed.getlist("need"):
            value = "" if EFFECTS[kind].value is ValueKind.NONE else typed.get(f"value_{kind.value}", "").strip()
            needs.append(Need(kind, value))
    return needs
