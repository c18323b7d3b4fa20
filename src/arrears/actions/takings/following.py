"""What the provider says: an event is a hint to look, the look-up is what counts, and each step is taken once.

So events may come twice, late, in any order or never: whoever follows next sees the same and writes the rest. Money on
its way is an entry that holds contact; cleared, a payment takes its place; failed, it is taken back, and the promises
are judged.
"""

from datetime import date, datetime
from typing import Final

from arrears.actions import entries, findings, history, payments
from arrears.actions.takings.mistakes import mistake
from arrears.channels.payments import MandateStanding, Notice, Provider, Stage, Standing
from arrears.domain.entries import EntryKind
from arrears.domain.takings import DebitState, LinkState, MandateState
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.takings import takings
from arrears.store.doors import postings
from arrears.store.doors import takings as rows
from arrears.store.doors.postings import PostedEntry
from arrears.store.doors.takings import DebitRow, LinkRow, MandateRow
from arrears.store.scope import scope

SOURCE: Final = "taking/"
FEE: Final = "payment_fee"
DEBIT_FAILED: Final = "debit_failed"
"""The reason for being late that a failed debit is: a code of the list ``reason_late``."""
_OVER: Final = frozenset({Stage.EXPIRED, Stage.CANCELLED})


def notice(told: Notice, provider: Provider, *, now: datetime, using: str = "default") -> bool:
    """Take in one message of the provider; False where it is about nothing of ours.

    Opens scopes of its own, after the look-up. Raises `ProviderError` where the look-up fails: then it must come again.
    """
    standing = provider.look_up(told.ref)
    about: Standing | MandateStanding | None = standing or provider.look_up_mandate(told.ref)
    if about is None or not about.organisation:
        return False
    with scope(about.organisation, None, using=using):
        found = rows.referred(about.organisation, about.reference, using=using)
        if found is None:
            return False
        rows.keep_notice(
            about.organisation,
            event=told.id,
            kind=told.kind,
            reference=about.reference,
            at=told.at,
            now=now,
            using=using,
        )
    follow(about.organisation, about.reference, provider, now=now, using=using, ref=told.ref)
    return True


def follow(
    owner: int, reference: str, provider: Provider, *, now: datetime, using: str = "default", ref: str = ""
) -> None:
    """Ask how what a reference of ours stands for stands now, and write what is new of it.

    ``ref`` is the provider's own, for what was made there while its answer got lost here.
    """
    with scope(owner, None, using=using):
        found = rows.referred(owner, reference, using=using)
    if found is None or not (there := found.provider_ref or ref):
        return
    if isinstance(found, MandateRow):
        standing = provider.look_up_mandate(there)
        if standing is not None and standing.reference == reference:
            with scope(owner, None, using=using):
                _keep_mandate(found.id, standing, now, using)
        return
    seen = provider.look_up(there)
    if seen is not None:
        keep(seen, owner, reference, now=now, using=using)


def keep(standing: Standing, owner: int, reference: str, *, now: datetime, using: str = "default") -> None:
    """Write how a link or debit stands, in a scope of the owner's own; what is of another reference changes nothing."""
    if (standing.organisation, standing.reference) != (owner, reference):
        return
    with scope(owner, None, using=using):
        found = rows.referred(owner, reference, using=using)
        if isinstance(found, LinkRow) and (link := rows.link(found.id, hold=True, using=using)):
            apply_to_link(link, standing, now=now, using=using)
        if isinstance(found, DebitRow) and (debit := held_debit(found.id, using=using)):
            apply_to_debit(debit, standing, now=now, using=using)


def held_debit(debit_id: int, *, using: str = "default") -> DebitRow | None:
    """Hold a debit, its authorisation first, as everybody does who holds both: a failure may have to end it."""
    known = rows.debit(debit_id, using=using)
    if known is None:
        return None
    rows.mandate(known.mandate, hold=True, using=using)
    return rows.debit(debit_id, hold=True, using=using)


