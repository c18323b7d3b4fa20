"""Measure a working day on 100,000 debts: one person at a time, and pages under open arrivals.

    ARREARS_HOME=/somewhere/empty python bench/make_book.py 100000
    ARREARS_HOME=/the/same python bench/daytime.py

The day is made once from that book (bench/daytime_book.py). Then, in one process without a server: dry verdict,
re-decision and get-next of drawn people, each in a scope of its own and committed, the first hundred unmeasured. Then
the site is served by the same call as ``arrears serve`` (one process, eight threads) with its clock set to that day,
and this process asks it over loopback: ten things a second for a minute, each counted from the instant
it was due until the last page one was sent to is there (bench/daytime_load.py). Each measurement is made three times;
figures are the medians of the three. "Own" is the processor time of our thread, "server" that of PostgreSQL's process.
It stops by itself; with neighbours on the machine read the processor times.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "daytime.md"
RUNS = 3
DRAWN = 400
SECONDS = 60
RATE = 10.0
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    import daytime_book

    os.environ["ARREARS_DATABASE_NAME"] = daytime_book.NAME
    from arrears.config.start import book_open

    with book_open(is_made=False):
        if not daytime_book.is_made():
            daytime_book.copy_book()
            daytime_book.make_day()
        lines = [*_head(), *_one_at_a_time(), *_pages()]
    text = "\n".join(lines) + "\n"
    RESULTS.write_text(text)
    print(text)


def _head() -> list[str]:
    from daytime_book import superuser

    from arrears.config import clock

    with superuser() as admin:
        [debts, calls, version] = admin.execute(
            "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM attempt), current_setting('server_version')"
        ).fetchone()
    return [
        f"# A working day on {debts:,} debts, {calls:,} contacts",
        "",
        (__doc__ or "").split("\n\n", 1)[1].strip(),
        "",
        (
            f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, PostgreSQL {version}, "
            f"{clock.now():%Y-%m-%d}. Load is the machine's run queue over the last minute, ours included."
        ),
        "",
    ]


def _one_at_a_time() -> list[str]:
    import daytime_one

    lines = [
        "## One person at a time, ms",
        "",
        "| | wall p50 | wall p99 | own p50 | own p99 | server mean | load |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, asked in daytime_one.MEASURED.items():
        found = []
        daytime_one.measure(asked, daytime_one.people(DRAWN, 0))  # what differs from the night is written once
        for _ in range(RUNS):
            _let_go()
            took = daytime_one.measure(asked, daytime_one.people(DRAWN, 0))
            figures = (_at(took.wall, 50), _at(took.wall, 99), _at(took.own, 50), _at(took.own, 99), took.server)
            found.append((*figures, os.getloadavg()[0]))
        medians = (statistics.median(each) for each in zip(*found, strict=True))
        lines.append(f"| {name} | " + " | ".join(f"{each:.1f}" for each in medians) + " |")
    return [*lines, ""]


def _pages() -> list[str]:
    import daytime_load

    runs, loads, used = [], [], []
    for turn in range(RUNS):
        with _site() as (port, site):
            crowd = _crowd(RATE * SECONDS)
            planned = daytime_load.tasks(crowd, Random(turn), SECONDS, RATE)
            _warm(port, crowd)
            before = _used(site)
            answers = daytime_load.run(port, planned)
            used.append([after - then for after, then in zip(_used(site), before, strict=True)])
            loads.append(os.getloadavg()[0])
        print(f"run {turn + 1}: {len(answers.wrong)} wrong", *answers.wrong[:5], sep="\n  ", flush=True)
        runs.append(answers)
    lines = [
        f"## {RATE:.0f} a second, open, for {SECONDS} s, ms from the instant due",
        "",
        "| what | share | p50 | p95 | p99 | most |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    everything = [[one for took in answers.took.values() for one in took] for answers in runs]
    lines += [_line(kind, f"{share} %", [a.took[kind] for a in runs]) for kind, share in daytime_load.MIX.items()]
    lines.append(_line("**all**", "", everything))
    site, database = (statistics.median(one[n] for one in used) / (RATE * SECONDS) * 1000 for n in (0, 1))
    return [
        *lines,
        "",
        (
            f"Processor time for each: site {site:.0f} ms, PostgreSQL {database:.0f} ms. "
            f"Load {', '.join(f'{load:.1f}' for load in loads)}; "
            f"answers that were wrong: {', '.join(str(len(a.wrong)) for a in runs)} of {RATE * SECONDS:.0f} each."
        ),
        "",
        (
            "*get-next* is two requests: the next person is found and held, then the call screen. *outcome* notes how "
            "a call ended and does the same. A manager's page is summed at most every two minutes; the first waits."
        ),
    ]


def _line(kind: str, share: str, runs: list[list[float]]) -> str:
    figures = (statistics.median(_at(took, part) for took in runs) for part in (50, 95, 99, 100))
    return f"| {kind} | {share} | " + " | ".join(f"{figure:.0f}" for figure in figures) + " |"


def _at(values: list[float], part: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)]


def _let_go() -> None:
    from daytime_book import superuser

    with superuser() as admin:
        admin.execute("DELETE FROM work_hold")


def _crowd(arrivals: float) -> "daytime_load.Crowd":  # noqa: F821 - imported where it is made
    """Sign everybody in, and let those who are going to say how a call ended begin that call."""
    import daytime_load
    from daytime_book import superuser

    from arrears.store.tables.staff import Staff

    _let_go()
    staff = list(Staff.objects.using("night").order_by("pk"))
    signed_in = {one.pk: daytime_load.Person(_session(one)) for one in staff}
    collectors = [one.pk for one in staff if "collector" in one.roles]
    calls = int(arrivals) * daytime_load.MIX["outcome"] // 100
    with superuser() as admin:
        listed = admin.execute("SELECT person_id, account_id FROM worklist ORDER BY person_id LIMIT 20000").fetchall()
    return daytime_load.Crowd(
        free=[signed_in[one] for one in collectors[calls:]],
        calling=[_call(one, signed_in[one].session) for one in collectors[:calls]],
        manager=next(signed_in[one.pk] for one in staff if "manager" in one.roles),
        people=[person for person, _ in listed],
        accounts=[account for _, account in listed],
    )


def _session(staff: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from arrears.web.scoping import ZONE_KEY

    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(staff.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY], session[ZONE_KEY] = staff.get_session_auth_hash(), "America/New_York"
    session.save()
    return session.session_key


def _call(staff: int, session: str) -> "daytime_load.Person":  # noqa: F821 - as above
    import daytime_load
    from daytime_book import DAY, NOON, ORGANISATION

    from arrears.actions import contacts, work
    from arrears.actions.gatekeeping import Approach
    from arrears.store.scope import scope

    with scope(ORGANISATION, staff, today=DAY):
        served = work.get_next(now=NOON)
        approach = Approach(person=served.person, contact_point=served.contact_point)
        taken = contacts.take_permit(approach, now=NOON)
    return daytime_load.Person(session, served.person, taken.attempt)


def _warm(port: int, crowd: "daytime_load.Crowd") -> None:  # noqa: F821 - as above
    """Ask for each page a few times on each thread, as a site has been that is up since the morning."""
    import daytime_load

    browser = daytime_load.Browser(port)
    for _ in range(12):
        for path in ("/today/", "/search/?q=P77", f"/call/{crowd.people[0]}/", f"/account/{crowd.accounts[0]}/"):
            browser.see(crowd.manager, path)


@contextmanager
def _site() -> Iterator[tuple[int, int]]:
    """Serve the site in a process of its own until the block ends; give its port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(HERE)}
    site = subprocess.Popen([sys.executable, __file__, "serve", str(port)], env=environment, start_new_session=True)
    try:
        for _ in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, site.pid
    finally:
        os.killpg(site.pid, signal.SIGINT)
        try:
            site.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(site.pid, signal.SIGKILL)


def serve(port: int) -> None:
    """Serve, as ``arrears serve`` does, the site whose clock shows the day."""
    from arrears.cli import serve as front
    from arrears.config.start import book_open

    front.TARGET = "daytime_site:application"
    with book_open(is_made=False):
        front.serve("127.0.0.1", port)


def _used(site: int) -> tuple[float, float]:
    """Return the processor seconds so far of the site's processes and of PostgreSQL's."""
    from arrears.config.environment import current
    from arrears.config.postgres import cluster_at

    environment = current()
    data = cluster_at(environment.postgres_home(), environment.postgres_version).data
    postgres = int((data / "postmaster.pid").read_text().split()[0])
    return _seconds(site), _seconds(postgres)


def _seconds(process: int) -> float:
    """Return the processor time of a process, of its living children, and of those it waited for."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(fields[n]) for n in (11, 12, 13, 14)) / TICKS
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(_seconds(int(child)) for child in children)


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        main()
