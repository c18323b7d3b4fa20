"""The call screen: what it shows and hides, what each act leaves behind, what a mistake does not."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
PROMISE = {
    "code": "promise_taken",
    "amount": "100.50",
    "due_on": "2026-03-04",
    "due_hour": "15",
    "means": "transfer",
    "may_call": "yes",
    "may_write": "no",
    "confidence": "sure",
    "note": "Wages come tomorrow.",
    "go": "stay",
}


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return found.signed_in(username)


def table(name: str) -> Any:
    from django.apps import apps

    return apps.get_model("store", name).objects.using("night")


class Desk:
    """Alice at the case of María, with the calls she makes there."""

    def __init__(self, town: Any, who: str = "alice") -> None:
        self.person, self.account = town.people.kept_debtor, town.people.kept
        self.browser = signed_in(who)
        self.point = table("ContactPoint").filter(person_id=self.person).order_by("pk")[0].pk

    def page(self) -> str:
        return str(self.browser.get(f"/call/{self.person}/").content.decode())

    def post(self, act: str, **said: object) -> Any:
        return self.browser.post(f"/call/{self.person}/{act}/", said)

    def dial(self) -> int:
        assert self.post(f"dial/{self.point}").status_code == 302
        return int(table("Attempt").latest("pk").pk)

    def verified(self) -> int:
        attempt = self.dial()
        self.post("verify", attempt=attempt, items=["birth_date", "postcode"], passed="yes")
        return attempt

    def end(self, attempt: int, **said: object) -> Any:
        return self.post("outcome", attempt=attempt, account=self.account, **{**PROMISE, **said})


@pytest.fixture
def desk(town: Any) -> Desk:
    return Desk(town)


def script(page: str) -> str:
    """What the page offers to say."""
    return re.search(r"<div data-steps>.*?</section>", page, re.DOTALL)[0]  # type: ignore[index]


def test_dialling_takes_a_permit_and_begins_an_attempt_that_names_it(desk: Desk) -> None:
    attempt = table("Attempt").get(pk=desk.dial())
    permit = table("Permit").get()
    assert (attempt.permit_id, attempt.origin, attempt.outcome) == (permit.pk, "outbound", "started")
    assert permit.address == "+12125550101"


def test_until_somebody_is_verified_the_script_says_nothing_of_the_debt(desk: Desk) -> None:
    before, attempt = script(desk.page()), desk.dial()
    dialled = script(desk.page())
    desk.post("verify", attempt=attempt, items=["birth_date", "postcode"], passed="yes")
    after = script(desk.page())
    for words in (before, dialled):
        assert "161" not in words
        assert "loan" not in words
    assert "$161.14" in after


def test_a_failed_verification_gives_words_that_reveal_nothing_and_no_way_to_note_a_promise(desk: Desk) -> None:
    attempt = desk.dial()
    desk.post("verify", attempt=attempt, items=["birth_date", "postcode"], passed="no")
    page = desk.page()
    assert "$161.14" not in script(page)
    assert 'value="promise_taken"' not in page
    assert desk.end(attempt).status_code == 422
    assert table("Promise").count() == 0


def test_one_item_verifies_nobody(desk: Desk) -> None:
    attempt = desk.dial()
    answer = desk.post("verify", attempt=attempt, items=["birth_date"], passed="yes")
    assert answer.status_code == 422
    assert table("Verification").count() == 0


def test_a_promise_is_kept_as_it_was_typed_with_the_note_and_the_consent(desk: Desk) -> None:
    assert desk.end(desk.verified()).status_code == 302
    promise = table("Promise").get()
    assert (promise.amount_minor, promise.due_on.isoformat(), promise.due_hour) == (10_050, "2026-03-04", 15)
    assert (promise.state, promise.may_call, promise.may_write) == ("open", True, False)
    assert table("Note").get().words == "Wages come tomorrow."
    assert table("Attempt").get().disposition == "promise_taken"


def test_an_amount_is_read_as_the_language_of_the_page_writes_it(town: Any) -> None:
    table("Staff").filter(username="alice").update(language="es")
    spanish = Desk(town)
    assert spanish.end(spanish.verified(), amount="100,50").status_code == 302
    assert table("Promise").get().amount_minor == 10_050


def test_every_mistake_stands_beside_its_field_and_nothing_is_written(desk: Desk) -> None:
    answer = desk.end(desk.verified(), amount="", due_on="", due_hour="", means="", may_call="", note="kept typing")
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("amount", "due_on", "due_hour", "means", "may_call"):
        assert f'id="problem-{field}"' in page, field
    assert "kept typing" in page
    assert (table("Promise").count(), table("Note").count()) == (0, 0)
    assert table("Attempt").get().outcome == "started"


def test_a_date_beyond_the_horizon_is_kept_as_said_and_waits_for_approval(desk: Desk) -> None:
    desk.end(desk.verified(), due_on="2026-03-20")
    promise = table("Promise").get()
    assert (promise.kind, promise.state, promise.due_on.day) == ("arrangement", "asked", 20)
    supervisor = signed_in("dora")
    assert "María" in supervisor.get("/arrangements/").content.decode()
    answer = supervisor.post(f"/arrangements/{promise.pk}/", {"decision": "approve"}, follow=True)
    assert re.search("Aprobado: María.* paga .*100[,.]50.* el vie.*20 mar", answer.content.decode())
    assert table("Promise").get().state == "open"


def test_a_second_promise_says_whether_it_comes_in_addition_or_in_place(desk: Desk) -> None:
    from arrears.actions import promises
    from arrears.config import clock
    from arrears.store.scope import scope

    now, account = clock.now(), table("Account").get(pk=desk.account)
    with scope(account.organisation_id, None, using="night"):
        first = promises.take(
            account.pk, amount_minor=4_000, due_on=now.date() + timedelta(days=2), due_hour=15, means="transfer",
            may_call=False, may_write=False, now=now, using="night",
        )  # fmt: skip
    assert isinstance(first, promises.Promised)
    attempt = desk.verified()
    answer = desk.end(attempt)
    assert answer.status_code == 422
    assert 'id="problem-beside"' in answer.content.decode()
    assert desk.end(attempt, beside=str(first.id)).status_code == 302
    states = {row.pk: (row.state, row.replaces_id) for row in table("Promise").all()}
    assert states.pop(first.id) == ("withdrawn", None)
    assert list(states.values()) == [("open", first.id)]


def test_a_promise_that_a_colleague_took_is_due_for_whoever_has_the_person_on_their_list(town: Any, desk: Desk) -> None:
    from arrears.store.doors import days
    from arrears.store.scope import scope

    on_day, listed = table("Worklist").filter(person_id=desk.person).values_list("on_day", "staff_id")[0]
    desk.end(desk.verified())
    promise = table("Promise").get()
    colleague = table("Staff").get(username="dora").pk
    asked = [(promise.taken_by_id, None), (listed, on_day), (colleague, on_day), (None, None)]
    with scope(town.people.lender, town.people.alice, today=promise.due_on):
        found = [len(days.promises_due(promise.due_on, staff, day)) for staff, day in asked]
    assert found == [1, 1, 0, 1]


def test_nobody_answering_ends_the_call_and_the_next_person_comes(desk: Desk) -> None:
    desk.browser.post("/next/")
    answer = desk.post("outcome", attempt=desk.dial(), code="no_answer", go="next")
    assert answer.headers["Location"] == "/today/"
    assert table("WorkHold").count() == 0
    assert table("ContactPoint").get(pk=desk.point).last_outcome == "no_answer"


def test_why_it_is_late_is_kept_with_the_outcome(desk: Desk) -> None:
    desk.end(desk.verified(), reason_late="forgot")
    assert table("Event").filter(kind="finding_noted").count() == 1


def test_at_night_the_gate_refuses_says_why_and_when_and_takes_no_permit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arrears.config import clock

    midnight = datetime(2026, 3, 4, 4, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: midnight)
    answer = desk.post(f"dial/{desk.point}")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The next permitted time is Wed 4 Mar 08:00" in page
    assert re.search(r'class="verdict">.*?class="cite">', page, re.DOTALL)
    assert (table("Permit").count(), table("Attempt").count()) == (0, 0)


def test_an_incoming_call_needs_no_permit_and_ends_like_any_other(desk: Desk) -> None:
    desk.post("inbound")
    attempt = table("Attempt").get()
    assert (attempt.origin, attempt.permit_id) == ("inbound", None)
    desk.post("verify", attempt=attempt.pk, items=["birth_date", "postcode"], passed="yes")
    assert desk.end(attempt.pk).status_code == 302
    assert table("Incident").count() == 0


def test_a_skip_needs_a_reason_and_is_counted(desk: Desk) -> None:
    desk.browser.post("/next/")
    assert desk.post("skip", reason="").status_code == 422
    assert table("Skip").count() == 0
    reason = re.search(r'<select name="reason".*?<option value="(\w+)">', desk.page(), re.DOTALL)[1]  # type: ignore[index]
    assert desk.post("skip", reason=reason).status_code == 302
    assert table("Skip").get().reason == reason


def test_an_identifier_is_masked_and_showing_it_is_on_record(desk: Desk) -> None:
    from arrears.store.sealed import blind, seal

    sealed = seal("123-45-6789", f"person.national_id {desk.person}")
    owner = table("Person").get(pk=desk.person).organisation_id
    table("Person").filter(pk=desk.person).update(
        national_id_sealed=sealed, national_id_index=blind("123-45-6789", owner)
    )
    assert "123-45-6789" not in desk.page()
    assert "123-45-6789" in desk.post("show/national_id").content.decode()
    event = table("Event").get(kind="identifier_shown")
    assert event.facts == {"identifier": "national_id"}


def test_two_collectors_cannot_both_call_and_the_second_sees_who_is_at_it(town: Any, desk: Desk) -> None:
    desk.browser.post("/next/")
    assert "Alice está trabajando ahora con esta persona" in Desk(town, "dora").page()


def test_who_has_paid_leaves_the_list_at_once(town: Any, desk: Desk, now: datetime) -> None:
    from arrears.actions import payments
    from arrears.store.scope import scope

    with scope(town.people.lender, None, using="night"):
        payments.post(desk.account, 16_114, now.date(), reference="bank-1", now=now, using="night")
    assert desk.browser.post("/next/").headers["Location"] == "/today/"


def test_what_is_owed_is_told_line_by_line_with_its_reason(desk: Desk) -> None:
    page = desk.page()
    assert "Instalment 1, due Wed 28 Jan 2026" in page
    assert "of $100.00, $40.00 is paid" in page
    assert "24 % a year on $60.00 of overdue principal" in page
    ledger = desk.browser.get(f"/account/{desk.account}/").content.decode()
    assert "$60.00 (overdue principal) × 24% a year × 29 / 365" in ledger


def test_the_ledger_answers_for_any_day_gone_by(desk: Desk) -> None:
    ledger = desk.browser.get(f"/account/{desk.account}/?as_of=2026-01-29").content.decode()
    assert "Instalment due" in ledger
    assert "$1,200.00" in ledger
    assert "1 day" in ledger


def waiting_line(lender: int) -> int:
    """Let a line of a bank's file wait for a human."""
    at = datetime(2026, 3, 3, 16, tzinfo=UTC)
    batch, _ = table("ImportBatch").get_or_create(
        organisation_id=lender, file_hash=b"1", defaults={"kind": "payments", "file_name": "a", "started_at": at}
    )
    line, _ = table("PaymentLine").get_or_create(
        organisation_id=lender, batch=batch, line=1, source_ref="x",
        defaults={
            "value_date": at.date(), "amount_minor": 16_000, "currency": "USD", "reference": "loan",
            "payer": "Alvarez", "state": "unmatched",
        },
    )  # fmt: skip
    return int(line.pk)


