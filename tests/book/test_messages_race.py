"""Races with real connections: the last permitted call, a cease in the middle of a batch, several senders at once."""

import os
import signal
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event, Lock
from typing import Any

import pytest
from tests.mail_sink import mail_sink
from tests.many_loans import loans_like
from tests.message_desk import TUESDAY, Desk, Recorded, open_desk
from tests.working_book import at, hire

TAKERS = 32
#: Ten thousand go through the same code in `bench/messages.py`; here are enough for every step to happen many times.
MANY = 120


@pytest.fixture
def desk(shared_book: str) -> Desk:
    return open_desk()


def together(takers: int, act: Callable[[int], Any]) -> list[Any]:
    """Let as many as ``takers`` act at the same moment, each over connections of its own."""
    from arrears.store import away

    start = Barrier(takers)

    def taking(taker: int) -> Any:
        try:
            start.wait()
            return act(taker)
        finally:
            away.let_go()

    with ThreadPoolExecutor(takers) as pool:
        return list(pool.map(taking, range(takers)))


def test_of_thirty_two_who_ask_for_the_last_permitted_call_one_gets_it(desk: Desk) -> None:
    from arrears.actions.contacts import Approach, Taken, record_outcome, take_permit
    from arrears.actions.elsewhere import record_elsewhere
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.store.doors.attempts import Told
    from arrears.store.scope import scope

    loan = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        first = take_permit(Approach(person=loan.person, contact_point=loan.phone), now=desk.now)
    assert isinstance(first, Taken)
    asked = 1
    while True:  # use the day up to the last call that the gate still allows
        with desk.book.hands_of(desk.book.dora, TUESDAY):
            record_outcome(first.attempt, "no_answer", now=desk.now + timedelta(minutes=1))
        desk.later(minutes=30)
        with desk.book.hands_of(desk.book.dora, TUESDAY):
            found = take_permit(Approach(person=loan.person, contact_point=loan.phone), now=desk.now)
        if not isinstance(found, Taken):
            break
        first, asked = found, asked + 1
    fresh = desk.loan()
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        for number in range(asked - 1):  # all but the last, by somebody else's hand
            record_elsewhere(
                Told(
                    owner=desk.book.lender, person=fresh.person, accounts=(fresh.account,), contact_point=fresh.phone,
                    role=Role.DEBTOR, channel=Channel.CALL, origin=Origin.HISTORIC, direction=Direction.TO_PERSON,
                    outcome=Outcome.NO_ANSWER, at=at(TUESDAY, "08:00") + timedelta(minutes=30 * number),
                    source_kind="test", source_ref=str(number),
                ),
                now=desk.now,
            )  # fmt: skip
    staff = [hire(desk.book.lender, ["collector"]) for _ in range(TAKERS)]
    now = at(TUESDAY, "15:00")

    def take(taker: int) -> bool:
        with scope(desk.book.lender, staff[taker], today=TUESDAY):
            approach = Approach(person=fresh.person, contact_point=fresh.phone)
            return isinstance(take_permit(approach, now=now + timedelta(microseconds=taker)), Taken)

    assert sum(together(TAKERS, take)) == 1


def prepared(desk: Desk, many: int, channel: str = "email") -> list[Any]:
    """A batch of so many e-mails, one a person."""
    from arrears.actions.messages.queueing import Prepared, prepare_batch
    from arrears.domain.contacts import Channel

    loans = loans_like(desk.loan(), many - 1, desk)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        made = prepare_batch(
            "arrears_reminder", channel=Channel(channel), accounts=[loan.account for loan in loans], now=desk.now
        )
    assert isinstance(made, Prepared)
    assert made.queued == many
    return loans


def test_after_a_cease_in_the_middle_of_a_batch_nothing_goes_to_that_person(desk: Desk) -> None:
    from arrears.actions import holds
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store import away

    loans = prepared(desk, MANY)
    stopping = {loan.person for loan in loans[1::2]}
    out: list[int] = []
    ceased: dict[int, int] = {}
    lock, half_way = Lock(), Event()
    with mail_sink() as sink:

        def arrived(address: str) -> None:
            with lock:
                out.append(int(address.removeprefix("p").partition("@")[0]))
                if len(out) >= MANY // 4:
                    half_way.set()

        sink.on_mail = arrived

        def send(_: int) -> None:
            send_due(desk.book.lender, {Channel.EMAIL: _server(sink.address)}, clock=desk.clock)

        def cease(_: int) -> None:
            half_way.wait(60)
            for person in sorted(stopping, reverse=True):  # the last in the queue first
                with desk.book.hands_of(desk.book.dora, TUESDAY):
                    holds.place("cease", person=person, account=None, now=desk.now, facts={"written": True})
                with lock:  # committed: from here on nothing may reach them
                    ceased[person] = len(out)

        try:
            together(4, lambda taker: cease(taker) if taker == 3 else send(taker))
        finally:
            away.let_go()
    for person, so_far in ceased.items():
        assert person not in out[so_far:]
    assert len(out) == len(set(out))
    kept = states(desk)
    assert kept["sent"] == len(out)
    assert kept["sent"] + kept["refused"] == MANY
    assert kept["refused"] > 0
    assert set(out) >= {loan.person for loan in loans} - stopping


