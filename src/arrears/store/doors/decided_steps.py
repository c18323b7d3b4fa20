"""Steps against debtors that were permitted by name and are on record: what words may announce."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from arrears.domain.contacts import Act
from arrears.store.tables.event import Event


def permitted(
    accounts: Sequence[int], acts: Iterable[Act], *, until: datetime, using: str = "default"
) -> dict[int, frozenset[Act]]:
    """Return by account which of ``acts`` somebody here took by ``until``, with the gate's leave."""
    found: dict[int, set[Act]] = defaultdict(set)
    rows = Event.objects.using(using).filter(
        account_id__in=list(accounts), kind="act_permitted", staff__isnull=False, at__lte=until
    )
    wanted = {act.value: act for act in acts}
    for account, facts in rows.values_list("account_id", "facts"):
        if facts.get("act") in wanted:
            found[account].add(wanted[facts["act"]])
    return {account: frozenset(taken) for account, taken in found.items()}
