"""Opening a case file: what came, when, on which proof; its holds stand and its clocks run at once (P10, P38)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions import gatekeeping, history, holds, noting, people, positions
from arrears.actions.cases import charges, running
from arrears.actions.cases.mistakes import mistake
from arrears.actions.cases.parts import wrong_part
from arrears.domain.case_files import HOLD_OF, MORATORIA, OF_DEBTS, CaseKind, CaseState, StepKind
from arrears.domain.notices import NoticeKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import case_files as rows
from arrears.store.doors import contact_records as records
from arrears.store.doors.case_files import Kept, NewCase
from arrears.store.doors.contact_records import Record
from arrears.store.scope import current

SOURCE: Final = "case_file"
BY_HAND: Final = "by_hand"
_OF_THE_HOLD: Final = (
    "written",
    "in_period",
    "identified",
    "excused_from",
    "disputed_minor",
    "is_duplicative",
    "valid_grounds",
    "chapter",
    "court",
    "filed_on",
    "registered_on",
    "treatment_ended_on",
    "wrote_on",
    "regulator",
)
"""Facts of a case that its hold carries too, because rules ask for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    kind: CaseKind
    accounts: tuple[int, ...]
    received_at: datetime
    known_at: datetime
    regulator: str
    facts: Mapping[str, Any]  # JSON
    proof: Mapping[str, Any]  # JSON


def open_case(
    kind: str,
    *,
    person: int,
    accounts: Sequence[int] = (),
    received_at: datetime,
    now: datetime,
    words: str = "",
    source: tuple[str, str] | None = None,
    regulator: str = "",
    known_at: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
    proof: Mapping[str, Any] | None = None,
    using: str = "default",
) -> int | Problem:
    """Open a case file and return its id; the same ``source`` (kind and reference) opens it once.

    ``accounts`` are the debts it names, none for all of the person's; a moratorium must list its debts. ``received_at``
    is when it reached us, ``known_at`` the first instant at which anybody here knew (the same unless said).
    ``regulator`` is a code such as ``uk.fca``. ``words`` are kept as a note. ``facts`` by kind, days in ISO form:

    - dispute: ``written``, ``in_period`` (worked out from the validation notice where there is one), ``new_material``
      (False, and an answered dispute about the same debts: a duplicate), ``disputed_minor`` where a part of one debt is
      disputed: which law then lets the rest be asked for says that law, and every other rule holds the whole debt;
    - complaint: ``payment_service``, where it is about one: laws name shorter times for it;
    - bankruptcy: ``chapter``, ``court``, ``number``, ``filed_on``, ``notice_received_on``;
    - breathing_space, crisis_moratorium: ``registered_on``, and for the latter ``treatment_ended_on``;
    - deceased: ``died_on``, ``executor``; attorney: ``identified``, ``name``; adviser: ``wrote_on``, ``name``.

    ``proof`` names what shows it: a paper, its day, its reference, its SHA-256. Anybody who works with the person may
    open one: the cautious way never waits.
    """
    if kind not in set(CaseKind):
        return mistake("case_kind_unknown", "kind", said=kind)
    record = records.record_of(person, now, using=using)
    if record is None:
        return mistake("person_not_found", "person")
    asked = _asked(CaseKind(kind), record, accounts, received_at, known_at, regulator, facts or {}, proof or {}, using)
    if (wrong := _wrong(asked, record, now) or wrong_part(asked.kind, asked.accounts, asked.facts, now)) is not None:
        return wrong
    reference = source or (BY_HAND, _by_hand(asked, person, using))
    case, is_new = rows.add(
        NewCase(
            owner=record.person.owner,
            person=person,
            kind=asked.kind,
            accounts=asked.accounts,
            regulator=regulator,
            received_at=received_at,
            known_at=asked.known_at,
            opened_at=now,
            facts=asked.facts,
            source=reference,
        ),
        using=using,
    )
    if not is_new:
        return case
    return _begin(case, asked, record, words, now=now, using=using)


