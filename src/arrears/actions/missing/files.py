"""The queue of missing facts as a table for its suppliers, and their answers read back, row by row."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from arrears.actions.missing.supplying import may_be_set, read_value, supply
from arrears.actions.mistakes import filled
from arrears.facts.asked import asked_facts
from arrears.kernel.cells import harmless, sheet_in
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors import missing_facts as rows
from arrears.store.doors.missing_facts import Line

HEADS: Final = (
    "line", "fact", "question", "account", "person", "name", "address", "balance_minor", "currency", "answer",
)  # fmt: skip
MOST: Final = 100_000
_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a file: how many lines were answered, how many had no answer, and what was wrong with others."""

    answered: int
    empty: int
    problems: tuple[Problem, ...]


def exported(fact: str = "", *, supplier: str = "", language: str = "en", using: str = "default") -> str:
    """Return the missing facts as CSV (UTF-8, a header, commas) with an empty column for the answer.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for line in rows.lines(fact, supplier=supplier, most=MOST, using=using):
        writer.writerow([harmless(cell) for cell in _cells(line, language)])
    return out.getvalue()


def _cells(line: Line, language: str) -> Iterator[str]:
    asked = asked_facts().get(line.fact)
    question = asked.words.said_in(language) if asked else line.fact
    yield from (str(line.id), line.fact, question, line.number, line.person_number, line.name, line.value)
    yield from (str(line.balance_minor), line.currency, "")


def answers_from(content: bytes, because: str, *, now: datetime, using: str = "default") -> Answered:
    """Read answers out of a file as `exported` gave it and supply each; rows are independent of one another.

    A row without an answer is left as it is. A row that cannot be used is a problem with its number; the others count.
    """
    sheet = sheet_in(content)
    if sheet is None or sheet.without("line", "fact", "answer"):
        return Answered(0, 0, (filled("answers_unreadable", _SAID["answers_unreadable"]),))
    problems: list[Problem] = []
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    where: dict[int, int] = {}
    empty = 0
    for number, row in islice(sheet.rows, MOST):
        if row is None:
            problems.append(_at(filled("row_unreadable", _SAID["row_unreadable"]), number, ""))
            continue
        answer = row["answer"]
        if not answer:
            empty += 1
            continue
        read = _row(row, answer, number)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        given[row["fact"], answer].append(read)
        where[read] = number
    answered = 0
    for (fact, answer), ids in given.items():
        there = {line.id for line in rows.lines(fact, ids=ids, most=len(ids), using=using)}
        problems += [
            _at(filled("line_gone", _SAID["line_gone"]), where[one], "line") for one in ids if one not in there
        ]
        done = supply(fact, answer, sorted(there), because, now=now, using=using) if there else 0
        if isinstance(done, Problem):
            problems += [_at(done, where[one], done.where.field) for one in sorted(there)]
        elif there:
            answered += len(there)
    return Answered(answered, empty, tuple(sorted(problems, key=lambda one: one.where.row or 0)))


def _row(row: Mapping[str, str], answer: str, number: int) -> int | Problem:
    line, fact = row["line"], row["fact"]
    asked = asked_facts().get(fact)
    if not line.isdecimal() or len(line) > _LONGEST_ID:
        return _at(filled("line_gone", _SAID["line_gone"]), number, "line")
    if asked is None or not may_be_set(fact):
        return _at(filled("fact_not_here", _SAID["fact_not_here"], said=fact), number, "fact")
    read = read_value(asked, answer)
    return _at(read, number, "answer") if isinstance(read, Problem) else int(line)


def _at(found: Problem, row: int, field: str) -> Problem:
    return Problem(found.code, found.reason, found.remedy, Where("", row, field))


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "row_unreadable": (
        Text(
            "From this row on the file cannot be read: a quotation mark opens and does not close.",
            "Desde esta fila el archivo no se puede leer: unas comillas se abren y no se cierran.",
            "从该行起文件无法读取：引号未闭合。",
        ),
        Text(
            "Close it, and bring the file in again: what was answered stays.",
            "Ciérrelas y vuelva a traer el archivo: lo respondido se conserva.",
            "请补上引号后重新导入；已回答的保留。",
        ),
    ),
    "answers_unreadable": (
        Text(
            "The file is no CSV in UTF-8 with the columns line, fact and answer.",
            "El archivo no es un CSV en UTF-8 con las columnas line, fact y answer.",
            "该文件不是含 line、fact、answer 列的 UTF-8 编码 CSV。",
        ),
        Text(
            "Use the list as it was exported, and fill its last column.",
            "Use la lista tal como se exportó y rellene la última columna.",
            "请使用导出的清单，并填写最后一列。",
        ),
    ),
    "line_gone": (
        Text(
            "This line is not in the queue, or waits no more.",
            "Esta línea no está en la cola o ya no está pendiente.",
            "该行不在队列中或已处理。",
        ),
        Text("Export the list again.", "Vuelva a exportar la lista.", "请重新导出清单。"),
    ),
    "fact_not_here": (
        Text(
            "“{said}” is not answered by this file.",
            "«{said}» no se responde con este archivo.",
            "“{said}”不能通过此文件回答。",
        ),
        Text(
            "Bring it in with a file of debts or people.",
            "Incorpórelo con un archivo de deudas o personas.",
            "请随债务或人员文件导入。",
        ),
    ),
}
