"""Charts of accounts, as files: code, kind, names in three languages, the purposes that stand on each account."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from arrears.engine.books.chart import Chart, GlAccount, Kind, faults
from arrears.kernel.texts import Text

FOLDER: Final = Path(__file__).resolve().parent


class ChartFaultyError(ValueError):
    """A chart file that does not give each purpose exactly one account; the message says what is wrong."""


@cache
def chart(name: str = "standard", folder: Path = FOLDER) -> Chart:
    """Return a chart by the name of its file; raises `ChartFaultyError` with every fault."""
    said = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    found = Chart(tuple(_account(each) for each in said["accounts"]))
    if wrong := faults(found):
        raise ChartFaultyError(f"{name}: {'; '.join(wrong)}")
    return found


def _account(said: dict[str, Any]) -> GlAccount:  # Any: YAML
    return GlAccount(str(said["code"]), Kind(said["kind"]), Text(**said["names"]), tuple(said["purposes"]))
