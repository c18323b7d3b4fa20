"""What the provider says: an event is a hint to look, the look-up is what counts, and each step is taken once.

So events may come twice, late, in any order or never: whoever follows next sees the same and writes the rest. Money on
its way is an entry that holds contact; cleared, a payment takes its place; failed, it is taken back, and the promises
are judged.
"""

from datetime import datetime
from typing import Final

from arrears.actions import findings, history
from arrears.actions.takings import money
from arrears.actions.takings.mistakes import mistake
from arrears.channels.payments import MandateStanding, Notice, Provider, Stage, Standing
from arrears.domain.takings import DebitState, LinkState, MandateState
from arrears.kernel.problems import Problem
from arrears.packs.takings import takings
from arrears.store.doors import takings as rows
from arrears.store.doors.takings import DebitRow, LinkRow, MandateRow
from arrears.store.scope import scope

DEBIT_FAILED: Final = "debit_failed"
"""The reason for being late that a failed debit is: a code of the list ``reason_late``."""
_OVER: Final = frozenset({Stage.EXPIRED, Stage.CANCELLED})
_UNSETTLED: Final[frozenset[str]] = frozenset(
    {LinkState.MAKING, LinkState.OPEN, LinkState.SEEN, DebitState.ASKED, DebitState.PRESENTING, DebitState.PRESENTED}
)
_FORWARD: Final = frozenset({Stage.OPEN, Stage.SEEN, Stage.CLEARED})
_MONEY_CAME: Final[frozenset[str]] = frozenset({LinkState.PAID, DebitState.CLEARED, LinkState.RETURNED})
_AFTER_MONEY: Final = frozenset({Stage.CLEARED, Stage.RETURNED})
OWN: Final = "own"
"""What an organisation says whose money goes to the account of the key itself."""


def notice(told: Notice, provider: Provider, *, now: datetime, using: str = "default") -> bool:
    """Take in one message of the provider; False where it is about nothing of ours.

    Opens scopes of its own, after the look-up. Raises `ProviderError` where the look-up fails: then it must come again.
    """
    standing = provider.look_up(told.ref)
    about: Standing | MandateStanding | None = standing or provider.look_up_mandate(told.ref)
    if about is None or not about.organisation:
        return False
    with scope(about.organisation, None, using=using):
        if not _is_from_its_account(told, about.organisation, now, using):
            return False
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


def _is_from_its_account(told: Notice, owner: int, now: datetime, using: str) -> bool:
    """Return whether an organisation has its account where the message came from; anybody may write marks elsewhere."""
    named = rows.settings_of(owner, using=using).get("account", "")
    if named == (told.account or OWN):
        return True
    if named:
        history.append(
            "payment_message_of_another_account", owner=owner, now=now, using=using, message=told.id,
            connected=told.account or OWN,
        )  # fmt: skip
    return False


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
        keep(seen, owner, reference, provider, now=now, using=using)


def keep(
    standing: Standing, owner: int, reference: str, provider: Provider, *, now: datetime, using: str = "default"
) -> None:
    """Write how a link or debit stands, in a scope of the owner's own; what is of another reference changes nothing.

    ``standing`` was looked up before the row was held, so it may be old by now. A first step forward is taken on it;
    any other, which would take back or give again, only on a look-up made while nobody else moves the row.
    """
    if (standing.organisation, standing.reference) != (owner, reference):
        return
    with scope(owner, None, using=using):
        found = _held(owner, reference, using)
        if found is None or _is_known(found, standing, using):
            return
        if found.state in _UNSETTLED and standing.stage in _FORWARD:
            sure: Standing | None = standing
        else:
            sure = provider.look_up(standing.ref)
        if sure is None or (sure.organisation, sure.reference) != (owner, reference):
            return
        if isinstance(found, LinkRow):
            apply_to_link(found, sure, now=now, using=using)
        else:
            apply_to_debit(found, sure, now=now, using=using)


def _held(owner: int, reference: str, using: str) -> LinkRow | DebitRow | None:
    found = rows.referred(owner, reference, using=using)
    if isinstance(found, LinkRow):
        return rows.link(found.id, hold=True, using=using)
    return held_debit(found.id, using=using) if isinstance(found, DebitRow) else None


def _is_known(held: LinkRow | DebitRow, standing: Standing, using: str) -> bool:
    """Return whether a row stands as the provider says already, or where it says what money that came never does."""
    if held.state in _MONEY_CAME and standing.stage not in _AFTER_MONEY:
        return True
    if isinstance(held, LinkRow):
        is_same = _LINK_STATES.get(standing.stage) == held.state
    else:
        is_same = _debit_state(standing) == held.state and held.reason != rows.UNCLEAR
    return is_same and (standing.stage is not Stage.CLEARED or money.is_posted(held, standing, using))


def held_debit(debit_id: int, *, using: str = "default") -> DebitRow | None:
    """Hold a debit, its authorisation first, as everybody does who holds both: a failure may have to end it."""
    known = rows.debit(debit_id, using=using)
    if known is None:
        return None
    rows.mandate(known.mandate, hold=True, using=using)
    return rows.debit(debit_id, hold=True, using=using)


_LINK_STATES: Final = {
    Stage.SEEN: LinkState.SEEN,
    Stage.CLEARED: LinkState.PAID,
    Stage.RETURNED: LinkState.RETURNED,
    Stage.FAILED: LinkState.FAILED,
}
_DEBIT_STATES: Final = {
    Stage.OPEN: DebitState.PRESENTED,
    Stage.SEEN: DebitState.PRESENTED,
    Stage.CLEARED: DebitState.CLEARED,
    Stage.RETURNED: DebitState.RETURNED,
    Stage.FAILED: DebitState.FAILED,
}


def _debit_state(standing: Standing) -> DebitState:
    return _DEBIT_STATES.get(standing.stage, DebitState.CANCELLED)


def apply_to_link(link: LinkRow, standing: Standing, *, now: datetime, using: str = "default") -> None:
    """Take the step from how a link stood, held, to how it stands at the provider."""
    if not link.provider_ref:
        rows.move_link(link.id, provider_ref=standing.ref, using=using)
    state = _LINK_STATES.get(standing.stage)
    if state is None:
        if standing.stage in _OVER and link.state in {LinkState.MAKING, LinkState.OPEN}:
            rows.move_link(link.id, state=LinkState.EXPIRED, settled_at=now, using=using)
        return
    if _is_known(link, standing, using):
        return
    if state is LinkState.PAID and link.fee_minor and link.state != LinkState.PAID:
        money.charge_fee(link, now, using)
    if state in {LinkState.RETURNED, LinkState.FAILED} and link.fee_minor:
        money.give_fee_back(link, standing.reason or standing.stage.value, now, using)
    entry = money.move(link, standing, "link", now, using)
    rows.move_link(
        link.id, state=state, said_at=now, reason=standing.reason, using=using,
        **({"entry_id": entry} if entry else {}), **({} if state is LinkState.SEEN else {"settled_at": now}),
    )  # fmt: skip


def apply_to_debit(debit: DebitRow, standing: Standing, *, now: datetime, using: str = "default") -> None:
    """Take the step from how a debit stood, held, to how it stands at the provider."""
    if _is_known(debit, standing, using):
        return
    state = _debit_state(standing)
    entry = money.move(debit, standing, "debit", now, using)
    is_settled = state is not DebitState.PRESENTED
    reason = standing.reason if is_settled else ""
    rows.move_debit(
        debit.id, state=state, said_at=now, reason=reason, provider_ref=standing.ref, using=using,
        **({"entry_id": entry} if entry else {}), settled_at=now if is_settled else None,
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
