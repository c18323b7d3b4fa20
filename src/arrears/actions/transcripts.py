"""Transcripts of contacts: kept as they come, our turns read by the checker, the person's sorted like a letter.

What is found is flagged, never refused: it was said. It opens one incident a contact, which names rules and places in
the transcript, so that erasing the transcript erases the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history, mistakes, people, wordchecks
from arrears.actions.received import hearing
from arrears.channels.transcripts import Brought
from arrears.domain.contacts import MEDIUM_OF, IncidentKind, Medium
from arrears.domain.transcripts import Speaker, Turn, checked, joined
from arrears.domain.wording import Block
from arrears.engine.checker import Finding, Kind, Setting
from arrears.engine.sorting import Model
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs import checker
from arrears.store.doors import attempts, flagged_words
from arrears.store.doors import contact_records as records
from arrears.store.doors import received as texts
from arrears.store.doors import transcripts as rows
from arrears.store.scope import scope

ERASERS: Final = people.IN_CHARGE | {"compliance"}
SPOKEN: Final = frozenset({Medium.TELEPHONE, Medium.CHAT, Medium.VISIT})
"""Media on which turns are taken; a letter has none, and its words are read as it goes or as it comes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A transcript as kept: its id, what was found in our turns, whether it is new, and the received text, if any."""

    id: int
    found: tuple[Finding, ...]
    is_new: bool
    received: int | None = None


def keep(
    attempt: int,
    turns: Sequence[Turn],
    *,
    source: str = "",
    language: str = "",
    now: datetime,
    model: Model | None = None,
    using: str = "default",
) -> Taken | Problem:
    """Keep a transcript of a contact that was made, and read it at once.

    The same words about the same contact are kept once. Amounts are compared with the figures of the day of the talk.
    """
    said = checked(turns)
    if isinstance(said, Problem):
        return said
    begun = _begun(attempt, now, using)
    if isinstance(begun, Problem):
        return begun
    spoken = language or people.own_language(using=using)
    found = tuple(_read(begun, said, spoken, using))
    new = rows.NewTranscript(
        owner=begun.owner,
        person=begun.person,
        attempt=attempt,
        turns=said,
        language=spoken,
        found=[place for _, place in found],
        rules_version=checker.version(),
        source=source.strip(),
        recorded_at=now,
    )
    transcript, is_new = rows.add(new, using=using)
    findings = tuple(one for one, _ in found)
    if not is_new:
        return Taken(transcript, findings, is_new=False)
    history.append(
        "transcript_kept", owner=begun.owner, person=begun.person, now=now, using=using, attempt=attempt,
        transcript=transcript, findings=len(found),
    )  # fmt: skip
    if found:
        _open_incident(begun, transcript, [place for _, place in found], now, using)
    heard = joined(said, Speaker.PERSON).text
    text = hearing.hear(begun, heard, str(transcript), language=spoken, now=now, model=model, using=using)
    return Taken(transcript, findings, is_new=True, received=text)


def _begun(attempt: int, now: datetime, using: str) -> attempts.Begun | Problem:
    """Return the contact to which words may come: spoken, begun, and of somebody whose debt is worked here now."""
    begun = attempts.attempt(attempt, using=using)
    if begun is None or begun.started_at > now:
        return _mistake("contact_not_there", "attempt")
    if MEDIUM_OF[begun.channel] not in SPOKEN:
        return _mistake("contact_not_spoken", "attempt")
    if records.record_of(begun.person, now, using=using) is None:  # an agency's own contact, of a debt that went back
        return _mistake("contact_not_there", "attempt")
    return begun


@dataclass(slots=True)
class TakenIn:
    """What came of a file: transcripts that are new, that were known, with flagged words, and what is wrong."""

    new: int = 0
    known: int = 0
    flagged: int = 0
    problems: list[Problem] = field(default_factory=list)


def take_in(
    brought: Sequence[Brought | Problem],
    name: str,
    organisation: int,
    *,
    staff: int | None,
    today: date,
    now: datetime,
    model: Model | None = None,
) -> TakenIn:
    """Keep each transcript of a file in a transaction of its own, so that a wrong one keeps no other out."""
    taken = TakenIn()
    for one in brought:
        if isinstance(one, Problem):
            taken.problems.append(one)
            continue
        with scope(organisation, staff, today=today):
            attempt = one.contact or rows.attempt_referred(one.reference, organisation)
            said = one.language or ""
            kept = keep(attempt or 0, one.turns, source=name, language=said, now=now, model=model)
        if isinstance(kept, Problem):
            taken.problems.append(replace(kept, where=Where(name, one.row)))
            continue
        taken.new += kept.is_new
        taken.known += not kept.is_new
        taken.flagged += bool(kept.found)
    return taken


def erase(transcript: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Take the words out of a transcript, and those of the person out of the inbox, where they were sorted.

    What was found stays by its rules and places. For who leads.
    """
    if ERASERS.isdisjoint(people.own_roles(using=using)):
        return _mistake("may_not_erase_transcripts")
    kept = rows.numbered([transcript], using=using).get(transcript)
    if kept is None or not rows.erase(transcript, at=now, using=using):
        return _mistake("contact_not_there", "transcript")
    history.append(
        "transcript_erased", owner=kept.owner, person=kept.person, now=now, using=using, transcript=transcript
    )
    for text in texts.from_source(hearing.SOURCE, str(transcript), using=using):
        texts.erase(text, at=now, using=using)
        history.append("text_erased", owner=kept.owner, person=kept.person, now=now, using=using, received=text)
    return None


