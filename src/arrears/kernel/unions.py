"""Unions of countries whose law holds in each of them."""

from collections.abc import Mapping
from typing import Final

MEMBERS: Final[Mapping[str, frozenset[str]]] = {
    "EU": frozenset(
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 -- a list of codes reads best as one
    ),
}
"""By the union's code the ISO 3166-1 codes of its members: the European Union since 1 February 2020."""


EVERYWHERE: Final = "WORLD"
"""The place of a rule that a worldwide scheme makes."""


def is_member(place: str, union: str) -> bool:
    """Return whether ``place`` ("ES", "ES-MD") lies in a country of ``union``; no for what is no union."""
    return union == EVERYWHERE or place[:2] in MEMBERS.get(union, ())
