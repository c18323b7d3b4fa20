"""Golden cases of a rule file: read, tried against its table, and counted for what they leave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arrears.engine.tables import (
    Table,
    compiled,
    edges_of,
    lines_of,
    one,
    read_heading,
    read_value,
)
from arrears.engine.tables.spans import holds
from arrears.facts.fact import NULL, Fact
from arrears.kernel.problems import Problem, Where
from arrears.packs.problems import problem


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the facts of an account, and the answers that the table owes it."""

    name: str
    facts: Mapping[str, int]
    answers: Mapping[str, int]


def read_cases(text: str, table: Table, usual: Mapping[str, str], file: str) -> tuple[tuple[Case, ...], list[Problem]]:
    """Return the cases of the pipe table ``text``; facts not named take their value from ``usual``, else absent."""
    where = Where(file, None, "cases")
    lines = lines_of(text)
    if not lines:
        return (), [problem("cases_one_sided", where)]
    heading = read_heading(lines[0], cornered=False)
    asked = {fact.name: fact for fact in table.inputs}
    owed = {fact.name: fact for fact in table.outputs}
    if (
        heading is None
        or not heading.answers
        or not set(heading.conditions) <= set(asked)
        or not set(heading.answers) <= set(owed)
        or not set(usual) <= set(asked)
    ):
        return (), [problem("case_unreadable", where, said=" | ".join(lines[0]))]
    base = {name: read_value(cell, asked[name], where) for name, cell in usual.items()}
    problems = [found for found in base.values() if isinstance(found, Problem)]
    start = {name: fact.absent for name, fact in asked.items()} | {
        name: value for name, value in base.items() if isinstance(value, int)
    }
    cases: list[Case] = []
    for at, cells in enumerate(lines[1:], 1):
        here = Where(file, at, "cases")
        if len(cells) != heading.width - 1:
            problems.append(problem("case_unreadable", here, said=" | ".join(cells)))
            continue
        middle = len(heading.conditions)
        given = _values(heading.conditions, cells[:middle], asked, here)
        wanted = _values(heading.answers, cells[middle:], owed, here)
        wrong = [found for found in (*given.values(), *wanted.values()) if isinstance(found, Problem)]
        problems += wrong
        if not wrong:
            facts = start | {name: value for name, value in given.items() if isinstance(value, int)}
            answers = {name: value for name, value in wanted.items() if isinstance(value, int)}
            cases.append(Case(str(at), facts, answers))
    return tuple(cases), problems


def _values(
    names: Sequence[str], cells: Sequence[str], facts: Mapping[str, Fact], where: Where
) -> dict[str, int | Problem]:
    """Return the value of each cell by fact; ``-`` leaves the usual value, or the answer unchecked."""
    named = zip(names, cells[: len(names)], strict=True)
    return {name: read_value(cell, facts[name], where) for name, cell in named if cell != "-"}


def try_case(table: Table, case: Case, cites: str, file: str) -> list[Problem]:
    """Return where ``table`` answers ``case`` otherwise than it should."""
    found = one(compiled([table]), case.facts).values
    facts = {fact.name: fact for fact in table.outputs}
    return [
        problem(
            "case_differs",
            Where(file, int(case.name), name),
            said=case.name,
            fact=name,
            wanted=facts[name].said(wanted),
            found=facts[name].said(found[name]),
            cites=cites,
        )
        for name, wanted in case.answers.items()
        if found[name] != wanted
    ]


def missing_cases(table: Table, cases: Sequence[Case], file: str) -> list[Problem]:
    """Return the sides of cuts that no case stands on, and whether all cases have the same answer.

    A cut of a number wants a case just below it and a case at it; an enumeration wants a case for each group
    of values that the rows treat alike.
    """
    where = Where(file, None, "cases")
    problems = [
        problem("case_missing", Where(file, None, fact.name), fact=fact.name, said=" / ".join(map(fact.said, side)))
        for number, fact in enumerate(table.inputs)
        for side in _sides(table, number)
        if not any(case.facts[fact.name] in side for case in cases)
    ]
    answers = {tuple(sorted(case.answers.items())) for case in cases}
    is_one_sided = len(answers) <= 1 < len({row.answers for row in table.rows})
    if is_one_sided or not cases:
        problems.append(problem("cases_one_sided", where))
    return problems


def _sides(table: Table, number: int) -> list[list[int]]:
    fact = table.inputs[number]
    tests = [row.tests[number] for row in table.rows]
    if fact.kind in {"code", "flag"}:
        values = [code.number for code in fact.codes] if fact.kind == "code" else [0, 1]
        values += [NULL] if fact.may_be_null else []
        groups: dict[tuple[bool, ...], list[int]] = {}
        for value in values:
            groups.setdefault(tuple(holds(test, value) for test in tests), []).append(value)
        return list(groups.values()) if len(groups) > 1 else []
    low, _ = fact.range
    sides = {NULL if edge == low else edge - 1 for edge in edges_of(fact, tests)}
    return [[side] for side in sorted(sides | set(edges_of(fact, tests)))]
