"""What words may truly say of debts: currency, original amount and entries by account, and names of organisations."""

from collections.abc import Iterable, Sequence

from arrears.store.tables.account import Account, Entry
from arrears.store.tables.organisation import Organisation


def entered(accounts: Sequence[int], *, using: str = "default") -> dict[int, tuple[str, set[int]]]:
    """Return by account its currency and the amounts, minor units, of its opening and of each of its entries."""
    rows = Account.objects.using(using).filter(pk__in=list(accounts)).values_list("pk", "currency", "original_minor")
    found = {pk: (currency, {original}) for pk, currency, original in rows}
    entries = Entry.objects.using(using).filter(account_id__in=list(found)).values_list("account_id", "amount_minor")
    for account, amount in entries:
        found[account][1].add(amount)
    return found


def names_of(organisations: Iterable[int], *, using: str = "default") -> frozenset[str]:
    """Return the names of ``organisations`` that the scope may see."""
    rows = Organisation.objects.using(using).filter(pk__in=list(organisations)).values_list("name", flat=True)
    return frozenset(rows)
