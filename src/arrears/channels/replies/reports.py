"""What machines write into a mailbox: reports on delivery, plain bounces, automatic answers. Nobody wrote them.

A report in the form of RFC 3464 says by code what became of which recipient; older servers write a letter of their
own. Either way our reference stands somewhere in it: in the envelope, in the address it came back to, or in the headers
of the message that it carries.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.message import EmailMessage, Message
from email.utils import parseaddr
from typing import Final

from arrears.domain.delivery_reports import Report, ReportKind

LOOKS_LIKE_OURS: Final = re.compile(r"\barrears-\d{1,19}-\d{1,19}-[0-9a-f]{10}\b", re.IGNORECASE)
_MACHINES: Final = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mdaemon"})
_ANSWERS: Final = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder")
_ENVELOPE: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "In-Reply-To", "References")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE: Final = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[ -])")
_LATER: Final = re.compile(
    r"delayed|will (?:be retried|keep trying|try again)|still trying|no action is required|warning:|"
    r"retrasad|se reintentará|延迟|将继续尝试",
    re.IGNORECASE,
)
_ACTIONS: Final = {
    "failed": ReportKind.FAILED,
    "delayed": ReportKind.DELAYED,
    "delivered": ReportKind.ARRIVED,
    "relayed": ReportKind.ARRIVED,
    "expanded": ReportKind.ARRIVED,
}
_STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_LONGEST: Final = 500
_LONGEST_ID: Final = 500
_READ: Final = 20_000
"""Characters of a bounce in which its code and our reference are looked for."""


def report_in(message: EmailMessage, at: datetime, content: bytes) -> Report | None:
    """Return what a machine reports or answers in ``message``; None where a human may have written it."""
    ref = known_by(str(message["Message-ID"] or ""), content)
    if message.get_content_type() == "multipart/report":
        kind = str(message.get_param("report-type") or "").lower()
        if kind == "delivery-status" or _groups(message):
            return _by_status(message, at, ref)
        if kind == "disposition-notification":
            return _plain(message, ReportKind.MACHINE, at, ref)
    if _is_bounce(message):
        return _by_words(message, at, ref)
    return _plain(message, ReportKind.MACHINE, at, ref) if _is_automatic(message) else None


def known_by(said: str, content: bytes) -> str:
    """Return what mail is known by: the id it says, or a digest of it all where that is none a book can keep.

    Whoever writes chooses the id: one without an end would fit into no index and keep the rest of a mailbox out.
    """
    known = said.replace("\0", "").strip()
    return known if 0 < len(known) <= _LONGEST_ID else hashlib.sha256(content).hexdigest()[:32]


def _by_status(message: EmailMessage, at: datetime, ref: str) -> Report:
    """Read a report in the form of RFC 3464: the worst that it says of any recipient, for ours have one each."""
    groups = _groups(message)
    named = [group for group in groups if group["Action"] or group["Status"]]
    told = min(named, key=lambda group: list(_ACTIONS.values()).index(_kind_of(group)), default=None)
    if told is None:
        return _by_words(message, at, ref)
    return Report(
        kind=_kind_of(told),
        references=_references(message),
        at=at,
        ref=ref,
        status=next(iter(_STATUS.findall(_field(told, "Status"))), ""),
        recipient=_address(_field(told, "Original-Recipient") or _field(told, "Final-Recipient")),
        said=(_after_semicolon(_field(told, "Diagnostic-Code")) or _field(told, "Status"))[:_LONGEST],
    )


def _groups(message: EmailMessage) -> "list[Message[str, str]]":
    found: list[Message[str, str]] = []
    for part in message.walk():
        if part.get_content_type() in _STATUS_TYPES:
            payload = part.get_payload()
            groups = payload if isinstance(payload, list) else []
            found += [one for one in groups if isinstance(one, Message)]
    return found


def _kind_of(group: "Message[str, str]") -> ReportKind:
    """Return what a group says; without a word of its own what the class of its code says."""
    said = _ACTIONS.get(_field(group, "Action").lower())
    if said is not None:
        return said
    return {"4": ReportKind.DELAYED, "2": ReportKind.ARRIVED}.get(_field(group, "Status")[:1], ReportKind.FAILED)


def _field(group: "Message[str, str]", name: str) -> str:
    return " ".join(str(group[name] or "").replace("\0", "").split())


def _after_semicolon(said: str) -> str:
    """Return what follows the type of a typed field (``smtp; 550 …``)."""
    kind, mark, words = said.partition(";")
    return words.strip() if mark and kind.strip().replace("-", "").isalnum() else said


def _address(said: str) -> str:
    return _after_semicolon(said.replace("\0", "")).strip("<> ").lower()[:_LONGEST]


def _is_bounce(message: EmailMessage) -> bool:
    """Return whether a mail server wrote it, in a form of its own: an empty return path alone says nothing."""
    if message["X-Failed-Recipients"]:
        return True
    writer = parseaddr(str(message["From"] or ""))[1].partition("@")[0].lower()
    return writer in _MACHINES


def _is_automatic(message: EmailMessage) -> bool:
    """Return whether a program answered by itself (RFC 3834 section 5, and what was used before it)."""
    said = str(message["Auto-Submitted"] or "no").split(";")[0].split("(")[0].strip().lower()
    if said not in {"", "no"} or any(message[name] for name in _ANSWERS):
        return True
    return str(message["Precedence"] or "").strip().lower() == "auto_reply"


def _by_words(message: EmailMessage, at: datetime, ref: str) -> Report:
    words = _words(message)
    ours = LOOKS_LIKE_OURS.search(words)
    told = words[: ours.start()] if ours else words  # codes after it are ours, or of the message that came back
    status = next(iter(_STATUS.findall(told)), "")
    code = _CODE.search(told)
    if not status and code:
        status = f"{code[1]}.0.0"
    subject = str(message["Subject"] or "")
    is_later = status.startswith("4") or (not status and bool(_LATER.search(f"{subject}\n{told}")))
    return Report(
        kind=ReportKind.DELAYED if is_later else ReportKind.FAILED,
        references=_references(message),
        at=at,
        ref=ref,
        status=status,
        recipient=_address(str(message["X-Failed-Recipients"] or "")),
        said=" ".join(_told_line(told, status, code[0] if code else "").split())[:_LONGEST],
    )


def _told_line(words: str, *marks: str) -> str:
    """Return the line in which a bounce gives its code, or its first lines."""
    lines = [line for line in words.splitlines() if line.strip()]
    for mark in filter(None, marks):
        for line in lines:
            if mark in line:
                return line
    return " ".join(lines[:3])


def _plain(message: EmailMessage, kind: ReportKind, at: datetime, ref: str) -> Report:
    subject = " ".join(str(message["Subject"] or "").replace("\0", "").split())
    return Report(kind=kind, references=_references(message), at=at, ref=ref, said=subject[:_LONGEST])


def _references(message: EmailMessage) -> tuple[str, ...]:
    """Return everything in it that looks like one of our references, the envelope first, each once."""
    found: dict[str, None] = {}
    for words in (*_headers(message), _words(message)):
        found |= dict.fromkeys(one.lower() for one in LOOKS_LIKE_OURS.findall(words))
    return tuple(found)


def _headers(message: EmailMessage) -> Iterator[str]:
    for name in _ENVELOPE:
        yield from map(str, message.get_all(name, ()))
    for group in _groups(message):
        yield from (_field(group, name) for name in ("Original-Envelope-Id", "X-Original-Message-ID"))
    for part in message.walk():
        if part is not message:
            yield from (str(part[name]) for name in ("Message-ID", "References", "Original-Message-ID") if part[name])


def _words(message: EmailMessage) -> str:
    """Return the text of all parts, as far as it is read."""
    return "\n".join(_texts(message.walk()))[:_READ].replace("\0", "")


def _texts(parts: "Iterable[Message[str, str]]") -> Iterator[str]:
    for part in parts:
        if part.get_content_maintype() == "text":
            raw = part.get_payload(decode=True)
            yield raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(part.get_payload())
