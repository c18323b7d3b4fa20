"""Compliance rules as files, one rule a file: law by place, the core that is never off, and the house's own limits.

A rule's id is its path below this folder with dots: ``us/regf/1006.6.c.yaml`` is ``us.regf.1006.6.c``.
"""

from functools import cache
from pathlib import Path

from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule
from arrears.kernel.problems import Problem
from arrears.packs.sources import ROOT, content_hash, sources

FOLDER = "compliance"
HEAD = f"{FOLDER}/pack"


class PackBrokenError(Exception):
    """The rules that ship with Arrears cannot be read: ours to mend, so no value but an exception."""


@cache
def rule_book() -> RuleBook:
    """Return the rules that ship with Arrears; raises `PackBrokenError` with all that is wrong."""
    book, problems = read_rules()
    if problems:
        raise PackBrokenError("; ".join(problem.said_in("en") for problem in problems))
    return book


def read_rules(root: Path = ROOT) -> tuple[RuleBook, list[Problem]]:
    """Return the rules below ``root / compliance`` that can be used, and what is wrong with the others."""
    found, form_problems = sources(FOLDER, root)
    problems = list(form_problems)
    rules: list[Rule] = []
    version = "unversioned"
    for source in found:
        body = {name: part for name, part in source.said.items() if name != "id"}
        if source.id == HEAD:
            version = str(body.get("version", version))
            continue
        rule = read_rule(source.id.removeprefix(f"{FOLDER}/").replace("/", "."), body, source.file)
        if isinstance(rule, Rule):
            rules.append(rule)
        else:
            problems.extend(rule)
    book = RuleBook.of(rules, f"{version}+{content_hash(FOLDER, root)[:12]}")
    return book, [*problems, *book.problems()]
