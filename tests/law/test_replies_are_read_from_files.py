"""Files of replies: CSV rows and saved e-mails come out as the same thing, and what is wrong is named."""

from datetime import UTC, datetime

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
