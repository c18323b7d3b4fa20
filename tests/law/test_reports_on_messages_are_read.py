"""What machines write into a mailbox is told from what people write, and says which message it is about."""

from datetime import UTC, datetime

import pytest

from arrears.channels.post.returned import read_returned
from arrears.channels.replies import Came, read_replies
from arrears.domain.delivery_reports import Report, ReportKind, ReturnReason, is_address_gone
from arrears.kernel.problems import Problem

OURS = "arrears-12-34-0123456789"
DATE = b"Date: Tue, 03 Mar 2026 12:00:00 -0500\r\n"


def one(content: bytes) -> Came | Report | Problem:
    (found,) = read_replies(content, "m.eml", "America/New_York")
    return found


def report(content: bytes) -> Report:
    found = one(content)
    assert isinstance(found, Report), found
    return found


def dsn(*groups: str, original: str = f"Message-ID: <{OURS}@meadow.example>", envelope: str = "") -> bytes:
    """A report in the form of RFC 3464 with these groups of recipients, and the headers of what it is about."""
    told = "\r\n\r\n".join((f"Reporting-MTA: dns; mx.example\r\n{envelope}".strip(), *groups))
    return (
        DATE + b"From: MAILER-DAEMON@mx.example\r\nTo: care@meadow.example\r\nMessage-ID: <r1@mx.example>\r\n"
        b"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered. Please stop.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + told.encode() + b"\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n" + original.encode() + b"\r\n\r\n--b--\r\n"
    )


FAILED = (
    "Final-Recipient: rfc822; Ana@Debtor.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <ana@debtor.example>:\r\n no such user"
)


def test_a_report_of_failure_says_which_message_which_recipient_and_why():
    assert report(dsn(FAILED)) == Report(
        kind=ReportKind.FAILED,
        references=(OURS,),
        at=datetime(2026, 3, 3, 17, tzinfo=UTC),
        ref="<r1@mx.example>",
        status="5.1.1",
        recipient="ana@debtor.example",
        said="550 5.1.1 <ana@debtor.example>: no such user",
    )


def test_a_delay_is_no_failure_and_of_several_recipients_the_worst_counts():
    late = "Final-Recipient: rfc822; ana@debtor.example\r\nAction: delayed\r\nStatus: 4.4.1"
    came = "Final-Recipient: rfc822; ana@debtor.example\r\nAction: relayed\r\nStatus: 2.0.0"
    assert report(dsn(late)).kind is ReportKind.DELAYED
    assert report(dsn(came)).kind is ReportKind.ARRIVED
    assert report(dsn(came, late)).kind is ReportKind.DELAYED
    assert report(dsn(came, late, FAILED)).kind is ReportKind.FAILED


def test_a_report_without_an_action_goes_by_the_class_of_its_code():
    recipient = "Final-Recipient: rfc822; ana@debtor.example\r\nStatus: "
    assert [report(dsn(recipient + code)).kind for code in ("4.2.2", "5.2.2", "2.1.5")] == [
        ReportKind.DELAYED,
        ReportKind.FAILED,
        ReportKind.ARRIVED,
    ]


def test_our_reference_is_found_in_the_envelope_where_the_headers_are_cut_off():
    by_envelope = dsn(FAILED, original="Subject: x", envelope=f"Original-Envelope-Id: {OURS}")
    by_address = dsn(FAILED, original="Subject: x").replace(b"To: care@", f"To: bounces+{OURS.upper()}@".encode())
    assert report(by_envelope).references == report(by_address).references == (OURS,)
    assert report(dsn(FAILED, original="Message-ID: <another@shop.example>")).references == ()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"<ana@debtor.example>:\n192.0.2.1 said: 550 no such user here\n", ReportKind.FAILED, "5.0.0"),
        (
            b"Hi. This is the qmail-send program.\nSorry, no mailbox here by that name. (#5.1.1)\n",
            ReportKind.FAILED,
            "5.1.1",
        ),
        (b"Remote server replied: 452 4.2.2 mailbox full\n", ReportKind.DELAYED, "4.2.2"),
        (b"Warning: message delayed 4 hours, will be retried\n", ReportKind.DELAYED, ""),
        (b"It could not be delivered.\n", ReportKind.FAILED, ""),
    ],
)
def test_a_bounce_in_a_servers_own_form_is_read_by_its_codes_and_words(body, kind, status):
    plain = (
        DATE + b"From: Mail System <Mailer-Daemon@mx.example>\r\nTo: care@meadow.example\r\nSubject: Returned\r\n\r\n"
    )
    quoted = f"--- below this line is a copy ---\nMessage-ID: <{OURS}@meadow.example>\nStatus: 5.7.1\n".encode()
    found = report(plain + body + quoted)
    assert (found.kind, found.status, found.references) == (kind, status, (OURS,))


