"""The zones of a place: one where there is one, each where a border runs through, all where the region is unknown."""

from zoneinfo import ZoneInfo

import pytest

from arrears.packs.places import _known, zones_of_place


@pytest.mark.parametrize(
    ("country", "region", "zones"),
    [
        ("US", "NY", ("America/New_York",)),
        ("US", "US-NY", ("America/New_York",)),
        ("us", "ny", ("America/New_York",)),
        ("US", "TX", ("America/Chicago", "America/Denver")),
        ("CN", "CN-GD", ("Asia/Shanghai",)),
        ("CN", "CN-XJ", ("Asia/Shanghai",)),
        ("ES", "MD", ("Europe/Madrid",)),
        ("ES", "TF", ("Atlantic/Canary",)),
        ("IN", "", ("Asia/Kolkata",)),
        ("XX", "", ()),
    ],
)
def test_a_place_has_the_zones_in_which_somebody_there_may_be(country, region, zones):
    assert zones_of_place(country, region) == zones


def test_an_unknown_state_leaves_every_zone_of_the_country_open():
    anywhere = set(zones_of_place("US", "somewhere"))
    assert {"America/New_York", "Pacific/Honolulu", "America/Los_Angeles", "America/Anchorage"} <= anywhere


def test_every_zone_that_is_named_exists():
    for regions in _known().values():
        for zones in regions.values():
            for zone in zones:
                ZoneInfo(zone)


def test_every_state_and_the_district_is_named():
    assert len(_known()["US"]) == 50 + len({"DC", "PR", "VI"})
