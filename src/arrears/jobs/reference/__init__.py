"""Pages of ``docs/reference`` that are made from the code, so that they cannot drift from it.

A page is a module here with ``NAME`` (its file) and ``page() -> str`` (Markdown); it is found, not listed.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

MADE = "<!-- Made by `arrears docs` from the code: change it there. -->\n\n"


def pages() -> Iterator[tuple[str, str]]:
    """Yield (file name, Markdown) of every page."""
    for module in pkgutil.iter_modules(__path__):
        found = importlib.import_module(f"{__name__}.{module.name}")
        yield found.NAME, MADE + found.page().rstrip() + "\n"


def stale(folder: Path) -> list[str]:
    """Return the names of pages in ``folder`` that differ from what the code says now."""
    return [name for name, words in pages() if not (folder / name).exists() or (folder / name).read_text() != words]


def cell(words: str) -> str:
    """Return ``words`` so that they fit a cell of a Markdown table."""
    return " ".join(words.split()).replace("|", "\\|")
