"""The form of income and expenditure, as data: groups and lines in three languages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from arrears.kernel.texts import Text

FILE: Final = Path(__file__).parent / "categories.yaml"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form."""

    name: str
    words: Text


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form. ``is_income``: its lines are added; those of the others are taken off."""

    name: str
    words: Text
    is_income: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form: what it rests on, and its parts in order."""

    title: Text
    words: Text
    groups: tuple[Group, ...]

    @property
    def sides(self) -> dict[str, bool]:
        """Each line by name, with whether it is income."""
        return {line.name: group.is_income for group in self.groups for line in group.lines}

    def group_of(self, name: str) -> str:
        """Return the part that a line stands in; raises ``KeyError`` for a line that is not on the form."""
        for group in self.groups:
            if any(line.name == name for line in group.lines):
                return group.name
        raise KeyError(name)


@cache
def form() -> Form:
    """Return the form; read once."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    groups = tuple(
        Group(
            one["name"],
            Text(**one["words"]),
            one["side"] == "in",
            tuple(Line(line["name"], Text(line["en"], line["es"], line["zh"])) for line in one["lines"]),
        )
        for one in raw["groups"]
    )
    return Form(Text(**raw["title"]), Text(**{key: words.strip() for key, words in raw["words"].items()}), groups)
