"""A permit that no gate issued: what the database refuses of it by itself, whatever role speaks SQL."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections
from tests.message_desk import UNPAID_SINCE, Desk, open_desk
from tests.raw_contacts import HEARD, about, add, at_the_end, issued, settled, sql, tried

WEB = "default"
REFUSING = {"rule": "core.night", "effect": "bars", "answer": "refuse"}
WARNING = {"rule": "core.care", "effect": "bars", "answer": "ask_human"}
NOTICING = {"rule": "us.regf.1006.6.e", "effect": "bars", "answer": "allow_with_notice"}


@pytest.fixture
def desk(shared_book: str) -> Desk:
    return open_desk()


def refused(desk: Desk, why: str, **columns: Any) -> None:
    """Assert that a permit with these columns is refused, and that it is these for which it is."""
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        assert add(cursor, "permit", issued(desk, loan))
        with pytest.raises(DatabaseError, match=why):
            add(cursor, "permit", issued(desk, loan, **columns))


@pytest.mark.parametrize(
    ("reasons", "verdict", "why"),
    [
        ([HEARD, REFUSING], "allow", "against a rule that refuses"),
        ([HEARD, REFUSING], "ask_human", "against a rule that refuses"),
        ([HEARD, NOTICING], "allow", "say allow_with_notice, not allow"),
        ([HEARD, WARNING, NOTICING], "allow_with_notice", "say ask_human, not allow_with_notice"),
        ([HEARD], "allow_with_notice", "say allow, not allow_with_notice"),
        ({"rule": "core.night", "answer": "allow"}, "allow", "lists the rules that were heard"),
        (["core.night"], "allow", "against a rule that refuses"),
        ([{"answer": "allow"}], "allow", "against a rule that refuses"),
    ],
)
def test_the_answer_of_a_permit_is_that_of_its_reasons(desk: Desk, reasons: Any, verdict: str, why: str) -> None:
    named = {"approved_by_id": desk.book.dora, "approved_because": "she asked for it"}
    refused(desk, why, reasons=json.dumps(reasons), verdict=verdict, **named)


@pytest.mark.parametrize(("who", "is_good"), [("dora", True), ("alice", False), ("bob", False)])
def test_a_warning_is_answered_by_somebody_of_the_house_who_may(desk: Desk, who: str, *, is_good: bool) -> None:
    named = {"approved_by_id": getattr(desk.book, who), "approved_because": "she asked for it"}
    asked = {"reasons": json.dumps([HEARD, WARNING]), "verdict": "ask_human", **named}
    if not is_good:
        refused(desk, "nobody who may answer", **asked)
        return
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        assert add(cursor, "permit", issued(desk, loan, **asked))


@pytest.mark.parametrize("state", ["used", "given_back", "expired"])
def test_a_permit_begins_as_issued(desk: Desk, state: str) -> None:
    refused(desk, "begins as issued", state=state, settled_at=desk.now)


def test_a_permit_lives_five_minutes_and_not_one_second_more(desk: Desk) -> None:
    refused(desk, "lives no longer", expires_at=desk.now + timedelta(minutes=5, seconds=1))


def test_a_permit_names_the_rules_it_was_issued_under(desk: Desk) -> None:
    refused(desk, "names the rules it was issued under", pack_version="the latest")


@pytest.mark.parametrize(("hours", "is_good"), [(0, True), (-1, False)])
def test_no_permit_is_issued_for_a_day_that_is_over(desk: Desk, hours: int, *, is_good: bool) -> None:
    """The open day is Monday the second: it began first where it is fourteen hours later than in Greenwich."""
    first = datetime(2026, 3, 1, 10, tzinfo=UTC)
    at = first + timedelta(hours=hours)
    when = {"issued_at": at, "expires_at": at + timedelta(minutes=5)}
    if not is_good:
        refused(desk, "in the book day that is open", **when)
        return
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        assert add(cursor, "permit", issued(desk, loan, **when))


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("role", "guarantor", "is no guarantor of each of these debts"),
        ("address", "b@debtor.example", "is no way to person"),
        ("channel", "call", "is no way to person .* by call"),
        ("contact_point_id", None, "one of the person's contact points"),
    ],
)
def test_a_permit_is_for_who_owes_it_by_a_way_that_is_theirs(desk: Desk, column: str, value: Any, why: str) -> None:
    refused(desk, why, **{column: value})


def test_a_permit_is_for_no_debt_and_no_address_of_somebody_else(desk: Desk) -> None:
    other = desk.loan()
    refused(desk, "of each of these debts", accounts=[other.account])
    refused(
        desk,
        "is no way to person",
        contact_point_id=desk.points[other.person],
        address=f"p{other.person}@debtor.example",
    )


def test_a_permit_is_for_no_address_that_is_known_to_fail(desk: Desk) -> None:
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        cursor.execute("UPDATE contact_point SET is_valid = false WHERE id = %s", [desk.points[loan.person]])
        with pytest.raises(DatabaseError, match="is no way to person"):
            add(cursor, "permit", issued(desk, loan))


def hold(desk: Desk, cursor: Any, loan: Any, kind: str, **other: Any) -> None:
    """Place a hold by SQL, on the person or with ``account_id`` on one debt alone."""
    own = {"organisation_id": desk.book.lender, "by_organisation_id": desk.book.lender, "source_kind": "test"}
    row = {**own, "person_id": loan.person, "kind": kind, "from_at": desk.now, "source_ref": kind, **other}
    add(cursor, "hold", row)


@pytest.mark.parametrize(
    "kind",
    ["cease", "bankruptcy", "deceased", "identity_theft", "wrong_person", "attorney", "moratorium", "payment_trace"],
)
@pytest.mark.parametrize("on_debt", [True, False])
def test_no_permit_is_issued_while_a_hold_of_the_core_stands(desk: Desk, kind: str, *, on_debt: bool) -> None:
    loan = desk.loan()
    where = {"person_id": None, "account_id": loan.account} if on_debt else {}
    with sql(desk, WEB) as cursor:
        hold(desk, cursor, loan, kind, **where)
        with pytest.raises(DatabaseError, match=f"while this hold stands: {kind}"):
            add(cursor, "permit", issued(desk, loan))


@pytest.mark.parametrize(
    ("kind", "columns", "placed"),
    [
        ("cease", {"purpose": "efforts_ended"}, {}),
        ("cease", {}, {"facts": '{"written": false}'}),
        ("moratorium", {"purpose": "legal_notice"}, {}),
        ("identity_theft", {"purpose": "reply"}, {}),
        ("payment_trace", {"purpose": "validation_notice"}, {}),
        ("attorney", {}, {"facts": '{"excused_from": "2026-03-03T00:00:00+00:00"}'}),
        ("bankruptcy", {}, {"from_at": "2026-03-01T00:00:00Z", "until_at": "2026-03-02T00:00:00Z"}),
        ("dispute", {}, {}),
    ],
)
def test_what_a_rule_of_the_core_lets_through_is_left_to_the_gate(
    desk: Desk, kind: str, columns: dict[str, Any], placed: dict[str, Any]
) -> None:
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        hold(desk, cursor, loan, kind, **placed)
        assert add(cursor, "permit", issued(desk, loan, **columns))


def test_leave_is_not_kept_in_a_drawer(desk: Desk) -> None:
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        with pytest.raises(DatabaseError, match=f"permit {permit} was issued and nothing begun"):
            at_the_end(cursor)


@pytest.mark.parametrize(
    ("outcome", "is_free"), [("busy", True), ("not_in_service", True), ("sent", False), ("started", False)]
)
def test_leave_is_given_back_only_where_nothing_rang(desk: Desk, outcome: str, *, is_free: bool) -> None:
    loan = desk.loan()
    with sql(desk, WEB) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        attempt = add(cursor, "attempt", tried(desk, loan, permit))
        about(desk, cursor, attempt, loan.account)
        ended = None if outcome == "started" else desk.now
        cursor.execute("UPDATE attempt SET outcome = %s, outcome_at = %s WHERE id = %s", [outcome, ended, attempt])
        settled(cursor, desk, permit, "given_back")
        if is_free:
            at_the_end(cursor)
        else:
            with pytest.raises(DatabaseError, match="was spent"):
                at_the_end(cursor)


@pytest.mark.parametrize("using", ["default", "night"])
@pytest.mark.parametrize("direction", ["to_person", "from_person"])
@pytest.mark.parametrize(("seconds", "is_good"), [(-1, True), (0, False), (3600, False)])
def test_nothing_made_since_the_book_began_passes_for_historic(
    desk: Desk, using: str, direction: str, seconds: int, *, is_good: bool
) -> None:
    from arrears.store.bookday import began_at

    loan = desk.loan()
    with sql(desk, using) as cursor:
        began = began_at(desk.book.lender, using=using)
        assert began is not None
        at = began + timedelta(seconds=seconds)
        row = tried(desk, loan, None, origin="historic", direction=direction, started_at=at)
        if is_good:
            assert add(cursor, "attempt", row)
        else:
            with pytest.raises(DatabaseError, match="is not from before this book"):
                add(cursor, "attempt", row)


def test_a_permit_for_several_debts_is_for_one_who_owes_them_all(desk: Desk) -> None:
    loan = desk.loan()
    other = desk.book.loan(unpaid_since=UNPAID_SINCE, owed_by=loan.person)
    with sql(desk, WEB) as cursor:
        assert add(cursor, "permit", issued(desk, loan, accounts=[loan.account, other.account]))


def test_the_holds_that_the_database_keeps_to_are_those_of_the_core() -> None:
    from arrears.store.gate_guards import core_holds

    assert {rule.id for rule in core_holds()} == {
        "core.attorney", "core.bankruptcy", "core.care", "core.cease", "core.deceased", "core.identity_theft",
        "core.money_on_its_way", "core.moratorium",
    }  # fmt: skip


def test_no_rule_that_ships_lifts_a_hold_that_the_database_keeps_to() -> None:
    from arrears.domain.contacts import Act
    from arrears.packs.compliance import shipped
    from arrears.store.gate_guards import core_holds

    kept = {rule.id for rule in core_holds()}
    lifting = [
        rule.id for rule in shipped().rules if kept & {*rule.of} and Act.CONTACT in (rule.reach.acts or {Act.CONTACT})
    ]
    assert lifting == []


def test_these_guards_too_stand_where_a_session_skips_triggers(desk: Desk) -> None:
    with connections["report"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled = 'A' "
            "AND t.tgname IN ('answer', 'theirs', 'unheld', 'taken', 'given_back', 'older') ORDER BY 1, 2"
        )
        assert cursor.fetchall() == [
            ("attempt", "older"), ("permit", "answer"), ("permit", "given_back"), ("permit", "taken"),
            ("permit", "theirs"), ("permit", "unheld"),
        ]  # fmt: skip
