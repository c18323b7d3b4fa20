"""Measure the gate without a database: one verdict, and the mask over a whole book with every pack switched on.

    python bench/gate.py [rows, 1,000,000 unless said] [rows of the long run, 10 times as many]

Verdicts: an agency's call to a debtor with twelve contacts behind it, asked a thousand times, in places of different
laws; as shipped, and with every unverified and draft rule switched on. Mask: rows drawn with a seed over thirteen
places with their clocks, a tenth with holds; each pack alone with the core on a hundred thousand of them (the
difference to the core alone is its own), then all packs together on all. The long run goes through such rows block by
block, as the night reads them, and reports the most memory the process ever held. Processor times, so that neighbours
on the machine count little.
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from arrears.domain.contacts import Channel, Contact, DisclosureBasis, Medium, Outcome, PointUse, Purpose, Role, Source
from arrears.engine.gate import (
    Address,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    FromNumber,
    Known,
    Proposal,
    RuleBook,
    Settings,
    ask,
)
from arrears.engine.gate.columns import HOLD_BIT, Columns, code_of, empty_rows
from arrears.engine.gate.masks import mask
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.packs.compliance import rule_book

RESULTS = Path(__file__).parent / "results" / "gate.md"
ASKED = 1_000
SHARE = 100_000
BLOCK = 250_000
DAY = epoch_day(date(2026, 12, 1))
NOON = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
PLACES = {
    "US-TX": "America/Chicago",
    "US-NY-NYC": "America/New_York",
    "US-MA": "America/New_York",
    "US-CA": "America/Los_Angeles",
    "US-DC": "America/New_York",
    "GB-ENG": "Europe/London",
    "ES": "Europe/Madrid",
    "DE": "Europe/Berlin",
    "CN": "Asia/Shanghai",
    "IN": "Asia/Kolkata",
    "CO": "America/Bogota",
    "MX": "America/Mexico_City",
    "KE": "Africa/Nairobi",
}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    many = int(sys.argv[2]) if len(sys.argv) > 2 else rows * 10
    book = rule_book()
    everything = Settings(switched_on=frozenset(rule.id for rule in book.rules))
    lines = [
        *_head(book),
        *_verdicts(book, everything),
        *_masks(book, everything, rows),
        *_long(book, everything, many),
    ]
    RESULTS.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def _head(book: RuleBook) -> list[str]:
    return [
        f"# The gate: {len(book.rules)} rules",
        "",
        (__doc__ or "").split("\n\n", 2)[2].strip(),
        "",
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, rules {book.version}.",
        "",
    ]


def _verdicts(book: RuleBook, everything: Settings) -> list[str]:
    lines = [
        "## One verdict, ms",
        "",
        "| place | rules asked | as shipped p50 | p99 | all switched on p50 | p99 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for place, zone in PLACES.items():
        proposal, known = _call(place, zone)
        figures = [_quantiles(partial(ask, book, proposal, known, chosen)) for chosen in (Settings(), everything)]
        asked = len(book.voices((place,), everything))
        lines.append(f"| {place} | {asked} | " + " | ".join(f"{each:.2f}" for pair in figures for each in pair) + " |")
    return [*lines, ""]


def _call(place: str, zone: str) -> tuple[Proposal, Known]:
    behind = tuple(
        Contact(
            at=NOON - timedelta(days=5 * n + 2),
            channel=Channel.CALL,
            outcome=Outcome.NO_ANSWER,
            person=1,
            collector=9,
            debts=frozenset({1}),
            address=1,
            use=PointUse.MOBILE,
        )
        for n in range(12)
    )
    debt = Debt(id=1, status=DebtStatus.OPEN, consumer_purpose=True, in_default_when_obtained=True, creditor=8)
    proposal = Proposal(
        at=NOON,
        collector=Collector(organisation=9, kind=CollectorKind.AGENCY),
        person=1,
        role=Role.DEBTOR,
        basis=DisclosureBasis.LIABLE,
        debts=(debt,),
        channel=Channel.CALL,
        purpose=Purpose.COLLECT,
        address=Address(id=1, use=PointUse.MOBILE, source=Source.CONTRACT),
        from_number=FromNumber(value="+12025550100", is_verified=True),
    )
    return proposal, Known(contacts=behind, zones=(zone,), places=(place,), authorised_media=frozenset(Medium))


def _quantiles(asked: Callable[[], object]) -> tuple[float, float]:
    for _ in range(200):
        asked()
    took = []
    for _ in range(ASKED):
        began = time.thread_time_ns()
        asked()
        took.append((time.thread_time_ns() - began) / 1e6)
    return float(np.quantile(took, 0.5)), float(np.quantile(took, 0.99))


def _masks(book: RuleBook, everything: Settings, count: int) -> list[str]:
    columns, share = _columns(count, seed=1), min(count, SHARE)
    some = columns.part(np.arange(share))
    core = _seconds(lambda: mask(book, some, DAY, Settings(only=frozenset({"core"}))))
    lines = [
        f"## The mask over {count:,} debts, one processor",
        "",
        "| pack | rules | ns a debt |",
        "| --- | ---: | ---: |",
        f"| core alone | {sum(rule.is_core for rule in book.rules)} | {core * 1e9 / share:.0f} |",
    ]
    for pack, rules in _packs(book).items():
        took = _seconds(lambda r=rules: mask(book, some, DAY, Settings(only=frozenset({"core", *r}))))
        lines.append(f"| {pack} | {len(rules)} | {max(0.0, took - core) * 1e9 / share:.0f} |")
    began = time.process_time()
    said = mask(book, columns, DAY, everything)
    took = time.process_time() - began
    refused = int((said.rule >= 0).sum())
    return [
        *lines,
        f"| **all together** | {len(book.rules)} | **{took * 1e9 / count:.0f}** |",
        "",
        (
            f"All together {took:.2f} s of processor time; {refused:,} debts are refused for the day; "
            f"{len(said.unjudged)} rules ask what columns do not hold and are left to the moment of contact."
        ),
        "",
    ]


def _packs(book: RuleBook) -> dict[str, list[str]]:
    """Return the rules by pack: place and law, the first two parts of an id."""
    found: dict[str, list[str]] = {}
    for rule in book.rules:
        if not rule.is_core:
            found.setdefault(".".join(rule.id.split(".")[: 1 if rule.is_house else 2]), []).append(rule.id)
    return dict(sorted(found.items()))


def _long(book: RuleBook, everything: Settings, count: int) -> list[str]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, refused = time.process_time(), 0
    for block in _blocks(count):
        refused += int((mask(book, block, DAY, everything).rule >= 0).sum())
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [
        f"## {count:,} debts, block by block",
        "",
        (
            f"{took:.1f} s of processor time with drawing the rows, blocks of {BLOCK:,}; {refused:,} refused. Most "
            f"memory of the process {peak / 1024:.0f} MiB, {before / 1024:.0f} MiB before this run."
        ),
    ]


def _blocks(count: int) -> Iterator[Columns]:
    for start in range(0, count, BLOCK):
        yield _columns(min(BLOCK, count - start), seed=2 + start)


def _seconds(run: Callable[[], object]) -> float:
    """Return the least processor time of three."""
    took = []
    for _ in range(3):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    return min(took)


def _columns(count: int, seed: int) -> Columns:
    rng = np.random.default_rng(seed)
    rows = empty_rows(count)
    places, zones = tuple(PLACES), tuple(dict.fromkeys(PLACES.values()))
    rows["place"] = rng.integers(0, len(places), count)
    rows["zones"] = np.array([zones.index(zone) for zone in PLACES.values()])[rows["place"]]
    rows["collector_kind"] = rng.choice([code_of(CollectorKind.AGENCY), code_of(CollectorKind.CREDITOR)], count)
    rows["consumer_purpose"] = rows["in_default_when_obtained"] = 1
    rows["basis"] = code_of(DisclosureBasis.LIABLE)
    rows["status"] = code_of(DebtStatus.OPEN)
    rows["plan"] = rng.random(count) < 0.05
    rows["stops"] = np.where(rng.random(count) < 0.03, 1, 0)
    rows["holds"] = np.where(rng.random(count) < 0.1, rng.choice(list(HOLD_BIT.values()), count), 0)
    rows["hold_until"] = np.where(rng.random(count) < 0.5, NO_DATE, DAY + 10)
    rows["anchor"] = DAY - rng.integers(0, 5, count)
    rows["calls"] = rng.choice([0, 0, 0, 1, 2], (count, rows["calls"].shape[1]))
    rows["contacts"] = rows["calls"]
    rows["last_conversation"] = np.where(rng.random(count) < 0.2, DAY - rng.integers(0, 9, count), NO_DATE)
    return Columns(rows, tuple((place,) for place in places), tuple((zone,) for zone in zones))


if __name__ == "__main__":
    main()
