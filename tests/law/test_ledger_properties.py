"""The ledger against its oracle, over accounts made at random: terms, entries, backdating, reversals."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts import missing

from arrears.domain.charging import Cap, ChargeOn, ContractInterest, DatedRate, Each, FixedCharge, LateCharge
from arrears.domain.entries import CASH_KINDS, Entry, EntryKind, taken_out
from arrears.domain.position import as_rows
from arrears.domain.terms import Terms
from arrears.domain.waterfalls import Pays, Waterfall, whole_order
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.compiled import has_numba
from arrears.engine.ledger.oracle import Oracle, told
from arrears.engine.ledger.position import position
from arrears.engine.ledger.rebuild import ENTRY, block_of, rebuild, rebuild_stream
from arrears.engine.ledger.state import Part, State, state
from arrears.kernel.daycount import DayCount
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.kernel.rounding import Rounding

FIRST_DAY = date(2027, 12, 1)
DAYS = 150
K = EntryKind
ADDS = (K.OPENING, K.INSTALMENT_DUE, K.INSTALMENT_DUE, K.INSTALMENT_DUE, K.FEE, K.COST, K.ADJUSTMENT)
PAYS = (K.PAYMENT, K.PAYMENT, K.PAYMENT, K.PAYMENT_DIRECT, K.SET_OFF, K.RECOVERY, K.PAYMENT_SEEN)
SELDOM = (K.WAIVER, K.SETTLEMENT, K.ACCELERATION, K.PAYOFF, K.RE_AGE, K.DEFERRAL, K.CHARGE_OFF, K.SALE)
RARE = (*SELDOM, K.CHARGE_FREEZE, K.CHARGE_FREEZE, K.REVERSAL, K.REVERSAL)

days = st.integers(0, DAYS).map(lambda n: FIRST_DAY + timedelta(days=n))
ppm = st.sampled_from([0, 50_000, 240_000, 999_999, 10_000_000])
ANY_ORDER = [
    each
    for parts in permutations(Pays)
    for by_instalment in (False, True)
    if (each := whole_order(parts, by_instalment=by_instalment))
]
waterfalls = st.one_of(st.sampled_from(Waterfall), st.sampled_from(ANY_ORDER))
dated = st.lists(st.tuples(days, ppm), max_size=3, unique_by=lambda each: each[0]).map(
    lambda made: tuple(DatedRate(*each) for each in sorted(made))
)
fixed = st.lists(
    st.builds(FixedCharge, st.sampled_from([1, 3, 30]), st.sampled_from([0, 7, 4_000]), st.sampled_from(Each)),
    max_size=3,
).map(tuple)
caps = st.lists(
    st.builds(
        Cap,
        st.just("a law"),
        st.sampled_from([None, 0, 100_000]),
        st.sampled_from([None, None, 0, 40]),
        st.sampled_from([None, None, 20_000]),
        st.booleans(),
        st.none() | days,
        st.none() | days,
    ),
    max_size=2,
).map(tuple)


def terms_from(*, plain: bool) -> st.SearchStrategy[Terms]:
    """Terms of one rate on overdue principal, or of everything there is."""
    return st.builds(
        Terms,
        waterfall=st.sampled_from(Waterfall) if plain else waterfalls,
        tolerance_minor=st.sampled_from([0, 0, 5, 100]),
        tolerance_ppm=st.sampled_from([0, 50_000, 333_333]),
        late_charge=st.builds(
            LateCharge,
            rate_ppm=ppm,
            day_count=st.sampled_from(DayCount),
            grace_days=st.sampled_from([0, 0, 1, 5, 40]),
            rate_cap_ppm=st.sampled_from([0, 0, 360_000]),
            cap_minor=st.sampled_from([0, 0, 3, 50]),
            cap_ppm=st.sampled_from([0, 0, 10_000, 1_000_000]),
            rounding=st.sampled_from([Rounding.HALF_UP, Rounding.DOWN]),
            on=st.just(ChargeOn.OVERDUE_PRINCIPAL) if plain else st.sampled_from(ChargeOn),
            rates=st.just(()) if plain else st.just(()) | dated,
            fixed=st.just(()) if plain else st.just(()) | fixed,
        ),
        contract_interest=st.builds(
            ContractInterest,
            st.just(()) if plain else st.just(()) | dated,
            st.sampled_from(DayCount),
            st.sampled_from([Rounding.HALF_UP, Rounding.DOWN]),
        ),
        caps=st.just(()) if plain else st.just(()) | caps,
    )


terms_made = st.one_of(terms_from(plain=True), terms_from(plain=False), terms_from(plain=False))


@st.composite
def entry_made(draw: st.DrawFn, number: int) -> Entry:
    kind = draw(st.sampled_from(draw(st.sampled_from([ADDS, PAYS, RARE]))))
    value, book_day = draw(days), draw(st.integers(1, 5))
    most = draw(st.sampled_from([1_000, 1_000, 10**13]))
    amount = draw(st.integers(0, most))
    principal = draw(st.integers(0, amount)) if kind not in CASH_KINDS else 0
    detail, reverses = 0, 0
    if kind is K.ADJUSTMENT and draw(st.booleans()):
        amount, principal = -amount, -principal
    if kind in {K.DEFERRAL, K.CHARGE_FREEZE}:
        detail = epoch_day(value) + draw(st.integers(0, 60))
    if kind is K.INSTALMENT_DUE:
        detail = draw(st.integers(0, 3))
    if kind in CASH_KINDS:
        detail = draw(
            st.just(0) | st.sampled_from([1, 2, 3, 4]) | st.sampled_from(ANY_ORDER).map(lambda each: each.code)
        )
    if kind is K.REVERSAL or (kind is K.PAYMENT and draw(st.booleans())):
        reverses = draw(st.integers(0, number))
    return Entry(number, kind, value, book_day, amount, principal, reverses, detail)


@st.composite
def accounts_made(draw: st.DrawFn) -> list[Entry]:
    owed = draw(st.integers(0, 5_000))
    entries = [Entry(1, K.OPENING, FIRST_DAY, 1, owed, owed)]
    entries += [draw(entry_made(number)) for number in range(2, 2 + draw(st.integers(0, 14)))]
    return entries


def said(it: State) -> dict[str, object]:
    return {
        "principal": it.principal,
        "interest": it.interest,
        "fees": it.fees,
        "charge_exact": it.charge_exact,
        "charges": it.charges,
        "charges_settled": it.charges_settled,
        "credit": it.credit,
        "book": it.book,
        "charged_off": it.charged_off,
        "paid": it.paid,
        "pending": it.pending,
        "wasted": it.wasted,
        "overdue_principal": it.overdue_principal,
        "arrears": it.arrears,
        "oldest_unpaid": it.oldest_unpaid,
        "days_past_due": it.days_past_due,
        "instalments": [(each.due, each.ages_from, each.amount, each.unpaid) for each in it.instalments],
        "costs": it.costs,
        "accrued": it.accrued,
        "accrued_exact": it.accrued_exact,
        "charge_base": it.charge_base,
        "spared": list(it.spared),
    }


def said_by_oracle(it: Oracle, as_of: date) -> dict[str, object]:
    return {
        "principal": it.principal,
        "interest": it.interest,
        "fees": it.fees + it.costs,
        "charge_exact": it.charge,
        "charges": it.charges,
        "charges_settled": it.charge_settled,
        "credit": it.credit,
        "book": it.book,
        "charged_off": it.charged_off,
        "paid": it.paid,
        "pending": it.pending,
        "wasted": it.wasted,
        "overdue_principal": it.overdue_principal(as_of),
        "arrears": it.arrears(as_of),
        "oldest_unpaid": it.oldest_unpaid(),
        "days_past_due": it.days_past_due(as_of),
        "instalments": [(each.due, each.ages_from, each.amount, each.unpaid) for each in it.fallen()],
        "costs": it.costs,
        "accrued": it.accrued_owed,
        "accrued_exact": it.accrued,
        "charge_base": it.charge_base(as_of),
        "spared": [n for n, each in enumerate(it.fallen()) if each.is_spared],
    }


@settings(deadline=None, max_examples=100)
@given(terms_made, accounts_made(), days, st.integers(1, 5))
def test_state_is_what_the_oracle_tells_day_by_day(
    terms: Terms, entries: list[Entry], as_of: date, known_on: int
) -> None:
    assert said(state(terms, entries, as_of, known_on)) == said_by_oracle(told(terms, entries, as_of, known_on), as_of)


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days)
def test_every_cent_paid_is_allocated_or_kept_as_credit(terms: Terms, entries: list[Entry], as_of: date) -> None:
    it = state(terms, entries, as_of)
    cash = {entry.id: entry.amount for entry in entries if entry.kind in CASH_KINDS}
    by_payments = [each for each in it.allocations if each.entry in cash]
    assert sum(each.amount for each in by_payments) + it.credit == it.paid
    for each in {each.entry for each in by_payments}:
        assert sum(it.allocated(each).values()) <= cash[each]
    waived = {K.WAIVER, K.SETTLEMENT, K.ADJUSTMENT}
    by_relief = [each for each in it.allocations if each.entry not in cash]
    assert {next(e.kind for e in entries if e.id == each.entry) for each in by_relief} <= waived


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days)
def test_what_was_owed_less_what_was_taken_off_is_what_is_owed(terms: Terms, entries: list[Entry], as_of: date) -> None:
    it = state(terms, entries, as_of)
    taken = {part: sum(each.amount for each in it.allocations if each.part is part) for part in Part}
    dead = taken_out(entries)
    living = [entry for entry in entries if entry.id not in dead and entry.value_date <= as_of]
    added = [e for e in living if e.kind is K.OPENING or (e.kind is K.ADJUSTMENT and e.amount > 0)]
    fees = sum(e.amount for e in living if e.kind in {K.FEE, K.COST})
    fees += sum(e.amount - e.principal for e in added if e.kind is K.ADJUSTMENT)
    assert it.principal == sum(e.principal for e in added) - taken[Part.PRINCIPAL]
    assert it.fees == fees - taken[Part.FEES] - taken[Part.COSTS]
    assert it.charges_settled == taken[Part.CHARGES]


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days, st.integers(1, 4), st.randoms(use_true_random=False))
def test_later_knowledge_never_changes_what_was_known(
    terms: Terms, entries: list[Entry], as_of: date, known_on: int, chance: random.Random
) -> None:
    before = [entry for entry in entries if entry.book_day <= known_on]
    shuffled = chance.sample(entries, len(entries))
    assert state(terms, shuffled, as_of, known_on) == state(terms, before, as_of, known_on)


def arrival(entries: list[Entry], chance: random.Random) -> dict[int, int]:
    """Another order of arrival: in it, too, what takes out comes after what it takes out, and only then takes it out."""
    waiting = [entry.id for entry in entries]
    numbers: dict[int, int] = {}
    takes = {entry.id: entry.reverses for entry in entries if entry.reverses}
    while waiting:
        now = chance.choice([each for each in waiting if takes.get(each, 0) >= each or takes.get(each) not in waiting])
        waiting.remove(now)
        numbers[now] = len(numbers) + 1
    return numbers


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(
    terms: Terms, entries: list[Entry], as_of: date, chance: random.Random
) -> None:
    number = arrival(entries, chance)
    arrived = [
        Entry(
            number[e.id],
            e.kind,
            e.value_date,
            chance.randint(1, 9),
            e.amount,
            e.principal,
            number.get(e.reverses, 0) if e.reverses < e.id else 0,
            e.detail,
        )
        for e in entries
    ]
    chance.shuffle(arrived)
    assert said(state(terms, arrived, as_of)) == said(state(terms, entries, as_of))
    assert position(1, terms, arrived, as_of) == position(1, terms, entries, as_of)


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days, st.integers(0, 60))
def test_what_has_happened_by_a_day_has_happened_on_every_later_day(
    terms: Terms, entries: list[Entry], as_of: date, later: int
) -> None:
    now, then = state(terms, entries, as_of), state(terms, entries, as_of + timedelta(days=later))
    assert then.allocations[: len(now.allocations)] == now.allocations
    assert then.charge_exact >= now.charge_exact
    assert then.paid >= now.paid
    assert [each.due for each in then.instalments][: len(now.instalments)] == [each.due for each in now.instalments]


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days)
def test_an_entry_taken_out_leaves_no_trace(terms: Terms, entries: list[Entry], as_of: date) -> None:
    dead = taken_out(entries)
    left = [entry for entry in entries if entry.id not in dead and entry.kind is not K.REVERSAL]
    assert said(state(terms, left, as_of)) == said(state(terms, entries, as_of))


@settings(deadline=None, max_examples=30)
@given(terms_made, accounts_made(), days)
def test_the_row_stays_the_same_until_it_says_look_again(terms: Terms, entries: list[Entry], as_of: date) -> None:
    row = position(1, terms, entries, as_of)
    again = min(row.look_again_on, epoch_day(as_of) + 40)
    assert row.look_again_on > epoch_day(as_of)
    for ahead in range(epoch_day(as_of), again):
        assert position(1, terms, entries, FIRST_DAY + timedelta(days=ahead - epoch_day(FIRST_DAY))) == row


def rows_of(accounts: list[list[Entry]]) -> np.ndarray:
    rows = []
    for n, entries in enumerate(accounts, start=1):
        base = 1_000 * n
        rows += [
            (
                base + e.id,
                n,
                e.amount,
                e.principal,
                base + e.reverses if e.reverses else 0,
                epoch_day(e.value_date),
                e.book_day,
                e.detail,
                e.kind,
            )
            for e in entries
        ]
    return np.array(rows, dtype=ENTRY)


@pytest.fixture(params=["interpreted", "compiled"])
def path(request: pytest.FixtureRequest) -> str:
    if request.param == "compiled" and not has_numba():
        missing("Numba (extra: night)")
    return str(request.param)


def random_book(accounts: int) -> tuple[list[Terms], list[list[Entry]]]:
    """Accounts drawn once by a seed, in numbers that only the compiled path makes cheap."""
    chance = random.Random(20_260_101)
    kinds = (*ADDS, *PAYS, *RARE)
    waterfalls, counts = list(Waterfall), list(DayCount)
    terms = [
        Terms(
            chance.choice(waterfalls) if n % 2 else chance.choice(ANY_ORDER),
            tolerance_ppm=chance.choice([0, 50_000]),
            late_charge=_random_charge(chance, chance.choice(counts), is_plain=n % 2 == 1),
            contract_interest=ContractInterest(_random_rates(chance) if n % 4 == 0 else (), chance.choice(counts)),
            caps=() if n % 2 else (Cap("a law", 4_000_000), Cap("another", minor=chance.choice([10**5, 10**9]))),
        )
        for n in range(8)
    ]
    return terms, [[_random_entry(chance, n, kinds) for n in range(1, 25)] for _ in range(accounts)]


def _random_charge(chance: random.Random, by: DayCount, *, is_plain: bool) -> LateCharge:
    charge = LateCharge(chance.choice([0, 240_000, 10_000_000]), by, chance.choice([0, 5]), cap_ppm=1_000_000)
    if is_plain:
        return charge
    fixed = (FixedCharge(3, 4_000), FixedCharge(20, 900, Each.SPELL))
    return replace(charge, on=chance.choice(list(ChargeOn)), rates=_random_rates(chance), fixed=fixed)


def _random_rates(chance: random.Random) -> tuple[DatedRate, ...]:
    starts = sorted(chance.sample(range(-400, 1_500), 5))
    return tuple(DatedRate(FIRST_DAY + timedelta(days=n), chance.choice([0, 90_000, 240_000])) for n in starts)


def _random_entry(chance: random.Random, n: int, kinds: tuple[EntryKind, ...]) -> Entry:
    kind = K.OPENING if n == 1 else chance.choice(kinds)
    value = FIRST_DAY + timedelta(days=chance.randint(0, 2_000) if n > 1 else 0)
    amount = chance.randint(0, chance.choice([500, 50_000, 10**13]))
    principal = 0 if kind in CASH_KINDS else chance.randint(0, amount)
    detail = epoch_day(value) + 30 if kind in {K.DEFERRAL, K.CHARGE_FREEZE} else 0
    return Entry(n, kind, value, 1, amount, principal, chance.randint(1, n) if kind is K.REVERSAL else 0, detail)


def test_a_rebuild_gives_the_same_bytes_as_one_row_at_a_time(path: str) -> None:
    terms, accounts = random_book(300)
    terms_of = np.arange(len(accounts)) % len(terms)
    as_of = FIRST_DAY + timedelta(days=1_500)
    block = block_of(rows_of(accounts))
    rows = rebuild(block, terms, terms_of, as_of, is_compiled=path == "compiled")
    one_by_one = [position(n, terms[terms_of[n - 1]], entries, as_of) for n, entries in enumerate(accounts, start=1)]
    assert rows.tobytes() == as_rows(one_by_one).tobytes()


def test_a_rebuild_gives_the_same_bytes_in_whatever_order_entries_are_read(path: str) -> None:
    terms, accounts = random_book(60)
    which = np.arange(len(accounts)) % len(terms)
    entries, chance = rows_of(accounts), np.random.default_rng(7)
    as_of = FIRST_DAY + timedelta(days=900)
    rows = [
        rebuild(block_of(shuffled), terms, which, as_of, is_compiled=path == "compiled").tobytes()
        for shuffled in (entries, chance.permutation(entries), chance.permutation(entries))
    ]
    assert rows[0] == rows[1] == rows[2]


def test_blocks_streamed_give_the_rows_of_the_whole(path: str) -> None:
    terms, accounts = random_book(90)
    entries = rows_of(accounts)
    terms_of = np.arange(len(accounts)) % len(terms)
    whole = rebuild(block_of(entries), terms, terms_of, FIRST_DAY, is_compiled=path == "compiled")
    blocks = (
        (block_of(entries[(entries["account"] > low) & (entries["account"] <= low + 30)]), terms_of[low : low + 30])
        for low in (0, 30, 60)
    )
    streamed = list(rebuild_stream(blocks, terms, FIRST_DAY, is_compiled=path == "compiled"))
    assert np.concatenate(streamed).tobytes() == whole.tobytes()


def test_accounts_with_numbers_far_apart_are_taken_in_the_same_order() -> None:
    _, accounts = random_book(40)
    near = rows_of(accounts)
    far = near.copy()
    far["account"] *= 2**50
    assert block_of(far).accounts.tolist() == [n * 2**50 for n in range(1, 41)]
    assert all((a == b).all() for a, b in zip(block_of(near).columns, block_of(far).columns, strict=True))


def test_no_entries_make_an_empty_block() -> None:
    assert (
        len(rebuild(block_of(rows_of([])), [Terms()], np.zeros(0, dtype=np.int64), FIRST_DAY, is_compiled=False)) == 0
    )


def test_an_account_without_entries_owes_nothing_and_needs_no_look() -> None:
    row = position(5, Terms(), [], FIRST_DAY)
    assert (row.principal_minor, row.look_again_on, row.oldest_unpaid_day) == (0, NO_DATE, NO_DATE)
    assert state(Terms(), [], FIRST_DAY, EVERYTHING).contractual == 0
