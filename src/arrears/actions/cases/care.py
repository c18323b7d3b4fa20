"""Vulnerability: what somebody needs, with their consent, turned into what the gate keeps (FCA FG21/1; GDPR art 9).

Everybody reads what to do. Why is sealed, added by whoever heard it, and shown to compliance, legal and supervisors
alone; each showing is an event. Consent taken back forgets what was needed at once, and keeps that there was a need.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from arrears.actions import history, holds
from arrears.actions.cases import running
from arrears.actions.cases.mistakes import mistake
from arrears.actions.cases.opening import follow, open_case
from arrears.domain.care import EFFECTS, Driver, Need
from arrears.domain.case_files import CaseKind, StepKind
from arrears.domain.holds import HoldKind, PreferenceKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES
from arrears.store.doors import care as rows
from arrears.store.doors import case_files
from arrears.store.doors import contact_records as records
from arrears.store.doors.care import Cared

REVIEW_AFTER: Final = timedelta(days=180)
"""When a need is looked at again with the person: a house assumption."""
SOURCE: Final = "care_need"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody needs care: the drivers, and what they said of it."""

    drivers: tuple[Driver, ...]
    words: str


def note_need(
    person: int,
    needs: Sequence[Need],
    *,
    now: datetime,
    consent: Mapping[str, Any] | None = None,
    drivers: Sequence[Driver] = (),
    words: str = "",
    using: str = "default",
) -> int | Problem:
    """Keep what a person needs and turn it into wishes and holds that the gate obeys; return the need's id.

    Drivers and words are kept only with ``consent``: how and when it was given (``how``, ``at`` in ISO form). Without
    it what to do is kept, and not a word of why.
    """
    if not needs or not all(need.is_sound() for need in needs):
        return mistake("need_unsound", "needs")
    if (drivers or words.strip()) and not (consent or {}).get("how"):
        return mistake("consent_missing", "consent")
    record = records.record_of(person, now, using=using)
    if record is None:
        return mistake("person_not_found", "person")
    case = _case_of(person, now=now, using=using)
    if isinstance(case, Problem):
        return case
    review = local_day(now, record.owner.timezone) + REVIEW_AFTER
    need = rows.add(
        record.person.owner, person, case, needs, consent=consent or {}, at=now, review_on=review, using=using
    )
    if consent and (drivers or words.strip()):
        said = {"drivers": sorted(driver.value for driver in drivers), "words": words.strip()}
        rows.add_reason(need, json.dumps(said, ensure_ascii=False), using=using)
    cared = rows.found(need, using=using)
    assert cared is not None
    _obey(cared, now=now, using=using)
    _tell(cared, "care_need_noted", now, using)
    return need


def _case_of(person: int, *, now: datetime, using: str) -> int | Problem:
    """Return the person's open case of vulnerability; opened now where there is none, with no hold of its own."""
    for one in case_files.of_person(person, using=using):
        if one.kind is CaseKind.VULNERABILITY and one.closed_at is None:
            return one.id
    source = (SOURCE, f"{person}:{now.isoformat()}")
    facts = {"by_need": True}
    return open_case(
        CaseKind.VULNERABILITY, person=person, received_at=now, now=now, source=source, facts=facts, using=using
    )


def _obey(cared: Cared, *, now: datetime, using: str) -> None:
    """Make of each need the wish or the hold that the gate keeps."""
    placed: list[int] = []
    language = records.house_of(cared.owner, using=using).language[:2]
    for number, need in enumerate(cared.needs):
        effect, name = EFFECTS[need.kind], f"{need.kind.value}:{number}"
        words = need.words().said_in(language if language in LANGUAGES else "en")
        if windows := need.windows():
            rows.add_wish(cared, name, PreferenceKind.TIME, words=words, windows=windows, using=using)
        if effect.stops:
            rows.add_wish(cared, name, PreferenceKind.STOP_MEDIUM, words=words, media=sorted(effect.stops), using=using)
        if effect.hold is not None:
            placed.append(_hold(cared, effect.hold, need, name, now=now, using=using))
    found = case_files.locked(cared.case, using=using)
    assert found is not None
    case_files.change(cared.case, holds=[*found.holds, *placed], using=using)
    facts = {"need": cared.id, "holds": placed}
    case_files.add_step(found, StepKind.NOTED, at=now, note=None, facts=facts, using=using)
    follow(found, now=now, using=using)


def _hold(cared: Cared, kind: HoldKind, need: Need, name: str, *, now: datetime, using: str) -> int:
    zone = records.house_of(cared.owner, using=using).timezone
    days = timedelta(days=int(need.value)) if need.value.isdecimal() else None
    until = None if days is None else running.midnight(local_day(now, zone) + days, zone)
    return holds.start(
        kind,
        owner=cared.owner,
        person=cared.person,
        account=None,
        now=now,
        until=until,
        source=(SOURCE, f"{cared.id}:{name}"),
        facts={"case": cared.case, "need": cared.id},
        using=using,
    )


def reason_of(need: int, *, now: datetime, using: str = "default") -> Reason | Problem:
    """Return why there is a need, and keep who looked; a Problem for whom the database does not let see it."""
    cared = rows.found(need, using=using)
    said = None if cared is None else rows.reason(need, using=using)
    if cared is None or said is None:
        return mistake("reason_not_shown")
    found = json.loads(said)
    _tell(cared, "care_reason_shown", now, using)
    return Reason(tuple(map(Driver, found["drivers"])), found["words"])


def withdraw(need: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Take consent back: what was needed and why is forgotten at once, and its wishes end; that it was stays known.

    A hold that the need placed stands until somebody who may release it does: forgetting must not set collection off.
    """
    cared = rows.found(need, using=using)
    if cared is None:
        return mistake("need_not_found")
    if not rows.withdraw(need, at=now, using=using):
        return mistake("need_not_found")
    found = case_files.locked(cared.case, using=using)
    assert found is not None
    case_files.add_step(found, StepKind.NOTED, at=now, note=None, facts={"withdrawn": need}, using=using)
    _tell(cared, "care_need_withdrawn", now, using)
    follow(found, now=now, using=using)
    return None


def _tell(cared: Cared, kind: str, now: datetime, using: str) -> None:
    history.append(kind, owner=cared.owner, person=cared.person, now=now, using=using, need=cared.id)
