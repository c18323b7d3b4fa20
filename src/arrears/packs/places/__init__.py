"""Where a person may be, in hours: the time zones of a country and region (12 CFR 1006.6(b)(1)(i), T2)."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from babel.core import get_global

_FILE: Final = Path(__file__).with_name("zones.yaml")


@cache
def zones_of_place(country: str, region: str = "") -> tuple[str, ...]:
    """Return every IANA zone in which somebody in ``region`` of ``country`` may be, sorted.

    ``country`` is ISO 3166 with two letters; ``region`` its subdivision with or without the country before it (``TX``,
    ``US-TX``), or empty. A region that is not known gives all zones of the country: who may be anywhere in it must
    find the contact convenient everywhere in it. An unknown country gives none.
    """
    regions = _known().get(country.upper(), {})
    place = region.upper().removeprefix(f"{country.upper()}-")
    if place in regions:
        return regions[place]
    if "" in regions:
        return regions[""]
    if regions:
        return tuple(sorted({zone for zones in regions.values() for zone in zones}))
    return tuple(sorted(get_global("territory_zones").get(country.upper(), ())))


def every_zone(country: str, region: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return all candidate zones of a person: ``known`` from numbers and addresses, and those of the person's place.

    A place known by its country alone adds nothing where something nearer is known.
    """
    found = tuple(known)
    if found and not region:
        return tuple(sorted(set(found)))
    return tuple(sorted({*found, *zones_of_place(country, region)}))


@cache
def _known() -> dict[str, dict[str, tuple[str, ...]]]:
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        country: {str(region): tuple(sorted(zones)) for region, zones in regions.items()}
        for country, regions in said.items()
    }
