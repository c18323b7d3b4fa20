"""Acts about rules, kept packs, and proposals to change either, with the settings that the gate reads of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from arrears.domain.rule_settings import PackKind, ProposalState, RuleAct, Settled
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.rule_setting import RulePack, RuleProposal, RuleSetting


@dataclass(frozen=True, slots=True)
class Act:
    """One act as it was kept; ``by`` is a full name, empty for a job of the organisation itself."""

    act: RuleAct
    rule: str
    limit: str
    value: int | None
    from_on: date
    reason: str
    at: datetime
    by: str
    proposal: int | None


@dataclass(frozen=True, slots=True)
class Pack:
    """A kept pack without its files."""

    id: int
    kind: PackKind
    version: str
    content_hash: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it stands; ``changes`` and ``tried`` are JSON."""

    id: int
    organisation: int
    pack: Pack | None
    made_by: int | None
    by: str
    made_at: datetime
    from_on: date
    reason: str
    changes: Sequence[Mapping[str, Any]]
    state: ProposalState
    decided_by: int | None
    decided_by_name: str
    decided_at: datetime | None
    decided_why: str
    tried: Mapping[str, Any]
    tried_on: date | None
    tried_to: int
    tried_at: datetime | None


def lock_settings(organisation: int, *, using: str) -> tuple[dict[str, Any], str]:
    """Return an organisation's settings and time zone, held until the transaction ends: acts come one by one."""
    row = Organisation.objects.using(using).select_for_update().get(pk=organisation)
    return dict(row.settings), row.timezone


def keep_act(
    organisation: int,
    act: Settled,
    *,
    reason: str,
    staff: int | None,
    proposal: int | None,
    pack: int | None,
    now: datetime,
    book_day: int,
    using: str,
) -> None:
    """Keep one act, for good."""
    RuleSetting(
        organisation_id=organisation,
        staff_id=staff,
        proposal_id=proposal,
        pack_id=pack,
        at=now,
        book_day=book_day,
        act=act.act.value,
        rule=act.rule,
        limit_name=act.limit,
        value=act.value,
        from_on=act.from_on,
        reason=reason,
    ).save(using=using, force_insert=True)


def acts(organisation: int, rule: str | None = None, *, most: int = 200, using: str = "default") -> list[Act]:
    """Return the acts of an organisation, the latest first; those about one rule where it is named."""
    rows = RuleSetting.objects.using(using).filter(organisation_id=organisation)
    if rule is not None:
        rows = rows.filter(rule=rule)
    rows = rows.annotate(by=F("staff__full_name")).order_by("-at", "-pk")[:most]
    return [
        Act(RuleAct(r.act), r.rule, r.limit_name, r.value, r.from_on, r.reason, r.at, r.by or "", r.proposal_id)
        for r in rows
    ]


def is_changed(organisations: Sequence[int], *, since: datetime, after: date, until: date, using: str) -> bool:
    """Return whether an act was made since an instant, or began to hold on a day in ``(after, until]``."""
    rows = RuleSetting.objects.using(using).filter(organisation_id__in=list(organisations), from_on__lte=until)
    return rows.filter(Q(at__gte=since) | Q(from_on__gt=after)).exists()


def keep_pack(
    organisation: int,
    kind: PackKind,
    *,
    version: str,
    content_hash: str,
    files: Mapping[str, str],
    now: datetime,
    using: str,
) -> int:
    """Return the id under which the book keeps these files, added where they were not kept before."""
    rows = RulePack.objects.using(using).filter(organisation_id=organisation, content_hash=bytes.fromhex(content_hash))
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        row = RulePack(organisation_id=organisation, kind=kind.value, version=version, kept_at=now)
        row.content_hash, row.files = bytes.fromhex(content_hash), dict(files)
        RulePack.objects.using(using).bulk_create([row], ignore_conflicts=True)
        found = rows.values_list("pk", flat=True).get()
    return int(found)


