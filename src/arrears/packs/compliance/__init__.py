"""Compliance rules as files, one rule a file: law by place, the core that is never off, and the house's own limits.

A rule's id is its path below this folder with dots: ``us/regf/1006.6.c.yaml`` is ``us.regf.1006.6.c``.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.parameters import rule_problem
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule
from arrears.kernel.problems import Problem, Where
from arrears.packs.compliance.cases import read_case
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


def check_rules(root: Path = ROOT) -> list[Problem]:
    """Return everything wrong with the rules below ``root / compliance``: their form, their words, their own cases."""
    book, problems = read_rules(root)
    return [*problems, *(problem for rule in book.rules for problem in _failing(rule, book))]


def _failing(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """Yield a problem for each case of the rule's file that the gate answers otherwise, with the citation."""
    file = f"{rule.id}.yaml"
    for number, raw in enumerate(rule.cases, 1):
        try:
            cases = list(read_case(raw))
        except (KeyError, ValueError, TypeError, AttributeError, StopIteration) as mistake:
            yield rule_problem(f"case {number} cannot be read ({mistake!r})", Where(file, number, "cases"))
            continue
        for case in cases:
            for difference in case.differences(book):
                cited = f"{rule.law.citation}: " if rule.law else ""
                yield rule_problem(f"{cited}“{case.name}”: {difference}", Where(file, number, "cases"))


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
