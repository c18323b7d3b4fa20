"""No way round the gate: neither by the code's own hands nor by SQL of any role can a contact be without its permit."""

import ast
import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections
from tests.message_desk import UNPAID_SINCE, Desk, Recorded, open_desk
from tests.raw_contacts import about, add, at_the_end, issued, settled, sql, tried

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "arrears"
ROLES = ("default", "night")
OUTBOUND = ("call", "text", "email", "letter", "visit", "fax", "ai_voice")


@pytest.fixture
def desk(shared_book: str) -> Desk:
    return open_desk()


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize("channel", OUTBOUND)
def test_no_role_writes_an_outbound_contact_without_a_permit(desk: Desk, using: str, channel: str) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor, pytest.raises(DatabaseError, match="attempt_outbound_has_permit"):
        add(cursor, "attempt", tried(desk, loan, None, channel=channel))


@pytest.mark.parametrize("using", ROLES)
def test_an_attempt_that_is_what_its_permit_is_for_is_taken(desk: Desk, using: str) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        assert add(cursor, "attempt", tried(desk, loan, add(cursor, "permit", issued(desk, loan))))


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("channel", "text"),
        ("address", "b@debtor.example"),
        ("from_number", "+12125550100"),
        ("template", "arrears_text"),
        ("words_digest", "e"),
        ("purpose", "reply"),
        ("role", "guarantor"),
        ("contact_point_id", None),
    ],
)
def test_a_permit_serves_nothing_else(desk: Desk, using: str, column: str, value: Any) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        with pytest.raises(DatabaseError, match="issued for something else"):
            add(cursor, "attempt", tried(desk, loan, permit, **{column: value}))


@pytest.mark.parametrize("using", ROLES)
def test_a_permit_serves_nobody_else(desk: Desk, using: str) -> None:
    loan, other = desk.loan(), desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        with pytest.raises(DatabaseError, match="issued for something else"):
            add(cursor, "attempt", tried(desk, loan, permit, person_id=other.person))


def test_a_permit_of_one_organisation_serves_no_other(desk: Desk) -> None:
    loan = desk.loan()
    with sql(desk, "night") as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        with pytest.raises(DatabaseError, match="issued for something else"):
            add(cursor, "attempt", tried(desk, loan, permit, by_organisation_id=desk.book.agency))


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize(("seconds", "is_good"), [(-1, False), (0, True), (299, True), (300, False)])
def test_a_permit_serves_from_its_issue_until_it_expires(
    desk: Desk, using: str, seconds: int, *, is_good: bool
) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        row = tried(desk, loan, permit, started_at=desk.now + timedelta(seconds=seconds))
        if is_good:
            assert add(cursor, "attempt", row)
        else:
            with pytest.raises(DatabaseError, match="is not good at"):
                add(cursor, "attempt", row)


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize("state", ["used", "given_back", "expired"])
def test_a_permit_that_is_settled_serves_no_more(desk: Desk, using: str, state: str) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        settled(cursor, desk, permit, state)
        with pytest.raises(DatabaseError, match="is not there to be used"):
            add(cursor, "attempt", tried(desk, loan, permit))


@pytest.mark.parametrize("using", ROLES)
def test_a_permit_serves_once(desk: Desk, using: str) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        add(cursor, "attempt", tried(desk, loan, permit))
        with pytest.raises(DatabaseError, match="attempt_uses_permit_once"):
            add(cursor, "attempt", tried(desk, loan, permit, source_ref="2"))


