"""Pay links: one page, one amount, paid once, over when its time is (P29)."""

from datetime import datetime, timedelta
from typing import Final

from arrears.actions import history
from arrears.actions.takings.asking import (
    Asked,
    Providers,
    asked_on,
    days_of,
    new_reference,
    provider_of,
    refused_amount,
    refused_by_cap,
    refused_fee,
)
from arrears.actions.takings.mistakes import mistake
from arrears.channels.payments import PageAsked, Provider, ProviderError
from arrears.domain.takings import Choice, LinkState
from arrears.kernel.problems import Problem
from arrears.store.after import after_commit
from arrears.store.doors import positions
from arrears.store.doors import takings as rows
from arrears.store.doors.takings import LinkRow
from arrears.store.scope import Scope, current, scope

HOURS: Final = 23
"""How long a link lives unless the organisation says otherwise; the provider's pages live a day at most."""
MOST_HOURS: Final = 24


def ask(
    account: int,
    choice: str,
    amount_minor: int | None = None,
    *,
    providers: Providers,
    back: str,
    now: datetime,
    attempt: int | None = None,
    fee_minor: int = 0,
    using: str = "default",
) -> LinkRow | Problem:
    """Make a link for all that is past due, for what was promised, or for a part that the debtor names.

    Its page is made at the provider once this is kept; until then its state is ``making``. ``back`` is where the payer
    goes afterwards. A fee for paying so is refused unless the agreement names it and no cap of
    contract or law stands against it.
    """
    asked = asked_on(account, now=now, using=using)
    if isinstance(asked, Problem):
        return asked
    provider = provider_of(asked.payer.owner, providers, using=using)
    if provider is None:
        return mistake("no_provider")
    wanted = _amount(asked, choice, amount_minor, using)
    if isinstance(wanted, Problem):
        return wanted
    problem = (
        refused_amount(asked, wanted, provider)
        or refused_fee(asked, fee_minor, using=using)
        or refused_by_cap(asked, fee_minor, using=using)
    )
    if problem is not None:
        return problem
    hours = min(days_of(asked.payer.owner, "link_hours", HOURS, using=using), MOST_HOURS)
    made = rows.add_link(
        organisation_id=asked.payer.owner,
        account_id=account,
        person_id=asked.payer.person,
        attempt_id=attempt,
        reference=new_reference("link"),
        choice=choice,
        amount_minor=wanted + fee_minor,
        fee_minor=fee_minor,
        currency=asked.payer.currency,
        made_at=now,
        expires_at=now + timedelta(hours=hours),
        using=using,
    )
    history.append(
        "pay_link_made", owner=asked.payer.owner, account=account, person=asked.payer.person, now=now, using=using,
        link=made.id, amount_minor=made.amount_minor, choice=choice,
    )  # fmt: skip
    page = _page(asked, made, back)
    within = current(using)
    after_commit(lambda: open_page(made.id, page, provider, within), using=using)
    return made


def _amount(asked: Asked, choice: str, said: int | None, using: str) -> int | Problem:
    match choice:
        case Choice.ALL_DUE:
            return asked.due_minor or mistake("nothing_due", "amount")
        case Choice.PROMISED:
            position = positions.read([asked.payer.account], using=using).get(asked.payer.account)
            return (position and position.promise_minor) or mistake("no_promise", "amount")
        case _:
            return said or mistake("amount_missing", "amount")


def _page(asked: Asked, made: LinkRow, back: str) -> PageAsked:
    return PageAsked(
        organisation=made.organisation,
        reference=made.reference,
        amount_minor=made.amount_minor,
        currency=made.currency,
        words=f"{asked.payer.owner_name} {asked.payer.number}",
        back=back,
        language=asked.payer.language[:2],
        expires_at=made.expires_at,
    )


def open_page(link_id: int, page: PageAsked, provider: Provider, within: Scope) -> None:
    """Make the page at the provider and write down where it is; where nobody answers the link fails, and says so."""
    try:
        made = provider.make_page(page)
    except ProviderError:
        with scope(within.organisation, within.user, using=within.using):
            rows.move_link(link_id, state=LinkState.FAILED, reason="provider_silent", using=within.using)
        return
    with scope(within.organisation, within.user, using=within.using):
        rows.move_link(link_id, state=LinkState.OPEN, url=made.url, provider_ref=made.ref, using=within.using)


def cancel(link_id: int, *, providers: Providers, now: datetime, using: str = "default") -> Problem | None:
    """Close a link that nobody has paid; the page at the provider is closed once this is kept."""
    found = rows.link(link_id, hold=True, using=using)
    if found is None or found.state not in {LinkState.MAKING, LinkState.OPEN}:
        return mistake("over")
    rows.move_link(link_id, state=LinkState.CANCELLED, settled_at=now, using=using)
    history.append(
        "pay_link_cancelled", owner=found.organisation, account=found.account, now=now, using=using, link=link_id
    )
    provider = provider_of(found.organisation, providers, using=using)
    if provider and found.provider_ref:
        after_commit(lambda: _close(provider, found.provider_ref), using=using)
    return None


def _close(provider: Provider, ref: str) -> None:
    try:
        provider.cancel(ref)
    except ProviderError:
        return  # the page ends by its own clock; money that still comes is taken, and shows
