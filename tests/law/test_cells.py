"""Cells for a spreadsheet: none is a formula when it is opened; of a file that comes back no row is lost unsaid."""

import csv
from functools import partial

import pytest

from arrears.kernel.cells import LONGEST_CELL, harmless, sheet_in


@pytest.mark.parametrize("said", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\tx", "\r=1", "=", "-"])
def test_what_could_be_a_formula_begins_with_an_apostrophe(said):
    assert harmless(said) == f"'{said}"


@pytest.mark.parametrize("said", ["", "Ana", "-12", "+12125550100", "12.50", "a=b", "电话"])
def test_names_and_whole_numbers_stay_as_they_are(said):
    assert harmless(said) == said


def rows_of(content: bytes):
    sheet = sheet_in(content)
    assert sheet is not None
    return list(sheet.rows)


def test_rows_come_by_column_with_their_numbers_and_without_the_space_around():
    sheet = sheet_in('\ufeffa,b\n 1 ,"x\ny"\n\n2\n3,4,5\n'.encode())
    assert sheet is not None
    assert sheet.columns == ("a", "b")
    assert sheet.without("a", "c") == ["c"]
    assert list(sheet.rows) == [
        (1, {"a": "1", "b": "x\ny"}),
        (2, {"a": "2", "b": ""}),
        (3, {"a": "3", "b": "4"}),
    ]


@pytest.mark.parametrize("elsewhere", [LONGEST_CELL, 10**7])
@pytest.mark.parametrize("size", [1, 200_000])
def test_a_quotation_mark_that_does_not_close_swallows_no_row_unsaid(size, elsewhere, request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(elsewhere)))
    assert rows_of(b'a,b\n1,2\n\n3,"' + b"x" * size + b"\n5,6\n") == [(1, {"a": "1", "b": "2"}), (2, None)]


@pytest.mark.parametrize("last", [b'"x"', b'x"y', b'""', b'"x""y"', b'"x"y'])
def test_a_quotation_mark_that_closes_or_opens_nothing_is_read(last):
    ((_, row),) = rows_of(b"a,b\n1," + last)
    assert row is not None


def test_bytes_that_are_no_text_and_a_heading_that_does_not_end_are_no_table():
    assert sheet_in(b"\xff\xfe\x00") is None
    assert sheet_in(b'a,"b\n1,2\n') is None
