"""Reading the pipe table of a rule file into a ``Table``, with a problem for each mistake.

    | first | days_past_due | habitual_late | => step | // why          |
    | new   | [1..5]        | false         | service | a service call  |

The corner cell is the hit policy, the left column names the rows, ``=>`` marks answers, ``//`` a remark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arrears.engine.tables.cells import read_test, read_value
from arrears.engine.tables.problems import problem
from arrears.engine.tables.spans import Spans
from arrears.engine.tables.table import HITS, Never, Row, Table
from arrears.facts.fact import Fact
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of a pipe table: its corner, its conditions, its answers, whether a remark follows."""

    corner: str
    conditions: tuple[str, ...]
    answers: tuple[str, ...]
    remarked: bool

    @property
    def width(self) -> int:
        return 1 + len(self.conditions) + len(self.answers) + self.remarked


def read_table(
    table_id: str, text: str, facts: Mapping[str, Fact], nevers: Sequence[Never] = (), file: str = ""
) -> tuple[Table | None, list[Problem]]:
    """Return the table in ``text`` and no problems, or no table and everything that is wrong with it."""
    where = Where(file or table_id)
    lines = lines_of(text)
    heading = read_heading(lines[0], cornered=True) if lines else None
    if heading is None or heading.corner not in HITS or not heading.answers:
        return None, [problem("heading_wrong", where, cell=" | ".join(lines[0]) if lines else "")]
    problems = _heading_problems(heading, facts, where)
    if len(lines) == 1:
        problems.append(problem("table_empty", where))
    if problems:
        return None, problems
    inputs = tuple(facts[name] for name in heading.conditions)
    outputs = tuple(facts[name] for name in heading.answers)
    rows = [_read_row(cells, heading, inputs, outputs, where, at) for at, cells in enumerate(lines[1:], 1)]
    problems = [found for _, some in rows for found in some] + _doubled_names(lines[1:], where)
    if problems:
        return None, problems
    hit = heading.corner
    used = tuple(never for never in nevers if set(never.tests) <= set(heading.conditions))
    return Table(table_id, hit, inputs, outputs, tuple(row for row, _ in rows if row), used), []


def lines_of(text: str) -> list[list[str]]:
    """Return the cells of each line of a pipe table; rulers of dashes and blank lines are left out."""
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.strip().startswith("|")
    ]
    return [line for line in cells if not all(cell and set(cell) <= set("-: ") and len(cell) > 1 for cell in line)]


def read_heading(cells: Sequence[str], *, cornered: bool) -> Heading | None:
    """Return what a heading line says, or None where its parts stand in the wrong order."""
    corner, names = (cells[0], list(cells[1:])) if cornered else ("", list(cells))
    remarked = bool(names) and names[-1].startswith("//")
    names = names[:-1] if remarked else names
    answers = tuple(name.removeprefix("=>").strip() for name in names if name.startswith("=>"))
    conditions = tuple(names[: len(names) - len(answers)])
    if any(name.startswith(("=>", "//")) or not name for name in conditions):
        return None
    return Heading(corner, conditions, answers, remarked)


def read_nevers(
    given: Sequence[Mapping[str, object]], facts: Mapping[str, Fact], file: str
) -> tuple[tuple[Never, ...], list[Problem]]:
    """Return the constraints of a rule file (``never:`` and ``because:``) and what is wrong with them."""
    nevers: list[Never] = []
    problems: list[Problem] = []
    for at, item in enumerate(given, 1):
        where = Where(file, at, "constraints")
        tests, because = item.get("never"), item.get("because")
        if not isinstance(tests, Mapping) or not isinstance(because, Mapping) or not tests:
            problems.append(problem("constraint_unreadable", where, cell=str(item)))
            continue
        read = {name: _read_named(str(cell), name, facts, where) for name, cell in tests.items()}
        wrong = [found for found in read.values() if isinstance(found, Problem)]
        problems += wrong
        if not wrong:
            spans = {name: found for name, found in read.items() if not isinstance(found, Problem)}
            nevers.append(Never(spans, Text(*(str(because.get(tongue, "")) for tongue in Text._fields))))
    return tuple(nevers), problems


def _read_named(cell: str, name: str, facts: Mapping[str, Fact], where: Where) -> Spans | Problem:
    if name not in facts:
        return problem("fact_unknown", where, fact=name)
    return read_test(cell, facts[name], where)


def _heading_problems(heading: Heading, facts: Mapping[str, Fact], where: Where) -> list[Problem]:
    names = (*heading.conditions, *heading.answers)
    unknown = [name for name in names if name not in facts]
    if unknown:
        return [problem("fact_unknown", Where(where.file, None, name), fact=name) for name in unknown]
    if len(set(names)) < len(names):
        return [problem("heading_wrong", where, cell=", ".join(names))]
    answers = [facts[name] for name in heading.answers]
    wrong = [fact for fact in answers if heading.corner == "collect" and fact.kind != "set"]
    if heading.corner == "severest" and answers[0].kind != "code":
        wrong = answers[:1]
    return [problem("answer_kind", where, fact=fact.name, cell=heading.corner) for fact in wrong]


def _read_row(
    cells: Sequence[str],
    heading: Heading,
    inputs: Sequence[Fact],
    outputs: Sequence[Fact],
    where: Where,
    at: int,
) -> tuple[Row | None, list[Problem]]:
    if len(cells) != heading.width:
        width = problem("row_width", Where(where.file, at), found=len(cells), wanted=heading.width)
        return None, [width]
    middle = 1 + len(inputs)
    asked = tuple(cells[1:middle])
    tests = [read_test(c, fact, Where(where.file, at, fact.name)) for c, fact in zip(asked, inputs, strict=True)]
    said = cells[middle : middle + len(outputs)]
    answers = [read_value(c, f, Where(where.file, at, f.name)) for c, f in zip(said, outputs, strict=True)]
    problems = [found for found in (*tests, *answers) if isinstance(found, Problem)]
    if problems:
        return None, problems
    spans = tuple(test for test in tests if not isinstance(test, Problem))
    numbers = tuple(answer for answer in answers if not isinstance(answer, Problem))
    return Row(cells[0], asked, spans, numbers, cells[-1] if heading.remarked else ""), []


def _doubled_names(lines: Sequence[Sequence[str]], where: Where) -> list[Problem]:
    names = [cells[0] for cells in lines]
    return [
        problem("row_name_twice", Where(where.file, at), cell=name)
        for at, name in enumerate(names, 1)
        if name in names[: at - 1]
    ]
