"""Send a batch of messages over real SMTP from several processes while half of its people ask for it to cease.

    ARREARS_HOME=/somewhere/empty PYTHONPATH=. python bench/messages.py [messages, 10,000 unless said] [senders, 4]

The book is that of the tests' message desk, with as many people as messages. Once a tenth is out, another process
places a cease for every second person, the last in the queue first. The mail server stands on this machine. It fails
where anything reached a person after their cease was in the book (one clock serves all processes of a Linux machine).
"""

import multiprocessing
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
    from arrears.store import away

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
        hands = [spawn.Process(target=send, args=own) for _ in range(senders)]
        for one in hands:
            one.start()
        while len(arrived) < many // 10 and any(one.is_alive() for one in hands):
            time.sleep(0.05)
        stopping = [loan.person for loan in loans[1::2]][::-1]
        with spawn.Pool(1) as pool:
            ceased = pool.apply(cease, (desk.book.lender, desk.book.dora, TUESDAY, desk.now, stopping))
        for one in hands:
            one.join()
        took = time.perf_counter() - began
        out = len(sink.mails)
    late = [person for person, at in ceased.items() if arrived.get(person, 0.0) > at]
    assert not late, f"{len(late)} messages reached people after their cease"
    assert out == len(arrived), "somebody got two"
    return (
        f"# {many:,} messages over SMTP, {senders} senders, a cease for every second person\n\n"
        f"| queued in | sent | refused after a cease | after a cease | seconds | messages a second |\n"
        f"| ---: | ---: | ---: | ---: | ---: | ---: |\n"
        f"| {queued_in:.1f} s | {out:,} | {many - out:,} | {len(late)} | {took:.0f} | {many / took:.0f} |\n"
    )


def send(lender: int, address: str, now: Any) -> None:
    """Send until nothing is due, as one process of many."""
    from arrears.config.start import book_open

    with book_open(is_made=False):
        from arrears.actions.messages.sending import send_due
        from arrears.channels.mail import Smtp
        from arrears.domain.contacts import Channel

        send_due(lender, {Channel.EMAIL: Smtp(address, "care@meadow.example")}, clock=lambda: now)


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
