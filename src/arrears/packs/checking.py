"""The check of packs: form, words, proofs, cases; what ``arrears packs check`` says."""

from pathlib import Path

from arrears.kernel.problems import Problem
from arrears.packs.cases import missing_cases, try_case
from arrears.packs.loading import read_pack, strategies
from arrears.packs.rules import Rule
from arrears.packs.sources import ROOT, sources


def check(path: Path | str = ROOT) -> list[Problem]:
    """Return everything wrong with the packs at ``path``: a root of packs, or a folder inside the shipped ones.

    Every file must read, be named by its path and speak three languages; every strategy below must prove its
    tables, meet its own cases, and have a case on each side of each cut; every rule of law must read and meet its own.
    """
    place = Path(path).resolve()
    root, under = (ROOT, place.relative_to(ROOT).as_posix()) if place.is_relative_to(ROOT) else (place, "")
    under = "" if under == "." else under
    problems = list(sources(under, root)[1])
    for folder in strategies(root):
        if folder.startswith(under) or under.startswith(f"{folder}/"):
            pack = read_pack(folder, root)
            problems += [found for found in pack.problems if found not in problems]
            for rule in pack.rules:
                problems += case_problems(rule)
    if (root / "compliance").is_dir() and "compliance".startswith(under.partition("/")[0]):
        problems += [found for found in _compliance_problems(root) if found not in problems]
    return problems


def _compliance_problems(root: Path) -> list[Problem]:
    from arrears.packs.compliance import check_rules

    return check_rules(root)


def case_problems(rule: Rule) -> list[Problem]:
    """Return the cases of ``rule`` that fail, then those that it lacks."""
    failed = [found for case in rule.cases for found in try_case(rule.table, case, rule.cites, rule.file)]
    return failed + missing_cases(rule.table, rule.cases, rule.file)
