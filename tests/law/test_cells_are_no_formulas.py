"""Cells for a spreadsheet: what it would take for a formula is kept from being one; whole numbers stay numbers."""

import pytest

from arrears.kernel.cells import harmless


@pytest.mark.parametrize("said", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\tx", "\r=1", "=", "-"])
def test_what_could_be_a_formula_begins_with_an_apostrophe(said):
    assert harmless(said) == f"'{said}"


@pytest.mark.parametrize("said", ["", "Ana", "-12", "+12125550100", "12.50", "a=b", "电话"])
def test_names_and_whole_numbers_stay_as_they_are(said):
    assert harmless(said) == said
