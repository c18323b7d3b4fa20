"""The round of the day: what is due is presented, what is under way is looked up, what is over ends.

For those who have no public address it stands in for the provider's messages; for all others it finds what got lost.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from arrears.actions.takings import debits, following, mandates, traces
from arrears.actions.takings.asking import Providers, provider_of
from arrears.channels.payments import Provider, ProviderError, Stage
from arrears.domain.takings import DebitState, MandateState
from arrears.kernel.hours import local_day
from arrears.store.doors import contact_records
from arrears.store.doors import takings as rows
from arrears.store.scope import Scope, scope

LOST_AFTER: Final = timedelta(minutes=15)
"""A link whose page was never made is given up after so long: nobody has its address."""
CLOCKS_DIFFER: Final = timedelta(hours=1)
"""How much earlier than by our clock the provider may have written what we asked for."""
LOOK_BACK: Final = timedelta(days=2)
"""How far behind the latest message the provider is asked for more: some come late."""


def go_round(owner: int, providers: Providers, *, now: datetime, using: str = "night") -> Counter[str]:
    """Do all of it for one organisation; return how many of each thing were looked at or ended.

    Opens scopes of its own: each thing is kept for itself, and one that fails does not keep the others.
    """
    done: Counter[str] = Counter()
    within = Scope(owner, None, using)
    with scope(owner, None, using=using):
        today = local_day(now, contact_records.house_of(owner, using=using).timezone)
        done["traces_to_humans"] = traces.to_humans(owner, today, now=now, using=using)
        done["mandates_expired"] = mandates.expire(owner, today, now=now, using=using)
        done["links_given_up"] = rows.give_up_links(owner, now - LOST_AFTER, now=now, using=using)
        provider = provider_of(owner, providers, using=using)
        references, asked = rows.to_follow(owner, now=now, using=using)
        last = rows.last_notice_at(owner, using=using)
    if provider is None:
        return done
    for debit in asked:
        done["presented"] += _presented(debit, provider, now, within)
    try:
        for reference in references:
            following.follow(owner, reference, provider, now=now, using=using)
            done["followed"] += 1
        done["found_after_all"] = _found_after_all(owner, provider, now, using)
        for told in provider.events((last or now) - LOOK_BACK):
            done["told"] += following.notice(told, provider, now=now, using=using)
        done["mandates_stopped"] = _stopped_at_the_bank(owner, provider, now, using)
    except ProviderError:
        done["provider_silent"] += 1
    return done


def _presented(debit: int, provider: Provider, now: datetime, within: Scope) -> int:
    """Present a debit whose day has come; one whose answer was lost long ago is left to a human."""
    using = within.using
    with scope(within.organisation, None, using=using):
        found = rows.debit(debit, using=using)
        if found is not None and found.state == DebitState.PRESENTING and found.presented_at is not None:
            is_unclear = now - found.presented_at > debits.UNCLEAR_AFTER
            if is_unclear:
                rows.move_debit(debit, state=DebitState.FAILED, settled_at=now, reason=rows.UNCLEAR, using=using)
                return 0
    return debits.present(debit, provider, now=now, within=within) is None


def _found_after_all(owner: int, provider: Provider, now: datetime, using: str) -> int:
    """Ask what became of debits that nobody knows of, until somebody does; return how many became known."""
    with scope(owner, None, using=using):
        lost = [(one, rows.mandate(one.mandate, using=using)) for one in rows.unclear_debits(owner, using=using)]
    count = 0
    for debit, mandate in lost:
        since = (debit.presented_at or debit.asked_at) - CLOCKS_DIFFER
        customer = mandate.provider_customer if mandate else ""
        seen = provider.find(owner, debit.reference, customer, since) if customer else None
        if seen is not None:
            following.keep(seen, owner, debit.reference, provider, now=now, using=using)
            count += 1
    return count


def _stopped_at_the_bank(owner: int, provider: Provider, now: datetime, using: str) -> int:
    """End the authorisations that are no longer good at the bank; return how many."""
    count = 0
    with scope(owner, None, using=using):
        in_force = rows.mandates_in_force(owner, using=using)
    for one in in_force:
        standing = provider.look_up_mandate(one.provider_mandate) if one.provider_mandate else None
        if standing is not None and standing.stage is Stage.CANCELLED:
            with scope(owner, None, using=using):
                held = rows.mandate(one.id, hold=True, using=using)
                if held is not None and held.state == MandateState.ACTIVE:
                    mandates.end(held, MandateState.STOPPED, "at_the_bank", now=now, using=using)
                    count += 1
    return count
