"""Steps against debtors that were permitted by name and are on record: what words may announce."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from arrears.domain.contacts import Act
from arrears.store import answers


def permitted(
    accounts: Sequence[int], acts: Iterable[Act], *, until: datetime, using: str = "default"
) -> dict[int, frozenset[Act]]:
    """Return by account which of ``acts`` somebody here took by ``until``, with the gate's leave."""
    found: dict[int, set[Act]] = defaultdict(set)
    wanted = {act.value: act for act in acts}
    for account, act in answers.prepared(_PERMITTED, [list(accounts), until, list(wanted)], using=using):
        found[account].add(wanted[act])
    return {account: frozenset(taken) for account, taken in found.items()}


_PERMITTED: Final = """
    SELECT account_id, facts->>'act' FROM event
    WHERE account_id = ANY(%s::bigint[]) AND kind = 'act_permitted' AND staff_id IS NOT NULL AND at <= %s
      AND facts->>'act' = ANY(%s::text[])"""
