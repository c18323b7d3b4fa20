"""Received texts: where they stand, what sorting did because of them, what a human made of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from arrears.domain.contacts import Channel
from arrears.domain.replies import Category
from arrears.kernel.texts import Text


class ReceivedState(StrEnum):
    """Where a received text is in its life: it waits, somebody reads it, it is dealt with."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


class EffectKind(StrEnum):
    """What sorting may set off by itself. Every one of them stops something; none asks anybody for anything."""

    STOP = "stop"
    HOLD = "hold"
    CASE = "case"


class Ruling(StrEnum):
    """What a human said of a category that was found."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    UNDONE = "undone"


WRITTEN: Final = frozenset(
    {Channel.TEXT, Channel.CHAT, Channel.EMAIL, Channel.LETTER, Channel.FAX, Channel.SOCIAL_PRIVATE}
)
"""Channels on which what is received is in writing. A call is not, whatever its transcript."""

PROTECTIVE: Final = (
    Category.VULNERABLE,
    Category.CEASE,
    Category.BANKRUPTCY,
    Category.IDENTITY_THEFT,
    Category.ATTORNEY,
    Category.WRONG_PERSON,
    Category.DISPUTE,
    Category.STOP_CHANNEL,
    Category.ALREADY_PAID,
    Category.COMPLAINT,
    Category.HARDSHIP,
)
"""Categories that protect the person, in the order in which a human should see them."""

_RANK: Final[Mapping[Category, int]] = {category: at for at, category in enumerate(PROTECTIVE)}


def urgency(categories: frozenset[Category]) -> int:
    """Return 0 where somebody may be in danger, 1 for what stops contact, 2 for other protection, 3 for the rest."""
    best = min((_RANK[one] for one in categories if one in _RANK), default=len(PROTECTIVE))
    return 0 if best == 0 else 1 if best <= _RANK[Category.STOP_CHANNEL] else 2 if best < len(PROTECTIVE) else 3


SET_OFF_WORDS: Final[Mapping[tuple[str, str], Text]] = {
    ("stop", "phone"): Text("No more calls", "No más llamadas", "不再打电话"),
    ("stop", "telephone"): Text("No more calls", "No más llamadas", "不再打电话"),
    ("stop", "text"): Text("No more text messages", "No más mensajes de texto", "不再发短信"),
    ("stop", "email"): Text("No more e-mails", "No más correos electrónicos", "不再发邮件"),
    ("stop", "letter"): Text("No more letters", "No más cartas", "不再寄信"),
    ("stop", "post"): Text("No more letters", "No más cartas", "不再寄信"),
    ("stop", "chat"): Text("No more chats", "No más mensajes por chat", "不再使用聊天"),
    ("stop", "social"): Text("No more messages on networks", "No más mensajes por redes", "不再使用社交网络"),
    ("stop", "visit"): Text("No more visits", "No más visitas", "不再上门"),
    ("stop", "work"): Text("Not at work", "No en el trabajo", "不联系单位"),
    ("hold", "cease"): Text("All contact stopped", "Cesó todo contacto", "已停止一切联系"),
    ("hold", "payment_trace"): Text(
        "Contact rests while the payment is looked for",
        "El contacto descansa mientras se busca el pago",
        "查找付款期间暂停联系",
    ),
    ("case", "dispute"): Text("Dispute opened", "Disputa abierta", "已立异议案"),
    ("case", "complaint"): Text("Complaint opened", "Queja abierta", "已立投诉案"),
    ("case", "bankruptcy"): Text("Bankruptcy case opened", "Expediente de concurso abierto", "已立破产案"),
    ("case", "identity_theft"): Text("Identity case opened", "Expediente de suplantación abierto", "已立身份冒用案"),
    ("case", "wrong_person"): Text(
        "Wrong person: contact stopped", "Persona equivocada: cesó el contacto", "找错人：已停止联系"
    ),
    ("case", "attorney"): Text(
        "Attorney noted: contact goes there", "Abogado anotado: el contacto va allí", "已记录律师：改与律师联系"
    ),
}
"""What was set off, as people read it: by the kind of effect and what it is about."""

BESIDE_WORDS: Final[Mapping[str, Text]] = {
    "chapter": Text("chapter", "capítulo", "章"),
    "case": Text("case", "caso", "案号"),
    "name": Text("name", "nombre", "姓名"),
    "telephone": Text("telephone", "teléfono", "电话"),
    "amount": Text("amount", "importe", "金额"),
    "currency": Text("currency", "moneda", "币种"),
    "when": Text("when", "cuándo", "时间"),
}
"""What was said beside a category, as people read it."""

OTHER_WORDS: Final = Text("None of these", "Ninguna de estas", "均不是")
