"""Every count and every hour of every rule, asked on both sides of its number: what the files say is what is done."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from arrears.domain.contacts import MEDIUM_OF, Channel, Medium, Outcome, PointUse
from arrears.engine.gate import Answer, ask
from arrears.engine.gate.kinds.count import Count
from arrears.engine.gate.kinds.hours import Hours
from arrears.engine.gate.rules import Rule
from arrears.packs.compliance import rule_book
from arrears.packs.compliance.cases import read_case

BOOK = rule_book()
COUNTS = [rule for rule in BOOK.rules if isinstance(rule.evaluator, Count)]
HOURS = [rule for rule in BOOK.rules if isinstance(rule.evaluator, Hours)]
TALKED = {Medium.VISIT: Outcome.MET}
WORD_LEFT = {Medium.TELEPHONE: Outcome.VOICEMAIL, Medium.VISIT: Outcome.NOT_MET}


def monday_in_force(rule: Rule) -> date:
    """Return a Monday without a holiday near on which the rule holds."""
    early, late = date(2026, 4, 13), date(2026, 10, 5)
    return early if rule.law is None or rule.law.effective_from <= early else late


def speaks(rule: Rule, raw: dict[str, Any]) -> bool:
    """Return whether the rule stands in the way of the one question of a case."""
    (case,) = read_case({"name": rule.id, "rules": [rule.id], "expect": "allow", **_world(rule), **raw})
    spoken = ask(BOOK, case.proposal, case.known, case.settings).said_by(rule.id)
    return spoken is not None and spoken.answer is not Answer.ALLOW


def _world(rule: Rule) -> dict[str, Any]:
    kind = {"kind": min(rule.sectors)} if rule.sectors else {}
    return {"place": rule.place or "US-NY", "debts": {"A": kind}}


def counted(rule: Rule, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return so many contacts that count, a minute apart from noon of the Monday on, and a plain proposal."""
    count: Any = rule.evaluator
    channel = min(channel for channel in rule.reach.channels or count.channels if channel in count.channels)
    medium = MEDIUM_OF[channel]
    talked = TALKED.get(medium, Outcome.CONVERSATION)
    outcome = talked if count.counted in {"reached", "talked"} else WORD_LEFT.get(medium, Outcome.SENT)
    use = min(rule.reach.uses or count.uses or {PointUse.MOBILE})
    purpose = {"purpose": min(rule.reach.purposes).value} if rule.reach.purposes else {}
    first = datetime.combine(monday_in_force(rule), time(12))
    about = {channel.value: outcome.value, "use": use.value, "address": use.value, **purpose}
    contacts = [{"at": f"{first + timedelta(minutes=n)}", **about} for n in range(number)]
    return {"contacts": contacts}, {"channel": channel.value, "use": use.value, **purpose}


@pytest.mark.parametrize("rule", COUNTS, ids=lambda rule: rule.id)
def test_one_below_the_number_is_free_the_number_is_full_until_the_first_day_leaves(rule):
    count: Any = rule.evaluator
    last = monday_in_force(rule) + timedelta(days=count.window - 1)
    below, _ = counted(rule, count.limit - 1)
    full, plain = counted(rule, count.limit)

    assert not speaks(rule, {"known": below, "ask": {"at": f"{last} 14:00", **plain}})
    assert speaks(rule, {"known": full, "ask": {"at": f"{last} 14:00", **plain}})
    assert not speaks(rule, {"known": full, "ask": {"at": f"{last + timedelta(days=1)} 14:00", **plain}})


@pytest.mark.parametrize("rule", HOURS, ids=lambda rule: rule.id)
def test_the_first_minute_is_open_the_one_before_is_not_and_so_at_the_end(rule):
    hours: Any = rule.evaluator
    channel = min(rule.reach.channels or {Channel.CALL})
    zones = {"zones": ["America/New_York", "America/Detroit"]} if hours.several_clocks else {}
    for window in hours.windows:
        day = monday_in_force(rule) + timedelta(days=min(window.days))
        opens, closes = (datetime.combine(day, at) for at in (window.start, window.until))
        minute, last = timedelta(minutes=1), timedelta(0) if window.closing_in else -timedelta(microseconds=1)
        for moment, is_barred in (
            (opens - minute, True),
            (opens, False),
            (closes + last, False),
            (closes + last + timedelta(microseconds=1), True),
        ):
            asked = {"at": f"{moment}", "channel": channel.value}
            assert speaks(rule, {"ask": asked, **zones}) is is_barred, moment
