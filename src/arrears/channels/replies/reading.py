"""Reading files of replies: CSV (one reply a row) and ``.eml`` (one message), into one form; reports beside them.

A CSV has a heading with ``channel``, ``at`` and ``words``; ``address`` (a number or e-mail), ``person`` (the number of
the person, where it is known), ``id`` and ``language`` may be there. ``at`` is ISO 8601; one without an offset is by
the organisation's clock.
"""

import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from arrears.channels.replies.reports import known_by, report_in
from arrears.domain.delivery_reports import Report
from arrears.kernel.cells import Sheet, sheet_in
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Language, Text

_NEEDED: Final = ("channel", "at", "words")
_QUOTED: Final = re.compile(
    r"^(?:>|On .{4,120} wrote:$|El .{4,120} escribió:$|在.{2,120}写道[：:]?$|-{3,} ?Original)", re.MULTILINE
)
_TAG: Final = re.compile(r"<[^<>]+>")
_UNSEEN: Final = re.compile(r"(</?(?:style|script)\b[^<>]*>)", re.IGNORECASE)
_EARLIEST: Final = 1990
"""No reply is older: a year before it is a slip."""
LONGEST_ADDRESS: Final = 320
"""Characters of an address (RFC 5321 section 4.5.3.1); a longer one is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One reply in a file: as :class:`arrears.actions.received.Inbound`, the person still by their number.

    ``ref`` is what the file knows it by, or a digest of it where it knows nothing.
    """

    channel: str
    words: str
    at: datetime
    ref: str
    address: str = ""
    person: str = ""
    language: Language | None = None


def read_replies(content: bytes, name: str, zone: str) -> list[Came | Report | Problem]:
    """Return what the file holds, a row that cannot be read as its problem; a whole file that cannot as one.

    Mail that no human wrote (what came back, what a machine answered) is a report, never a reply.
    """
    if name.lower().endswith(".eml"):
        return [_mail(content, name, zone)]
    sheet = sheet_in(content)
    if sheet is None:
        return [_wrong("file_unreadable", Where(name))]
    if missing := sheet.without(*_NEEDED):
        return [_wrong("columns_missing", Where(name), said=", ".join(missing))]
    return list(_rows(sheet, name, zone))


def _rows(sheet: Sheet, name: str, zone: str) -> Iterator[Came | Problem]:
    for number, said in sheet.rows:
        if said is None:
            yield _wrong("file_unreadable", Where(name, number))
            return
        at = _instant(said["at"], zone)
        if at is None:
            yield _wrong("instant_unreadable", Where(name, number, "at"), said=said["at"])
            continue
        yield Came(
            channel=said["channel"],
            words=said["words"],
            at=at,
            ref=known_by(said.get("id", ""), repr(sorted(said.items())).encode()),
            address=said.get("address", ""),
            person=said.get("person", ""),
            language=next((one for one in LANGUAGES if one == said.get("language")), None),
        )


def _instant(said: str, zone: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return _in_time(at, zone)


def _in_time(at: datetime, zone: str) -> datetime | None:
    if at.year < _EARLIEST:
        return None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _mail(content: bytes, name: str, zone: str) -> Came | Report | Problem:
    try:
        return _mail_read(content, name, zone)
    except Exception:  # noqa: BLE001 - mail can be made to break the standard library's parser in ways nobody lists
        return _wrong("mail_unreadable", Where(name))


def _mail_read(content: bytes, name: str, zone: str) -> Came | Report | Problem:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    try:
        at = _in_time(parsedate_to_datetime(str(message["Date"])), zone)
    except (TypeError, ValueError):
        at = None
    if at is None:
        return _wrong("instant_unreadable", Where(name, None, "Date"), said=str(message["Date"] or ""))
    if (report := report_in(message, at, content)) is not None:
        return report
    words = _body(message)
    subject = str(message["Subject"] or "").replace("\0", "").strip()
    is_answer = subject.lower().startswith(("re:", "aw:", "rv:", "fw:", "回复", "答复"))
    return Came(
        channel="email",
        words=words if is_answer or not subject else f"{subject}\n{words}".strip(),
        at=at,
        ref=known_by(str(message["Message-ID"] or ""), content),
        address=parseaddr(str(message["From"] or "").replace("\0", ""))[1][:LONGEST_ADDRESS],
    )


def _body(message: EmailMessage) -> str:
    """Return the words of a message without what it quotes of ours."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        words = str(part.get_content())
    except (LookupError, UnicodeDecodeError):
        words = bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        words = _TAG.sub(" ", _seen(words))
    words = words.replace("\0", "")
    quoted = _QUOTED.search(words)
    return (words[: quoted.start()] if quoted else words).strip()


def _seen(html: str) -> str:
    """Return a page without its styles and scripts; all of it where one of them has no end."""
    pieces, is_hidden = list[str](), False
    for place, piece in enumerate(_UNSEEN.split(html)):
        if place % 2:
            is_hidden = not piece.startswith("</")
        elif not is_hidden:
            pieces.append(piece)
    return html if is_hidden else " ".join(pieces)


_SAID: Final[Mapping[str, tuple[Text, Text]]] = {
    "file_unreadable": (
        Text("This file is no CSV in UTF-8.", "El archivo no es un CSV en UTF-8.", "该文件不是 UTF-8 编码的 CSV。"),
        Text("Save it as CSV, UTF-8.", "Guárdelo como CSV, UTF-8.", "请另存为 UTF-8 编码的 CSV。"),
    ),
    "mail_unreadable": (
        Text("This e-mail cannot be read.", "No se puede leer este correo.", "无法读取这封电子邮件。"),
        Text(
            "Open it in a mail program and save it again.",
            "Ábralo en un programa de correo y guárdelo de nuevo.",
            "请用邮件程序打开后重新保存。",
        ),
    ),
    "columns_missing": (
        Text("The heading lacks: {said}.", "Faltan columnas: {said}.", "缺少列：{said}。"),
        Text(
            "The first line names channel, at and words.",
            "La primera línea nombra channel, at y words.",
            "首行须包含 channel、at、words。",
        ),
    ),
    "instant_unreadable": (
        Text("“{said}” is no date and time.", "«{said}» no es una fecha con hora.", "“{said}”不是日期时间。"),
        Text("Write 2026-03-02T09:30.", "Escriba 2026-03-02T09:30.", "请写成 2026-03-02T09:30。"),
    ),
}


def _wrong(code: str, where: Where, said: str = "") -> Problem:
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(said=said), remedy, where)
