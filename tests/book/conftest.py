"""A small book with at least one row of the lender's in every table, so that nothing can hide behind emptiness."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.book_rows import fill_books
from tests.case_rows import fill_cases
from tests.notice_rows import fill_notices
from tests.plan_rows import fill_plans
from tests.raw_contacts import HEARD
from tests.received_rows import fill_received
from tests.rule_rows import fill_rules
from tests.statement_rows import fill_statements
from tests.taking_rows import fill_takings

ROOT_CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


def shared(name: str) -> Any:
    """Return something of the conftest of all tests, which importlib mode does not let us import by name."""
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(ROOT_CONFTEST))
    return getattr(found, name)


def keep_concessions(keep: Any, made: dict[str, Any], attempt: Any, staff: int, today: Any, now: Any) -> None:
    """Write an offer with its first step, and a direct payment as somebody reported it."""
    from arrears.store.tables import concession

    told = {"source_kind": "test", "source_ref": "1"}
    offered = keep(
        concession.Concession(
            **made, attempt=attempt, proposed_by_id=staff, kind="waiver", state="drafted", proposed_at=now, book_day=1,
            offered_on=today, last_due_on=today, owed_minor=10_000, pay_minor=0, cut_minor=100, parts=[],
            after_entry=0, level=1, approve_by=today, valid_until=today, authority={}, worth={}, **told,
        )
    )  # fmt: skip
    maker = {name: value for name, value in made.items() if name != "person_id"}
    keep(
        concession.ConcessionStep(
            **maker, concession=offered, staff_id=staff, at=now, book_day=1, number=1, state="drafted"
        )
    )
    keep(
        concession.ReportedPayment(
            **maker, reported_by_id=staff, amount_minor=500, value_date=today, reported_at=now, book_day=1, **told
        )
    )


def fill_messages(keep: Any, made: dict[str, Any], debt: int, point: Any, attempt: Any, people: Any, now: Any) -> None:
    """Write a batch of the lender's, a letter that waits, its page, and what the agency was told of one."""
    from arrears.store.tables import delivery_report, message

    own = {**made, "by_organisation_id": people.lender}
    batch = keep(
        message.MessageBatch(
            organisation_id=people.lender, name="Reminders", template="arrears_reminder", channel="letter", made_at=now
        )
    )
    waiting = keep(
        message.Message(
            **own, batch=batch, accounts=[debt], contact_point=point, channel="letter", purpose="collect",
            template="arrears_reminder", due_at=now, give_up_at=now + timedelta(days=7), made_at=now,
            source_kind="test", source_ref="1",
        )
    )  # fmt: skip
    keep(message.MessagePage(**own, message=waiting, content=b"%PDF", content_hash=b"1", made_at=now))
    keep(
        delivery_report.DeliveryReport(
            **made, message=waiting, attempt=attempt, contact_point=point, kind="delayed", at=now, recorded_at=now,
            source_kind="test", source_ref="1",
        )
    )  # fmt: skip


def fill_nights(keep: Any, own: dict[str, Any], debt: int, debtor: int, now: Any) -> None:
    """Write a night that ran, and what it said of the debt."""
    from arrears.kernel.epoch import epoch_day
    from arrears.store import copying, layouts
    from arrears.store.bookday import touch
    from arrears.store.scope import scope
    from arrears.store.tables import work

    owner, today = own["organisation_id"], shared("TODAY")
    version = keep(work.PackVersion(**own, version="1", content_hash=b"1", since=now))
    run = keep(work.Run(**own, kind="night", on_date=today, book_day=1, pack_version=version, started_at=now))
    keep(work.RunStep(**own, run=run, name="decide", number=3, started_at=now))
    keep(work.PublishedRun(**own, run=run, on_day=epoch_day(today), published_at=now))
    position = np.zeros(1, layouts.POSITION_ROW)
    position["account"], position["organisation_id"] = debt, owner
    decision, listed = np.zeros(1, layouts.DECISION), np.zeros(1, layouts.WORKLIST)
    for rows in (decision, listed):
        rows["on_day"], rows["run_id"], rows["person_id"] = epoch_day(today), run.pk, debtor
        rows["account_id"], rows["organisation_id"] = debt, owner
    decision["decided_at"], listed["owner_id"] = np.datetime64(now.replace(tzinfo=None), "us"), owner
    with scope(owner, None, using="night"):
        touch([debt], using="night")
        copying.write("account_position", position)
        copying.write("decision", decision)
        copying.write("worklist", listed)