@pytest.mark.parametrize("using", ROLES)
def test_an_attempt_is_about_no_debt_that_its_permit_does_not_name(desk: Desk, using: str) -> None:
    loan, other = desk.loan(), desk.loan()
    with sql(desk, using) as cursor:
        attempt = add(cursor, "attempt", tried(desk, loan, add(cursor, "permit", issued(desk, loan))))
        with pytest.raises(DatabaseError, match="issued for other debts"):
            cursor.execute(
                "INSERT INTO attempt_account (organisation_id, by_organisation_id, account_id, attempt_id) "
                "VALUES (%s, %s, %s, %s)",
                [desk.book.lender, desk.book.lender, other.account, attempt],
            )


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize("named", [0, 1, 2])
def test_an_attempt_counts_for_every_debt_of_its_permit(desk: Desk, using: str, named: int) -> None:
    loan = desk.loan()
    other = desk.book.loan(unpaid_since=UNPAID_SINCE, owed_by=loan.person)
    debts = [loan.account, other.account]
    with sql(desk, using) as cursor:
        attempt = add(cursor, "attempt", tried(desk, loan, add(cursor, "permit", issued(desk, loan, accounts=debts))))
        for account in debts[:named]:
            about(desk, cursor, attempt, account)
        if named == len(debts):
            at_the_end(cursor)
        else:
            with pytest.raises(DatabaseError, match="not about all debts"):
                at_the_end(cursor)


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize(("origin", "direction"), [("outbound", "from_person"), ("inbound", "to_person")])
def test_a_contact_made_here_does_not_pass_for_one_received(
    desk: Desk, using: str, origin: str, direction: str
) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan)) if origin == "outbound" else None
        with pytest.raises(DatabaseError, match=f"a contact {origin} is not one {direction}"):
            add(cursor, "attempt", tried(desk, loan, permit, origin=origin, direction=direction))


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize("has_incident", [True, False])
def test_a_contact_that_others_made_stands_with_its_incident(desk: Desk, using: str, *, has_incident: bool) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        attempt = add(cursor, "attempt", tried(desk, loan, None, origin="agency_reported"))
        if has_incident:
            own = {name: issued(desk, loan)[name] for name in ("organisation_id", "by_organisation_id", "person_id")}
            incident = {**own, "attempt_id": attempt, "kind": "unpermitted_contact", "facts": "{}"}
            add(cursor, "incident", {**incident, "opened_at": desk.now})
            at_the_end(cursor)
        else:
            with pytest.raises(DatabaseError, match="opened no incident"):
                at_the_end(cursor)


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        *[("permit", column, value) for column, value in [
            ("person_id", 1), ("accounts", [1]), ("contact_point_id", None), ("staff_id", 1), ("role", "guarantor"),
            ("channel", "text"), ("address", "b"), ("from_number", "b"), ("template", "b"), ("words_digest", "b"),
            ("purpose", "reply"), ("verdict", "ask_human"), ("issued_at", "2027-01-01T00:00:00Z"),
            ("expires_at", "2027-01-01T00:00:00Z"), ("by_organisation_id", 1),
        ]],
        *[("attempt", column, value) for column, value in [
            ("origin", "historic"), ("direction", "from_person"), ("person_id", 1), ("permit_id", None),
            ("channel", "text"), ("address", "b"), ("words_digest", "b"), ("started_at", "2027-01-01T00:00:00Z"),
        ]],
    ],
)  # fmt: skip
def test_no_role_alters_what_leave_was_for_or_what_was_done(
    desk: Desk, using: str, table: str, column: str, value: Any
) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        row = {"permit": permit, "attempt": add(cursor, "attempt", tried(desk, loan, permit))}[table]
        with pytest.raises(DatabaseError, match=r"permission denied|stands as it was written"):
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row])


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize(("first", "then"), [("sent", "not_in_service"), ("no_answer", "busy"), ("unknown", "started")])
def test_what_came_of_a_contact_is_noted_once(desk: Desk, using: str, first: str, then: str) -> None:
    loan = desk.loan()
    ending = (
        "UPDATE attempt SET outcome = %s, outcome_at = CASE WHEN %s = 'started' THEN NULL ELSE %s END WHERE id = %s"
    )
    with sql(desk, using) as cursor:
        attempt = add(cursor, "attempt", tried(desk, loan, add(cursor, "permit", issued(desk, loan))))
        cursor.execute(ending, [first, first, desk.now, attempt])
        with pytest.raises(DatabaseError, match="what came of it stands"):
            cursor.execute(ending, [then, then, desk.now, attempt])


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize(
    ("first", "then"), [("used", "given_back"), ("used", "issued"), ("given_back", "issued"), ("expired", "issued")]
)
def test_a_settled_permit_is_not_opened_again(desk: Desk, using: str, first: str, then: str) -> None:
    loan = desk.loan()
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        settled(cursor, desk, permit, first)
        with pytest.raises(DatabaseError, match="what came of it stands"):
            cursor.execute(
                "UPDATE permit SET state = %s, settled_at = CASE WHEN %s = 'issued' THEN NULL ELSE settled_at END "
                "WHERE id = %s",
                [then, then, permit],
            )


