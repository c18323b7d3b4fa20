"""What proposed rules would do, by rule, as bars for light and dark grounds; the table beside them says the same."""

from collections.abc import Sequence
from html import escape
from typing import Final

from arrears.web import spoken
from arrears.web.templatetags.missing_words import rule_title

WIDTH: Final = 640
_INKS: Final = {
    "light": {"ink": "#1b211f", "refused": "#b5472f", "allowed": "#0b6b62"},
    "dark": {"ink": "#e7ebe8", "refused": "#ff9c86", "allowed": "#5cc5b4"},
}
_STEP: Final = 46
_FONT: Final = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def bars(rows: Sequence[tuple[str, int, int]], theme: str) -> str:
    """Return a picture: for each rule how many accounts it would newly refuse, and how many no longer."""
    inks = _INKS[theme]
    most = max([1, *(refused + allowed for _, refused, allowed in rows)])
    parts = []
    for n, (rule, refused, allowed) in enumerate(rows):
        top = n * _STEP
        first, second = (count * (WIDTH - 8) // most for count in (refused, allowed))
        words = f"{rule_title(rule)}  +{spoken.number(refused)} −{spoken.number(allowed)}"
        parts.append(
            f'<text x="4" y="{top + 16}" font-size="14" fill="{inks["ink"]}" font-family="{escape(_FONT)}">'
            f"{escape(words)}</text>"
            f'<rect x="4" y="{top + 22}" width="{first}" height="16" fill="{inks["refused"]}"/>'
            f'<rect x="{4 + first}" y="{top + 22}" width="{second}" height="16" fill="{inks["allowed"]}"/>'
        )
    height = max(1, len(rows)) * _STEP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"{''.join(parts)}</svg>"
    )
