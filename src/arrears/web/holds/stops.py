"""What a hold stops: the rules that read its kind, with whether they are on for those who work here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from arrears.domain.holds import HoldKind
from arrears.engine.gate import RuleBook
from arrears.engine.gate.rules import Rule
from arrears.kernel.unions import is_member


@dataclass(frozen=True, slots=True)
class Stop:
    """A rule that reads a kind of hold."""

    rule: Rule

    @property
    def citation(self) -> str:
        """The law it rests on; empty for the house's own and the core."""
        return self.rule.law.citation if self.rule.law else ""

    @property
    def is_verified(self) -> bool:
        """Whether its source was verified; it ships off where it was not."""
        return self.rule.law is None or self.rule.law.is_verified


_KEPT: Final[dict[str, Mapping[HoldKind, tuple[Stop, ...]]]] = {}


def _by_kind(book: RuleBook) -> Mapping[HoldKind, tuple[Stop, ...]]:
    """Return what each kind of hold stops by the rules of a book; worked out once for each."""
    if book.version not in _KEPT:
        _KEPT[book.version] = _worked_out(book)
    return _KEPT[book.version]


def _worked_out(book: RuleBook) -> Mapping[HoldKind, tuple[Stop, ...]]:
    found: dict[HoldKind, list[Stop]] = {}
    for rule in book.rules:
        named = rule.parameters.get("holds", ())
        for kind in (kind for kind in HoldKind if isinstance(named, list) and kind.value in named):
            found.setdefault(kind, []).append(Stop(rule))
    return {kind: tuple(sorted(stops, key=lambda one: one.rule.id)) for kind, stops in found.items()}


def stops_of(kind: HoldKind, country: str, book: RuleBook) -> tuple[Stop, ...]:
    """Return the rules that read a hold of this kind, by id: of everywhere, and of the country where one is named.

    ``book`` holds the rules in force for whoever asks.
    """
    return tuple(one for one in _by_kind(book).get(kind, ()) if not country or _may_hold(one.rule.place, country))


def _may_hold(place: str, country: str) -> bool:
    return not place or place.split("-", maxsplit=1)[0] == country or is_member(country, place)
