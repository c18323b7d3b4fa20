"""Joe paid on Tuesday; his bank needs a day, then takes it back. Nobody rings while money is on its way."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.storybook import Story

MON = date(2026, 3, 2)
TUE, WED, THU, FRI = (MON + timedelta(days=n) for n in (1, 2, 3, 4))


@pytest.fixture
def story(book: str) -> Any:
    return Story.begin(unpaid_since=date(2026, 2, 15), today=MON)


def test_nobody_rings_while_money_is_on_its_way(story: Story) -> None:
    # He rings in himself, on Tuesday morning: it is paid, this minute, by transfer.
    story.night(before=TUE)
    call = story.is_called_by_debtor(TUE, "09:30")
    story.verify(call, TUE, "09:31", "birth_date", "postcode")
    story.promise(call, TUE, "09:32", 10_000, due_on=TUE, due_hour=17, means="transfer")
    story.end(call, "promise_taken", TUE, "09:33")

    # At noon the bank shows it, not cleared yet. The gate knows before any list does.
    story.pays(10_000, on=TUE, clock="12:00", is_cleared=False)
    assert "core.money_on_its_way" in story.gate(TUE, "12:01")
    assert story.get_next(TUE, "12:02") is None
    assert story.promise_state() == ("open", 0)

    # Wednesday it has cleared: the promise is kept, for now, and nothing is past due.
    paid = story.pays(10_000, on=TUE, clock="09:00", known_on=WED)
    assert story.promise_state() == ("provisional", 10_000)
    assert story.owed_now(WED) == 0

    # Friday the bank takes it back. What was closed is open again, and the promise broken once its days are over.
    story.night(before=THU)
    story.night(before=FRI)
    story.is_returned(paid, on=FRI, reason="no funds")
    assert story.promise_state() == ("broken", 0)
    assert story.owed_now(FRI) == 10_000
    assert story.says(FRI)[0] == "answer_broken_promise"
    assert story.told()[-3:] == ["promise_kept", "payment_returned", "promise_broken"]
