"""Where a number of law comes from: its citation, when it holds, how we know of it, and whether it is in force yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Whether a law is in force, adopted for a later day, or only drafted."""

    IN_FORCE = "in_force"
    ADOPTED = "adopted"
    DRAFT = "draft"


class SourceStatus(StrEnum):
    """How we know a law: primary text seen, seen second-hand, or to be verified. The last two forms ship off."""

    PRIMARY = "S1"
    SECOND_HAND = "S2"
    PART_VERIFIED = "S2/MV"
    UNVERIFIED = "MV"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """Where a rule comes from, and when it holds. ``presumption``: the number presumes, it does not prohibit.

    ``verified_on`` is the day on which somebody last held the rule against the text; None where no day was noted.
    """

    citation: str
    effective_from: date
    effective_to: date | None
    status: Status
    source: SourceStatus
    presumption: bool = False
    verified_on: date | None = None

    @property
    def is_verified(self) -> bool:
        return self.source in {SourceStatus.PRIMARY, SourceStatus.SECOND_HAND}
