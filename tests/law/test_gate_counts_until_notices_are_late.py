"""Notices that fall due so long after a day, and again; and rates that are bound to a reference: the counting itself."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.engine.gate.kinds.number_class import NumberClass
from arrears.engine.gate.kinds.rate_ceiling import RateCeiling, percent
from arrears.packs.compliance import rule_book
from arrears.packs.compliance.cases import read_case

ARREARS: Any = rule_book().by_id["uk.cca.86b-87.arrears"].evaluator
MONTH: Any = rule_book().by_id["eu.gdpr.13-14.month"].evaluator
LPR: Any = rule_book().by_id["cn.rate.4lpr"].evaluator
DEAR: Any = rule_book().by_id["uk.conc.7.9.5"].evaluator
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("evaluator", "since", "last"),
    [
        (ARREARS, date(2026, 6, 1), date(2026, 6, 14)),
        (MONTH, date(2026, 5, 1), date(2026, 6, 1)),
        (MONTH, date(2026, 1, 31), date(2026, 2, 28)),
        (MONTH, date(2028, 1, 31), date(2028, 2, 29)),
        (MONTH, date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_the_last_day_in_time(evaluator: NoticeDue, since: date, last: date) -> None:
    assert evaluator.last_day(since) == last


@given(DAYS, DAYS)
@settings(deadline=None)
def test_what_began_later_is_never_due_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))
    for evaluator in (ARREARS, MONTH):
        assert evaluator.last_day(first) <= evaluator.last_day(second)


@pytest.mark.parametrize(
    ("sent", "on", "due"),
    [
        ([], "2026-06-02 10:00", date(2026, 6, 14)),
        (["2026-06-10 10:00"], "2026-06-11 10:00", date(2026, 12, 10)),
        (["2026-06-10 10:00", "2026-12-01 10:00"], "2026-12-02 10:00", date(2027, 6, 1)),
        (["2026-08-31 10:00"], "2026-09-01 10:00", date(2027, 2, 28)),
    ],
)
def test_the_next_notice_is_due_six_months_after_the_last_one_that_went(sent: list[str], on: str, due: date) -> None:
    from arrears.engine.gate.asking import Case

    (case,) = read_case(
        {
            "name": "due",
            "place": "GB",
            "rules": [],
            "debts": {"A": {"facts": {"two_missed_on": date(2026, 6, 1)}}},
            "known": {"notices": [{"kind": "arrears", "sent_at": one} for one in sent]},
            "ask": {"at": on},
            "expect": "allow",
        }
    )
    asked = Case.of(case.proposal, case.known)
    assert ARREARS.due(asked.debts[0], asked) == due


@pytest.mark.parametrize(
    ("ppm", "said"),
    [(124_000, "12.4 %"), (124_001, "12.4001 %"), (30_000, "3 %"), (1_000_000, "100 %"), (0, "0 %"), (1, "0.0001 %")],
)
def test_a_rate_is_said_without_losing_a_millionth(ppm: int, said: str) -> None:
    assert percent(ppm) == said


@pytest.mark.parametrize(
    ("signed", "reference"),
    [
        (date(2019, 8, 19), None),
        (date(2019, 8, 20), 42_500),
        (date(2024, 10, 20), 33_500),
        (date(2024, 10, 21), 31_000),
        (date(2026, 6, 1), 30_000),
    ],
)
def test_the_reference_is_the_one_in_force_on_the_day_of_the_contract(signed: date, reference: int | None) -> None:
    (case,) = read_case(
        {"name": "rate", "rules": [], "debts": {"A": {"facts": {"contracted_on": signed}}},
         "ask": {"at": "2026-06-01 10:00"}, "expect": "allow"}
    )  # fmt: skip
    rule: RateCeiling = LPR
    assert rule.reference(case.proposal.debts[0]) == reference
    told = replace(case.proposal.debts[0], facts={"contracted_on": signed, "reference_rate_ppm": 29_000})
    assert rule.reference(told) == 29_000


@pytest.mark.parametrize("written", ["+44 871 123 4567", "0044 871 123 4567", "(0871) 123-4567", "+44 (0)871 1234567"])
def test_a_dear_number_is_dear_however_it_is_written(written: str) -> None:
    (case,) = read_case(
        {"name": "n", "place": "GB", "rules": ["uk.conc.7.9.5"], "expect": "refuse", "by": ["uk.conc.7.9.5"],
         "ask": {"at": "2026-06-01 10:00", "channel": "letter", "said": {"call_back_number": written}}}
    )  # fmt: skip
    assert isinstance(DEAR, NumberClass)
    assert case.differences(rule_book()) == []
