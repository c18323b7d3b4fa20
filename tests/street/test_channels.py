"""Handing messages over for real: a mail server, a text gateway and a folder of letters, all on this machine."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.mail_sink import mail_sink

from arrears.channels.carrying import Outgoing, carriers
from arrears.channels.mail import Smtp
from arrears.channels.post import Post
from arrears.channels.texts import Gateway
from arrears.channels.texts.sandbox import KEY, Sandbox
from arrears.config.environment import read
from arrears.domain.contacts import Channel


def outgoing(**said: Any) -> Outgoing:
    return Outgoing(**{
        "reference": "arrears-1-2", "permit": 1, "channel": Channel.EMAIL, "address": "ana@debtor.example",
        "name": "Ána 王", "sender": "Meadow Loans", "from_number": "+12125550199", "language": "es",
        "subject": "Un mensaje", "words": "Estimada Ána:\n\nSaldo 12,50 €", "at": datetime(2026, 3, 3, 16, tzinfo=UTC),
        "page": b"", **said,
    })  # fmt: skip


def test_mail_arrives_as_it_was_written() -> None:
    with mail_sink() as sink:
        server = Smtp(sink.address, "care@meadow.example")
        handed = server.send(outgoing())
        server.rest()
    ((to, mail),) = sink.mails
    assert (handed.delivery, handed.ref) == ("accepted", "<arrears-1-2@meadow.example>")
    assert (to, mail["Subject"], mail["Content-Language"]) == ("ana@debtor.example", "Un mensaje", "es")
    assert mail["From"] == "Meadow Loans <care@meadow.example>"
    assert mail.get_content().replace("\r\n", "\n").strip() == "Estimada Ána:\n\nSaldo 12,50 €"
    assert mail["List-Unsubscribe"] == "<mailto:care@meadow.example?subject=STOP>"


def test_a_mail_server_that_refuses_for_good_for_now_or_vanishes_is_told_apart() -> None:
    with mail_sink() as sink:
        server = Smtp(sink.address, "care@meadow.example")
        sink.refuses.add("ana@debtor.example")
        assert server.send(outgoing()).delivery == "bounced"
        sink.refuses.clear()
        sink.is_full = True
        assert server.send(outgoing()).delivery == "not_taken"
        sink.is_full, sink.drops_at_data = False, True
        assert server.send(outgoing()).delivery == "unknown"
        sink.drops_at_data = False
        assert server.send(outgoing()).delivery == "accepted"
        server.rest()
    assert server.send(outgoing()).delivery == "not_taken"


@pytest.mark.parametrize("field", ["address", "subject", "sender", "name"])
def test_a_line_break_cannot_write_a_header(field: str) -> None:
    with mail_sink() as sink:
        server = Smtp(sink.address, "care@meadow.example")
        assert server.send(outgoing(**{field: "x\r\nBcc: all@debtor.example"})).delivery == "failed"
        assert sink.mails == []
        server.rest()


def test_a_text_goes_to_the_gateway_and_a_number_it_refuses_has_failed() -> None:
    with Sandbox().serving() as sandbox:
        gateway = Gateway(sandbox.address, KEY)
        handed = gateway.send(outgoing(channel=Channel.TEXT, address="+12125550101"))
        sandbox.refuses.add("+12125550102")
        refused = gateway.send(outgoing(channel=Channel.TEXT, address="+12125550102"))
        stranger = Gateway(sandbox.address, "other").send(outgoing(channel=Channel.TEXT))
    assert (handed.delivery, handed.ref) == ("accepted", "text-1")
    assert [(one["to"], one["from"], one["reference"]) for one in sandbox.taken] == [
        ("+12125550101", "+12125550199", "arrears-1-2")
    ]
    assert (refused.delivery, stranger.delivery) == ("failed", "not_taken")
    assert gateway.send(outgoing(channel=Channel.TEXT)).delivery == "not_taken"


def test_a_letter_is_put_into_its_folder_whole_and_none_without_a_page(tmp_path: Path) -> None:
    post = Post(tmp_path / "letters")
    assert post.send(outgoing(page=b"")).delivery == "not_taken"
    assert post.send(outgoing(page=b"%PDF-1.7")).ref == "arrears-1-2.pdf"
    assert [(each.name, each.read_bytes()) for each in (tmp_path / "letters").iterdir()] == [
        ("arrears-1-2.pdf", b"%PDF-1.7")
    ]
    (tmp_path / "file").touch()
    assert Post(tmp_path / "file").send(outgoing(page=b"%PDF")).delivery == "not_taken"


def test_a_channel_is_there_once_its_settings_are(tmp_path: Path) -> None:
    assert carriers({}) == {}
    assert set(carriers({"mail_address": "smtp://127.0.0.1", "mail_from": "a@b.example"})) == {Channel.EMAIL}
    said = {"texts_address": "http://127.0.0.1:1", "texts_key": "k", "post_folder": str(tmp_path)}
    assert set(carriers(said)) == {Channel.TEXT, Channel.LETTER}
    with pytest.raises(ValueError, match="HTTPS"):
        carriers({"texts_address": "http://gateway.example", "texts_key": "k"})


@pytest.mark.parametrize(
    ("name", "said"),
    [("MAIL_ADDRESS", "http://mail.example"), ("MAIL_ADDRESS", "smtp://"), ("MAIL_FROM", "Meadow <a@b.example>"),
     ("TEXTS_ADDRESS", "http://gateway.example")],
)  # fmt: skip
def test_a_wrong_setting_of_a_channel_is_refused_at_start(name: str, said: str) -> None:
    found = read({f"ARREARS_{name}": said})
    assert isinstance(found, list)
    assert found[0].where is not None
    assert found[0].where.field == f"ARREARS_{name}"
