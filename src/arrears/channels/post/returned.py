"""Reading what the post brought back: a CSV of a print shop or of the desk that opens the mail.

A heading with ``reference`` (as on the letter's file: ``arrears-…``, its ``.pdf`` may stay) and ``returned_on`` (ISO);
``reason`` is one of :class:`arrears.domain.delivery_reports.ReturnReason`, other where it is left out; ``words`` is
what stands on the envelope.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from arrears.domain.delivery_reports import Report, ReportKind, ReturnReason
from arrears.kernel.cells import Sheet, sheet_in
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

_NEEDED: Final = ("reference", "returned_on")
_LONGEST: Final = 200
_REASONS: Final = ", ".join(ReturnReason)


def read_returned(content: bytes, name: str, zone: str) -> list[Report | Problem]:
    """Return the letters that came back, a row that cannot be read as its problem; a whole file that cannot as one."""
    sheet = sheet_in(content)
    if sheet is None:
        return [_wrong("file_unreadable", Where(name))]
    if missing := sheet.without(*_NEEDED):
        return [_wrong("columns_missing", Where(name), ", ".join(missing))]
    return list(_read(sheet, name, zone))


def _read(sheet: Sheet, name: str, zone: str) -> Iterator[Report | Problem]:
    for number, said in sheet.rows:
        if said is None:
            yield _wrong("file_unreadable", Where(name, number))
            return
        found = returned_letter(said, zone)
        if isinstance(found, Report):
            yield found
        else:
            field = _FIELDS[found]
            yield _wrong(found, Where(name, number, field), said.get(field, ""))


def returned_letter(said: Mapping[str, str], zone: str) -> Report | str:
    """Return one letter as it came back; the code of what is wrong where it says no day or no known reason.

    The same letter on the same day is the same report, whoever tells it.
    """
    try:
        day = date.fromisoformat(said.get("returned_on", ""))
    except ValueError:
        return "day_unreadable"
    reason = said.get("reason", "").strip().lower() or ReturnReason.OTHER.value
    if reason not in set(ReturnReason):
        return "reason_unknown"
    reference = said.get("reference", "").strip().lower().removesuffix(".pdf")
    return Report(
        kind=ReportKind.RETURNED,
        references=(reference,),
        at=datetime.combine(day, time(0), ZoneInfo(zone)),
        ref=f"{reference}:{day}",
        reason=ReturnReason(reason),
        said=" ".join(said.get("words", "").split())[:_LONGEST],
    )


_FIELDS: Final = {"day_unreadable": "returned_on", "reason_unknown": "reason"}
_SAID: Final[Mapping[str, tuple[Text, Text]]] = {
    "file_unreadable": (
        Text("This file is no CSV in UTF-8.", "El archivo no es un CSV en UTF-8.", "该文件不是 UTF-8 编码的 CSV。"),
        Text("Save it as CSV, UTF-8.", "Guárdelo como CSV, UTF-8.", "请另存为 UTF-8 编码的 CSV。"),
    ),
    "columns_missing": (
        Text("The heading lacks: {said}.", "Faltan columnas: {said}.", "缺少列：{said}。"),
        Text(
            "The first line names reference and returned_on.",
            "La primera línea nombra reference y returned_on.",
            "首行须包含 reference 和 returned_on。",
        ),
    ),
    "day_unreadable": (
        Text("“{said}” is no day.", "«{said}» no es una fecha.", "“{said}”不是日期。"),
        Text("Write 2026-03-02.", "Escriba 2026-03-02.", "请写成 2026-03-02。"),
    ),
    "reason_unknown": (
        Text("“{said}” is no known reason.", "«{said}» no es un motivo conocido.", "“{said}”不是已知的原因。"),
        Text(
            f"Write one of: {_REASONS}.",
            f"Escriba uno de: {_REASONS}.",
            f"请填写以下之一：{_REASONS}。",
        ),
    ),
}


def wrong_letter(code: str, said: str) -> Problem:
    """Return what is wrong with one letter that was typed in."""
    return _wrong(code, Where(field=_FIELDS[code]), said)


def _wrong(code: str, where: Where, said: str = "") -> Problem:
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(said=said), remedy, where)
