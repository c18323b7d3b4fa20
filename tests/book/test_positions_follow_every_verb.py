"""After every verb the stored positions of all debts it may have touched are what they are when made anew.

One small book: somebody with two debts, a co-debtor of one of them, somebody with a placed debt. The verbs follow each
other in it, so that each meets what the ones before have left.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.message_desk import Recorded
from tests.working_book import Loan, WorkingBook, at, hire, settle

from arrears.kernel.problems import Problem

TUESDAY = date(2026, 3, 3)
EVIDENCE = {"how": "on the telephone"}


@dataclass
class Street:
    """The book and what the verbs have made in it so far, by name; the clock goes on a minute a verb."""

    book: WorkingBook
    officer: int
    first: Loan
    second: Loan
    other: Loan
    co_debtor: int
    mail: int
    now: datetime
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def accounts(self) -> tuple[int, ...]:
        return self.first.account, self.second.account, self.other.account


def _street() -> Street:
    from arrears.actions import positions
    from arrears.store.tables.account import AccountParty
    from arrears.store.tables.person import ContactPoint

    book = settle()
    first, other = book.loan(unpaid_since=date(2026, 2, 2)), book.loan(unpaid_since=date(2026, 2, 2))
    second = book.loan(unpaid_since=date(2026, 2, 2), owed_by=first.person)
    AccountParty(
        organisation_id=book.lender, account_id=other.account, person_id=first.person, role="co_obligor",
        disclosure_basis="liable", from_on=date(2026, 1, 1),
    ).save(using="night")  # fmt: skip
    mail = ContactPoint(
        organisation_id=book.lender, person_id=first.person, kind="email", use="home", value="a@debtor.example",
        normalised="a@debtor.example", country="US", region="US-NY", timezones=["America/New_York"], source="contract",
        basis="contract",
    )  # fmt: skip
    mail.save(using="night")
    with book.nobody():
        positions.refresh([first.account, second.account, other.account], now=at(TUESDAY), using="night")
    officer = hire(book.lender, ["compliance", "legal", "supervisor", "collector"])
    return Street(book, officer, first, second, other, first.person, int(mail.pk), at(TUESDAY))


def called(street: Street) -> Any:
    from arrears.actions import contacts

    taken = contacts.take_permit(
        contacts.Approach(
            person=street.first.person, contact_point=street.first.phone, accounts=(street.first.account,)
        ),
        now=street.now,
    )
    assert isinstance(taken, contacts.Taken), taken
    street.made["attempt"] = taken.attempt
    return taken


def proven(street: Street) -> Any:
    from arrears.actions import verification

    return verification.record(street.made["attempt"], ["birth_date", "postcode"], is_passed=True, now=street.now)


def rung_up(street: Street) -> Any:
    from arrears.actions import contacts

    street.made["attempt"] = contacts.call_received(
        street.first.person, (street.second.account,), contact_point=street.first.phone, owner=street.book.lender,
        now=street.now, using="default",
    )  # fmt: skip
    return street.made["attempt"]


def let_go_of_all(street: Street) -> Any:
    """Release whatever stands on the person."""
    from arrears.actions import holds
    from arrears.store.doors import holds as rows

    standing = rows.standing(street.first.person, list(street.accounts), street.now)
    done = [holds.release(one.id, "so decided", now=street.now) for one in standing]
    assert done
    assert set(done) == {None}


def ended(code: str, **said: Any) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import contacts

        made = {name: value(street) if callable(value) else value for name, value in said.items()}
        return contacts.record_outcome(street.made["attempt"], code, now=street.now, **made)

    return verb


def told(**said: Any) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import elsewhere
        from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
        from arrears.store.doors.attempts import Told

        given = {"direction": Direction.FROM_PERSON, "origin": Origin.INBOUND, "outcome": Outcome.CONVERSATION, **said}
        return elsewhere.record_elsewhere(
            Told(
                owner=street.book.lender, person=street.first.person, accounts=(street.second.account,), channel=Channel.CALL,
                contact_point=street.first.phone, role=Role.DEBTOR, at=street.now - timedelta(seconds=30),
                source_kind="test", source_ref=str(street.now), **given,
            ),
            now=street.now,
        )  # fmt: skip

    return verb


def placed(kind: str, person: str = "", account: str = "", **more: Any) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import holds

        hold = holds.place(
            kind,
            person=getattr(street, person).person if person else None,
            account=getattr(street, account).account if account else None,
            now=street.now,
            **more,
        )
        street.made["hold"] = hold
        return hold

    return verb


def released(street: Street) -> Any:
    from arrears.actions import holds

    return holds.release(street.made["hold"], "so decided", now=street.now)


def changed(street: Street) -> Any:
    from arrears.actions import holds

    return holds.say(street.made["hold"], {"seen": True}, now=street.now, until=street.now + timedelta(days=3))


def opened(kind: str, *accounts: str, **facts: Any) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import cases

        about = tuple(getattr(street, one).account for one in accounts)
        case = cases.open_case(
            kind, person=street.first.person, accounts=about, received_at=street.now, now=street.now, facts=facts
        )
        street.made["case"] = case
        return case

    return verb


def on_case(name: str, *given: Any, **said: Any) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import cases

        return getattr(cases, name)(street.made["case"], *given, now=street.now, **said)

    return verb


def needing(*needs: tuple[str, str]) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions.cases import care
        from arrears.domain.care import Need, NeedKind

        need = care.note_need(
            street.first.person,
            [Need(NeedKind(kind), value) for kind, value in needs],
            now=street.now,
            consent=EVIDENCE,
        )
        street.made["need"] = need
        return need

    return verb


def withdrawn(street: Street) -> Any:
    from arrears.actions.cases import care

    return care.withdraw(street.made["need"], now=street.now)


def received(words: str, *, of: str = "a@debtor.example") -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import received as texts

        kept = texts.receive(
            texts.Inbound(
                channel="email", words=words, at=street.now, source=("test", str(street.now)),
                address=of,
            ),
            now=street.now,
        )  # fmt: skip
        assert not isinstance(kept, Problem), kept
        street.made["text"] = kept.id
        return kept

    return verb


def decided(category: str, *, is_right: bool) -> Callable[[Street], Any]:
    def verb(street: Street) -> Any:
        from arrears.actions import received as texts

        return texts.decide(street.made["text"], category, is_right=is_right, because="so", now=street.now)

    return verb


def named(street: Street) -> Any:
    from arrears.actions import received as texts

    return texts.name_person(street.made["text"], street.first.person, now=street.now)


def promised(street: Street) -> Any:
    from arrears.actions import promises

    found = promises.take(
        street.first.account, amount_minor=5_000, due_on=TUESDAY + timedelta(days=3), due_hour=12, means="transfer",
        may_call=True, may_write=True, now=street.now,
    )  # fmt: skip
    assert not isinstance(found, list), found
    street.made["promise"] = found.id
    return found


def promise_withdrawn(street: Street) -> Any:
    from arrears.actions import promises

    return promises.withdraw(street.made["promise"], "changed their mind", now=street.now)


def consented(street: Street) -> Any:
    from arrears.actions import agreements
    from arrears.domain.holds import ConsentKind

    return agreements.take_consent(street.first.person, ConsentKind.AUTOMATED, evidence=EVIDENCE, now=street.now)


def mailed(street: Street) -> Any:
    from arrears.actions.messages.queueing import queue_one
    from arrears.domain.contacts import Channel

    street.made["message"] = queue_one(
        street.first.person, "arrears_reminder", channel=Channel.EMAIL, now=street.now, contact_point=street.mail
    )
    return street.made["message"]


def sent(street: Street) -> Any:
    """Let the message go, as a job does: in scopes of its own."""
    from arrears.actions.messages.sending import send_next
    from arrears.domain.contacts import Channel

    carrier = Recorded()
    turn = send_next(
        street.book.lender, {Channel.EMAIL: carrier}, clock=lambda: street.now, only=street.made["message"]
    )
    assert turn is not None
    assert str(turn.state) == "sent", turn
    street.made["reference"] = carrier.sent[-1].reference
    return turn


def came_back(street: Street) -> Any:
    from arrears.actions.messages.coming_back import heed
    from arrears.domain.delivery_reports import Report, ReportKind

    return heed(
        Report(kind=ReportKind.FAILED, references=(street.made["reference"],), at=street.now, ref="r", status="5.1.1"),
        now=street.now,
    )


def gone_round(street: Street) -> Any:
    from arrears.actions import cases

    return cases.go_round(street.book.lender, now=street.now)


OF_JOBS = (sent, gone_round)
VERBS: tuple[tuple[str, Callable[[Street], Any]], ...] = (
    ("a message is queued", mailed),
    ("it goes", sent),
    ("a call is begun", called),
    ("they prove who they are", proven),
    (
        "a call-back is agreed on",
        ended("call_back_agreed", callback_at=lambda street: street.now + timedelta(minutes=45)),
    ),
    ("another call is begun", called),
    ("they call us about another debt", told()),
    ("its number is wrong", ended("wrong_number")),
    ("they ring us up", rung_up),
    ("they prove who they are again", proven),
    ("they ask us to stop", ended("asked_to_stop")),
    ("what stands is let go", let_go_of_all),
    ("the message came back", came_back),
    ("a promise is taken", promised),
    ("the promise is withdrawn", promise_withdrawn),
    ("consent is given", consented),
    ("a person is held", placed("cease", person="first")),
    ("what is known of the hold changes", changed),
    ("the person is let go", released),
    ("a debt is held", placed("dispute", account="second")),
    ("the debt is let go", released),
    ("a debt is held for one of two who owe it", placed("attorney", person="first", account="other")),
    ("that is released", released),
    ("a hold with an end is placed", placed("money_in_flight", account="first", until=at(TUESDAY + timedelta(days=2)))),
    ("a dispute of a debt is opened", opened("dispute", "first", written=True)),
    ("it is closed as mistaken", on_case("close", "mistaken", "not theirs")),
    ("it is opened again", on_case("reopen", "theirs after all")),
    ("and withdrawn", on_case("close", "withdrawn", "by telephone")),
    ("a dispute of all debts is opened", opened("dispute", written=True)),
    ("that is withdrawn too", on_case("close", "withdrawn", "by telephone")),
    ("a death is told of one debt", opened("deceased", "first")),
    ("which was a mistake", on_case("close", "mistaken", "another person")),
    ("a breathing space begins", opened("breathing_space", "first", "second", registered_on="2026-03-02")),
    ("it ends", on_case("close", "mistaken", "not in the register")),
    ("a crisis moratorium begins", opened("crisis_moratorium", "second", registered_on="2026-03-01")),
    ("treatment ends", on_case("end_treatment", TUESDAY)),
    ("an adviser asks for time", opened("adviser", wrote_on="2026-03-02")),
    ("an attorney writes", opened("attorney", "second", identified=True, name="A. Law")),
    ("the attorney agrees to direct contact", on_case("excuse_attorney", "agreed", has_agreed=True)),
    ("somebody needs a pause", needing(("more_time", "14"), ("pause", ""), ("not_before", "12:00"))),
    ("and takes that back", withdrawn),
    ("a text disputes", received("I dispute this debt. It is not mine.")),
    ("the dispute is confirmed", decided("dispute", is_right=True)),
    ("a text asks that all contact cease", received("Cease all contact with me at once.")),
    ("which was misread", decided("cease", is_right=False)),
    ("a text of nobody known", received("I filed for bankruptcy, chapter 7.", of="nobody@else.example")),
    ("whose it is", named),
    ("the clocks go round", gone_round),
)


@pytest.fixture(scope="module")
def street(shared_book: str) -> Street:
    return _street()


def test_every_verb_leaves_positions_as_they_are_when_made_anew(street: Street) -> None:
    """One test, since each verb builds on those before it; every verb that failed or left something is named."""
    refused: list[Any] = []
    stale: list[Any] = []
    for name, verb in VERBS:
        street.now += timedelta(minutes=1)
        if verb in OF_JOBS:
            done = verb(street)
        else:
            with street.book.hands_of(street.officer, street.now.date()):
                done = verb(street)
        refused += [(name, done)] if isinstance(done, Problem | list) else []
        differing = street.book.differing(*street.accounts, now=street.now)
        stale += [(name, differing)] if differing else []
    assert refused == []
    assert stale == []
