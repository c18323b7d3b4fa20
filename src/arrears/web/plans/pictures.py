"""The picture beside proposals: what is left of the debt over time, a line each, drawn in the page's own colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from arrears.domain.plans import Instalment
from arrears.web import spoken

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 84, 12, 12, 28
DASHES = ("none", "8 4", "2 4", "12 4 2 4", "1 0")
LINES = 5


@dataclass(frozen=True, slots=True)
class Curve:
    """One plan's line: its name, the points of a polyline, the pattern of its stroke."""

    name: str
    points: str
    dashes: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a template needs to draw it; whole pixels."""

    curves: tuple[Curve, ...]
    days: tuple[Tick, ...]
    amounts: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def what_is_left(plans: Sequence[tuple[str, Sequence[Instalment]]], total: int, currency: str, today: date) -> Picture:
    """Return the picture of what each plan leaves of ``total`` from ``today`` on, falling at each instalment."""
    last = max(rows[-1].due for _, rows in plans)
    whole = max(1, (last - today).days)

    def across(day: date) -> int:
        return LEFT + (WIDTH - LEFT - RIGHT) * max(0, (day - today).days) // whole

    def down(amount: int) -> int:
        return TOP + (HEIGHT - TOP - BOTTOM) * (total - amount) // max(1, total)

    curves = []
    for place, (name, rows) in enumerate(plans):
        left, points = total, [(across(today), down(total))]
        for each in rows:
            points.append((across(each.due), down(left)))
            left -= each.amount
            points.append((across(each.due), down(left)))
        said = " ".join(f"{x},{y}" for x, y in points)
        curves.append(Curve(name, said, DASHES[place % LINES]))
    days = tuple(Tick(across(day), spoken.month(day)) for day in _days(today, last))
    amounts = tuple(Tick(down(part), spoken.money(part, currency)) for part in (total, total // 2, 0))
    return Picture(tuple(curves), days, amounts)


def _days(first: date, last: date) -> list[date]:
    """Return four days from first to last, evenly apart."""
    whole = (last - first).days
    return sorted({date.fromordinal(first.toordinal() + whole * part // 3) for part in range(4)})
