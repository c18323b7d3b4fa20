"""Messages through the whole road: queued, asked about as they go, handed to a channel, kept with their permit."""

from datetime import timedelta
from typing import Any

import pytest
from tests.message_desk import TUESDAY, UNPAID_SINCE, Desk, Recorded, open_desk

from arrears.kernel.problems import Problem


@pytest.fixture
def desk(shared_book: str) -> Desk:
    return open_desk()


def test_a_message_goes_under_a_permit_bound_to_its_address_and_words(desk: Desk) -> None:
    loan = desk.loan()
    message = desk.queue(loan)
    carrier = Recorded()
    turn = desk.send(carrier)
    assert (turn.message, turn.state) == (message, "sent")
    kept = desk.message(message)
    (attempt,) = desk.attempts(loan.person)
    permit = desk.permit(kept.permit)
    assert kept.attempt == attempt.pk
    assert (attempt.permit_id, attempt.channel, attempt.outcome) == (permit.pk, "email", "sent")
    assert (permit.contact_point_id, permit.template, permit.words_digest) == (
        desk.points[loan.person], "arrears_reminder", kept.words_digest,
    )  # fmt: skip
    assert attempt.words_digest == kept.words_digest
    assert attempt.is_automated
    assert permit.state == "used"
    assert (carrier.sent[0].address, carrier.sent[0].words) == (f"p{loan.person}@debtor.example", kept.words)


def test_words_name_the_ledgers_figures_of_the_day_and_are_kept_with_them(desk: Desk) -> None:
    loan = desk.loan()
    message = desk.queue(loan)
    desk.book.pay(loan, TUESDAY, 4_000)
    desk.send(Recorded())
    kept = desk.message(message)
    figures = {one["name"]: (one["minor"], one["currency"], one["as_of"], one["source"]) for one in kept.figures}
    assert figures["arrears"][0] == 16_000
    assert figures["arrears"][1:] == ("USD", "2026-03-03", "ledger:arrears")
    assert "$160.00" in kept.words
    assert "{" not in kept.words


def test_words_are_in_the_persons_language(desk: Desk) -> None:
    from arrears.store.tables.person import Person

    loan = desk.loan()
    Person.objects.using("night").filter(pk=loan.person).update(language="es")
    message = desk.queue(loan)
    desk.send(Recorded())
    assert desk.message(message).language == "es"
    assert desk.message(message).words.startswith("Estimado/a")


def test_a_refused_message_keeps_the_rules_and_comes_back_at_the_permitted_instant(desk: Desk) -> None:
    from arrears.actions import holds

    loan = desk.loan()
    message = desk.queue(loan)
    ends = desk.now + timedelta(days=1, hours=1)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        holds.place("moratorium", person=loan.person, account=None, until=ends, now=desk.now)
    carrier = Recorded()
    assert desk.send(carrier).state == "refused"
    kept = desk.message(message)
    assert (kept.next_permitted, kept.due_at) == (ends, ends)
    assert kept.refusing[0]["rule"]
    assert set(kept.refusing[0]["reason"]) == {"en", "es", "zh"}
    assert (kept.permit, desk.attempts(loan.person)) == (None, [])
    desk.later(days=1)
    assert desk.send(carrier) is None
    desk.later(hours=1)
    assert desk.send(carrier).state == "sent"
    assert len(carrier.sent) == 1


def test_a_message_is_given_up_where_it_may_go_only_after_its_last_day(desk: Desk) -> None:
    from arrears.actions import holds

    loan = desk.loan()
    message = desk.queue(loan)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        holds.place("moratorium", person=loan.person, account=None, until=desk.now + timedelta(days=8), now=desk.now)
    assert desk.send(Recorded()).state == "given_up"
    assert desk.message(message).refusing
    assert desk.send(Recorded()) is None


