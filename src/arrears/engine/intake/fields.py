"""What can be brought in: kinds of record and their fields, as data; the words are in ``packs/mappings``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from arrears.kernel.texts import Text


class Sort(StrEnum):
    """How the text of a field is read."""

    KEY = "key"
    """An identifier, kept as written without surrounding space."""
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    AMOUNT = "amount"
    RATE = "rate"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    CURRENCY = "currency"
    COUNTRY = "country"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is read, the headers under which others write it, and for a choice what its words mean."""

    name: str
    sort: Sort
    words: Text
    headers: tuple[str, ...] = ()
    is_needed: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record; ``order`` is its turn when several files come together, ``files`` hint at it by file name."""

    name: str
    words: Text
    order: int
    fields: tuple[Field, ...]
    files: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return the field called ``name``."""
        return next((each for each in self.fields if each.name == name), None)

    @property
    def spared(self) -> frozenset[str]:
        """The fields that are left out where they are wrong while the row goes in: a bad number loses no debt."""
        sorts = {Sort.PHONE, Sort.EMAIL}
        return frozenset(each.name for each in self.fields if each.sort in sorts and not each.is_needed)

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which a row is no record."""
        return tuple(each.name for each in self.fields if each.is_needed)
