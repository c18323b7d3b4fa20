"""The gettext catalogues: Spanish and Chinese words for the pages, compiled by Babel (a bare machine has no msgfmt).

What many pages share stands in ``web/locale``; a page folder may bring a ``locale`` of its own for the rest.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent


def compile_stale(folder: Path = FOLDER) -> list[Path]:
    """Compile each catalogue whose ``.mo`` is missing or older than its ``.po``; return those that were compiled.

    Two processes may do so at once: each writes a file of its own and renames it into place.
    """
    stale = [po for po in sorted(folder.rglob("*.po")) if _is_stale(po)]
    for po in stale:
        _compile(po)
    return stale


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _compile(po: Path) -> None:
    """Compile one; its language is its folder's, without which Babel would leave the plural forms out."""
    fresh = po.with_suffix(f".mo.{os.getpid()}")
    with po.open("rb") as text, fresh.open("wb") as compiled:
        write_mo(compiled, read_po(text, locale=po.parent.parent.name))
    fresh.replace(po.with_suffix(".mo"))
