"""CSV exports of banks: columns found by their headers, dates and amounts read by the whole column."""

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Final

import polars as pl

from arrears.channels.bank.faults import Unreadable, refuse
from arrears.channels.bank.table_mapping import Table, TableMapping, found_table
from arrears.channels.bank.values import exponent_of, one_line
from arrears.domain.statements import Balance, Line, Reference, ReferenceKind, Statement
from arrears.engine.intake import amounts, dates
from arrears.kernel.problems import Problem, Where
from arrears.packs.bank_tables import directions

_ROW: Final = "row"
_DATES: Final[tuple[str, ...]] = ("booked_on", "value_on")
_AMOUNTS: Final[tuple[str, ...]] = ("amount", "credit", "debit", "balance")
_REFERENCES: Final = (
    ("end_to_end", ReferenceKind.END_TO_END),
    ("mandate", ReferenceKind.MANDATE),
    ("creditor", ReferenceKind.CREDITOR),
    ("reference", ReferenceKind.CUSTOMER),
    ("cheque", ReferenceKind.CHEQUE),
    ("bank", ReferenceKind.BANK),
)
_NO_MAPPING: Final = TableMapping()
_SAID: Final = 120


def table_of(text: str, mapping: TableMapping = _NO_MAPPING) -> Table | None:
    """Return the table that a file's beginning opens, none where it opens none."""
    return found_table(text.splitlines()[:60], mapping)


def looks_like_a_table(text: str) -> bool:
    """Return whether some mark splits most of the first lines alike into three columns or more."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return len(lines) > 1 and any(_splits_alike(lines, mark) for mark in ";,\t|")


def _splits_alike(lines: list[str], mark: str) -> bool:
    counts = Counter(line.count(mark) for line in lines)
    marks, times = counts.most_common(1)[0]
    return marks > 1 and times * 2 > len(lines)


def read_table(text: str, file: str, mapping: TableMapping = _NO_MAPPING) -> tuple[Statement, ...]:
    """Return the one statement of a CSV file; raises `Unreadable` where a row or a column cannot be read."""
    table = table_of(text, mapping)
    if table is None:
        refuse("bank_mapping_needed", Where(file), said=one_line(text[:_SAID]))
    frame = _frame(text, table, file)
    currencies = _currencies(frame, mapping, file)
    frame = frame.with_columns(currencies.alias("currency"))
    read = {name: _read_dates(frame, name, mapping, file) for name in _DATES if name in frame.columns}
    minors = _read_amounts(frame, mapping, file)
    signed = _signed(frame, minors, file)
    lines = tuple(_lines(frame, read, signed))
    own = frame["account"].drop_nulls() if "account" in frame.columns else None
    accounts = own.unique().to_list() if own is not None else []
    if len(accounts) > 1:
        refuse("bank_field_wrong", Where(file, None, "account"), said=", ".join(sorted(accounts)))
    opening, closing = _balances(lines, minors.get("balance"))
    return (
        Statement(
            bank_account="".join((accounts[0] if accounts else mapping.account).split()),
            currency=lines[0].currency if lines else mapping.currency,
            number="",
            opening=opening,
            closing=closing,
            lines=lines,
            source_format="CSV",
        ),
    )


def _frame(text: str, table: Table, file: str) -> pl.DataFrame:
    """Return the columns that are read, as text, with their rows; rows that say neither day nor sum are left out."""
    rows = text.splitlines(keepends=True)[table.row :]
    reader = csv.reader(rows, delimiter=table.delimiter)
    held: dict[str, list[str | None]] = {name: [] for name in table.places}
    numbers: list[int] = []
    width = len(table.header)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            number = table.row + reader.line_num
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                refuse("bank_field_wrong", Where(file, number), said=table.delimiter.join(cells[width:]))
            said = {name: _cell(cells, places) for name, places in table.places.items()}
            if any(said.get(name) for name in (*_DATES, "amount", "credit", "debit")):
                numbers.append(number)
                for name, value in said.items():
                    held[name].append(value)
    except csv.Error as error:
        refuse("bank_field_wrong", Where(file, table.row + reader.line_num), said=str(error))
    frame = pl.DataFrame(held, schema=dict.fromkeys(held, pl.String))
    return frame.with_columns(pl.Series(_ROW, numbers, dtype=pl.Int64))


def _cell(cells: list[str], places: tuple[int, ...]) -> str | None:
    said = " ".join(cells[at].strip() for at in places if at < len(cells) and cells[at].strip())
    return said or None


def _currencies(frame: pl.DataFrame, mapping: TableMapping, file: str) -> pl.Series:
    told = frame["currency"] if "currency" in frame.columns else pl.Series([None] * frame.height, dtype=pl.String)
    filled = told.fill_null(mapping.currency).str.strip_chars().str.to_uppercase()
    for code in filled.unique():
        if not code:
            refuse("bank_field_missing", Where(file, None, "currency"), said="ISO 4217")
        exponent_of(code, Where(file, None, "currency"))
    return filled


def _must(found: object) -> None:
    if isinstance(found, Problem):
        raise Unreadable(found)


def _read_dates(frame: pl.DataFrame, name: str, mapping: TableMapping, file: str) -> list[object]:
    patterns = dates.INSTANTS if frame[name].str.contains(":").any() else dates.DATES
    pattern = mapping.date or dates.chosen(dates.fits(frame, name, patterns), name, file)
    _must(pattern)
    assert isinstance(pattern, str)
    whole = dates.read_date(name, pattern)
    if "%H" in pattern:
        whole = dates.read_instant(name, pattern, "UTC").dt.date()
    read = frame.select(whole.alias("read"), dates.trimmed(name).alias("said"), _ROW)
    wrong = read.filter(pl.col("read").is_null() & pl.col("said").is_not_null())
    if wrong.height:
        refuse("bank_date_wrong", Where(file, wrong[_ROW][0], name), said=wrong["said"][0])
    return read["read"].to_list()


def _read_amounts(frame: pl.DataFrame, mapping: TableMapping, file: str) -> dict[str, pl.Series]:
    """Return minor units of every column of money; all columns together tell the file's decimal mark."""
    present = [name for name in _AMOUNTS if name in frame.columns]
    seen = amounts.Marks()
    for name in present:
        seen = seen.plus(amounts.marks(frame, name))
    decimal = mapping.decimal or amounts.chosen(seen, present[0], file)
    _must(decimal)
    assert isinstance(decimal, str)
    found = {}
    for name in present:
        minor, codes = amounts.read_amounts(frame, name, decimal, "currency")
        for at in codes.is_not_null().arg_true():
            where = Where(file, frame[_ROW][int(at)], name)
            refuse(f"bank_{codes[int(at)]}" if codes[int(at)] != "not_an_amount" else "bank_amount_wrong", where,
                   said=frame[name][int(at)], currency=frame["currency"][int(at)],
                   digits=exponent_of(frame["currency"][int(at)], where))  # fmt: skip
        found[name] = minor
    return found