def test_a_line_without_a_debt_is_posted_by_hand_and_leaves_the_queue(town: Any, now: datetime) -> None:
    line = waiting_line(town.people.lender)
    finance = signed_in("fred")
    assert "María" in finance.get("/payments/").content.decode()
    assert finance.post(f"/payments/{line}/match/", {"account": "999"}).status_code == 422
    assert finance.post(f"/payments/{line}/match/", {"account": town.people.kept}).status_code == 302
    assert table("PaymentLine").get().state == "by_hand"
    assert table("Entry").filter(kind=80, amount_minor=16_000).count() == 1


def test_no_debt_is_chosen_beforehand_for_a_line_that_nobody_searched_for(town: Any, now: datetime) -> None:
    waiting_line(town.people.lender)
    finance = signed_in("fred")
    debt = table("Account").get(pk=town.people.kept)
    debtor = table("Person").get(pk=debt.person_id)
    page = finance.get("/payments/").content.decode()
    assert debtor.number in page
    assert not re.search(r'<input type="radio"[^>]* checked', page)


def test_a_debt_in_dispute_is_marked_before_a_payment_is_posted_to_it(town: Any, now: datetime) -> None:
    waiting_line(town.people.lender)
    finance = signed_in("fred")
    assert "In dispute" not in finance.get("/payments/").content.decode()
    lender = town.people.lender
    table("Hold").create(
        organisation_id=lender, by_organisation_id=lender, account_id=town.people.kept, kind="dispute",
        from_at=now - timedelta(hours=1), source_kind="test", source_ref="1",
    )  # fmt: skip
    assert "In dispute" in finance.get("/payments/").content.decode()


