"""What collectors found out about a debt and its debtor, kept where the tables look for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Func, JSONField, Value
from django.db.models.expressions import Combinable

from arrears.store.tables.account import Account


def keep(accounts: Sequence[int], said: Mapping[str, Any], *, using: str = "default") -> int:
    """Set facts of ``accounts``, leaving others as they are; return how many accounts the scope may change."""
    merged: Combinable = Func(
        F("facts"), Value(dict(said), output_field=JSONField()), template="(%(expressions)s)", arg_joiner=" || "
    )
    return Account.objects.using(using).filter(pk__in=list(accounts)).update(facts=merged)
