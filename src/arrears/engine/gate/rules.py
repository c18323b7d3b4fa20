"""A compliance rule: one file of a pack, read, checked and ready to be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrears.domain.contacts import Act, Channel, PointUse, Purpose, Role
from arrears.domain.laws import Law, Status
from arrears.engine.gate.asking import Case, Debt, Modifier, Proposal
from arrears.engine.gate.columns import Columns, Days
from arrears.kernel.intervals import ALWAYS, Intervals
from arrears.kernel.texts import Text


class Severity(StrEnum):
    """What it means that a rule speaks. The last two never answer: they say whom others bind, or lift them."""

    BLOCK = "BLOCK"
    WARN = "WARN"
    NOTICE = "NOTICE"
    RECORD = "RECORD"
    SCOPE = "SCOPE"
    EXCEPTION = "EXCEPTION"


class Stage(IntEnum):
    """The order in which rules are named: bars that stand by themselves come before counts."""

    FACTS = 0
    BAR = 1
    PERSON = 2
    TIME = 3
    COUNT = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason of a rule, for the instants at which it holds, with the facts that fill its words.

    ``missing`` names a fact that nobody has given; the rule then refuses because it cannot be answered.
    """

    when: Intervals
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    missing: str | None = None


def lacking(fact: str) -> Finding:
    """Return the finding that ``fact`` is needed and nobody has given it."""
    return Finding(ALWAYS, missing=fact)


class Evaluator(Modifier):
    """What a kind of rule does; a kind overrides what it needs, and reads its numbers from the rule's file.

    Bars may depend on everything in a case but the instant asked about: that one only picks among them. So the
    answer now, the next permitted instant and the week's windows cannot disagree.
    """

    stage: Stage = Stage.BAR
    fact_names: frozenset[str] = frozenset()

    def bars(self, _case: Case, /) -> Iterable[Finding]:
        """Yield the reasons not to make this contact, each with its instants."""
        return ()

    def facts(self, _case: Case, _at: int, /) -> Mapping[str, object]:
        """Return the facts that say why the rule does not stand in the way at ``at``."""
        return {}

    def binds(self, _case: Case, _debt: Debt, /) -> bool | str:
        """For a scope: whether the law binds this collector for this debt; a fact's name where that is not known."""
        return True

    def leans_on(self, _case: Case, _debt: Debt, /) -> str | None:
        """For a scope: the fact that binds only since nobody has said it; None where what is known binds."""
        return None

    def free_day(self, _columns: Columns, _days: Days, /) -> Days | None:
        """For many rows at once: the first day from ``days`` on at whose local noon the rule lets go, by row.

        None where the columns do not hold what the rule asks; the single verdict then decides at the time of contact.
        """
        return None

    def lets_through(self, _columns: Columns, _days: Days, /) -> NDArray[np.bool_] | None:
        """For an exception and many rows: where it lifts, on ``days``, the bars it speaks to; None if it cannot say."""
        return None

    def changed(self, _limits: Mapping[str, int], /) -> "Evaluator":
        """Return the rule with an organisation's own limits; raises ValueError where they go too far."""
        raise ValueError("this rule has no limits of the house's own")


_CONTACT = frozenset({Act.CONTACT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which proposals a rule looks at. An empty set leaves nothing out, but ``acts``: empty means contact alone."""

    acts: frozenset[Act] = frozenset()
    channels: frozenset[Channel] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    except_purposes: frozenset[Purpose] = frozenset()
    roles: frozenset[Role] = frozenset()
    except_roles: frozenset[Role] = frozenset()
    uses: frozenset[PointUse] = frozenset()

    def covers(self, proposal: Proposal) -> bool:
        use = proposal.address.use if proposal.address else None
        return (
            proposal.act in (self.acts or _CONTACT)
            and (not self.channels or proposal.channel in self.channels)
            and (not self.purposes or proposal.purpose in self.purposes)
            and (not self.roles or proposal.role in self.roles)
            and (not self.uses or use in self.uses)
            and proposal.purpose not in self.except_purposes
            and proposal.role not in self.except_roles
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule file. ``id`` is its path with dots; ``place`` is empty for core and house.

    ``sectors`` narrows it to debts of these kinds, ``client`` to those of one creditor (its organisation's number).
    """

    id: str
    title: Text
    words: Text
    allows: Text | None
    severity: Severity
    kind: str
    evaluator: Evaluator
    law: Law | None
    practices: tuple[str, ...]
    scope: str | None
    place: str
    reach: Reach
    of: tuple[str, ...]
    parameters: Mapping[str, Any]  # Any: the raw values of the file, for pages and the record
    cases: tuple[Mapping[str, Any], ...]  # Any: raw, read by the runner of cases
    sectors: frozenset[str] = frozenset()
    client: int | None = None

    @property
    def is_core(self) -> bool:
        return self.id.startswith("core.")

    @property
    def is_house(self) -> bool:
        return self.id.startswith("house.")

    @property
    def is_contract(self) -> bool:
        """Return whether it comes from the contract with one client."""
        return self.id.startswith("client.")

    @property
    def is_own(self) -> bool:
        """Return whether it comes from a folder of an organisation's own, beside what ships with Arrears."""
        return self.is_contract or self.id.startswith("local.")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.sectors) or self.client is not None

    def misses(self, debt: Debt) -> str | None:
        """Return the fact that is needed to say whether the rule looks at ``debt``; None where none is."""
        if self.client is not None and debt.creditor is None:
            return "debt.creditor"
        return "debt.kind" if self.sectors and debt.kind is None and self._is_of(debt) else None

    def looks_at(self, debt: Debt) -> bool:
        """Return whether ``debt`` is of the kinds and of the client for which the rule is made."""
        return self._is_of(debt) and (not self.sectors or debt.kind in self.sectors)

    def _is_of(self, debt: Debt) -> bool:
        return self.client is None or debt.creditor == self.client

    @property
    def ships_on(self) -> bool:
        """Return whether the rule speaks without anybody switching it on: verified, and not a mere draft."""
        return self.law is None or (self.law.is_verified and self.law.status is not Status.DRAFT)


def is_named(rule_id: str, names: Iterable[str]) -> bool:
    """Return whether ``names`` holds the rule itself or a folder above it."""
    return any(rule_id == name or rule_id.startswith(f"{name}.") for name in names)
