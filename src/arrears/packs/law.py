"""What a pack file says of its law: citation, dates, whether in force, and how we know it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from arrears.domain.laws import Law, SourceStatus, Status
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

_REMEDY = Text("Correct the file.", "Corrija el archivo.", "请更正该文件。")


def wrong(file: str, field: str, what: Text) -> Problem:
    """Return the problem that ``field`` of a pack file does not read."""
    return Problem("pack_field_unreadable", what, _REMEDY, Where(file, None, field))


def read_law(said: Mapping[str, Any], file: str) -> Law | Problem | None:
    """Return the law a file rests on, None where it names none (a rule of the house), a Problem where it is not whole.

    No law without citation, the day from which it holds, whether it is in force, and its source status.
    """
    raw = said.get("law")
    if raw is None:
        return None
    try:
        law = Law(
            citation=str(raw["citation"] or ""),
            effective_from=raw["effective_from"],
            effective_to=raw.get("effective_to"),
            status=Status(raw["status"]),
            source=SourceStatus(raw["source"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        return wrong(file, "law", _NO_LAW)
    is_dated = isinstance(raw["effective_from"], date) and isinstance(raw.get("effective_to"), date | None)
    return law if law.citation and is_dated else wrong(file, "law", _NO_LAW)


def is_on(law: Law | None) -> bool:
    """Return whether what rests on ``law`` ships switched on: verified, in force or adopted; the house's own always."""
    return law is None or (law.is_verified and law.status is not Status.DRAFT)


def holds_on(law: Law | None, day: date) -> bool:
    """Return whether ``law`` holds on ``day``."""
    return law is None or (law.effective_from <= day and (law.effective_to is None or day <= law.effective_to))


_NO_LAW = Text(
    "A law has a citation, a day from which it holds, a status and a source status.",
    "Una norma lleva cita, fecha de vigencia, situación y estado de la fuente.",
    "法规须注明出处、生效日、状态和来源状态。",
)
