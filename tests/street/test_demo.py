"""The demonstration, built small by the command a newcomer types, in a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from arrears.config.postgres import cluster_at, remove, running

pytestmark = pytest.mark.long

DEBTS = "240"


def surroundings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARREARS_", "DJANGO_"))}
    return {**kept, "ARREARS_HOME": str(home), "COLUMNS": "160"}


def demo(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, "-m", "arrears", "demo", "--debts", DEBTS, *words]
    return subprocess.run(program, env=surroundings(home), capture_output=True, text=True, check=False, timeout=600)


def ask(home: Path, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(cluster_at(home / "postgres-18").dsn("postgres", "arrears_demo")) as connection:
        return connection.execute(question).fetchall()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with the demonstration built; its server stays up for this module."""
    folder = tmp_path_factory.mktemp("demo")
    with running(folder / "postgres-18"):
        built = demo(folder, "--no-serve")
        assert built.returncode == 0, built.stdout + built.stderr
        yield folder
    remove(folder / "postgres-18")


def test_it_holds_two_creditors_an_agency_and_the_debts_that_were_asked_for(home):
    kinds = ask(home, "select kind, count(*) from organisation group by kind order by kind")
    assert kinds == [("agency", 1), ("creditor", 2)]
    assert ask(home, "select count(*) from account") == [(int(DEBTS),)]
    assert ask(home, "select count(distinct currency) from account") == [(2,)]


def test_each_creditor_has_a_list_for_today_published_by_the_night(home):
    lists = ask(
        home,
        "select r.organisation_id, count(*) from published_run p join run r on r.id = p.run_id "
        "join worklist w on w.run_id = r.id group by 1",
    )
    assert len(lists) == 2
    assert all(int(str(count)) > 0 for _, count in lists)


def test_the_agency_holds_some_of_what_is_furthest_behind(home):
    placed = ask(home, "select count(*) from access where scope = 'holder' and until_on is null")
    assert int(str(placed[0][0])) > 0


def test_the_agency_has_a_list_of_its_own_and_finds_its_people(home):
    agency = "(select id from organisation where kind = 'agency')"
    assert int(str(ask(home, f"select count(*) from worklist where organisation_id = {agency}")[0][0])) > 0
    found = ask(home, f"select count(distinct person_id) from search_gram where organisation_id = {agency}")
    held = ask(
        home,
        "select count(distinct p.person_id) from access a join account_party p on p.account_id = a.account_id "
        f"where a.organisation_id = {agency}",
    )
    assert found == held


def test_the_books_of_both_creditors_say_what_the_debts_say_and_add_up_to_nothing(home):
    """The proof of the books is what the command says; the lines of journals are added up here once more."""
    for (name,) in ask(home, "select name from organisation where kind = 'creditor' order by id"):
        proved = arrears(home, "books", "prove", str(name))
        assert proved.returncode == 0, proved.stdout + proved.stderr
    sums = ask(home, "select currency, count(*) > 0, sum(amount_minor) from journal_line group by 1 order by 1")
    assert [(int(str(total)), has_lines) for _, has_lines, total in sums] == [(0, True), (0, True)]
    suspense = "(select id from gl_account where 'suspense' = any(purposes))"
    waits = "amount_minor > 0 and state in ('suspense', 'parked', 'refund_due')"
    assert ask(home, f"select -sum(amount_minor) from journal_line where gl_account_id in {suspense}") == ask(
        home, f"select sum(amount_minor) from statement_line where {waits}"
    )


def test_every_page_about_rules_has_something_to_show_at_both_creditors(home):
    for table in (
        "received",
        "case_file",
        "care_need",
        "message",
        "missing_fact",
        "incident",
        "transcript",
        "case_paper",
    ):
        there = ask(home, f"select count(distinct organisation_id) from {table}")
        assert there == [(2,)], table
    assert ask(home, "select count(*) > 0 from notice") == [(True,)]
    assert ask(home, "select count(*) > 0 from message where state = 'sent'") == [(True,)]
    assert ask(home, "select count(*) > 0 from message where state = 'refused'") == [(True,)]


