"""What all tests share: where the real data is, and what a missing part means."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from tests.parts import missing

if TYPE_CHECKING:
    from arrears.config.postgres import Cluster

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data sets (ARREARS_DATA), read in place and never copied."""
    folder = Path(os.environ.get("ARREARS_DATA") or ROOT / "../shared/data").resolve()
    if not folder.is_dir():
        missing(f"the real data sets, looked for in {folder} (set ARREARS_DATA)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_server_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove what scratch servers keep outside the tests' own folders (where root's folders are closed to them)."""
    yield
    from arrears.config.postgres import remove

    for note in tmp_path_factory.getbasetemp().rglob("postgres-*.place"):
        remove(note.with_suffix(""), note.stem.removeprefix("postgres-"))


# --- A real PostgreSQL: one server a session, one migrated template, a copy wherever a test wants its own. ---

TEMPLATE = "arrears_template"
QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
#: The parts of partitioned tables are made around this day: the books of the tests live in it.
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    """Give every process of this session one throw-away home, before any settings are read."""
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix="arrears-tests-"))
        home.chmod(0o755)  # the server's own user passes through; what is inside has modes of its own
        os.environ["ARREARS_HOME"] = str(home)
        for name in ("ARREARS_DATABASE_URL", "ARREARS_OWNER_URL", "ARREARS_SECRET_KEY"):
            os.environ.pop(name, None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: a file of minutes that comes last would let one worker wait for the other."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the home away, and the server's files where root had to put them elsewhere."""
    if not hasattr(config, "workerinput"):
        home = Path(os.environ["ARREARS_HOME"])
        for lock in home.glob("postgres-*.lock"):
            from arrears.config.postgres import cluster_at

            server = cluster_at(lock.with_suffix(""), lock.stem.rpartition("-")[2])
            shutil.rmtree(server.data, ignore_errors=True)
            shutil.rmtree(server.sockets, ignore_errors=True)
            server.log.unlink(missing_ok=True)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    """The running server, without fsync; the last process of the session stops it."""
    from arrears.config.environment import current
    from arrears.config.postgres import running
    from arrears.config.start import ready_django

    environment = current()
    with running(environment.postgres_home(), environment.postgres_version, QUICK) as found:
        ready_django()
        with (environment.home / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of several workers one makes the template
            _make_template(found)
        yield found


def _make_template(cluster: "Cluster") -> None:
    from arrears.store import migrate, partitions

    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
    with _pointed_at(f"{TEMPLATE}_fresh"):
        migrate.run(today=TODAY, admin=cluster.dsn())
        partitions.make_ahead(TODAY - timedelta(days=400), TODAY, using="owner")
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {TEMPLATE}_fresh RENAME TO {TEMPLATE}")


@contextlib.contextmanager
def _pointed_at(database: str) -> Iterator[str]:
    """Let all of Django's connections lead to ``database`` for the length of a block."""
    from django.db import connections

    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = database
        yield database
    finally:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = before[alias]


@contextlib.contextmanager
def copy_of_the_book(cluster: "Cluster") -> Iterator[str]:
    """Make a database from the migrated template, point Django at it, and drop it at the end."""
    from arrears.store.roles import close_database

    name = f"book_{uuid4().hex[:12]}"
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        # Copied file by file: through the log, a third of a test would go into copying empty tables.
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER arrears_owner STRATEGY FILE_COPY")
        close_database(admin, name)
        try:
            with _pointed_at(name):
                yield name
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def book(cluster: "Cluster") -> Iterator[str]:
    """A migrated database of this test's own; the value is its name."""
    with copy_of_the_book(cluster) as name:
        yield name


@pytest.fixture(scope="module")
def shared_book(cluster: "Cluster") -> Iterator[str]:
    """A migrated database that the tests of one module share; they leave it as they found it."""
    with copy_of_the_book(cluster) as name:
        yield name


# --- People: two creditors, an agency that works for the first, and somebody who must see nothing. ---


@dataclass(frozen=True)
class People:
    """Ids of who and what is in a small book: Alice works for the lender, Bob for its agency, Charlie is hostile.

    ``placed`` is an account of the lender that the agency holds, ``kept`` one that it does not; ``other`` belongs to
    the bank. Each has one debtor, by the same name with ``_debtor``.
    """

    lender: int
    bank: int
    agency: int
    hostile: int
    alice: int
    dora: int
    bob: int
    charlie: int
    placed: int
    kept: int
    other: int
    placed_debtor: int
    kept_debtor: int
    other_debtor: int


def settle_people() -> People:
    """Write the people into the book that Django points at, in the night's role, and commit."""
    from arrears.store import bookday
    from arrears.store.scope import scope
    from arrears.store.tables.organisation import Access, Organisation
    from arrears.store.tables.staff import Staff

    def organisation(name: str, kind: str, country: str, zone: str, language: str) -> int:
        row = Organisation(name=name, kind=kind, country=country, timezone=zone, language=language)
        row.save(using="night")
        with scope(row.pk, None, using="night"):
            bookday.open_first(row.pk, TODAY, now=NOW, using="night")
        return int(row.pk)

    def staff(username: str, organisation_id: int, roles: list[str], language: str) -> int:
        row = Staff(username=username, full_name=username.title(), organisation_id=organisation_id, roles=roles)
        row.language, row.capacity_minutes, row.team = language, 420, "phone"
        row.set_unusable_password()
        row.save(using="night")
        return int(row.pk)

    lender = organisation("Meadow Loans", "creditor", "US", "America/New_York", "en")
    bank = organisation("Banco del Prado", "creditor", "ES", "Europe/Madrid", "es")
    agency = organisation("Harbour Recoveries", "agency", "US", "America/Chicago", "en")
    hostile = organisation("Prying Partners", "agency", "US", "America/Chicago", "en")
    placed, kept = open_account(lender, "L-1"), open_account(lender, "L-2")
    other = open_account(bank, "B-1", country="ES", region="MD", currency="EUR")
    access = Access(account_id=placed[0], owner_id=lender, organisation_id=agency, scope="holder")
    access.from_on = TODAY - timedelta(days=10)
    access.save(using="night")
    return People(
        lender=lender,
        bank=bank,
        agency=agency,
        hostile=hostile,
        alice=staff("alice", lender, ["collector"], "en"),
        dora=staff("dora", lender, ["collector", "supervisor"], "es"),
        bob=staff("bob", agency, ["agency", "collector"], "en"),
        charlie=staff("charlie", hostile, ["manager", "agency"], "en"),
        placed=placed[0],
        kept=kept[0],
        other=other[0],
        placed_debtor=placed[1],
        kept_debtor=kept[1],
        other_debtor=other[1],
    )


def open_account(
    organisation_id: int, number: str, *, country: str = "US", region: str = "US-NY", currency: str = "USD",
    owed_by: int | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Write an account with its product and debtor, and return both ids; committed, in the night's role.

    ``owed_by`` is a person who is there already; without, the account gets a debtor of its own.
    """
    from arrears.store.tables.account import Account, AccountParty, Product
    from arrears.store.tables.person import Person

    product, _ = Product.objects.using("night").get_or_create(
        organisation_id=organisation_id,
        code="loan",
        defaults={"name": "Instalment loan", "debt_kind": "loan", "consumer_purpose": True, "currency": currency},
    )
    owner = {"organisation_id": organisation_id}
    place = {"country": country, "region": region}
    if owed_by is None:
        person = Person(
            **owner, **place, number=f"P-{number}", kind="natural", full_name=f"Debtor of {number}", language="en"
        )
        person.save(using="night")
        owed_by = int(person.pk)
    account = Account(**owner, **place, number=number, product=product, person_id=owed_by, currency=currency)
    account.opened_on, account.original_minor = TODAY - timedelta(days=200), 120_000
    account.save(using="night")
    party = AccountParty(**owner, account=account, person_id=owed_by, role="debtor", disclosure_basis="liable")
    party.from_on = account.opened_on
    party.save(using="night")
    return int(account.pk), owed_by


@pytest.fixture(scope="module")
def settled_people(shared_book: str) -> People:
    """The people, in a book that the tests of one module share."""
    return settle_people()


@pytest.fixture
def people(book: str) -> People:
    """The people, in a book of this test's own."""
    return settle_people()