def _by_hand(asked: _Asked, person: int, using: str) -> str:
    """Return what tells matters typed in by hand apart: sent twice it is one, after a closed one a new one."""
    closed = sum(one.kind is asked.kind and one.closed_at is not None for one in rows.of_person(person, using=using))
    about = ",".join(map(str, asked.accounts))
    return f"{asked.kind.value}:{person}:{about}:{asked.received_at.isoformat()}:{closed}"


def _asked(
    kind: CaseKind,
    record: Record,
    accounts: Sequence[int],
    received_at: datetime,
    known_at: datetime | None,
    regulator: str,
    facts: Mapping[str, Any],
    proof: Mapping[str, Any],
    using: str,
) -> _Asked:
    said = dict(facts)
    debts = tuple(sorted(set(accounts)))
    if kind is CaseKind.DISPUTE:
        said |= _of_dispute(record, debts, received_at, said, using)
    if kind is CaseKind.ADVISER:
        said.setdefault("wrote_on", local_day(received_at, record.owner.timezone).isoformat())
    return _Asked(
        kind=kind,
        accounts=debts,
        received_at=received_at,
        known_at=known_at or received_at,
        regulator=regulator,
        facts=said,
        proof=proof,
    )


def _of_dispute(
    record: Record, debts: tuple[int, ...], received_at: datetime, said: Mapping[str, Any], using: str
) -> dict[str, Any]:
    """Return what follows about a dispute: whether it came within its period, and whether it is a duplicate."""
    found: dict[str, Any] = {}
    if "in_period" not in said:
        in_period = is_in_period(record, debts, received_at)
        found |= {} if in_period is None else {"in_period": in_period}
    if said.get("new_material") is False:
        earlier = _answered_before(record.person.id, debts, using)
        found |= {} if earlier is None else {"duplicate_of": earlier, "is_duplicative": True}
    return found


def is_in_period(record: Record, debts: Iterable[int], received_at: datetime) -> bool | None:
    """Return whether what arrived then came within the validation period of every debt; None where no notice tells.

    By the last day of the period of the latest validation notice that was not returned (12 CFR 1006.34(b)(5)): what is
    received on that day is in time, wherever the person may be.
    """
    named = set(debts) or {debt.id for debt in record.owed}
    zones = record.person.zones or (record.owner.timezone,)
    received = min(local_day(received_at, zone) for zone in zones)
    answers: list[bool | None] = []
    for debt in named:
        sent = [
            notice
            for notice in record.notices
            if notice.kind is NoticeKind.VALIDATION and notice.is_about(debt) and notice.undeliverable_at is None
        ]
        latest = max(sent, key=lambda notice: notice.sent_at, default=None)
        answers.append(None if latest is None or latest.period_ends is None else received <= latest.period_ends)
    if any(answers):
        return True
    return None if not answers or None in answers else False


def _answered_before(person: int, debts: tuple[int, ...], using: str) -> int | None:
    earlier = (
        one
        for one in rows.of_person(person, using=using)
        if one.kind is CaseKind.DISPUTE and one.state is not CaseState.OPEN and one.facts.get("answer")
    )
    return next((one.id for one in earlier if not one.accounts or not debts or set(debts) <= set(one.accounts)), None)


def _wrong(asked: _Asked, record: Record, now: datetime) -> Problem | None:
    if max(asked.received_at, asked.known_at) > now + gatekeeping.MOST_SKEW:
        return mistake("time_ahead", "received_at")
    if not set(asked.accounts) <= {debt.id for debt in record.owed}:
        return mistake("not_a_party", "accounts")
    if asked.kind in MORATORIA and not asked.accounts:
        return mistake("debts_missing", "accounts")
    if asked.kind in MORATORIA and not _is_day(asked.facts.get("registered_on")):
        return mistake("registered_missing", "registered_on")
    return None


def _is_day(said: object) -> bool:
    try:
        return isinstance(said, str) and bool(date.fromisoformat(said))
    except ValueError:
        return False