def test_a_bar_without_end_is_asked_about_daily_for_a_week_and_then_no_more(desk: Desk) -> None:
    from arrears.actions import holds

    loan = desk.loan()
    desk.queue(loan)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        holds.place("cease", person=loan.person, account=None, now=desk.now, facts={"written": True})
    carrier, states = Recorded(), []
    while (turn := desk.send(carrier)) is not None:
        states.append(turn.state.value)
        desk.later(days=1)
    assert states == ["refused"] * 6 + ["given_up"]
    assert carrier.sent == []


class CrashError(BaseException):
    """The process dies."""


def test_a_crash_after_the_permit_leaves_a_message_that_counts_and_never_goes_again(desk: Desk) -> None:
    from arrears.actions.messages.sending import settle_lost

    loan = desk.loan()
    message = desk.queue(loan)

    def die(_: Any) -> None:
        raise CrashError

    with pytest.raises(CrashError):
        desk.send(Recorded(on_send=die))
    assert desk.message(message).state == "sending"
    assert [one.outcome for one in desk.attempts(loan.person)] == ["started"]
    carrier = Recorded()
    assert desk.send(carrier) is None
    assert settle_lost(desk.book.lender, now=desk.now) == 0
    desk.later(minutes=16)
    assert settle_lost(desk.book.lender, now=desk.now) == 1
    kept = desk.message(message)
    (attempt,) = desk.attempts(loan.person)
    assert (kept.state, attempt.outcome, desk.permit(kept.permit).state) == ("unknown", "unknown", "used")
    desk.later(days=30)
    assert desk.send(carrier) is None
    assert carrier.sent == []


@pytest.mark.parametrize("answer", ["unknown", "failed", "bounced"])
def test_what_a_channel_took_or_may_have_taken_is_never_sent_again(desk: Desk, answer: str) -> None:
    loan = desk.loan()
    message = desk.queue(loan)
    carrier = Recorded(answer=answer)
    desk.send(carrier)
    desk.later(days=2)
    assert desk.send(carrier) is None
    assert len(carrier.sent) == 1
    kept = desk.message(message)
    assert kept.state == ("unknown" if answer == "unknown" else "failed")
    assert desk.permit(kept.permit).state == "used"


def test_an_address_that_bounced_is_not_used_again(desk: Desk) -> None:
    loan = desk.loan()
    desk.queue(loan)
    desk.send(Recorded(answer="bounced"))
    desk.later(hours=1)
    assert desk.queue(loan).code == "no_address"


def test_what_no_channel_took_gives_its_permit_back_and_goes_later_under_another(desk: Desk) -> None:
    loan = desk.loan()
    message = desk.queue(loan)
    assert desk.send(Recorded(answer="not_taken")).state == "queued"
    (first,) = desk.attempts(loan.person)
    assert (first.outcome, desk.permit(first.permit_id).state) == ("not_in_service", "given_back")
    assert desk.send(Recorded()) is None
    desk.later(minutes=5)
    assert desk.send(Recorded()).state == "sent"
    kept = desk.message(message)
    assert kept.permit != first.permit_id
    assert [one.outcome for one in desk.attempts(loan.person)] == ["not_in_service", "sent"]


def test_a_channel_that_breaks_keeps_nobody_else_from_going(desk: Desk) -> None:
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel

    loans = [desk.loan() for _ in range(3)]
    for loan in loans:
        desk.queue(loan)

    def break_once(message: Any) -> None:
        if str(loans[0].person) in message.address:
            raise RuntimeError("broken")

    done = send_due(desk.book.lender, {Channel.EMAIL: Recorded(on_send=break_once)}, clock=desk.clock)
    assert {state.value: count for state, count in done.items()} == {"unknown": 1, "sent": 2}


