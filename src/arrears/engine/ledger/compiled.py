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
_OUTERMOST: Final = "run_range"
_PACKAGE: Final = "arrears.engine.ledger"


def has_numba() -> bool:
    """Return whether the compiled path can be used here."""
    return importlib.util.find_spec("numba") is not None


@lru_cache(maxsize=1)
def compiled_run_range() -> Callable[..., None]:
    """Return `loop.run_range` compiled; raises ImportError where Numba is not installed.

    The first call takes some twenty seconds where nothing was kept, under a second where something was. Columns are
    to be of 64 bits: another set of types is compiled anew, and a mixed one makes of each function two.
    """
    import numba

    folder = cache_folder()
    settings: Any = numba.config  # Any: Numba fills this module when it runs
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder) if folder else ""
    try:
        made: dict[str, Any] = {}
        for name in _MODULES:
            _compile_into(made, name, _compiler(is_kept=folder is not None))
    finally:
        settings.CACHE_DIR = before
    run: Callable[..., None] = made[_OUTERMOST]
    return run


def _compiler(*, is_kept: bool) -> Callable[[FunctionType], Any]:
    """Return what compiles one function: the outermost for Python to call, all others for the loop alone.

    Only the outermost is kept on disk; it holds all that it calls. Nothing here divides by zero, so that is not guarded
    against; nothing makes or keeps an array, so references to the room are not counted at each call, which took a third
    of the time (``_nrt``: not promised to stay; without it all is as right, and slower).
    """
    import numba

    bare: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    outermost = numba.njit(error_model="numpy", cache=is_kept)
    inner = numba.njit(error_model="numpy", **bare)

    def compile_(function: FunctionType) -> Any:
        return outermost(function) if function.__name__ == _OUTERMOST else inner(function)

    return compile_


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
    for name in (*_MODULES, "registers", "columns", "compiled"):
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
