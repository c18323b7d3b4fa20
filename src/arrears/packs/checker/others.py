"""Words that other packs bring and that people will say or send: talk-tracks and templates, read like any other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arrears.domain.contacts import Role
from arrears.engine.checker import Decided, Kind, Setting
from arrears.kernel.texts import LANGUAGES
from arrears.packs.sources import ROOT, sources

_SAID = Setting(kind=Kind.TEMPLATE, decided=frozenset(Decided), is_last_notice=True)
"""A consequence in a track, or in a template, stands under a condition that is tested where it is used."""
_NOT_TOLD = Setting(kind=Kind.TEMPLATE, role=Role.UNKNOWN, decided=frozenset(Decided), is_last_notice=True)


def words_of_packs(root: Path = ROOT) -> Iterator[tuple[str, str, str, Setting]]:
    """Yield place, language, words and setting of everything in scripts and message templates."""
    for folder in ("scripts", "messages"):
        for source in sources(folder, root)[0]:
            yield from _worded(source.said, source.file, "", _SAID)


def _worded(said: Any, file: str, place: str, setting: Setting) -> Iterator[tuple[str, str, str, Setting]]:
    if isinstance(said, dict):
        if said.get("after_verification") is False:
            setting = _NOT_TOLD
        if all(isinstance(said.get(language), str) for language in LANGUAGES):
            if not place.endswith(("hint", "title")):
                yield from ((f"{file} {place}", one, said[one], setting) for one in LANGUAGES)
            return
        for key, value in said.items():
            yield from _worded(value, file, f"{place}.{key}".lstrip("."), setting)
    elif isinstance(said, list):
        for number, value in enumerate(said, 1):
            yield from _worded(value, file, f"{place}[{number}]", setting)
