"""Bars of a few amounts, drawn as SVG for light and dark grounds; the table beside them says the same."""

from collections.abc import Sequence
from html import escape
from typing import Final

from arrears.web import spoken

WIDTH: Final = 640
_BAR: Final = 24
_STEP: Final = 58
_INKS: Final = {
    "light": {"ink": "#1b211f", "bars": ("#0b6b62", "#b5472f", "#c3cac6")},
    "dark": {"ink": "#e7ebe8", "bars": ("#5cc5b4", "#ff9c86", "#4a5550")},
}
_FONT: Final = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def bars(rows: Sequence[tuple[str, int]], currency: str, theme: str) -> str:
    """Return a picture with one bar a row, each with its words and amount above it."""
    inks = _INKS[theme]
    most = max(1, *(minor for _, minor in rows))
    wide = [max(2, max(0, minor) * (WIDTH - 8) // most) for _, minor in rows]
    height = _STEP * len(rows) + 8
    parts = [
        f'<text x="4" y="{_STEP * n + 20}" font-size="15" fill="{inks["ink"]}" font-family="{escape(_FONT)}">'
        f"{escape(words)}: {escape(spoken.money(minor, currency))}</text>"
        f'<rect x="4" y="{_STEP * n + 28}" width="{wide[n]}" height="{_BAR}" rx="3" '
        f'fill="{inks["bars"][n % len(inks["bars"])]}"/>'
        for n, (words, minor) in enumerate(rows)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"{''.join(parts)}</svg>"
    )
