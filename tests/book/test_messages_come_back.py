"""A message that came back after it had gone: over a real mail server, by the post, and what a machine answers."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from tests.mail_sink import Sink, mail_sink
from tests.message_desk import TUESDAY, Desk, Recorded, open_desk
from tests.working_book import Loan, at

from arrears.domain.delivery_reports import Report
from arrears.kernel.problems import Problem

BOUNCES = "bounces+*@meadow.example"


@pytest.fixture(scope="module")
def desk(shared_book: str) -> Desk:
    return open_desk()


@pytest.fixture
def loan(desk: Desk) -> Loan:
    desk.now = at(TUESDAY)
    return desk.loan()


def reported(sink: Sink, desk: Desk, action: str, status: str) -> Any:
    """Let a server report on the first mail of the sink to where it comes back to; take in what lies there then."""
    to, mail = sink.mails[0]
    back = sink.envelopes[0]
    told = (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {back}\r\nDate: {desk.now:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        f"Message-ID: <{action}-{status}-{back}>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive. I dispute this debt, stop calling me.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} no such mailbox\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail['Message-ID']}\r\n\r\n--b--\r\n"
    )
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        server.sendmail("", [back], told)
    return taken_in(desk, sink.mails[-1][1].as_bytes(), "report.eml")


def taken_in(desk: Desk, content: bytes, name: str) -> Any:
    from arrears.actions import received
    from arrears.channels.replies import read_replies

    replies = read_replies(content, name, "America/New_York")
    return received.take_in(replies, name, desk.book.lender, staff=desk.book.dora, today=desk.now.date(), now=desk.now)


def sent(desk: Desk, loan: Loan, sink: Sink) -> int:
    from arrears.channels.mail import Smtp

    message = desk.queue(loan)
    server = Smtp(sink.address, "care@meadow.example", bounces=BOUNCES)
    turn = desk.send(server, only=message)
    server.rest()
    assert str(turn.state) == "sent", turn
    return int(message)


def point(desk: Desk, loan: Loan) -> Any:
    from arrears.store.tables.person import ContactPoint

    return ContactPoint.objects.using("report").get(pk=desk.points[loan.person])


def test_mail_that_came_back_for_good_reached_nobody_and_its_address_is_not_used_again(desk: Desk, loan: Loan) -> None:
    with mail_sink() as sink:
        message = sent(desk, loan, sink)
        assert sink.envelopes[-1].startswith(f"bounces+arrears-{message}-")
        desk.later(minutes=9)
        taken = reported(sink, desk, "failed", "5.1.1")
        again = reported(sink, desk, "failed", "5.1.1")
    assert (taken.back, taken.new, taken.problems) == (1, 0, [])
    assert (again.back, again.known) == (0, 1)
    found = desk.message(message)
    assert (str(found.state), found.said) == ("failed", "5.1.1 550 5.1.1 no such mailbox")
    (attempt,) = desk.attempts(loan.person)
    assert (attempt.outcome, desk.permit(found.permit).state) == ("bounced", "used")
    assert point(desk, loan).is_valid is False
    assert desk.book.events(person_id=loan.person)[-1] == "message_came_back"
    assert desk.book.differing(loan.account, now=desk.now) == []
    assert desk.queue(loan).code == "no_address"


def test_mail_that_is_late_or_was_refused_for_its_words_says_nothing_against_the_address(
    desk: Desk, loan: Loan
) -> None:
    with mail_sink() as sink:
        message = sent(desk, loan, sink)
        late = reported(sink, desk, "delayed", "4.4.1")
        assert (late.back, late.noted, str(desk.message(message).state)) == (0, 1, "sent")
        (attempt,) = desk.attempts(loan.person)
        assert attempt.outcome == "sent"
        refused = reported(sink, desk, "failed", "5.7.1")
    assert refused.back == 1
    assert str(desk.message(message).state) == "failed"
    assert point(desk, loan).is_valid is True


def test_a_made_up_reference_tells_nothing_of_anybodys_message(desk: Desk, loan: Loan) -> None:
    with mail_sink() as sink:
        message = sent(desk, loan, sink)
        forged = sink.mails[-1][1]
        right = str(forged["Message-ID"])
        forged.replace_header("Message-ID", right.replace("@", "0@")[:-30] + "0000000000@meadow.example>")
        sink.envelopes[-1] = "bounces@meadow.example"
        taken = reported(sink, desk, "failed", "5.1.1")
    assert (taken.back, taken.machines) == (0, 1)
    assert str(desk.message(message).state) == "sent"


def test_an_answer_of_a_machine_is_neither_a_contact_nor_obeyed(desk: Desk, loan: Loan) -> None:
    with mail_sink() as sink:
        message = sent(desk, loan, sink)
        asked = str(sink.mails[-1][1]["Message-ID"])
    away = (
        f"From: p{loan.person}@debtor.example\r\nDate: {desk.now:%a, %d %b %Y %H:%M:%S +0000}\r\nSubject: Away\r\n"
        f"Auto-Submitted: auto-replied\r\nIn-Reply-To: {asked}\r\n\r\nI dispute this debt. Stop calling me.\r\n"
    ).encode()
    taken = taken_in(desk, away, "away.eml")
    assert (taken.new, taken.effects, taken.noted) == (0, 0, 1)
    assert len(desk.attempts(loan.person)) == 1
    said = taken_in(desk, away.replace(b"Auto-Submitted: auto-replied\r\n", b""), "reply.eml")
    assert (said.new, said.effects > 0) == (1, True)
    assert str(desk.message(message).state) == "sent"


def letter(desk: Desk, loan: Loan) -> tuple[int, str]:
    carrier = Recorded()
    message = desk.queue(loan, channel="letter")
    turn = desk.send(carrier, channel="letter", only=message)
    assert str(turn.state) == "sent", turn
    return int(message), carrier.sent[-1].reference


def returned(desk: Desk, rows: str) -> Any:
    from arrears.actions import received
    from arrears.channels.post.returned import read_returned

    letters = read_returned(f"reference,returned_on,reason\n{rows}".encode(), "back.csv", "America/New_York")
    return received.take_in(
        letters, "back.csv", desk.book.lender, staff=desk.book.dora, today=desk.now.date(), now=desk.now
    )


def street(loan: Loan) -> Any:
    from arrears.store.tables.person import ContactPoint

    return ContactPoint.objects.using("report").get(person_id=loan.person, kind="address")


def test_letters_that_the_post_returned_came_back_and_only_a_wrong_address_is_given_up(desk: Desk, loan: Loan) -> None:
    message, reference = letter(desk, loan)
    other = desk.loan()
    refused, its = letter(desk, other)
    desk.later(days=6)
    taken = returned(
        desk, f"{reference}.pdf,2026-03-09,moved\n{its},2026-03-09,refused\narrears-9-9-0000000000,2026-03-09,\n"
    )
    assert taken.back == 2
    assert [(one.code, one.where.row) for one in taken.problems] == [("report_of_nothing", 3)]
    assert (desk.message(message).said, desk.message(refused).said) == ("moved away", "not accepted")
    assert (street(loan).is_valid, street(other).is_valid) == (False, True)


def test_a_death_that_the_post_tells_of_stops_contact_until_somebody_has_looked(desk: Desk, loan: Loan) -> None:
    from arrears.actions import contacts

    _, reference = letter(desk, loan)
    desk.later(days=6)
    assert returned(desk, f"{reference},2026-03-09,deceased\n").back == 1
    with desk.book.hands_of(desk.book.alice, desk.now.date()):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=loan.person, contact_point=loan.phone), now=desk.now
        )
    assert "core.deceased" in [one.rule.id for one in verdict.refusing]
    assert desk.book.differing(loan.account, now=desk.now) == []


def test_the_post_returns_letters_alone(desk: Desk, loan: Loan) -> None:
    from arrears.actions.messages.coming_back import heed
    from arrears.domain.delivery_reports import ReportKind, ReturnReason

    with mail_sink() as sink:
        sent(desk, loan, sink)
        reference = str(sink.mails[-1][1]["Message-ID"]).strip("<>").partition("@")[0]
    told = Report(kind=ReportKind.RETURNED, references=(reference,), at=desk.now, ref="x", reason=ReturnReason.MOVED)
    with desk.book.hands_of(desk.book.dora, desk.now.date()):
        wrong = heed(told, now=desk.now)
    assert isinstance(wrong, Problem)
    assert wrong.code == "report_unfit"


@pytest.mark.parametrize("table", ["message", "attempt"])
def test_the_database_lets_nothing_come_back_without_a_report_of_it(desk: Desk, loan: Loan, table: str) -> None:
    from django.db import DatabaseError, connections, transaction

    with mail_sink() as sink:
        message = sent(desk, loan, sink)
    changes = {
        "message": f"UPDATE message SET state = 'failed' WHERE id = {message}",
        "attempt": f"UPDATE attempt SET outcome = 'bounced' WHERE id = {desk.message(message).attempt}",
    }
    with pytest.raises(DatabaseError, match=r"stands as it ended|came back by no report"), transaction.atomic("night"):
        connections["night"].cursor().execute(changes[table])


def test_another_houses_reports_move_nothing_of_ours(desk: Desk, loan: Loan) -> None:
    from arrears.actions.messages.coming_back import heed
    from arrears.domain.delivery_reports import ReportKind
    from arrears.store.scope import scope

    with mail_sink() as sink:
        message = sent(desk, loan, sink)
        reference = str(sink.mails[-1][1]["Message-ID"]).strip("<>").partition("@")[0]
    desk.book.place(loan, from_on=TUESDAY, in_default_since=TUESDAY - timedelta(days=9))
    told = Report(kind=ReportKind.FAILED, references=(reference,), at=desk.now, ref="y", status="5.1.1")
    with scope(desk.book.agency, desk.book.bob, today=TUESDAY):
        wrong = heed(told, now=desk.now)
    assert isinstance(wrong, Problem)
    assert str(desk.message(message).state) == "sent"
