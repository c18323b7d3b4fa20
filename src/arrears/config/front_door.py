"""Make the project's own environment from the hashed lock, then become the program inside it.

Runs before anything is installed, so it uses Python's standard library alone. Started by ``./arrears``.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: Commands that need the test tools; the others get the smaller environment.
TEST_COMMANDS = frozenset({"test", "check", "bench"})


class Refused(Exception):  # noqa: N818 - it is an answer to the person at the door, not a fault
    """The environment cannot be made; the message says what is missing and how to get it."""


def wanted_lock(command: str, stamp: str) -> str:
    """Return which lock the environment must hold: once the test tools are in, they stay."""
    return "test" if command in TEST_COMMANDS or stamp.startswith("test ") else "run"


def fingerprint(lock: str) -> str:
    """Return what the environment was made from, as ``<lock> <sha256>``."""
    made_from = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in (f"requirements/{lock}.lock", "pyproject.toml", "hatch_build.py"):
        made_from.update((ROOT / name).read_bytes())
    return f"{lock} {made_from.hexdigest()}"


def run(step: str, *command: str) -> None:
    """Run one step; on failure show its last lines and say which step it was."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise Refused(f"{tail}\n{step} did not work (see the lines above).")


def make_venv(venv: Path) -> None:
    """Create the virtual environment, or say in one sentence what the machine lacks."""
    if (venv / "bin" / "python").exists() and works(venv):
        return
    if venv.exists():
        if not (venv / "pyvenv.cfg").exists():
            raise Refused(f"{venv} exists and is no Python environment: move it away or set ARREARS_VENV.")
        shutil.rmtree(venv)
    try:
        run("Making a Python environment", sys.executable, "-m", "venv", str(venv))
    except Refused as refused:
        if "ensurepip" in str(refused):
            raise Refused(
                "Python's venv module is incomplete here: install it (Debian or Ubuntu: apt install python3-venv)."
            ) from None
        raise


def works(venv: Path) -> bool:
    """Whether the environment's own Python and pip still start (an upgraded system Python breaks both)."""
    probe = [str(venv / "bin" / "python"), "-m", "pip", "--version"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def install(venv: Path, lock: str) -> None:
    """Install exactly what the lock names, by hash, then the project itself, editable."""
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    say(f"installing what requirements/{lock}.lock names (once; about a minute)")
    run(
        "Installing the locked packages",
        *pip,
        "--require-hashes",
        "-r",
        str(ROOT / f"requirements/{lock}.lock"),
    )
    run("Installing the project", *pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))


def say(words: str) -> None:
    """Tell the person at the terminal what takes time."""
    print(f"arrears: {words} …", file=sys.stderr, flush=True)  # noqa: T201


def environment(command: str) -> Path:
    """Return the environment's Python, made or renewed when needed; two starts at once wait for each other."""
    venv = Path(os.environ.get("ARREARS_VENV") or ROOT / ".venv")
    stamp = venv / "arrears-stamp"
    venv.parent.mkdir(parents=True, exist_ok=True)
    with venv.with_name(f"{venv.name}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        have = stamp.read_text() if stamp.exists() else ""
        lock = wanted_lock(command, have)
        if have != fingerprint(lock) or not (venv / "bin" / "python").exists():
            stamp.unlink(missing_ok=True)
            make_venv(venv)
            install(venv, lock)
            stamp.write_text(fingerprint(lock))
    return venv / "bin" / "python"


def main() -> None:
    """Open the door: environment first, then the program with the same arguments."""
    try:
        python = environment(sys.argv[1] if len(sys.argv) > 1 else "")
    except (Refused, OSError) as refused:
        print(f"arrears: {refused}", file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from None
    os.execv(python, [str(python), "-m", "arrears", *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
