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
# Costs; what late charges took of payments while an instalment went short for it; the rate that runs now.
COSTS, DIVERTED, RATE = range(34, 37)
# Only of accounts whose charge is not plain (`rich`): whether this one is; the base of its charge; the next day on
# which time changes how it runs; end of a freeze, whether one holds; the rates of the calendar, freeze or not; contract
# interest: rate, base, whole, rest, paid or waived; which fixed charges of a spell have arisen.
IS_RICH, BASE, NEXT, FROZEN_TO, IS_FROZEN, CALENDAR_RATE, CALENDAR_INTEREST = range(37, 44)
INTEREST_RATE, INTEREST_BASE, ACCRUED, ACCRUED_CARRY, ACCRUED_SETTLED, SPELL_DONE = range(44, 50)
# Places: tail of the terms, the change of rates that comes next; sums; end of records of growth. Whether sums are kept.
TAIL_AT, CHANGE, SUMS_AT, GROWTHS_AT, GROWTHS, IS_SUMMING = range(50, 56)
# Terms.
TERMS_AT = 60
T_WATERFALL, T_TOLERANCE, T_TOLERANCE_PPM, T_RATE, T_DAY_COUNT, T_PARTS = range(60, 66)
T_GRACE, T_CAP, T_CAP_PPM, T_ROUNDS_UP = range(66, 70)
T_IS_RICH, T_ON, T_INTEREST_RATE, T_INTEREST_DAY_COUNT, T_INTEREST_PARTS, T_INTEREST_ROUNDS_UP = range(70, 76)
T_TAIL, T_CHANGES, T_STAGES = range(76, 79)
TERMS = 19

# The tail of terms that are not plain: changes of rates (day, late charge, contract interest), then fixed charges (days
# after the due date, amount, 1 where once a spell), then, in the room, the next instalment of each fixed charge.
CHANGE_WIDTH = 3
STAGE_WIDTH = 3

# An instalment: when it falls due and from when it ages (later after a re-age), what is unpaid, what it was, the least
# shortfall that counts, its number, when it was no longer short, the entry that listed it, and whether it is spared:
# short only by what late charges took of payments that were in time.
ROOM = 79
WIDTH = 10
DUE, AGED, PRINCIPAL, INTEREST, AMOUNT, SHORT, NUMBER, DONE, SOURCE, SPARED = range(10)

# A payer: the entry, what is left of it.
PAYER_WIDTH = 2
# A record: by which entry, on which day, which part, of which instalment (-1: none), how much.
RECORD_WIDTH = 5
MOST_RECORDS = 16
# A growth: what grew, since and until which day, on which base (fixed: which instalment), at which rate (fixed: which
# stage), whole, rest, 1 where a cap held it.
GROWTH_WIDTH = 8
GROWTH_DAILY, GROWTH_FIXED, GROWTH_INTEREST = 1, 2, 3

# On what the late charge runs: arrears.domain.charging.ChargeOn.
OVERDUE_PRINCIPAL, OVERDUE_INSTALMENTS, OUTSTANDING = 1, 2, 3

# Parts of a debt, as allocations name them.
PART_PRINCIPAL, PART_INTEREST, PART_FEES, PART_CHARGES, PART_COSTS, PART_ACCRUED = 1, 2, 3, 4, 5, 6

# Orders of paying with a name: arrears.domain.waterfalls.Waterfall, and what they are as digits of steps.
INTEREST_PRINCIPAL_CHARGES, CHARGES_INTEREST_PRINCIPAL = 1, 2
COSTS_INTEREST_PRINCIPAL, PRINCIPAL_INTEREST_CHARGES = 3, 4
NAMED = (0, 0o5216, 0o6215, 0o43521, 0o52134)
MOST_NAMED = 4
# Steps of an order, in base eight, the first lowest.
STEP = 8
PAY_COSTS, PAY_FEES, PAY_INTEREST, PAY_PRINCIPAL, PAY_CHARGES = 1, 2, 3, 4, 5
PAY_INTEREST_WITH_PRINCIPAL = 6

# Kinds of entries: arrears.domain.entries.EntryKind; a test holds them equal.
OPENING, ADJUSTMENT, DEFERRAL, INSTALMENT_DUE, FEE, COST = 10, 20, 30, 40, 50, 52
CHARGE_FREEZE = 32
ACCELERATION, PAYOFF, PAYMENT_SEEN = 60, 62, 70
FIRST_CASH, LAST_CASH = 80, 86
WAIVER, SETTLEMENT, RE_AGE, CHARGE_OFF, SALE, REVERSAL = 90, 92, 100, 110, 112, 120

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
    "costs_minor",
    "charge_base_minor",
    "accrued_minor",
    "accrued_carry",
    "accrued_settled_minor",
    "accrual_rate_ppm",
    "accrual_day_count",
    "accrual_rounds_up",
)
"""What the loop answers, in order: the columns of the position that it fills."""

SUMS = (
    "opened_principal",
    "opened_interest",
    "added_principal",
    "added_fees",
    "billed_interest",
    "accrued_interest",
    "fees",
    "costs",
    "charges",
    "cash_payment",
    "cash_direct",
    "cash_set_off",
    "cash_recovery",
    "paid_principal",
    "paid_interest",
    "paid_fees",
    "paid_charges",
    "paid_costs",
    "paid_accrued",
    "waived_principal",
    "waived_interest",
    "waived_fees",
    "waived_charges",
    "waived_costs",
    "waived_accrued",
    "settled_principal",
    "settled_interest",
    "settled_fees",
    "settled_charges",
    "settled_costs",
    "settled_accrued",
    "adjusted_principal",
    "adjusted_interest",
    "adjusted_fees",
    "adjusted_charges",
    "adjusted_costs",
    "adjusted_accrued",
    "charged_off",
    "regained",
    "sold",
    "sale_price",
    "balance_principal",
    "balance_interest",
    "balance_accrued",
    "balance_fees",
    "balance_costs",
    "balance_charges",
    "balance_credit",
    "balance_book",
)
"""What the loop sums up where it is asked to, in order: see `sums`."""

S_OPENED_PRINCIPAL, S_OPENED_INTEREST, S_ADDED_PRINCIPAL, S_ADDED_FEES, S_BILLED, S_ACCRUED = range(6)
S_FEES, S_COSTS, S_CHARGES, S_CASH = range(6, 10)
S_PAID, S_WAIVED, S_SETTLED, S_ADJUSTED = 13, 19, 25, 31
S_CHARGED_OFF, S_REGAINED, S_SOLD, S_SALE_PRICE, S_BALANCES = 37, 38, 39, 40, 41