def with_state(cursor: Any, message: int, state: str, **columns: Any) -> None:
    said = {"state": state, **columns}
    cursor.execute(
        f"UPDATE message SET {', '.join(f'{name} = %s' for name in said)} WHERE id = %s", [*said.values(), message]
    )


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize("state", ["sending", "sent", "failed", "unknown"])
def test_no_role_lets_a_message_go_without_a_permit(desk: Desk, using: str, state: str) -> None:
    message = desk.queue(desk.loan())
    with sql(desk, using) as cursor, pytest.raises(DatabaseError):
        with_state(cursor, message, state, sent_at=desk.now)


@pytest.mark.parametrize("using", ROLES)
def test_a_message_goes_only_under_a_permit_for_its_own_words(desk: Desk, using: str) -> None:
    loan = desk.loan()
    message = desk.queue(loan)
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan))
        attempt = add(cursor, "attempt", tried(desk, loan, permit))
        with pytest.raises(DatabaseError, match="no permit for what it is"):
            with_state(cursor, message, "sending", permit_id=permit, attempt_id=attempt)


@pytest.mark.parametrize("using", ROLES)
def test_a_message_carries_the_words_of_its_digest(desk: Desk, using: str) -> None:
    loan = desk.loan()
    message = desk.queue(loan)
    digest = desk.message(message).words_digest
    with sql(desk, using) as cursor:
        permit = add(cursor, "permit", issued(desk, loan, words_digest=digest))
        attempt = add(cursor, "attempt", tried(desk, loan, permit, words_digest=digest))
        with pytest.raises(DatabaseError, match="words of its digest"):
            with_state(cursor, message, "sending", permit_id=permit, attempt_id=attempt, words="Pay or else")


@pytest.mark.parametrize("using", ROLES)
@pytest.mark.parametrize("column", ["words", "subject", "state", "permit_id", "said", "figures"])
def test_what_was_sent_stands_for_good(desk: Desk, using: str, column: str) -> None:
    message = desk.queue(desk.loan())
    desk.send(Recorded())
    value = {"permit_id": None, "figures": "[]", "state": "queued"}.get(column, "other")
    with sql(desk, using) as cursor, pytest.raises(DatabaseError, match="is over"):
        cursor.execute(f"UPDATE message SET {column} = %s WHERE id = %s", [value, message])


@pytest.mark.parametrize("table", ["attempt", "message", "message_page", "permit", "attempt_account", "incident"])
@pytest.mark.parametrize("verb", ["DELETE FROM", "TRUNCATE"])
@pytest.mark.parametrize("using", ROLES)
def test_no_role_takes_a_contact_away(desk: Desk, using: str, verb: str, table: str) -> None:
    desk.queue(desk.loan(), channel="letter")
    desk.send(Recorded(), "letter")
    with sql(desk, using) as cursor, pytest.raises(DatabaseError, match=r"permission denied|is history"):
        cursor.execute(f"{verb} {table}")


