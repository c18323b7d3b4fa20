"""The ground on which the embedded server stands: which system user runs it, and folders that only that user enters."""

import contextlib
import hashlib
import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import Any


class PostgresUnavailableError(RuntimeError):
    """The embedded server cannot run here; the message says why and what to do."""


def as_user(user: str | None) -> dict[str, Any]:  # Any: the mixed keyword arguments of subprocess.run
    """Return what subprocess.run needs to run a program as ``user``; nothing where that is us."""
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {
        "user": entry.pw_uid,
        "group": entry.pw_gid,
        "extra_groups": [],
        "env": {**os.environ, "HOME": "/"},
    }


def server_user() -> str | None:
    """Return who runs the server: us, or a harmless user where we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise PostgresUnavailableError("PostgreSQL does not run as root and there is no user postgres or nobody: make one.")


def may_enter(path: Path, user: str) -> bool:
    """Whether ``user`` can reach ``path`` (or what exists of it), asked of the kernel itself."""
    place = next(folder for folder in (path, *path.parents) if folder.exists())
    probe = ["/bin/sh", "-c", 'cd "$1" 2>/dev/null', "sh", str(place)]
    return subprocess.run(probe, check=False, cwd="/", **as_user(user)).returncode == 0


def root_ground() -> Path:
    """Return a folder that root owns and everybody may pass through."""
    ground = Path("/var/lib/arrears")
    ground.mkdir(mode=0o755, parents=True, exist_ok=True)
    return ground


def private_folder(folder: Path, user: str | None) -> None:
    """Make a folder that only the server's user may enter, or refuse one that somebody else put there."""
    entry = pwd.getpwnam(user) if user else None
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
        if entry:
            os.chown(folder, entry.pw_uid, entry.pw_gid)
    found = folder.lstat()
    owner = entry.pw_uid if entry else os.geteuid()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise PostgresUnavailableError(
            f"{folder} is not a private folder of the database's user: remove it and start again."
        )


def short_name(path: Path) -> str:
    """Return a short name for a path, the same every time: socket paths may not be long."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def write_as(user: str | None, path: Path, words: str) -> None:
    """Write a file and give it to the server's user."""
    path.write_text(words)
    if user:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)
