"""Files of replies: CSV rows and saved e-mails come out as the same thing, and what is wrong is named."""

import csv
from datetime import UTC, datetime
from functools import partial

import pytest

from arrears.channels.replies import Came, read_replies
from arrears.kernel.problems import Problem

ZONE = "America/New_York"
MAIL = b"""From: Ana Ruiz <ana@example.org>
To: us@example.com
Subject: Re: your letter
Date: Mon, 02 Mar 2026 09:30:00 -0500
Message-ID: <1@example.org>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

No es mi deuda.

On Mon, Mar 2, 2026 at 8:00 AM Us <us@example.com> wrote:
> You owe us. If you dispute this, write to us.
"""


def test_a_row_is_a_reply_by_the_clock_of_the_organisation():
    content = "\ufeffchannel,at,words,address,person,id,language\ntext,2026-03-02T09:30,STOP,+12125550100,P-1,7,en\n"
    assert read_replies(content.encode(), "r.csv", ZONE) == [
        Came(
            channel="text", words="STOP", at=datetime(2026, 3, 2, 14, 30, tzinfo=UTC), ref="7",
            address="+12125550100", person="P-1", language="en",
        )
    ]  # fmt: skip


def test_the_same_row_without_an_id_has_the_same_reference_and_another_another():
    first, again, other = read_replies(
        b"channel,at,words\ntext,2026-03-02T09:30Z,a\ntext,2026-03-02T09:30Z,a\ntext,2026-03-02T09:30Z,b\n",
        "r.csv",
        ZONE,
    )
    assert isinstance(first, Came)
    assert isinstance(other, Came)
    assert first == again
    assert first.ref != other.ref


def test_what_is_wrong_is_named_with_its_row():
    (wrong,) = read_replies(b"channel,at,words\ntext,yesterday,a\n", "r.csv", ZONE)
    assert isinstance(wrong, Problem)
    assert (wrong.code, str(wrong.where)) == ("instant_unreadable", "r.csv, row 1, at")
    assert [one.code for one in read_replies(b"a,b\n1,2\n", "r.csv", ZONE) if isinstance(one, Problem)] == [
        "columns_missing"
    ]
    assert [one.code for one in read_replies(b"\xff\xfe\x00", "r.csv", ZONE) if isinstance(one, Problem)] == [
        "file_unreadable"
    ]


def test_a_saved_message_gives_its_own_words_and_not_what_it_quotes():
    (came,) = read_replies(MAIL, "m.eml", ZONE)
    assert came == Came(
        channel="email", words="No es mi deuda.", at=datetime(2026, 3, 2, 14, 30, tzinfo=UTC), ref="<1@example.org>",
        address="ana@example.org",
    )  # fmt: skip


def test_the_subject_of_a_new_message_belongs_to_its_words():
    (came,) = read_replies(MAIL.replace(b"Re: your letter", b"Bankruptcy"), "m.eml", ZONE)
    assert isinstance(came, Came)
    assert came.words == "Bankruptcy\nNo es mi deuda."


def test_a_message_in_html_is_read_without_its_marks():
    html = MAIL.replace(b"text/plain", b"text/html").replace(
        b"No es mi deuda.", b"<style>p{}</style><p>No debo <b>nada</b></p>"
    )
    (came,) = read_replies(html, "m.eml", ZONE)
    assert isinstance(came, Came)
    assert " ".join(came.words.split()) == "No debo nada"


def test_a_message_without_a_date_is_a_problem():
    (wrong,) = read_replies(MAIL.replace(b"Date:", b"X-Date:"), "m.eml", ZONE)
    assert isinstance(wrong, Problem)
    assert wrong.code == "instant_unreadable"


@pytest.mark.parametrize(
    "head", [b'From: "', b"Message-ID: <", b"From: " + b"(" * 5000, b"Content-Type: message/rfc822\r\n\r\n" * 3000]
)
def test_mail_that_breaks_a_parser_is_a_mistake_of_the_file(head):
    content = b"Date: Mon, 02 Mar 2026 09:30:00 +0000\r\n" + head + b"\r\n\r\nstop"
    (read,) = read_replies(content, "x.eml", "UTC")
    assert isinstance(read, Problem)
    assert read.code == "mail_unreadable"


def test_what_a_page_hides_is_no_word_of_the_reply():
    head = b"From: a@b.example\r\nDate: Mon, 02 Mar 2026 09:30:00 +0000\r\nContent-Type: text/html\r\n\r\n"
    page = b"<STYLE a=1>p { color: red }</style><p>Stop <b>now</b></p><script>pay()</script>"
    (read,) = read_replies(head + page, "x.eml", "UTC")
    assert isinstance(read, Came)
    assert read.words.split() == ["Stop", "now"]
    (open_ended,) = read_replies(head + b"<style>Stop" + b"<style" * 16_000, "x.eml", "UTC")
    assert isinstance(open_ended, Came)
    assert "Stop" in open_ended.words


@pytest.mark.parametrize("elsewhere", [131_072, 10**7])
def test_a_table_with_a_field_that_is_too_long_says_its_row_after_those_that_were_read(elsewhere, request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(elsewhere)))
    rows = b"channel,at,words\nsms,2026-03-02T09:30,st\x00op\nsms,2026-03-02T09:30," + b"a" * 200_000 + b"\n"
    came, wrong = read_replies(rows, "x.csv", "UTC")
    assert isinstance(came, Came)
    assert came.words == "stop"
    assert isinstance(wrong, Problem)
    assert (wrong.code, wrong.where.row) == ("file_unreadable", 2)


def test_a_reply_from_before_the_earliest_year_has_no_readable_instant():
    (read,) = read_replies(b"channel,at,words\nsms,0001-01-01T00:00,hello\n", "x.csv", "Asia/Tokyo")
    assert isinstance(read, Problem)
    assert read.code == "instant_unreadable"