def pack_files(content_hash: str, *, using: str = "default") -> Mapping[str, str] | None:
    """Return the files of a pack by its content (in hex, or the beginning of it), of whomever in sight."""
    rows = RulePack.objects.using(using).defer("files").order_by("pk")
    for row in rows:
        if bytes(row.content_hash).hex().startswith(content_hash):
            files: Mapping[str, str] = row.files
            return files
    return None


def packs(organisation: int, *, using: str = "default") -> list[Pack]:
    """Return the packs that an organisation kept, the latest first."""
    rows = RulePack.objects.using(using).filter(organisation_id=organisation).defer("files").order_by("-kept_at", "-pk")
    return [_pack(row) for row in rows]


def add_proposal(
    organisation: int,
    changes: Sequence[Mapping[str, Any]],
    *,
    pack: int | None,
    reason: str,
    from_on: date,
    staff: int | None,
    now: datetime,
    book_day: int,
    using: str,
) -> int:
    """Keep a proposal that waits to be tried and decided; return its id."""
    row = RuleProposal(
        organisation_id=organisation,
        pack_id=pack,
        made_by_id=staff,
        made_at=now,
        book_day=book_day,
        from_on=from_on,
        reason=reason,
        changes=[dict(change) for change in changes],
    )
    row.save(using=using, force_insert=True)
    return int(row.pk)


def proposal(number: int, *, locked: bool = False, using: str = "default") -> Proposal | None:
    """Return a proposal in sight; ``locked`` holds it until the transaction ends."""
    rows = RuleProposal.objects.using(using).filter(pk=number)
    if locked:
        list(rows.select_for_update())
    found = _with_names(rows).first()
    return None if found is None else _proposal(found)


def proposals(organisation: int, *, most: int = 50, using: str = "default") -> list[Proposal]:
    """Return the proposals of an organisation, the latest first."""
    rows = RuleProposal.objects.using(using).filter(organisation_id=organisation)
    return [_proposal(row) for row in _with_names(rows).order_by("-pk")[:most]]


def keep_trial(
    number: int, tried: Mapping[str, Any], *, on: date, to: int, done_at: datetime | None, using: str
) -> None:
    """Keep how far a trial has come and what it found so far."""
    rows = RuleProposal.objects.using(using).filter(pk=number)
    rows.update(tried=dict(tried), tried_on=on, tried_to=to, tried_at=done_at)


def decide(number: int, state: ProposalState, *, why: str, staff: int | None, now: datetime, using: str) -> None:
    """Keep what was decided about a proposal that waits."""
    rows = RuleProposal.objects.using(using).filter(pk=number, state=ProposalState.WAITING.value)
    rows.update(state=state.value, decided_by_id=staff, decided_at=now, decided_why=why)


def _with_names(rows: Any) -> Any:  # Any: a query set whose annotations no type can name
    return (
        rows.select_related("pack")
        .defer("pack__files")
        .annotate(by=F("made_by__full_name"), decider=F("decided_by__full_name"))
    )


def _pack(row: RulePack) -> Pack:
    return Pack(row.pk, PackKind(row.kind), row.version, bytes(row.content_hash).hex(), row.kept_at)


def _proposal(row: Any) -> Proposal:  # Any: as above
    return Proposal(
        id=row.pk,
        organisation=row.organisation_id,
        pack=_pack(row.pack) if row.pack else None,
        made_by=row.made_by_id,
        by=row.by or "",
        made_at=row.made_at,
        from_on=row.from_on,
        reason=row.reason,
        changes=row.changes,
        state=ProposalState(row.state),
        decided_by=row.decided_by_id,
        decided_by_name=row.decider or "",
        decided_at=row.decided_at,
        decided_why=row.decided_why,
        tried=row.tried,
        tried_on=row.tried_on,
        tried_to=row.tried_to,
        tried_at=row.tried_at,
    )
