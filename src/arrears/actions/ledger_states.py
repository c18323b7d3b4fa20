"""What the ledger makes of debts at the end of a day, for verbs that ask before they act."""

from collections.abc import Mapping
from datetime import date

from arrears.actions import positions
from arrears.engine.ledger.state import State, state
from arrears.store.doors import positions as bases
from arrears.store.doors import promises


def states_at(days: Mapping[int, date], *, using: str = "default") -> dict[int, State]:
    """Return by debt what its entries make of it at the end of its day; nothing of a debt that the scope does not see.

    ``days`` names the day of each debt, by its number.
    """
    if not days:
        return {}
    facts = promises.facts_of(list(days), using=using)
    found = bases.bases_of(positions.ids(days), using=using)
    return {one.account: state(positions.terms_of(one), facts[one.account], days[one.account]) for one in found}
