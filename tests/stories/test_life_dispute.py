"""Mei says the amount is wrong. From that moment nobody rings her about this debt, whatever any list says."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.storybook import Story

MON = date(2026, 3, 2)
TUE, WED, THU = (MON + timedelta(days=n) for n in (1, 2, 3))


@pytest.fixture
def story(book: str) -> Any:
    return Story.begin(unpaid_since=date(2026, 2, 12), today=MON)


def test_a_dispute_stops_contact_until_it_is_settled(story: Story) -> None:
    story.night(before=TUE)
    story.get_next(TUE, "10:00")
    call = story.dial(TUE, "10:00")

    # Whoever answers cannot be verified: nothing is said that would reveal why we call.
    failed = story.verify(call, TUE, "10:01", "birth_date", is_passed=False)
    assert "loan" not in failed.say.en.lower()
    story.end(call, "verification_failed", TUE, "10:02")

    # In the afternoon she picks up herself, and says that the figure is not hers.
    call = story.dial(TUE, "15:00")
    story.verify(call, TUE, "15:01", "birth_date", "postcode")
    ended = story.end(call, "disputes", TUE, "15:04", note="Says the fee of March was waived.")
    assert ended.next_step == "settle_dispute"

    # The gate answers at once, and names the rules: the house's, and the city's, for nobody knows where in the state
    # she lives.
    assert story.gate(TUE, "15:05") == ["house.dispute", "us.nyc.5-77.dispute"]

    # The list of the next morning has no call for her, in whatever tone: the dispute is to be settled first.
    story.night(before=WED)
    assert story.says(WED) == ("settle_dispute", "service")
    assert story.get_next(WED, "10:00") is None

    # The collector may not wave it away; the supervisor, with the answer sent, may.
    assert story.release_hold("looked into it", by=story.alice, on=WED).code == "may_not_decide"
    assert story.release_hold("statement sent 4 March, fee taken off", by=story.dora, on=WED) is None
    assert story.gate(THU, "10:00") == []
    assert story.told()[-3:] == ["hold_placed", "contact_ended", "hold_released"]