def apply_to_link(link: LinkRow, standing: Standing, *, now: datetime, using: str = "default") -> None:
    """Take the step from how a link stood, held, to how it stands at the provider."""
    if not link.provider_ref:
        rows.move_link(link.id, provider_ref=standing.ref, using=using)
    state = {
        Stage.SEEN: LinkState.SEEN,
        Stage.CLEARED: LinkState.PAID,
        Stage.RETURNED: LinkState.RETURNED,
        Stage.FAILED: LinkState.FAILED,
    }.get(standing.stage)
    if state is None:
        if standing.stage in _OVER and link.state in {LinkState.MAKING, LinkState.OPEN}:
            rows.move_link(link.id, state=LinkState.EXPIRED, settled_at=now, using=using)
        return
    if state == link.state:
        return
    if state is LinkState.PAID and link.fee_minor:
        _fee(link, now, using)
    if state in {LinkState.RETURNED, LinkState.FAILED} and link.fee_minor:
        _fee_back(link, standing.reason or standing.stage.value, now, using)
    entry = _move_money(link, standing, "link", now, using)
    rows.move_link(
        link.id, state=state, said_at=now, reason=standing.reason, using=using,
        **({"entry_id": entry} if entry else {}), **({} if state is LinkState.SEEN else {"settled_at": now}),
    )  # fmt: skip


def _fee(link: LinkRow, now: datetime, using: str) -> None:
    """Charge what the agreement lets one ask for paying so, as the entry it is."""
    before = _fee_of(link, using)
    if before is not None and before.reversed_by is None:
        return
    reference = link.reference if before is None else f"{link.reference}/{before.reversed_by}"
    entries.post_entry(
        link.account, EntryKind.FEE, amount_minor=link.fee_minor, value_date=_day(link, now, using), reason=FEE,
        source_kind=FEE, source_ref=reference, now=now, using=using,
    )  # fmt: skip


def _fee_of(link: LinkRow, using: str) -> PostedEntry | None:
    """Return the fee that was charged for paying by a link, the last one where it was paid again."""
    last, found = None, postings.posted_from(link.organisation, FEE, link.reference, using=using)
    while found is not None:
        last = found
        again = f"{link.reference}/{found.reversed_by}"
        found = postings.posted_from(link.organisation, FEE, again, using=using) if found.reversed_by else None
    return last


def _fee_back(link: LinkRow, reason: str, now: datetime, using: str) -> None:
    """Take the fee back: what was not paid after all costs nothing for being paid (R11)."""
    charged = _fee_of(link, using)
    if charged is not None and charged.reversed_by is None:
        code, day = takings().reason(reason).code, _day(link, now, using)
        entries.reverse_entry(charged.id, value_date=day, reason=code, now=now, using=using)


def apply_to_debit(debit: DebitRow, standing: Standing, *, now: datetime, using: str = "default") -> None:
    """Take the step from how a debit stood, held, to how it stands at the provider."""
    state = {
        Stage.OPEN: DebitState.PRESENTED,
        Stage.SEEN: DebitState.PRESENTED,
        Stage.CLEARED: DebitState.CLEARED,
        Stage.RETURNED: DebitState.RETURNED,
        Stage.FAILED: DebitState.FAILED,
    }.get(standing.stage, DebitState.CANCELLED)
    if state == debit.state:
        return
    entry = _move_money(debit, standing, "debit", now, using)
    is_settled = state is not DebitState.PRESENTED
    reason = standing.reason if is_settled else ""
    rows.move_debit(
        debit.id, state=state, said_at=now, reason=reason, provider_ref=standing.ref, using=using,
        **({"entry_id": entry} if entry else {}), **({"settled_at": now} if is_settled else {}),
    )  # fmt: skip
    if state in {DebitState.FAILED, DebitState.RETURNED}:
        _failed(debit, standing.reason, now, using)


def _failed(debit: DebitRow, said: str, now: datetime, using: str) -> None:
    """Say why it is late, and end an authorisation that can bring nothing any more."""
    from arrears.actions.takings import mandates  # the room that ends them knows of debits too

    reason = takings().reason(said)
    history.append(
        "debit_failed", owner=debit.organisation, account=debit.account, person=debit.person, now=now, using=using,
        debit=debit.id, reason=reason.code, presentation=debit.presentation,
    )  # fmt: skip
    findings.note(debit.account, reason_late=DEBIT_FAILED, now=now, using=using)
    if reason.treat in {"hard", "unauthorised"}:
        held = rows.mandate(debit.mandate, hold=True, using=using)
        if held is not None and held.ended_at is None:
            mandates.end(held, MandateState.STOPPED, reason.code, now=now, using=using)


