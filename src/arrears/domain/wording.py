"""What words contain: the blocks that a message must or may carry, and the topics it raises."""

from enum import StrEnum


class Block(StrEnum):
    """A part of a message that some law asks for."""

    OPT_OUT = "opt_out"
    COLLECTOR_NAMED = "collector_named"
    CREDITOR_NAMED = "creditor_named"
    DEBT_IDENTIFIED = "debt_identified"
    ATTEMPT_TO_COLLECT = "attempt_to_collect"
    """12 CFR 1006.18(e)(1), of an initial communication."""
    FROM_A_COLLECTOR = "from_a_collector"
    """12 CFR 1006.18(e)(2), of every later one."""
    CONTACT_POINT = "contact_point"
    COMPLAINT_AUTHORITY = "complaint_authority"
    DEBT_ADVICE = "debt_advice"
    TIME_BARRED = "time_barred"
    DISPUTE_RIGHTS = "dispute_rights"
    SUPPLIER_IDENTITY = "supplier_identity"
    """Name, address and tax number of the supplier (Brazil, CDC art 42-A)."""
    DATA_ORIGIN = "data_origin"
    RECORDING = "recording"
    FORBEARANCE = "forbearance"
    CALLER_NAMED = "caller_named"
    """The natural person who calls gives their own name (12 CFR 1006.10(b)(1), 1006.14(g))."""
    LOCATION_ASKED = "location_asked"
    """That somebody's whereabouts are being confirmed or corrected (12 CFR 1006.10(b)(1))."""


class Topic(StrEnum):
    """Something that words speak of and that a law or the house looks at."""

    DEBT = "debt"
    AMOUNT = "amount"
    SUIT = "suit"
    SEIZURE = "seizure"
    ARREST = "arrest"
    CREDIT_LISTING = "credit_listing"
    DEADLINE = "deadline"
    SETTLEMENT_OFFER = "settlement_offer"
    THIRD_PARTY = "third_party"
    BORROWING = "borrowing"
    WHY_UNPAID = "why_unpaid"
