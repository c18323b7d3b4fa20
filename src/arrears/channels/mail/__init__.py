"""E-mail over SMTP: one message, one recipient, encrypted on the way unless the server is this machine."""

import smtplib
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from arrears.channels.addresses import is_loopback
from arrears.channels.carrying import Carrier, Handed, Outgoing
from arrears.domain.contacts import Channel
from arrears.domain.messages import Delivery

CHANNEL: Final = Channel.EMAIL
_SECONDS: Final = 30
_FOR_GOOD: Final = 500
_TAKEN: Final = 250
_PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass
class Smtp:
    """A mail server: ``address`` is ``smtp://host:port`` (STARTTLS, or this machine) or ``smtps://host:port``.

    ``bounces`` is where what cannot be delivered comes back to, ``*`` in it our reference; without, the sender.
    """

    address: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    bounces: str = ""
    _own: threading.local = field(default_factory=threading.local, repr=False)

    def send(self, message: Outgoing) -> Handed:
        """Hand an e-mail to the server, which says at once whether it takes it."""
        if not _is_one_line(message.address, message.subject, message.sender, message.name):
            return Handed(Delivery.FAILED, said="a line break in an address or a subject")
        try:
            line = self._line()
            refused = _refusal(line, self.envelope_of(message), message)
        except (OSError, smtplib.SMTPException) as wrong:
            self._hang_up()
            return Handed(Delivery.NOT_TAKEN, said=_said(wrong))
        if refused is not None:
            return refused
        return self._hand_over(line, message)

    def envelope_of(self, message: Outgoing) -> str:
        """Return the address to which a message comes back that cannot be delivered."""
        return self.bounces.replace("*", message.reference) if self.bounces else self.sender

    def rest(self) -> None:
        """Hang up this thread's connection."""
        self._hang_up()

    def _hand_over(self, line: smtplib.SMTP, message: Outgoing) -> Handed:
        written = _written(message, self.sender)
        try:
            code, answer = line.data(written.as_bytes())
        except smtplib.SMTPDataError as refused:  # before the first byte of the message
            return _by_code(refused.smtp_code, refused.smtp_error, Delivery.FAILED)
        except (OSError, smtplib.SMTPException) as wrong:
            self._hang_up()
            return Handed(Delivery.UNKNOWN, said=_said(wrong))
        if code == _TAKEN:
            return Handed(Delivery.ACCEPTED, ref=str(written["Message-ID"]), said=_text(answer))
        return _by_code(code, answer, Delivery.FAILED)

    def _line(self) -> smtplib.SMTP:
        """Return this thread's connection to the server, as after its greeting; a new one where it was lost."""
        kept: smtplib.SMTP | None = getattr(self._own, "line", None)
        if kept is not None:
            try:
                if kept.rset()[0] == _TAKEN:
                    return kept
            except (OSError, smtplib.SMTPException):
                pass
            self._hang_up()
        self._own.line = self._connected()
        return self._own.line  # type: ignore[no-any-return]  # a thread's own things have no types

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.address)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        trust = ssl.create_default_context()
        if parts.scheme == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=trust)
        else:
            line = smtplib.SMTP(host, port, timeout=_SECONDS)
            if not is_loopback(host):
                line.starttls(context=trust)
        line.ehlo_or_helo_if_needed()
        if self.user:
            line.login(self.user, self.password)
        return line

    def _hang_up(self) -> None:
        kept: smtplib.SMTP | None = getattr(self._own, "line", None)
        self._own.line = None
        if kept is not None:
            kept.close()


def carrier(settings: Mapping[str, Any]) -> Carrier | None:
    """Return the mail server that the settings name; None where they name none, or no sender."""
    if not settings.get("mail_address") or not settings.get("mail_from"):
        return None
    user, password = settings.get("mail_user", ""), settings.get("mail_password", "")
    bounces = settings.get("mail_bounces", "")
    return Smtp(settings["mail_address"], settings["mail_from"], user, password, bounces)


def _refusal(line: smtplib.SMTP, envelope: str, message: Outgoing) -> Handed | None:
    """Name sender and recipient; return what the server has against them.

    A server that can (RFC 3461) is asked to report only what fails or is late, under our reference, without the words.
    """
    is_asked = line.has_extn("dsn")
    code, answer = line.mail(envelope, [f"ENVID={message.reference}", "RET=HDRS"] if is_asked else [])
    if code != _TAKEN:
        return Handed(Delivery.NOT_TAKEN, said=f"{code} {_text(answer)}")
    code, answer = line.rcpt(message.address, ["NOTIFY=FAILURE,DELAY"] if is_asked else [])
    return None if code in {_TAKEN, 251} else _by_code(code, answer, Delivery.BOUNCED)


def _by_code(code: int, answer: bytes | str, for_good: Delivery) -> Handed:
    delivery = for_good if code >= _FOR_GOOD else Delivery.NOT_TAKEN
    return Handed(delivery, said=f"{code} {_text(answer)}")


def _written(message: Outgoing, sender: str) -> EmailMessage:
    written = EmailMessage(policy=SMTP)
    written["From"] = _alike("From", formataddr((message.sender, sender)))
    written["To"] = formataddr((message.name, message.address))
    written["Subject"] = _alike("Subject", message.subject)
    written["Date"] = format_datetime(message.at)
    written["Message-ID"] = f"<{message.reference}@{sender.rpartition('@')[2]}>"
    written["List-Unsubscribe"] = _alike("List-Unsubscribe", f"<mailto:{sender}?subject=STOP>")
    written.set_content(message.words)
    written["Content-Language"] = _alike("Content-Language", message.language)
    if message.page:
        written.add_attachment(message.page, maintype="application", subtype="pdf", filename=f"{message.reference}.pdf")
    return written


@lru_cache(maxsize=64)
def _alike(name: str, value: str) -> Any:
    """Return a header that the messages of a batch have alike, read once: reading it is most of writing a message."""
    return SMTP.header_factory(name, value)


def _is_one_line(*words: str) -> bool:
    return not any(mark in word for word in words for mark in "\r\n")


def _text(answer: bytes | str) -> str:
    return (answer.decode(errors="replace") if isinstance(answer, bytes) else answer)[:200]


def _said(wrong: Exception) -> str:
    return f"{type(wrong).__name__}: {wrong}"[:200]
