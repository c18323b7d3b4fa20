"""What is refused before a row is read: the debtor's phone book, call records, and tracing sources not allowed.

R13: no list of the people somebody knows or called is taken in. R07: data from police, household or provident-fund
databases is not on the allow-list of sources. A refused file leaves no row, no person, no number.
"""

from typing import Final

from arrears.domain.contacts import Source
from arrears.engine.intake.faults import whole_file
from arrears.engine.intake.guess import plain_header
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

ALLOWED_SOURCES: Final = frozenset(
    {
        Source.DEBTOR,
        Source.CONTRACT,
        Source.CREDITOR_FILE,
        Source.INBOUND,
        Source.PARTY,
        Source.PUBLIC_REGISTER,
        Source.COURT_RECORD,
        Source.LICENSED_BUREAU,
        Source.POST_OFFICE,
    }
)
"""Where contact data may come from; every other `Source` is known only to be refused."""

PHONE_BOOK_WORDS: Final = frozenset(
    {
        "phone book",
        "phonebook",
        "address book",
        "addressbook",
        "contact list",
        "agenda telefonica",
        "libreta de contactos",
        "lista de contactos",
        "通讯录",
        "通訊錄",
        "电话簿",
        "电话本",
        "联系人列表",
        "手机联系人",
    }
)
CALL_RECORD_WORDS: Final = frozenset(
    {
        "call log",
        "calllog",
        "call records",
        "call detail record",
        "cdr",
        "registro de llamadas",
        "historial de llamadas",
        "通话记录",
        "通话清单",
        "通话详单",
        "话单",
        "呼叫记录",
        "sim contacts",
        "device contacts",
    }
)
_OTHER_PARTY: Final = frozenset(
    {
        "called number",
        "calling number",
        "other party number",
        "peer number",
        "opposite number",
        "numero llamado",
        "numero contactado",
        "对方号码",
        "对端号码",
        "被叫号码",
        "主叫号码",
        "times called",
        "call count",
        "通话次数",
        "call duration",
        "duracion llamada",
        "通话时长",
    }
)
_ENOUGH_SIGNS: Final = 2


def refused_file(file: str, header: tuple[str, ...], kind: str) -> Problem | None:
    """Return why a file is not taken in at all, by its name and columns; None where nothing speaks against it.

    A collector's own past contacts say how long a call took, so columns alone do not speak against that kind.
    """
    name = plain_header(file.split(".", 1)[0])
    columns = {plain_header(column) for column in header}
    if any(word in name for word in PHONE_BOOK_WORDS | (CALL_RECORD_WORDS - {"cdr"})) or "cdr" in name.split():
        return _refusal(file)
    named = columns & {plain_header(word) for word in PHONE_BOOK_WORDS | CALL_RECORD_WORDS}
    other = columns & {plain_header(word) for word in _OTHER_PARTY}
    many = len(other) >= _ENOUGH_SIGNS and kind != "contacts"
    return _refusal(file) if named or many else None


def _refusal(file: str) -> Problem:
    return whole_file(
        "phone_book_refused",
        Text(
            "This looks like somebody's phone book or call records. Arrears does not take them in (R13).",
            "Parece la agenda o el registro de llamadas de alguien. Arrears no los admite (R13).",
            "这像是某人的通讯录或通话记录。Arrears 不予导入（R13）。",
        ),
        Text(
            "Bring only numbers that the debtor gave or the contract holds. Your own calls come in as past contacts.",
            "Traiga solo números que dio el deudor o constan en el contrato. Sus propias llamadas se importan como "
            "contactos pasados.",
            "仅可导入债务人提供或合同载明的号码；贵方自己的通话请作为历史联系导入。",
        ),
        file=file,
    )


def refused_source(source: str, file: str) -> Problem | None:
    """Return why data that a mapping says come from ``source`` are not taken in (R07); None where they may be."""
    if not source or is_allowed(source):
        return None
    return whole_file(
        "source_refused",
        Text(
            "Data from this source may not be worked: {source} (R06, R07, R13).",
            "No se permite usar datos de esta fuente: {source} (R06, R07, R13).",
            "不得使用该来源的数据：{source}（R06、R07、R13）。",
        ).filled(source=source),
        Text("Allowed: {allowed}.", "Permitidas: {allowed}.", "允许的来源：{allowed}。").filled(
            allowed=", ".join(sorted(ALLOWED_SOURCES))
        ),
        file=file,
        field="source",
    )


def is_allowed(source: str) -> bool:
    """Return whether data from ``source`` may be kept (R07)."""
    return source in ALLOWED_SOURCES
