"""What is told of a message after it was handed over: it came back, it is late, a machine answered it.

A status code has three numbers (RFC 3463): its class (2 arrived, 4 for now, 5 for good), what it is about, and the
detail. Whether an address is no good any more follows from all three: a full mailbox or words that were refused say
nothing against it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from arrears.kernel.texts import Text


class ReportKind(StrEnum):
    """What was told of a message."""

    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"
    RETURNED = "returned"
    MACHINE = "machine"


UNDELIVERABLE: Final = frozenset({ReportKind.FAILED, ReportKind.RETURNED})
"""Kinds by which a message did not arrive. All others are only noted."""


class ReturnReason(StrEnum):
    """Why the post brought a letter back."""

    MOVED = "moved"
    UNKNOWN = "unknown"
    NO_SUCH_ADDRESS = "no_such_address"
    VACANT = "vacant"
    UNCLAIMED = "unclaimed"
    REFUSED = "refused"
    DECEASED = "deceased"
    OTHER = "other"


RETURN_WORDS: Final = {
    ReturnReason.MOVED: Text("moved away", "se mudó", "已搬迁"),
    ReturnReason.UNKNOWN: Text("unknown there", "desconocido", "查无此人"),
    ReturnReason.NO_SUCH_ADDRESS: Text("no such address", "dirección inexistente", "地址不存在"),
    ReturnReason.VACANT: Text("nobody lives there", "vivienda vacía", "无人居住"),
    ReturnReason.UNCLAIMED: Text("not collected", "no reclamado", "逾期未领"),
    ReturnReason.REFUSED: Text("not accepted", "rehusado", "拒收"),
    ReturnReason.DECEASED: Text("addressee has died", "destinatario fallecido", "收件人已故"),
    ReturnReason.OTHER: Text("another reason", "otro motivo", "其他原因"),
}
KIND_WORDS: Final = {
    ReportKind.FAILED: Text("came back", "devuelto", "被退回"),
    ReportKind.DELAYED: Text("still on its way", "aún en camino", "仍在投递"),
    ReportKind.ARRIVED: Text("arrived", "llegó", "已送达"),
    ReportKind.RETURNED: Text("returned by the post", "devuelto por correo", "邮政退回"),
    ReportKind.MACHINE: Text("answered by a machine", "respuesta automática", "自动回复"),
}

ADDRESS_GONE: Final = frozenset(
    {ReturnReason.MOVED, ReturnReason.UNKNOWN, ReturnReason.NO_SUCH_ADDRESS, ReturnReason.VACANT, ReturnReason.DECEASED}
)
"""Reasons after which no letter is sent to the address again. One that was refused or not collected may be right."""

_STATUS: Final = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
_FOR_GOOD: Final = 5
_ABOUT_ADDRESS: Final = frozenset({0, 1, 2, 4})
_NOT_THE_ADDRESS: Final = frozenset({(1, 7), (1, 8), (2, 2), (2, 3), (2, 4), (4, 3), (4, 5), (4, 6), (4, 7)})
"""Details that are not about the recipient: the sender's own address, a full mailbox, size, a list, routes, time."""


def is_address_gone(status: str) -> bool:
    """Return whether a status code says that an address is no good any more (RFC 3463 section 3).

    Class 5 alone does, and of it what is about the address, the mailbox or its domain; what is about the words, their
    size, a policy or the network says nothing against the address. A code that nobody gave says nothing either.
    """
    found = _STATUS.fullmatch(status.strip())
    if found is None or int(found[1]) != _FOR_GOOD:
        return False
    about, detail = int(found[2]), int(found[3])
    return about in _ABOUT_ADDRESS and (about, detail) not in _NOT_THE_ADDRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody told of one of our messages.

    ``references`` are what in it looks like one of our references, none where it is about something else; ``ref`` is
    what the report itself is known by, so that it counts once. ``said`` is the reporter's own word.
    """

    kind: ReportKind
    references: tuple[str, ...]
    at: datetime
    ref: str
    status: str = ""
    reason: ReturnReason | None = None
    recipient: str = ""
    said: str = ""

    def is_address_gone(self) -> bool:
        """Return whether the address is no good any more."""
        if self.kind is ReportKind.RETURNED:
            return self.reason in ADDRESS_GONE
        return self.kind is ReportKind.FAILED and is_address_gone(self.status)
