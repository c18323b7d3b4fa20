"""Compiles the gettext catalogues while the wheel or an editable install is made (a bare machine has no msgfmt)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Writes each ``django.mo`` beside its ``django.po`` and takes it into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile every catalogue under ``src``; called by hatchling before it collects files.

        Its language is its folder's, without which Babel would leave the plural forms out.
        """
        for po in sorted(Path(self.root, "src").rglob("*.po")):
            with po.open("rb") as text, po.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=po.parent.parent.name))
            build_data["artifacts"].append(str(po.with_suffix(".mo").relative_to(self.root)))