def test_an_incident_is_closed_with_words_or_not_at_all(town: Any, now: datetime) -> None:
    incident = table("Incident").create(
        organisation_id=town.people.lender, by_organisation_id=town.people.lender, person_id=town.people.kept_debtor,
        kind="unpermitted_contact", opened_at=now - timedelta(hours=1),
    )  # fmt: skip
    carol = signed_in("carol")
    assert carol.post(f"/compliance/incidents/{incident.pk}/", {"finding": " "}).status_code == 422
    assert table("Incident").get().closed_at is None
    assert carol.post(f"/compliance/incidents/{incident.pk}/", {"finding": "A wrong import."}).status_code == 302
    assert table("Incident").get().finding == "A wrong import."


def test_the_days_figures_count_what_was_done(desk: Desk) -> None:
    desk.end(desk.verified())
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", desk.browser.get("/today/").content.decode()))
    assert "Right person spoken to 1 in 1 attempts" in page
    assert "Promises taken 1 $100.50" in page


def test_when_all_are_asleep_the_page_says_from_when_the_first_may_be_called(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arrears.config import clock

    early = datetime(2026, 3, 3, 12, 15, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: early)
    page = desk.browser.post("/next/", follow=True).content.decode()
    assert "The first of them may be called from Tue 3 Mar 08:00" in page
    assert table("WorkHold").count() == 0


@pytest.mark.parametrize("typed", ["²", "١٢٣", "１２", "−1", "9" * 30, ""])
def test_whatever_is_typed_for_a_number_is_answered(standing_town: Any, typed: str) -> None:
    desk, finance = Desk(standing_town), signed_in("fred")
    number = waiting_line(standing_town.people.lender)
    answers = [
        desk.browser.get(f"/account/{desk.account}/", {"known_on": typed}),
        desk.post("verify", attempt=typed, items=["birth_date", "postcode"], passed="yes"),
        desk.post("outcome", attempt=typed, code="call_back_agreed", callback_on="2026-03-04", callback_hour=typed),
        finance.get("/payments/", {"line": typed}),
        finance.post(f"/payments/{number}/match/", {"account": typed}),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


def test_a_colleague_finds_no_button_to_dial_whom_another_holds(town: Any, desk: Desk) -> None:
    desk.browser.post("/next/")
    table("Staff").filter(username="dora").update(roles=["collector"])
    colleague = Desk(town, "dora")
    assert f"/dial/{desk.point}/" not in colleague.page()
    assert colleague.post(f"dial/{desk.point}").status_code == 422
    assert table("Permit").count() == 0


def test_what_must_be_said_by_law_stands_in_the_script_once_the_person_is_verified(desk: Desk) -> None:
    table("Organisation").update(settings={"from_numbers": ["+12125550199"], "collector_kind": "agency"})
    table("Account").update(facts={"in_default_when_obtained": True})
    attempt = desk.dial()
    dialled = script(desk.page())
    desk.post("verify", attempt=attempt, items=["birth_date", "postcode"], passed="yes")
    verified = script(desk.page())
    assert "Something must be said by law" in dialled
    assert "debt collector" not in dialled
    assert re.search(
        r'data-pane="purpose".*?You must say:</span> Say that this comes from a debt coll', verified, re.DOTALL
    )


def test_the_script_speaks_of_an_earlier_talk_only_where_there_was_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arrears.web.call import screen

    monkeypatch.setattr(screen, "_decided", lambda *_: ({}, "firm"))
    desk.verified()
    never = script(desk.page())
    person = table("Person").get(pk=desk.person)
    table("Attempt").create(
        organisation_id=person.organisation_id, by_organisation_id=person.organisation_id, person=person,
        origin="historic", direction="to_person", role="debtor", channel="call", book_day=table("BookDay").filter(closed_at=None).latest("day").day, source_kind="old",
        source_ref="1", started_at=datetime(2026, 2, 24, 16, tzinfo=UTC), outcome="right_party",
        outcome_at=datetime(2026, 2, 24, 16, tzinfo=UTC),
    )  # fmt: skip
    talked = script(desk.page())
    assert "we spoke on" not in never
    assert "since we spoke" not in never
    assert "and we spoke on Tue 24 Feb" in talked
    assert "kept you from paying since we spoke on Tue 24 Feb" in talked


def test_only_the_owner_of_the_debt_may_say_that_its_head_office_takes_over(standing_town: Any) -> None:
    from dataclasses import replace

    from arrears.store.doors.cases import case_of
    from arrears.store.scope import scope
    from arrears.web.call.owed import owed_on
    from arrears.web.call.screen import _true

    people = standing_town.people
    today = datetime(2026, 3, 3, tzinfo=UTC).date()
    with scope(people.lender, people.alice, today=today):
        case: Any = case_of(people.kept_debtor, today)
        lead = owed_on(case.debts[0], today)
    early = replace(lead, state=replace(lead.state, days_past_due=10))
    assert "hand_over_ahead" in _true(early, is_own=True)
    assert "hand_over_ahead" not in _true(early, is_own=False)
