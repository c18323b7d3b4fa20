"""The check of packs: form, words, proofs, cases; what ``arrears packs check`` says."""

import pkgutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from arrears.kernel.problems import Problem
from arrears.packs.cases import missing_cases, try_case
from arrears.packs.loading import read_pack, strategies
from arrears.packs.rules import Rule
from arrears.packs.sources import ROOT, sources


def check(path: Path | str = ROOT) -> list[Problem]:
    """Return everything wrong with the packs at ``path``: a root of packs, or a folder inside the shipped ones.

    Every file must read, be named by its path and speak three languages; every strategy below must prove its
    tables, meet its own cases, and have a case on each side of each cut; what other folders bring with a check of their
    own must pass it.
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
    for name, check_folder in _own_checks().items():
        if (root / name).is_dir() and name.startswith(under.partition("/")[0]):
            problems += [found for found in check_folder(root) if found not in problems]
    return problems


def _own_checks() -> dict[str, Callable[[Path], list[Problem]]]:
    """Return the checks that folders of packs bring: ``check_rules``, or ``check_`` and the folder's name."""
    packages = [module.name for module in pkgutil.iter_modules([str(ROOT)]) if module.ispkg]
    modules = {name: import_module(f"arrears.packs.{name}") for name in packages}
    found = {name: getattr(m, "check_rules", getattr(m, f"check_{name}", None)) for name, m in modules.items()}
    return {name: check_folder for name, check_folder in found.items() if check_folder is not None}


def case_problems(rule: Rule) -> list[Problem]:
    """Return the cases of ``rule`` that fail, then those that it lacks."""
    failed = [found for case in rule.cases for found in try_case(rule.table, case, rule.cites, rule.file)]
    return failed + missing_cases(rule.table, rule.cases, rule.file)
