"""What banks call the columns of their CSV exports, as data: fields with their words and their headers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from arrears.kernel.texts import Text
from arrears.packs.sources import sources, text_of


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a bank line that a table may hold: our name, its words, what banks call it.

    ``joined`` fields take every column that fits, in the file's order; the others only the best known.
    """

    name: str
    words: Text
    headers: tuple[str, ...]
    joined: bool = False


@cache
def columns() -> Mapping[str, Column]:
    """Return the fields by name; raises ValueError where one header is given to two fields."""
    found = {
        name: Column(name, text_of(said["words"]), tuple(map(str, said["headers"])), bool(said.get("joined")))
        for name, said in _said()["columns"].items()
    }
    headers = [header for column in found.values() for header in column.headers]
    if len(set(headers)) < len(headers):
        raise ValueError("bank_tables/columns.yaml gives one header to two fields")
    return MappingProxyType(found)


@cache
def directions() -> Mapping[str, int]:
    """Return the words for money in (1) and money out (-1)."""
    signs = {"credit": 1, "debit": -1}
    return MappingProxyType({str(word): signs[name] for name, words in _said()["directions"].items() for word in words})


def _said() -> Mapping[str, Any]:
    found, problems = sources("bank_tables/columns.yaml")
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    return found[0].said
