"""People that a search came upon, with their debts in sight, as pages list them."""

from collections.abc import Sequence
from dataclasses import dataclass

from arrears.store import search
from arrears.store.search import Found
from arrears.store.tables.account import Account, AccountParty
from arrears.store.tables.work import AccountPosition


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who was searched for; ``due_unpaid_minor`` is in ``currency``, that of the first debt."""

    person: int
    name: str
    number: str
    accounts: tuple[str, ...]
    currency: str
    due_unpaid_minor: int


def find(words: str, *, most: int = search.MOST) -> tuple[Listed, ...]:
    """Return the people in sight who fit ``words``, with their debts."""
    return listed(search.find(words, most=most))


def listed(found: Sequence[Found]) -> tuple[Listed, ...]:
    """Return people with the debts to which they are party."""
    parties = AccountParty.objects.filter(person_id__in=[one.person for one in found])
    debts: dict[int, list[int]] = {}
    for person, account in parties.values_list("person_id", "account_id"):
        debts.setdefault(person, []).append(account)
    wanted = [account for each in debts.values() for account in each]
    accounts = {row.pk: row for row in Account.objects.filter(pk__in=wanted)}
    unpaid = dict(AccountPosition.objects.filter(pk__in=wanted).values_list("pk", "due_unpaid_minor"))
    return tuple(_listed(one, debts.get(one.person, []), accounts, unpaid) for one in found)


def _listed(one: Found, debts: list[int], accounts: dict[int, Account], unpaid: dict[int, int]) -> Listed:
    own = [accounts[pk] for pk in debts if pk in accounts]
    currency = own[0].currency if own else ""
    due = sum(unpaid.get(account.pk, 0) for account in own if account.currency == currency)
    return Listed(one.person, one.full_name, one.number, tuple(account.number for account in own), currency, due)
