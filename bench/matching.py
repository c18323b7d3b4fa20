"""How fast and how right lines of bank statements find their debts.

1. **Speed**: LINES made-up lines (a tenth with damaged references) against DEBTS made-up open debts: seconds to build
   the index, lines a second, the process's peak memory, and the same lines by a plain dictionary of references alone.
2. **Rightness**: every payment of ``auto_loans_monthly`` as a line, references damaged at stated rates by a generator
   of this file, in several makings (with names and accounts or without, several seeds and mixes, among them far more
   damage than the thresholds were chosen on): how many lines are posted without a hand, how many of these are right
   (with the lower bound of Wilson's interval at 95 %), and the same by kind of damage.

    python bench/matching.py speed [LINES] [DEBTS]
    python bench/matching.py right
    python bench/matching.py file STATEMENT KEY BOOK   (as bench/make_statements.py writes them)

Results go to ``bench/results/matching.md`` by hand.
"""

import os
import random
import resource
import sys
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("ARREARS_DATA") or HERE / "../../shared/data").resolve()
DAMAGES = ("dropped", "swapped", "truncated", "joined", "digit", "neighbours")
GIVEN = [
    "Ana",
    "Ben",
    "Carla",
    "Dario",
    "Elena",
    "Femi",
    "Gita",
    "Hugo",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
    "Marta",
    "Nils",
    "Olga",
    "Pablo",
    "Rosa",
    "Sven",
    "Tomas",
    "Uma",
]
FAMILY = [
    "Alvarez",
    "Brown",
    "Castro",
    "Dietrich",
    "Evans",
    "Fischer",
    "Garcia",
    "Huang",
    "Ivanov",
    "Jensen",
    "Khan",
    "Lopez",
    "Moreau",
    "Nguyen",
    "Okafor",
    "Perez",
    "Quinn",
    "Rossi",
    "Schmidt",
    "Torres",
    "Ueda",
    "Vargas",
    "Walker",
    "Xu",
    "Young",
    "Zapata",
    "Becker",
    "Costa",
    "Duarte",
    "Eriksen",
]


@dataclass
class Mix:
    """How a file is made: the share of damaged references, how they are damaged, what else a line says."""

    damaged: float = 0.10
    kinds: tuple[str, ...] = DAMAGES
    has_names: float = 1.0
    has_accounts: float = 1.0
    third_party: float = 0.04
    words: tuple[str, ...] = ("loan {}", "{}", "payment {} thank you", "ref {}", "ID {} MONTHLY")
    seed: int = 1


@dataclass
class Made:
    """Lines and their answers: for each line the debts and parts, and what was done to it."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    truth: list[dict[int, int]] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)


def make(numbers: list[str], payments: list[tuple[int, int, int]], mix: Mix) -> Made:
    """Return lines for ``payments`` (debt, amount, day), damaged as ``mix`` says."""
    chance = random.Random(mix.seed)
    people = [f"{chance.choice(GIVEN)} {chance.choice('ABCDEFGHJKLMNPRST')} {chance.choice(FAMILY)}" for _ in numbers]
    made = Made()
    at = 0
    while at < len(payments):
        debt, amount, day = payments[at]
        kind = chance.choice(mix.kinds) if chance.random() < mix.damaged else ""
        parts = {debt: amount}
        if kind == "joined" and at + 1 < len(payments) and payments[at + 1][0] != debt:
            at += 1
            parts[payments[at][0]] = payments[at][1]
        said = damaged([numbers[each] for each in parts], kind, numbers, chance)
        line = {"line": len(made.lines), "amount": sum(parts.values()), "day": day}
        text = chance.choice(mix.words).format(said) if said else "payment"
        line |= {"references": [said] if said and chance.random() < 0.5 else [], "text": text}
        line["payer_name"] = payer(people[debt], mix, chance)
        line["payer_account"] = f"DE{debt:020d}" if chance.random() < mix.has_accounts else ""
        made.lines.append(line)
        made.truth.append(parts)
        made.damage.append(kind or "none")
        at += 1
    make.people = people  # type: ignore[attr-defined]
    return made


def payer(name: str, mix: Mix, chance: random.Random) -> str:
    """Return the payer's name as a bank may write it; sometimes somebody else pays."""
    if chance.random() >= mix.has_names:
        return ""
    if chance.random() < mix.third_party:
        return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    given, middle, family = name.split()
    return chance.choice(
        (name, f"{family} {given} {middle}".upper(), f"{family}, {given}", f"{given[0]} {family}", name)
    )


def damaged(own: list[str], kind: str, numbers: list[str], chance: random.Random) -> str:
    """Return what stands in a line for the references ``own`` after damage of a kind."""
    said = own[0]
    at = chance.randrange(max(1, len(said) - 1))
    cut = said[: chance.randint(4, len(said) - 1)] if chance.random() < 0.7 else said[chance.randint(1, 3) :]
    return {
        "dropped": "",
        "swapped": chance.choice(numbers),
        "truncated": cut,
        "joined": chance.choice(("", " ", "/", "+")).join(own),
        "digit": said[:at] + chance.choice("0123456789") + said[at + 1 :],
        "neighbours": said[:at] + said[at + 1] + said[at] + said[at + 2 :],
    }.get(kind, said)


