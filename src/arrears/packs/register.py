"""The practice register: what the trade does (P) and what is refused (R), where each lives, which test proves it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from arrears.kernel.texts import Text
from arrears.packs.sources import sources, text_of


class Status(StrEnum):
    """How far a practice is built."""

    BUILT = "built"
    PARTLY = "partly"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Practice:
    """One row: ``lives`` are paths inside the package, ``proved_by`` test ids (``file::function``)."""

    id: str
    section: Text
    title: Text
    does: Text
    status: Status
    lives: tuple[str, ...]
    proved_by: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the row is a practice that the product refuses (R01 to R16)."""
        return self.id.startswith("R")


@cache
def practices() -> tuple[Practice, ...]:
    """Return every row of the register, P before R, by number; raises ``ValueError`` where a file is not sound."""
    found, problems = sources("practices")
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    rows = [
        Practice(
            id=row["id"],
            section=text_of(source.said["title"]),
            title=text_of(row["title"]),
            does=text_of(row["does"]),
            status=Status(row["status"]),
            lives=tuple(row["lives"] or ()),
            proved_by=tuple(row["proved_by"] or ()),
        )
        for source in found
        for row in source.said["practices"]
    ]
    return tuple(sorted(rows, key=lambda row: row.id))
