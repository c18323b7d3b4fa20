"""Papers of case files: known by their own bytes, sealed, opened by named roles with each look on record."""

import contextlib
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connections, transaction
from pypdf import PdfReader
from tests.working_book import Loan, WorkingBook, at, hire, settle

from arrears.domain.case_papers import MOST_BYTES, media_type_of
from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)
PDF = b"%PDF-1.7\n" + b"0" * 40
PAPER = {"name": "C:\\scans\\Proof of payment.pdf", "sent_on": "2026-02-27", "reference": "7"}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Loan:
    return working.loan(unpaid_since=date(2026, 2, 2))


def opened(working: WorkingBook, loan: Loan, kind: str = "dispute", by: int | None = None) -> int:
    from arrears.actions import cases

    with working.hands_of(by or working.alice, MONDAY):
        case = cases.open_case(
            kind, person=loan.person, accounts=(loan.account,), received_at=at(MONDAY, "09:00"), now=at(MONDAY)
        )
    assert isinstance(case, int), case
    return case


def added(working: WorkingBook, case: int, content: bytes = PDF, by: int | None = None, **more: Any) -> Any:
    from arrears.actions import cases

    with working.hands_of(by or working.alice, MONDAY):
        return cases.add_paper(case, content, paper={**PAPER, **more}, now=at(MONDAY))


def read(working: WorkingBook, number: int, by: int) -> Any:
    from arrears.actions import cases

    with working.hands_of(by, MONDAY):
        return cases.open_paper(number, now=at(MONDAY))


def papers(case: int) -> list[Any]:
    from arrears.store.doors import case_papers

    return list(case_papers.of_case(case, using="report"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4 x", "application/pdf"), (b"\x89PNG\r\n\x1a\nx", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00x", "image/tiff"), ("Señor 王\n".encode(), "text/plain"), (b"", None), (b"  \n", None),
        (b"MZ\x90\x00", None), (b"PK\x03\x04", None), (b"a\x00b", None), (b"\xff\xfea", None), (b" %PDF-1.4\x00", None),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str | None) -> None:
    assert media_type_of(content) == kind


def test_a_paper_is_kept_sealed_with_its_digest_in_the_step_and_in_the_pack(working: WorkingBook, loan: Loan) -> None:
    from django.db import connections

    from arrears.store.doors import case_files

    case = opened(working, loan)
    assert not isinstance(added(working, case), Problem)
    (one,) = papers(case)
    digest = hashlib.sha256(PDF).hexdigest()
    assert (one.name, one.media_type, one.size, one.digest) == (
        "Proof of payment.pdf",
        "application/pdf",
        len(PDF),
        digest,
    )
    step = case_files.steps_of(case, using="report")[-1]
    assert (step.facts["paper"]["sha256"], step.facts["paper"]["paper"]) == (digest, one.id)
    with connections["report"].cursor() as cursor:
        cursor.execute("SELECT sealed FROM case_paper_content WHERE paper_id = %s", [one.id])
        assert PDF[:5] not in bytes(cursor.fetchone()[0])
    assert added(working, case).code == "paper_there"


def test_leads_open_it_each_look_on_record_and_who_only_added_it_does_not(working: WorkingBook, loan: Loan) -> None:
    case = opened(working, loan)
    added(working, case)
    (one,) = papers(case)
    refused = read(working, one.id, working.alice)
    assert isinstance(refused, Problem)
    assert "case_paper_shown" not in working.events(person_id=loan.person)
    found, content = read(working, one.id, working.dora)
    assert (content, found.file_name) == (PDF, f"case-{case}-paper-{one.id}.pdf")
    assert working.events(person_id=loan.person)[-1] == "case_paper_shown"


def test_papers_of_care_are_for_carers_alone_and_have_no_name_that_tells(working: WorkingBook, loan: Loan) -> None:
    manager = hire(working.lender, ["manager"])
    case = opened(working, loan, "vulnerability")
    assert not isinstance(added(working, case, name="Hospital letter"), Problem)
    (one,) = papers(case)
    assert (one.name, one.is_for_carers) == ("", True)
    assert isinstance(read(working, one.id, manager), Problem)
    assert not isinstance(read(working, one.id, working.dora), Problem)


