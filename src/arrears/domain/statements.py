"""What a bank says happened on an account, in one form whatever the file was: statements, lines, returns.

Amounts are whole minor units, signed as the account holder sees them: money in is above zero. A line that stands for
several payments carries them as `parts`, whose amounts add up to its own; a line without parts is its own item. What a
file does not say is empty text, ``None`` or an empty tuple, never a guess.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from arrears.kernel.money import Minor
from arrears.kernel.texts import Text


class ReferenceKind(StrEnum):
    """What a reference on a bank line is a reference to."""

    CREDITOR = "creditor"
    """A structured creditor reference (ISO 11649 ``RF..`` or a national one), as the payer was asked to give it."""
    END_TO_END = "end_to_end"
    """What the payer, or we for a debit, gave to travel with the payment unchanged."""
    MANDATE = "mandate"
    CREDITOR_ID = "creditor_id"
    DOCUMENT = "document"
    """The number of an invoice or another document named in structured remittance."""
    CUSTOMER = "customer"
    """A reference of the account holder (MT940 field 61, BAI2 customer reference, the id number of an ACH entry)."""
    INSTRUCTION = "instruction"
    PAYMENT_INFORMATION = "payment_information"
    MESSAGE = "message"
    TRANSACTION = "transaction"
    """The clearing's own id of the payment (TxId, UETR, an ACH trace number)."""
    CLEARING = "clearing"
    CHEQUE = "cheque"
    BANK = "bank"
    """The servicing bank's own id of the booking; tells the same booking in two files."""
    OTHER = "other"


class Reference(NamedTuple):
    """A reference and what it refers to."""

    kind: str
    text: str


class Balance(NamedTuple):
    """What stood on the account: signed minor units, and the day."""

    amount_minor: Minor
    on: date | None


class LineStatus(StrEnum):
    """Whether money has moved: only a booked line may be posted."""

    BOOKED = "booked"
    PENDING = "pending"
    INFORMATION = "information"


class ReturnKind(StrEnum):
    """What became of a payment that did not stay."""

    RETURN = "return"
    """The money came and went back: the payment is undone."""
    REJECTION = "rejection"
    """The order was refused before any money moved."""
    DISHONOURED = "dishonoured"
    """The receiver of a return refuses the return itself."""
    CONTESTED = "contested"
    """The returning bank insists against a dishonour."""
    CHANGE = "change"
    """No money moved: the bank asks to correct account data (notification of change)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One booking, or one payment within a booking.

    ``id`` is unique within its file and the same each time the file is read. ``payer_*`` name the other side, whoever
    it is: for money going out it is the receiver. ``bank_code`` is the bank's code of the kind of booking in the
    words of its format. ``return_reason`` is an ISO external return code or a NACHA R code where the file tells one;
    ``returned_ref`` is the reference of the payment that came back. ``charges_minor`` is what the bank kept back
    before booking and is not part of the amount. ``is_reversal`` says the bank takes back an earlier booking.
    """

    id: str
    booked_on: date | None
    value_on: date | None
    amount_minor: Minor
    currency: str
    references: tuple[Reference, ...] = ()
    payer_name: str = ""
    payer_account: str = ""
    ultimate_payer: str = ""
    remittance: str = ""
    bank_code: str = ""
    is_return: bool = False
    is_reversal: bool = False
    return_reason: str = ""
    returned_ref: str = ""
    charges_minor: Minor = 0
    status: str = LineStatus.BOOKED
    parts: tuple["Line", ...] = ()

    @property
    def items(self) -> tuple["Line", ...]:
        """The payments of this line: its parts, or itself."""
        return self.parts or (self,)

    def references_of(self, kind: str) -> tuple[str, ...]:
        """Return the references of one kind, in the file's order."""
        return tuple(reference.text for reference in self.references if reference.kind == kind)


@dataclass(frozen=True, slots=True)
class Return:
    """A payment of ours that did not stay, told apart from any booking (pain.002, ACH returns).

    ``amount_minor`` is that of the original, without sign. ``was_debit`` says whether the original drew money from the
    debtor, which is the case that reopens a debt. ``corrected`` carries the account data a bank asks to use from now.
    """

    id: str
    kind: str
    reason: str
    amount_minor: Minor
    currency: str
    on: date | None
    references: tuple[Reference, ...] = ()
    debtor_name: str = ""
    debtor_account: str = ""
    was_debit: bool = True
    words: str = ""
    corrected: str = ""

    def references_of(self, kind: str) -> tuple[str, ...]:
        """Return the references of one kind, in the file's order."""
        return tuple(reference.text for reference in self.references if reference.kind == kind)


class StatementKind(StrEnum):
    """How final what a statement says is."""

    BOOKED = "booked"
    """The day's bookings (camt.053, MT940, BAI2 prior day, OFX, CSV)."""
    INTRADAY = "intraday"
    """Bookings of a day that still runs (camt.052, MT942); the same lines come again in the day's statement."""
    NOTICE = "notice"
    """Single bookings told ahead of, or beside, the statement (camt.054); they come again too."""
    RETURNS = "returns"
    """Only what came back or was refused (pain.002, ACH returns)."""
    CLEARING = "clearing"
    """Entries of a clearing file as its originator sees them (NACHA): told, never booked; the statement books them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one file says of one bank account: lines in the file's order, and the returns told apart from bookings."""

    bank_account: str
    currency: str
    number: str
    opening: Balance | None
    closing: Balance | None
    lines: tuple[Line, ...]
    source_format: str
    kind: str = StatementKind.BOOKED
    made_on: date | None = None
    returns: tuple[Return, ...] = ()
    notes: tuple[Text, ...] = ()
    """What was odd and how it was read, in words for people."""

    @property
    def items(self) -> Iterator[Line]:
        """Every payment: batched bookings opened into their parts."""
        return (item for line in self.lines for item in line.items)

    @property
    def total_minor(self) -> Minor:
        """What the lines add up to, signed; lines in another currency than the statement's are left out."""
        return sum(line.amount_minor for line in self.lines if line.currency == self.currency)


_KEY_DIGITS: Final = 32


def line_keys(statement: Statement) -> tuple[str, ...]:
    """Return a key for each of the statement's items that is the same when the same booking comes in another file.

    It is a digest of account, amount, day and the bank's own reference (or, where the bank gives none, of all that the
    line says); a second and third booking alike in one statement are told apart by their turn.
    """
    seen: Counter[str] = Counter()
    return tuple(_key(statement, item, seen) for item in statement.items)


def _key(statement: Statement, item: Line, seen: Counter[str]) -> str:
    own = item.references_of(ReferenceKind.BANK) or (*(r.text for r in item.references), item.payer_name)
    words = (*own, "" if item.references_of(ReferenceKind.BANK) else item.remittance)
    said = (statement.bank_account, item.currency, str(item.amount_minor), str(item.value_on or item.booked_on), *words)
    bare = "\x1f".join(said)
    seen[bare] += 1
    return hashlib.sha256(f"{bare}\x1f{seen[bare]}".encode()).hexdigest()[:_KEY_DIGITS]
