"""Which papers a debt lacks: by what it is, what the ledger shows, and what somebody said."""

from datetime import date
from typing import Any

import pytest

from arrears.engine.readiness import Known, Paper, lacking
from arrears.facts.asked import asked_facts
from arrears.packs.readiness import all_needs, check_readiness, needs_of

BOUGHT, OWN = all_needs()["bought_debt"], all_needs()["own_debt"]
OPENED = date(2024, 5, 1)


def known(**more: Any) -> Known:
    plain: dict[str, Any] = {"facts": {}, "opened_on": OPENED, "begins_on": None, "paid": False, "is_identified": False}
    return Known(**{**plain, **more})


def test_the_files_are_sound_and_each_paper_is_a_fact_somebody_can_be_asked_for() -> None:
    assert check_readiness() == []
    assert {f"debt.{paper}" for paper in Paper} <= asked_facts().keys()


def test_a_bought_debt_of_which_nothing_is_known_lacks_all_four() -> None:
    assert lacking(BOUGHT, known()) == tuple(Paper)


@pytest.mark.parametrize("paper", list(Paper))
def test_what_somebody_said_of_a_paper_is_that_paper(paper: Paper) -> None:
    assert paper not in lacking(BOUGHT, known(facts={paper.value: "file 7, page 2"}))
    assert paper in lacking(BOUGHT, known(facts={paper.value: "  "}))


def test_who_can_be_identified_is_the_right_person() -> None:
    assert Paper.RIGHT_PERSON not in lacking(BOUGHT, known(is_identified=True))


@pytest.mark.parametrize(
    ("stated", "lacks"),
    [(None, ()), (50_000, ()), (50_001, (Paper.ITEMISATION,)), (49_999, (Paper.ITEMISATION,))],
)
def test_an_itemization_adds_up_to_what_the_creditor_stated(stated: int | None, lacks: tuple[Paper, ...]) -> None:
    assert lacking(OWN, known(begins_on=OPENED, stated_minor=stated, owed_minor=50_000)) == lacks


def test_a_ledger_from_the_first_day_shows_that_nothing_was_paid_and_a_later_one_does_not() -> None:
    assert lacking(OWN, known(begins_on=OPENED)) == ()
    assert lacking(OWN, known(begins_on=date(2024, 5, 2))) == (Paper.LAST_PAYMENT,)
    assert lacking(OWN, known(begins_on=date(2024, 5, 2), paid=True)) == ()


def test_a_debt_that_was_transferred_needs_more_and_an_organisation_may_choose() -> None:
    assert needs_of("loan", is_transferred=True) is BOUGHT
    assert needs_of("loan", is_transferred=False) is OWN
    assert needs_of("loan", is_transferred=False, chosen="bought_debt") is BOUGHT