def _begin(case: int, asked: _Asked, record: Record, words: str, *, now: datetime, using: str) -> int | Problem:
    found = rows.locked(case, using=using)
    assert found is not None
    owner = record.owner
    note = noting.keep(owner.id, found.person, words, account=None, now=now, using=using) if words.strip() else None
    facts = {"paper": dict(asked.proof)} if asked.proof else {}
    rows.add_step(found, StepKind.OPENED, at=now, note=note, facts=facts, using=using)
    rows.change(case, holds=place_holds(found, asked.proof, owner.timezone, now=now, using=using), using=using)
    running.start(found, record, local_day(asked.received_at, owner.timezone), using=using)
    if (refused := _begin_moratorium(found, owner.timezone, now=now, using=using)) is not None:
        return refused
    history.append(
        "case_opened",
        owner=found.owner,
        person=found.person,
        now=now,
        using=using,
        case=case,
        case_kind=asked.kind.value,
        known_at=asked.known_at.isoformat(),
        accounts=list(asked.accounts),
    )
    follow(found, now=now, using=using)
    return case


def place_holds(
    found: Kept, proof: Mapping[str, Any], zone: str, *, now: datetime, turn: int = 0, using: str = "default"
) -> list[int]:
    """Place what a case file stops: a hold on each debt it names where its kind is about debts, else on the person.

    The hold starts when anybody here first knew; a moratorium at its first day where that came before.
    """
    about: Sequence[int | None] = found.accounts if found.kind in OF_DEBTS and found.accounts else (None,)
    if found.facts.get("by_need"):  # what stops is said by each need, and by nothing else
        return []
    since, until = _span(found, zone, now)
    facts = {name: found.facts[name] for name in _OF_THE_HOLD if name in found.facts}
    if found.regulator:
        facts["regulator"] = found.regulator
    return [
        holds.start(
            HOLD_OF[found.kind],
            owner=found.owner,
            person=found.person,
            account=account,
            now=now,
            since=since,
            until=until,
            source=(SOURCE, f"{found.id}:{account or 0}:{turn}"),
            facts={**facts, "case": found.id},
            proof={**proof, "case": found.id, "first_known_at": found.known_at.isoformat()},
            using=using,
        )
        for account in about
    ]


def _span(found: Kept, zone: str, now: datetime) -> tuple[datetime, datetime | None]:
    """Return from when until when a case file holds contact back; without an end until somebody answers it."""
    since = min(found.known_at, now)
    days = running.moratorium_of(found)
    if days is None:
        last = running.last_day_of_hold(found)
        return since, None if last is None else max(since, running.midnight(last + timedelta(days=1), zone))
    since = min(since, running.midnight(days.first, zone))
    return since, None if days.over_on is None else running.midnight(days.over_on, zone)


def _begin_moratorium(found: Kept, zone: str, *, now: datetime, using: str) -> Problem | None:
    """Freeze charges, and set down whom else has to be told: every agency that holds one of the debts."""
    days = running.moratorium_of(found)
    if days is None or found.kind not in MORATORIA:
        return None
    for _, who, name in rows.holders(found.accounts, local_day(now, zone), using=using):
        if who != current(using).organisation:
            about = f"organisation:{who}:{name}"
            rows.start_clock(found, running.TELL_HOLDER, counted_from=days.first, due_on=None, about=about, using=using)
    return charges.freeze(found, days, now=now, using=using)


def follow(found: Kept, *, now: datetime, using: str = "default") -> None:
    """Make the positions of all debts that a case file stops anew and decide about its person again.

    A hold on the person stops debts that the file does not name as well.
    """
    by_debt = found.kind in OF_DEBTS and found.accounts
    others = () if by_debt else rows.all_accounts(found.person, using=using)
    positions.refresh(sorted({*found.accounts, *others}), now=now, using=using)
    people.redecide([found.person], now=now, using=using)
