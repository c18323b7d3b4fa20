"""The page of proofs: what is missing for which channel, who may note what, and that the gate goes by it at once."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

STREET = Path(__file__).with_name("conftest.py")


def signed_in(username: str, language: str = "en") -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username, language)


@pytest.fixture
def point(standing_town: Any) -> int:
    from arrears.store.tables.person import ContactPoint

    found = ContactPoint.objects.using("night").filter(person_id=standing_town.people.kept_debtor)
    return int(found.get(value="+12125550102").pk)


def facts(point: int) -> Any:
    from arrears.store.tables.person import ContactPoint

    return ContactPoint.objects.using("report").values_list("facts", flat=True).get(pk=point)


def test_what_is_noted_stands_with_who_noted_it_and_opens_the_channel(standing_town: Any, point: int, now: Any) -> None:
    address = f"/proofs/{standing_town.people.kept_debtor}/"
    mona = signed_in("mona")
    before = mona.get(address).content.decode()
    assert "what kind of line this number is" in before
    assert mona.post(f"{address}{point}/line/", {"line": "wireless", "given": "yes"}).status_code == 302
    done = mona.post(f"{address}{point}/use/", {"on": (now.date() - timedelta(days=3)).isoformat()}, follow=True)
    shown = done.content.decode()
    assert facts(point)["line_type"] == "wireless"
    assert "last used with us about the debt" in shown
    assert "Mona" in shown
    assert shown.count("what kind of line this number is") < before.count("what kind of line this number is")


def test_who_only_talks_to_debtors_notes_an_opt_out_and_no_proof(standing_town: Any, point: int, now: Any) -> None:
    address = f"/proofs/{standing_town.people.kept_debtor}/"
    alice = signed_in("alice")
    assert f"{point}/opt_out/" in alice.get(address).content.decode()
    assert f"{point}/check/" not in alice.get(address).content.decode()
    said = {"on": now.date().isoformat(), "result": "not_reassigned", "words": "no more texts"}
    assert alice.post(f"{address}{point}/check/", said).status_code == 403
    assert alice.post(f"{address}{point}/opt_out/", said).status_code == 302
    assert facts(point)["opted_out_on"] == now.date().isoformat()
    assert "reassigned_checked_on" not in facts(point)
    assert signed_in("ann").post(f"{address}{point}/opt_out/", said).status_code == 403


@pytest.mark.parametrize("wrong", [{"on": "soon"}, {"on": "9999-12-31"}, {"on": "2999-01-01"}, {"result": "maybe"}])
def test_what_is_no_answer_is_not_kept(standing_town: Any, point: int, now: Any, wrong: dict[str, str]) -> None:
    said = {"on": now.date().isoformat(), "result": "reassigned", **wrong}
    answer = signed_in("mona").post(f"/proofs/{standing_town.people.kept_debtor}/{point}/check/", said)
    assert answer.status_code == 422
    assert "reassigned_check_result" not in facts(point)


def test_a_number_of_somebody_else_and_an_unknown_act_are_not_there(standing_town: Any, point: int) -> None:
    mona, other = signed_in("mona"), standing_town.people.placed_debtor
    assert mona.post(f"/proofs/{other}/{point}/use/", {"on": "2026-01-01"}).status_code == 404
    assert mona.post(f"/proofs/{standing_town.people.kept_debtor}/{point}/nothing/", {}).status_code == 404
    assert mona.post(f"/proofs/{standing_town.people.kept_debtor}/{point}/prior/", {}).status_code == 404


def test_a_consent_wants_evidence_and_is_taken_back_by_whoever_hears_it(standing_town: Any) -> None:
    from arrears.store.tables.person import Consent

    person = standing_town.people.placed_debtor
    mona, address = signed_in("mona"), f"/proofs/{person}/consent/"
    given = Consent.objects.using("report").filter(person_id=person)
    said = {"kind": "electronic_notices", "evidence": "form 7", "disclosures_given": "on"}
    assert mona.post(address, {"kind": "automated", "evidence": " "}).status_code == 422
    assert mona.post(address, said).status_code == 422
    assert mona.post(address, {"kind": "everything", "evidence": "x"}).status_code == 422
    assert given.count() == 0
    assert mona.post(address, {**said, "access_shown": "on"}).status_code == 302
    assert "form 7" in mona.get(f"/proofs/{person}/").content.decode()
    alice = signed_in("alice")
    assert alice.post(address, {"kind": "automated", "evidence": "said so"}).status_code == 403
    assert alice.post(address, {"kind": "electronic_notices", "revoke": "1"}).status_code == 302
    assert given.get().revoked_at is not None


def test_a_refusal_for_a_fact_of_the_number_leads_to_its_page(standing_town: Any, point: int) -> None:
    from arrears.store.tables.person import ContactPoint

    ContactPoint.objects.using("night").filter(pk=point).update(facts={})  # nothing is proven, whatever others noted
    person = standing_town.people.kept_debtor
    page = signed_in("carol").get(f"/may-we/{person}/", {"point": point, "channel": "text"}).content.decode()
    assert f'href="/proofs/{person}/">Note it' in page
    for language in ("es", "zh-hans"):
        assert "msgid" not in signed_in("carol", language).get(f"/proofs/{person}/").content.decode()
