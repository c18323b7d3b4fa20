"""The embedded server's life, with the real binaries: made, killed, healed, shared, stopped."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

from arrears.config import postgres
from arrears.config.postgres import Cluster, ensure_running, running, stop

QUICK = "fsync = off\nshared_buffers = 16MB\nmax_connections = 20\n"


@pytest.fixture
def home(tmp_path_factory):
    """A home of its own for one server, stopped afterwards whatever the test did."""
    folder = tmp_path_factory.mktemp("pg") / "postgres-18"
    yield folder
    postgres.remove(folder)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def ask(cluster: Cluster, question: str = "select 1") -> object:
    with psycopg.connect(cluster.dsn()) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


@pytest.mark.parametrize("version", ["16", "18"])
def test_a_server_of_each_shipped_version_starts_answers_and_stops_with_its_last_user(tmp_path, version):
    home = tmp_path / f"postgres-{version}"
    with running(home, version, QUICK) as cluster:
        assert str(ask(cluster, "show server_version")).startswith(version)
        assert ask(cluster, "show listen_addresses") == ""
    assert not cluster.is_running
    postgres.remove(home, version)
    assert not cluster.data.exists()


def test_what_was_written_is_still_there_after_the_server_was_killed(home):
    cluster = ensure_running(home)  # with fsync: this is about surviving
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('still here')")
    os.kill(postmaster(cluster), signal.SIGKILL)
    assert ask(ensure_running(home), "select word from kept") == "still here"


def test_a_pid_file_whose_number_now_belongs_to_another_program_does_not_stop_the_start(home):
    cluster = ensure_running(home, extra=QUICK)
    stop(cluster)
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        note = cluster.data / "postmaster.pid"
        note.write_text(f"{sleeper.pid}\n{cluster.data}\n1\n5432\n{cluster.sockets}\n\n  0 0\nready\n")
        assert ask(ensure_running(home, extra=QUICK)) == 1
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_cluster_whose_making_was_cut_short_is_made_again(home):
    cluster = postgres.cluster_at(home)
    half = cluster.data.with_name(f"{cluster.data.name}.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert ask(ensure_running(home, extra=QUICK)) == 1
    assert not half.exists()


def test_a_socket_folder_that_was_swept_away_is_made_again(home):
    cluster = ensure_running(home, extra=QUICK)
    for left in cluster.sockets.iterdir():
        left.unlink()
    cluster.sockets.rmdir()
    assert ask(ensure_running(home, extra=QUICK)) == 1


def test_a_long_path_with_spaces_and_accents_works_because_the_socket_lives_elsewhere(tmp_path):
    deep = tmp_path.joinpath(*["una carpeta con ñ y 空格"] * 6, "postgres-18")
    with running(deep, extra=QUICK) as cluster:
        assert ask(cluster) == 1
    assert len(str(deep)) > 103
    postgres.remove(deep)


def test_two_starts_at_once_end_with_one_server_and_both_answered(home):
    start = textwrap.dedent(f"""
        import psycopg
        from pathlib import Path
        from arrears.config.postgres import ensure_running
        cluster = ensure_running(Path({str(home)!r}), extra={QUICK!r})
        with psycopg.connect(cluster.dsn()) as connection:
            print(connection.execute("select pg_postmaster_start_time()").fetchone()[0].timestamp())
    """)
    both = [subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = {process.communicate(timeout=120)[0].strip() for process in both}
    assert len(answers) == 1
    assert float(answers.pop()) > 0


def test_the_first_of_two_users_to_leave_lets_the_other_work_on(home):
    stay = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from arrears.config.postgres import running
        with running(Path({str(home)!r}), extra={QUICK!r}):
            print("in", flush=True)
            sys.stdin.readline()
    """)
    other = subprocess.Popen([sys.executable, "-c", stay], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == "in\n"
    with running(home, extra=QUICK) as cluster:
        pass
    assert ask(cluster) == 1
    other.communicate("\n", timeout=60)
    assert not cluster.is_running


def test_a_killed_user_does_not_keep_the_server_up_for_ever(home):
    stay = f"""
from pathlib import Path
from arrears.config.postgres import running
import time
with running(Path({str(home)!r}), extra={QUICK!r}):
    print("in", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", stay], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    with running(home, extra=QUICK) as cluster:
        assert ask(cluster) == 1
    assert not cluster.is_running


def test_a_folder_that_somebody_else_put_in_place_of_ours_is_refused(home):
    cluster = postgres.cluster_at(home)
    cluster.sockets.mkdir(mode=0o777)
    cluster.sockets.chmod(0o777)
    try:
        with pytest.raises(postgres.PostgresUnavailableError, match="not a private folder"):
            ensure_running(home, extra=QUICK)
    finally:
        cluster.sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders closed to the server's user")
def test_root_with_a_closed_home_gets_a_server_without_opening_any_folder(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "postgres-18"
    with running(home, extra=QUICK) as cluster:
        assert ask(cluster) == 1
        assert not cluster.data.is_relative_to(closed)
    assert closed.stat().st_mode & 0o777 == 0o700
    postgres.remove(home)
    assert not cluster.data.exists()


def test_a_lingering_backend_of_a_killed_server_is_waited_for(home):
    cluster = ensure_running(home, extra=QUICK)
    with psycopg.connect(cluster.dsn(), autocommit=True) as busy:
        busy.execute("create table t (n int)")
        os.kill(postmaster(cluster), signal.SIGKILL)
        began = time.monotonic()
        assert ask(ensure_running(home, extra=QUICK), "select count(*) from t") == 0
        assert time.monotonic() - began < postgres.LINGERING_SECONDS + postgres.START_SECONDS
    assert Path(cluster.data).exists()
