"""A rule book: all rules of a pack, and which of them speak under whose settings, in which places."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from arrears.engine.gate.asking import Proposal, Settings
from arrears.engine.gate.parameters import rule_problem
from arrears.engine.gate.rules import Rule, Severity, is_named
from arrears.kernel.problems import Problem, Where
from arrears.kernel.unions import is_member

_SILENT = {Severity.SCOPE, Severity.EXCEPTION}
_MOST_KEPT: Final = 8_192


@dataclass(frozen=True, slots=True)
class Voice:
    """A rule that may speak, with the rule that says whom it binds and the exceptions that speak to it.

    ``wider`` are scopes of other laws that bring more collectors or debts under the rule where they hold.
    """

    rule: Rule
    scope: Rule | None
    exceptions: tuple[Rule, ...]
    wider: tuple[Rule, ...] = ()

    def covers(self, proposal: Proposal) -> bool:
        """Return whether the rule looks at a proposal, as it is or as what an exception says that it stands for."""
        if self.rule.reach.covers(proposal):
            return True
        seen_as = {each.evaluator.stands_for(proposal.channel) for each in self.exceptions} - {proposal.channel}
        return any(self.rule.reach.covers(replace(proposal, channel=channel)) for channel in seen_as)


@dataclass(frozen=True)
class RuleBook:
    """Rules in the order in which they are named: bars that stand by themselves first, counts last."""

    rules: tuple[Rule, ...]
    version: str
    _voices: dict[object, tuple[Voice, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, rules: Iterable[Rule], version: str) -> "RuleBook":
        return cls(tuple(sorted(rules, key=lambda rule: (rule.evaluator.stage, rule.id))), version)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @classmethod
    def joined(cls, books: Iterable["RuleBook"]) -> "RuleBook":
        """Return the book in which every voice of each is heard, with its own exceptions: the strictest of all holds.

        Where two books know a rule of the same id otherwise, both speak; pages show that of the last.
        """
        each = tuple({book.version: book for book in books}.values())
        return each[0] if len(each) == 1 else _Joined.made(each)

    @cached_property
    def has_sectors(self) -> bool:
        """Whether some rule looks at kinds of debt: only then are rows grouped by it."""
        return any(rule.sectors for rule in self.rules)

    def problems(self) -> list[Problem]:
        """Return what is wrong between rules: a scope or a target that is not there."""
        return [
            rule_problem(f"there is no rule {name}", Where(rule.id))
            for rule in self.rules
            for name in (*((rule.scope,) if rule.scope else ()), *rule.of)
            if name not in self.by_id
            and not (rule.severity is Severity.SCOPE and any(is_named(i, (name,)) for i in self.by_id))
        ]

    def voices(self, places: tuple[str, ...], settings: Settings) -> tuple[Voice, ...]:
        """Return the rules that speak for a person who may live in any of ``places``: all that may apply do."""
        key = (places, settings.only, settings.switched_on, settings.by_choice, *sorted(settings.limits.items()))
        found = self._voices.get(key)
        if found is None:
            found = self._voices[key] = tuple(self._heard(places, settings))
        return found

    def covering(self, places: tuple[str, ...], settings: Settings, proposal: Proposal) -> tuple[Voice, ...]:
        """Return the voices whose reach covers a proposal, each with the exceptions that do: kept, as they recur."""
        use = proposal.address.use if proposal.address else None
        asked = (proposal.act, proposal.channel, proposal.purpose, proposal.role, use)
        key = (asked, places, settings.only, settings.switched_on, settings.by_choice, *sorted(settings.limits.items()))
        found = self._voices.get(key)
        if found is None:
            if len(self._voices) >= _MOST_KEPT:
                self._voices.clear()
            found = self._voices[key] = tuple(
                replace(voice, exceptions=tuple(each for each in voice.exceptions if each.reach.covers(proposal)))
                for voice in self.voices(places, settings)
                if voice.covers(proposal)
            )
        return found

    def _heard(self, places: tuple[str, ...], settings: Settings) -> Iterable[Voice]:
        on = [rule for rule in self.rules if is_on(rule, settings)]
        for rule in on:
            if rule.severity not in _SILENT and _may_hold(rule, places):
                exceptions = tuple(other for other in on if rule.id in other.of and _may_hold(other, places))
                scope = self.by_id[rule.scope] if rule.scope else None
                yield Voice(_under(rule, settings), scope, exceptions, tuple(_wider(rule, on, places)) if scope else ())


@dataclass(frozen=True)
class _Joined(RuleBook):
    """Several books heard together."""

    books: tuple[RuleBook, ...] = ()

    @classmethod
    def made(cls, books: tuple[RuleBook, ...]) -> "_Joined":
        rules = {rule.id: rule for book in books for rule in book.rules}.values()
        ordered = sorted(rules, key=lambda rule: (rule.evaluator.stage, rule.id))
        return cls(tuple(ordered), " & ".join(book.version for book in books), books=books)

    def _heard(self, places: tuple[str, ...], settings: Settings) -> Iterable[Voice]:
        heard: list[Voice] = []
        for book in self.books:
            heard += [voice for voice in book.voices(places, settings) if voice not in heard]
        return sorted(heard, key=lambda voice: (voice.rule.evaluator.stage, voice.rule.id))


def _wider(rule: Rule, on: list[Rule], places: tuple[str, ...]) -> Iterable[Rule]:
    """Yield the scopes that name the rule, or a folder above it, and hold where the person may live."""
    for other in on:
        if other.severity is Severity.SCOPE and other.of and is_named(rule.id, other.of) and _may_hold(other, places):
            yield other


def is_on(rule: Rule, settings: Settings) -> bool:
    """Return whether a rule speaks under ``settings``: core always; others if they ship on or were switched on."""
    if rule.is_core:
        return True
    if settings.only is not None and not is_named(rule.id, settings.only):
        return False
    return rule.ships_on or rule.id in settings.switched_on or rule.id in (settings.only or ())


def _may_hold(rule: Rule, places: tuple[str, ...]) -> bool:
    """Return whether the rule's place is, or lies in, or holds a place where the person may live.

    A person of whom only the country is known may live in each of its regions: the strictest of the candidates counts.
    """
    if not rule.place:
        return True
    return any(
        place == rule.place
        or place.startswith(f"{rule.place}-")
        or rule.place.startswith(f"{place}-")
        or is_member(place, rule.place)
        for place in places
    )


def _under(rule: Rule, settings: Settings) -> Rule:
    limits = {name: value for (rule_id, name), value in settings.limits.items() if rule_id == rule.id}
    if not limits:
        return rule
    if not rule.is_house:
        raise ValueError(f"{rule.id} is not the house's own: its limits cannot be changed")
    return replace(rule, evaluator=rule.evaluator.changed(limits))
