"""How others write dates, amounts and files is found out, shown, and asked about where two readings fit."""

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.intake import amounts, dates, files
from arrears.kernel.problems import Problem


def chosen_date(*values: str) -> str:
    frame = pl.DataFrame({"d": list(values)})
    found = dates.chosen(dates.fits(frame, "d", dates.DATES), "d", "file.csv")
    return found.code if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        (["2026-03-04", "2026-12-31"], "%Y-%m-%d"),
        (["2026-03-04 00:00:00"], "%Y-%m-%d"),
        (["20260304"], "%Y%m%d"),
        (["2026年3月4日"], "%Y年%m月%d日"),
        (["13/04/2026", "03/04/2026"], "%d/%m/%Y"),
        (["04/13/2026", "03/04/2026"], "%m/%d/%Y"),
        (["04.03.2026", "31.03.2026"], "%d.%m.%Y"),
        (["13/04/26", "03/04/26"], "%d/%m/%y"),
        (["4-Mar-2026"], "%d-%b-%Y"),
        (["Mar-2026"], "%b-%Y"),
        (["05/05/2026", "07/07/2026"], "%d/%m/%Y"),  # both readings are the same days
        (["03/04/2026", "05/06/2026"], "date_order_unclear"),
        (["yesterday", "tomorrow"], "no_date_format"),
    ],
)
def test_a_columns_date_format_is_the_one_that_reads_it_or_a_question(values: list[str], pattern: str) -> None:
    assert chosen_date(*values) == pattern


def test_a_month_alone_is_its_first_day_and_a_spreadsheets_number_is_read_only_when_said() -> None:
    frame = pl.DataFrame({"d": ["Feb-2026", "x"]})
    assert frame.select(dates.read_date("d", "%b-%Y")).to_series().to_list() == [date(2026, 2, 1), None]
    serial = pl.DataFrame({"d": ["46083", "46083.0"]})
    assert serial.select(dates.read_date("d", dates.EXCEL)).to_series().to_list() == [date(2026, 3, 2)] * 2
    assert chosen_date("46083") == "no_date_format"


def test_wall_times_are_of_the_zone_and_skipped_ones_are_none() -> None:
    frame = pl.DataFrame({"d": ["2026-03-08 01:30", "2026-03-08 02:30", "2026-11-01 01:30"]})
    read = frame.select(dates.read_instant("d", "%Y-%m-%d %H:%M", "America/New_York")).to_series().to_list()
    assert read == [datetime(2026, 3, 8, 6, 30, tzinfo=UTC), None, datetime(2026, 11, 1, 5, 30, tzinfo=UTC)]


def chosen_mark(*values: str) -> str:
    frame = pl.DataFrame({"a": list(values)})
    found = amounts.chosen(amounts.marks(frame, "a"), "a", "file.csv")
    return found.code if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1,234.50", "12"], "."),
        (["1.234,50", "12"], ","),
        (["12.5"], "."),
        (["12,5"], ","),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["1234.567"], "."),
        (["0,125"], ","),
        (["12", "7"], "."),
        (["1.234", "2.345"], "decimal_mark_unclear"),
        (["1,234"], "decimal_mark_unclear"),
        (["1.50", "1,50"], "decimal_mark_unclear"),
    ],
)
def test_a_columns_decimal_mark_is_shown_by_its_values_or_asked_for(values: list[str], mark: str) -> None:
    assert chosen_mark(*values) == mark


@pytest.mark.parametrize(
    ("text", "currency", "minor", "fault"),
    [
        ("1,234.50", "USD", 123_450, None),
        ("$ 12", "USD", 1_200, None),
        ("US$12.5", "USD", 1_250, None),
        ("￥99", "CNY", 9_900, None),
        ("12元", "CNY", 1_200, None),
        ("(4.00)", "USD", -400, None),
        ("5.00-", "USD", -500, None),
        ("−3.10", "USD", -310, None),
        ("1,23,456.78", "INR", 12_345_678, None),
        ("1'234.5", "CHF", 123_450, None),
        ("7.100", "USD", 710, None),
        ("1200", "JPY", 1_200, None),
        ("1.5", "JPY", None, "amount_too_fine"),
        ("1.234", "KWD", 1_234, None),
        ("12.345", "USD", None, "amount_too_fine"),
        ("A12", "USD", None, "not_an_amount"),
        ("12.3.4", "USD", None, "not_an_amount"),
        ("12,34", "USD", None, "not_an_amount"),
        ("-", "USD", None, "not_an_amount"),
        ("100000000000.00", "USD", 10_000_000_000_000, None),
        ("100000000000.01", "USD", None, "amount_too_large"),
        ("99999999999999999999", "USD", None, "amount_too_large"),
        ("  ", "USD", None, None),
    ],
)
def test_an_amount_is_moved_digit_by_digit_or_named_wrong(
    text: str, currency: str, minor: int | None, fault: str | None
) -> None:
    frame = pl.DataFrame({"a": [text], "c": [currency]})
    values, faults = amounts.read_amounts(frame, "a", ".", "c")
    assert (values.to_list(), faults.to_list()) == ([minor], [fault])


