"""Reading files of transcripts: CSV, one turn a row, the turns of a contact in their order.

The heading has ``speaker`` and ``words``, and ``contact`` (the number of the contact in the log) or ``reference`` (what
the telephone system knows it by, as it came with the contact); ``at`` (seconds, or minutes:seconds) and ``language``
may be there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arrears.domain.transcripts import Turn, speaker_called
from arrears.kernel.cells import Sheet, sheet_in
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Language, Text

_NEEDED: Final = ("speaker", "words")
_CLOCK: Final = re.compile(r"(?:(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)|(?P<all>\d{1,6}))(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Brought:
    """The turns of one contact: its number in the log, or else what another system knows it by."""

    contact: int | None
    reference: str
    language: Language | None
    turns: tuple[Turn, ...]
    row: int
    """The row on which it begins."""


def read_transcripts(content: bytes, name: str) -> list[Brought | Problem]:
    """Return the transcripts of a file, one row's mistake as its problem; of that contact nothing is kept."""
    sheet = sheet_in(content)
    if sheet is None:
        return [_problem("file_unreadable", Where(name))]
    missing = sheet.without(*_NEEDED)
    if missing or not {"contact", "reference"} & set(sheet.columns):
        return [_problem("columns_missing", Where(name), said=", ".join(missing) or "contact, reference")]
    return list(_grouped(sheet, name))


def _grouped(sheet: Sheet, name: str) -> Iterator[Brought | Problem]:
    found: dict[tuple[str, str], Brought] = {}
    wrong: dict[tuple[str, str], Problem] = {}
    for number, said in sheet.rows:
        if said is None:  # of which contact the rest is, nobody knows: none is kept in part
            yield _problem("file_unreadable", Where(name, number))
            return
        key = (said.get("contact", ""), said.get("reference", ""))
        turn = _turn(said, Where(name, number))
        if isinstance(turn, Problem):
            wrong.setdefault(key, turn)
            continue
        before = found.get(key)
        contact = int(key[0]) if key[0].isdecimal() and len(key[0]) < 19 else None  # noqa: PLR2004 - digits of a bigint
        if contact is None and not key[1]:
            wrong.setdefault(key, _problem("contact_not_named", Where(name, number)))
            continue
        language = next((one for one in LANGUAGES if one == said.get("language")), None)
        turns = (*before.turns, turn) if before else (turn,)
        found[key] = Brought(contact, key[1], language, turns, before.row if before else number)
    yield from wrong.values()
    yield from (one for key, one in found.items() if key not in wrong)


def _turn(said: dict[str, str], where: Where) -> Turn | Problem:
    speaker = speaker_called(said["speaker"])
    if speaker is None:
        return _problem("speaker_not_known", Where(where.file, where.row, "speaker"), said=said["speaker"][:40])
    clock = _CLOCK.fullmatch(said.get("at", ""))
    if said.get("at") and clock is None:
        return _problem("second_unreadable", Where(where.file, where.row, "at"), said=said["at"][:40])
    return Turn(speaker, said["words"], None if clock is None else _seconds(clock))


def _seconds(clock: re.Match[str]) -> int:
    return int(clock["all"] or 0) + 3600 * int(clock["h"] or 0) + 60 * int(clock["m"] or 0) + int(clock["s"] or 0)


_SAID: Final = {
    "file_unreadable": (
        Text("This is no CSV in UTF-8.", "Esto no es un CSV en UTF-8.", "这不是 UTF-8 编码的 CSV。"),
        Text("Save it as CSV in UTF-8.", "Guárdelo como CSV en UTF-8.", "请另存为 UTF-8 编码的 CSV。"),
    ),
    "columns_missing": (
        Text("It has no column {said}.", "Falta la columna {said}.", "缺少列 {said}。"),
        Text(
            "Give contact or reference, speaker and words.",
            "Indique contact o reference, speaker y words.",
            "请提供 contact 或 reference、speaker、words 列。",
        ),
    ),
    "contact_not_named": (
        Text("Nobody knows of which contact this is.", "No se sabe de qué contacto es.", "不知属于哪次联系。"),
        Text(
            "Give its number in the contact log, or its reference.",
            "Indique su número en el registro o su referencia.",
            "请填写联系记录编号或外部编号。",
        ),
    ),
    "speaker_not_known": (
        Text("“{said}” does not say who speaks.", "«{said}» no dice quién habla.", "“{said}”未说明发言人。"),
        Text("Say agent, customer or other.", "Diga agente, cliente u otro.", "请填坐席、客户或其他。"),
    ),
    "second_unreadable": (
        Text(
            "“{said}” is no time in the talk.",
            "«{said}» no es un momento de la conversación.",
            "“{said}”不是通话时间。",
        ),
        Text("Give seconds, or minutes:seconds.", "Indique segundos, o minutos:segundos.", "请填秒数或 分:秒。"),
    ),
}


def _problem(code: str, where: Where, **values: str) -> Problem:
    what, remedy = _SAID[code]
    return Problem(code, what.filled(**values), remedy, where)
