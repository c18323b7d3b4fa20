"""Ana cannot pay all of it: offers made, kept, missed and taken back, told day by day through real nights."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.storybook import Story
from tests.working_book import at, hire

from arrears.domain.concessions import ConcessionKind, Part
from arrears.domain.entries import EntryKind
from arrears.kernel.epoch import NO_DATE

MON = date(2026, 3, 2)
FRI = MON + timedelta(days=4)


@pytest.fixture
def story(book: str) -> Story:
    """600.00 owed, 400.00 of it past due for 97 days."""
    return Story.begin(unpaid_since=date(2025, 11, 25), today=MON)


@pytest.fixture
def grace(story: Story) -> int:
    """The manager."""
    return hire(story.working.lender, ["manager"])


def day(n: int) -> date:
    return MON + timedelta(days=n)


def offers(story: Story, on: date, *parts: tuple[date, int], by: int | None = None, **said: Any) -> Any:
    from arrears.actions import concessions

    told = {"kind": ConcessionKind.SETTLEMENT, "reason": "Lost her job; her brother helps", "key": str(on), **said}
    with story.working.hands_of(by or story.alice, on):
        return concessions.propose(story.loan.account, parts=[Part(*part) for part in parts], now=at(on), **told)


def decides(story: Story, number: int, by: int, on: date, *, approve: bool = True) -> Any:
    from arrears.actions import concessions

    with story.working.hands_of(by, on):
        return concessions.decide(number, approve=approve, reason="Better than waiting", now=at(on))


def takes(story: Story, number: int, on: date) -> Any:
    from arrears.actions import concessions

    with story.working.hands_of(story.alice, on):
        return concessions.accept(number, now=at(on))


def stands(story: Story, number: int) -> str:
    from arrears.store.tables.concession import Concession

    return Concession.objects.using("report").get(pk=number).state


def owes(story: Story, on: date) -> int:
    from arrears.engine.ledger import by_day
    from arrears.kernel.epoch import epoch_day

    return by_day.contractual(story.working.position(story.loan.account), epoch_day(on))


def settles(story: Story, grace: int, *parts: tuple[date, int]) -> int:
    """Alice notes the offer, Grace approves it, Ana takes it: all on Monday."""
    made = offers(story, MON, *parts)
    assert (made.state, made.weighed.level.name) == ("awaiting", "supervisor")
    assert decides(story, made.id, grace, MON).state == "approved"
    assert takes(story, made.id, MON).state == "accepted"
    return int(made.id)


def test_a_settlement_is_kept_and_booked_only_when_it_has_cleared(story: Story, grace: int) -> None:
    number = settles(story, grace, (FRI, 40_000))
    story.pays(40_000, on=day(1), clock="14:00")
    # All has come, and nothing is cut: the bank may take it back for five days more.
    assert (stands(story, number), owes(story, day(1))) == ("paid", 20_000)
    for n in range(2, 8):
        story.night(before=day(n))
    assert (stands(story, number), owes(story, day(7))) == ("completed", 0)
    # She is called no more, and nobody calls it a cure.
    assert story.get_next(day(7), "10:00") is None
    assert "core.debt_over" in story.gate(day(7), "10:00")
    assert story.working.position(story.loan.account).cured_day == NO_DATE
    assert [kind for kind in story.told() if kind.startswith("concession_")] == [
        "concession_drafted", "concession_offered", "concession_awaiting", "concession_approved",
        "concession_accepted", "concession_paid", "concession_completed",
    ]  # fmt: skip


def test_a_missed_settlement_leaves_the_whole_debt_and_news_from_the_bank_puts_it_right(
    story: Story, grace: int
) -> None:
    number = settles(story, grace, (FRI, 40_000))
    story.night(before=day(8))
    assert stands(story, number) == "accepted"  # Friday and two bank days: Tuesday's money would still count
    story.night(before=day(9))
    assert (stands(story, number), owes(story, day(9))) == ("reinstated", 60_000)
    assert story.told()[-2:] == ["concession_missed", "concession_reinstated"]
    # The bank had her money since Friday and says so a week later.
    story.pays(40_000, on=FRI, clock="09:00", known_on=day(10))
    story.night(before=day(11))
    assert (stands(story, number), owes(story, day(11))) == ("completed", 0)


def test_a_return_after_completion_takes_the_cut_back(story: Story, grace: int) -> None:
    number = settles(story, grace, (FRI, 40_000))
    paid = story.pays(40_000, on=day(1), clock="14:00")
    story.night(before=day(7))
    assert (stands(story, number), owes(story, day(7))) == ("completed", 0)
    story.is_returned(paid, on=day(20), reason="R10")
    assert (stands(story, number), owes(story, day(20))) == ("reinstated", 60_000)
    story.night(before=day(21))
    assert story.says(day(21))[0] == "negotiate"


def test_a_waiver_within_authority_and_one_beyond_it(story: Story, grace: int) -> None:
    from arrears.actions import debt_events

    with story.working.hands_of(grace, MON):
        debt_events.note(story.loan.account, "fee", amount_minor=9_000, reason="returned cheques", key="1", now=at(MON))
    waiver: dict[str, Any] = {"kind": ConcessionKind.WAIVER}
    small = offers(story, MON, cut_minor=2_000, **waiver)
    assert (small.state, takes(story, small.id, MON).state, owes(story, MON)) == ("approved", "completed", 67_000)
    large = offers(story, day(1), cut_minor=7_000, **waiver)
    assert (large.state, large.weighed.level.name) == ("awaiting", "supervisor")
    assert decides(story, large.id, story.dora, day(1), approve=False).state == "refused"
    assert owes(story, day(1)) == 67_000


def test_charged_off_recovered_and_a_payment_that_was_older_than_both(story: Story, grace: int) -> None:
    from arrears.actions import debt_events, entries

    with story.working.hands_of(grace, MON):
        debt_events.note(story.loan.account, "charge_off", reason="over a quarter late", key="1", now=at(MON))
    assert (owes(story, MON), story.working.position(story.loan.account).book_minor) == (60_000, 0)
    with story.working.hands_of(grace, day(3)):
        entries.post_entry(
            story.loan.account, EntryKind.RECOVERY, amount_minor=10_000, value_date=day(3), reason="paid at the branch",
            source_kind="by_hand", source_ref="r", now=at(day(3)),
        )  # fmt: skip
    assert owes(story, day(3)) == 50_000
    # A payment of February turns up: it was made before the charge-off, so less was there to write off.
    story.pays(10_000, on=date(2026, 2, 20), clock="09:00", known_on=day(4))
    story.night(before=day(5))
    row = story.working.position(story.loan.account)
    assert (owes(story, day(5)), row.book_minor) == (40_000, 0)
    assert row.cured_day == NO_DATE
