"""Strategies: the tables of a folder made into one program, and the check of any folder of packs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from arrears.engine.decide.strategy import Heading, Strategy
from arrears.engine.tables import compiled, ordered
from arrears.facts import Fact, registry
from arrears.kernel.problems import Problem
from arrears.packs.rules import CodeList, Rule, read_list, read_rule
from arrears.packs.sources import ROOT, Source, content_hash, sources, text_of

DEFAULT_STRATEGY = "strategy/consumer_instalment"


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder with a strategy as read: its rules and lists, whatever is wrong with them."""

    head: Source | None
    rules: tuple[Rule, ...]
    lists: tuple[CodeList, ...]
    facts: Mapping[str, Fact]
    problems: tuple[Problem, ...]


def read_pack(under: str, root: Path = ROOT) -> Pack:
    """Return the pack in the folder ``under``: its lists first, then its tables over facts with those codes."""
    found, form_problems = sources(under, root)
    problems = list(form_problems)
    lists: list[CodeList] = []
    for source in found:
        if "codes" in source.said:
            listed, wrong = read_list(source)
            problems += wrong
            lists += [listed] if listed else []
    facts = _coded(lists)
    rules: list[Rule] = []
    for source in found:
        if "table" in source.said:
            rule, wrong = read_rule(source, facts)
            problems += wrong
            rules += [rule] if rule else []
    problems += ordered([rule.table for rule in rules])[1]
    head = next((source for source in found if source.id.endswith("/strategy")), None)
    return Pack(head, tuple(rules), tuple(lists), facts, tuple(problems))


def _coded(lists: list[CodeList]) -> Mapping[str, Fact]:
    """Return the registry with the enumerations that the lists bring."""
    facts = dict(registry())
    for listed in lists:
        for name in listed.facts:
            if name in facts:
                facts[name] = facts[name].with_codes(listed.codes)
    return facts


@lru_cache(maxsize=8)
def load(under: str = DEFAULT_STRATEGY, root: Path = ROOT) -> Strategy:
    """Return the strategy of the folder ``under``, proved and compiled.

    Raises ``ValueError`` with everything that is wrong where the folder is no sound strategy: one that is not
    proved must not decide.
    """
    pack = read_pack(under, root)
    if pack.problems or pack.head is None:
        said = "\n".join(found.said_in("en") for found in pack.problems) or "there is no strategy.yaml"
        raise ValueError(f"{under} is no sound strategy:\n{said}")
    head = pack.head.said
    details = {name: listed.details for listed in pack.lists for name in listed.facts}
    tables = {rule.id: rule.table for rule in pack.rules}
    return Strategy(
        id=under,
        title=text_of(head["title"]),
        version=f"{head['version']}+{content_hash(under, root)[:12]}",
        content_hash=content_hash(under, root),
        tables=tables,
        program=compiled(tables.values()),
        facts=pack.facts,
        details=details,
        headings={rule.id: Heading(rule.title, rule.words, rule.cites) for rule in pack.rules},
        treatment_table=str(head["treatment_table"]),
        review_days=int(head["review_days"]),
    )


def strategies(root: Path = ROOT) -> tuple[str, ...]:
    """Return the folders below ``root`` that hold a strategy."""
    return tuple(path.parent.relative_to(root).as_posix() for path in sorted(root.rglob("strategy.yaml")))
