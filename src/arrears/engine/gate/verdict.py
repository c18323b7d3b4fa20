"""The gate's answer: what may be done, every rule that spoke, and when it may be done instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from arrears.engine.gate.rules import Rule
from arrears.kernel.texts import Text


class Answer(IntEnum):
    """From the mildest to the strictest; the strictest rule that speaks decides."""

    ALLOW = 0
    ALLOW_WITH_NOTICE = 1
    ASK_HUMAN = 2
    REFUSE = 3


class Standing(StrEnum):
    """Why a rule is heard: it binds, somebody chose it, a client's contract or the organisation added it, or core."""

    BINDS = "binds"
    BY_CHOICE = "by_choice"
    CONTRACT = "contract"
    LOCAL = "local"
    HOUSE = "house"
    CORE = "core"


class Effect(StrEnum):
    """What a rule did: stood in the way, found nothing against it, was lifted by an exception, asks for a record."""

    BARS = "bars"
    ALLOWS = "allows"
    LIFTED = "lifted"
    RECORDS = "records"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One rule that spoke. ``since`` and ``until`` are the bar it stands on; None has no end on that side."""

    rule: Rule
    effect: Effect
    answer: Answer
    standing: Standing
    reason: Text
    facts: Mapping[str, object]
    missing: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    lifted_by: Rule | None = None

    @property
    def citation(self) -> str:
        return self.rule.law.citation if self.rule.law else ""

    @property
    def is_presumption(self) -> bool:
        return self.rule.law is not None and self.rule.law.presumption

    def as_record(self) -> dict[str, Any]:  # Any: plain values for JSON
        """Return plain values to be kept with the permit or shown over the API."""
        law = self.rule.law
        return {
            "rule": self.rule.id,
            "effect": self.effect.value,
            "answer": self.answer.name.lower(),
            "standing": self.standing.value,
            "reason": self.reason._asdict(),
            "citation": self.citation,
            "source": law.source.value if law else None,
            "presumption": self.is_presumption,
            "facts": {name: value if isinstance(value, int) else str(value) for name, value in self.facts.items()},
            "missing": self.missing,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "lifted_by": self.lifted_by.id if self.lifted_by else None,
        }


@dataclass(frozen=True, slots=True)
class Window:
    """From ``start`` until ``until`` the answer is ``answer``, which is not a refusal."""

    start: datetime
    until: datetime
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The gate's answer about one attempt at one instant."""

    at: datetime
    answer: Answer
    spoken: tuple[Spoken, ...]
    next_permitted: datetime | None
    windows: tuple[Window, ...]
    pack_version: str
    is_partial: bool = False

    @property
    def may_go(self) -> bool:
        """Return whether the contact may be made now without asking anybody (a notice may have to go with it)."""
        return self.answer <= Answer.ALLOW_WITH_NOTICE

    @property
    def refusing(self) -> tuple[Spoken, ...]:
        """Return all rules that refuse, bars that stand by themselves first."""
        return tuple(spoken for spoken in self.spoken if spoken.answer is Answer.REFUSE)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the facts that nobody has given, each once."""
        return tuple(dict.fromkeys(spoken.missing for spoken in self.spoken if spoken.missing))

    def said_by(self, rule_id: str) -> Spoken | None:
        """Return what the rule said, or None where it was silent."""
        return next((spoken for spoken in self.spoken if spoken.rule.id == rule_id), None)

    def as_record(self) -> dict[str, Any]:  # Any: plain values for JSON
        """Return plain values: what a permit keeps, and what replay compares."""
        return {
            "at": self.at.isoformat(),
            "answer": self.answer.name.lower(),
            "spoken": [spoken.as_record() for spoken in self.spoken],
            "next_permitted": self.next_permitted.isoformat() if self.next_permitted else None,
            "pack_version": self.pack_version,
            "is_partial": self.is_partial,
        }