def _move_money(about: LinkRow | DebitRow, standing: Standing, means: str, now: datetime, using: str) -> int | None:
    """Post, take the place of, or take back the entry of a taking; return the entry that now stands for it."""
    source = SOURCE + about.reference
    day = _day(about, now, using)
    match standing.stage:
        case Stage.SEEN:
            if postings.posted_from(about.organisation, payments.PAYMENT, source, using=using):
                return None
            return _post(about, standing.amount_minor, day, source, means, now, using, is_cleared=False)
        case Stage.CLEARED:
            return _cleared(about, standing.amount_minor, day, source, means, now, using)
        case Stage.RETURNED | Stage.FAILED | Stage.CANCELLED:
            _take_back(about, standing.reason or standing.stage.value, day, source, now, using)
    return None


def _cleared(
    about: LinkRow | DebitRow, amount: int, day: date, source: str, means: str, now: datetime, using: str
) -> int:
    """Post the payment by the day on which it was first seen: the debtor paid then, the bank needed the rest."""
    paid = postings.posted_from(about.organisation, payments.PAYMENT, source, using=using)
    if paid is not None and paid.reversed_by is not None:  # given back to us after all
        source = f"{source}/{paid.reversed_by}"
    seen = postings.posted_from(about.organisation, payments.PAYMENT_SEEN, source, using=using)
    return _post(about, amount, seen.value_date if seen else day, source, means, now, using, is_cleared=True)


def _post(
    about: LinkRow | DebitRow, amount: int, day: date, source: str, means: str, now: datetime, using: str,
    *, is_cleared: bool,
) -> int:  # fmt: skip
    done = payments.post(
        about.account, amount, day, reference=source, now=now, is_cleared=is_cleared, means=means, using=using
    )
    if isinstance(done, Problem):
        raise RuntimeError(f"{about.reference}: {done.code}")  # noqa: TRY004 - ours: the reference is our own
    return done.entry


def _take_back(about: LinkRow | DebitRow, reason: str, day: date, source: str, now: datetime, using: str) -> None:
    """Take back what was posted of it last: the payment where it had cleared, else the money that was seen."""
    there = [postings.posted(about.entry, using=using)] if about.entry else []
    there += [
        postings.posted_from(about.organisation, kind, source, using=using)
        for kind in (payments.PAYMENT, payments.PAYMENT_SEEN)
    ]
    standing = next((one for one in there if one is not None and one.reversed_by is None), None)
    if standing is not None:
        payments.reverse(standing.id, value_date=day, reason=takings().reason(reason).code, now=now, using=using)


def _day(about: LinkRow | DebitRow, now: datetime, using: str) -> date:
    payer = rows.payer(about.account, using=using)
    assert payer is not None
    return local_day(now, payer.timezone)


def _keep_mandate(mandate_id: int, standing: MandateStanding, now: datetime, using: str) -> None:
    """Let an authorisation come into force, or end where its page is over."""
    from arrears.actions.takings import mandates  # as above

    held = rows.mandate(mandate_id, hold=True, using=using)
    if held is None or held.state != MandateState.ASKED:
        return
    if standing.stage is Stage.CLEARED:
        rows.move_mandate(
            held.id, state=MandateState.ACTIVE, given_at=now, copy_given_at=now, provider_ref=standing.ref,
            provider_customer=standing.customer, provider_method=standing.method, provider_mandate=standing.mandate,
            using=using,
        )  # fmt: skip
        history.append(
            "mandate_given", owner=held.organisation, account=held.account, person=held.person, now=now, using=using,
            mandate=held.id, scheme=held.scheme, form=held.form,
        )  # fmt: skip
    elif standing.stage in _OVER:
        mandates.end(held, MandateState.EXPIRED, "page_over", now=now, using=using)


def followed_by_hand(owner: int, reference: str, provider: Provider | None, *, now: datetime) -> Problem | None:
    """Ask again how something stands because somebody wants to know now."""
    if provider is None:
        return mistake("no_provider")
    follow(owner, reference, provider, now=now)
    return None
