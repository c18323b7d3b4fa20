"""An examiner's pack: everything about the contacts sought, and proofs that hold only while nothing was changed."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.working_book import WorkingBook, at, settle

TUESDAY = date(2026, 3, 3)
NOW = at(TUESDAY, "18:00")


@pytest.fixture
def working(shared_book: str) -> WorkingBook:
    return settle()


def call(working: WorkingBook, loan: Any, clock: str) -> int:
    from arrears.actions import contacts

    with working.hands_of(working.alice, TUESDAY):
        approach = contacts.Approach(person=loan.person, contact_point=loan.phone)
        taken = contacts.take_permit(approach, now=at(TUESDAY, clock))
        assert isinstance(taken, contacts.Taken)
        contacts.record_outcome(taken.attempt, "no_answer", now=at(TUESDAY, clock) + timedelta(minutes=1))
    return taken.attempt


def sought(**more: Any) -> Any:
    from arrears.store.doors.contact_log import Sought

    return Sought(since=at(TUESDAY, "00:00"), until=at(TUESDAY + timedelta(days=1), "00:00"), **more)


def given_out(working: WorkingBook, wanted: Any, language: str = "en") -> zipfile.ZipFile:
    from arrears.actions import examiner
    from arrears.reports.examiner import Pack

    with working.hands_of(working.dora, TUESDAY):
        made = examiner.give_out(wanted, language=language, now=NOW)
    assert isinstance(made, Pack), made
    return zipfile.ZipFile(io.BytesIO(made.data))


def sealed(working: WorkingBook) -> None:
    from arrears.store import seals

    with working.nobody():
        assert seals.seal(working.lender, NOW) is not None


def read(archive: zipfile.ZipFile, name: str) -> Any:
    return json.loads(archive.read(name))


def checked(archive: zipfile.ZipFile, folder: Path) -> subprocess.CompletedProcess[str]:
    archive.extractall(folder)
    return subprocess.run(
        [sys.executable, "-I", str(folder / "check_proofs.py")], capture_output=True, text=True, check=False, timeout=60
    )


def test_the_pack_of_a_debtor_holds_their_contacts_and_nobody_elses(working):
    mine, other = working.loan(unpaid_since=date(2026, 2, 15)), working.loan(unpaid_since=date(2026, 2, 15))
    called, not_asked = call(working, mine, "10:00"), call(working, other, "10:05")

    pack = given_out(working, sought(person=mine.person))
    contacts = read(pack, "contacts.json")

    assert [one["id"] for one in contacts] == [called]
    assert not_asked not in {one["id"] for one in contacts}
    assert contacts[0]["permit"]
    assert {spoken["rule"] for spoken in contacts[0]["reasons"]} >= {"house.day", "house.week"}
    assert {rule["rule"] for rule in read(pack, "rules.json")} == {s["rule"] for s in contacts[0]["reasons"]}


def test_holds_that_lie_in_the_period_are_in_it_and_those_over_before_it_are_not(working):
    from arrears.actions import holds

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "10:00")
    with working.hands_of(working.dora, TUESDAY):
        holds.place("dispute", person=loan.person, account=loan.account, now=at(TUESDAY, "11:00"))
        early = at(TUESDAY - timedelta(days=20))
        until = at(TUESDAY - timedelta(days=2))
        holds.place("payment_trace", person=loan.person, account=loan.account, now=early, since=early, until=until)

    kinds = [hold["kind"] for hold in read(given_out(working, sought(person=loan.person)), "holds.json")]
    assert kinds == ["dispute"]


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_paper_says_when_and_under_which_rules_in_each_language(working, language):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "10:00")

    pack = given_out(working, sought(person=loan.person), language)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.read("contacts.pdf"))).pages)

    assert "2026-03-03 10:00" in text
    assert "house.day" in text
    assert {"en": "no answer", "es": "sin respuesta", "zh": "无人接听"}[language] in text


def test_the_manifest_names_every_file_with_its_digest(working):
    import hashlib

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "10:00")
    pack = given_out(working, sought(person=loan.person))
    manifest = read(pack, "manifest.json")

    assert set(manifest["sha256"]) | {"manifest.json"} == set(pack.namelist())
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest


def test_every_sealed_contact_has_a_proof_that_python_alone_can_check(working, tmp_path):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    for clock in ("09:00", "10:00"):
        call(working, loan, clock)
    sealed(working)
    unsealed = call(working, loan, "11:00")

    pack = given_out(working, sought(person=loan.person))
    proofs = read(pack, "seals.json")["proofs"]
    found = checked(pack, tmp_path)

    assert len(proofs) == 2
    assert unsealed not in {proof["contact"] for proof in proofs}
    assert found.returncode == 0, found.stdout + found.stderr
    assert "2 of 3 contacts have a proof; 0 do not hold." in found.stdout


@pytest.mark.parametrize("field", ["channel", "started_us", "staff_id", "address"])
def test_a_contact_that_was_changed_afterwards_fails_its_proof(working, tmp_path, field):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "09:00")
    sealed(working)
    pack = given_out(working, sought(person=loan.person))
    pack.extractall(tmp_path)
    path = tmp_path / "contacts.json"
    contacts = json.loads(path.read_text())
    value = contacts[0]["sealed_fields"][field]
    contacts[0]["sealed_fields"][field] = value + 1 if isinstance(value, int) else f"{value}x"
    path.write_text(json.dumps(contacts))

    found = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "check_proofs.py")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert found.returncode == 1
    assert "its fields do not give its digest" in found.stdout


def test_a_contact_that_was_changed_in_the_book_is_named_while_the_pack_is_made(working, cluster):
    import psycopg
    from django.db import connections

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    called = call(working, loan, "09:00")
    sealed(working)
    with psycopg.connect(cluster.dsn(database=connections["night"].settings_dict["NAME"])) as admin:
        admin.execute("SET session_replication_role = replica")
        named = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'attempt'::regclass AND tgenabled = 'A'"
        triggers = [row[0] for row in admin.execute(named).fetchall()]
        for name in triggers:
            admin.execute(f'ALTER TABLE attempt DISABLE TRIGGER "{name}"')
        admin.execute("UPDATE attempt SET address = address || '0' WHERE id = %s", [called])
        for name in triggers:
            admin.execute(f'ALTER TABLE attempt ENABLE ALWAYS TRIGGER "{name}"')

    from arrears.actions import examiner
    from arrears.reports.examiner import Pack

    with working.hands_of(working.dora, TUESDAY):
        made = examiner.give_out(sought(person=loan.person), language="en", now=NOW)
    assert isinstance(made, Pack)
    assert made.wrong == (f"contact {called}: it is not under seal 1",)


def test_a_chain_that_was_made_anew_does_not_follow_from_itself(working, tmp_path):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "09:00")
    sealed(working)
    given_out(working, sought(person=loan.person)).extractall(tmp_path)
    path = tmp_path / "seals.json"
    seals = json.loads(path.read_text())
    seals["chain"][0]["rows"] += 1
    path.write_text(json.dumps(seals))

    found = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "check_proofs.py")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert found.returncode == 1
    assert "the chain is broken" in found.stdout


def test_history_keeps_who_was_given_which_pack(working):
    import hashlib

    from arrears.actions import examiner
    from arrears.reports.examiner import Pack
    from arrears.store.tables.event import Event

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "09:00")
    with working.hands_of(working.dora, TUESDAY):
        made = examiner.give_out(sought(person=loan.person), language="en", now=NOW)
    assert isinstance(made, Pack)

    kept = Event.objects.using("report").filter(kind="examiner_pack_given_out").latest("pk")
    assert kept.facts["sha256"] == hashlib.sha256(made.data).hexdigest()
    assert kept.facts["contacts"] == 1
    assert kept.staff_id == working.dora


def test_too_many_contacts_are_refused_and_nothing_is_kept(working):
    from arrears.actions import examiner
    from arrears.kernel.problems import Problem
    from arrears.store.tables.event import Event

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    for clock in ("09:00", "10:00"):
        call(working, loan, clock)
    before = Event.objects.using("report").count()
    with working.hands_of(working.dora, TUESDAY):
        made = examiner.give_out(sought(person=loan.person), language="en", now=NOW, most=1)

    assert isinstance(made, Problem)
    assert made.code == "too_many_contacts"
    assert Event.objects.using("report").count() == before


def test_another_organisation_is_given_nothing_of_it(working):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "09:00")

    stranger = settle()
    assert read(given_out(stranger, sought()), "contacts.json") == []
    assert read(given_out(stranger, sought(person=loan.person)), "holds.json") == []


def test_a_day_is_the_houses_own_and_its_end_is_not_in_it(working):
    loan = working.loan(unpaid_since=date(2026, 2, 15))
    call(working, loan, "10:00")
    from arrears.store.doors.contact_log import Sought

    until = at(TUESDAY, "10:00")
    assert read(given_out(working, Sought(since=datetime(2026, 1, 1, tzinfo=UTC), until=until)), "contacts.json") == []
