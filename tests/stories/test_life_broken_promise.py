"""Luis promised and did not pay, and promised again. Each time the tone was a little graver, and never more than true."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.storybook import Story

START = date(2026, 3, 2)


@pytest.fixture
def story(book: str) -> Any:
    return Story.begin(unpaid_since=date(2026, 2, 20), today=START)


def test_a_broken_promise_is_answered_at_once_and_more_gravely(story: Story) -> None:
    # Day 1, Tuesday, eleven days late: an ordinary call, in the tone of service.
    first = START + timedelta(days=1)
    story.night(before=first)
    assert story.says(first) == ("call", "service")
    story.get_next(first, "10:00")
    call = story.dial(first, "10:00")
    story.verify(call, first, "10:01", "birth_date", "postcode")
    story.promise(call, first, "10:03", 10_000, due_on=first + timedelta(days=1), due_hour=12, means="transfer")
    story.end(call, "promise_taken", first, "10:05")

    # Wednesday noon passes, and Thursday and Friday, the days that money may take on its way.
    for days in (2, 3, 4):
        story.night(before=START + timedelta(days=days))
        assert story.promise_state() == ("open", 0)

    # Saturday's night finds it broken: an answer is due, and the last promise is spoken of.
    broken_on = START + timedelta(days=5)
    story.night(before=broken_on)
    assert story.promise_state() == ("broken", 0)
    assert story.says(broken_on) == ("answer_broken_promise", "firm")

    # Alice collects for the lender itself, so the seven-day wait of Regulation F binds nobody here; house limits do.
    assert story.gate(broken_on, "10:00") == []

    # Monday: he answers, is sorry, and means it less than he says.
    second = START + timedelta(days=7)
    for days in (6, 7):
        story.night(before=START + timedelta(days=days))
    served = story.get_next(second, "10:00")
    assert (served.person, served.next_action) == (story.loan.person, "answer_broken_promise")
    call = story.dial(second, "10:00")
    story.verify(call, second, "10:01", "birth_date", "postcode")
    story.promise(
        call, second, "10:03", 10_000, due_on=second + timedelta(days=1), due_hour=12, means="card", confidence="weak"
    )
    story.end(call, "promise_taken", second, "10:05", note="Hesitates. Wife's account?")

    # Nothing comes. Two broken promises: firm, and no graver than what is true.
    for days in range(8, 13):
        story.night(before=START + timedelta(days=days))
    third = START + timedelta(days=12)
    assert story.promise_states() == ["broken", "broken"]
    assert story.says(third) == ("answer_broken_promise", "firm")

    # A payment with Tuesday's date arrives late from the bank: that promise was kept after all, and the tone comes down again.
    story.pays(10_000, on=second + timedelta(days=1), clock="09:00", known_on=third)
    assert story.promise_states() == ["broken", "provisional"]
    assert story.told()[-2:] == ["payment_posted", "promise_kept"]
    assert story.owed_now(third) == 0
    assert story.says(third) == ("look_after_cure", "reminding")
