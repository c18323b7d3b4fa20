"""Papers of case files: known by their own bytes, sealed, opened by named roles with each look on record."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
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
