"""Names of the places in the ledger's working room and answers. Plain numbers, frozen when compiled.

The room of one account is one row of whole numbers: registers and terms first, then instalments of `WIDTH`
numbers each, then marks of entries that are taken out, payers, and records of who paid what. An instalment is
named by its place.
"""

# Instalments: end of those listed, of those fallen due, of those past grace; the first that may be unpaid; how many are
# unpaid beyond tolerance.
LISTED, FALLEN, GRACED, FIRST, UNPAID = range(5)
# Money owed and held.
UNDUE, FEES, CREDIT, OVERDUE, OPENED, CHARGED_OFF, BILLED, PAID, PENDING = range(5, 14)
# Late charge: counted up to a day, whole, rest, paid or waived.
ANCHOR, CHARGE, CARRY, SETTLED = range(14, 18)
# Days.
LAST_PAYMENT, LAST_PAYMENT_DAY, DEFERRED_TO, LATE_SINCE, CURED, RELIEF, LAST_DUE = range(18, 25)
# Flags; relief that found nothing to relieve.
IS_ACCELERATED, IS_SOLD, IS_RECORDING, WASTED = range(25, 29)
# Places: marks of dead entries; end of payers, the one whose money goes next; end of records.
DEAD_AT, PAYERS, PAYER, RECORDS_AT, RECORDS = range(29, 34)
# Terms.
TERMS_AT = 40
T_WATERFALL, T_TOLERANCE, T_TOLERANCE_PPM, T_RATE, T_DAY_COUNT, T_PARTS = range(40, 46)
T_GRACE, T_CAP, T_CAP_PPM, T_ROUNDS_UP = range(46, 50)
TERMS = 10

# An instalment: when it falls due and from when it ages (later after a re-age), what is unpaid, what it was, the least
# shortfall that counts, its number, when it was no longer short, the entry that listed it.
ROOM = 50
WIDTH = 9
DUE, AGED, PRINCIPAL, INTEREST, AMOUNT, SHORT, NUMBER, DONE, SOURCE = range(9)

# A payer: the entry, what is left of it.
PAYER_WIDTH = 2
# A record: by which entry, on which day, which part, of which instalment (-1: none), how much.
RECORD_WIDTH = 5

# Parts of a debt, as allocations name them.
PART_PRINCIPAL, PART_INTEREST, PART_FEES, PART_CHARGES = 1, 2, 3, 4

# Orders of paying: arrears.domain.terms.Waterfall.
INTEREST_PRINCIPAL_CHARGES, CHARGES_INTEREST_PRINCIPAL = 1, 2
COSTS_INTEREST_PRINCIPAL, PRINCIPAL_INTEREST_CHARGES = 3, 4

# Kinds of entries: arrears.domain.entries.EntryKind; a test holds them equal.
OPENING, ADJUSTMENT, DEFERRAL, INSTALMENT_DUE, FEE, COST = 10, 20, 30, 40, 50, 52
CHARGE_FREEZE = 32
ACCELERATION, PAYOFF, PAYMENT_SEEN = 60, 62, 70
FIRST_CASH, LAST_CASH = 80, 86
WAIVER, SETTLEMENT, RE_AGE, CHARGE_OFF, SALE = 90, 92, 100, 110, 112

NONE = 2_147_483_647
"""No such day: arrears.kernel.epoch.NO_DATE."""

UNCAPPED = 4_611_686_018_427_387_904
"""arrears.domain.position.NO_CAP."""

PATTERN_KEPT = 2**59 - 1
"""Of ``late_pattern`` when one more instalment joins: sixty are remembered."""

NO_NUMBER = -1
"""Number of what falls due without being an instalment of the contract."""

ANSWERS = (
    "principal_minor",
    "interest_minor",
    "fees_minor",
    "credit_minor",
    "due_unpaid_minor",
    "last_due_unpaid_minor",
    "overdue_principal_minor",
    "charge_minor",
    "charge_carry",
    "charge_settled_minor",
    "charge_cap_minor",
    "book_minor",
    "charged_off_minor",
    "billed_minor",
    "paid_minor",
    "pending_minor",
    "last_payment_minor",
    "next_due_minor",
    "late_pattern",
    "look_again_on",
    "charge_anchor_day",
    "charge_rate_ppm",
    "oldest_unpaid_day",
    "last_due_day",
    "next_due_day",
    "last_payment_day",
    "late_since_day",
    "cured_day",
    "relief_day",
    "instalments_due",
    "instalments_paid",
    "instalments_late",
    "charge_day_count",
    "charge_rounds_up",
    "flags",
)
"""What the loop answers, in order: the columns of the position that it fills."""
