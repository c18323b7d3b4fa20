"""Whether the papers of a debt are there: a debt that lacks one is not pursued.

What is needed stands in files; what is there follows from the ledger, from what identifies the person, and from what
somebody said of a paper. Most complaints are about debts not owed and amounts not right: papers come before calls.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from arrears.kernel.texts import Text


class Paper(StrEnum):
    """A paper of a debt, by the name under which the gate misses it (``debt.chain_of_creditors``)."""

    CHAIN_OF_CREDITORS = "chain_of_creditors"
    RIGHT_PERSON = "right_person"
    ITEMISATION = "itemisation"
    LAST_PAYMENT = "last_payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Which papers a kind of debt needs. Empty sets leave nothing out; ``transferred`` None: either way."""

    id: str
    title: Text
    words: Text
    papers: tuple[Paper, ...]
    transferred: bool | None = None
    debt_kinds: frozenset[str] = frozenset()
    own_customers_are_known: bool = False

    def are_of(self, debt_kind: str, *, is_transferred: bool) -> bool:
        """Return whether such a debt needs these papers."""
        fits_kind = not self.debt_kinds or debt_kind in self.debt_kinds
        return fits_kind and (self.transferred is None or self.transferred is is_transferred)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the book knows of the papers of one debt. Amounts in minor units.

    ``begins_on`` is the day of its first opening, None where the ledger has none; ``paid`` whether it has a payment;
    ``stated_minor`` what the creditor said is owed and ``owed_minor`` what the ledger says of the same day, each None
    where nobody said. ``facts`` are those of the account: what was said of a paper stands there under its name.
    """

    facts: Mapping[str, Any]  # JSON
    opened_on: date
    begins_on: date | None
    paid: bool
    is_identified: bool
    stated_minor: int | None = None
    owed_minor: int | None = None


def lacking(needs: Needs, known: Known) -> tuple[Paper, ...]:
    """Return the papers that are needed and not there, in the order of the file."""
    return tuple(paper for paper in needs.papers if not _is_there(paper, needs, known))


def _is_there(paper: Paper, needs: Needs, known: Known) -> bool:
    is_said = bool(str(known.facts.get(paper.value) or "").strip())
    match paper:
        case Paper.CHAIN_OF_CREDITORS:
            return is_said
        case Paper.RIGHT_PERSON:
            return is_said or known.is_identified or needs.own_customers_are_known
        case Paper.ITEMISATION:
            return is_said or _adds_up(known)
        case Paper.LAST_PAYMENT:
            return is_said or known.paid or _is_whole(known)


def _adds_up(known: Known) -> bool:
    """The ledger has an opening, and comes to what the creditor stated where that was stated."""
    return known.begins_on is not None and (known.stated_minor is None or known.stated_minor == known.owed_minor)


def _is_whole(known: Known) -> bool:
    """The ledger reaches back to the day the debt began: where it shows no payment, none was made."""
    return known.begins_on is not None and known.begins_on <= known.opened_on
