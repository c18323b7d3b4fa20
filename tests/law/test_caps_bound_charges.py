"""Caps of law and house: which bind whom, what they hold down, what they refuse, and that each says which rule it is."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from arrears.domain.entries import Entry, EntryKind
from arrears.engine.ledger.state import state
from arrears.packs.caps import Charge, DebtOf, Standing, cap_rules, caps_for, check_caps, refusal_of
from arrears.packs.terms import TermsInForce, terms_in_force

DAY = date(2026, 3, 2)
KENYA = DebtOf("KE", "loan", consumer=True, currency="KES")
CHINA = DebtOf("CN", "loan", consumer=True, currency="CNY")
TEXAS = DebtOf("US", "loan", consumer=True, currency="USD")
FEE = EntryKind.FEE


def test_the_caps_that_ship_are_sound_and_meet_their_own_cases() -> None:
    assert check_caps() == []


def test_a_cap_whose_source_is_not_verified_ships_off() -> None:
    off = {rule.id for rule in cap_rules() if not rule.ships_on}
    assert off == {"cn.rate_4lpr", "in.rbi_penal", "us.scra_6"}
    assert not off & {rule.id for rule in caps_for("CN", "loan", consumer=True, as_of=DAY)}


def test_a_cap_holds_from_the_day_of_its_law_and_for_its_place() -> None:
    def ids(country: str, day: date) -> list[str]:
        return [rule.id for rule in caps_for(country, "loan", consumer=True, as_of=day)]

    assert ids("KE", date(2022, 3, 17)) == ["house.yearly_rate"]
    assert ids("KE", date(2022, 3, 18)) == ["house.yearly_rate", "ke.ln46_induplum"]
    assert ids("MX", DAY) == ["house.yearly_rate"]
    assert [rule.id for rule in caps_for("KE", "loan", consumer=False, as_of=DAY)] == ["house.yearly_rate"]
    assert "ke.ln46_induplum" in [rule.id for rule in caps_for("KE", "loan", consumer=None, as_of=DAY)]


def test_half_a_per_cent_a_day_is_182_5_per_cent_a_year_and_is_held_at_the_cap() -> None:
    said = {"late_charge": {"rate_ppm": 1_825_000}}
    found = terms_in_force(said, CHINA, DAY)
    assert isinstance(found, TermsInForce)
    assert [(cap.rule, cap.rate_ppm) for cap in found.terms.caps] == [("house.yearly_rate", 360_000)]
    loan = [
        Entry(1, EntryKind.OPENING, date(2025, 1, 1), 1, 1_000_000, 1_000_000),
        Entry(2, EntryKind.INSTALMENT_DUE, date(2025, 1, 1), 1, 1_000_000, 1_000_000, detail=1),
    ]
    a_year_on = date(2025, 1, 1) + timedelta(days=365)
    assert state(found.terms, loan, a_year_on).charges == 360_000


def test_a_contract_that_asks_less_than_the_cap_keeps_its_own() -> None:
    said = {"late_charge": {"rate_ppm": 500_000, "rate_cap_ppm": 100_000, "cap_ppm": 50_000}}
    found = terms_in_force(said, KENYA, DAY)
    assert isinstance(found, TermsInForce)
    assert (found.terms.late_charge.rate, found.terms.late_charge.cap_ppm) == (100_000, 50_000)
    bounds = [(cap.rule, cap.rate_ppm, cap.ppm, cap.since) for cap in found.terms.caps]
    assert bounds == [
        ("house.yearly_rate", 360_000, None, None),
        ("ke.ln46_induplum", None, 1_000_000, date(2022, 3, 18)),
    ]


def test_charges_on_a_digital_loan_in_kenya_stop_at_the_principal() -> None:
    at_the_edge = Standing(principal_minor=100_000, charged_minor=99_000)
    assert refusal_of(Charge(FEE, 1_000), KENYA, at_the_edge, DAY) is None
    refused = refusal_of(Charge(FEE, 1_001), KENYA, at_the_edge, DAY)
    assert refused is not None
    assert refused.code == "charge_above_cap"
    assert "Legal Notice 46 of 2022" in refused.reason.en
    assert refused.remedy.zh == "最多可记 KES10.00。"


def test_costs_of_recovery_come_on_top_and_a_waiver_is_no_charge() -> None:
    full = Standing(principal_minor=100_000, charged_minor=100_000)
    assert refusal_of(Charge(EntryKind.COST, 5_000), KENYA, full, DAY) is None
    assert refusal_of(Charge(EntryKind.WAIVER, 5_000), KENYA, full, DAY) is None


@pytest.mark.parametrize(
    ("ground", "for_another", "is_refused"),
    [
        ("", True, True),
        ("goodwill", True, True),
        ("contract", True, False),
        ("statute", True, False),
        ("", False, False),
    ],
)
def test_who_collects_for_another_names_the_ground_of_each_charge(
    ground: str,
    for_another: bool,  # noqa: FBT001 - a parameter of the case
    is_refused: bool,  # noqa: FBT001 - a parameter of the case
) -> None:
    refused = refusal_of(Charge(FEE, 500, ground, for_another), TEXAS, Standing(10_000, 0), DAY)
    assert (refused is not None) == is_refused
    assert refused is None or "1692f(1)" in refused.reason.es


CAP = """id: caps/x/cap
title: {en: w, es: w, zh: w}
words: {en: w, es: w, zh: w}
law: {citation: a law, effective_from: 2025-01-01, status: in_force, source: S1}
scope: {place: MX}
bound: {rate_ppm: 100}
cases:
  - {name: c, rate_ppm: 200, held_at_ppm: 100}
"""


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("source: S1", "source: S9", "law"),
        ("status: in_force, ", "", "law"),
        ("place: MX", "planet: MX", "scope.planet"),
        ("rate_ppm: 100}", "rate_ppm: 1.5}", "bound.rate_ppm"),
        ("held_at_ppm: 100", "held_at_ppm: 101", "cases"),
        ("title: {en: w, es: w, zh: w}\nwords", "words", "title"),
    ],
)
def test_a_bad_file_gives_a_problem_that_names_the_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert old in CAP
    file = tmp_path / "caps" / "x" / "cap.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(CAP.replace(old, new), encoding="utf-8")
    assert [found.where.field for found in check_caps(tmp_path)] == [field]
