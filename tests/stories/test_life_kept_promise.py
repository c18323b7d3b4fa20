"""Ana forgot her February instalment, said so, promised for the next afternoon, and kept her word."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.storybook import Story

MON, TUE, WED, THU = (date(2026, 3, 2) + timedelta(days=n) for n in range(4))


@pytest.fixture
def story(book: str) -> Any:
    return Story.begin(unpaid_since=date(2026, 2, 25), today=MON)


def test_a_promise_is_made_checked_and_kept(story: Story) -> None:
    # Monday night: six days late, and nobody has called yet.
    story.night(before=TUE)
    assert story.says(TUE) == ("call", "service")

    # Tuesday at ten Alice gets her, asks who is speaking, and only then what happened.
    served = story.get_next(TUE, "10:00")
    assert served.person == story.loan.person
    call = story.dial(TUE, "10:01")
    story.verify(call, TUE, "10:02", "birth_date", "postcode")
    story.finds(reason_late="forgot", on=TUE, clock="10:03")

    # She will pay tomorrow at three, by transfer; calling her then is fine.
    promised = story.promise(call, TUE, "10:04", 10_000, due_on=WED, due_hour=15, means="transfer", may_call=True)
    assert (promised.kind, promised.state) == ("promise", "open")
    ended = story.end(call, "promise_taken", TUE, "10:06", note="Forgot; pays tomorrow 15h by transfer.")
    assert (ended.next_step, ended.next_on) == ("check_promise", WED)

    # Until then nobody is handed her again.
    assert story.get_next(TUE, "16:00") is None

    # Wednesday: the check is due, and she said that calling at three is fine.
    story.night(before=WED)
    assert story.says(WED)[0] == "check_promise"

    # The money is there before anybody has to ring.
    story.pays(10_000, on=WED, clock="14:10")
    assert story.promise_state() == ("provisional", 10_000)
    assert story.owed_now(WED) == 0
    assert story.get_next(WED, "14:30") is None

    # Once the bank can no longer take it back, it is kept for good.
    for day in (THU + timedelta(days=n) for n in range(7)):
        story.night(before=day)
    assert story.promise_state() == ("kept", 10_000)
    assert story.told() == [
        "contact_started", "verification_passed", "finding_noted", "promise_taken", "contact_ended",
        "payment_posted", "promise_kept", "promise_firm",
    ]  # fmt: skip