def _signed(frame: pl.DataFrame, minors: dict[str, pl.Series], file: str) -> list[int]:
    """Return each row's signed amount: told with a sign, by a column of directions, or in one of two columns."""
    if "amount" in minors:
        amount = minors["amount"]
        if amount.null_count():
            refuse("bank_field_missing", Where(file, frame[_ROW][int(amount.is_null().arg_true()[0])]), said="amount")
        return _directed(frame, amount.to_list(), file) if "sign" in frame.columns else amount.to_list()
    nothing = pl.Series([0] * frame.height, dtype=pl.Int64)
    credit = minors.get("credit", nothing).fill_null(0).abs()
    debit = minors.get("debit", nothing).fill_null(0).abs()
    for at in ((credit != 0) == (debit != 0)).arg_true():
        refuse("bank_field_wrong", Where(file, frame[_ROW][int(at)], "debit / credit"), said=f"{credit[int(at)]}")
    return (credit - debit).to_list()


def _directed(frame: pl.DataFrame, found: list[int], file: str) -> list[int]:
    signed = []
    for amount, said, row in zip(found, frame["sign"], frame[_ROW], strict=True):
        sign = directions().get((said or "").strip().casefold())
        if sign is None:
            refuse("bank_field_wrong", Where(file, row, "sign"), said=said or "")
        signed.append(sign * abs(amount))
    return signed


def _lines(frame: pl.DataFrame, read: dict[str, list[object]], signed: list[int]) -> Iterator[Line]:
    booked = read.get("booked_on") or read["value_on"]
    value = read.get("value_on") or booked
    for at, row in enumerate(frame.iter_rows(named=True)):
        on = booked[at] or value[at]
        references = tuple(Reference(kind, row[name]) for name, kind in _REFERENCES if row.get(name))
        reason = row.get("return_reason") or ""
        yield Line(
            id=f"1.{at + 1}",
            booked_on=on,  # type: ignore[arg-type]  # a column of dates came out of polars as objects
            value_on=value[at] or on,  # type: ignore[arg-type]  # as above
            amount_minor=signed[at],
            currency=row["currency"],
            references=references,
            payer_name=one_line(row.get("payer_name") or ""),
            payer_account="".join((row.get("payer_account") or "").split()),
            remittance=one_line(row.get("remittance") or ""),
            bank_code=row.get("bank_code") or "",
            is_return=bool(reason),
            return_reason=reason,
            returned_ref=(row.get("end_to_end") or "") if reason else "",
        )


def _balances(lines: tuple[Line, ...], told: pl.Series | None) -> tuple[Balance | None, Balance | None]:
    """Return opening and closing balance where a running balance follows every line, oldest or newest first."""
    if told is None or not lines or told.null_count():
        return None, None
    after = told.to_list()
    moved = [line.amount_minor for line in lines]
    if all(a + m == b for a, m, b in zip(after, moved[1:], after[1:], strict=False)):
        return Balance(after[0] - moved[0], lines[0].booked_on), Balance(after[-1], lines[-1].booked_on)
    if all(a == b + m for a, m, b in zip(after, moved, after[1:], strict=False)):
        return Balance(after[-1] - moved[-1], lines[-1].booked_on), Balance(after[0], lines[0].booked_on)
    return None, None