@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (b"MZ\x90\x00", {}, "paper_unreadable"), (b"%PDF-" + b"0" * MOST_BYTES, {}, "paper_too_large"),
        (PDF, {"name": " "}, "paper_missing"), (PDF, {"sent_on": "2026-03-03"}, "paper_ahead"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_not_kept(working: WorkingBook, loan: Loan, content: bytes, more: Any, code: str) -> None:
    case = opened(working, loan)
    found = added(working, case, content, **more)
    assert isinstance(found, Problem)
    assert found.code == code
    assert papers(case) == []


def test_an_agency_adds_and_reads_while_it_holds_the_debt_and_nothing_after_recall(
    working: WorkingBook, loan: Loan
) -> None:
    from arrears.actions import cases
    from arrears.store.scope import scope
    from arrears.store.tables.organisation import Access

    theirs = opened(working, loan)
    lead = hire(working.agency, ["agency", "supervisor"])
    added(working, theirs)
    (one,) = papers(theirs)
    with scope(working.agency, lead, today=MONDAY):
        assert isinstance(cases.open_paper(one.id, now=at(MONDAY)), Problem)
    working.place(loan, from_on=MONDAY, in_default_since=MONDAY - timedelta(days=30))
    with scope(working.agency, lead, today=MONDAY):
        assert not isinstance(cases.open_paper(one.id, now=at(MONDAY)), Problem)
        own = cases.add_paper(theirs, b"%PDF-1.7 of the agency", paper=PAPER, now=at(MONDAY))
        assert not isinstance(own, Problem)
    last = MONDAY + timedelta(days=7)
    Access.objects.using("night").filter(account_id=loan.account, organisation_id=working.agency).update(until_on=last)
    with scope(working.agency, lead, today=last + timedelta(days=1)):
        found = [cases.open_paper(paper.id, now=at(last)) for paper in papers(theirs)]
    assert [isinstance(each, Problem) for each in found] == [True, True]


def test_a_paper_is_forgotten_by_compliance_for_a_reason_and_its_digest_stays(working: WorkingBook, loan: Loan) -> None:
    from arrears.actions import cases

    officer = hire(working.lender, ["compliance"])
    case = opened(working, loan)
    added(working, case)
    (one,) = papers(case)
    with working.hands_of(working.dora, MONDAY):
        assert cases.erase_paper(one.id, "asked for", now=at(MONDAY)) is not None
    with working.hands_of(officer, MONDAY):
        cursor = connections["default"].cursor()
        swapped = "UPDATE case_paper_content SET sealed = 'other'::bytea WHERE paper_id = %s"
        with pytest.raises(IntegrityError, match="stands as it came"), transaction.atomic():
            cursor.execute(swapped, [one.id])
        assert cases.erase_paper(one.id, " ", now=at(MONDAY)) is not None
        assert cases.erase_paper(one.id, "asked for", now=at(MONDAY)) is None
        assert isinstance(cases.open_paper(one.id, now=at(MONDAY)), Problem)
    assert papers(case)[0].digest == hashlib.sha256(PDF).hexdigest()


def test_the_pack_of_an_examiner_holds_the_papers_that_its_taker_may_open(working: WorkingBook, loan: Loan) -> None:
    from arrears.reports.examiner import gather
    from arrears.store.doors.contact_log import Sought

    case = opened(working, loan)
    added(working, case)
    added(working, opened(working, loan, "vulnerability"), b"%PDF-1.7 private")
    sought = Sought(since=at(MONDAY, "00:00"), until=at(MONDAY, "23:59"), person=loan.person)
    officer = hire(working.lender, ["auditor"])
    with working.hands_of(officer, MONDAY):
        found = gather(sought, (), organisation=working.lender, house="Meadow")
    assert list(found.papers.values()) == [PDF]
    assert len(found.related["case_papers"]) == 2


def put_in_its_place(cluster: Any, number: int, sealed: bytes) -> None:
    """Change a paper as only the server's superuser can: with the triggers switched off, for this one statement."""
    name, table = connections["night"].settings_dict["NAME"], "case_paper_content"
    with psycopg.connect(cluster.dsn(database=name)) as admin:
        named = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'A'"
        triggers = [row[0] for row in admin.execute(named, [table]).fetchall()]
        for trigger in triggers:
            admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        admin.execute(f"UPDATE {table} SET sealed = %s WHERE paper_id = %s", [sealed, number])
        for trigger in triggers:
            admin.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def three_filed(working: WorkingBook, loan: Loan, cluster: Any) -> tuple[int, int, int]:
    """File a paper that stays as it came, one whose seal is broken, and one that holds something else under our seal."""
    from arrears.store import sealed

    case = opened(working, loan)
    for words in (b"as it came", b"to be broken", b"to be swapped"):
        assert not isinstance(added(working, case, b"%PDF-1.7 " + words), Problem)
    whole, broken, other = (one.id for one in papers(case))
    put_in_its_place(cluster, broken, sealed.seal_bytes(b"%PDF-1.7 moved", f"case_paper {whole}"))
    put_in_its_place(cluster, other, sealed.seal_bytes(b"%PDF-1.7 forged", f"case_paper {other}"))
    return whole, broken, other


def pack_of(working: WorkingBook, loan: Loan, language: str = "en") -> tuple[Any, zipfile.ZipFile]:
    from arrears.actions import examiner
    from arrears.reports.examiner import Pack
    from arrears.store.doors.contact_log import Sought

    sought = Sought(since=at(MONDAY, "00:00"), until=at(MONDAY, "23:59"), person=loan.person)
    with working.hands_of(working.dora, MONDAY):
        made = examiner.give_out(sought, language=language, now=at(MONDAY, "18:00"))
    assert isinstance(made, Pack), made
    return made, zipfile.ZipFile(io.BytesIO(made.data))


def test_a_paper_that_is_not_what_was_filed_is_named_left_out_and_the_rest_is_given(
    working: WorkingBook, loan: Loan, cluster: Any, tmp_path: Path
) -> None:
    whole, broken, other = three_filed(working, loan, cluster)
    made, archive = pack_of(working, loan)
    told = {one["paper"]: one for one in json.loads(archive.read("paper_seals.json"))}
    manifest = json.loads(archive.read("manifest.json"))
    archive.extractall(tmp_path)
    check = [sys.executable, "-I", str(tmp_path / "check_proofs.py")]
    checked = subprocess.run(check, capture_output=True, text=True, check=False, timeout=60)

    assert [told[one]["state"] for one in (whole, broken, other)] == ["given", "seal_broken", "other_content"]
    assert (told[broken]["seal"], told[broken]["filed_on"], told[broken]["person"], told[broken]["file"]) == (
        f"case_paper {broken}",
        MONDAY.isoformat(),
        loan.person,
        None,
    )
    assert [archive.read(name) for name in archive.namelist() if name.startswith("papers/")] == [b"%PDF-1.7 as it came"]
    assert (manifest["papers"], manifest["papers_not_as_filed"]) == (1, 2)
    assert [f"case_paper {number}" in line for number, line in zip((broken, other), made.wrong, strict=True)] == [
        True
    ] * 2
    assert checked.returncode == 1
    assert "1 of 3 papers are in this pack; 2 papers are not what was filed." in checked.stdout
    assert f"seal case_paper {broken}, filed {MONDAY}, person {loan.person}" in checked.stdout


@pytest.mark.parametrize(
    ("language", "title", "how"),
    [
        ("en", "Papers that are not what was filed", "its seal is broken"),
        ("es", "Documentos que no son los archivados", "su sello está roto"),
        ("zh", "与归档原件不符的文件", "封存已被破坏"),
    ],
)
def test_the_pdf_of_a_pack_says_which_papers_are_not_what_was_filed(
    working: WorkingBook, loan: Loan, cluster: Any, language: str, title: str, how: str
) -> None:
    _, broken, _ = three_filed(working, loan, cluster)
    _, archive = pack_of(working, loan, language)
    pages = PdfReader(io.BytesIO(archive.read("contacts.pdf"))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert text.count(title) == 2  # counted beside the proofs, and named below
    for said in (how, f"case_paper {broken}", f"({loan.person})", "2026-03-02 11:00"):
        assert said in text


def test_a_file_put_in_the_place_of_a_given_paper_is_found_by_its_digest(
    working: WorkingBook, loan: Loan, tmp_path: Path
) -> None:
    added(working, opened(working, loan))
    made, archive = pack_of(working, loan)
    assert made.wrong == ()
    archive.extractall(tmp_path)
    check = [sys.executable, "-I", str(tmp_path / "check_proofs.py")]
    assert subprocess.run(check, capture_output=True, check=False, timeout=60).returncode == 0
    (paper,) = (tmp_path / "papers").iterdir()
    paper.write_bytes(PDF + b" and more")
    checked = subprocess.run(check, capture_output=True, text=True, check=False, timeout=60)
    assert checked.returncode == 1
    assert "its file is not of the SHA-256 it was filed with" in checked.stdout


def test_the_command_exits_with_three_where_something_is_not_as_it_was_sealed(
    working: WorkingBook, loan: Loan, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arrears.cli import examiner
    from arrears.store.tables.organisation import Organisation

    monkeypatch.setattr(examiner, "book_open", contextlib.nullcontext)  # the book of the tests is open already
    name = Organisation.objects.using("report").get(pk=working.lender).name

    def run(person: int, to: Path) -> Any:
        day = MONDAY.isoformat()
        said = [name, "--since", day, "--until", day, "--person", str(person), "--to", str(to)]
        return CliRunner().invoke(examiner.command, said, catch_exceptions=False)

    _, broken, other = three_filed(working, loan, cluster)
    found = run(loan.person, tmp_path / "broken.zip")
    sound = run(working.loan(unpaid_since=date(2026, 2, 2)).person, tmp_path / "sound.zip")
    assert (found.exit_code, sound.exit_code) == (3, 0)
    assert all(f"seal case_paper {number}" in found.stderr for number in (broken, other))
    assert zipfile.is_zipfile(tmp_path / "broken.zip")


def test_a_paper_that_is_not_what_was_filed_is_shown_to_nobody_and_history_says_so(
    working: WorkingBook, loan: Loan, cluster: Any
) -> None:
    for number in three_filed(working, loan, cluster)[1:]:
        found = read(working, number, working.dora)
        assert isinstance(found, Problem)
        assert found.code == "paper_not_as_filed"
        assert working.events(person_id=loan.person)[-1] == "case_paper_not_as_filed"
