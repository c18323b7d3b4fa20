"""Make bank statements in volume with damaged references and an answer key, from real payments or a made book.

    python bench/make_statements.py --format camt053 --lines 100000 --damage 0.10 --seed 1 --out FILE --key KEY
        [--source auto_loans|made] [--debts 1000000] [--currency USD] [--returns 0.01] [--duplicates 0.003]
        [--strangers 0.02] [--batches 0.01]

The key is CSV, one row for each line or part of a batched line: ``line`` (its id as `channels.bank.read` gives it),
``bank`` (the bank's reference), ``kind`` (payment, return, duplicate, stranger, fee), ``damage`` (what was done, empty
where nothing), ``debts`` (``number=cents`` apart by semicolons; below zero for returns), ``of`` (the bank reference of
the line that is repeated or taken back). ``--book FILE`` also writes the debts of the source for loading into a book:
``number,name,payer_account,instalment_minor``.

Source ``auto_loans`` reads the real car loans in place (ARREARS_DATA); where they are missing, or hold fewer payments
than asked for, the made book serves. Memory stays flat: lines are written day by day.
"""

import argparse
import csv
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from statement_damage import Made, Rates, made_lines
from statement_payments import Payment, made_debt, made_payments, name_of, payer_account_of, real_payments
from statement_writers import WRITERS

KEY = ("line", "bank", "kind", "damage", "debts", "of")
REAL_PAYMENTS = 120_000


def data_folder() -> Path:
    """Return where the real car loans are, whether or not they are there."""
    root = os.environ.get("ARREARS_DATA") or Path(__file__).parents[1] / "../shared/data"
    return Path(root) / "auto_loans_monthly"


def payments_of(source: str, lines: int, debts: int, seed: int) -> Iterator[Payment]:
    """Return so many payments of a source: ``auto_loans`` or ``made``."""
    if source == "auto_loans" and data_folder().is_dir() and lines <= REAL_PAYMENTS:
        return real_payments(data_folder(), lines, seed)
    return made_payments(lines, debts, seed)


def write_statements(
    form: str, days: Iterable[list[Made]], out: Path, key: Path, *, currency: str = "USD", seed: int = 1
) -> int:
    """Write the lines of each day in a format, and the answer key beside; return how many rows the key has."""
    rows = 0
    with out.open("w", encoding="utf-8", newline="") as file, key.open("w", encoding="utf-8", newline="") as answers:
        writer = csv.writer(answers)
        writer.writerow(KEY)

        def told(number: str, line: Made) -> None:
            nonlocal rows
            rows += 1
            debts = ";".join(f"{debt}={amount}" for debt, amount in line.debts)
            writer.writerow((number, line.bank, line.kind, line.damage, debts, line.of))

        for text in WRITERS[form](days, told, currency, seed):
            file.write(text)
    return rows


def make_statements(
    form: str, lines: int, out: Path, key: Path, *, rates: Rates, seed: int = 1, source: str = "auto_loans",
    debts: int = 1_000_000, currency: str = "USD",
) -> int:  # fmt: skip
    """Write a file of about ``lines`` payments and its key; return how many rows the key has."""
    days = made_lines(payments_of(source, lines, debts, seed), rates, seed)
    return write_statements(form, days, out, key, currency=currency, seed=seed)


def write_book(source: str, debts: int, out: Path) -> None:
    """Write the debts of a source, as the statements know them."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("number", "name", "payer_account", "instalment_minor"))
        if source == "auto_loans" and data_folder().is_dir():
            import polars as pl

            loans = pl.read_csv(data_folder() / "loans.csv.gz", infer_schema=False)
            minor = (pl.col("scheduled_payment").cast(pl.Decimal(14, 2)) * 100).cast(pl.Int64)
            for number, amount in loans.select("loan_id", minor).iter_rows():
                writer.writerow((number, name_of(number), payer_account_of(number), amount))
            return
        for n in range(1, debts + 1):
            writer.writerow(made_debt(n, debts))


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--format", choices=sorted(WRITERS), required=True)
    asked.add_argument("--lines", type=int, default=1000)
    asked.add_argument("--damage", type=float, default=0.10)
    for name in ("returns", "duplicates", "strangers", "batches"):
        asked.add_argument(f"--{name}", type=float, default=getattr(Rates(), name))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--source", choices=("auto_loans", "made"), default="auto_loans")
    asked.add_argument("--debts", type=int, default=1_000_000)
    asked.add_argument("--currency", default="USD")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--key", type=Path, required=True)
    asked.add_argument("--book", type=Path)
    said = asked.parse_args()
    rates = Rates(said.damage, said.returns, said.duplicates, said.strangers, said.batches)
    rows = make_statements(
        said.format, said.lines, said.out, said.key, rates=rates, seed=said.seed, source=said.source,
        debts=said.debts, currency=said.currency,
    )  # fmt: skip
    if said.book:
        write_book(said.source, said.debts, said.book)
    print(f"{rows:,} lines in {said.out}, answers in {said.key}")


if __name__ == "__main__":
    main()