def test_another_size_is_refused_without_a_word_of_fresh_and_changes_nothing(home):
    before = ask(home, "select oid from pg_database where datname = 'arrears_demo'")
    refused = demo(home, "--no-serve", "--seed", "99")
    assert refused.returncode == 1
    assert "--fresh" in refused.stderr
    assert ask(home, "select oid from pg_database where datname = 'arrears_demo'") == before


def test_a_command_before_there_is_a_book_says_so_in_one_sentence(tmp_path):
    for command in (["night"], ["verify"], ["seal"]):
        around = {**surroundings(tmp_path), "ARREARS_DATABASE_NAME": "none_yet"}
        program = [sys.executable, "-m", "arrears", *command]
        refused = subprocess.run(program, env=around, capture_output=True, text=True, check=False, timeout=300)
        assert refused.returncode == 1
        assert refused.stderr.strip().count("\n") == 0
        assert "arrears migrate" in refused.stderr
    remove(tmp_path / "postgres-18")


def test_a_second_start_builds_nothing_again(home):
    before = ask(home, "select oid from pg_database where datname = 'arrears_demo'")
    again = demo(home, "--no-serve")
    assert again.returncode == 0, again.stderr
    assert ask(home, "select oid from pg_database where datname = 'arrears_demo'") == before


def test_a_start_that_finds_a_half_built_demonstration_builds_it_anew(home):
    with psycopg.connect(cluster_at(home / "postgres-18").dsn(), autocommit=True) as server:
        server.execute("comment on database arrears_demo is null")
    before = ask(home, "select oid from pg_database where datname = 'arrears_demo'")
    assert demo(home, "--no-serve").returncode == 0
    assert ask(home, "select oid from pg_database where datname = 'arrears_demo'") != before
    assert ask(home, "select count(*) from account") == [(int(DEBTS),)]


def arrears(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    around = {**surroundings(home), "ARREARS_DATABASE_NAME": "arrears_demo"}
    program = [sys.executable, "-m", "arrears", *words]
    return subprocess.run(program, env=around, capture_output=True, text=True, check=False, timeout=300)


def test_verify_finds_the_entry_that_somebody_with_all_rights_changed_behind_our_back(home):
    assert arrears(home, "seal").returncode == 0
    sound = arrears(home, "verify")
    assert sound.returncode == 0, sound.stdout + sound.stderr
    with psycopg.connect(cluster_at(home / "postgres-18").dsn("postgres", "arrears_demo"), autocommit=True) as server:
        server.execute("alter table entry disable trigger all")
        before = server.execute("select id, amount_minor from entry where amount_minor > 500 limit 1").fetchone()
        assert before is not None
        server.execute("update entry set amount_minor = amount_minor + 100 where id = %s", [before[0]])
        found = arrears(home, "verify")
        server.execute("update entry set amount_minor = %s where id = %s", [before[1], before[0]])
        server.execute("alter table entry enable trigger all")
    assert found.returncode == 1
    assert "seal 1: changed" in found.stdout
    assert "1 positions differ" in found.stdout


def a_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_ctrl_c_ends_the_site_and_leaves_nothing_running(tmp_path):
    home, unused_port = tmp_path, a_free_port()
    program = [sys.executable, "-m", "arrears", "demo", "--debts", "40", "--port", str(unused_port)]
    with subprocess.Popen(
        program,
        env=surroundings(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as site:
        try:
            body = page(f"http://127.0.0.1:{unused_port}/", seconds=180)
            assert "Arrears" in body
            os.killpg(site.pid, signal.SIGINT)
            words, _ = site.communicate(timeout=60)
        finally:
            site.kill()
    assert "look-around-freely" in words
    assert "supervisor" in words
    assert not cluster_at(home / "postgres-18").is_running
    left = subprocess.run(["pgrep", "-f", str(home)], capture_output=True, text=True, check=False).stdout.split()
    assert not left
    remove(home / "postgres-18")


def test_a_port_that_is_taken_is_refused_at_once_in_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = demo(tmp_path, "--port", str(other.getsockname()[1]))
    assert refused.returncode == 1
    assert "another program listens there" in refused.stderr
    assert not list(tmp_path.iterdir())


def page(address: str, seconds: int) -> str:
    """The page at ``address`` once it answers."""
    last: Exception | None = None
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError as error:
            last = error
            time.sleep(0.3)
    raise AssertionError(f"{address} did not answer: {last}")
