"""Words read before they go out, and words noted: the setting comes from the book, the rules from the packs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history
from arrears.actions.gatekeeping import Approach
from arrears.actions.limitation import is_any_too_old
from arrears.actions.rule_books import book_for, settings_of
from arrears.actions.word_figures import figures
from arrears.domain.contacts import Act, Channel, DisclosureBasis, IncidentKind, Purpose, Role
from arrears.domain.messages import digest_of
from arrears.domain.notices import NoticeKind
from arrears.domain.wording import Block
from arrears.engine.checker import Decided, Finding, Kind, Report, Setting, limited
from arrears.kernel.hours import local_day, local_time
from arrears.kernel.unions import MEMBERS, is_member
from arrears.packs import checker
from arrears.packs.law import holds_on, is_on
from arrears.store.doors import contact_records as records
from arrears.store.doors import decided_steps, flagged_words, word_figures

VOICES: Final = frozenset({Channel.VOICEMAIL_DROP})
_ANNOUNCED: Final = {
    Act.SUE: Decided.SUIT,
    Act.ENFORCE: Decided.SEIZURE,
    Act.FURNISH: Decided.CREDIT_LISTING,
}
_ACTS: Final = tuple(_ANNOUNCED)
_ALL_PARTY: Final = "all_party"
PAPERS: Final = frozenset({Channel.LETTER, Channel.FAX})


def check_outgoing(
    words: str,
    *,
    person: int,
    accounts: Sequence[int],
    channel: Channel,
    role: Role | None,
    basis: DisclosureBasis | None = None,
    language: str | None = None,
    subject: str = "",
    needed: frozenset[Block] = frozenset(),
    now: datetime,
    using: str = "default",
) -> Report:
    """Read rendered ``words`` (and the ``subject`` that is seen from outside) as they would go to ``person``.

    ``language`` is the one they should be in. Amounts must be figures of ``accounts`` as of ``now``: by the ledger, a
    plan that runs or an approved offer. Give the gate ``Words(blocks=report.blocks, mentions=report.mentions,
    findings=report.broken)``.
    """
    setting = setting_of(
        person,
        accounts,
        kind=_kind(channel),
        role=role,
        basis=basis,
        language=language,
        needed=needed,
        now=now,
        using=using,
    )
    report = checker.check(words, language=language, setting=setting)
    if not subject:
        return report
    outside = checker.check(subject, language=language, setting=_outside(setting))
    return Report(
        (*outside.findings, *report.findings),
        report.blocks,
        report.mentions | outside.mentions,
        report.language,
        report.disclosed_in,
    )


def facts_of(report: Report) -> dict[str, object]:
    """Return what the gate is told of words by name: the language in which they tell that they are a collector's."""
    return {"disclosure_language": report.disclosed_in} if report.disclosed_in else {}


def with_words(approach: Approach, words: str, *, subject: str = "", now: datetime, using: str = "default") -> Approach:
    """Return ``approach`` with what was read in the words that would be said or left: a script, a voice message.

    A message to be left is read for its limited content too (12 CFR 1006.2(j)). Words of messages that are sent are
    read as they go.
    """
    record = records.record_of(approach.person, now, using=using)
    owed = [debt for debt in record.owed if not approach.accounts or debt.id in approach.accounts] if record else []
    report = check_outgoing(
        words,
        person=approach.person,
        accounts=[debt.id for debt in owed],
        channel=approach.channel,
        role=owed[0].role if owed else None,
        basis=owed[0].basis if owed else None,
        language=approach.language or None,
        subject=subject,
        now=now,
        using=using,
    )
    facts = {**approach.facts, **facts_of(report)}
    if approach.channel in VOICES or approach.purpose is Purpose.LEAVE_MESSAGE:
        facts["is_limited_content"] = limited(words).is_limited
    return replace(
        approach,
        words_digest=approach.words_digest or digest_of(subject, words),
        reveals_debt=report.reveals_debt,
        language=approach.language or report.language or "",
        blocks=report.blocks,
        mentions=report.mentions,
        findings=report.broken,
        facts=facts,
    )