def test_an_answer_of_a_machine_is_no_reply_and_a_persons_is_one_whatever_it_says():
    away = (
        DATE
        + b"From: ana@debtor.example\r\nSubject: Out of office\r\nIn-Reply-To: <%s@meadow.example>\r\n" % OURS.encode()
    )
    words = b"\r\nI am away. Stop writing to me, I dispute this.\r\n"
    marks = (b"Auto-Submitted: auto-replied\r\n", b"auto-submitted: Auto-Generated (rule)\r\n", b"X-Autoreply: yes\r\n",
        b"Precedence: auto_reply\r\n")  # fmt: skip
    for mark in marks:
        found = report(away + mark + words)
        assert (found.kind, found.references, found.said) == (ReportKind.MACHINE, (OURS,), "Out of office")
    for mark in (b"", b"Auto-Submitted: no\r\n", b"Precedence: bulk\r\n", b"Return-Path: <>\r\n"):
        assert isinstance(one(away + mark + words), Came)


def test_a_receipt_of_reading_is_a_machines_word():
    head = DATE + b'Content-Type: multipart/report; report-type="disposition-notification"; boundary="b"\r\n\r\n'
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\nIt was displayed.\r\n--b--\r\n"
    assert report(b"From: ana@debtor.example\r\n" + head + parts).kind is ReportKind.MACHINE


@pytest.mark.parametrize("groups", [(), ("",), ("Action: ", "Status: x"), ("Status: 5.1.1; " + "x" * 9000,)])
def test_a_report_that_is_broken_is_still_a_report_and_never_a_reply(groups):
    found = report(dsn(*groups))
    assert found.kind is ReportKind.FAILED
    assert len(found.said) <= 500


@pytest.mark.parametrize(
    ("status", "is_gone"),
    [("5.1.1", True), ("5.0.0", True), ("5.2.1", True), ("5.4.4", True), ("5.1.7", False), ("5.2.2", False),
     ("5.3.4", False), ("5.6.1", False), ("5.7.1", False), ("4.1.1", False), ("2.1.5", False), ("", False)],
)  # fmt: skip
def test_only_what_is_about_the_address_and_for_good_says_that_it_is_gone(status, is_gone):
    assert is_address_gone(status) is is_gone


def test_a_letter_that_was_late_or_full_of_words_is_not_gone_by_its_code_alone():
    assert not report(dsn(FAILED.replace("failed", "delayed"))).is_address_gone()
    assert report(dsn(FAILED)).is_address_gone()


def test_returned_letters_are_rows_with_a_reference_a_day_and_a_reason():
    content = f"reference,returned_on,reason,words\n{OURS}.pdf,2026-03-09,moved,gone\n{OURS},2026-03-10,,\n".encode()
    first, second = read_returned(content, "back.csv", "America/New_York")
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.references, first.reason, first.said, first.is_address_gone()) == (
        (OURS,), ReturnReason.MOVED, "gone", True,
    )  # fmt: skip
    assert first.at == datetime(2026, 3, 9, 4, tzinfo=UTC)
    assert (second.reason, second.is_address_gone()) == (ReturnReason.OTHER, False)


def test_what_is_wrong_with_a_returned_letter_is_named_with_its_row():
    content = b"reference,returned_on,reason\narrears-1,soon,moved\narrears-1,2026-03-09,lost\n"
    found = [one for one in read_returned(content, "b.csv", "UTC") if isinstance(one, Problem)]
    assert [(one.code, one.where.row, one.where.field) for one in found] == [
        ("day_unreadable", 1, "returned_on"),
        ("reason_unknown", 2, "reason"),
    ]
    assert [one.code for one in read_returned(b"a,b\n", "b.csv", "UTC") if isinstance(one, Problem)] == [
        "columns_missing"
    ]


@pytest.mark.parametrize("writer", ["MAILER-DAEMON@mx.example", "ana@debtor.example"])
@pytest.mark.parametrize("said", ["<" + "1a" * 10_000 + "@x>", "<a\0b@x>", "=?utf-8?q?=3Ca=00b=40x=3E?="])
def test_whoever_writes_chooses_no_id_address_or_subject_that_no_book_can_keep(writer, said):
    hostile = "=?utf-8?q?a=00b?=" + "1a" * 500
    found = one(
        DATE + f"From: {writer}\r\nMessage-ID: {said}\r\nX-Failed-Recipients: {hostile}@x\r\n".encode()
        + f"Subject: {hostile}\r\n\r\n550 5.1.1 no such user {OURS}".encode()
    )  # fmt: skip
    assert not isinstance(found, Problem), found
    told = [found.ref, found.recipient if isinstance(found, Report) else found.address]
    assert all("\0" not in words and len(words) <= 500 for words in told), told
    assert isinstance(found, Report) or "\0" not in found.words


def test_an_id_without_an_end_still_tells_mail_apart():
    long = "<" + "1a" * 10_000 + "@x>"
    made = [DATE + f"From: MAILER-DAEMON@x\r\nMessage-ID: {long}\r\n\r\n550 5.1.1 {words}".encode() for words in "ab"]
    assert report(made[0]).ref == report(made[0]).ref != report(made[1]).ref