def _read(
    begun: attempts.Begun, turns: Sequence[Turn], language: str, using: str
) -> Iterator[tuple[Finding, dict[str, Any]]]:
    """Yield each finding in our turns with its place: the turn, and the span in that turn's words."""
    ours = joined(turns, Speaker.OURS)
    if not ours.starts:
        return
    for one in checker.check(ours.text, language=language, setting=_setting(begun, using)).findings:
        place: dict[str, Any] = {"rule": one.rule, "category": one.category.value, "citation": one.citation}
        if one.until:
            turn, start, until = ours.place(one.start, one.until)
            place |= {"turn": turn, "start": start, "until": until}
        yield one, place


def _setting(begun: attempts.Begun, using: str) -> Setting:
    record = records.record_of(begun.person, begun.started_at, using=using)
    basis = next((one.basis for one in record.owed if one.id in begun.accounts), None) if record else None
    needs = frozenset({Block.RECORDING}) if _must_announce(begun, record, using) else frozenset()
    return wordchecks.setting_of(
        begun.person,
        begun.accounts,
        kind=Kind.TRANSCRIPT,
        role=begun.role,
        basis=basis,
        needed=needs,
        now=begun.started_at,
        using=using,
    )


def _must_announce(begun: attempts.Begun, record: records.Record | None, using: str) -> bool:
    """Return whether a rule in use lets nobody record such a call unannounced: a transcript shows that one was."""
    if record is None or MEDIUM_OF[begun.channel] is not Medium.TELEPHONE:
        return False
    places = wordchecks.circumstances(record, begun.accounts, begun.started_at, using=using).places
    return wordchecks.must_announce_recording(record, places, begun.started_at, using=using)


def _open_incident(
    begun: attempts.Begun, transcript: int, found: list[dict[str, Any]], now: datetime, using: str
) -> None:
    incident, is_new = flagged_words.open_on_attempt(
        begun.owner, begun.person, begun.id, {"transcript": transcript, "found": found}, at=now, using=using
    )
    if is_new:
        history.append(
            "incident_opened", owner=begun.owner, person=begun.person, now=now, using=using, incident=incident,
            incident_kind=IncidentKind.FLAGGED_WORDS.value, transcript=transcript,
        )  # fmt: skip


_SAID: Final = {
    "contact_not_there": (
        Text("There is no such contact here.", "Aquí no consta ese contacto.", "此处没有该联系。"),
        Text("Look for it in the contact log.", "Búsquelo en el registro de contactos.", "请在联系记录中查找。"),
    ),
    "may_not_erase_transcripts": (
        Text(
            "Erasing a transcript takes a supervisor, a manager or compliance.",
            "Borrar una transcripción corresponde a supervisión, gerencia o cumplimiento.",
            "删除通话文本须由主管、经理或合规人员操作。",
        ),
        Text("Leave it to one of them.", "Déjelo a una de esas personas.", "请交由上述人员处理。"),
    ),
    "contact_not_spoken": (
        Text(
            "Nobody spoke in that contact: it was in writing.",
            "En ese contacto nadie habló: fue por escrito.",
            "该联系为书面形式，没有通话。",
        ),
        Text(
            "Choose a call, a chat or a visit.", "Elija una llamada, un chat o una visita.", "请选择电话、聊天或上门。"
        ),
    ),
}


def _mistake(code: str, field: str = "") -> Problem:
    return mistakes.filled(code, _SAID[code], field)