@settings(deadline=None)
@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=20), st.sampled_from([(".", ","), (",", ".")]))
def test_every_amount_written_with_grouping_is_read_back_to_the_cent(cents: list[int], marks: tuple[str, str]) -> None:
    decimal, group = marks
    written = [
        f"{Decimal(each).scaleb(-2):,.2f}".replace(",", "g").replace(".", decimal).replace("g", group) for each in cents
    ]
    frame = pl.DataFrame({"a": written, "c": ["EUR"] * len(cents)})
    values, faults = amounts.read_amounts(frame, "a", decimal, "c")
    assert values.to_list() == cents
    assert faults.null_count() == len(cents)


CHINESE = "账号,姓名,金额\nA1,王小明,12.50\nA2,李四,7.00\n"
SPANISH = "cuenta;nombre;importe\nA1;Íñigo Peña;12,50\nA2;José;7,00\n"


@pytest.mark.parametrize(
    ("raw", "encoding", "delimiter", "second"),
    [
        (CHINESE.encode(), "utf-8", ",", "王小明"),
        (CHINESE.encode("utf-8-sig"), "utf-8-sig", ",", "王小明"),
        (CHINESE.encode("gb18030"), "gb18030", ",", "王小明"),
        (SPANISH.encode("cp1252"), "cp1252", ";", "Íñigo Peña"),
        (SPANISH.encode("utf-16"), "utf-16", ";", "Íñigo Peña"),
        (SPANISH.replace(";", "\t").encode(), "utf-8", "\t", "Íñigo Peña"),
        (gzip.compress(SPANISH.replace(";", "|").encode(), mtime=0), "utf-8", "|", "Íñigo Peña"),
    ],
)
def test_encoding_and_delimiter_are_found(
    tmp_path: Path, raw: bytes, encoding: str, delimiter: str, second: str
) -> None:
    (path := tmp_path / "file.csv").write_bytes(raw)
    shape = files.look_at(path)
    assert isinstance(shape, files.Shape)
    (part,) = [frame for frame, _ in files.batches(shape)]
    assert (shape.encoding, shape.delimiter) == (encoding, delimiter)
    assert second in part.row(0)


def test_bytes_that_fit_chinese_and_western_are_asked_about(tmp_path: Path) -> None:
    (path := tmp_path / "file.csv").write_bytes("a,b\nmaçãe,maçõe\nàno,éno\n".encode("cp1252"))
    found = files.look_at(path)
    assert isinstance(found, Problem)
    assert found.code == "encoding_unclear"
    said = files.look_at(path, encoding="cp1252")
    assert isinstance(said, files.Shape)
    assert [frame.row(0)[:2] for frame, _ in files.batches(said)] == [("maçãe", "maçõe")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("one column\n1\n2\n", "delimiter_unclear"),
        ("a,a,b\n1,2,3\n", "header_wrong"),
        ("a,,b\n1,2,3\n", "header_wrong"),
        ("", "file_empty"),
        (" \n\n", "file_empty"),
    ],
)
def test_a_file_that_is_no_table_says_so(tmp_path: Path, text: str, code: str) -> None:
    (path := tmp_path / "file.csv").write_text(text)
    shape = files.look_at(path)
    assert isinstance(shape, Problem)
    assert shape.code == code


@pytest.mark.parametrize("size", [1, 200_000])
@pytest.mark.parametrize("rows_before", [3, 500])
def test_a_quotation_mark_that_does_not_close_is_named_by_its_row(tmp_path: Path, size: int, rows_before: int) -> None:
    body = "1,2\n" * rows_before + '3,"' + "x" * size + "\n5,6\n7,8\n"
    (path := tmp_path / "file.csv").write_text(f"a,b\n{body}")
    shape = files.look_at(path)
    assert isinstance(shape, Problem)
    assert (shape.code, shape.where.file, shape.where.row) == ("quote_left_open", "file.csv", rows_before + 1)


def test_a_row_with_too_many_cells_is_set_aside_and_its_neighbours_are_read(tmp_path: Path) -> None:
    (path := tmp_path / "file.csv").write_text('a,b\n1,2\n3,4,5\n\n"6,7",8\n9\n')
    shape = files.look_at(path)
    assert isinstance(shape, files.Shape)
    assert not shape.is_regular
    ((rows, faults),) = files.batches(shape)
    assert rows.select("a", "b", files.ROW).rows() == [("1", "2", 1), ("6,7", "8", 4), ("9", None, 5)]
    assert faults.rows() == [(2, "", "3,4,5", "too_many_cells")]


def test_parts_of_a_file_hold_every_row_once_in_order(tmp_path: Path) -> None:
    (path := tmp_path / "file.csv").write_text("a,b\n" + "".join(f"{n},x\n" for n in range(1, 1001)))
    shape = files.look_at(path)
    assert isinstance(shape, files.Shape)
    parts = [frame for frame, _ in files.batches(shape, rows=300)]
    assert [part.height for part in parts] == [300, 300, 300, 100]
    assert [int(a) for part in parts for a in part["a"]] == list(range(1, 1001))
    assert [number for part in parts for number in part[files.ROW]] == list(range(1, 1001))


def test_years_first_read_alike_whatever_stands_between() -> None:
    frame = pl.DataFrame({"day": ["2026-01-01", "2026/01/02", "2026.1.3"]})
    pattern = dates.chosen(dates.fits(frame, "day", dates.DATES), "day", "file.csv")
    assert pattern == dates.YEAR_FIRST
    assert frame.select(dates.read_date("day", pattern)).to_series().to_list() == [
        date(2026, 1, 1),
        date(2026, 1, 2),
        date(2026, 1, 3),
    ]
