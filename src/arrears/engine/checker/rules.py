"""A rule of the checker: what it looks for, where and when it speaks, how grave that is, and where it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final  # a case is a plain YAML value

from arrears.domain.laws import Law
from arrears.domain.wording import Block, Topic
from arrears.engine.checker.patterns import Pattern
from arrears.engine.checker.report import Category, Decided, Kind, Setting
from arrears.kernel.texts import Text
from arrears.kernel.unions import is_member


def _not_decided(step: Decided) -> Callable[[Setting], bool]:
    return lambda setting: step not in setting.decided


CONDITIONS: Final[Mapping[str, Callable[[Setting], bool]]] = MappingProxyType(
    {
        "hidden": lambda setting: not setting.may_reveal and setting.kind not in {Kind.NOTE, Kind.COMPLAINT},
        "time_barred": lambda setting: setting.is_time_barred is True,
        "dispute_period": lambda setting: bool(
            setting.on and setting.dispute_until and setting.on <= setting.dispute_until
        ),
        "not_last_notice": lambda setting: not setting.is_last_notice,
        **{f"no_{step.value}": _not_decided(step) for step in Decided},
    }
)
"""What may be asked of the setting by name: a rule speaks only while all it names are true."""


_UNTOLD: Final = frozenset(Kind) - {Kind.COMPLAINT}
"""In a complaint "we" are others: only rules made for complaints read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One file of ``packs/checker``.

    It speaks of words that ``patterns`` name, or that a rule it ``follows`` names (a law on the same words), or that
    its finder finds; ``excepts`` are harmless phrases with the same words in them. With ``block`` or ``topic`` it only
    tells that the words carry a part or raise a topic.
    """

    id: str
    title: Text
    why: Text
    category: Category | None = None
    law: Law | None = None
    breaks: str = ""
    practices: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    is_blocking: bool = True
    finder: str = "said"
    when: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    follows: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    excepts: tuple[Pattern, ...] = ()
    is_denied_too: bool = False
    block: Block | None = None
    topic: Topic | None = None
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    cases: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def citation(self) -> str:
        """Return the law it is, or the laws that what it refuses would break."""
        return self.law.citation if self.law else self.breaks

    @property
    def is_on(self) -> bool:
        """Return whether it ships switched on: verified law in force or adopted, and the house's own rules."""
        return self.law is None or (self.law.is_verified and self.law.status.value != "draft")

    def speaks_in(self, setting: Setting) -> bool:
        """Return whether the rule has a say in ``setting``."""
        if setting.kind not in (self.kinds or _UNTOLD):
            return False
        if self.places and not any(_is_in(place, where) for where in setting.places for place in self.places):
            return False
        return all(CONDITIONS[name](setting) for name in self.when)


def _is_in(place: str, where: str) -> bool:
    return where == place or where.startswith(f"{place}-") or is_member(where, place)
