"""What words must not say, and the parts and topics they have, as files: one rule a file, read by `engine.checker`.

A rule's id is its path below this folder with dots, as in the compliance rules: ``us/fdcpa/1692e.4.yaml`` is
``us.fdcpa.1692e.4``. ``lists.yaml`` holds words that many rules share.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from arrears.engine.checker import Checker, Report, Rule, Setting
from arrears.engine.checker.patterns import Lists
from arrears.engine.checker.reading import known_words, read_rule, wrong
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES
from arrears.packs.checker.cases import read_case
from arrears.packs.checker.learned import SPEAKING, likeness
from arrears.packs.checker.others import words_of_packs
from arrears.packs.law import read_law
from arrears.packs.sources import ROOT, hash_of, sources

FOLDER = "checker"
_LISTS = f"{FOLDER}/lists"


class CheckerBrokenError(Exception):
    """The rules that ship with Arrears cannot be read: ours to mend, so no value but an exception."""


@cache
def checker() -> Checker:
    """Return the checker by the rules that ship, with what it learned besides.

    Raises `CheckerBrokenError` with all that is wrong.
    """
    made, problems = read_checker()
    if problems:
        raise CheckerBrokenError("; ".join(problem.said_in("en") for problem in problems))
    return replace(made, likeness=likeness(made.rules), speaking=SPEAKING)


@cache
def version(root: Path = ROOT) -> str:
    """Return the version of the rules and of the examples that the second reader learns from: a hash over the files."""
    files = (path for path in (root / FOLDER).rglob("*") if path.suffix in {".yaml", ".csv"})
    return hash_of({path.relative_to(root).as_posix(): path.read_bytes() for path in files})[:12]


def check(words: str, *, language: str | None = None, setting: Setting | None = None) -> Report:
    """Read ``words`` by the rules that ship: see `Checker.check`."""
    return checker().check(words, language=language, setting=setting)


def rule(name: str) -> Rule | None:
    """Return the rule ``name``, None where there is none."""
    return next((one for one in checker().rules if one.id == name), None)


def read_checker(root: Path = ROOT) -> tuple[Checker, list[Problem]]:
    """Return a checker by the rules below ``root / checker`` that can be read, and what is wrong with the others."""
    found, form_problems = sources(FOLDER, root)
    problems = list(form_problems)
    lists: Mapping[str, Lists] = {language: {} for language in LANGUAGES}
    for source in found:
        if source.id == _LISTS:
            lists = {one: {k: tuple(v) for k, v in source.said["lists"][one].items()} for one in LANGUAGES}
    rules: list[Rule] = []
    raw = [source for source in found if source.id != _LISTS]
    for source in raw:
        law = read_law(source.said, source.file)
        name = source.id.removeprefix(f"{FOLDER}/").replace("/", ".")
        read = law if isinstance(law, Problem) else read_rule(name, source.said, law, lists)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            rules.append(read)
    names = {one.id for one in rules}
    problems += [wrong(one.id, "follows", name) for one in rules for name in one.follows if name not in names]
    return Checker(tuple(rules), known_words((source.said for source in raw), lists)), problems


def check_checker(root: Path = ROOT) -> list[Problem]:
    """Return everything wrong: rules that do not read, their cases that fail, packs whose words break a rule."""
    made, problems = read_checker(root)
    for one in made.rules:
        problems += [wrong(f"{one.id}.yaml", "cases", said) for said in failing(one, made)]
    for place, language, words, setting in words_of_packs(root):
        report = made.check(words, language=language, setting=setting)
        problems += [
            wrong(place, language, f"“{found.words}” — {found.said}") for found in report.findings if found.is_blocking
        ]
    return problems


def failing(one: Rule, made: Checker) -> Iterator[str]:
    """Yield each case of a rule that does not come out: words that fire or carry, words that must be silent."""
    for language, sides in one.cases.items():
        for side, wanted in (("fires", True), ("silent", False)):
            for number, case in enumerate(sides.get(side, ()), 1):
                words, setting = read_case(case, one)
                if fired(one, made.check(words, language=language, setting=setting)) != wanted:
                    yield f"{language} {side} {number}: “{words}” ({one.citation})"


def fired(one: Rule, report: Report) -> bool:
    """Return whether a rule speaks in a report: found, or its part or topic is told of."""
    if one.block is not None:
        return one.block in report.blocks
    if one.topic is not None:
        return one.topic in report.mentions
    return any(found.rule == one.id for found in report.findings)