def fill_every_table(people: Any) -> None:
    """Write a row into every table about the lender's placed account (made by the agency where it has a maker)."""
    from django.db import transaction

    from arrears.store.tables import account, across, contact, event, feed, person, promise, transcript, work
    from arrears.store.tables.told import Told, ToldRepair

    today, now = shared("TODAY"), shared("NOW")
    owner, agency, debtor, debt = people.lender, people.agency, people.placed_debtor, people.placed
    own = {"organisation_id": owner}
    made = {**own, "by_organisation_id": agency, "person_id": debtor}
    told = {"source_kind": "test", "source_ref": "1"}

    def keep(row: Any) -> Any:
        row.save(using="night", force_insert=True)
        return row

    point = keep(
        person.ContactPoint(
            **own, person_id=debtor, kind="phone", use="mobile", value="+12125550100", normalised="+12125550100",
            country="US", region="US-NY", timezones=["America/New_York"], source="contract", basis="contract",
        )
    )  # fmt: skip
    keep(person.Consent(**made, kind="medium", media=["text"], at=now, **told))
    keep(person.Preference(**made, kind="time", words="not before ten", from_at=now, **told))
    keep(person.SearchGram(**own, gram="deb", person_id=debtor))
    keep(across.AcrossContact(**own, person_key=bytes(32), at=now))
    entry = keep(
        account.Entry(
            **own, account_id=debt, kind=10, value_date=today, book_day=1, amount_minor=120_000,
            principal_minor=120_000, **told,
        )
    )  # fmt: skip
    with transaction.atomic(using="night"):  # leave stands with its attempt, and an attempt with its debts
        permit = keep(
            contact.Permit(
                **made, accounts=[debt], contact_point=point, staff_id=people.bob, role="debtor", channel="call",
                address=point.value, purpose="collect", verdict="allow", reasons=[HEARD],
                pack_version="2026.3+0123456789ab", issued_at=now, expires_at=now + timedelta(minutes=5),
            )
        )  # fmt: skip
        attempt = keep(
            contact.Attempt(
                **made, contact_point=point, staff_id=people.bob, permit=permit, origin="outbound", direction="to_person",
                role="debtor", channel="call", address=point.normalised, purpose="collect", started_at=now, book_day=1,
                outcome="no_answer", outcome_at=now, **told,
            )
        )  # fmt: skip
        keep(contact.AttemptAccount(**own, by_organisation_id=agency, account_id=debt, attempt=attempt))
    permit.state, permit.settled_at = "used", now
    permit.save(using="night")
    keep(contact.Incident(**made, attempt=attempt, kind="unpermitted_contact", opened_at=now))
    keep(
        contact.Verification(
            **made, attempt=attempt, staff_id=people.bob, items=["birth_date", "postcode"], is_passed=True, at=now,
            expires_at=now + timedelta(hours=1),
        )
    )  # fmt: skip
    keep(account.Note(**made, account_id=debt, attempt=attempt, staff_id=people.bob, at=now, words="rings on Friday"))
    keep(
        transcript.Transcript(
            **made, attempt=attempt, staff_id=people.bob, turns=[{"speaker": "ours", "at": 0, "words": "Good morning."}],
            content_hash="h", language="en", rules_version="v", recorded_at=now,
        )
    )  # fmt: skip
    keep(
        promise.Promise(
            **made, account_id=debt, attempt=attempt, taken_by_id=people.bob, taken_at=now, book_day=1,
            amount_minor=10_000, due_on=today, due_hour=15, means="transfer", may_call=True, may_write=False, **told,
        )
    )  # fmt: skip
    fill_plans(keep, made, debt)
    fill_cases(keep, made, debt, people.bob, now)
    fill_notices(keep, made, debt, point, attempt, now)
    fill_received(keep, made, point, attempt, now)
    keep(promise.Hold(**made, kind="dispute", from_at=now - timedelta(days=1), until_at=now, **told))
    letter = keep(
        Told(
            **own, by_organisation_id=agency, account_id=debt, staff_id=people.bob, kind="letter", as_of=today,
            known_on=1, last_entry=entry.pk, amounts={"contractual": 120_000}, terms_mark=b"t", document_hash=b"d", at=now,
        )
    )  # fmt: skip
    keep(
        ToldRepair(**own, account_id=debt, told=letter, staff_id=people.dora, remedy="nothing_due", amounts={}, at=now)
    )
    keep_concessions(keep, {**made, "account_id": debt}, attempt, people.bob, today, now)
    batch = keep(feed.ImportBatch(**own, kind="payments", file_name="a.csv", file_hash=b"1", started_at=now))
    keep(
        feed.PaymentLine(
            **own, batch=batch, line=1, source_ref="1", value_date=today, amount_minor=500, currency="USD",
            state="matched", account_id=debt, entry=entry,
        )
    )  # fmt: skip
    fill_messages(keep, made, debt, point, attempt, people, now)
    fill_takings(people, entry, keep, now)
    fill_statements(people, batch, entry, keep, now)
    fill_books(people, keep, now)
    fill_rules(keep, own, people.dora, today, now)
    fill_nights(keep, own, debt, debtor, now)
    keep(
        work.WorkHold(
            **made, staff_id=people.bob, held_at=now, until_at=now + timedelta(minutes=10),
        )
    )  # fmt: skip
    keep(work.Skip(**made, staff_id=people.bob, on_date=today, reason="busy", at=now, returns_at=now))
    keep(work.Assignment(**made, staff_id=people.bob, from_at=now, made_by_id=people.dora))
    keep(event.Event(**made, account_id=debt, staff_id=people.bob, kind="contact_made", at=now, book_day=1))
    keep(
        event.Seal(
            **own, number=1, sealed_at=now, entries_to=1, events_to=1, attempts_to=1, rows=3, root=b"r", chained=b"c"
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def full_book(shared_book: str) -> Any:
    """The people, and a row in every table; shared by the module's tests, which roll back what they write."""
    people = shared("settle_people")()
    fill_every_table(people)
    return people