def setting_of(
    person: int,
    accounts: Sequence[int],
    *,
    kind: Kind,
    role: Role | None,
    basis: DisclosureBasis | None = None,
    language: str | None = None,
    needed: frozenset[Block] = frozenset(),
    now: datetime,
    using: str = "default",
) -> Setting:
    """Return what the book knows around words to ``person`` about ``accounts``: figures, decisions, places, periods."""
    record = records.record_of(person, now, using=using)
    if record is None:
        return Setting(kind=kind, role=role, basis=basis, expected_language=language, needed=needed)
    around = circumstances(record, accounts, now, using=using)
    amounts = frozenset(figures(accounts, around.on, using=using))
    return Setting(
        kind=kind,
        role=role,
        basis=basis,
        places=around.places,
        amounts=amounts,
        currency=min((code for _, code in amounts), default=""),
        expected_language=language,
        decided=around.decided,
        needed=needed,
        is_time_barred=around.is_time_barred,
        is_last_notice=around.is_last_notice,
        dispute_until=around.dispute_until,
        on=around.on,
        names=word_figures.names_of({record.house.id}, using=using),
        creditors=word_figures.names_of({record.owner.id}, using=using),
    )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the record says around words about some debts, apart from amounts: parts of a `Setting` by its names."""

    places: tuple[str, ...]
    decided: frozenset[Decided]
    is_time_barred: bool
    is_last_notice: bool
    dispute_until: date | None
    on: date


def circumstances(
    record: records.Record, accounts: Sequence[int], now: datetime, *, using: str = "default"
) -> Circumstances:
    """Return what ``record`` says around words about ``accounts`` that would go at ``now``.

    A debt is too old to sue on by its file or by limitation. A step counts as decided only where it was permitted by
    the gate and is on record, or the file names who decided it: words announce nothing else.
    """
    owed = [debt for debt in record.owed if debt.id in set(accounts)]
    facts = [debt.facts for debt in owed]
    permitted = decided_steps.permitted([debt.id for debt in owed], _ACTS, until=now, using=using)
    decided = [_decided(debt.facts) | _of_acts(permitted.get(debt.id, ())) for debt in owed]
    return Circumstances(
        places=_places(record, owed),
        decided=frozenset.intersection(*decided) if decided else frozenset(),
        is_time_barred=any(one.get("is_time_barred") is True for one in facts) or _is_too_old(record, owed, now, using),
        is_last_notice=bool(facts) and all(one.get("is_last_notice") is True for one in facts),
        dispute_until=_dispute_until(record, accounts),
        on=local_time(now, record.owner.timezone).date(),
    )


def flag_note(
    owner: int, person: int, note: int, words: str, *, language: str, now: datetime, using: str = "default"
) -> tuple[Finding, ...]:
    """Read a note that was kept; where it tells of words that must not be said, open an incident for compliance.

    The incident names rules and places in the note, never the words: those may be erased.
    """
    found = checker.check(words, language=language, setting=Setting(kind=Kind.NOTE)).findings
    if found:
        incident = flagged_words.open_incident(owner, person, note, _said(found), at=now, using=using)
        history.append(
            "incident_opened",
            owner=owner,
            person=person,
            now=now,
            using=using,
            incident=incident,
            incident_kind=IncidentKind.FLAGGED_WORDS.value,
            note=note,
        )
    return found


def _said(found: Iterable[Finding]) -> list[dict[str, object]]:
    return [{"rule": one.rule, "category": one.category.value, "start": one.start, "until": one.until} for one in found]


def _kind(channel: Channel) -> Kind:
    if channel in VOICES:
        return Kind.VOICEMAIL
    return Kind.LETTER if channel in PAPERS else Kind.MESSAGE


def _outside(setting: Setting) -> Setting:
    return Setting(
        kind=Kind.SUBJECT,
        role=setting.role,
        places=setting.places,
        amounts=setting.amounts,
        currency=setting.currency,
        decided=setting.decided,
        is_time_barred=setting.is_time_barred,
        is_last_notice=setting.is_last_notice,
    )


def _places(record: records.Record, owed: Sequence[records.Owed]) -> tuple[str, ...]:
    """Return the candidate places, each with the union that its country is a member of."""
    own = _each(*record.person.places, *(debt.place for debt in owed))
    return (*own, *(union for union in sorted(MEMBERS) if any(is_member(place, union) for place in own)))


def _decided(facts: Mapping[str, Any]) -> frozenset[Decided]:
    """Return the steps that the file of a debt says somebody decided: ``{"decided": ["suit"], "decided_by": "…"}``."""
    said = facts.get("decided", ()) if facts.get("decided_by") else ()
    return frozenset(Decided(one) for one in said if one in set(Decided))


def _of_acts(permitted: Iterable[Act]) -> frozenset[Decided]:
    return frozenset(_ANNOUNCED[act] for act in permitted)


def must_announce_recording(
    record: records.Record, places: Iterable[str], at: datetime, *, using: str = "default"
) -> bool:
    """Return whether a rule in use for ``places`` wants everybody on a call to know that it is recorded."""
    said = [one.settings for one in {record.house.id: record.house, record.owner.id: record.owner}.values()]
    on = local_day(at, record.house.timezone)
    switched_on = settings_of(said, on, using=using).switched_on
    return any(
        one.kind == _ALL_PARTY
        and (one.id in switched_on or is_on(one.law))
        and holds_on(one.law, on)
        and not set(places).isdisjoint(one.parameters.get("places", ()))
        for one in book_for(said, on, using=using).rules
    )


def _is_too_old(record: records.Record, owed: Sequence[records.Owed], now: datetime, using: str) -> bool:
    """Return whether limitation has run for any of the debts, by the rows that are in use here."""
    said = [one.settings for one in {record.house.id: record.house, record.owner.id: record.owner}.values()]
    switched_on = settings_of(said, local_day(now, record.house.timezone), using=using).switched_on
    about = {
        debt.id: (debt.debt_kind, _each(*record.person.places, debt.place, debt.facts.get("contract_place")))
        for debt in owed
    }
    return is_any_too_old(about, switched_on, local_day(now, record.owner.timezone), using=using)


def _each(*places: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(place) for place in places if place))


def _dispute_until(record: records.Record, accounts: Sequence[int]) -> date | None:
    """Return the last day of the running time to dispute, by the validation notices that went out."""
    ends = [
        notice.period_ends
        for notice in record.notices
        if notice.kind is NoticeKind.VALIDATION
        and notice.period_ends
        and any(notice.is_about(account) for account in accounts)
    ]
    return max(ends, default=None)
