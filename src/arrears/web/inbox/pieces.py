"""A received text as the page shows it: the words in pieces, those that show a category marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from arrears.domain.received import BESIDE_WORDS, OTHER_WORDS, SET_OFF_WORDS, Ruling
from arrears.domain.replies import Category
from arrears.engine.sorting import SURE_PPM
from arrears.kernel.texts import Text
from arrears.packs import sorting
from arrears.store.doors.received import Text as Received


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the words, in their order; ``is_shown`` where they show a category."""

    words: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One category of a text: its name, how sure, the words that show it, what was set off, what a human said."""

    category: str
    title: Text
    per_cent: int
    is_sure: bool
    quotes: tuple[str, ...]
    details: tuple[tuple[Text, str], ...]
    set_off: Text | None
    is_open: bool
    is_undone: bool


@cache
def titles() -> Mapping[Category, Text]:
    """Return the name of each category, from the rules that find it."""
    return {rule.category: rule.title for rule in sorting.load().rules} | {Category.OTHER: OTHER_WORDS}


def pieces(text: Received, most: int | None = None) -> list[Piece]:
    """Return the words in pieces, ``most`` characters of them; overlapping passages are one."""
    words = text.words if most is None or len(text.words) <= most else f"{text.words[:most]}…"
    places = sorted((start, until) for one in text.found for start, until, _ in one["passages"])
    found: list[Piece] = []
    at = 0
    for start, until in _joined(places):
        if start >= len(words):
            break
        found += [Piece(words[at:start], is_shown=False), Piece(words[start:until], is_shown=True)]
        at = until
    return [one for one in [*found, Piece(words[at:], is_shown=False)] if one.words]


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, until in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((start, until))
    return joined


def lines(text: Received) -> list[Line]:
    """Return the categories of a text, those that still wait first."""
    return sorted((_line(text, one) for one in text.found), key=lambda line: not line.is_open)


def _line(text: Received, one: Mapping[str, Any]) -> Line:
    effect = one["effect"]
    quotes = dict.fromkeys(text.words[start:until] for start, until, _ in one["passages"])
    return Line(
        category=one["category"],
        title=titles()[Category(one["category"])],
        per_cent=one["ppm"] // 10_000,
        is_sure=one["ppm"] >= SURE_PPM,
        quotes=tuple(quote for quote in quotes if quote),
        details=tuple((BESIDE_WORDS[name], said) for name, said in one["details"].items() if name in BESIDE_WORDS),
        set_off=None if effect is None else SET_OFF_WORDS.get((effect["kind"], effect["about"])),
        is_open=one["ruling"] == Ruling.OPEN,
        is_undone=one["ruling"] == Ruling.UNDONE,
    )