def test_own_words_whose_ledger_figure_is_overtaken_are_given_up(desk: Desk) -> None:
    from arrears.domain.contacts import Purpose
    from arrears.domain.messages import Figure, Wording

    loan = desk.loan()
    figure = Figure(
        name="arrears", minor=20_000, currency="USD", as_of=TUESDAY, source="ledger:arrears", account=loan.account
    )
    words = Wording(template="own", language="en", subject="Your account", words="$200.00", figures=(figure,))
    message = desk.queue(loan, "own", wording=words, purpose=Purpose.COLLECT)
    desk.book.pay(loan, TUESDAY, 4_000)
    assert desk.send(Recorded()).state == "given_up"
    assert desk.message(message).refusing[0]["rule"] == "figures_changed"


def test_a_message_whose_source_queued_it_is_queued_once(desk: Desk) -> None:
    loan = desk.loan()
    assert isinstance(desk.queue(loan, source=("notice", "7")), int)
    assert desk.queue(loan, source=("notice", "7")).code == "queued_before"


def test_words_with_a_place_that_nobody_can_fill_are_not_queued(desk: Desk) -> None:
    assert desk.queue(desk.loan(), "promise_reminder").code == "place_empty"
    assert desk.queue(desk.loan(), "no_such").code == "template_unknown"
    assert desk.queue(desk.loan(), "arrears_text").code == "template_of_other_channel"


def test_a_letter_goes_as_a_page_that_the_book_keeps(desk: Desk) -> None:
    from arrears.store.doors import messages

    loan = desk.loan()
    message = desk.queue(loan, channel="letter")
    carrier = Recorded()
    assert desk.send(carrier, "letter").state == "sent"
    with desk.book.nobody():
        page = messages.page_of(message, using="night")
    assert page is not None
    assert page.startswith(b"%PDF")
    assert carrier.sent[0].page == page


def test_the_log_of_contacts_finds_the_words_as_they_went(desk: Desk) -> None:
    from arrears.domain.messages import digest_of
    from arrears.store.doors import messages

    message = desk.queue(desk.loan(), channel="letter")
    assert desk.send(Recorded(), "letter").state == "sent"
    with desk.book.nobody():
        row = messages.message(message, using="night")
        assert row is not None
        assert row.attempt is not None
        sent = messages.sent_with(row.attempt, using="night")
        nothing = messages.sent_with(row.attempt + 1, using="night")
    assert sent is not None
    assert (sent.id, sent.has_page) == (message, True)
    assert sent.words_digest == digest_of(sent.subject, sent.words)
    assert nothing is None


def test_amounts_that_were_sent_stand_among_those_told(desk: Desk) -> None:
    from arrears.store.tables.told import Told

    loan = desk.loan()
    desk.queue(loan)
    desk.send(Recorded())
    told = Told.objects.using("report").get(account_id=loan.account)
    assert (told.kind, told.template, told.amounts["arrears"]) == ("letter", "arrears_reminder", 20_000)


def test_a_part_that_the_words_lack_refuses_the_message_of_an_agency(desk: Desk) -> None:
    from arrears.actions.messages.queueing import queue_one
    from arrears.actions.messages.sending import send_next
    from arrears.domain.contacts import Channel, Purpose
    from arrears.domain.messages import Wording

    loan = desk.loan()
    desk.book.place(loan, from_on=TUESDAY - timedelta(days=9), in_default_since=UNPAID_SINCE)
    words = Wording(template="own", language="en", subject="Hello", words="Please call us.")
    with desk.book.hands_of(desk.book.bob, TUESDAY):
        message = queue_one(
            loan.person, "own", channel=Channel.EMAIL, wording=words, purpose=Purpose.COLLECT, now=desk.now
        )
    assert isinstance(message, int)
    turn = send_next(desk.book.agency, {Channel.EMAIL: Recorded()}, clock=desk.clock)
    assert turn is not None
    assert turn.state == "refused"


# --- Batches ---


