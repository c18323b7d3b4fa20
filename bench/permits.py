"""Measure permits through the database: dry verdicts and taken permits, by one taker and by twenty at once.

    ARREARS_HOME=/somewhere/empty python bench/make_book.py 100000
    ARREARS_HOME=/the/same python bench/permits.py [takers, 20 unless said] [permits each, 150 unless said]

Each taker is a process with a connection of its own, as a collector's request is: it opens a scope, asks or takes, and
commits; the first twenty are not counted. Everybody asks about different people, as collectors do, except in the last
line, where all want the same hundred people at once. The day is a copy of the book with contacts behind it
(bench/daytime_book.py). Times are on the clock: twenty processes on few processors wait for each other, so the
throughput of all together stands beside them.
"""

import multiprocessing
import os
import statistics
import sys
import time
from pathlib import Path
from random import Random

RESULTS = Path(__file__).parent / "results" / "permits.md"
WARM = 20
SHARED = 100
Drawn = list[tuple[int, int]]


def main() -> None:
    import daytime_book

    takers = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    each = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    os.environ["ARREARS_DATABASE_NAME"] = daytime_book.NAME
    from arrears.config.start import book_open

    with book_open(is_made=False):
        if not daytime_book.is_made():
            daytime_book.copy_book()
            daytime_book.make_day()
        lines = [*_head(), *_measured(takers, each)]
    RESULTS.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def _head() -> list[str]:
    from daytime_book import superuser

    with superuser() as admin:
        [debts, calls, version] = admin.execute(
            "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM attempt), current_setting('server_version')"
        ).fetchone()
    return [
        f"# Permits on {debts:,} debts, {calls:,} contacts",
        "",
        (__doc__ or "").split("\n\n", 2)[2].strip(),
        "",
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, PostgreSQL {version}.",
        "",
        "| what | takers | p50 ms | p99 ms | a second, all together | load |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]


def _measured(takers: int, each: int) -> list[str]:
    from daytime_one import people

    listed = people(2 * (takers + 1) * (each + WARM), 7)
    hands = [listed[n * (each + WARM) : (n + 1) * (each + WARM)] for n in range(2 * (takers + 1))]
    same = Random(3).choices(hands[0][:SHARED], k=each + WARM)
    return [
        _line("dry verdict", "dry", hands[:1]),
        _line("dry verdict", "dry", hands[1 : takers + 1]),
        _line("permit taken", "take", hands[takers + 1 : takers + 2]),
        _line("permit taken", "take", hands[takers + 2 : 2 * takers + 2]),
        _line(f"permit asked for, the same {SHARED} people", "take", [same] * takers),
    ]


def _line(what: str, act: str, hands: list[Drawn]) -> str:
    work = multiprocessing.get_context("spawn")
    barrier, told = work.Barrier(len(hands)), work.Queue()
    takers = [work.Process(target=_take, args=(act, hand, n, barrier, told)) for n, hand in enumerate(hands)]
    for taker in takers:
        taker.start()
    runs = [told.get(timeout=600) for _ in takers]
    load = os.getloadavg()[0]
    for taker in takers:
        taker.join(timeout=60)
    took = [one for run, _ in runs for one in run]
    rate = sum(len(run) / seconds for run, seconds in runs)
    quantiles = statistics.quantiles(took, n=100)
    return f"| {what} | {len(hands)} | {quantiles[49]:.1f} | {quantiles[98]:.1f} | {rate:.0f} | {load:.1f} |"


def _take(act: str, hand: Drawn, number: int, barrier, told) -> None:  # noqa: ANN001 -- multiprocessing's own types
    """Ask or take with each person of ``hand``; tell the milliseconds of each and the seconds of all."""
    from arrears.config.start import ready_django

    ready_django()
    from daytime_book import DAY, NOON, ORGANISATION

    from arrears.actions import contacts
    from arrears.actions.gatekeeping import Approach
    from arrears.store.scope import scope

    ask = {"dry": contacts.dry_verdict, "take": contacts.take_permit}[act]
    took, start = [], 0.0
    for turn, (person, point) in enumerate(hand):
        if turn == WARM:
            barrier.wait(timeout=600)
            start = time.perf_counter()
        began = time.perf_counter()
        with scope(ORGANISATION, number + 1, today=DAY):
            ask(Approach(person=person, contact_point=point), now=NOON)
        if turn >= WARM:
            took.append((time.perf_counter() - began) * 1000)
    told.put((took, time.perf_counter() - start))


if __name__ == "__main__":
    main()
