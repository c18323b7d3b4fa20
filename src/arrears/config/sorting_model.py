"""The trained model of sorting: one file in the home folder, made by ``arrears sorting train``, read where it is."""

from functools import lru_cache
from pathlib import Path

from arrears.config.environment import current
from arrears.engine.sorting import Model


def path() -> Path:
    """Return where the model is kept."""
    return current().home / "sorting.npz"


def model() -> Model | None:
    """Return the model trained here; None where none was, or it is of an older form: the shipped one is then heard."""
    kept = path()
    return _read(kept, kept.stat().st_mtime_ns) if kept.is_file() else None


@lru_cache(maxsize=2)
def _read(kept: Path, _: int) -> Model | None:
    try:
        return Model.from_bytes(kept.read_bytes())
    except ValueError:
        return None
