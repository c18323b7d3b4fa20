"""Cases, holds and care by the pages: who sees what, opening, answering, and what is refused."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

STREET = Path(__file__).with_name("conftest.py")


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username)


@pytest.fixture
def debtor(standing_town: Any, now: Any) -> int:
    return int(standing_town.people.kept_debtor)


def opened(debtor: int, account: int, **said: Any) -> str:
    form = {"kind": "dispute", "account": str(account), "words": "not my debt", "written": "yes", **said}
    answer = signed_in("alice").post(f"/cases/open/{debtor}/", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("/cases/", {"alice": 200, "ann": 200, "carol": 200, "fred": 403, "adam": 403, "charlie": 200}),
        ("/holds/", {"alice": 200, "ann": 200, "carol": 200, "fred": 403, "adam": 403, "charlie": 200}),
        ("/cases/open/{person}/", {"alice": 200, "ann": 403, "carol": 200, "adam": 403, "charlie": 404}),
        ("/care/{person}/", {"alice": 200, "ann": 200, "carol": 200, "adam": 403, "charlie": 404}),
    ],
)
def test_each_page_opens_to_its_roles(debtor: int, address: str, codes: dict[str, int]) -> None:
    found = {who: signed_in(who).get(address.format(person=debtor)).status_code for who in codes}
    assert found == codes


def test_a_case_is_opened_seen_on_the_board_and_answered(standing_town: Any) -> None:
    debtor = int(standing_town.people.placed_debtor)  # with whom the other tests of the town open no case
    place = opened(debtor, standing_town.people.placed)
    carol = signed_in("carol")
    assert place in carol.get("/cases/").content.decode()
    page = carol.get(place).content.decode()
    assert "not my debt" in page
    assert "A dispute waits for its answer" in page or "house.dispute" in page
    assert place in signed_in("alice").get(f"/call/{debtor}/").content.decode()
    said = {"verb": "answer", "answer": "verification_sent", "paper_name": "Letter", "paper_sent_on": "2026-03-02"}
    assert signed_in("alice").post(f"{place}act/", said).status_code == 422
    assert carol.post(f"{place}act/", said).status_code == 302
    assert carol.post(f"{place}act/", said).status_code == 422
    closed = {"verb": "close", "finding": "not_upheld", "words": "the contract shows it"}
    assert carol.post(f"{place}act/", closed).status_code == 302
    assert place in carol.get("/cases/?state=closed").content.decode()


def test_charlie_finds_no_case_of_others_and_a_mistake_leaves_nothing(standing_town: Any, debtor: int) -> None:
    from arrears.store.tables.case_file import CaseFile

    place = opened(debtor, standing_town.people.kept)
    assert signed_in("charlie").get(place).status_code == 404
    assert signed_in("charlie").post(f"{place}act/", {"verb": "reopen", "words": "x"}).status_code == 404
    before = CaseFile.objects.using("night").count()
    answer = signed_in("alice").post(f"/cases/open/{debtor}/", {"kind": "breathing_space"})
    assert (answer.status_code, CaseFile.objects.using("night").count()) == (422, before)


def test_a_hold_is_released_on_its_page_by_who_may(standing_town: Any, debtor: int) -> None:
    opened(debtor, standing_town.people.kept, words="once more")
    carol = signed_in("carol")
    page = carol.get("/holds/?kind=dispute").content.decode()
    (place, *_) = re.findall(r"/holds/\d+/release/", page)
    assert not re.findall(r"/holds/\d+/release/", signed_in("alice").get("/holds/?kind=dispute").content.decode())
    assert signed_in("alice").post(place, {"because": "x"}).status_code == 422
    assert carol.post(place, {"because": "settled by a judge"}).status_code == 302


def test_what_to_do_is_seen_by_all_and_why_by_named_roles(debtor: int) -> None:
    alice, carol = signed_in("alice"), signed_in("carol")
    form = {
        "need": ["speak_slowly", "not_before"], "value_not_before": "12:00", "consent": "on the telephone",
        "driver": ["health"], "words": "chemotherapy",
    }  # fmt: skip
    assert alice.post(f"/care/{debtor}/", {**form, "consent": ""}).status_code == 422
    assert alice.post(f"/care/{debtor}/", form).status_code == 302
    for who in (alice, carol):
        page = who.get(f"/call/{debtor}/").content.decode()
        assert "No contact before 12:00." in page
        assert "chemotherapy" not in who.get(f"/care/{debtor}/").content.decode()
    (why,) = re.findall(r"/care/needs/\d+/reason/", carol.get(f"/care/{debtor}/").content.decode())
    assert alice.post(why).status_code == 403
    assert "chemotherapy" in carol.post(why).content.decode()
    assert alice.post(why.replace("reason", "withdraw")).status_code == 302
    assert carol.post(why).status_code == 422
    assert "No contact before 12:00." not in alice.get(f"/call/{debtor}/").content.decode()


def test_a_paper_is_added_by_whoever_works_the_case_and_given_out_as_a_file_to_leads_alone(
    standing_town: Any, debtor: int
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from arrears.store.doors import case_papers

    dispute = int(opened(debtor, standing_town.people.kept, kind="complaint").split("/")[-2])
    said = {"paper_name": "Proof <i>", "paper_sent_on": "2026-02-27"}
    sent = SimpleUploadedFile("x.exe", b"%PDF-1.7 <script>", content_type="text/html")
    alice, mona = signed_in("alice"), signed_in("mona")
    assert alice.post(f"/cases/{dispute}/papers/", {**said, "file": sent}).status_code == 302
    wrong = SimpleUploadedFile("x.pdf", b"MZ\x90", content_type="application/pdf")
    assert alice.post(f"/cases/{dispute}/papers/", {**said, "file": wrong}).status_code == 422
    assert alice.post(f"/cases/{dispute}/papers/", said).status_code == 422
    (paper,) = case_papers.of_case(dispute, using="report")
    page = alice.get(f"/cases/{dispute}/").content.decode()
    assert "Proof &lt;i&gt;" in page
    assert paper.digest in page
    assert f"/cases/papers/{paper.id}/" not in page
    assert alice.get(f"/cases/papers/{paper.id}/").status_code == 403
    given = mona.get(f"/cases/papers/{paper.id}/")
    assert (given.content, given["Content-Type"]) == (b"%PDF-1.7 <script>", "application/pdf")
    assert given["Content-Disposition"] == f'attachment; filename="case-{dispute}-paper-{paper.id}.pdf"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]
    assert "no-store" in given["Cache-Control"]
    assert mona.get("/cases/papers/999999/").status_code == 404
