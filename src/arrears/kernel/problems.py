"""Problems: a user's mistake is a value that says where it is and what to do; ours is an exception."""

from dataclasses import dataclass, field

from arrears.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Where:
    """Where a problem was found: a file, a row of it (1 is the first line after the header), a field."""

    file: str = ""
    row: int | None = None
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file, f"row {self.row}" if self.row is not None else "", self.field]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in what we were given: a code for programs, a reason and a remedy for people."""

    code: str
    reason: Text
    remedy: Text
    where: Where = field(default_factory=Where)

    def said_in(self, language: str) -> str:
        """Return ``where: reason remedy`` in ``language``."""
        place = str(self.where)
        words = f"{self.reason.said_in(language)} {self.remedy.said_in(language)}"
        return f"{place}: {words}" if place else words
