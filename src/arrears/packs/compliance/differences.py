"""What differs between two versions of the rules, in words: added, removed, and changed number by number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from arrears.engine.gate.rules import Rule
from arrears.kernel.texts import LANGUAGES
from arrears.packs.compliance.files import ReadPack


class Change(StrEnum):
    """What became of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rule that differs: its name with dots, and what stands there in each version (empty: nothing)."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that is not the same in both versions."""

    rule: str
    change: Change
    place: str
    citation: str
    parts: tuple[Part, ...] = ()


def differences(old: ReadPack, new: ReadPack) -> tuple[Difference, ...]:
    """Return the rules that are not the same in both packs, by id."""
    before, after = ({rule.id: rule for rule in pack.rules} for pack in (old, new))
    return tuple(filter(None, (_of(before.get(rule), after.get(rule)) for rule in sorted({*before, *after}))))


def _of(before: Rule | None, after: Rule | None) -> Difference | None:
    said = after or before
    assert said is not None
    cited = said.law.citation if said.law else ""
    if before is None or after is None:
        return Difference(said.id, Change.REMOVED if after is None else Change.ADDED, said.place, cited)
    old, new = dict(_parts(before)), dict(_parts(after))
    parts = tuple(
        Part(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )
    return Difference(said.id, Change.CHANGED, said.place, cited, parts) if parts else None


def _parts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from (("place", rule.place), ("severity", rule.severity.value), ("kind", rule.kind))
    yield from (("scope", rule.scope or ""), ("of", ", ".join(rule.of)), ("sectors", ", ".join(sorted(rule.sectors))))
    for name in rule.reach.__slots__:
        yield f"reach.{name}", ", ".join(sorted(getattr(rule.reach, name)))
    if rule.law is not None:
        for name in rule.law.__slots__:
            yield f"law.{name}", _said(getattr(rule.law, name))
    yield from _flat("parameters", rule.parameters)
    for name, text in (("title", rule.title), ("words", rule.words), ("allows", rule.allows)):
        for language in LANGUAGES if text else ():
            yield f"{name}.{language}", getattr(text, language)
    yield "cases", str(len(rule.cases))


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:  # Any: straight from a rule file
    if isinstance(value, Mapping) and set(value) >= {"value", "unit"} and not isinstance(value["value"], (list, dict)):
        more = ", ".join(f"{key} {part}" for key, part in value.items() if key not in {"value", "unit"})
        yield name, f"{value['value']} {value['unit']}" + (f" ({more})" if more else "")
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flat(f"{name}.{key}", part)
    else:
        yield name, _said(value)


def _said(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
