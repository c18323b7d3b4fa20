"""Time the rebuild of positions from entries: a million debts of 24 instalments and 24 payments, or ten million.

    python bench/rebuild.py [--debts 1000000] [--block 20000] [--sample 1000] [--rich] [--sums]

Entries are made block by block by arithmetic alone, so that the same numbers come out everywhere and memory stays that
of a block; making them is not timed. Timed are sorting a block into place (`block_of`) and running it (`rebuild`). The
same run then takes a sample of the accounts one by one through the same loop, interpreted, from `Entry` objects that
are ready, and holds the rows of both equal, byte by byte. Seconds are those of the processor, of one thread, so that a
busy machine does not count; what the clock on the wall said stands beside them.
"""

import argparse
import resource
import time
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arrears.domain.charging import ChargeOn, ContractInterest, DatedRate, Each, FixedCharge, LateCharge
from arrears.domain.entries import Entry, EntryKind
from arrears.domain.position import as_rows
from arrears.domain.terms import Terms
from arrears.engine.ledger.position import position
from arrears.engine.ledger.rebuild import ENTRY, Block, block_of, rebuild, rebuild_with_sums
from arrears.kernel.epoch import epoch_day, sure_date

INSTALMENTS: Final = 24
PER_DEBT: Final = 1 + 2 * INSTALMENTS
AS_OF: Final = date(2026, 3, 2)
FIRST: Final = epoch_day(date(2024, 2, 1))
PRINCIPAL, INTEREST = 10_000, 900
PLAIN: Final = Terms(tolerance_minor=100, late_charge=LateCharge(120_000, grace_days=5, cap_minor=25_000))
RICH: Final = Terms(
    late_charge=LateCharge(
        on=ChargeOn.OUTSTANDING,
        rates=tuple(DatedRate(date(2024 + n // 2, 1 + n % 2 * 6, 1), 120_000 - 5_000 * n) for n in range(5)),
        fixed=(FixedCharge(1, 4_000, Each.SPELL), FixedCharge(30, 500)),
    ),
    contract_interest=ContractInterest((DatedRate(date(2024, 1, 1), 30_000),)),
)

Rows = npt.NDArray[Any]


def made(low: int, high: int) -> Rows:
    """Return the entries of accounts ``low`` up to ``high``, each account's together and in no order.

    Of a hundred debts sixty pay on the day; thirty pay some days later, the more the later the instalment; of ten every
    fifth payment is short or nothing.
    """
    accounts = np.arange(low, high, dtype=np.int64)
    rows = np.zeros((high - low, PER_DEBT), dtype=ENTRY)
    rows["account"] = accounts[:, None]
    rows["id"] = accounts[:, None] * 64 + np.arange(PER_DEBT)
    rows["book"] = 1
    _open(rows[:, 0])
    number = np.arange(INSTALMENTS)
    due = FIRST + (accounts % 28)[:, None] + (number * 30.4375).astype(np.int64)
    instalment, payment = rows[:, 1 : 1 + INSTALMENTS], rows[:, 1 + INSTALMENTS :]
    instalment["kind"], instalment["value"] = EntryKind.INSTALMENT_DUE, due
    instalment["amount"], instalment["principal"], instalment["detail"] = PRINCIPAL + INTEREST, PRINCIPAL, number + 1
    habit = accounts * 7_919 % 100
    late = np.where(habit < 60, 0, habit - 55)[:, None] * (1 + number) // INSTALMENTS
    is_short = (habit >= 90)[:, None] & ((accounts[:, None] + number) % 5 == 0)
    payment["kind"], payment["value"] = EntryKind.PAYMENT, due + late
    payment["amount"] = np.where(is_short, accounts[:, None] % 3 * 3_000, PRINCIPAL + INTEREST)
    return rows[:, np.arange(PER_DEBT) * 20 % PER_DEBT].reshape(-1)


def _open(opening: Rows) -> None:
    opening["kind"], opening["value"] = EntryKind.OPENING, FIRST - 30
    opening["amount"] = opening["principal"] = PRINCIPAL * INSTALMENTS


@dataclass
class Told:
    """What a run took."""

    entries: int = 0
    placing: float = 0.0
    running: float = 0.0
    total: int = 0

    @property
    def seconds(self) -> float:
        """All that is timed."""
        return self.placing + self.running


def run(debts: int, block_size: int, terms: Terms, *, is_summing: bool) -> Told:
    """Rebuild ``debts`` accounts block by block."""
    told = Told()
    _run_block(block_of(made(1, 101)), terms, is_summing=is_summing)  # compile, or read what was compiled
    for low in range(1, debts + 1, block_size):
        entries = made(low, min(low + block_size, debts + 1))
        began = time.process_time()
        block = block_of(entries)
        placed = time.process_time()
        rows = _run_block(block, terms, is_summing=is_summing)
        told.running += time.process_time() - placed
        told.placing += placed - began
        told.entries += len(entries)
        told.total += int(rows["principal_minor"].sum())
    return told


def _run_block(block: Block, terms: Terms, *, is_summing: bool) -> Rows:
    which = np.zeros(len(block.accounts), np.int64)
    if is_summing:
        return rebuild_with_sums(block, [terms], which, AS_OF)[0]
    return rebuild(block, [terms], which, AS_OF)


def one_by_one(sample: int, terms: Terms) -> tuple[int, float]:
    """Take a sample through the interpreted loop, one account at a time; return its entries and seconds."""
    rows = made(1, sample + 1)
    accounts: dict[int, list[Entry]] = {}
    for row in rows:
        entry = Entry(
            int(row["id"]),
            EntryKind(int(row["kind"])),
            sure_date(int(row["value"])),
            1,
            int(row["amount"]),
            int(row["principal"]),
            0,
            int(row["detail"]),
        )
        accounts.setdefault(int(row["account"]), []).append(entry)
    began = time.process_time()
    found = [position(account, terms, accounts[account], AS_OF) for account in sorted(accounts)]
    took = time.process_time() - began
    together = rebuild(block_of(rows), [terms], np.zeros(sample, np.int64), AS_OF)
    assert together.tobytes() == as_rows(found).tobytes()
    return len(rows), took


def main() -> None:
    """Run what was asked for and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--debts", type=int, default=1_000_000)
    asked.add_argument("--block", type=int, default=20_000)
    asked.add_argument("--sample", type=int, default=1_000)
    asked.add_argument("--rich", action="store_true", help="dated rates, fixed charges, interest by day")
    asked.add_argument("--sums", action="store_true", help="sums for the books as well")
    args = asked.parse_args()
    terms = RICH if args.rich else PLAIN
    began = time.perf_counter()
    told = run(args.debts, args.block, terms, is_summing=args.sums)
    wall = time.perf_counter() - began
    entries, took = one_by_one(args.sample, terms)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate, slow = told.entries / told.seconds, entries / took
    print(f"{args.debts:,} debts, {told.entries:,} entries, {'rich' if args.rich else 'plain'} terms")
    print(f"  placing {told.placing:.1f} s, running {told.running:.1f} s: {rate:,.0f} entries/s, peak {peak:,.0f} MB")
    print(f"  by the clock on the wall, making entries included: {wall:.0f} s")
    print(f"  running alone {told.entries / told.running:,.0f} entries/s; principal owed in all {told.total:,}")
    print(
        f"  one by one, interpreted: {slow:,.0f} entries/s on {args.sample:,} accounts: {rate / slow:,.0f} times slower"
    )


if __name__ == "__main__":
    main()
