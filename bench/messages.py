"""Send a batch of messages over real SMTP from several processes while half of its people ask for it to cease.

    ARREARS_HOME=/somewhere/empty PYTHONPATH=. python bench/messages.py [messages, 10,000 unless said] [senders, 4]

The book is that of the tests' message desk, with as many people as messages. Once a tenth is out, another process
places a cease for every second person, the last in the queue first. The mail server stands on this machine. It fails
where anything reached a person after their cease was in the book (one clock serves all processes of a Linux machine).
"""

import multiprocessing
import os
import resource
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results" / "messages.md"


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    senders = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    from arrears.config.start import book_open

    with book_open():
        said = measured(many, senders)
    RESULTS.write_text(said)
    print(said)


def measured(many: int, senders: int) -> str:
    from tests.mail_sink import mail_sink
    from tests.message_desk import TUESDAY, open_desk

    from arrears.actions.messages.queueing import prepare_batch
    from arrears.domain.contacts import Channel
    from arrears.store import away, partitions

    partitions.make_ahead(TUESDAY, TUESDAY)
    desk = open_desk()
    loans = [desk.loan() for _ in range(many)]
    began = time.perf_counter()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        prepare_batch(
            "arrears_reminder", channel=Channel.EMAIL, accounts=[loan.account for loan in loans], now=desk.now
        )
    queued_in = time.perf_counter() - began
    away.let_go()
    arrived: dict[int, float] = {}
    spawn = multiprocessing.get_context("spawn")
    with mail_sink() as sink:
        sink.on_mail = lambda to: arrived.setdefault(int(to.removeprefix("p").partition("@")[0]), time.perf_counter())
        own = (desk.book.lender, sink.address, desk.now)
        began = time.perf_counter()
        with spawn.Pool(senders) as hands, spawn.Pool(1) as pool:
            sending = hands.starmap_async(send, [own] * senders, chunksize=1)
            while len(arrived) < many // 10 and not sending.ready():
                time.sleep(0.05)
            stopping = [loan.person for loan in loans[1::2]][::-1]
            ceased = pool.apply(cease, (desk.book.lender, desk.book.dora, TUESDAY, desk.now, stopping))
            turns = sending.get()
        took = time.perf_counter() - began
        out = len(sink.mails)
    late = [person for person, at in ceased.items() if arrived.get(person, 0.0) > at]
    assert not late, f"{len(late)} messages reached people after their cease"
    assert out == len(arrived), "somebody got two"
    cuts = statistics.quantiles([one for seconds, _ in turns for one in seconds], n=100)
    return (
        f"# {many:,} messages over SMTP, {senders} senders, a cease for every second person\n\n"
        f"Made by `bench/messages.py` on {os.cpu_count()} cores, which database, senders, mail server and the process "
        f"that places the ceases share. A turn is one message from asking for it to keeping what came of it, sent or "
        f"refused; memory is that of the largest sender.\n\n"
        f"| queued in | sent | refused after a cease | reached somebody after their cease | seconds | turns a second "
        f"| turn p50 | turn p99 | memory |\n"
        f"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        f"| {queued_in:.1f} s | {out:,} | {many - out:,} | {len(late)} | {took:.0f} | {many / took:.0f} "
        f"| {cuts[49] * 1000:.0f} ms | {cuts[98] * 1000:.0f} ms | {max(most for _, most in turns) / 1024:.0f} MB |\n"
    )


def send(lender: int, address: str, now: Any) -> tuple[list[float], int]:
    """Send until nothing is due, as one process of many; return the seconds of each turn, and its memory in KiB."""
    from arrears.config.start import book_open

    seconds = []
    with book_open(is_made=False):
        from arrears.actions.messages.sending import send_next
        from arrears.channels.mail import Smtp
        from arrears.domain.contacts import Channel

        ways = {Channel.EMAIL: Smtp(address, "care@meadow.example")}
        while True:
            began = time.perf_counter()
            if send_next(lender, ways, clock=lambda: now) is None:
                break
            seconds.append(time.perf_counter() - began)
        ways[Channel.EMAIL].rest()
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def cease(lender: int, staff: int, today: date, now: Any, people: list[int]) -> dict[int, float]:
    """Place a cease for each; return when each was in the book."""
    from arrears.config.start import book_open

    done = {}
    with book_open(is_made=False):
        from arrears.actions import holds
        from arrears.store.scope import scope

        for person in people:
            with scope(lender, staff, today=today):
                holds.place("cease", person=person, account=None, now=now, facts={"written": True})
            done[person] = time.perf_counter()
    return done


if __name__ == "__main__":
    main()