def test_reports_write_nothing(desk: Desk) -> None:
    loan = desk.loan()
    for table, row in (("permit", issued(desk, loan)), ("attempt", tried(desk, loan, 1))):
        with connections["report"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
            add(cursor, table, row)


def test_the_guards_stand_where_a_session_skips_triggers(desk: Desk) -> None:
    """A session may say it only repeats what was checked elsewhere; these triggers are fired all the same."""
    with connections["report"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgenabled = 'A' AND t.tgname IN ('bound', 'life', 'begun', 'whole', 'ended') ORDER BY 1, 2"
        )
        assert cursor.fetchall() == [
            ("attempt", "begun"), ("attempt", "bound"), ("attempt", "ended"), ("attempt", "whole"),
            ("attempt_account", "bound"), ("message", "life"), ("permit", "ended"),
        ]  # fmt: skip
    assert psycopg.errors.RestrictViolation.sqlstate == "23001"


# --- The code ---


def calls(name: str) -> dict[str, set[str]]:
    """By file: the functions in which something called ``name`` is called."""
    found: dict[str, set[str]] = {}
    for path, function, called in _all_calls():
        if called == name:
            found.setdefault(path, set()).add(function)
    return found


@cache
def _all_calls() -> list[tuple[str, str, str]]:
    """Every call in the package: the file, the function around it, and what it calls; read once."""
    return [
        (path.relative_to(PACKAGE).as_posix(), function.name, _called(node))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    ]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def writing(table: str, model: str) -> set[str]:
    """The files that make a row of a table: by its model, by SQL, or by COPY."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        said = path.read_text()
        name = path.relative_to(PACKAGE).as_posix()
        if "migrations" in path.parts or name.startswith(("store/tables/", "domain/")):
            continue
        ways = (f"INSERT INTO {table} ", f'add("{table}"', f'write("{table}"', f'merge("{table}"', f'add_new("{table}"')
        made = any(f"{model}{way}" in said for way in ("(", ".objects.using(using).create("))
        if made and f"import {model}" not in said and f" {model}," not in said and f", {model}" not in said:
            made = False
        made = made or re.search(rf"\badd(ed)?\(\s*{model}\b", said) is not None
        if made or any(way in said for way in ways):
            found.add(name)
    return found


def test_attempts_and_permits_are_written_in_one_door_and_by_imports_of_what_others_did() -> None:
    assert writing("permit", "Permit") == {"store/doors/attempts.py"}
    assert writing("attempt", "Attempt") == {"actions/imports/contacts.py", "store/doors/attempts.py"}
    assert writing("message", "Message") == {"store/doors/messages.py"}


def test_only_asking_the_gate_makes_a_permit_or_an_outbound_attempt() -> None:
    assert calls("add_permit") == {"actions/contacts.py": {"_take"}}
    assert calls("add_attempt") == {"actions/contacts.py": {"_take"}}
    assert calls("_take")["actions/contacts.py"] == {"take_permit"}
    said = (PACKAGE / "actions" / "imports" / "contacts.py").read_text()
    assert "OUTBOUND" not in said
    assert "outbound" not in said


def test_only_the_sender_hands_anything_to_a_channel() -> None:
    handing = {
        name: where for name, where in calls("send").items() if not name.startswith(("channels/", "jobs/reference"))
    }
    assert handing == {"actions/messages/sending.py": {"_hand_over"}}
    assert calls("_hand_over")["actions/messages/sending.py"] == {"send_next"}
    assert set(calls("Outgoing")) == {"actions/messages/sending.py"}


def test_nothing_else_speaks_to_the_world_of_mail_and_texts() -> None:
    speaking = {
        path.relative_to(PACKAGE).parts[:2]
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if name in {"smtplib", "http.client", "urllib.request", "requests", "httpx", "twilio", "django.core.mail"}
    }
    assert speaking == {("channels", "mail"), ("channels", "texts"), ("channels", "payments")}


def test_every_carrier_is_found_behind_the_same_door() -> None:
    import importlib
    import pkgutil

    import arrears.channels

    folders = [module.name for module in pkgutil.iter_modules(arrears.channels.__path__) if module.ispkg]
    found = {name: importlib.import_module(f"arrears.channels.{name}") for name in folders}
    carrying = {name for name, folder in found.items() if hasattr(folder, "CHANNEL")}
    assert carrying == {"mail", "post", "texts"}
