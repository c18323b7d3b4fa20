"""How contacts end, why people are passed over, what proves who speaks: closed lists, each code fixing what follows.

The words and effects stand in ``outcomes/``. There is no "other": the readers refuse a code that leaves something open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from arrears.domain.contacts import EFFECTS, Outcome
from arrears.domain.holds import HoldKind
from arrears.kernel.texts import Text
from arrears.packs.sources import sources, text_of


class Level(StrEnum):
    """The most that a contact reached."""

    ATTEMPT = "attempt"
    CONTACT = "contact"
    RIGHT_PARTY = "right_party"
    PROMISE = "promise"


class AddressEffect(StrEnum):
    """What a contact says about the number or address that was used (P19)."""

    KEEP = "keep"
    WORKS = "works"
    FAILED = "failed"
    INVALID = "invalid"
    WRONG_PERSON = "wrong_person"
    BLOCKED = "blocked"


class Need(StrEnum):
    """What must stand in the book, or be said with it, before a code may be chosen."""

    VERIFICATION = "verification"
    PROMISE = "promise"
    DATE = "date"


class NextDate(StrEnum):
    """Whose date the next step has: so many days from today, the promise's, the one that was asked for, or none."""

    AFTER_DAYS = "after_days"
    PROMISED = "promised"
    ASKED = "asked"
    NONE = "none"


NO_GOOD: Final = frozenset({AddressEffect.INVALID, AddressEffect.WRONG_PERSON})
"""After these a number or address is not used again for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """How a contact ended, and all that follows from it."""

    number: int
    code: str
    words: Text
    outcome: Outcome
    level: Level
    address: AddressEffect
    next_step: str
    date: NextDate
    after_days: int = 0
    hold: HoldKind | None = None
    reason_late: str = ""
    offers_break: bool = False
    tells_supervisor: bool = False
    passes_on: bool = False

    @property
    def gives_permit_back(self) -> bool:
        """Whether nothing rang at the other end, so that the contact does not count."""
        return EFFECTS[self.outcome].gives_permit_back

    @property
    def needs(self) -> frozenset[Need]:
        """What it needs: who says that the person was reached has verified somebody on this very call (P22)."""
        found = set()
        if self.level in {Level.RIGHT_PARTY, Level.PROMISE}:
            found.add(Need.VERIFICATION)
        if self.level is Level.PROMISE:
            found.add(Need.PROMISE)
        if self.date is NextDate.ASKED:
            found.add(Need.DATE)
        return frozenset(found)

    @property
    def returns_today(self) -> bool:
        """Whether the person may be tried again the same day: nothing rang, or another number is left."""
        return self.date is NextDate.AFTER_DAYS and self.after_days == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipReason:
    """Why a person was passed over; ``passes_on`` offers them to somebody else meanwhile."""

    number: int
    code: str
    words: Text
    in_minutes: int
    passes_on: bool = field(default=False)
    tells_supervisor: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a person is asked for to prove who they are."""

    code: str
    words: Text


@cache
def dispositions() -> Mapping[str, Disposition]:
    """Return how a contact may end, by code, in the order of the file; raises where a code leaves something open."""
    return MappingProxyType({line["name"]: _disposition(line) for line in _lines("dispositions")})


@cache
def skip_reasons() -> Mapping[str, SkipReason]:
    """Return why a person may be passed over, by code."""
    return MappingProxyType({line["name"]: _skip(line) for line in _lines("skips")})


@cache
def verification_items() -> Mapping[str, Item]:
    """Return what may be asked for to verify a person, by code."""
    return MappingProxyType({line["name"]: Item(line["name"], text_of(line)) for line in _lines("verification")})


def _disposition(line: Mapping[str, Any]) -> Disposition:
    date = NextDate(line.get("date", NextDate.AFTER_DAYS))
    if (date is NextDate.AFTER_DAYS) != ("after_days" in line):
        raise ValueError(f"disposition {line['name']} says either after_days or whose date its next step has")
    found = Disposition(
        number=line["code"],
        code=line["name"],
        words=text_of(line),
        outcome=Outcome(line["outcome"]),
        level=Level(line["counts_as"]),
        address=AddressEffect(line["address"]),
        next_step=line["next"],
        date=date,
        after_days=line.get("after_days", 0),
        hold=HoldKind(line["hold"]) if "hold" in line else None,
        reason_late=line.get("reason", ""),
        offers_break=line.get("offers_break", False),
        tells_supervisor=line.get("tells_supervisor", False),
        passes_on=line.get("passes_on", False),
    )
    if (line["counter"] == "given_back") != found.gives_permit_back:
        raise ValueError(f"disposition {found.code} says {line['counter']}, its outcome {found.outcome} says otherwise")
    return found


def _skip(line: Mapping[str, Any]) -> SkipReason:
    return SkipReason(
        number=line["code"],
        code=line["name"],
        words=text_of(line),
        in_minutes=line["returns_minutes"],
        passes_on=line.get("passes_on", False),
        tells_supervisor=line.get("tells_supervisor", False),
    )


def _lines(name: str) -> list[Mapping[str, Any]]:
    found, problems = sources(f"outcomes/{name}.yaml")
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    (source,) = found
    lines: list[Mapping[str, Any]] = list(source.said["codes"])
    for key in ("code", "name"):
        if len({line[key] for line in lines}) < len(lines):
            raise ValueError(f"{source.file} gives one {key} twice")
    return lines
