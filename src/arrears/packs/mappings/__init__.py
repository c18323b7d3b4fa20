"""What can be imported, as data: kinds, fields and the headers of the world; and mappings that ship for known sets."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from typing import Any, Protocol

import polars as pl
import yaml

from arrears.engine.intake.fields import Field, Kind, Sort
from arrears.kernel.texts import Text


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of record that can be imported, by name, in the order in which they go in."""
    said = yaml.safe_load((resources.files(__name__) / "headers.yaml").read_text(encoding="utf-8"))["kinds"]
    found = [_kind(name, block) for name, block in said.items()]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: kind.order)}


def _kind(name: str, block: dict[str, Any]) -> Kind:
    fields = tuple(_field(each, said) for each, said in block["fields"].items())
    return Kind(name, Text(**block["words"]), block["order"], fields, tuple(map(str, block.get("files", ()))))


def _field(name: str, said: dict[str, Any]) -> Field:
    meanings = {str(word): _plain(ours) for ours, words in said.get("values", {}).items() for word in words}
    own = {_plain(ours): _plain(ours) for ours in said.get("values", {})}
    headers = tuple(map(str, said.get("headers", ())))
    return Field(name, Sort(said["sort"]), Text(**said["words"]), headers, said.get("needed", False), own | meanings)


def _plain(value: object) -> str:
    """Return a key of YAML as its word: an unquoted ``no`` came as False."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


class Transformation(Protocol):
    """What a shipped set's module offers: from its own files to records of our kinds."""

    def tables(self, files: Table[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Return text columns named as fields, by kind."""
        ...


@dataclass(frozen=True, slots=True)
class Shipped:
    """A known set: the files it consists of, the product its debts are of, what is the same for all its rows."""

    name: str
    title: Text
    words: Text
    cited: str
    files: Table[str, str]
    organisation: Table[str, str]
    product: Table[str, Any]
    constants: Table[str, Table[str, str]]

    def transformation(self) -> Transformation:
        """Return the module beside the mapping that turns the set's files into records."""
        return import_module(f"{__name__}.{self.name}")


def shipped(name: str) -> Shipped | None:
    """Return the shipped mapping called ``name``; None where there is none."""
    place = resources.files(__name__) / f"{name}.yaml"
    if name == "headers" or not name.isidentifier() or not place.is_file():
        return None
    said = yaml.safe_load(place.read_text(encoding="utf-8"))
    return Shipped(
        name,
        Text(**said["title"]),
        Text(**said["words"]),
        said["cited"],
        said["files"],
        said["organisation"],
        said["product"],
        said["constants"],
    )


def all_shipped() -> list[Shipped]:
    """Return every shipped mapping, by name."""
    names = sorted(place.name.removesuffix(".yaml") for place in resources.files(__name__).iterdir())
    return [found for name in names if (found := shipped(name))]
