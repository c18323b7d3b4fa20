"""Asking for a week ahead: the picture says what the gate says, asking takes nothing, and strangers see nobody."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from arrears.engine.gate import Answer
from arrears.engine.gate.closed import Closed
from arrears.engine.gate.verdict import Window
from arrears.packs.compliance import rule_book
from arrears.web.may_we.week import HOUR, LEFT, week

CONFTEST = Path(__file__).with_name("conftest.py")
NOW = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)


def signed_in(username: str) -> Any:
    street = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return street.signed_in(username)


def test_a_window_over_midnight_stands_on_both_days_by_the_local_clock():
    night = Window(datetime(2026, 6, 2, 3, 0, tzinfo=UTC), datetime(2026, 6, 2, 5, 30, tzinfo=UTC), Answer.ALLOW)
    first, second, *rest = week([night], NOW, "America/New_York")
    assert [(bar.since, bar.until) for bar in first.bars] == [("23:00", "24:00")]
    assert [(bar.since, bar.until) for bar in second.bars] == [("00:00", "01:30")]
    assert (first.bars[0].x, first.bars[0].width) == (LEFT + 23 * HOUR, HOUR)
    assert not any(day.bars for day in rest)


def test_eight_local_days_hold_seven_times_twenty_four_hours():
    whole = Window(NOW, NOW + timedelta(days=7), Answer.ALLOW)
    days = week([whole], NOW, "America/New_York")
    assert [day.on.isoformat() for day in (days[0], days[-1])] == ["2026-06-01", "2026-06-08"]
    assert sum(bar.width for day in days for bar in day.bars) == 7 * 24 * HOUR


def test_closed_hours_stand_on_their_days_with_the_rules_that_close_them():
    night = rule_book().by_id["core.night"]
    shut = Closed(datetime(2026, 6, 2, 2, 0, tzinfo=UTC), datetime(2026, 6, 2, 11, 0, tzinfo=UTC), (night,))
    first, second, *rest = week([], NOW, "America/New_York", [shut])
    assert [(one.since, one.until, one.rules) for one in first.shut] == [("22:00", "24:00", (night,))]
    assert [(one.since, one.until, one.rules) for one in second.shut] == [("00:00", "07:00", (night,))]
    assert not any(day.shut or day.bars for day in rest)


def test_the_page_names_the_rule_that_closes_an_hour_of_the_week(town: Any) -> None:
    page = signed_in("alice").get(f"/may-we/{town.people.kept_debtor}/").content.decode()
    week_on_it = page[page.index('id="week"') :]
    assert "Closed, and by which rules" in week_on_it
    assert 'href="/rules/core.night/"' in week_on_it


def permits() -> int:
    from arrears.store.tables.contact import Permit

    return Permit.objects.using("night").count()


def test_the_page_answers_and_takes_nothing(town: Any) -> None:
    before = permits()
    page = signed_in("alice").get(f"/may-we/{town.people.kept_debtor}/").content.decode()
    assert "<svg" in page
    assert "may-we" in page
    assert permits() == before


@pytest.mark.parametrize(("who", "status"), [("ann", 200), ("adam", 403), ("charlie", 404)])
def test_only_who_sees_the_debtor_may_ask(town: Any, who: str, status: int) -> None:
    assert signed_in(who).get(f"/may-we/{town.people.kept_debtor}/").status_code == status


def test_a_channel_that_does_not_reach_the_point_is_not_offered(town: Any) -> None:
    page = signed_in("alice").get(f"/may-we/{town.people.kept_debtor}/?channel=letter").content.decode()
    assert 'value="letter"' not in page
    assert 'value="call" selected' in page
