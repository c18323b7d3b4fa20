"""Compliance rules as files, one rule a file: law by place, the core that is never off, and the house's own limits.

A rule's id is its path below this folder with dots: ``us/regf/1006.6.c.yaml`` is ``us.regf.1006.6.c``. A folder of
one's own, laid out alike, may add rules below ``client.<number>`` and ``local``; see `use_folder`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.parameters import rule_problem
from arrears.engine.gate.rules import Rule
from arrears.kernel.problems import Problem, Where
from arrears.packs.compliance.cases import read_case
from arrears.packs.compliance.files import (
    FOLDER,
    HEAD,
    Files,
    ReadPack,
    book_of,
    files_below,
    is_own,
    read_files,
    read_own,
)
from arrears.packs.sources import ROOT

__all__ = [
    "FOLDER",
    "HEAD",
    "PackBrokenError",
    "check_rules",
    "own_folder",
    "read_rules",
    "rule_book",
    "shipped",
    "shipped_files",
    "use_folder",
]


class PackBrokenError(Exception):
    """The rules that a process is to work by cannot be read: no contact is judged by half a book."""


_FOLDER: list[Path] = []


def use_folder(folder: Path | None) -> None:
    """Let this process work by the rules below ``folder`` too; None for none. Read when they are first asked for."""
    _FOLDER[:] = [] if folder is None else [folder]
    rule_book.cache_clear()
    own_folder.cache_clear()


@cache
def shipped() -> ReadPack:
    """Return the rules that ship with Arrears, without any that an organisation adds."""
    return read_files(shipped_files())


@cache
def shipped_files() -> Files:
    """Return the files of the rules that ship with Arrears."""
    return files_below(ROOT)


@cache
def own_folder() -> ReadPack | None:
    """Return what stands in the folder of rules of one's own; None where there is none."""
    if not _FOLDER:
        return None
    if not _FOLDER[0].is_dir():
        raise PackBrokenError(f"{_FOLDER[0]}: there is no such folder")
    return read_own(files_below(_FOLDER[0]))


@cache
def rule_book() -> RuleBook:
    """Return the rules that this process works by; raises `PackBrokenError` with all that is wrong."""
    own = own_folder()
    book, problems = book_of(shipped(), *([own] if own else []))
    if problems:
        raise PackBrokenError("; ".join(problem.said_in("en") for problem in problems))
    return book


def check_rules(root: Path = ROOT) -> list[Problem]:
    """Return everything wrong with the rules below ``root / compliance``: their form, their words, their own cases."""
    book, problems = read_rules(root)
    rules = book.rules if not is_own(files_below(root)) else tuple(rule for rule in book.rules if rule.is_own)
    return [*problems, *(problem for rule in rules for problem in _failing(rule, book))]


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
    """Return the rules below ``root / compliance`` that can be used, and what is wrong with the others.

    Rules that an organisation adds are read under those that ship with Arrears.
    """
    files = files_below(root)
    return book_of(shipped(), read_own(files)) if is_own(files) else book_of(read_files(files))