def test_a_batch_sends_one_message_a_person_and_counts_who_has_no_address(desk: Desk) -> None:
    from arrears.actions.messages.queueing import Prepared, prepare_batch
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.doors import message_batches

    loans = [desk.loan() for _ in range(3)]
    bare = desk.book.loan(unpaid_since=UNPAID_SINCE)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        made = prepare_batch(
            "arrears_reminder",
            channel=Channel.EMAIL,
            accounts=[loan.account for loan in (*loans, bare)],
            now=desk.now,
        )
    assert isinstance(made, Prepared)
    assert (made.queued, made.without_address) == (3, 1)
    carrier = Recorded()
    send_due(desk.book.lender, {Channel.EMAIL: carrier}, clock=desk.clock)
    assert sorted(one.address for one in carrier.sent) == sorted(f"p{loan.person}@debtor.example" for loan in loans)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        (batch,) = message_batches.listed(made.batch)
    assert (batch.states, batch.waiting, batch.total) == ({"sent": 3}, 0, 3)


def test_a_batch_is_chosen_by_days_past_due(desk: Desk) -> None:
    from arrears.actions.messages.queueing import Chosen, prepare_batch
    from arrears.domain.contacts import Channel
    from arrears.kernel.epoch import epoch_day

    loan = desk.loan()
    day = epoch_day(TUESDAY)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        late = [
            prepare_batch(
                "arrears_reminder",
                channel=Channel.EMAIL,
                chosen=Chosen(from_days=days, until_days=days, on_day=day),
                now=desk.now,
            )
            for days in (28, 29, 30)
        ]
    assert loan.account
    assert [getattr(one, "queued", getattr(one, "code", "")) for one in late] == ["nobody_chosen", 1, "nobody_chosen"]


def test_a_stopped_batch_sends_nothing_more_and_needs_a_reason_and_a_lead(desk: Desk) -> None:
    from arrears.actions.messages.queueing import Prepared, prepare_batch, stop_batch
    from arrears.domain.contacts import Channel

    accounts = [desk.loan().account for _ in range(3)]
    with desk.book.hands_of(desk.book.alice, TUESDAY):
        refused = prepare_batch("arrears_reminder", channel=Channel.EMAIL, accounts=accounts, now=desk.now)
    assert isinstance(refused, Problem)
    assert refused.code == "may_not_decide"
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        made = prepare_batch("arrears_reminder", channel=Channel.EMAIL, accounts=accounts, now=desk.now)
    assert isinstance(made, Prepared)
    carrier = Recorded()
    desk.send(carrier)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        unsaid = stop_batch(made.batch, " ", now=desk.now)
        assert isinstance(unsaid, Problem)
        assert unsaid.code == "reason_missing"
        assert stop_batch(made.batch, "wrong list", now=desk.now) == 2
        again = stop_batch(made.batch, "again", now=desk.now)
        assert isinstance(again, Problem)
        assert again.code == "batch_stopped"
    assert desk.send(carrier) is None
    assert len(carrier.sent) == 1


def test_refusals_are_told_by_rule_with_the_first_permitted_instant(desk: Desk) -> None:
    from arrears.actions import holds
    from arrears.actions.messages.queueing import Prepared, prepare_batch
    from arrears.actions.messages.sending import send_due
    from arrears.domain.contacts import Channel
    from arrears.store.doors import message_batches

    loans = [desk.loan() for _ in range(3)]
    ends = [desk.now + timedelta(days=days) for days in (2, 1)]
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        for loan, until in zip(loans, ends, strict=False):
            holds.place("moratorium", person=loan.person, account=None, until=until, now=desk.now)
        accounts = [loan.account for loan in loans]
        made = prepare_batch("arrears_reminder", channel=Channel.EMAIL, accounts=accounts, now=desk.now)
    assert isinstance(made, Prepared)
    send_due(desk.book.lender, {Channel.EMAIL: Recorded()}, clock=desk.clock)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        (refusal,) = message_batches.refusals(made.batch)
    assert (refusal.waiting, refusal.given_up, refusal.next_permitted) == (2, 0, ends[1])
    assert refusal.reason["zh"]