def test_a_cease_waits_for_the_message_that_is_under_way(desk: Desk) -> None:
    from arrears.actions import holds

    loan = desk.loan()
    message = desk.queue(loan)
    under_way, ceased, slipped_in = Event(), Event(), []

    def hand_over(_: Any) -> None:
        under_way.set()
        slipped_in.append(ceased.wait(1))  # long enough for it, were the person not held

    def cease() -> None:
        under_way.wait(60)
        with desk.book.hands_of(desk.book.dora, TUESDAY):
            holds.place("cease", person=loan.person, account=None, now=desk.now, facts={"written": True})
        ceased.set()

    together(2, lambda taker: cease() if taker else desk.send(Recorded(on_send=hand_over)))
    assert slipped_in == [False]
    assert ceased.is_set()
    assert desk.message(message).state == "sent"


def _server(address: str) -> Any:
    from arrears.channels.mail import Smtp

    return Smtp(address, "care@meadow.example")


def states(desk: Desk) -> dict[str, int]:
    from django.db import connections

    with connections["report"].cursor() as cursor:
        cursor.execute(
            "SELECT state, count(*) FROM message WHERE by_organisation_id = %s GROUP BY 1", [desk.book.lender]
        )
        return dict(cursor.fetchall())


def test_several_senders_send_each_message_once_and_each_has_its_own_permit(desk: Desk) -> None:
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.tables.message import Message

    prepared(desk, 60)
    carrier = Recorded()
    together(6, lambda _: send_due(desk.book.lender, {Channel.EMAIL: carrier}, clock=desk.clock))
    addresses = [one.address for one in carrier.sent]
    assert len(addresses) == len(set(addresses)) == 60
    sent = Message.objects.using("report").filter(state="sent", by_organisation_id=desk.book.lender)
    permits = sent.values_list("permit_id", flat=True)
    assert len(set(permits)) == 60


def test_a_batch_that_is_stopped_while_it_goes_sends_nothing_after_the_stop(desk: Desk) -> None:
    from arrears.actions.messages.queueing import stop_batch
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.doors import message_batches

    prepared(desk, 60)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        (batch,) = message_batches.listed()
    some, stopped_at = Event(), []
    carrier = Recorded()
    carrier.on_send = lambda _: some.set() if len(carrier.sent) > 10 else None

    def stop() -> None:
        some.wait(60)
        with desk.book.hands_of(desk.book.dora, TUESDAY):
            stop_batch(batch.id, "wrong list", now=desk.now)
        stopped_at.append(len(carrier.sent))

    def send() -> None:
        send_due(desk.book.lender, {Channel.EMAIL: carrier}, clock=desk.clock)

    together(3, lambda taker: stop() if taker == 2 else send())
    under_way = 2  # what has its permit when the batch stops is out, at most one a sender
    assert len(carrier.sent) <= stopped_at[0] + under_way
    assert states(desk)["stopped"] + states(desk)["sent"] == 60
    assert states(desk)["sent"] == len(carrier.sent)


@pytest.mark.parametrize("has_left", [False, True])
def test_a_sender_that_is_killed_before_it_heard_the_outcome_never_sends_twice(desk: Desk, *, has_left: bool) -> None:
    """A process of its own, killed without a chance to tidy up: before the mail server heard of it, and after."""
    from django.db import connections

    from arrears.actions.messages.sending import settle_lost

    loan = desk.loan()
    message = desk.queue(loan)
    with mail_sink() as sink:
        server = _server(sink.address)

        def die(outgoing: Any) -> None:
            if has_left:
                server.send(outgoing)
            os.kill(os.getpid(), signal.SIGKILL)

        connections.close_all()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            try:
                desk.send(Recorded(on_send=die))
            finally:
                os._exit(1)  # reached only where nobody killed us
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert len(sink.mails) == has_left
        assert desk.message(message).state == "sending"
        assert desk.send(server) is None
        desk.later(minutes=16)
        assert settle_lost(desk.book.lender, now=desk.now) == 1
        desk.later(days=30)
        assert desk.send(server) is None
        assert len(sink.mails) == has_left
    (attempt,) = desk.attempts(loan.person)
    assert (attempt.outcome, desk.permit(attempt.permit_id).state) == ("unknown", "used")
