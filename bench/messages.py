"""Send a batch of messages over real SMTP from several processes while half of its people ask for it to cease.

    ARREARS_HOME=/somewhere/empty PYTHONPATH=. python bench/messages.py [messages, 10,000 unless said] [senders, 4]

The book is that of the tests' message desk, with as many people as messages. Once a tenth is out, another process
places a cease for every second person, the last in the queue first, until the senders are done. The mail server stands
on this machine. It fails where anything reached a person after their cease was in the book (one clock serves all
processes of a Linux machine).
"""

import multiprocessing
import os
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results" / "messages.md"


@dataclass(frozen=True)
class Sent:
    """What one sender did: the seconds of each turn, its memory in KiB, CPU seconds of its own and of its server.

    The CPU is that of all turns but the first, in which the process reads the rules.
    """

    seconds: list[float]
    memory: int
    own: float
    server: float


@dataclass(frozen=True)
class Ceased:
    """When each cease was in the book, by person, and the CPU seconds that all but the first took."""

    at: dict[int, float]
    own: float
    server: float


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    senders = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    from arrears.config.migrating import migrate
    from arrears.config.start import book_open

    with book_open(is_made=False) as environment:
        migrate(environment)
        said = measured(many, senders)
    RESULTS.write_text(said)
    print(said)


def measured(many: int, senders: int) -> str:
    from tests.mail_sink import mail_sink
    from tests.many_loans import loans_like
    from tests.message_desk import TUESDAY, open_desk

    from arrears.actions.messages.queueing import prepare_batch
    from arrears.domain.contacts import Channel
    from arrears.store import away, partitions

    partitions.make_ahead(TUESDAY, TUESDAY)
    desk = open_desk()
    began = time.perf_counter()
    loans = loans_like(desk.loan(), many - 1, desk)
    made_in, began = time.perf_counter() - began, time.perf_counter()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        prepare_batch(
            "arrears_reminder", channel=Channel.EMAIL, accounts=[loan.account for loan in loans], now=desk.now
        )
    queued_in = time.perf_counter() - began
    away.let_go()
    arrived: dict[int, float] = {}
    spawn = multiprocessing.get_context("spawn")
    over = spawn.Event()
    with mail_sink() as sink:
        sink.on_mail = lambda to: arrived.setdefault(int(to.removeprefix("p").partition("@")[0]), time.perf_counter())
        own = (desk.book.lender, sink.address, desk.now)
        began, mail_began = time.perf_counter(), time.process_time()
        with spawn.Pool(senders) as hands, spawn.Pool(1, initializer=_know, initargs=(over,)) as pool:
            sending = hands.starmap_async(send, [own] * senders, chunksize=1)
            while len(arrived) < many // 10 and not sending.ready():
                time.sleep(0.05)
            stopping = [loan.person for loan in loans[1::2]][::-1]
            ceasing = pool.apply_async(cease, (desk.book.lender, desk.book.dora, TUESDAY, desk.now, stopping))
            turns = sending.get()
            took = time.perf_counter() - began
            over.set()
            ceased = ceasing.get()
        mail, out = time.process_time() - mail_began, len(sink.mails)
    late = [person for person, at in ceased.at.items() if arrived.get(person, 0.0) > at]
    assert not late, f"{len(late)} messages reached people after their cease"
    assert out == len(arrived), "somebody got two"
    assert out < many, "no cease came in time"
    return _said(many, senders, made_in, queued_in, took, out, turns, ceased, mail)


def _said(
    many: int,
    senders: int,
    made_in: float,
    queued_in: float,
    took: float,
    out: int,
    turns: list[Sent],
    ceased: Ceased,
    mail: float,
) -> str:
    from arrears.config import clock

    cuts = statistics.quantiles([one for turn in turns for one in turn.seconds], n=100)
    count = sum(len(turn.seconds) for turn in turns)
    own, server = (1000 * sum(getattr(turn, part) for turn in turns) / (count - senders) for part in ("own", "server"))
    stops = max(1, len(ceased.at) - 1)
    return (
        f"# {many:,} messages over SMTP, {senders} senders, a cease for every second person\n\n"
        f"Made by `bench/messages.py` on {os.cpu_count()} processors, which database, senders, mail server and the "
        f"process that places the ceases share, Python {sys.version.split()[0]}, {clock.now():%d %B %Y}; load "
        f"average at the end {os.getloadavg()[0]:.1f}. A turn is one message from asking for it to keeping what came "
        f"of it, sent or refused; memory is that of the largest sender. The book was made in {made_in:.0f} s.\n\n"
        f"| queued in | sent | refused after a cease | ceases while it went | reached somebody after their cease "
        f"| seconds | turns a second | turn p50 | turn p99 | memory |\n"
        f"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        f"| {queued_in:.1f} s | {out:,} | {many - out:,} | {len(ceased.at):,} | 0 | {took:.0f} | {many / took:.0f} "
        f"| {cuts[49] * 1000:.0f} ms | {cuts[98] * 1000:.0f} ms "
        f"| {max(turn.memory for turn in turns) / 1024:.0f} MB |\n\n"
        f"What one of them takes of a processor, which no other load on the machine changes much:\n\n"
        f"| | program | database | mail server |\n| --- | ---: | ---: | ---: |\n"
        f"| a turn | {own:.1f} ms | {server:.1f} ms | {1000 * mail / count:.1f} ms |\n"
        f"| a cease, with the decision made anew | {1000 * ceased.own / stops:.1f} ms "
        f"| {1000 * ceased.server / stops:.1f} ms | |\n"
    )


def _server_seconds(alias: str) -> float:
    """Return the processor's seconds that a connection's server process has used; 0 where it runs elsewhere."""
    from django.db import connections

    try:
        said = Path(f"/proc/{connections[alias].connection.info.backend_pid}/stat").read_text()
    except (OSError, AttributeError):
        return 0.0
    user, system = said.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def send(lender: int, address: str, now: Any) -> Sent:
    """Send until nothing is due, as one process of many."""
    from arrears.config.start import book_open

    seconds = []
    with book_open(is_made=False):
        from arrears.actions.messages.sending import send_next
        from arrears.channels.mail import Smtp
        from arrears.domain.contacts import Channel

        ways = {Channel.EMAIL: Smtp(address, "care@meadow.example")}
        own = server = 0.0
        while True:
            began = time.perf_counter()
            if send_next(lender, ways, clock=lambda: now) is None:
                break
            seconds.append(time.perf_counter() - began)
            if len(seconds) == 1:
                own, server = time.process_time(), _server_seconds("night")
        ways[Channel.EMAIL].rest()
        own, server = time.process_time() - own, _server_seconds("night") - server
    return Sent(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, own, server)


_OVER: list[Any] = []


def _know(over: Any) -> None:
    _OVER.append(over)


def cease(lender: int, staff: int, today: date, now: Any, people: list[int]) -> Ceased:
    """Place a cease for each until the senders are done; return when each was in the book."""
    from arrears.config.start import book_open

    done = {}
    with book_open(is_made=False):
        from arrears.actions import holds
        from arrears.store.scope import scope

        own = server = 0.0
        for person in people:
            if _OVER[0].is_set():
                break
            with scope(lender, staff, today=today):
                holds.place("cease", person=person, account=None, now=now, facts={"written": True})
            done[person] = time.perf_counter()
            if len(done) == 1:
                own, server = time.process_time(), _server_seconds("default")
        own, server = time.process_time() - own, _server_seconds("default") - server
    return Ceased(done, own, server)


if __name__ == "__main__":
    main()
