"""Measure permits through the database: dry verdicts and taken permits, by one taker and by twenty at once.

    ARREARS_HOME=/somewhere/empty python bench/make_book.py 100000
    ARREARS_HOME=/the/same python bench/permits.py [takers, 20 unless said] [permits each, 150 unless said]

Each taker is a process with a connection of its own, as a collector's request is: it opens a scope, asks or takes, and
commits; the first twenty are not counted. Everybody asks about different people, as collectors do, except in the last
line, where all want the same hundred people at once. The day is a copy of the book with contacts behind it
(bench/daytime_book.py). Times are on the clock: twenty processes on few processors wait for each other, so the
throughput of all together stands beside them, and what one costs of a processor, in the program and in its server
process, which neighbours on the machine change little. The pure verdict is the gate alone, asked by one process with
everything read before.
"""

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

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

    from arrears.config import clock

    with superuser() as admin:
        [debts, calls, version] = admin.execute(
            "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM attempt), current_setting('server_version')"
        ).fetchone()
    return [
        f"# Permits on {debts:,} debts, {calls:,} contacts",
        "",
        (__doc__ or "").split("\n\n", 2)[2].strip(),
        "",
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, PostgreSQL {version}, {clock.now():%d %B %Y}.",
        "",
        "| what | takers | p50 ms | p99 ms | a second, all together | program ms | database ms | load |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]


def _measured(takers: int, each: int) -> list[str]:
    from daytime_one import people

    listed = people(2 * (takers + 1) * (each + WARM), 7)
    hands = [listed[n * (each + WARM) : (n + 1) * (each + WARM)] for n in range(2 * (takers + 1))]
    same = Random(3).choices(hands[0][:SHARED], k=each + WARM)
    return [
        _line("verdict, pure", "pure", hands[:1]),
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
    took = [one for run in runs for one in run.took]
    rate = sum(len(run.took) / run.seconds for run in runs)
    quantiles = statistics.quantiles(took, n=100)
    own, server = (1000 * sum(getattr(run, part) for run in runs) / len(took) for part in ("own", "server"))
    return (
        f"| {what} | {len(hands)} | {quantiles[49]:.1f} | {quantiles[98]:.1f} | {rate:.0f} | {own:.1f} | {server:.1f} "
        f"| {load:.1f} |"
    )


@dataclass(frozen=True)
class Run:
    """What one taker measured: milliseconds of each, seconds of all on the clock, and of the processor."""

    took: list[float]
    seconds: float
    own: float
    server: float


def _take(act: str, hand: Drawn, number: int, barrier: Any, told: Any) -> None:
    """Ask or take with each person of ``hand``; tell what it took."""
    from arrears.config.start import ready_django

    ready_django()
    asked, took = _asked(act, hand, number), []
    for turn, ask in enumerate(asked):
        if turn == WARM:
            server = _server_seconds()
            barrier.wait(timeout=600)
            start, own = time.perf_counter(), time.process_time()
        began = time.perf_counter()
        ask()
        if turn >= WARM:
            took.append((time.perf_counter() - began) * 1000)
    seconds, own = time.perf_counter() - start, time.process_time() - own
    told.put(Run(took, seconds, own, _server_seconds() - server))


def _asked(act: str, hand: Drawn, number: int) -> list[Callable[[], object]]:
    """Return what is done with each person: a verdict asked for or a permit taken in a scope, or the gate alone."""
    from daytime_book import DAY, NOON, ORGANISATION

    from arrears.actions import contacts
    from arrears.actions.gatekeeping import Approach, Brief, brief
    from arrears.store.scope import scope

    def inside(do: Callable[..., object], person: int, point: int) -> object:
        with scope(ORGANISATION, number + 1, today=DAY):
            return do(Approach(person=person, contact_point=point), now=NOON)

    if act == "pure":
        briefs = [inside(brief, *each) for each in hand]
        return [found.verdict for found in briefs if isinstance(found, Brief)]
    do = {"dry": contacts.dry_verdict, "take": contacts.take_permit}[act]
    return [partial(inside, do, *each) for each in hand]


def _server_seconds() -> float:
    """Return the seconds that our server process has used of a processor; 0 where it runs elsewhere."""
    from django.db import connections

    try:
        said = Path(f"/proc/{connections['default'].connection.info.backend_pid}/stat").read_text()
    except (OSError, AttributeError):
        return 0.0
    user, system = said.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