def lower_bound(right: int, of: int) -> float:
    """Return the lower bound of Wilson's interval for a share, at 95 %."""
    if not of:
        return 0.0
    z, share = 1.959964, right / of
    middle = share + z * z / (2 * of)
    return (middle - z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def frames(made: Made) -> pl.DataFrame:
    from arrears.engine.matching.match import LINES

    return pl.DataFrame(made.lines, schema_overrides=LINES).select(*LINES)


def judged(made: Made, matched: Any) -> dict[str, list[int]]:
    """Return by kind of damage: lines, posted, right."""
    parts: dict[int, dict[int, int]] = {}
    for line, debt, amount in matched.parts.iter_rows():
        parts.setdefault(line, {})[debt] = amount
    found: dict[str, list[int]] = {}
    for line, decision, debt, _, _ in matched.answers.iter_rows():
        seen = found.setdefault(made.damage[line], [0, 0, 0])
        seen[0] += 1
        if decision == "wait":
            continue
        said = parts[line] if decision == "split" else {debt: made.lines[line]["amount"]}
        seen[1] += 1
        seen[2] += said == made.truth[line]
    return found


def loans() -> tuple[list[str], pl.DataFrame, list[tuple[int, int, int]]]:
    """Return numbers, figures and payments of the car loans, payments in the order of months."""
    cents = lambda name: (pl.col(name) * 100).round().cast(pl.Int64)  # noqa: E731
    table = pl.read_csv(DATA / "auto_loans_monthly" / "loans.csv.gz").with_row_index("debt")
    panel = pl.read_csv(DATA / "auto_loans_monthly" / "panel.csv.gz", infer_schema_length=None)
    figures = table.select(
        pl.col("debt").cast(pl.Int64), cents("scheduled_payment").alias("instalment"), pl.lit(0).alias("due"),
        cents("opening_balance").alias("balance"), pl.lit(0).alias("promise"), pl.lit(0, pl.Int32).alias("promise_day"),
        pl.lit(0).alias("last"),
    )  # fmt: skip
    paid = panel.join(table.select("loan_id", "debt"), on="loan_id").with_columns(cents("amount_paid").alias("amount"))
    paid = paid.filter(pl.col("amount") > 0).sort("t", "debt")
    day = pl.col("month_end").str.to_date().cast(pl.Int32)
    rows = list(paid.select(pl.col("debt").cast(pl.Int64), "amount", day).iter_rows())
    return [str(number) for number in table["loan_id"]], figures, rows


def right() -> None:
    from arrears.engine.matching.index import build
    from arrears.engine.matching.match import match

    numbers, figures, paid = loans()
    mixes = {
        "tuned on: names and accounts, 10 %": Mix(),
        "another seed": Mix(seed=77),
        "no accounts": Mix(has_accounts=0, seed=3),
        "no names": Mix(has_names=0, seed=4),
        "neither names nor accounts": Mix(has_names=0, has_accounts=0, seed=5),
        "half with names, a third with accounts, 10 %": Mix(has_names=0.5, has_accounts=0.33, seed=6),
        "all damage is a swap, no accounts": Mix(kinds=("swapped",), has_accounts=0, seed=7),
        "all damage is a swap, neither": Mix(kinds=("swapped",), has_accounts=0, has_names=0, seed=8),
        "30 % damaged": Mix(damaged=0.3, seed=9),
        "30 % damaged, neither": Mix(damaged=0.3, has_names=0, has_accounts=0, seed=10),
        "a fifth by third parties": Mix(third_party=0.2, seed=11),
        "no damage, neither": Mix(damaged=0.0, has_names=0, has_accounts=0, seed=12),
    }
    only = sys.argv[2:] or list(mixes)
    for name, mix in mixes.items():
        if not any(each in name for each in only):
            continue
        made = make(numbers, paid, mix)
        people = make.people  # type: ignore[attr-defined]
        refs = pl.DataFrame({"debt": range(len(numbers)), "text": numbers})
        names = pl.DataFrame({"debt": range(len(numbers)), "name": people})
        start = perf_counter()
        matched = match(build(figures, refs, names), frames(made))
        told_of(name, made, matched, perf_counter() - start)


def speed() -> None:
    from arrears.engine.matching.index import build
    from arrears.engine.matching.match import match

    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    debts = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    draw = np.random.default_rng(5)
    numbers = [str(each) for each in draw.choice(np.arange(10**9, 10**10, 977), debts, replace=False)]
    inst = draw.integers(8_000, 90_000, debts)
    figures = pl.DataFrame({"debt": np.arange(debts), "instalment": inst, "due": inst * draw.integers(0, 3, debts)})
    figures = figures.with_columns(
        (pl.col("instalment") * 20).alias("balance"), pl.lit(0).alias("promise"),
        pl.lit(0, pl.Int32).alias("promise_day"), pl.lit(0).alias("last"),
    )  # fmt: skip
    who = draw.choice(debts, count)
    paid = [
        (int(debt), int(inst[debt]) if odd > 0.2 else int(inst[debt]) // 100 * 100, 20_000)
        for debt, odd in zip(who, draw.random(count), strict=True)
    ]
    made = make(numbers, paid, Mix(seed=2))
    refs = pl.DataFrame({"debt": range(debts), "text": numbers})
    names = pl.DataFrame({"debt": range(debts), "name": make.people})  # type: ignore[attr-defined]
    lines = frames(made)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = perf_counter()
    index = build(figures, refs, names)
    built = perf_counter() - start
    start = perf_counter()
    matched = match(index, lines)
    took = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = judged(made, matched)
    posted, good = (sum(each[place] for each in found.values()) for place in (1, 2))
    start = perf_counter()
    known = dict(zip(numbers, range(debts), strict=True))
    indexed = perf_counter() - start
    start = perf_counter()
    hits = sum(any(word in known for word in (*line["references"], *line["text"].split())) for line in made.lines)
    naive = perf_counter() - start
    speed_of = f"match {took:.2f} s = {lines.height / took:,.0f} lines/s"
    print(f"{lines.height} lines, {debts} debts: index {built:.2f} s, {speed_of}")
    print(f"peak memory {peak} MB ({before} MB before the index)")
    print(
        f"plain dictionary: {indexed:.2f} s to fill, {naive:.3f} s, {hits} hits; "
        f"matching takes {took / naive:.0f} times as long"
    )
    print(f"posted {posted / lines.height:.2%}, right {good / posted:.4%}, at least {lower_bound(good, posted):.4%}")
    for kind, (of, did, ok) in sorted(found.items()):
        print(f"    {kind:<11} {of:>7} {did / of:>8.1%} posted {did - ok:>5} wrong")


def file() -> None:
    """Judge the answers for a file of `make_statements`, read as the product reads it, by its key."""
    import csv

    from arrears.channels.bank import read
    from arrears.engine.matching.index import build
    from arrears.engine.matching.match import match
    from arrears.kernel.epoch import epoch_day

    statement, key, book = map(Path, sys.argv[2:5])
    debts = pl.read_csv(book, infer_schema=False).with_row_index("debt").with_columns(pl.col("debt").cast(pl.Int64))
    places = {number: place for place, number in enumerate(debts["number"])}
    figures = debts.select(
        "debt", pl.col("instalment_minor").cast(pl.Int64).alias("instalment"), pl.lit(0).alias("due"),
        pl.lit(0).alias("balance"), pl.lit(0).alias("promise"), pl.lit(0, pl.Int32).alias("promise_day"),
        pl.lit(0).alias("last"),
    )  # fmt: skip
    start = perf_counter()
    statements = read(statement.read_bytes(), statement.name)
    assert isinstance(statements, tuple), statements
    took_reading = perf_counter() - start
    answers = {row["line"]: row for row in csv.DictReader(key.open(encoding="utf-8"))}
    made = Made()
    for item in (item for one in statements for item in one.items if item.amount_minor > 0):
        told = answers[item.id]
        said = (part.split("=") for part in told["debts"].split(";") if part)
        made.truth.append({places.get(number, -1): int(cents) for number, cents in said})
        made.damage.append(told["damage"] or told["kind"])
        made.lines.append({
            "line": len(made.lines), "amount": item.amount_minor, "day": epoch_day(item.value_on or item.booked_on),
            "references": [reference.text for reference in item.references], "text": item.remittance,
            "payer_name": item.payer_name, "payer_account": item.payer_account,
        })  # fmt: skip
    start = perf_counter()
    index = build(figures, debts.select("debt", pl.col("number").alias("text")), debts.select("debt", "name"))
    matched = match(index, frames(made))
    told_of(f"{statement.name}, read in {took_reading:.1f} s", made, matched, perf_counter() - start)


def told_of(name: str, made: Made, matched: Any, took: float) -> None:
    found = judged(made, matched)
    lines, posted, good = (sum(each[place] for each in found.values()) for place in range(3))
    print(
        f"\n{name}: {lines} lines, {posted / lines:.2%} posted, precision {good / posted:.4%} "
        f"(at least {lower_bound(good, posted):.4%}), {took:.1f} s, misled {matched.shares.misled:.3%}"
    )
    for kind, (of, did, ok) in sorted(found.items()):
        print(f"    {kind:<11} {of:>7} {did / of:>8.1%} posted {did - ok:>5} wrong")


if __name__ == "__main__":
    {"speed": speed, "right": right, "file": file}[sys.argv[1]]()
