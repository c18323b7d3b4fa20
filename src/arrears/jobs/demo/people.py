"""Made-up people: common names put together at random, numbers from ranges that are reserved or never given out.

United States numbers are 555-0100 to 555-0199 of real area codes, kept for fiction. China reserves no range, so the
demonstration uses the prefix 120, which no operator holds; such a number can be shown and never reached.
"""

from typing import NamedTuple

import numpy as np


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


GIVEN_US = _words(
    "Ava Ben Carla Dwight Elena Frank Grace Hector Iris Jamal Kara Luis Maya Noah Olive Pedro Quinn Rosa Sam Tessa "
    "Uma Victor Wanda Xavier Yara Zane Alma Boris Celia Diego Edith Felix Gloria Hugo Ines Joel Kim Leo Marta Nina"
)
FAMILY_US = _words(
    "Abbott Barrera Castle Dorsey Escobar Farrow Gallo Hatch Ibarra Jessup Kessler Larkin Mercado Norwood Ochoa "
    "Pruitt Quintero Rowan Salas Tolbert Urban Vickers Winslow Yates Zamora Aldana Bright Cordero Dunmore Ellery"
)
FAMILY_CN = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧")
GIVEN_CN = _words(
    "伟 芳 娜 敏 静 磊 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 建华 文静 志强 秀兰 海燕 晓东 雪梅 子涵 宇轩 思远"
)


class Place(NamedTuple):
    """A place people live in: region code, time zone, telephone area (empty where there is none), city."""

    region: str
    zone: str
    area: str
    city: str


PLACES_US = (
    Place("NY", "America/New_York", "212", "New York"),
    Place("GA", "America/New_York", "404", "Atlanta"),
    Place("FL", "America/New_York", "305", "Miami"),
    Place("MI", "America/Detroit", "313", "Detroit"),
    Place("OH", "America/New_York", "614", "Columbus"),
    Place("IL", "America/Chicago", "312", "Chicago"),
    Place("TX", "America/Chicago", "713", "Houston"),
    Place("TX", "America/Chicago", "214", "Dallas"),
    Place("MN", "America/Chicago", "612", "Minneapolis"),
    Place("TN", "America/Chicago", "901", "Memphis"),
    Place("CO", "America/Denver", "303", "Denver"),
    Place("NM", "America/Denver", "505", "Albuquerque"),
    Place("AZ", "America/Phoenix", "602", "Phoenix"),
    Place("UT", "America/Denver", "801", "Salt Lake City"),
    Place("CA", "America/Los_Angeles", "213", "Los Angeles"),
    Place("CA", "America/Los_Angeles", "415", "San Francisco"),
    Place("WA", "America/Los_Angeles", "206", "Seattle"),
    Place("NV", "America/Los_Angeles", "702", "Las Vegas"),
)
PLACES_CN = (
    Place("CN-GD", "Asia/Shanghai", "", "广州"),
    Place("CN-SH", "Asia/Shanghai", "", "上海"),
    Place("CN-SC", "Asia/Shanghai", "", "成都"),
    Place("CN-HB", "Asia/Shanghai", "", "武汉"),
    Place("CN-ZJ", "Asia/Shanghai", "", "杭州"),
    Place("CN-SN", "Asia/Shanghai", "", "西安"),
)


def names(chance: np.random.Generator, count: int, country: str) -> tuple[list[str], list[str]]:
    """Return ``count`` given and family names as they are used in ``country`` (``US`` or ``CN``)."""
    given, family = (GIVEN_CN, FAMILY_CN) if country == "CN" else (GIVEN_US, FAMILY_US)
    return (
        [given[i] for i in chance.integers(0, len(given), count)],
        [family[i] for i in chance.integers(0, len(family), count)],
    )


def written(given: str, family: str, country: str) -> str:
    """Return a name in the order in which ``country`` writes it."""
    return f"{family}{given}" if country == "CN" else f"{given} {family}"


def numbers(chance: np.random.Generator, places: np.ndarray, country: str) -> list[str]:
    """Return one telephone number for each place index, in international form, that nobody can be reached at."""
    lines = chance.integers(0, 100_000_000, len(places))
    if country == "CN":
        return [f"+86120{line:08d}" for line in lines]
    return [f"+1{PLACES_US[place].area}55501{line % 100:02d}" for place, line in zip(places, lines, strict=True)]


def street(index: int, place: int, country: str) -> str:
    """Return an invented address of the person of that index in a place, as ``country`` writes one."""
    number = 1 + index * 37 % 899
    if country == "CN":
        return f"{PLACES_CN[place].city}市示例路{number}号"
    found = PLACES_US[place]
    return f"{number} Example Street, {found.city}, {found.region}"
