"""A plan, day by day: kept and left in peace; broken, answered, mended by money found late; edited when hours are cut."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.storybook import Story
from tests.working_book import at

START = date(2026, 3, 2)
FRIDAYS = (date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20))


@pytest.fixture
def story(book: str) -> Any:
    return Story.begin(unpaid_since=date(2026, 2, 20), today=START)


def plan_agreed(story: Story, count: int = 3, total: int = 9_000) -> int:
    """In the call of the first day, verified, she agrees to pay on Fridays."""
    from arrears.actions.plans.drafting import Draft
    from arrears.actions.plans.making import Agreement, Result, make
    from arrears.domain.plans import AgreedBy, Outline, PlanKind, Rhythm
    from arrears.kernel.calendars import Place

    call = story.dial(START, "10:00")
    story.verify(call, START, "10:01", "birth_date", "postcode")
    outline = Outline(
        kind=PlanKind.EQUAL, rhythm=Rhythm.WEEKLY, first=FRIDAYS[0], total=total, count=count, place=Place("US", "NY")
    )
    said = Draft(person=story.loan.person, amounts={story.loan.account: total}, outline=outline)
    with story.working.hands_of(story.alice, START):
        made = make(said, means="transfer", agreement=Agreement(AgreedBy.CALL, attempt=call), now=at(START, "10:05"))
    assert isinstance(made, Result), made
    return made.plan


def standing(story: Story, plan: int) -> tuple[str, int]:
    from arrears.store.doors import plans

    with story.working.nobody():
        found = plans.plan(plan, using="night")
    assert found is not None
    return found.state.value, found.kept_minor


def nights(story: Story, first: date, last: date) -> None:
    day = first
    while day <= last:
        story.night(before=day)
        day += timedelta(days=1)


def test_who_keeps_a_plan_is_reminded_and_otherwise_left_in_peace(story: Story) -> None:
    story.night(before=START)
    plan = plan_agreed(story)
    story.night(before=START + timedelta(days=1))
    assert story.says(START + timedelta(days=1))[0] == "review"
    assert story.get_next(START + timedelta(days=1), "10:00") is None

    # Friday's money comes on Friday, and so on; the reminder goes two days before, by message.
    for friday in FRIDAYS:
        nights(story, friday - timedelta(days=2), friday)
        story.pays(3_000, on=friday, clock="09:00")
    assert standing(story, plan) == ("completed", 9_000)
    told = [kind for kind in story.told() if kind.startswith("plan_")]
    assert "plan_behind" not in told


def test_a_missed_instalment_is_answered_and_money_found_late_mends_it(story: Story) -> None:
    story.night(before=START)
    plan = plan_agreed(story)
    nights(story, START + timedelta(days=1), date(2026, 3, 10))
    assert standing(story, plan) == ("on_time", 0)

    # Tuesday was the last bank day: on Wednesday the instalment is late, and one asks; on the next Monday it is missed.
    story.night(before=date(2026, 3, 11))
    assert standing(story, plan) == ("behind", 0)
    assert story.says(date(2026, 3, 11))[0] == "check_plan"
    nights(story, date(2026, 3, 12), date(2026, 3, 16))
    assert standing(story, plan) == ("missed", 0)
    assert story.says(date(2026, 3, 16))[0] == "answer_missed_plan"

    # The bank finds the money: it had come on Friday the 6th, under a wrong name.
    story.pays(3_000, on=FRIDAYS[0], clock="12:00", known_on=date(2026, 3, 16))
    assert standing(story, plan) == ("on_time", 3_000)
    assert story.says(date(2026, 3, 16))[0] == "review"


def test_hours_are_cut_and_the_plan_is_edited_in_the_middle(story: Story) -> None:
    from arrears.actions.plans.changing import Edited, edit
    from arrears.domain.plans import Outline, PlanKind, Rhythm
    from arrears.kernel.calendars import Place

    story.night(before=START)
    plan = plan_agreed(story)
    nights(story, START + timedelta(days=1), FRIDAYS[0])
    story.pays(3_000, on=FRIDAYS[0], clock="09:00")
    on = date(2026, 3, 11)
    nights(story, date(2026, 3, 7), on)
    rest = Outline(
        kind=PlanKind.EQUAL,
        rhythm=Rhythm.WEEKLY,
        first=date(2026, 3, 27),
        total=6_000,
        count=6,
        place=Place("US", "NY"),
    )
    with story.working.hands_of(story.alice, on):
        done = edit(plan, rest, "hours were cut", version=1, now=at(on, "11:00"))
    assert isinstance(done, Edited)
    nights(story, date(2026, 3, 12), date(2026, 3, 24))
    assert standing(story, plan) == ("on_time", 3_000)
    assert story.says(date(2026, 3, 24))[0] == "review"
