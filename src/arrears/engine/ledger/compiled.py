"""The loop compiled by Numba, where it is installed (extra ``night``); the same source, so the same numbers.

The modules of the loop are loaded a second time under names of their own and their functions replaced by
compiled ones. What was compiled is kept on disk beside the source, or in the machine's temporary folder, under
a digest of all sources: a kept function can never belong to other source. Where nothing can be written,
it is compiled anew.
"""

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

_MODULES: Final = ("arithmetic", "charging", "paying", "steps", "answers", "loop")
_ROOM: Final = Path(__file__).parent
_PACKAGE: Final = "arrears.engine.ledger"


def has_numba() -> bool:
    """Return whether the compiled path can be used here."""
    return importlib.util.find_spec("numba") is not None


@lru_cache(maxsize=1)
def compiled_run_range() -> Callable[..., None]:
    """Return `loop.run_range` compiled; raises ImportError where Numba is not installed.

    The first call with a set of column types takes some tens of seconds where nothing was kept, under a second where
    something was.
    """
    import numba

    folder = cache_folder()
    settings: Any = numba.config  # Any: Numba fills this module when it runs
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder) if folder else ""
    try:
        made: dict[str, Any] = {}
        for name in _MODULES:
            _compile_into(made, name, numba.njit(cache=folder is not None))
    finally:
        settings.CACHE_DIR = before
    run: Callable[..., None] = made["run_range"]
    return run


def _compile_into(made: dict[str, Any], name: str, compile_: Callable[[FunctionType], Any]) -> None:
    """Load the module anew, with what is compiled so far in place of what it imports, and compile its own functions."""
    module = _second_copy(name)
    own = [
        (key, value)
        for key, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__
    ]
    vars(module).update({key: value for key, value in made.items() if key in vars(module)})
    for key, function in own:
        made[key] = compile_(function)
        setattr(module, key, made[key])


def _second_copy(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{_PACKAGE}._compiled_{name}", _ROOM / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def cache_folder() -> Path | None:
    """Return a folder, made if need be, in which compiled code of this very source may be kept; None where none is."""
    digest = hashlib.sha256()
    for name in (*_MODULES, "registers", "columns"):
        digest.update((_ROOM / f"{name}.py").read_bytes())
    for parent in (_ROOM / "__pycache__", Path(tempfile.gettempdir()) / f"arrears-{_owner()}"):
        folder = parent / f"ledger-{digest.hexdigest()[:16]}"
        if is_ours(parent) and is_ours(folder):
            return folder
    return None


def _owner() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def is_ours(folder: Path) -> bool:
    """Return whether ``folder`` is there and only we can write to it: compiled code is code that will be run."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    about = folder.stat()
    return os.access(folder, os.W_OK) and (not hasattr(os, "getuid") or about.st_uid == os.getuid())
