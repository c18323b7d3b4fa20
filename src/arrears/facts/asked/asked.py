"""What a fact that the gate asks for is: its name for programs, its words for people, its bearer and its supplier."""

from dataclasses import dataclass
from enum import StrEnum

from arrears.kernel.texts import Text


class Bearer(StrEnum):
    """What the fact is said of, and so where it is kept."""

    ORGANISATION = "organisation"
    PERSON = "person"
    CONTACT_POINT = "contact_point"
    PARTY = "party"
    ACCOUNT = "account"
    HOLD = "hold"
    PROPOSAL = "proposal"


class Supplier(StrEnum):
    """Who can be asked for it."""

    CREDITOR = "creditor"
    HOUSE = "house"
    DEBTOR = "debtor"
    REGISTER = "register"
    COLLECTOR = "collector"


class Shape(StrEnum):
    """What kind of value answers it."""

    YES_NO = "yes_no"
    WHOLE = "whole"
    DATE = "date"
    CODE = "code"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A fact by the name under which a verdict misses it ("debt.status"); ``key`` is its name where it is kept.

    ``remedy`` says what to do about it, to the person who works the queue of missing facts.
    """

    name: str
    words: Text
    bearer: Bearer
    supplier: Supplier
    remedy: Text
    shape: Shape = Shape.WORDS
    codes: tuple[str, ...] = ()
    key: str = ""
