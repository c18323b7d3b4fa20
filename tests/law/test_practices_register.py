"""The practice register is whole, and what it says of the code and the tests is so."""

import re
from pathlib import Path

import pytest

from arrears.packs import ROOT
from arrears.packs.register import Practice, Status, practices

CHECKOUT = Path(__file__).resolve().parents[2]
ROWS = [pytest.param(row, id=row.id) for row in practices()]


def test_every_practice_and_every_refusal_is_there_once() -> None:
    wanted = [f"P{number:02}" for number in range(1, 69)] + [f"R{number:02}" for number in range(1, 17)]
    assert [row.id for row in practices()] == wanted


@pytest.mark.parametrize("row", ROWS)
def test_every_place_and_test_it_names_exists(row: Practice) -> None:
    assert [place for place in row.lives if not (ROOT.parent / place).exists()] == []
    for proof in row.proved_by:
        file, _, name = proof.partition("::")
        written = (CHECKOUT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {name}\(", written, re.MULTILINE), proof


@pytest.mark.parametrize("row", ROWS)
def test_what_is_said_to_be_built_says_where_and_by_which_test(row: Practice) -> None:
    if row.status is Status.BUILT:
        assert row.lives
        assert row.proved_by
    if row.status is Status.PARTLY:
        assert row.lives
